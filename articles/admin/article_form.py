"""The form of an article: in the article's own direction, never saved over a newer version."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.actions import was_seen
from articles.admin.given import keys_of
from articles.admin.too_large import told
from articles.models import Article, Language
from articles.text.html import HtmlTooLarge, clean
from articles.text.normal import normalise

TEXT_FIELDS = ("headline", "standfirst", "body", "byline", "dateline")
"""Fields written in the article's language."""

MOMENTS = ("published_at", "embargoed_until")

LOADED_FIELDS = (
    *("language", "section", "source"),
    *TEXT_FIELDS,
    *("published_at", "published_precision"),
)
"""Fields that a reload of the capture may write, unless an editor changed them."""


class LanguageSelect(forms.Select):
    """A select whose options say how their language is written, for the form's script to follow."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        language = getattr(value, "instance", None)
        if isinstance(language, Language):
            option["attrs"] |= {"lang": language.code, "dir": language.direction}
        return option


if TYPE_CHECKING:
    _ArticleModelForm = forms.ModelForm[Article]
else:
    _ArticleModelForm = forms.ModelForm


class ArticleForm(_ArticleModelForm):
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    story = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ("story", *LOADED_FIELDS, "embargoed_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["story"].disabled = True  # Joining stories is a deed of its own.
            self.initial["base_version"] = self.instance.version
        self._follow_language()
        self._name_boxes_of_moments()

    def _name_boxes_of_moments(self) -> None:
        """Django labels neither box of a moment; digits run left to right in any language."""
        for name in MOMENTS:
            field = self.fields.get(name)
            boxes = getattr(getattr(field, "widget", None), "widgets", ())
            for box, words in zip(boxes, (_("%(field)s: day"), _("%(field)s: time")), strict=False):
                label = str(words) % {"field": field.label if field else name}
                box.attrs |= {"dir": "ltr", "aria-label": label}

    def _follow_language(self) -> None:
        """Give each field of text the direction and language that the article has or is to have."""
        code = self["language"].value() if "language" in self.fields else None
        language = Language.objects.filter(pk__in=keys_of(Language, [code])).first()
        attributes = (
            {"dir": language.direction, "lang": language.code} if language else {"dir": "auto"}
        )
        for name in TEXT_FIELDS:
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
        language: Language | None = self.cleaned_data.get("language")
        try:
            return clean(normalise(body, language.pk) if language else body).strip()
        except HtmlTooLarge as error:
            raise forms.ValidationError(told(error), code="too_large") from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._keep_untouched_moments(cleaned)
        language = cleaned.get("language")
        if language:
            for name in {"headline", "standfirst"} & cleaned.keys():
                cleaned[name] = normalise(cleaned[name], language.pk).strip()
        for name, sentence in (*self._misplaced(cleaned), *self._missing(cleaned)):
            self.add_error(name, sentence)
        if self._is_stale(cleaned):
            self.add_error(None, forms.ValidationError(STALE, code="stale"))
        return cleaned

    def _keep_untouched_moments(self, cleaned: dict[str, Any]) -> None:
        """The widgets show no microseconds: a moment that nobody changed must not lose its own."""
        for name in MOMENTS if self.instance.pk else ():
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = self.initial[name]

    def _misplaced(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        section, language = cleaned.get("section"), cleaned.get("language")
        if section and language and section.language_id != language.pk:
            yield (
                "section",
                _("This section belongs to another edition. Choose one in the article's language."),
            )

    def _missing(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """What readers of a published article must not lose by an edit."""
        if self.instance.status != Article.Status.PUBLISHED:
            return
        if not cleaned.get("body") and "body" not in self.errors:
            yield "body", _("Readers see this article: withdraw it before you take its text away.")
        if not cleaned.get("source") and "source" not in self.errors:
            yield "source", _("Readers see this article: it cannot be without a source.")
        if self.instance.is_live():
            yield from self._hidden(cleaned)

    def _hidden(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """A time ahead would hide what readers see, with nothing that tells them why."""
        for name in MOMENTS:
            moment = cleaned.get(name)
            if moment and moment > timezone.now():
                yield name, _("Readers see this article: withdraw it to take it away from them.")

    def _is_stale(self, cleaned: dict[str, Any]) -> bool:
        """Whether the row moved on since the form was opened. Locks the row until it is saved."""
        if not self.instance.pk:
            return False
        rows = Article.objects.select_for_update().filter(pk=self.instance.pk)
        version = rows.values_list("version", flat=True).first()
        return version != cleaned.get("base_version")


STALE = _(
    "This article was changed while you were writing, so nothing was saved. What you typed is "
    "still here: open the article in another window, bring your changes over, and save there."
)


def record_edit(article: Article, before: Article | None) -> bool:
    """Note on ``article``, unsaved, what an editor changed since ``before`` (None: it is new).

    ``article`` holds what ``ArticleForm`` cleaned, which is what will be stored. A reload then
    leaves the changed fields alone. Returns whether anything differs; a save of the same texts
    changes neither version nor time.
    """
    if before is None:
        article.headline_origin = Article.HeadlineOrigin.EDITOR
        return True
    names = [name for name in _ALL_FIELDS if _differs(article, before, name)]
    if not names:
        return False
    if "headline" in names:
        article.headline_origin = Article.HeadlineOrigin.EDITOR
    loaded = [name for name in names if name in LOADED_FIELDS]
    article.edited_fields = list(dict.fromkeys([*article.edited_fields, *loaded]))
    article.version += 1
    article.modified_at = timezone.now()
    if was_seen(before) and not set(TEXT_FIELDS).isdisjoint(names):
        article.updated_at = article.modified_at  # Readers are told.
    if _is_waiting(before):
        article.first_published_at = article.published_at
    return True


def _is_waiting(article: Article) -> bool:
    """Whether ``article`` is scheduled and no reader has seen it: its first time may still move."""
    is_published = article.status == Article.Status.PUBLISHED
    return is_published and not article.is_live() and not was_seen(article)


_ALL_FIELDS = (*LOADED_FIELDS, "embargoed_until")


def _differs(article: Article, before: Article, name: str) -> bool:
    attribute = Article._meta.get_field(name).attname  # type: ignore[union-attr]
    return bool(getattr(article, attribute) != getattr(before, attribute))
