"""Pictures as a browser chooses them: formats, widths, and how wide each stands on the page."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join

from articles.models import Article, Image, Language
from articles.models.language import Script
from articles.models.media import lead_of
from articles.pictures.ladder import FRAME, WHOLE, Cut, Form, Rendition

MEASURES = {Script.LATIN: "40.5rem", Script.NASTALIQ: "33.75rem", Script.NASKH: "36.25rem"}
"""The measure of an article's text, as the style sheet has it."""
DENSE = "(min-resolution: 2.5dppx) 61vw, 92vw"
"""A telephone's whole page. A third pixel for a point is not seen, and would double the bytes."""
PLACES = {
    "lead": f"(min-width: 64em) 48rem, {DENSE}",
    "second": f"(min-width: 64em) 23rem, (min-width: 48em) 45vw, {DENSE}",
    "still": f"(min-width: 48em) 40rem, {DENSE}",
    "screen": f"(min-width: 48em) 18rem, {DENSE}",
    "list": "(min-width: 48em) 11rem, 7rem",
    "wall-first": f"(min-width: 64em) 36rem, (min-width: 48em) 60vw, {DENSE}",
    "wall": "(min-width: 64em) 17rem, (min-width: 48em) 30vw, 46vw",
    "portrait": "9rem",
    "library": "11rem",
}
"""How wide a picture stands, by where it stands (the style sheet's own widths)."""


WIDEST, GUTTER = 77, 3
"""Of the columns of a front page, in rem: all of them with a gutter each, and that gutter."""


def picture(image: Image, alt_text: str, language: Language, *, eager: bool = False) -> str:
    """Return ``<picture>`` for an article's text; nothing while there is nothing to show."""
    measure = MEASURES[Script(language.script)]
    measure = f"calc({measure} * 2 / 3)" if image.height > image.width else measure
    sizes = f"(min-width: 48em) {measure}, {DENSE}"
    return _picture(image, WHOLE, sizes, alt_text, eager=eager)


def thumb(article: Article, place: str, *, columns: int = 0, eager: bool = False) -> str:
    """Return the article's first picture as a link for a list, cut to one ratio for all.

    The headline beside it leads to the same page and says what this could only repeat, so it is
    passed over by keys and by voice. ``place`` is one of ``PLACES``, or "column" for one of so many
    ``columns``. Nothing for no picture.
    """
    image = lead_of(article)
    sizes = PLACES.get(place) or _in_columns(columns)
    drawn = _picture(image, FRAME, sizes, "", eager=eager) if image else ""
    if not drawn:
        return ""
    link = '<a class="thumb" href="{}" tabindex="-1" aria-hidden="true">{}</a>'
    return format_html(link, article.get_absolute_url(), drawn)


def portrait(image: Image) -> str:
    """Return ``<picture>`` of a person, whose name beside it says what it shows; nothing while
    there is nothing to show.
    """
    return _picture(image, WHOLE, PLACES["portrait"], "", eager=True)


def in_library(image: Image) -> str:
    """Return ``<picture>`` for the desk, where its name stands beside it; nothing while there is
    nothing to show.
    """
    return _picture(image, FRAME, PLACES["library"], "", eager=False)


def still(image: Image | None) -> str:
    """Return what a recording shows before it plays, cut to the ratio of lists; or nothing."""
    return _picture(image, FRAME, PLACES["still"], "", eager=False) if image else ""


def screen(article: Article, poster: Image | None) -> str:
    """Return what stands for a video in a grid of them: its poster, or the article's first picture;
    or nothing.
    """
    image = poster or lead_of(article)
    return _picture(image, FRAME, PLACES["screen"], "", eager=False) if image else ""


def widest(image: Image | None) -> str:
    """Return the address of the widest JPEG that is cut to the ratio of lists; or nothing."""
    found = image.steps(FRAME, Form.JPEG) if image else []
    return image.url_of(found[-1]) if image and found else ""


def fallback(image: Image) -> str:
    """Return the address of the narrowest JPEG of the whole picture; empty while there is none."""
    found = image.steps(WHOLE, Form.JPEG)
    return image.url_of(found[0]) if found else ""


def _in_columns(number: int) -> str:
    wide, narrower = WIDEST / min(number, 5) - GUTTER, 45 if number < 3 else 30
    return f"(min-width: 64em) {wide:.1f}rem, (min-width: 48em) {narrower}vw, {DENSE}"


def _picture(image: Image, cut: Cut, sizes: str, alt_text: str, *, eager: bool) -> str:
    known = {form: image.steps(cut, form) for form in Form}
    if not known[Form.JPEG]:
        return ""
    sources = format_html_join(
        "\n",
        '<source type="{}" srcset="{}" sizes="{}">',
        (
            (form.media_type, _srcset(image, known[form]), sizes)
            for form in (Form.AVIF, Form.WEBP)
            if known[form]
        ),
    )
    widest = max(known.values(), key=lambda found: found[-1].width if found else 0)[-1]
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" alt="{}" width="{}" height="{}" {}="{}">'
        "</picture>",
        sources,
        image.url_of(known[Form.JPEG][0]),
        _srcset(image, known[Form.JPEG]),
        sizes,
        alt_text,
        widest.width,
        widest.height,
        *(("fetchpriority", "high") if eager else ("loading", "lazy")),
    )


def _srcset(image: Image, found: list[Rendition]) -> str:
    return ", ".join(f"{image.url_of(each)} {each.width}w" for each in found)
