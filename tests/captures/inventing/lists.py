"""Pages that are no single story: lists, two stories, teasers, other languages, nothing at all."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from . import writing
from .pages import Page, paragraphs, some_day
from .sites import Site, menu
from .wording import Tale

SHAPES = (
    "title-bar", "below", "above", "views", "by", "more", "table", "leads", "dash", "numbered",
)  # fmt: skip
MORE = {"en": "Read more", "ur": "مزید پڑھیں", "sd": "وڌيڪ پڙهو"}
LABELS = {"en": "Posted on:", "ur": "Posted on:", "sd": "Posted on:"}
PATTERNS = {
    "en": ("{d} {Mon} {Y}", "{M} {d}, {Y}", "{Y}-{mm}-{dd}"),
    "ur": ("{d} {M} {Y}ء", "{d} {M}، {Y}", "{d} {M} {Y}"),
    "sd": ("{d} {M} {Y}", "{d} {M}, {Y}"),
}


def story(title: str | None, day: dt.date | None, **more: Any) -> dict[str, Any]:
    """Labels of one story or item."""
    return {
        "title": title, "published": day.isoformat() if day else None, "published_time": None,
        "dateline_place": None, "dateline_text": None, "byline": None, "decks": [], "gaps": 0,
        "must_not_contain": [],
    } | more  # fmt: skip


def listing(rng: random.Random, site: Site, tales: list[Tale], shape: str) -> Page:
    """A page that lists three to six stories in one of ``SHAPES``."""
    page = Page("listing", site.language, notes=["N9" if shape != "table" else "N10", shape])
    page.add(*menu(site, rng))
    if rng.random() < 0.5:
        page.add(site.section)
    day = some_day(rng)
    pattern = rng.choice(PATTERNS[site.language])
    for number, tale in enumerate(rng.sample(tales, rng.randrange(3, 7)), start=1):
        day -= dt.timedelta(days=rng.randrange(0, 6))
        shown = writing.write(rng, pattern, day, site.language).text
        told = story(tale.headline, day)
        entry(page, rng, tale, shown, shape, told, number)
        page.articles.append(told)
    return page


def entry(
    page: Page, rng: random.Random, tale: Tale, shown: str, shape: str, told: dict[str, Any],
    number: int,
) -> None:  # fmt: skip
    """One item as ``shape`` prints it."""
    count = rng.randrange(5, 5000)
    lead = " ".join(tale.sentences[0].split()[: rng.randrange(6, 14)]) + "..."
    name = rng.choice(("Samar", "Odhano", "Bakht", "Mehrab"))
    more = MORE[tale.language]
    if shape == "title-bar":
        page.add(f"{tale.headline} | {shown}")
    elif shape == "dash":
        page.add(f"{tale.headline} - {shown}")
    elif shape == "numbered":
        page.add(f"{number}. {tale.headline}", shown)
    elif shape == "below":
        page.add(tale.headline, shown)
    elif shape == "above":
        page.add(shown, tale.headline, *([lead] if number % 2 else []))
    elif shape == "views":
        page.add(tale.headline, f"{shown}     Views: {count}", lead)
    elif shape == "by":
        page.add(tale.headline, f"Posted on: {shown}by {name}    Views: {count}", lead)
        told["byline"] = name
    elif shape == "more":
        page.add(tale.headline, lead, f"{more}    Posted on: {shown}")
    elif shape == "table":
        page.add("|", tale.headline, "|", "Posted on:", shown)
    else:
        page.add(tale.headline, shown, lead, more, "")


def several(rng: random.Random, site: Site, tales: list[Tale], shape: str) -> Page:
    """Two stories in one capture, parted by a rule, by datelines or by dated titles."""
    page = Page("multi", site.language, notes=["N26", shape])
    first = True
    place = "{P}: " if site.language == "en" else "{p}: "
    dated = {
        "en": "{P}, {dd}-{mm}-{Y}: ",
        "ur": "{p} ۔۔۔{d} {M} {Y}ء ",
        "sd": "{p} ۔۔۔{d} {M} {Y}ع ",
    }
    for tale in rng.sample(tales, 2):
        day = some_day(rng)
        line = writing.write(
            rng, place if shape == "rule" else dated[site.language], day, site.language
        )
        if not first:
            page.add(*(["=" * rng.randrange(8, 40)] if shape == "rule" else ["", ""]))
        parts = paragraphs(rng, tale)
        name = line.text.replace("۔", ":").replace(",", ":").split(":")[0].strip()
        told = story(tale.headline, None if shape == "rule" else day, dateline_place=name)
        page.add(tale.headline, "", line.text + parts[0], *parts[1:])
        page.articles.append(told | {"dateline_text": line.text.strip()})
        page.bodies.append(parts)
        first = False
    return page


def teaser(rng: random.Random, site: Site, tale: Tale) -> Page:
    """A headline, perhaps a date, and the beginning of a lead."""
    page = Page("stub", site.language, notes=["N27"])
    words = tale.sentences[0].split()
    dots = rng.choice(("...", ".......", "…")) if site.language != "ur" else "۔۔۔۔۔"
    lead = " ".join(words[: max(6, len(words) * 2 // 3)]) + dots
    day = some_day(rng) if rng.random() < 0.6 else None
    page.add(tale.headline)
    if day:
        pattern = rng.choice(PATTERNS[site.language])
        page.add(writing.write(rng, pattern, day, site.language).text)
    more = {"en": "Click for details", "ur": "مزید تفصیل", "sd": "وڌيڪ تفصيل"}[site.language]
    page.add(lead, more)
    page.articles.append(story(tale.headline, day, must_not_contain=[more]))
    page.bodies.append([lead])
    return page


FOREIGN = (
    (
        "افتتاح مكتبة متنقلة في قرى الجبل",
        "١٢ سبتمبر ٢٠٢١",
        dt.date(2021, 9, 12),
        [
            "انطلقت اليوم مكتبة متنقلة تجوب قرى الجبل على متن حافلة قديمة تحمل ثلاثة آلاف كتاب.",
            "وقال السائق إن الأطفال ينتظرونه عند كل منعطف ومعهم الكتب التي قرؤوها.",
        ],
    ),
    (
        "سوق السمك يعود إلى المرفأ القديم",
        "الثلاثاء 5 مايو 2020",
        dt.date(2020, 5, 5),
        [
            "عاد سوق السمك إلى المرفأ القديم بعد غياب دام سبع سنوات بسبب أعمال الترميم.",
            "ووعد الصيادون بأن يبقى السعر كما كان إلى نهاية الصيف.",
        ],
    ),
    (
        "باغبانان شهر درختان انار را شمردند",
        "",
        None,
        [
            "باغبانان شهر در سه روز همه درختان انار را شمردند و به هر یک شماره‌ای دادند.",
            "شهردار گفت که این کار از سال‌ها پیش لازم بود و اکنون نقشه آن آماده است.",
        ],
    ),
    (
        "د کلي ښوونځي نوی کتابتون پرانیست",
        "",
        None,
        [
            "د کلي ښوونځي پرون خپل نوی کتابتون پرانیست چې شپږ سوه کتابونه پکې دي.",
            "ښوونکي وویل چې ماشومان به هره ورځ یو ساعت هلته لولي.",
        ],
    ),
)


def foreign(number: int) -> Page:
    """A page in Arabic, Persian or Pashto, which are none of the newsroom's languages."""
    title, shown, day, parts = FOREIGN[number % len(FOREIGN)]
    page = Page("article", "und", notes=["foreign"])
    page.add(title, *([shown] if shown else []), "", *parts)
    page.articles.append(story(title, day))
    page.bodies.append(list(parts))
    return page


def reject(rng: random.Random, tale: Tale, number: int) -> tuple[Page, bytes]:
    """A file that holds nothing to load: letters lost, a compressed stream, blank, not text."""
    page = Page("reject", "und", notes=["reject"])
    text = "\n".join((tale.headline, *tale.sentences))
    if number % 4 == 0:
        words = (
            word[: len(word) // 2] + "??" + word[len(word) // 2 + 1 :] for word in text.split()
        )
        letters = text if text.isascii() else " ".join(words)
        return page, letters.encode() if not text.isascii() else b"PK\x03\x04" + rng.randbytes(400)
    if number % 4 == 1:
        return page, b"\x1f\x8b\x08\x00" + rng.randbytes(500)
    if number % 4 == 2:
        return page, b" \n\n\xc2\xa0\n\t\r\n"
    return page, rng.randbytes(700)
