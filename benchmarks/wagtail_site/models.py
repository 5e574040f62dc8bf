"""The pages of a small newsroom, as Wagtail's tutorial makes a blog: an index and its stories."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField
from wagtail.models import Page

PAGE_SIZE = 20
FRONT = 24
RELATED = 3


class Section(models.Model):
    title = models.CharField(max_length=100)
    slug = models.SlugField()

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class StoryPage(Page):
    """One article."""

    date = models.DateTimeField(db_index=True)
    section = models.ForeignKey(Section, models.PROTECT)
    source = models.ForeignKey(Source, models.PROTECT)
    intro = models.TextField(blank=True)
    body = RichTextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["section", "-date"], name="story_in_section")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        beside = StoryPage.objects.live().filter(section=self.section).exclude(pk=self.pk)
        context["related"] = beside.order_by("-date").defer("body")[:RELATED]
        context["sections"] = Section.objects.all()
        return context


class IndexPage(Page):
    """The list of all stories, newest first; with ``?section=`` those of a section."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        stories = StoryPage.objects.live().child_of(self).order_by("-date")
        if section := request.GET.get("section"):
            stories = stories.filter(section__slug=section)
        told = stories.select_related("section", "source").defer("body")
        context["page_of_stories"] = Paginator(told, PAGE_SIZE).get_page(request.GET.get("page"))
        context["sections"] = Section.objects.all()
        return context


class FrontPage(Page):
    """The newest stories, and four of each section."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        live = StoryPage.objects.live().order_by("-date").select_related("section", "source")
        context["newest"] = live.defer("body")[:FRONT]
        context["sections"] = Section.objects.all()
        context["columns"] = [
            (section, live.defer("body").filter(section=section)[:4])
            for section in context["sections"]
        ]
        return context
