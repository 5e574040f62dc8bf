"""What a site's software prints on every page: its doors, its buttons, its notices, its readings.

None of it is ever a story's text, wherever it stands. The words are those of publishing software
and of browsers in three languages; no site's own sections are among them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import labels
from .rows import Row, told_once
from .traits import Traits

PLACEHOLDER = 16
"""Words of the longest sentence in the place of a film."""
INVITATION = 24
"""Words of the longest offer."""
CONTROLS = """
skip to content; skip to main content; skip to main; skip to navigation; jump to navigation; menu
main menu; toggle navigation; navigation; search; search form; sign in; log in; log out; login
register; my account; home; home page; homepage; main page; front page; live; live tv; watch live
on air; on air now; live stream; share; share this; shares; tweet; retweet; facebook; twitter
whatsapp; linkedin; pinterest; telegram; reddit; instagram; youtube; email; e-mail; copy link; copy
save; save for later; bookmark; bookmark and share; listen; listen to this article; listen now
play; pause; download; download audio; advertise; accept; accept all; reject; reject all; i agree
got it; ok; close; loading; load more; view results; refresh; submit; send; cancel; expand; more
about us; about; contact us; contact; services; feedback; sitemap; archives; archive; subscribe now
breaking; breaking news; print; print this; printable version; email this; email to a friend
send to a friend; send an email; auto refresh is on
text size; font size; فونٹ سائز; متن کا سائز; فونٽ سائيز; اکرن جي سائيز
app; get the app; rss; top; ad; ads; sponsored; yes; no
facebook count; twitter share; share on facebook; share on twitter; untitled document; user rating
post comment; a a a; today s paper; comments closed; closed
مینو; تلاش; تلاش کریں; ہوم; ہوم پیج; لاگ ان; لاگ اِن; سائن ان; رجسٹر; لائیو; لائیو ٹی وی; براہ راست
بریکنگ نیوز; شیئر; ٹویٹ; ٹوئٹ; فیس بک; ٹوئٹر; ٹویٹر; واٹس ایپ; ای میل; لنک کاپی کریں; کاپی کریں
پرنٹ; پرنٹ کریں; پرنٹ نکالیں; دوست کو بھیجیں; محفوظ کریں; سنیں; مواد پر جائیں; رسائی کے لنکس
صفحہ اول
پہلا صفحہ; سرورق; ہم سے رابطہ; ہمارے بارے میں; ہمارے متعلق; رابطہ; مزید شیئر; لائک کریں
رپورٹ کریں; پسند کریں
شیئر کریں; اشتراک; اشتراک کریں; قبول کریں; ٹھیک ہے; بند کریں; ویڈیو; ویڈیوز; پوڈکاسٹ; سیکشن
مينيو; ڳوليو; ڳولا; هوم; لاگ ان; لائيو; لائيو ٽي وي; ٽي وي لائيو; شيئر; شيئر ڪريو; ونڊيو; ٽوئيٽ
ٽوئيٽر
فيس بڪ; واٽس ايپ; اي ميل; اي ميل ڪريو; لنڪ ڪاپي ڪريو; پرنٽ; پرنٽ ڪريو; محفوظ ڪريو; سرورق
مکيه صفحو; پهريون صفحو; رابطو; اسان بابت; خبر شيئر ڪريو; پسند ڪريو; قبول ڪريو; بند ڪريو; وڊيو
"""
"""Doors and buttons, each a whole line, or several side by side."""

ADVERT = """
advertisement; advertisement scroll to continue reading; ad; sponsored; sponsored content; promoted
advertisement continue reading below; story continues below this ad
story continues below advertisement; story continues below; continue reading below
article continues after this advertisement
skip past newsletter promotion; after newsletter promotion; privacy notice
اشتہار; اشتہارات; اشتهار; اشتهارات
"""
"""What parts an advertisement from the story that goes on below it."""

HOMES = (
    "home; home page; homepage; main page; صفحہ اول; ہوم; سرورق; هوم; سرورق; مکيه صفحو; پهريون صفحو"
)

NOTICE = 80
"""Words of the longest notice of cookies."""
CRUMBS = 30
"""Words of the longest path through a site, which may end with a headline."""
_ARROW = re.compile("[>›»→/]")
_CRUMB = re.compile(r"\s*[>›»→]\s*")
_SLASHED = re.compile(r"\s*/\s*")
_COOKIES = re.compile(r"\bcookies?\b|کوکیز|ڪوڪيز", re.IGNORECASE)
_ADDRESSED = re.compile(r"\b(?:you|your|we|our|us|this site)\b|\bآپ\b|\bتوهان\b", re.IGNORECASE)
_OFFERED = re.compile(
    r"\b(?:newsletters?|mailing list|inbox|e-?mail address|whatsapp channel|google news"
    r"|notifications|latest (?:news|updates|stories)|news alerts|youtube channel|mobile app)\b"
    r"|\b(?:terms|privacy policy)\b"
    r"|نیوز لیٹر|واٹس ایپ چینل|گوگل نیوز|یوٹیوب چینل|ای میل ایڈریس|موبائل ایپ|ہماری ایپ"
    r"|نيوز ليٽر|واٽس ايپ چينل|گوگل نيوز|يوٽيوب چينل|اي ميل ايڊريس",
    re.IGNORECASE,
)
_OFFERS = (
    *("letter", "mail", "inbox", "channel", "google news", "notifications", "latest ", "alerts"),
    *("mobile app", "terms", "privacy"),
)
_ALL_OFFERS = (*_OFFERS, "لیٹر", "چینل", "گوگل", "میل ای", "ایپ", "ليٽر", "چينل", "ميل اي")
"""One of them stands in whatever the pattern for offers matches; the first in ASCII alone."""
_INVITED = re.compile(
    r"\b(?:sign up|subscribe|get|join|follow|enter|download|receive|skip past|turn on"
    r"|contain|you agree|you accept)\b"
    r"|جوائن|فالو|سبسکرائب|سائن اپ|ڈاؤن لوڈ|درج کریں|حاصل کریں|شائع نہیں"
    r"|ڊائونلوڊ|ڊائون لوڊ|سبسڪرائيب",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?:[-+]?\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|[-+]?\d+\s?(?:°\s?[CF]?|ڈگری|ڊگري)|\d{1,2}:\d\d(?:\s?[AaPp][Mm])?)"
)
_CLOCK = re.compile(
    r"(?:(?:at|posted(?: at)?|updated(?: at)?"
    r"|صبح|دوپہر|سہ پہر|شام|رات|منجهند|ٻپهر|صبوح)\s(?:جو\s|کو\s)?)?"
    r"(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?(?:\s?[A-Z]{3})?|\d{1,2}\s?[ap]m)"
    r"(?:\s(?:بجے|وڳي|صبح|شام|رات|دوپہر|منجهند))?\Z"
    r"|\d{1,2}:\d\d(?::\d\d)?\s?/\s?\d{1,2}:\d\d(?::\d\d)?\Z",
    re.I,
)
_SIGNS = re.compile(r"[^\W_]")
_PLACEHOLDER = re.compile(
    r"(?:this|your) (?:embed|video|content|browser|media|player|post)\b"
    r".*\b(?:not|enable|unavailable)"
    r"|.{0,60}\bjavascript\b|.{0,60}جاوا ?اسکرپٹ|.{0,60}جاوا ?اسڪرپٽ",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\(?\brequired\b|\bwill not be (?:published|display)|\bin this browser for\b"
    r"|ای میل.{0,30}شائع نہیں|اي ميل.{0,30}شايع ن",
    re.IGNORECASE,
)
_FORM_SIGNS = ("required", "will not be", "this browser for", "شائع نہیں", "شايع ن")
"""One of them stands in whatever the pattern for forms matches."""


def is_control(row: Row) -> bool:
    """A door or a button of the page, or several side by side, and nothing else."""
    text = row.plain
    if row.words > 12 or (row.finished and row.words > 5):
        return False
    if row.words <= 5 and labels.same(text, CONTROLS):
        return True
    if row.words == 1 and len(text) <= 3 and text.isascii() and text[-1] in "+-":
        return True  # larger and smaller type
    if row.words <= 2 and not _SIGNS.search(text):
        return text[0] not in "*=_~#-—–…۔.[(<|٭"
    if row.words < 2 or row.finished or not _is_button(text.partition(" ")[0]):
        return False
    return all(map(_is_button, text.split()))


def _is_button(word: str) -> bool:
    key = labels.key(word)
    return not key or key in _vocabulary() or key.isdigit()


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """The labels of one word, of which a row of buttons is made."""
    single = (entry.strip() for line in CONTROLS.split("\n") for entry in line.split(";"))
    return frozenset(labels.key(entry) for entry in single if entry and " " not in entry) | {
        "us",
        "تبصرے",
        "تبصرا",
    }


def is_advert(row: Row) -> bool:
    """The word that sets an advertisement apart from the story around it."""
    return row.words <= 8 and labels.same(row.plain, ADVERT)


def is_crumbs(row: Row) -> bool:
    """A path through the site: short labels parted by arrows, or by strokes below its home page."""
    if row.words > CRUMBS or not _ARROW.search(row.plain):
        return False
    parts = _CRUMB.split(row.plain)
    slashed = len(parts) < 2
    if slashed:
        parts = _SLASHED.split(row.plain)
    home = len(parts) > 1 and labels.same(parts[0], HOMES)
    if home and all(part and len(part.split()) <= 4 for part in parts[:-1]):
        return True  # the last part may be the headline once more
    if slashed or len(parts) < 2 or row.finished or row.words > 14:
        return False
    return all(part and len(part.split()) <= 4 for part in parts)


def is_door(row: Row) -> bool:
    """The way to the site's home or through its parts, which pages print above their stories."""
    return (row.words <= 3 and labels.same(row.plain, HOMES)) or is_crumbs(row)


