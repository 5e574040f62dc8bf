"""The figures of an article: stored with the text that they belong to, and described for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions.refusal import Refused
from articles.models import Article, Figure, Image
from articles.models.placed import Placed, placed_in

UNWRITTEN = {"id", "article", "image", "position"}


def store_figures(article: Article) -> None:
    """Make the stored figures of ``article``, a locked row, those that ``placed_in`` tells: a part
    of the actions that save a text.

    Raises Refused, in sentences, for a picture that it would have twice or that is not in the
    library, for a text that is too long, and when a published article would have a picture without
    an alt text; the caller's transaction is rolled back then.
    """
    placed = placed_in(article)
    if reasons := [*_impossible(placed), *reasons_to_describe(article, placed)]:
        raise Refused(reasons)
    stored = {figure.image_id: figure for figure in article.figures.all()}
    article.figures.exclude(image__in=[each["image"] for each in placed]).delete()
    for position, each in enumerate(placed, 1):
        _store(stored.get(each["image"]) or Figure(article=article), position, each)
    article.placed = None


def reasons_to_describe(article: Article, placed: Iterable[Placed]) -> list[str]:
    """Say which descriptions a published article would lack; nothing for any other."""
    is_published = article.status == Article.Status.PUBLISHED
    return undescribed(placed) if is_published else []


def undescribed(placed: Iterable[Placed]) -> list[str]:
    """Say how many figures tell nothing to readers who do not see them."""
    number = sum(not each["alt_text"] for each in placed)
    sentence = ngettext(
        "%(count)d picture has no alt text: say what it shows, for readers who do not see it.",
        "%(count)d pictures have no alt text: say what they show, for readers who do not see them.",
        number,
    )
    return [sentence % {"count": number}] if number else []


def _impossible(placed: Sequence[Placed]) -> Iterable[str]:
    images = {each["image"] for each in placed}
    if len(images) < len(placed):
        yield _("The article has this picture already.")
    if Image.objects.filter(pk__in=images).count() < len(images):
        yield _("A picture was taken out of the library meanwhile.")


def _store(figure: Figure, position: int, placed: Placed) -> None:
    """Write the figure where it is new or differs."""
    told = {**placed, "image_id": placed["image"], "position": position}
    told.pop("image")
    if all(getattr(figure, name) == value for name, value in told.items()):
        return
    for name, value in told.items():
        setattr(figure, name, value)
    try:
        figure.clean_fields(exclude=UNWRITTEN)
    except ValidationError as error:
        raise Refused(error.messages) from error
    figure.save()
