"""Small documents of our own in every format, in three languages."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

from articles.captures import account
from articles.captures.draft import Hints, Parsed
from articles.captures.formats import Document, Limits, documents

ENGLISH = (
    "Heavy rain filled the old reservoir above the town on Friday, the first time in eleven years.",
    "Engineers who walked along the wall said that it would hold and nobody had to leave home.",
    "The market stayed open, and the school by the river sent its pupils home with a day to spare.",
)
URDU = (
    (
        "جمعے کی رات ہونے والی تیز بارش سے قصبے کے اوپر واقع پرانا تالاب "
        "گیارہ برس بعد پہلی بار بھر گیا ہے۔"
    ),
    (
        "دیوار کا معائنہ کرنے والے انجینئروں نے بتایا کہ بند محفوظ ہے "
        "اور کسی کو گھر چھوڑنے کی ضرورت نہیں۔"
    ),
)
SINDHI = (
    (
        "جمعي جي رات پيل تيز برسات سبب شهر جي مٿان موجود پراڻو تلاءُ "
        "يارهن سالن کان پوءِ پهريون ڀيرو ڀرجي ويو آهي."
    ),
    "ديوار جو معائنو ڪندڙ انجنيئرن ٻڌايو ته بند محفوظ آهي ۽ ڪنهن کي به گهر ڇڏڻ جي ضرورت نه آهي.",
)
HEADLINES = {
    "en": "Rain fills the old reservoir",
    "ur": "بارش سے پرانا تالاب بھر گیا",
    "sd": "برسات سان پراڻو تلاءُ ڀرجي ويو",
}
BODIES = {"en": ENGLISH, "ur": URDU, "sd": SINDHI}


def page(
    body: str = "",
    *,
    head: str = "",
    title: str = "",
    language: str = "en",
    charset: str = "utf-8",
) -> bytes:
    """A saved page; without ``body`` the story of ``language`` in paragraphs."""
    told = body or "<article><h1>{}</h1>{}</article>".format(
        HEADLINES[language], "".join(f"<p>{text}</p>" for text in BODIES[language])
    )
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="{charset}">'
        f"<title>{title or HEADLINES[language]}</title>{head}</head><body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"{told}<footer>All rights reserved</footer></body></html>"
    )
    return text.encode(charset, "xmlcharrefreplace")


def schema(**fields: Any) -> str:
    """A JSON-LD article with ``fields``, as a script for a page's head."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def rss(*items: str, channel: str = "") -> bytes:
    """An RSS 2.0 feed of ``items``, each the inside of an ``<item>``."""
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        f"<channel><title>Valley Post</title>{channel}{listed}</channel></rss>"
    ).encode()


def entry(title: str = HEADLINES["en"], date: str = "Sat, 29 Jul 2023 10:00:00 +0500") -> str:
    """The inside of an RSS item with the whole English story."""
    body = "".join(f"<p>{text}</p>" for text in ENGLISH)
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    titled = f"<title>{title}</title>" if title else ""
    return (
        f"{titled}{dated}<link>https://example.org/rain</link>"
        f"<dc:creator>Staff Reporter</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    )


def ninjs(**fields: Any) -> dict[str, Any]:
    """A ninjs 3.1 item with the English story and ``fields`` over it."""
    return {
        "uri": "https://example.org/rain",
        "type": "text",
        "language": "en",
        "headlines": [{"role": "main", "value": HEADLINES["en"]}],
        "bodies": [
            {
                "contentType": "text/html",
                "value": "".join(f"<p>{text}</p>" for text in ENGLISH),
            }
        ],
        "by": "Staff Reporter",
        "located": "Sukkur",
        "versionCreated": "2023-07-29T10:00:00+05:00",
        "pubStatus": "usable",
    } | fields


def post(*, status: str = "publish", kind: str = "post", **fields: str) -> str:
    """One WXR item; ``fields`` are its children by their prefixed names with ``__`` for ``:``."""
    values = {
        "title": HEADLINES["en"],
        "link": "https://example.org/rain",
        "dc__creator": "desk",
        "content__encoded": "<![CDATA[{}]]>".format("\n\n".join(ENGLISH)),
        "wp__post_date": "2023-07-29 15:00:00",
        "wp__post_date_gmt": "2023-07-29 10:00:00",
        "wp__post_type": kind,
        "wp__status": status,
    } | fields
    inside = "".join(
        f"<{name.replace('__', ':')}>{value}</{name.replace('__', ':')}>"
        for name, value in values.items()
    )
    return f"<item>{inside}</item>"


def wxr(*posts: str, before: str = "") -> bytes:
    """A WordPress export of ``posts``."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>{before}<rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Valley Post</title>'
        f"<language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>{''.join(posts)}"
        "</channel></rss>"
    ).encode()


def warc(*records: bytes) -> bytes:
    """A WARC file of ``records``, not compressed."""
    return b"".join(records)


def record(
    payload: bytes,
    *,
    uri: str = "https://example.org/rain",
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    warc_type: str = "response",
    more: str = "",
) -> bytes:
    """One WARC record with ``payload`` behind HTTP headers, or bare when it is no response."""
    block = payload
    if warc_type == "response":
        block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + payload
    block_kind = "application/http; msgtype=response" if warc_type == "response" else kind
    head = (
        f"WARC/1.1\r\nWARC-Type: {warc_type}\r\nWARC-Target-URI: {uri}\r\n"
        "WARC-Date: 2024-07-17T14:20:44Z\r\n"
        "WARC-Record-ID: <urn:uuid:6f2b0d3a-7a2c-4b7e-9a51-0c6a3f1f2d10>\r\n"
        f"Content-Type: {block_kind}\r\nContent-Length: {len(block)}\r\n{more}\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A .zip of ``files``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return made.getvalue()


def tarred(files: Mapping[str, bytes], *extra: tarfile.TarInfo) -> bytes:
    """A .tar.gz of ``files`` and of ``extra`` members without bytes."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, raw in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
        for info in extra:
            archive.addfile(info)
    return gzip.compress(made.getvalue())


def unpack(raw: bytes, name: str = "file", limits: Limits | None = None) -> list[Document]:
    """All documents of a file."""
    return list(documents(raw, name=name, limits=limits))


def parse(raw: bytes, name: str = "file", hints: Hints | None = None) -> Parsed:
    """The reading of a file that is one document, its account checked."""
    (document,) = unpack(raw, name)
    return check(document, hints)


def check(document: Document, hints: Hints | None = None) -> Parsed:
    """The reading of a document, with the promises that every reading keeps."""
    parsed = document.parse(hints)
    account(parsed, document.capture)
    assert (parsed.kind == "reject") == (not parsed.drafts) == bool(parsed.reason)
    for draft in parsed.drafts:
        "\n".join((draft.headline, draft.byline, draft.dateline, *draft.paragraphs)).encode()
        assert draft.held == bool(draft.reasons)
        assert draft.held or draft.pub_status == "usable"
    return parsed
