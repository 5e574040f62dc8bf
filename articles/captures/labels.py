"""Words that sites print around stories everywhere, in three languages.

These are the only words the reader of captures knows by heart: labels that come with publishing
software, not the names or menus of any site. Everything else about a line is decided by its shape,
its place and its repetition. Compare with :func:`same`, which ignores case, end punctuation and the
spelling variants of Arabic script.
"""

from __future__ import annotations

from functools import lru_cache

from articles.text.fold import fold

PUBLISHED = """
posted on; posted; published on; published; published at; published date; publish date; date
date posted; dated; release date; created; created on; first published
مورخہ; مورخه; بروز; شائع کردہ; شائع; شائع شدہ; شائع ہوا; تاریخ اشاعت; اشاعت; تاریخ; بتاریخ
اشاعت کی تاریخ
پوسٹ کیا گیا; پوسٹ شدہ; پوسٽ ڪيل; پوسٽ ٿيل
شايع ٿيل; شايع ٿيو; شايع ڪيو ويو; ڇپجڻ جي تاريخ; ڇپيل; تاريخ; اشاعت جي تاريخ; تاريخ النشر
"""
UPDATED = """
updated; updated on; updated at; last updated; last updated on; last modified; last modified on
modified; last update; آخری بار اپ ڈیٹ; آخري ڀيرو اپڊيٽ; آخري ڀيرو اپڊيٽ ٿيل
اپ ڈیٹ; اپڈیٹ; آخری اپ ڈیٹ; آخری اپڈیٹ; تجدید; اپڊيٽ; آخري اپڊيٽ
"""
PRINTED = """
published in; printed in; first published in; appeared in
میں شائع ہوا; جي اخبار ۾ ڇپيل
"""
MASTHEAD = """
e-paper; epaper; today's paper; todays paper; print edition; today's edition
ای پیپر; آج کا اخبار; اڄ جي اخبار; اي پيپر
"""
VIEWS = """
views; hits; reads; visits; view count; comments; shares; likes; posts; messages
ملاحظات; مناظر; پیغامات; تبصرے; ڏٺو ويو; پيغام; تبصرا; ڀيرا
"""
MORE = """
read more; more; click for details; details; full story; continue reading; read full story
click here; click here for details; more details; see more; view more; load more
مزید پڑھیں; مزید پڑھیے; مزید تفصیل; تفصیل; تفصیلات; مزید; مکمل خبر; تفصیل کے لیے کلک کریں
وڌيڪ پڙهو; وڌيڪ تفصيل; وڌيڪ; تفصيل; پوري خبر
"""
TAIL = """
leave a reply; leave a comment; post a comment; post comment; add a comment; comments; comment
no comments; no comment; you might also like; you may also like; you might like; most popular
most read; popular posts; popular news; trending; trending now
related; related articles; related news; related posts; related stories; read previous; read next
previous post; next post; previous article; next article; previous; next; back to top
back to top button; follow us; follow us on
recent posts; latest news; more news; more stories; more from; recommended; recommended for you
all rights reserved; copyright; privacy policy; terms of use; terms and conditions
accept; accept all; accept cookies; cookie policy; tags; tagged
was this helpful; was this page helpful; was this article helpful; rate this item
reply; your email address will not be published; leave a reply cancel reply
add comment; add your comment; join the conversation; like this; one comment; previous story
next story; must read; editor's picks; scorecard; poll; opinion poll; explore more on these topics
reuse this content; about the author; the writer is; read more on this; more on this; older; newer
trackbacks; pingbacks; trackbacks pingbacks; older posts; newer posts; ends; share this with
مزید خبریں; مزیدخبریں; متعلقہ خبریں; یہ بھی پڑھیں; تازہ ترین خبریں; سب سے زیادہ پڑھی جانے والی خبریں
تبصرے; تبصرہ; اپنا تبصرہ لکھیں; تبصرہ کریں; جواب دیں; اپنی رائے دیں; مقبول ترین; متعلقہ پوسٹس
متعلقہ عنوان; متعلقہ عنوانات; اسی بارے میں; مصنف کے بارے میں; اہم خبریں; اسے پسند کریں
اس سیکشن میں مزید
ٹیگز; متعلقہ مضامین; جملہ حقوق محفوظ ہیں; پچھلی خبر; اگلی خبر; پچھلا; اگلا; واپس اوپر
پهنجو تبصرو موڪليو; پنهنجو تبصرو موڪليو; ھي به پڙھندا; هي به پڙهندا; هي به پڙهو; سان لاڳاپيل آرٽيڪل
لاڳاپيل خبرون; وڌيڪ خبرون; تازيون خبرون; تبصرا; تبصرو; جواب ڏيو; مقبول; ٽيگ; مقبول خبرون
سڀ حق واسطا محفوظ; سڀ حق محفوظ آهن; اڳيون; پويون; وڌيڪ پڙهيل; وڌيڪ پڙهيل خبرون; رايو; رايا
راءِ موڪليو
پنهنجي راءِ ڏيو; پنهنجي راءِ لکو; نئون تبصرو لکو; ساڳئي موضوع تي; پراڻيون پوسٽون; ليکڪ بابت
"""
RELATED = """
related; related articles; related news; related posts; related stories; more news; more stories
latest news; most read; most popular; trending; trending now; recommended; recommended for you
you may also like; you might also like; more on this; read more on this
مزید خبریں; مزیدخبریں; متعلقہ خبریں; متعلقہ مضامین; یہ بھی پڑھیں; تازہ ترین خبریں; اہم خبریں
اسی بارے میں
لاڳاپيل خبرون; وڌيڪ خبرون; تازيون خبرون; هي به پڙهو; ساڳئي موضوع تي
"""
"""The labels among :data:`TAIL` that head other stories, and may stand in the midst of one."""
TAGS = """
tags; tag; tagged; filed under; keywords; topics; categories; category; posted in
ٹیگز; ٹیگ; موضوعات; زمرہ; ٽيگ; ٽيگز; موضوع
"""
RIGHTS = """
all rights reserved; copyright; جملہ حقوق محفوظ ہیں; جملہ حقوق محفوظ; سڀ حق واسطا محفوظ
"""
PROMOTED = """
read more; also read; read also; read; see also; related; watch; must read; more on this; see more
don't miss
also see; also watch; recommended; you may also like; related article; related story
یہ بھی پڑھیں; یہ بھی پڑھیے; یہ بھی دیکھیں; مزید پڑھیں; مزید پڑھیے; مزید دیکھیں; متعلقہ خبر
ھي به پڙھو; هي به پڙهو; اهو به پڙهو; اھو به پڙھو; وڌيڪ پڙهو; هي به ڏسو
"""
CROSSED = """
read in english; english version; english translation; in english; read in urdu; urdu version
urdu translation; read in sindhi; sindhi version; sindhi translation
اردو میں پڑھیں; اردو ترجمہ; اردو; انگریزی میں پڑھیں; انگریزی ترجمہ; سندھی میں پڑھیں; سندھی ترجمہ
سنڌيءَ ۾ پڙهو; سنڌي ۾ پڙهو; سنڌي ترجمو; اردوءَ ۾ پڙهو; اردو ۾ پڙهو; انگريزيءَ ۾ پڙهو; انگريزي ترجمو
"""
AUTHOR = """
by; written by; author; report; report by; reported by; story by; posted by; published by
interview; interview by; interviewed by; words by; text by; created by; submitted by
تحریر; رپورٹ; گفتگو; انٹرویو; ملاقات; انٽرويو; ملاقات; ڳالهه ٻولهه; پاران; ترتیب; مصنف; از
کالم نگار; بذریعہ; بقلم; نامہ نگار; پيشڪش; سهيڙيندڙ; تحرير; رپورٽ; ليکڪ; ليکڪا; لکندڙ; ڪالم نگار
"""
DESK = """
web desk; news desk; our correspondent; our reporter; staff reporter; staff correspondent
staff report; correspondent; bureau report; our staff reporter; admin; editor; special correspondent
monitoring desk; editorial board; agencies; our special correspondent; our correspondents
news report; report; reporter; newsroom; reuters staff; agency
ویب ڈیسک; نیوز ڈیسک; نامہ نگار; نمائندہ خصوصی; اسٹاف رپورٹر; سٹاف رپورٹر; مانیٹرنگ ڈیسک; بیورو رپورٹ
ويب ڊيسڪ; نيوز ڊيسڪ; نامه نگار; اسٽاف رپورٽر; بيورو رپورٽ; نمائندو
رپورٽر; خبرنگار
"""
ROLES = frozenset(
    """
    correspondent reporter desk bureau staff agency news monitoring agencies
    نامہ نگار نمائندہ نمائندے نمائندگان رپورٹر رپورٹ بیورو ڈیسک ایجنسی ایجنسیاں نیوز اسٹاف سٹاف
    مانیٹرنگ
    نامه نمائندو نمائندي رپورٽر رپورٽ بيورو ڊيسڪ ايجنسي نيوز اسٽاف مانيٽرنگ خبرنگار
    """.split()
)
"""Words by which a newsroom names its own people and agencies, in a byline or a dateline."""
POSTS = frozenset(
    """
    correspondent reporter desk bureau board
    نگار نمائندہ خصوصی رپورٹر بیورو ڈیسک
    نمائندو رپورٽر بيورو ڊيسڪ خبرنگار
    """.split()
)
"""The last word of a line that names a newsroom's own post instead of a person."""
FROM = frozenset({"سے", "کان", "پاران"})
"""Words that stand behind the author in Urdu and Sindhi where English has "by" in front."""
OPENERS = """
more from; more in; more on; subscribe to; sign up for; sign up to; follow us on; follow us
share on; join our; join us on; download our; download the; powered by; designed by
developed by; read also
copyright; comments on; be the first to; log in to; you must be logged in; click to share
ہمیں فالو کریں; سبسکرائب کریں; ہمارا یوٹیوب; ہماری ایپ; اسان کي فالو
"""
"""Words with which a line of furniture below a story opens, whatever follows."""
JOINED = """
joined; join date; member since; registered; registered on; date of birth; born
رکنیت; شمولیت; تاریخ شمولیت; شامل ٿيڻ جي تاريخ; شموليت; رڪنيت
"""
PERIODICAL = """
daily; weekly; monthly; fortnightly; quarterly
روزنامہ; ہفت روزہ; ماہنامہ; سہ ماہی; پندرہ روزہ; روزاني; هفتيوار; ماهوار; ماهنامو; روزاڻي
"""
UNFINISHED = frozenset(
    """of the a an to by and or with from mr mrs ms dr for in on at that our their his her its
    کے کی کا کو نے سے میں پر اور جس جناب ڈاکٹر
    جي جو جا جون کي کان ۾ ۽ تي سان جنهن""".split()
)
"""Words that cannot end a sentence; a line that stops at one has lost what followed."""

