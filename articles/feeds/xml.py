"""RSS 2.0 and Atom 1.0 by Django's generators, with the whole text, its language and direction.

Text is escaped and never put into CDATA, so nothing in it can end it early. The direction is told
by W3C's ``its:dir``, which the stylesheet for browsers obeys and other readers pass over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.feeds.channel import Channel, Entry, Picture

ITS = "http://www.w3.org/2005/11/its"
MEDIA = "http://search.yahoo.com/mrss/"
"""Media RSS 1.5.1 (https://www.rssboard.org/media-rss). An RSS enclosure would have to tell the
bytes of a file, which nobody asks for."""
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ATOM = "application/atom+xml"
RSS = "application/rss+xml"


def rss(channel: Channel, entries: Sequence[Entry], updated: datetime) -> str:
    """Return an RSS 2.0 document that was updated last at ``updated``."""
    return _filled(_Rss, "rss", channel, entries, updated)


def atom(channel: Channel, entries: Sequence[Entry], updated: datetime) -> str:
    """Return an Atom 1.0 document that was updated last at ``updated``."""
    return _filled(_Atom, "atom", channel, entries, updated)


class _Told:
    """What both generators are told beyond Django's own words for it."""

    feed: dict[str, Any]

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def _its(self) -> dict[str, str]:
        return {"xmlns:its": ITS, "its:version": "2.0", "its:dir": self.feed["direction"]}

    def _style(self, handler: SimplerXMLGenerator) -> None:
        """Name stylesheets for browsers: plain CSS, as they are giving up XSLT."""
        for sheet in ("css/fonts.css", "css/feed.css"):
            address = staticfiles_storage.url(sheet)
            handler.processingInstruction("xml-stylesheet", f'href="{address}" type="text/css"')


class _Rss(_Told, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        named = {"xmlns:content": CONTENT, "xmlns:media": MEDIA, "xml:lang": self.feed["language"]}
        return {**super().rss_attributes(), **named, **self._its()}

    def add_stylesheets(self, handler: SimplerXMLGenerator) -> None:
        self._style(handler)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for link in self.feed["alternates"]:
            handler.addQuickElement("atom:link", None, {"type": RSS, **link})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["html"])
        _add_picture(handler, item["picture"])
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        for link in item["alternates"]:
            handler.addQuickElement("atom:link", None, link)


class _Atom(_Told, Atom1Feed):
    def write(self, outfile: Any, encoding: str) -> None:
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        self._style(handler)
        handler.startElement("feed", self.root_attributes())  # type: ignore[arg-type]  # As Django does.
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA, **self._its()}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for link in self.feed["alternates"]:
            handler.addQuickElement("link", None, {"type": ATOM, **link})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # Django would call the summary HTML, in which "<" would begin a tag.
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})
        handler.addQuickElement("content", item["html"], {"type": "html"})
        _add_picture(handler, item["picture"])
        for link in item["alternates"]:
            handler.addQuickElement("link", None, link)


def _filled(
    kind: type[_Rss | _Atom],
    form: str,
    channel: Channel,
    entries: Sequence[Entry],
    updated: datetime,
) -> str:
    language = channel.edition.language
    feed = kind(
        title=channel.name,
        link=channel.page,
        description=channel.advice,
        subtitle=channel.advice,
        language=language.code,
        author_name=language.site_title,
        feed_url=channel.address(form),
        feed_guid=channel.address(form),
        direction=language.direction,
        updated=updated,
        alternates=[_alternate(*each) for each in channel.alternates(form)],
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.address,
            description=entry.summary,
            author_name=entry.author or None,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.identity,
            unique_id_is_permalink=False,
            categories=[entry.section] if entry.section else [],
            html=entry.html,
            picture=entry.picture,
            alternates=[{"type": "text/html", **_alternate(*each)} for each in entry.sisters],
        )
    text: str = feed.writeString("utf-8")
    return text


def _add_picture(handler: SimplerXMLGenerator, picture: Picture | None) -> None:
    if picture is None:
        return
    shared = picture.shared
    size = {"width": str(shared.width), "height": str(shared.height)}
    told = {"url": shared.address, "medium": "image", "type": shared.media_type, **size}
    handler.startElement("media:content", told)  # type: ignore[arg-type]  # As Django does.
    if picture.alt_text:
        handler.addQuickElement("media:description", picture.alt_text, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")


def _alternate(code: str, address: str) -> dict[str, str]:
    return {"rel": "alternate", "hreflang": code, "href": address}
