"""Shapes of hostile feeds, exports and pages, each in any size."""

from __future__ import annotations

import json
from collections.abc import Mapping

from benchmarks.shapes import SENTENCE, Shape, again, halves


def _feed(items: str, head: str = "") -> Shape:
    return again(
        items, f'<?xml version="1.0"?><rss version="2.0"><channel>{head}', "</channel></rss>"
    )


def _export(items: str) -> Shape:
    space = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"'
    head = f"<rss {space}><channel><wp:wxr_version>1.2</wp:wxr_version>"
    return again(items, head, "</channel></rss>")


def _json_feed(item: Mapping[str, object], extra: str = "") -> Shape:
    head = f'{{"version": "https://jsonfeed.org/version/1.1", {extra}"items": ['
    return again(json.dumps(item) + ",", head, json.dumps(item) + "]}")


def _page(unit: str, before: str = "", after: str = "") -> Shape:
    return again(unit, f"<!DOCTYPE html><html><head>{before}", after)


_POST = (
    "<item><title>A post</title><wp:post_type>post</wp:post_type><wp:status>{status}</wp:status>"
    "<content:encoded><![CDATA[{text}]]></content:encoded></item>"
)
_SCRIPT = '<script type="application/ld+json">{"@type":"Article","headline":"A"}</script>'
_ITEM = f"<item><title>A title</title><description>{SENTENCE}</description></item>"

DOCUMENTS: dict[str, Shape] = {
    "a feed of items": _feed(_ITEM),
    "a feed of small items": _feed("<item><title>A</title></item>"),
    "a feed of empty items": _feed("<item/>"),
    "a feed of open items": _feed("<item><title>A</title>"),
    "a feed of namespaces": _feed('<item xmlns:a="b"><a:c>d</a:c><title>A</title></item>'),
    "a feed of markup": _feed(
        "<item><title>A</title><description>&lt;b&gt;x&lt;/b&gt;</description></item>"
    ),
    "a feed of entities": again(
        "&amp;", "<rss><channel><item><title>", "</title></item></channel></rss>"
    ),
    "a feed of tags": again("<a>", "<rss><channel><item>"),
    "a feed of one long item": again(
        SENTENCE, "<rss><channel><item><description>", "</description></item></channel></rss>"
    ),
    "a feed of rights": halves(
        again("right ", "<rss><channel><copyright>", "</copyright>"),
        again("<item><title>A</title></item>", "", "</channel></rss>"),
    ),
    "an Atom feed": again(
        f"<entry><title>A</title><summary>{SENTENCE}</summary></entry>",
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        "</feed>",
    ),
    "a JSON Feed": _json_feed({"title": "A title", "content_text": SENTENCE}),
    "a JSON Feed of markup": _json_feed({"title": "A", "content_html": f"<p>{SENTENCE}</p>"}),
    "a JSON Feed of small items": _json_feed({"title": "A"}),
    "an export of posts": _export(_POST.format(status="publish", text=SENTENCE)),
    "an export of private posts": _export(_POST.format(status="private", text="x")),
    "an export of empty posts": _export("<item/>"),
    "an export of captions": _export(_POST.format(status="publish", text="[caption]" * 50)),
    "an export of one post of captions": again(
        "[caption]",
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"><channel><item>'
        "<title>A</title><wp:post_type>post</wp:post_type><content:encoded>",
        "</content:encoded></item></channel></rss>",
    ),
    "an export of meta fields": again(
        "<wp:postmeta><wp:meta_key>embargo</wp:meta_key><wp:meta_value>x</wp:meta_value></wp:postmeta>",
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>A</title>',
        "</item></channel></rss>",
    ),
    "news items in ninjs": again(
        '{"uri": "a:1", "versioncreated": "2023-01-01T00:00:00Z", "body_text": "It rained."},',
        "[",
        '{"uri": "a:2", "body_text": "It rained."}]',
    ),
    "nested JSON": again("[", '{"uri": "a:1", "bodies": '),
    "a page of paragraphs": _page(f"<p>{SENTENCE}"),
    "a page of nested blocks": _page("<div>x"),
    "a page of nested inline tags": _page("<b>x"),
    "a page of nested inline tags around blocks": _page("<b><p>x"),
    "a page of hidden words in a deep place": halves(_page("<i>"), again("x<i hidden>y</i>")),
    "a page of headings": _page("<h1>A heading</h1>", "<title>A title</title>"),
    "a page of headings under a long title": halves(
        _page("title ", "<title>", "</title>"), again("<h1>it</h1>")
    ),
    "a page of entities in its title": _page("&amp;", "<title>", "</title><p>x"),
    "a page of dashes in its title": _page(" - ", "<title>x", "</title><p>x"),
    "a page of one script": _page(
        '"a\\n &amp; \n', '<script type="application/ld+json">', "</script>"
    ),
    "a page of scripts": _page(
        '<script type="application/ld+json">{"@type":"Article","headline":"A"}</script>',
        "<title>A</title>",
    ),
    "a page of scripts under a long title": halves(
        _page("title ", "<title>", "</title>"),
        again(_SCRIPT),
    ),
    "a page of meta fields": _page('<meta name="a" content="b">'),
    "a page of attributes": _page('a="b" ', "<p ", ">x"),
    "a page of classes": _page("share ", '<p class="', '">x'),
    "a page of times": _page("<time>x</time>"),
    "a page of authors": _page('<a rel="author">x</a>'),
    "a page of open authors": _page('<span rel="author">x'),
    "a page of articles": _page(f"<article><p>{SENTENCE}</p></article>"),
    "a page of nested articles": _page("<article>x"),
    "a page of tables": _page("<table><tr><td>x"),
    "a page of comments": _page("<!-- x -->"),
    "a page of opened comments": _page("<!--"),
    "a page of breaks": _page("x<br>"),
    "a page of brackets": _page("<"),
    "a page of links": _page('<a href="/x">x</a> '),
    "a page of processing instructions": again("<?x?>", "", "<html><p>x"),
}
