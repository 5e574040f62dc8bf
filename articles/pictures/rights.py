"""Whose a picture says it is: the lines on credit, copyright and use that its file carries.

They stand in three places, and a file may have any of them: XMP, IPTC-IIM and EXIF. The IPTC Photo
Metadata Standard names the fields (https://iptc.org/std/photometadata/specification/); where they
differ, XMP is taken first, as the Metadata Working Group recommends. What is found is a proposal to
an editor and never more.
"""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import NamedTuple

from PIL import Image, IptcImagePlugin
from PIL.JpegImagePlugin import JpegImageFile

from articles.text.normal import drop_controls, limit_marks

LONGEST = 200
"""Characters of each line."""
MOST_XMP = 256 * 1024
PARTS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_CREATOR, _CREDIT, _COPYRIGHT = (2, 80), (2, 110), (2, 116)  # IIM 4.2, records 2:80, 2:110, 2:116
_ARTIST, _RIGHTS = 0x013B, 0x8298  # EXIF 2.32, 4.6.4 D
_SPACES = re.compile(r"\s+")
_FAULTS = (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, struct.error)


class Rights(NamedTuple):
    """``credit`` as it is printed, and ninjs' own ``copyrightNotice`` and ``usageTerms``."""

    credit: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""


def rights_in(image: Image.Image) -> Rights:
    """Return what the file of an opened picture tells; nothing where it tells nothing."""
    found = [read(image) for read in (_from_xmp, _from_iptc, _from_exif)]
    return Rights(*(next(filter(None, lines), "") for lines in zip(*found, strict=True)))


def packet(rights: Rights) -> bytes:
    """Return the lines as an XMP packet, which a rendition carries; empty when there are none.

    A picture that is passed on goes on telling whose it is, and nothing else of where it was made.
    """
    lines = "".join(
        (
            _element("photoshop:Credit", _escaped(rights.credit)),
            _element("dc:rights", _in_any_language(rights.copyright_notice)),
            _element("rights:UsageTerms", _in_any_language(rights.usage_terms)),
        )
    )
    if not lines:
        return b""
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in PARTS.items())
    description = f'<rdf:Description rdf:about="">{lines}</rdf:Description>'
    meta = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{spaces}>{description}</rdf:RDF></x:xmpmeta>'
    )
    return meta.encode()


def _from_xmp(image: Image.Image) -> Rights:
    given = image.info.get("xmp") or b""
    raw = given.encode() if isinstance(given, str) else bytes(given)
    # Without a document type there are no entities, and so nothing that grows when it is read.
    if not raw or len(raw) > MOST_XMP or b"<!" in raw:
        return Rights()
    try:
        root = ET.fromstring(raw.strip(b"\x00 \r\n\t"))  # noqa: S314
    except (ET.ParseError, ValueError, LookupError):
        return Rights()
    credit = _credit(_xmp(root, "dc", "creator"), _xmp(root, "photoshop", "Credit"))
    notice, terms = _xmp(root, "dc", "rights"), _xmp(root, "rights", "UsageTerms")
    return Rights(credit, _line(notice), _line(terms))


def _xmp(root: ET.Element, part: str, name: str) -> str:
    """A property, which may stand as an attribute, as text, or as the first item of a list."""
    full = f"{{{PARTS[part]}}}{name}"
    for each in root.iter():
        if full in each.attrib:
            return each.attrib[full]
        if each.tag == full:
            items = each.iter(f"{{{PARTS['rdf']}}}li")
            return next((item.text or "" for item in items), each.text or "")
    return ""


def _from_iptc(image: Image.Image) -> Rights:
    if not isinstance(image, JpegImageFile):
        return Rights()
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except _FAULTS:
        return Rights()
    creator, credit, notice = (
        _decoded(_first(records.get(key))) for key in (_CREATOR, _CREDIT, _COPYRIGHT)
    )
    return Rights(_credit(creator, credit), _line(notice))


def _from_exif(image: Image.Image) -> Rights:
    try:
        exif = image.getexif()
        artist, notice = exif.get(_ARTIST, ""), exif.get(_RIGHTS, "")
    except _FAULTS:
        return Rights()
    return Rights(_line(_mended(artist)), _line(_mended(notice).replace("\0", " ")))


def _first(value: bytes | list[bytes] | None) -> bytes:
    return (value[0] if value else b"") if isinstance(value, list) else value or b""


def _decoded(raw: bytes) -> str:
    """IIM says its charset in a record that many programs leave out: UTF-8 proves itself."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _mended(value: object) -> str:
    """EXIF is ASCII by its standard and UTF-8 in use; Pillow reads it as Latin-1."""
    text = value if isinstance(value, str) else ""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _credit(creator: str, credit: str) -> str:
    """Who made a picture and who gives it, as a newspaper prints it: ``A. Khan / Agency``."""
    named = dict.fromkeys(filter(None, (_line(creator), _line(credit))))
    return " / ".join(named)[:LONGEST]


def _line(text: str) -> str:
    """One line of plain text without controls."""
    return limit_marks(_SPACES.sub(" ", drop_controls(text)).strip())[:LONGEST]


def _element(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""


def _in_any_language(text: str) -> str:
    item = _escaped(text)
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{item}</rdf:li></rdf:Alt>' if item else ""


def _escaped(text: str) -> str:
    signs: Iterable[tuple[str, str]] = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
    for sign, entity in signs:
        text = text.replace(sign, entity)
    return text
