"""Pictures for tests, drawn when they are needed: none is kept in the tree."""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw

RED, BLUE = (200, 30, 40), (20, 40, 200)


def drawn(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(picture).rectangle((width // 2, 0, width, height), fill=BLUE)
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file of that kind."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


@lru_cache
def photograph(width: int = 1600, height: int = 1200, seed: int = 0) -> bytes:
    """A JPEG as heavy as one of a camera, each ``seed`` another: clouds, with some grain."""
    clouds = [
        Image.effect_noise((max(width // part, 2), max(height // part, 2)), 60).resize(
            (width, height), Image.Resampling.BICUBIC
        )
        for part in (24, 48, 96)
    ]
    grain = Image.effect_noise((width, height), 6).convert("RGB")
    picture = Image.blend(Image.merge("RGB", clouds), grain, 0.12)
    ImageDraw.Draw(picture).text((9, 9), f"{seed}")
    return encoded(picture, quality=88)


def with_exif(picture: bytes, tags: dict[int, bytes]) -> bytes:
    """A JPEG with an EXIF segment that holds these tags as ASCII, whatever bytes they are."""
    count, body, entries = len(tags), b"", b""
    start = 8 + 2 + 12 * count + 4
    for tag, value in sorted(tags.items()):
        text = value + b"\0"
        entries += struct.pack("<HHII", tag, 2, len(text), start + len(body))
        body += text
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", count) + entries + b"\0\0\0\0" + body
    return _with_segment(picture, b"\xff\xe1", b"Exif\0\0" + tiff)


def with_iptc(picture: bytes, records: dict[int, bytes]) -> bytes:
    """A JPEG with a Photoshop segment that holds these records 2:n of IPTC-IIM."""
    told = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in records.items()
    )
    block = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(told)) + told
    block += b"\0" * (len(told) % 2)
    return _with_segment(picture, b"\xff\xed", b"Photoshop 3.0\0" + block)


def _with_segment(picture: bytes, marker: bytes, inside: bytes) -> bytes:
    return picture[:2] + marker + struct.pack(">H", len(inside) + 2) + inside + picture[2:]
