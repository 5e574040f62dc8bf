"""The form of an article: in the article's own direction, never saved over a newer version."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.actions.figure import reasons_to_describe
from articles.admin.body import BodyEditor, HeadlineBox
from articles.admin.figures import FiguresField
from articles.admin.given import keys_of
from articles.admin.later import LaterForm
from articles.admin.moment import name_boxes
from articles.admin.too_large import told
from articles.models import Article, Language
from articles.models.placed import FIGURES, in_spelling, placed_in
from articles.models.revision import MOMENTS, RECORDED, TEXTS
from articles.text.html import HtmlTooLarge, clean
from articles.text.normal import normalise

FOREIGN = {
    "section": _("This section belongs to another edition. Choose one in the article's language."),
    "author": _("This author belongs to another edition. Choose one in the article's language."),
}
"""What is said of a row of another edition."""


class LanguageSelect(forms.Select):
    """A select whose options say how their language is written, for the form's script to follow."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        language = getattr(value, "instance", None)
        if isinstance(language, Language):
            option["attrs"] |= {
                "lang": language.code,
                "dir": language.direction,
                "data-script": language.script,
            }
        return option


class ArticleForm(LaterForm):
    story = forms.UUIDField(required=False, widget=forms.HiddenInput)
    figures = FiguresField()

    class Meta:
        model = Article
        fields = ("story", *RECORDED)
        widgets = {"headline": HeadlineBox, "body": BodyEditor}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["story"].disabled = True  # Joining stories is a deed of its own.
            self.initial.setdefault(FIGURES, placed_in(self.instance))
        self._follow_language()
        name_boxes(self, (*MOMENTS, "change_at"))

    def _follow_language(self) -> None:
        """Give each field of text the direction and language that the article has or is to have."""
        own = self.instance.language_id
        code = self["language"].value() if "language" in self.fields else own
        language = Language.objects.filter(pk__in=keys_of(Language, [code])).first()
        attributes = (
            {"dir": language.direction, "lang": language.code} if language else {"dir": "auto"}
        )
        for name in (*TEXTS, FIGURES):
            if name in self.fields:
                self.fields[name].widget.attrs.update({**attributes, "data-article-text": True})

    def _get_validation_exclusions(self) -> set[str]:
        """Hold the status, which no form may set, against the rules that tie it to other fields."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"status"}

    def clean_story(self) -> uuid.UUID:
        story: uuid.UUID | None = self.cleaned_data["story"]
        return story or uuid.uuid4()

    def clean_body(self) -> str:
        """The body as it is to be stored; the language, which stands above it, is clean by now."""
        body: str = self.cleaned_data["body"]
        language = self._language(self.cleaned_data)
        try:
            return clean(normalise(body, language.pk) if language else body).strip()
        except HtmlTooLarge as error:
            raise forms.ValidationError(told(error), code="too_large") from error

    def _language(self, cleaned: dict[str, Any]) -> Language | None:
        """The language that the article is to have; where the form cannot move it, its own."""
        chosen: Language | None = cleaned.get("language")
        return chosen if "language" in self.fields else self.instance.language

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for reason in self.refused:
            self.add_error(None, reason)
        self._keep_untouched_moments(cleaned)
        language = self._language(cleaned)
        if language:
            for name in {"headline", "standfirst"} & cleaned.keys():
                cleaned[name] = normalise(cleaned[name], language.pk).strip()
            self._spell_figures(cleaned, language)
        if cleaned.get("author") and not cleaned.get("byline") and "byline" not in self.errors:
            cleaned["byline"] = cleaned["author"].name
        if self.instance.pk and not self.errors:
            self.merge_with_others(cleaned)
        for name, sentence in (*self._misplaced(cleaned), *self._missing(cleaned)):
            self.add_error(name, sentence)
        self.instance.placed = cleaned.get(FIGURES)
        return cleaned

    def _spell_figures(self, cleaned: dict[str, Any], language: Language) -> None:
        """What is said of pictures is in the article's spelling; what was not sent says nothing."""
        if FIGURES in cleaned:
            field = self.fields[FIGURES]
            if field.widget.value_omitted_from_data(self.data, self.files, FIGURES):
                del cleaned[FIGURES]
            else:
                cleaned[FIGURES] = in_spelling(cleaned[FIGURES], language.pk)

    def _keep_untouched_moments(self, cleaned: dict[str, Any]) -> None:
        """The widgets show no microseconds: a moment that nobody changed must not lose its own."""
        for name in MOMENTS if self.instance.pk else ():
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = self.initial[name]

    def _misplaced(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        language = self._language(cleaned)
        for name, sentence in FOREIGN.items():
            row = cleaned.get(name)
            if row and language and row.language_id != language.pk:
                yield name, sentence

    def _missing(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """What readers of a published article must not lose by an edit."""
        if self.instance.status != Article.Status.PUBLISHED:
            return
        if not cleaned.get("body") and "body" not in self.errors:
            yield "body", _("Readers see this article: withdraw it before you take its text away.")
        if not cleaned.get("source") and "source" not in self.errors:
            yield "source", _("Readers see this article: it cannot be without a source.")
        for sentence in reasons_to_describe(self.instance, cleaned.get(FIGURES) or ()):
            yield FIGURES, sentence
        if self.instance.is_live():
            yield from self._hidden(cleaned)

    def _hidden(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """A time ahead would hide what readers see, with nothing that tells them why."""
        for name in MOMENTS:
            moment = cleaned.get(name)
            if moment and moment > timezone.now():
                yield name, _("Readers see this article: withdraw it to take it away from them.")
