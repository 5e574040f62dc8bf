"""The contents of a long text: its headings, each with a name that links can lead to."""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.text.html import to_text
from articles.text.slugs import slugify

PREFIX = "part-"
"""Before every name, so that none is one of the page around the text."""
LONGEST = 60
# As `articles.text.html.clean` writes a heading: it leaves it no attribute.
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


class Heading(NamedTuple):
    """``level`` is 2 or 3, ``name`` the id of the heading in its page, ``text`` its plain words."""

    level: int
    name: str
    text: str


def with_names(html: str) -> tuple[str, list[Heading]]:
    """Return a stored body whose headings have names, and the headings that say something.

    A name is made of the heading's own words in whatever script, so that a link to it holds while
    other parts come and go; of the same words twice, the second has its number as well.
    """
    found: list[Heading] = []
    taken: set[str] = set()

    def named(match: re.Match[str]) -> str:
        text = " ".join(to_text(match[2]).split())
        if not text:
            return match[0]
        name = _free(PREFIX + (slugify(text, limit=LONGEST) or str(len(found) + 1)), taken)
        found.append(Heading(int(match[1]), name, text))
        return f'<h{match[1]} id="{name}">{match[2]}</h{match[1]}>'

    return _HEADING.sub(named, html), found


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free
