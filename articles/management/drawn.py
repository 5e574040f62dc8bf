"""Pictures for a first start, drawn by rule: they need no file, and nobody takes them for news."""

from __future__ import annotations

from io import BytesIO
from math import sin

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 800)
SCENES = (
    ("#e9b872", "#c96f4a", "#fbe3b0", (830, 330)),
    ("#cfe3e6", "#f3d9b8", "#fff4d6", (300, 250)),
    ("#1c2540", "#3d4a6b", "#e8e6d8", (880, 190)),
    ("#7d8b93", "#aab4b5", "#9aa5aa", (600, 120)),
)
"""Of each: the sky above and at the horizon, and the colour and place of the sun, moon or cloud."""
RIDGES = 4


def scene(number: int) -> bytes:
    """Return one of ``SCENES`` as a JPEG: ridges before a sky, with a word that says what it is."""
    above, below, light, (x, y) = SCENES[number]
    width, height = SIZE
    sky = Image.linear_gradient("L").resize(SIZE)
    picture = Image.composite(Image.new("RGB", SIZE, below), Image.new("RGB", SIZE, above), sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((x - 75, y - 75, x + 75, y + 75), fill=light)
    for ridge in range(RIDGES):
        draw.polygon([*_ridge(number, ridge), (width, height), (0, height)], fill=_shade(ridge))
    draw.text((width - 40, height - 35), "SAMPLE", "#f4efe4", ImageFont.load_default(34), "rs")
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def _ridge(number: int, ridge: int) -> list[tuple[float, float]]:
    """The line of one range of hills, the nearer the lower and the rougher."""
    base, rise = 430 + 95 * ridge, 60 - 8 * ridge
    turn = number * 2 + ridge * 1.7
    return [
        (x, base + rise * sin(x / 190 + turn) + rise / 3 * sin(x / 47 + 3 * turn))
        for x in range(0, SIZE[0] + 1, 10)
    ]


def _shade(ridge: int) -> tuple[int, int, int]:
    return (96 - 18 * ridge, 116 - 20 * ridge, 118 - 22 * ridge)
