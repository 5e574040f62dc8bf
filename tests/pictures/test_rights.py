"""Whose a picture says it is, in three places, and that a rendition goes on saying it."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from articles.pictures.ladder import renditions
from articles.pictures.reading import read
from articles.pictures.rendering import render
from articles.pictures.rights import LONGEST, Rights, packet
from tests.pictures.made import drawn, encoded, with_exif, with_iptc

PLAIN = encoded(drawn(320, 200))
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">
<rdf:Description rdf:about="" photoshop:Credit="Agency">
<dc:creator><rdf:Seq><rdf:li>A. Khan</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2024 Agency</rdf:li></rdf:Alt></dc:rights>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Ask first</rdf:li></rdf:Alt>
</xmpRights:UsageTerms></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def test_a_picture_that_says_nothing_proposes_nothing():
    assert read(PLAIN).rights == Rights()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_is_read_from_every_kind_of_file(form):
    options: dict[str, Any] = {"xmp": XMP.encode()}
    if form == "PNG":
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP)
        options = {"pnginfo": info}
    rights = read(encoded(drawn(320, 200), form, **options)).rights
    assert rights == Rights("A. Khan / Agency", "© 2024 Agency", "Ask first")


def test_iptc_records_are_read_in_utf_8_and_in_what_came_before_it():
    told = with_iptc(PLAIN, {80: "احمد".encode(), 110: b"Agency", 116: b"\xa9 2024"})
    assert read(told).rights == Rights("احمد / Agency", "© 2024")


def test_exif_is_read_in_utf_8_too():
    told = with_exif(PLAIN, {0x013B: "علي".encode(), 0x8298: "© علي".encode()})
    assert read(told).rights == Rights("علي", "© علي")


def test_xmp_is_believed_before_the_older_places():
    told = with_iptc(encoded(drawn(320, 200), xmp=XMP.encode()), {110: b"Other", 116: b"Other"})
    assert read(told).rights.credit == "A. Khan / Agency"


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + XMP.encode(),
        b"<x:xmpmeta",
        b"\xff\xfe" * 99,
        XMP.replace("A. Khan", "&b;").encode(),
        XMP.replace("A. Khan", "x" * 300_000).encode(),
    ],
    ids=["entities", "cut off", "no text", "unknown entity", "endless"],
)
def test_hostile_xmp_proposes_nothing(hostile):
    assert read(encoded(drawn(320, 200), "WEBP", xmp=hostile)).rights == Rights()


def test_a_proposal_is_one_line_of_plain_text_that_a_column_takes():
    told = with_iptc(PLAIN, {110: "a\u202eb\r\n\x00c ".encode() + b"d" * 400})
    credit = read(told).rights.credit
    assert credit.startswith("ab c d")
    assert len(credit) == LONGEST


def test_what_a_rendition_carries_is_read_back():
    rights = Rights("A & <B>", "© 2024 احمد", "Ask first")
    for form in ("JPEG", "WEBP", "AVIF"):
        assert read(encoded(drawn(320, 200), form, xmp=packet(rights))).rights == rights
    assert packet(Rights()) == b""


def test_a_place_and_a_camera_are_not_carried_on():
    exif = Image.Exif()
    exif[0x010F] = "SomeCamera"
    exif[0x8825] = {1: "N", 2: (24.0, 51.0, 36.0), 3: "E", 4: (67.0, 0.0, 36.0)}
    exif[0x8298] = "Of somebody"
    original = encoded(drawn(640, 480), exif=exif)
    rights = read(original).rights
    for each, data in render(original, renditions(640, 480), rights=rights):
        assert b"SomeCamera" not in data, each
        assert b"Of somebody" in data
        assert read(data).rights.copyright_notice == "Of somebody"
