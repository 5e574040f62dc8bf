"""The same story comes out of every door, word for word, in every language of the gold."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

import pytest

from tests.captures import accuracy
from tests.captures.formats import made

Story = tuple[str, str, str, list[str]]
"""Language, headline, day in ISO 8601, paragraphs."""


def stories() -> list[Story]:
    """Every gold story that lost nothing: its labels, without the page around it."""
    found = []
    for label, bodies, _raw in accuracy.gold():
        if label["kind"] not in ("article", "multi"):
            continue
        for want, body in zip(label["articles"], bodies, strict=False):
            if want["title"] and want["published"] and body and not want["gaps"]:
                found.append((label["language"], want["title"], want["published"], body))
    return found


def paragraphs(body: list[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in body)


def semantic(story: Story) -> bytes:
    language, headline, day, body = story
    head = made.schema(headline=headline, datePublished=f"{day}T09:00:00+05:00")
    told = f"<article><h1>{html.escape(headline)}</h1>{paragraphs(body)}</article>"
    return made.page(told, head=head, title=f"{headline} | Valley Post", language=language)


MENU = "".join(f'<a href="/{name}">{name}</a><br>' for name in "Home News Sport Weather".split())
RELATED = "".join(f"<li><a href=/{n}>Nine other ways to keep a garden green</a>" for n in "abc")


def old(story: Story) -> bytes:
    """A page laid out with tables, without a word for machines."""
    language, headline, day, body = story
    told = (
        f"<form><table><tr><td width=100>{MENU}</td><td><h1>{html.escape(headline)}</h1>"
        f"<font size=1>Posted on: {day}</font><br><div align=justify>{paragraphs(body)}</div>"
        f"</td></tr></table></form><ul>{RELATED}</ul>"
    )
    return made.page(told, title=f"{headline} - Valley Post", language="en" if language else "")


def themed(story: Story) -> bytes:
    """A page of a blog's theme: a heading of the second level, comments below the story."""
    language, headline, day, body = story
    comments = "<p>A reader writes at great length about something else again.</p>" * 40
    told = (
        f'<div id=content><div class=post><h2 class="t">{html.escape(headline)}</h2>'
        f'<time datetime="{day}">x</time><div class=entry>{paragraphs(body)}</div>'
        f"<h3>Related</h3><ul>{RELATED}</ul></div><div id=comments>{comments}</div></div>"
    )
    return made.page(told, title=f"Valley Post » {headline}", language=language)


def fed(story: Story) -> bytes:
    _language, headline, day, body = story
    return made.rss(
        f"<title>{html.escape(headline)}</title><pubDate>{day}T09:00:00+05:00</pubDate>"
        f"<content:encoded><![CDATA[{paragraphs(body)}]]></content:encoded>"
    )


def exported(story: Story) -> bytes:
    _language, headline, day, body = story
    return made.wxr(
        made.post(
            title=html.escape(headline),
            content__encoded="<![CDATA[{}]]>".format("\n\n".join(body)),
            wp__post_date_gmt=f"{day} 04:00:00",
        )
    )


def wired(story: Story) -> bytes:
    language, headline, day, body = story
    item = made.ninjs(
        language=language,
        headlines=[{"value": headline}],
        bodies=[{"contentType": "text/plain", "value": "\n".join(body)}],
        versionCreated=f"{day}T09:00:00+05:00",
    )
    return json.dumps(item).encode()


DOORS: dict[str, Callable[[Story], bytes]] = {
    "semantic page": semantic,
    "old page": old,
    "themed page": themed,
    "feed": fed,
    "export": exported,
    "news item": wired,
}


@pytest.mark.parametrize("door", DOORS)
def test_a_story_comes_out_as_it_went_in(door):
    told = stories()
    assert len(told) >= 19
    for story in told:
        language, headline, day, body = story
        (draft,) = made.parse(DOORS[door](story)).drafts
        assert accuracy.plain(draft.headline, language) == accuracy.plain(headline, language)
        assert str(draft.published)[:10] == day, headline
        assert draft.language == language, headline
        own = [accuracy.plain(text, language) for text in draft.paragraphs]
        assert own == [accuracy.plain(text, language) for text in body], headline