COMMON = frozenset(
    """
    you they them this have has was were are not but who what when which will would into over
    about after before more most than then there here one all any him she how why where also only
    said says been had
    ہے ہیں تھا تھے تھی گیا گئی گئے کرنے کیا کئے کیے کر رہا رہے رہی لیے لئے
    ساتھ بعد پہلے ایک اس ان وہ
    یہ جو جب تک
    بھی ہی نہیں ہر سب آپ ہو ہوا ہوئے ہوئی کہا
    آهي آهن هيو هئي هئا ٿيو ٿئي ڪري ڪيو ويو وئي ويا لاءِ بعد اڳ هڪ هن انهن اهو اها جڏهن سڀ چيو
    """.split()
)
"""Words that any two texts share."""

ASIDE = """
سوال; جواب; نوٹ; وضاحت; تعارف; خلاصہ; مثال; اقتباس; عنوان; موضوع; شعر; ترجمہ; حدیث; آیت; مقدمہ
نتیجہ; یاد رہے; واضح رہے; ضروری نوٹ; اہم بات; سوال نمبر; پہلا سوال
نوٽ; وضاحت; تعارف; مثال; عنوان; موضوع; شعر; ترجمو; ياد رهي; پهريون سوال; پهرين ڳجهارت
question; answer; note; editor's note; summary; correction; abstract
"""
"""Words that open a paragraph before a colon and name no place."""


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The form in which two spellings of one label are equal: kept, as sites repeat their own."""
    return fold(text)


@lru_cache(maxsize=64)
def _keys(table: str) -> frozenset[str]:
    return frozenset(key(entry) for line in table.split("\n") for entry in line.split(";")) - {""}


@lru_cache(maxsize=128)
def _by_word(table: str, place: int) -> dict[str, tuple[str, ...]]:
    """The labels of ``table`` by their first (0) or last (-1) word, the longest first."""
    found: dict[str, list[str]] = {}
    for entry in sorted(_keys(table), key=len, reverse=True):
        found.setdefault(entry.split(" ")[place], []).append(entry)
    return {word: tuple(entries) for word, entries in found.items()}


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The words that say nothing of a story, as they are spelt in keys."""
    return frozenset(map(key, COMMON)) | UNFINISHED


