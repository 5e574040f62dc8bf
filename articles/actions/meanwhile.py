"""Who changed what of an article since somebody opened it. Reads the history and writes nothing."""

from __future__ import annotations

from articles.models import Article, Revision
from articles.models.revision import differing

MOST = 200
"""Revisions that are looked at: who opened a form longer ago is told of these."""


def changed_since(article: Article, version: int) -> dict[str, Revision]:
    """The revision that last changed each field after ``version``, by the field's name.

    ``status`` is one of the names. What no revision tells of, such as a load, is left out.
    """
    newer = article.revisions.kept().filter(number__gt=version).select_related("made_by")
    told = list(newer[:MOST])
    before = article.revisions.at_version(version).first()
    earlier = [*told[1:], before] if before else told[1:]
    changed: dict[str, Revision] = {}
    for revision, previous in zip(told, earlier, strict=False):
        for name in _changed(previous, revision):
            changed.setdefault(name, revision)
    return changed


def _changed(before: Revision, after: Revision) -> list[str]:
    moved = ["status"] if before.status != after.status else []
    return [*moved, *differing(before.snapshot, after.snapshot)]
