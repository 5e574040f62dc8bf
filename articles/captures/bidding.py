"""Labels that bid the reader do something, and labels over other stories, in three languages.

A story's own short lines (a crosshead, a verse, a speaker's name) name or tell; a label of the page
is an imperative or says "you". English opens with the verb, Urdu and Sindhi close with it.
"""

from __future__ import annotations

from functools import lru_cache

from . import labels
from .rows import Row

OPENS = frozenset(
    """
    share view read watch listen click tap follow join subscribe sign download load show see rate
    like open print email send submit report add save try browse explore discover enable play
    swipe scroll buy donate support enter search select choose login register get write
    """.split()
)
"""English verbs with which a label opens."""
CLOSES = frozenset(
    """
    کریں کیجیے کیجئے دیکھیں پڑھیں پڑھیے سنیں جائیں لکھیں بھیجیں دیں بنیں آئیں لیں دبائیں پوچھیں
    بتائیں
    ڪريو ڏسو پڙهو ٻڌو وڃو لکو موڪليو ڏيو ٿيو اچو وٺو ڪيو دٻايو لکن ٻڌايو
    """.split()
)
"""Urdu and Sindhi imperatives with which one closes."""
ADDRESS = frozenset("you your yours آپ آپکی تمہاری توهان اوهان توهين".split())
"""Words for the reader."""
REMARKS = frozenset(
    "comments comment thoughts opinion feedback رائے کمنٹس کمنٹ تبصرہ تبصرے رايو راءِ تبصرو".split()
)
"""What a page asks its readers for."""
READ = frozenset(
    """
    read watch see listen
    پڑھیں پڑھیے پڑھئے پڑهیں دیکھیں دیکھیے سنیں
    پڙهو پڙھو پڙهندا پڙھندا ڏسو ٻڌو
    """.split()
)
"""Verbs that bid the reader turn to something else."""
BESIDES = frozenset(
    """
    also more must don't next related
    بھی مزید ضرور پہلے
    به وڌيڪ پڻ اهو ضرور
    """.split()
)
"""Words that stand beside such a verb in a label."""
OTHERS = frozenset(
    """
    related recommended trending popular latest more top other similar must most read viewed
    best featured recent breaking
    مزید متعلقہ دیگر تازہ ترین اہم مقبول مشہور سب سے زیادہ پڑھی دیکھی جانے والی والے گئی گئیں گزشتہ
    ملتی جلتی
    وڌيڪ لاڳاپيل ٻيون ٻيا تازيون تازا تازه ترين اهم مشهور مقبول سڀ کان پڙهيل پڙهيون ويندڙ ڏٺل گذريل
    """.split()
)
"""Words by which a page calls other stories: newer, nearer, better liked."""
STORIES = frozenset(
    """
    stories story news posts articles reads videos headlines picks topics coverage items
    خبریں خبر مضامین پوسٹس ویڈیوز کالم تحریریں عنوانات اسٹوریز سٹوریز غزلیں نظمیں تصاویر
    خبرون خبر مضمون پوسٽون ڪالم وڊيوز ليک تحريرون لکڻيون ڪهاڻيون عنوان
    """.split()
)
"""What a page calls them."""
JOINTS = frozenset("from in on for this the you of and اس اسی سے کی کے میں هن جون جا ۾ مان".split())
"""Words that may join the two in a label."""
LENGTH = 8
"""Words of the longest such label."""


def is_bidding(row: Row, *, last: bool = False) -> bool:
    """Whether ``row`` is a label that bids the reader do something, or is about the reader.

    Below the story (``last``) a whole sentence may: it asks for remarks.
    """
    if row.words > 2 * LENGTH:
        return False
    words = row.key.split() or [""]
    if row.words > LENGTH or (row.finished and row.plain[-1] not in ":؛"):
        asks = words[0] in OPENS or words[-1] in _keys()[0]
        return last and asks and not _remarks().isdisjoint(words)
    if words[0] in OPENS and (row.words <= 4 or not row.plain.islower()):
        return row.words <= 5
    closes, address = _keys()
    return words[-1] in closes or not address.isdisjoint(words)


@lru_cache(maxsize=1)
def _remarks() -> frozenset[str]:
    return frozenset(map(labels.key, REMARKS))


@lru_cache(maxsize=1)
def _keys() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(labels.key, CLOSES)), frozenset(map(labels.key, ADDRESS))


def is_mark(row: Row) -> bool:
    """Whether ``row`` holds no letter and no digit: what is left of an ornament or a button."""
    return row.words <= 6 and not any(map(str.isalnum, row.plain))


def bids_read(text: str) -> bool:
    """Whether ``text`` is a label of up to four words that bids the reader read something else."""
    words = set(labels.key(text).split())
    read, besides = _bids()
    return len(words) <= 4 and bool(words & read) and bool(words & besides)


@lru_cache(maxsize=1)
def _bids() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(labels.key, READ)), frozenset(map(labels.key, BESIDES))


def names_others(text: str) -> bool:
    """Whether ``text`` is a label over other stories: "Most read stories", "مزید متعلقہ خبریں"."""
    words = labels.key(text).split()
    others, nouns, joints = _others()
    if not 2 <= len(words) <= 7 or others.isdisjoint(words):
        return False
    if nouns.isdisjoint(words) and (len(words) < 3 or sum(word in others for word in words) < 2):
        return False
    return all(word in others or word in nouns or word in joints for word in words)


@lru_cache(maxsize=1)
def _others() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    others, nouns, joints = (
        frozenset(map(labels.key, words)) for words in (OTHERS, STORIES, JOINTS)
    )
    return others, nouns, joints