def is_furnished(text: str) -> bool:
    """Whether a word of ``text`` is one of the labels of dates and counters, and so no name."""
    return not _furnishing().isdisjoint(key(text).split())


@lru_cache(maxsize=1)
def _furnishing() -> frozenset[str]:
    tables = (PUBLISHED, UPDATED, MASTHEAD, VIEWS, TAGS, MORE)
    words = {word for table in tables for entry in _keys(table) for word in entry.split()}
    return frozenset(words - {"by", "a", "at", "on"})


def names_role(text: str) -> bool:
    """Whether a word of ``text`` is one by which a newsroom names its own people."""
    return not _roles().isdisjoint(key(text).split())


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(map(key, ROLES))


@lru_cache(maxsize=1)
def posts() -> frozenset[str]:
    """The keys of :data:`POSTS`."""
    return frozenset(map(key, POSTS))


def same(text: str, table: str) -> bool:
    """Whether ``text`` as a whole is one of the labels of ``table``."""
    return len(text) <= 60 and key(text) in _keys(table)


def ends_with(text: str, table: str) -> str:
    """The longest label of ``table`` that ``text`` ends with, as its key, or ``""``."""
    tail = key(text[-60:])
    for entry in _by_word(table, -1).get(tail.rpartition(" ")[2], ()):
        if tail.endswith(entry) and (len(tail) == len(entry) or tail[-len(entry) - 1] == " "):
            return entry
    return ""


def starts_with(text: str, table: str) -> str:
    """The longest label of ``table`` that ``text`` starts with, as its key, or ``""``."""
    head = key(text[:60])
    for entry in _by_word(table, 0).get(head.partition(" ")[0], ()):
        if head.startswith(entry) and (len(head) == len(entry) or head[len(entry)] == " "):
            return entry
    return ""