def is_consent(row: Row) -> bool:
    """A notice that the site keeps cookies: it names them and speaks to the reader."""
    text = row.plain
    return row.words <= NOTICE and bool(_COOKIES.search(text) and _ADDRESSED.search(text))


def is_addressed(row: Row) -> bool:
    """Whether ``row`` speaks to the reader or of the site as we."""
    return bool(_ADDRESSED.search(row.plain) or _INVITED.search(row.plain))


@told_once
def is_invitation(row: Row) -> bool:
    """An offer of the site's letters, channels or applications, with the verb that offers them."""
    text = row.plain
    if row.words > INVITATION or not _may_offer(text):
        return False
    return bool(_OFFERED.search(text) and _INVITED.search(text))


def _may_offer(text: str) -> bool:
    if text.isascii():
        return any(map(text.lower().__contains__, _OFFERS))
    return any(map(text.lower().__contains__, _ALL_OFFERS))


def is_reading(row: Row) -> bool:
    """A strip of the day's figures: one name and a rate, a temperature or an hour of prayer."""
    if row.words > 6 or row.finished or not any(map(str.isdigit, row.plain)):
        return False
    text = row.plain.rstrip(" %")
    found = list(_VALUE.finditer(text))
    return bool(found) and len(_VALUE.sub("", text).split()) <= 4


