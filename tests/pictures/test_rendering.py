"""Renditions: their sizes, their colours, what is cut away and what is turned."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import pytest
from PIL import Image, ImageCms

from articles.pictures.ladder import (
    CARD,
    CUTS,
    FRAME,
    WHOLE,
    Form,
    Rendition,
    box,
    renditions,
    steps,
)
from articles.pictures.reading import UnfitPicture
from articles.pictures.rendering import render
from tests.pictures.made import BLUE, RED, drawn, encoded, photograph

SIZES: list[tuple[int, int]] = [
    (6_000, 4_000),
    (800, 600),
    (600, 800),
    (300, 200),
    (40, 3_000),
    (3_000, 40),
    (1, 1),
]


def made(data: bytes, rendition: Rendition, **options) -> Image.Image:
    ((_same, written),) = render(data, [rendition], **options)
    return Image.open(io.BytesIO(written)).convert("RGB")


def near(found: Any, wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("size", SIZES)
def test_no_rendition_is_larger_than_what_it_is_made_of(size):
    for each in renditions(*size):
        part = box(each.cut, *size)
        assert 1 <= each.width <= max(1, part.width), each
        assert each.height >= 1


@pytest.mark.parametrize("size", SIZES)
def test_every_cut_comes_in_a_format_that_all_browsers_read(size):
    found = renditions(*size)
    names = {each.cut.name for each in found if each.form is Form.JPEG}
    assert names == {cut.name for cut in CUTS}
    assert len({each.file("a") for each in found}) == len(found)
    assert found[0].form is Form.JPEG


def test_a_step_is_hardly_wider_than_the_one_before():
    widths = [each.width for each in steps(WHOLE, Form.AVIF, 4_000, 3_000)]
    assert widths == [320, 480, 640, 800, 1300, 1920]
    assert [each.width for each in steps(WHOLE, Form.AVIF, 1_000, 700)] == [
        320,
        480,
        640,
        800,
        1_000,
    ]


@pytest.mark.parametrize("size", SIZES[:4])
def test_a_cut_has_its_ratio_and_stays_inside_the_picture(size):
    for cut in (FRAME, CARD):
        for x, y in ((0, 0), (50, 50), (100, 100), (83, 12)):
            part = box(cut, size[0], size[1], x, y)
            assert part.x >= 0
            assert part.y >= 0
            assert part.x + part.width <= size[0] + 0.01
            assert part.y + part.height <= size[1] + 0.01
            assert abs(part.width / part.height - float(cut.ratio or 0)) < 0.01
    assert FRAME.ratio == Fraction(3, 2)


def test_a_cut_follows_the_focal_point():
    wide = encoded(drawn(2_000, 400))
    rendition = Rendition(FRAME, Form.JPEG, 300, 200)
    assert near(made(wide, rendition, focal_x=10).getpixel((150, 100)), RED)
    assert near(made(wide, rendition, focal_x=90).getpixel((150, 100)), BLUE)


@pytest.mark.parametrize("form", list(Form))
def test_a_rendition_is_what_its_name_says(form):
    rendition = Rendition(WHOLE, form, 320, 240)
    ((_same, written),) = render(encoded(drawn()), [rendition])
    opened = Image.open(io.BytesIO(written))
    assert opened.size == (320, 240)
    assert opened.get_format_mimetype() == form.media_type


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = drawn(400, 300)
    if orientation in back:
        lying = lying.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = made(encoded(lying, exif=exif), Rendition(WHOLE, Form.JPEG, 400, 300))
    assert upright.size == (400, 300)
    assert near(upright.getpixel((30, 150)), RED)
    assert near(upright.getpixel((370, 150)), BLUE)


@pytest.mark.parametrize(
    ("mode", "form"), [("CMYK", "JPEG"), ("P", "GIF"), ("RGBA", "PNG"), ("RGBA", "WEBP")]
)
def test_colours_stay_what_they_were(mode, form):
    shown = made(encoded(drawn(mode=mode), form), Rendition(WHOLE, Form.JPEG, 640, 480))
    assert near(shown.getpixel((30, 200)), RED)
    assert near(shown.getpixel((600, 200)), BLUE)


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped():
    grey = Image.new("I;16", (640, 480), 0x8000)
    shown = made(encoded(grey, "PNG"), Rendition(WHOLE, Form.JPEG, 640, 480))
    assert near(shown.getpixel((9, 9)), (128, 128, 128))


def test_what_is_transparent_is_white():
    clear = Image.new("RGBA", (640, 480), (0, 0, 0, 0))
    for form in ("PNG", "WEBP", "AVIF"):
        shown = made(encoded(clear, form), Rendition(WHOLE, Form.JPEG, 640, 480))
        assert near(shown.getpixel((9, 9)), (255, 255, 255))


def test_colours_of_another_space_are_brought_into_that_of_the_web():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    other = encoded(drawn(), icc_profile=profile.tobytes())  # Of no use for red, green and blue.
    assert near(made(other, Rendition(WHOLE, Form.JPEG, 640, 480)).getpixel((30, 200)), RED)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    own = encoded(drawn(), icc_profile=srgb)
    assert near(made(own, Rendition(WHOLE, Form.JPEG, 640, 480)).getpixel((30, 200)), RED)
    assert near(
        made(encoded(drawn(), icc_profile=b"nonsense"), Rendition(WHOLE, Form.JPEG, 640, 480))
        .getpixel((30, 200)),
        RED,
    )  # fmt: skip


def test_the_better_formats_are_lighter():
    original = photograph()
    found = {
        each.form: len(data)
        for each, data in render(original, [Rendition(WHOLE, form, 960, 720) for form in Form])
    }
    assert found[Form.AVIF] < found[Form.JPEG]
    assert found[Form.WEBP] < found[Form.JPEG]


def test_what_cannot_be_decoded_any_more_is_said_to_be_so():
    cut_off = photograph()[:9_000]
    with pytest.raises(UnfitPicture):
        list(render(cut_off, renditions(1600, 1200)))
