"""What is found in the library: by a file's name, by its rights, and by what articles say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions import rights
from articles.models import Article, Figure, Image
from articles.text.normal import normalise

if TYPE_CHECKING:
    from articles.actions.rights import Person

NAMES = ("filename", "credit", "copyright_notice")
SAID = ("alt_text", "caption")


def with_uses(images: QuerySet[Image]) -> QuerySet[Image]:
    """Each image with the number of its articles, as ``uses``."""
    counted = Figure.objects.filter(image=OuterRef("pk")).order_by().values("image")
    number = Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return images.annotate(uses=Coalesce(number, 0))


def found(images: QuerySet[Image], asked: str, user: Person) -> QuerySet[Image]:
    """Those in which every word of ``asked`` is found: in what the file and its rights say, and in
    what is said of the picture in articles that ``user`` may see.
    """
    for word in asked.split():
        images = images.filter(_holds(word, user))
    return images


def _holds(word: str, user: Person) -> Q:
    spellings = {normalise(word, language) for language in ("", "ur")}
    named = _any(NAMES, spellings)
    seen = Article.objects.filter(rights.where(user, "view"), pk=OuterRef("article"))
    figures = Figure.objects.filter(_any(SAID, spellings), Exists(seen), image=OuterRef("pk"))
    return named | Q(Exists(figures))


def _any(columns: Sequence[str], texts: set[str]) -> Q:
    condition = Q()
    for column in columns:
        for text in texts:
            condition |= Q(**{f"{column}__icontains": text})
    return condition


class CreditFilter(admin.SimpleListFilter):
    """Pictures of which nobody has said yet who made them."""

    title = _("credit")
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("no credit yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(credit="") if self.value() == "none" else queryset


class UseFilter(admin.SimpleListFilter):
    """Pictures by whether an article has them, and one's own."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("some", _("in an article")),
            ("none", _("in no article")),
            ("mine", _("uploaded by me")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        used = Exists(Figure.objects.filter(image=OuterRef("pk")))
        conditions = {"some": Q(used), "none": ~Q(used), "mine": Q(uploaded_by=request.user.pk)}
        return queryset.filter(conditions.get(self.value() or "", Q()))
