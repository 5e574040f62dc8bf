"""Making renditions: the picture in sRGB, turned upright, cut, scaled and written anew.

Nothing of the file that came in is copied but its pixels; a rendition carries the lines on its
rights and no other metadata: no place, no camera, no thumbnail of what was cut away.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from PIL import Image, ImageCms

from articles.pictures.ladder import Form, Rendition, box
from articles.pictures.reading import (
    FAULTS,
    TURNED,
    Reason,
    UnfitPicture,
    opened,
    orientation_of,
)
from articles.pictures.rights import Rights, packet

WRITTEN: dict[Form, tuple[str, dict[str, Any]]] = {
    Form.JPEG: ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
    Form.WEBP: ("WEBP", {"quality": 76, "method": 4}),
    # One thread each: the site serves meanwhile.
    Form.AVIF: ("AVIF", {"quality": 54, "speed": 7, "max_threads": 1}),
}
"""Pillow's name of each format and how it is written: sizes that look the same to the eye."""
RECIPE = 1
"""Raise it when what is written here changes: renditions then get new names, and are made anew."""

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")
_SMALLER = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
"""Modes that can be reduced as they are."""
_WIDE = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
"""Modes of more than eight bits: Pillow would clip them where they are to be scaled."""


def render(
    data: bytes,
    wanted: Sequence[Rendition],
    *,
    focal_x: int = 50,
    focal_y: int = 50,
    rights: Rights | None = None,
) -> Iterator[tuple[Rendition, bytes]]:
    """Yield each of the ``wanted`` renditions with its bytes, in their order.

    ``data`` is a file that ``reading.read`` took; it is decoded once, and no larger than needed.
    The focal point is in hundredths of width and height. Raises UnfitPicture when it is no picture.
    """
    picture = _upright(data, wanted)
    xmp = packet(rights or Rights())
    for each in wanted:
        part = box(each.cut, *picture.size, focal_x, focal_y)
        edges = (part.x, part.y, part.x + part.width, part.y + part.height)
        size = (each.width, each.height)
        scaled = picture.resize(size, Image.Resampling.LANCZOS, box=edges, reducing_gap=3.0)
        yield each, _written(scaled, each.form, xmp)


def _upright(data: bytes, wanted: Sequence[Rendition]) -> Image.Image:
    """The picture in sRGB, turned as it is to be seen, as large as what is wanted needs it."""
    with opened(data) as image:
        full = image.width
        share = _share(wanted, *image.size, orientation_of(image))
        image.draft(None, (ceil(image.width * share), ceil(image.height * share)))
        try:
            picture = _in_srgb(_reduced(image, int(image.width / (full * share))))
        except FAULTS as error:
            raise UnfitPicture(Reason.DAMAGED) from error
        turn = _UPRIGHT.get(orientation_of(image))
    return picture.transpose(turn) if turn is not None else picture


def _share(wanted: Sequence[Rendition], width: int, height: int, orientation: int) -> float:
    """How much of a side's pixels the largest rendition needs: 1 for all of them."""
    seen = (height, width) if orientation in TURNED else (width, height)
    return min(1.0, max(each.width / box(each.cut, *seen).width for each in wanted))


def _reduced(image: Image.Image, times: int) -> Image.Image:
    """The picture at a half, a third ... of its size: a large one takes no room for long."""
    image.load()
    return image.reduce(times) if times > 1 and image.mode in _SMALLER else image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue, and white where nothing was."""
    profile = image.info.get("icc_profile")
    plain = _on_white(_in_eight_bits(image))
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(plain, own, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            converted = None  # It belongs to another kind of picture, or is none.
        if converted is not None:
            return converted
    return plain.convert("RGB")


def _in_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode not in _WIDE:
        return image
    return image.convert("F").point(lambda value: value / 256).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")
    drawn = image.convert("RGBA")
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    return paper


def _written(image: Image.Image, form: Form, xmp: bytes) -> bytes:
    name, options = WRITTEN[form]
    file = io.BytesIO()
    image.save(file, name, **options, **({"xmp": xmp} if xmp else {}))
    return file.getvalue()
