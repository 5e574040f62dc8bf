"""What the readers' pages are drawn by: Jinja2, which makes Python of a template.

Django's own engine walks through a tree of nodes, which took half the time of an article's page.
It draws the desk, and the pages that say that something broke.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.template.defaultfilters import urlencode
from django.templatetags.static import static
from django.utils import translation
from django.utils.timezone import localtime
from jinja2 import ChainableUndefined, Environment

from articles.templating import (
    article,
    dates,
    events,
    evidence,
    faces,
    hits,
    links,
    pictures,
    recordings,
    runs,
    schedule,
)
from articles.templating.remembering import remember
from newsroom.routes import address_of

FUNCTIONS = (localtime, remember, schedule.calendar_words, schedule.newsroom_zone)
# A filter is called as it is, a function through Jinja2's context: three times as long.
FILTERS = (
    *(article.address, article.laid_out, article.linked_data, article.opening_lines),
    *(article.opening_words, article.read_in, article.summary, article.updated),
    *(dates.day, dates.moment, dates.number, dates.part, dates.percent, dates.printed_clock),
    *(dates.published, dates.weekday, dates.whole, events.ends, events.is_over, events.starts),
    *(evidence.gaps, evidence.headline_origin, evidence.is_web_address, evidence.kind),
    *(evidence.with_spoken_gaps, evidence.with_titled_gaps, faces.preload_faces, hits.marked),
    *(links.with_absolute_links, pictures.fallback, pictures.picture, pictures.portrait),
    *(pictures.screen, pictures.still, pictures.thumb, pictures.widest, recordings.lasting),
    *(recordings.paragraphs, recordings.player, recordings.weight, runs.directed),
    *(runs.directed_html, runs.run, runs.speaks, schedule.local, schedule.span, urlencode),
)


class PageEnvironment(Environment):
    """One in which a row that was deleted a moment ago is nothing, as in Django's own engine."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of a value in a template; nothing where it has none."""
        try:
            return getattr(obj, attribute)
        except ObjectDoesNotExist:
            return self.undefined(obj=obj, name=attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


def environment(**options: Any) -> PageEnvironment:
    """Return what Django's backend for Jinja2 asks for; ``options`` are those of the settings."""
    made = PageEnvironment(
        # What a view does not tell is nothing where it is printed, asked for or gone through.
        **{"autoescape": True, **options, "undefined": ChainableUndefined},
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update({each.__name__: each for each in FUNCTIONS})
    made.globals["static"] = static
    made.filters.update({each.__name__: each for each in FILTERS}, url=address_of)
    getattr(made, "install_gettext_callables")(  # noqa: B009  Of the extension, without a type.
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals["_"] = _said
    return made


def _said(sentence: str) -> str:
    """A sentence of the templates in the language that is spoken now, to be escaped like any text;
    a per cent sign is written as two.

    A page says some twenty, which Jinja2's own function looks up, marks and formats each time.
    """
    return _said_in(translation.get_language(), sentence)


@lru_cache(maxsize=4096)
def _said_in(_language: str | None, sentence: str) -> str:
    return translation.gettext(sentence) % {}
