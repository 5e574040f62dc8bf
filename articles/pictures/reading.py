"""The one door through which a picture's bytes come in: they are decoded, never believed.

Neither a file's name nor its first bytes say that it is a picture; only decoding it to its end
does. What is hostile is refused before it takes memory or time (Pillow's own advice:
https://pillow.readthedocs.io/en/stable/handbook/security.html).
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from articles.pictures.rights import Rights, rights_in

MOST_BYTES = 40 * 1024 * 1024
LONGEST_SIDE = 16_000
"""Pixels of a side. WebP ends at 16,383."""
MOST_SCANS = 64
"""Passes over a progressive JPEG, each over all its pixels; cameras and programs make about ten."""


class Kind(NamedTuple):
    """A kind of file that comes in: its media type, the end of its name, its most pixels."""

    media_type: str
    extension: str
    most_pixels: int


KINDS = {
    "JPEG": Kind("image/jpeg", "jpg", 64_000_000),
    "PNG": Kind("image/png", "png", 40_000_000),
    "WEBP": Kind("image/webp", "webp", 24_000_000),
    "AVIF": Kind("image/avif", "avif", 40_000_000),
    "GIF": Kind("image/gif", "gif", 24_000_000),
}
"""By Pillow's name of each. Measured, none takes more than 400 MB while it is decoded: a pixel of
WebP takes 16 bytes, one of a JPEG three, and cameras make JPEG."""
ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4 A
TURNED = frozenset({5, 6, 7, 8})
"""Orientations of EXIF in which width and height change places."""

FAULTS = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error),
    *(EOFError, AttributeError, RuntimeError, MemoryError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What Pillow's readers raise for broken and hostile files; none of them says more than that."""

_SCAN = b"\xff\xda"  # Inside of a scan a byte of FF is followed by 00, so this is always a marker.
_SVG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<svg)", re.IGNORECASE)
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_one_at_a_time = threading.Lock()


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    HEAVY = "heavy"
    SVG = "svg"
    HEIC = "heic"
    UNKNOWN = "unknown"
    PIXELS = "pixels"
    LONG = "long"
    DAMAGED = "damaged"


class UnfitPicture(ValueError):
    """A file that is no picture for this site: ``reason``, and the numbers that belong to it.

    ``most`` is the limit in bytes (HEAVY) or in pixels (PIXELS, LONG).
    """

    def __init__(self, reason: Reason, most: int = 0) -> None:
        self.reason = reason
        self.most = most
        limit = f" The limit is {most:,}." if most else ""
        super().__init__(f"The file is no picture that this site takes: {reason}.{limit}")


class Picture(NamedTuple):
    """What is known of a file that was decoded to its end.

    ``width`` and ``height`` are those of the picture as it is seen, turned as its EXIF says.
    """

    media_type: str
    extension: str
    width: int
    height: int
    sha256: str
    rights: Rights


def read(data: bytes) -> Picture:
    """Decode a file and tell what it is. Raises UnfitPicture for all that is no whole picture.

    Of a moving picture the first frame counts. One file at a time is decoded in a process.
    """
    check_size(len(data))
    with opened(data) as image:
        width, height = image.size
        # A JPEG is decoded at an eighth of its size: all its bytes are read, and few kept.
        image.draft(None, (width // 8, height // 8))
        _load(image)
        if orientation_of(image) in TURNED:
            width, height = height, width
        kind, rights = _kind(image), rights_in(image)
    digest = hashlib.sha256(data).hexdigest()
    return Picture(kind.media_type, kind.extension, width, height, digest, rights)


def check_size(size: int) -> None:
    """Raise UnfitPicture for a file of no byte or of too many, before it is read."""
    if not size:
        raise UnfitPicture(Reason.EMPTY)
    if size > MOST_BYTES:
        raise UnfitPicture(Reason.HEAVY, most=MOST_BYTES)


@contextmanager
def opened(data: bytes) -> Iterator[ImageFile]:
    """Open a picture of a kind that comes in, of a size that can be decoded, and of one at a time.

    Nothing but its head is read yet. Raises UnfitPicture.
    """
    with _one_at_a_time:
        image = _open(data)
        with image:
            yield image


def orientation_of(image: Image.Image) -> int:
    """Return how EXIF says that a picture is to be turned: 1 (as it is) to 8; 1 for nonsense."""
    try:
        told = image.getexif().get(ORIENTATION, 1)
    except FAULTS:
        return 1
    return told if isinstance(told, int) and 1 <= told <= 8 else 1


def _open(data: bytes) -> ImageFile:
    try:
        image = Image.open(io.BytesIO(data), formats=list(KINDS))
    except UnidentifiedImageError as error:
        raise UnfitPicture(_unknown(data)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnfitPicture(
            Reason.PIXELS, most=max(kind.most_pixels for kind in KINDS.values())
        ) from error
    except FAULTS as error:
        raise UnfitPicture(Reason.DAMAGED) from error
    _check_room(image)
    if _kind(image) is KINDS["JPEG"] and data.count(_SCAN) > MOST_SCANS:
        raise UnfitPicture(Reason.DAMAGED)
    return image


def _check_room(image: Image.Image) -> None:
    width, height = image.size
    if width * height > (most := _kind(image).most_pixels):
        raise UnfitPicture(Reason.PIXELS, most=most)
    if max(width, height) > LONGEST_SIDE:
        raise UnfitPicture(Reason.LONG, most=LONGEST_SIDE)
    if not width or not height:
        raise UnfitPicture(Reason.DAMAGED)


def _kind(image: Image.Image) -> Kind:
    """A telephone's JPEG may hold a second picture, and Pillow calls it MPO then."""
    return KINDS["JPEG" if image.format == "MPO" else str(image.format)]


def _load(image: Image.Image) -> None:
    try:
        image.load()
    except FAULTS as error:
        raise UnfitPicture(Reason.DAMAGED) from error


def _unknown(data: bytes) -> Reason:
    """Tell apart what people take for a picture that this site takes."""
    if _SVG.match(data) and b"<svg" in data[:4096].lower():
        return Reason.SVG
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return Reason.HEIC
    return Reason.UNKNOWN
