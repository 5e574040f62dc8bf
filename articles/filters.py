"""What a reader may narrow a list by: section, source and dates, and in a search words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from articles.models.article import ArticleQuerySet
from articles.models.period import midnight
from articles.search import Scope
from articles.text.bidi import isolate
from articles.text.dates import digits
from articles.text.fold import fold
from articles.text.normal import drop_controls

Choice = tuple[str, str]
"""A slug, and the name that readers choose it by."""

LONGEST_TEXT = 200
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9990, 12, 31)
"""Days whose midnights every database and every time zone can hold."""

EXAMPLE = "2023-07-29"
NOT_A_DATE = format_lazy(
    gettext_lazy("Write a date as year, month and day, such as {example}."),
    # Unguarded, its parts change places in a sentence that runs from right to left.
    example=isolate(EXAMPLE, "ltr"),
)


def holds_a_word(text: str) -> None:
    """Raise ValidationError for a text that has no letter or digit to search by."""
    if not fold(text).strip():
        raise ValidationError(_("Write at least one letter or digit to search for."))


class Printable:
    """A box that shows what was sent without the characters that no HTML document may hold.

    https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
    """

    def format_value(self, value: Any) -> Any:
        shown = super().format_value(value)  # type: ignore[misc]  # A form's widget comes next.
        return drop_controls(shown) if isinstance(shown, str) else shown


class WordsInput(Printable, forms.TextInput):
    pass


class DayInput(Printable, forms.DateInput):
    pass


class DayField(forms.DateField):
    """A date field that also reads the digits of the Arabic script."""

    def to_python(self, value: Any) -> date | None:
        return super().to_python(digits(value, "latn") if isinstance(value, str) else value)


class DayFilter(DateFilter):
    field_class = DayField


def _day_filter(label: Any, method: str) -> DayFilter:
    return DayFilter(
        method=method,
        label=label,
        error_messages={"invalid": NOT_A_DATE},
        validators=[
            MinValueValidator(FIRST_DAY, NOT_A_DATE),
            MaxValueValidator(LAST_DAY, NOT_A_DATE),
        ],
        # No type="date": browsers show it in their own language and drop what is no date.
        widget=DayInput(
            format="%Y-%m-%d",
            attrs={"dir": "ltr", "inputmode": "numeric", "placeholder": EXAMPLE, "maxlength": 40},
        ),
    )


class SelectOfNames(forms.Select):
    """A list of names, each in a language of its own: ``spoken`` holds its code by value."""

    def __init__(self, spoken: Mapping[str, str]) -> None:
        super().__init__()
        self.spoken = spoken

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if language := self.spoken.get(str(value)):
            option["attrs"]["lang"] = language
        return option


class ArticleFilter(FilterSet):
    """Filters over live articles of one edition, for ``?section=&source=&since=&until=``.

    Unknown parameters are left alone. When ``form`` is not valid, ``narrowed`` lists nothing, and
    the form's errors say in sentences what to mend. ``spoken`` is the language of each source's
    name, by the source's slug.
    """

    section = ChoiceFilter(
        field_name="section__slug",
        label=gettext_lazy("Section"),
        empty_label=gettext_lazy("All sections"),
        error_messages={"invalid_choice": gettext_lazy("Choose a section from the list.")},
    )
    source = ChoiceFilter(
        field_name="source__slug",
        label=gettext_lazy("Source"),
        empty_label=gettext_lazy("All sources"),
        error_messages={"invalid_choice": gettext_lazy("Choose a source from the list.")},
    )
    since = _day_filter(gettext_lazy("From"), "published_since")
    until = _day_filter(gettext_lazy("To"), "published_until")

    def __init__(
        self,
        data: Mapping[str, Any],
        queryset: ArticleQuerySet,
        *,
        sections: Sequence[Choice],
        sources: Sequence[Choice],
        spoken: Mapping[str, str],
    ) -> None:
        super().__init__(data, queryset)
        self.filters["section"].extra["choices"] = sections
        self.filters["source"].extra["choices"] = sources
        self.filters["source"].extra["widget"] = SelectOfNames(spoken)

    @property
    def narrowed(self) -> ArticleQuerySet:
        """The articles asked for; none while the form has an error."""
        found: ArticleQuerySet = self.qs if self.form.is_valid() else self.queryset.none()
        return found

    @property
    def kept(self) -> dict[str, str]:
        """The parameters that were used, for the links of a paged list."""
        return self.used_in(self.data)

    @classmethod
    def used_in(cls, data: Mapping[str, Any]) -> dict[str, str]:
        """The same of a query alone, which needs no form."""
        return {name: value for name in cls.base_filters if (value := data.get(name, ""))}

    def published_since(self, articles: ArticleQuerySet, name: str, day: date) -> ArticleQuerySet:
        return articles.filter(published_at__gte=midnight(day))

    def published_until(self, articles: ArticleQuerySet, name: str, day: date) -> ArticleQuerySet:
        return articles.filter(published_at__lt=midnight(day + timedelta(days=1)))


class SearchFilter(ArticleFilter):
    """The same with words, ``?q=``, which ``articles.search`` finds: ``narrowed`` leaves them out.

    ``scope`` and ``words`` are what to ask it for; ``words`` is empty while the form has an error.
    """

    q = CharFilter(
        method="leave_to_search",
        label=gettext_lazy("Search the articles"),
        validators=[holds_a_word],
        max_length=LONGEST_TEXT,
        error_messages={
            "max_length": gettext_lazy("Write at most %(limit_value)d letters."),
            "null_characters_not_allowed": gettext_lazy("Write letters and digits only."),
        },
        widget=WordsInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )

    @property
    def kept(self) -> dict[str, str]:
        """The parameters that were used, the words first."""
        kept = super().kept
        return {"q": kept["q"], **kept} if "q" in kept else kept

    @property
    def is_detailed(self) -> bool:
        """Whether more than words was asked for."""
        return not self.kept.keys() <= {"q"}

    @property
    def words(self) -> str:
        return self.form.cleaned_data["q"] if self.form.is_valid() else ""

    def leave_to_search(self, articles: ArticleQuerySet, name: str, text: str) -> ArticleQuerySet:
        return articles

    def scope(
        self, language: str, sections: Mapping[str, int], sources: Mapping[str, int], at: datetime
    ) -> Scope:
        """Where to look, once the form is valid; the mappings are of slugs to primary keys."""
        told = self.form.cleaned_data
        return Scope(
            language,
            at,
            section=sections.get(told["section"]),
            source=sources.get(told["source"]),
            since=midnight(told["since"]) if told["since"] else None,
            until=midnight(told["until"] + timedelta(days=1)) if told["until"] else None,
        )