def is_clock(row: Row) -> bool:
    """A time alone on its line: of day, as a running report prints it, or of a recording."""
    return row.words <= 5 and any(map(str.isdigit, row.plain)) and bool(_CLOCK.match(row.plain))


def is_placeholder(row: Row) -> bool:
    """What stands in the place of a film or a post that the page could not show."""
    return row.words <= PLACEHOLDER and bool(_PLACEHOLDER.match(row.plain))


@told_once
def is_form(row: Row) -> bool:
    """A field of a comment form: what it asks for and whether that is shown."""
    if row.words > 20 or not any(map(row.plain.lower().__contains__, _FORM_SIGNS)):
        return False
    return bool(_FORM.search(row.plain)) and not _tells(row)


def _tells(row: Row) -> bool:
    return row.prose and '"' in row.plain


def is_offer(row: Row, traits: Traits) -> bool:
    """An invitation of a site that names elsewhere, too, what it offers."""
    return row.words <= INVITATION and is_invitation(row) and traits.offer


def is_site(row: Row, traits: Traits) -> bool:
    """Whether ``row`` belongs to the page and not to any story, wherever it stands."""
    if row.words > CRUMBS and not traits.consent:
        return False
    return is_fixture(row, traits.consent) or is_offer(row, traits)


def is_fixture(row: Row, consent: bool) -> bool:
    """A door, a button, a path through the site or, where the page has one, a notice of cookies."""
    if row.words <= CRUMBS and _leads_on(row):
        return True
    return consent and is_consent(row)


@told_once
def _leads_on(row: Row) -> bool:
    return is_control(row) or is_crumbs(row)
