"""The loading command as the tests call it, and small captures for it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from articles.captures.sentences import sentences_of
from articles.models import Article

SENTENCES = """
Workers of the town have repaired the old bridge before the summer floods and tested it for a week.
The engineer in charge said that every plank had been weighed and every bolt counted by hand.
Carts and bicycles may cross from the first day of May, while lorries have to wait until autumn.
Children of three schools painted the railings in colours that they had chosen by a secret vote.
A ferry that carried people over the river for forty years will be kept as a floating library.
The council thanked the fishermen who had lent their boats and their evenings to the work.
""".strip().splitlines()


def load(*paths: Path | str, **options: Any) -> tuple[int, str, str]:
    """Run the command and return its exit code and what it printed on each stream."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_captures", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def page(subject: str, *, dated: str = "2025-03-01", body: list[str] | None = None) -> str:
    """A page about ``subject``: a headline, a labelled date and sentences about it."""
    told = "\n\n".join(body or [f"{line} So the {subject} tells." for line in SENTENCES])
    return f"The {subject} was repaired\n\nPosted on: {dated}\n\n{told}\n"


def write(folder: Path, **pages: str) -> Path:
    """Write each page into ``folder`` as NAME.txt."""
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def held(article: Article) -> str:
    """Why the article is held, in English."""
    return "\n".join(sentences_of(article.hold_reason))


def article_of(name: str) -> Article:
    """The article of a capture by its file name."""
    return Article.objects.get(capture__filename=f"{name}.txt")
