"""Which renditions a picture has: how it is cut, how wide each is, and in which formats.

Widths are steps of a ladder, so that a screen finds one that is hardly wider than what it shows:
browsers take the first that is wide enough. 800 is what telephones show from edge to edge with two
pixels to a point, 1,300 an article's measure on a dense screen.
AVIF and WebP come in all that pages ask for. JPEG is for browsers that read neither, for feeds and
for other sites; it is made first, since it takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Form(StrEnum):
    """A format of renditions, by the end of its file names."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpg"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self is Form.JPEG else f"image/{self.value}"


class Cut(NamedTuple):
    """A way to cut a picture: ``ratio`` is width by height, None for the whole of it."""

    name: str
    ratio: Fraction | None
    widths: Mapping[Form, tuple[int, ...]]


WHOLE = Cut(
    "whole",
    None,
    {
        Form.AVIF: (320, 480, 640, 800, 1300, 1920),
        Form.WEBP: (320, 640, 800, 1300),
        Form.JPEG: (640, 1300),
    },
)
"""On an article's page."""
FRAME = Cut(
    "3x2",
    Fraction(3, 2),
    {
        Form.AVIF: (176, 240, 352, 480, 800, 1300),
        Form.WEBP: (240, 352, 800),
        Form.JPEG: (352, 800),
    },
)
"""In lists, where pictures of one ratio keep the grid."""
CARD = Cut("card", Fraction(1200, 630), {Form.JPEG: (1200,)})
"""Where other sites show a link to an article (https://ogp.me)."""
CUTS = (WHOLE, FRAME, CARD)
HARDLY = 1.1
"""What is wider by less than this gains nothing by a step of its own."""


class Box(NamedTuple):
    """A part of a picture, in its pixels: how far from its left and upper edge, and how large."""

    x: float
    y: float
    width: float
    height: float


class Rendition(NamedTuple):
    """A file that readers get: its cut, format and size in pixels."""

    cut: Cut
    form: Form
    width: int
    height: int

    def file(self, recipe: str) -> str:
        """Its name beside the others of the same ``recipe``."""
        return f"{recipe}-{self.cut.name}-{self.width}.{self.form}"


def renditions(width: int, height: int) -> list[Rendition]:
    """Return every rendition of a picture of that size, those in JPEG first."""
    return [
        each for form in (Form.JPEG, Form.WEBP, Form.AVIF) for cut in CUTS
        for each in steps(cut, form, width, height)
    ]  # fmt: skip


def steps(cut: Cut, form: Form, width: int, height: int) -> Iterator[Rendition]:
    """Yield the renditions of one cut and format, the narrowest first; none is enlarged.

    A picture that is hardly wider than a step gets one of its own width in its place.
    """
    part = box(cut, width, height)
    own = max(1, int(part.width))
    ladder = cut.widths.get(form, ())
    widths = [step for step in ladder if step * HARDLY < own]
    if len(widths) < len(ladder):
        widths.append(min(own, ladder[-1]))
    for step in widths:
        yield Rendition(cut, form, step, max(1, round(step * part.height / part.width)))


def box(cut: Cut, width: int, height: int, focal_x: int = 50, focal_y: int = 50) -> Box:
    """Return the largest part of a picture in a cut's ratio, with the focal point at its middle.

    The point is in hundredths of width and height. Near an edge the part stays inside the picture.
    """
    if cut.ratio is None:
        return Box(0, 0, width, height)
    wide = min(float(width), float(height * cut.ratio))
    high = wide / float(cut.ratio)
    return Box(
        _placed(width * focal_x / 100 - wide / 2, width - wide),
        _placed(height * focal_y / 100 - high / 2, height - high),
        wide,
        high,
    )


def _placed(edge: float, last: float) -> float:
    return min(max(edge, 0.0), max(last, 0.0))
