"""The pages of a small newsroom in several languages: a front, an index and its stories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language_info
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page

PAGE_SIZE = 20
LEADS, LATEST = 3, 7
COLUMN = 4
RELATED = 3
CONTEXT = "https://schema.org"


class Section(models.Model):
    locale = models.ForeignKey(Locale, models.PROTECT)
    title = models.CharField(max_length=100)
    slug = models.SlugField()

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class NewsPage(Page):
    """What every page of the site has around it."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        fronts = list(FrontPage.objects.live().select_related("locale").order_by("path"))
        same = Page.objects.filter(translation_key=self.translation_key).live()
        same = same.select_related("locale")
        translated = {page.locale_id: page for page in same}
        front = next(each for each in fronts if each.locale_id == self.locale_id)
        context["front"] = front
        context["home"], context["full_home"] = front.get_url(request), front.get_full_url(request)
        context["address"] = self.get_full_url(request)
        context["translations"] = translated.values()
        context["editions"] = [
            (get_language_info(front.locale.language_code), translated.get(front.locale_id, front))
            for front in fronts
        ]
        context["sections"] = Section.objects.filter(locale=self.locale_id)
        context["information"] = get_language_info(self.locale.language_code)
        context["now"] = timezone.localtime()
        return context

    def breadcrumbs(self, request: HttpRequest) -> dict[str, Any]:
        """https://schema.org/BreadcrumbList of the page and those above it."""
        above = self.get_ancestors(inclusive=True).filter(depth__gt=1).defer_streamfields()
        elements = [
            {
                "@type": "ListItem",
                "position": position,
                "name": page.title,
                "item": page.get_full_url(request),
            }
            for position, page in enumerate(above, 1)
        ]
        return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": elements}


class StoryPage(NewsPage):
    """One article."""

    date = models.DateTimeField(db_index=True)
    section = models.ForeignKey(Section, models.PROTECT)
    source = models.ForeignKey(Source, models.PROTECT)
    byline = models.CharField(max_length=200, blank=True)
    intro = models.TextField(blank=True)
    body = RichTextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["section", "-date"], name="story_in_section")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        beside = StoryPage.objects.live().filter(section=self.section_id).exclude(pk=self.pk)
        context["related"] = beside.order_by("-date").defer("body")[:RELATED]
        context["years"] = context["now"].year - self.date.year
        address = context["address"]
        news = {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.intro,
            "inLanguage": self.locale.language_code,
            "url": address,
            "mainEntityOfPage": {"@type": "WebPage", "@id": address},
            "datePublished": self.date.isoformat(),
            "articleSection": self.section.title,
            "author": {"@type": "Organization", "name": self.source.name},
            "publisher": {"@type": "NewsMediaOrganization", "name": context["front"].title},
            "isAccessibleForFree": True,
        }
        context["json_ld"] = [news, self.breadcrumbs(request)]
        return context


class ListingPage(NewsPage):
    """A page that lists stories."""

    class Meta:
        abstract = True

    def collection(self, request: HttpRequest, stories: Iterable[StoryPage]) -> dict[str, Any]:
        """https://schema.org/CollectionPage of the stories that are listed."""
        elements = [
            {"@type": "ListItem", "position": position, "url": story.get_full_url(request)}
            for position, story in enumerate(stories, 1)
        ]
        return {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "name": self.title,
            "url": self.get_full_url(request),
            "mainEntity": {"@type": "ItemList", "itemListElement": elements},
        }

    def listed(self) -> Any:
        """The stories of the edition with what lists print of them."""
        live = StoryPage.objects.live().filter(locale=self.locale_id).order_by("-date")
        return live.select_related("section", "source", "locale").defer("body")


class IndexPage(ListingPage):
    """The list of all stories, newest first; with ``?section=`` those of a section."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        stories = self.listed()
        if slug := request.GET.get("section"):
            chosen = [each for each in context["sections"] if each.slug == slug]
            stories = stories.filter(section__in=chosen)
        context["sources"] = Source.objects.all()
        page = Paginator(stories, PAGE_SIZE).get_page(request.GET.get("page"))
        context["page_of_stories"] = page
        context["json_ld"] = [self.collection(request, page), self.breadcrumbs(request)]
        return context


class FrontPage(ListingPage):
    """The newest stories, and four of each section."""

    tagline = models.CharField(max_length=200, blank=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        newest = self.listed()[: LEADS + LATEST]
        context["leads"], context["latest"] = newest[:LEADS], newest[LEADS:]
        titled = StoryPage.objects.live().order_by("-date").only("title", "slug", "url_path")
        context["columns"] = [
            (section, titled.filter(section=section)[:COLUMN]) for section in context["sections"]
        ]
        website = {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": self.title,
            "url": self.get_full_url(request),
        }
        context["json_ld"] = [website]
        return context
