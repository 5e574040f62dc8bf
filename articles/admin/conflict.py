"""The page on which somebody decides between their own text and what others saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import changed_since
from articles.admin.comparing import Compared, Comparison
from articles.admin.merging import ASKED, CHOICE, CHOICES, EDIT, EDITED, MINE, SEEN, MergingForm
from articles.admin.moment import on_clock
from articles.admin.sentences import fields_listed, filled, isolated, label_of, name_of
from articles.models import Article, Revision
from articles.models.revision import snapshot_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.admin.base import DeskAdmin

TEMPLATE = "admin/articles/article/conflict.html"
BUTTONS = ("_save", "_continue", "_addanother", "_verb", "_later")
"""Names of the buttons under the form: one of them was pressed."""

Button = tuple[str, str, str | Promise]
"""A button's name, its value and what stands on it."""

MOVED = {
    "submit": gettext_lazy("%(who)s sent it to review meanwhile."),
    "return": gettext_lazy("%(who)s returned it to its writer meanwhile."),
    "publish": gettext_lazy("%(who)s published it meanwhile: readers see at once what you save."),
    "withdraw": gettext_lazy("%(who)s withdrew it meanwhile: readers no longer see it."),
    "restore": gettext_lazy("%(who)s made it a draft again meanwhile."),
}
SCHEDULED = gettext_lazy("%(who)s set the time of its publication meanwhile.")


@dataclass(frozen=True)
class Question:
    """A field of which two texts were saved, or the status, which has neither ``mine`` nor a box.

    ``mine`` and ``theirs`` are told against the text that both began from. ``told`` says who saved
    theirs and when, ``fault`` what is wrong with an answer that was given.
    """

    name: str
    label: str
    told: str
    fault: str | Promise
    choice: str
    who: str
    mine: Compared | None = None
    theirs: Compared | None = None
    box: str = ""
    box_id: str = ""

    @property
    def field(self) -> str:
        """The name under which the answer is sent."""
        return CHOICE + self.name


def conflict_page(
    desk: DeskAdmin[Article],
    request: HttpRequest,
    form: MergingForm,
    article: Article,
    buttons: list[Button],
) -> HttpResponse:
    """Ask what ``article``, the row as it is now, is to say where two people wrote."""
    changed = changed_since(article, form.cleaned_data["base_version"])
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Two texts: choose what the article says"),
        "opts": desk.opts,
        "article": article,
        "media": desk.media + form.media,
        "questions": list(_questions(form, article, changed, request)),
        "merged": list(told_of_others(form.taken, changed, request)),
        "carried": list(_carried(form)),
        "has_texts": any(clash.name != "status" for clash in form.clashes),
        "asked": ASKED,
        "seen": SEEN,
        "buttons": buttons,
        "errors": [text for error in form.errors.values() for text in error],
    }
    return TemplateResponse(request, TEMPLATE, context)


def told_of_others(
    names: Iterable[str], changed: Mapping[str, Revision], request: HttpRequest
) -> Iterator[str]:
    """A sentence a person, as HTML, that names the fields of ``names`` they changed meanwhile."""
    fields: dict[int | None, list[str]] = {}
    people: dict[int | None, AbstractUser | None] = {}
    for name in names:
        revision = changed.get(name)
        person = cast("AbstractUser | None", revision.made_by if revision else None)
        people[person.pk if person else None] = person
        fields.setdefault(person.pk if person else None, []).append(name)
    for key, person in people.items():
        yield filled(
            _("You changed this in another window meanwhile: %(fields)s. Both changes are kept.")
            if key == request.user.pk
            else _("%(who)s changed this meanwhile: %(fields)s. Both changes are kept."),
            who=_who(person),
            fields=fields_listed(fields[key]),
        )


def _who(person: AbstractUser | None) -> str:
    return isolated(name_of(person)) if person else _("Somebody")


def _questions(
    form: MergingForm, article: Article, changed: Mapping[str, Revision], request: HttpRequest
) -> Iterator[Question]:
    now = snapshot_of(article)
    base, mine = (
        {**now, **{clash.name: getattr(clash, side) for clash in form.clashes}}
        for side in ("base", "mine")
    )
    comparison = Comparison(base, mine, now)
    for clash in sorted(form.clashes, key=lambda clash: clash.name != "status"):
        revision = changed.get(clash.name)
        answer = form.answers.get(clash.name)
        common: dict[str, Any] = {
            "name": clash.name,
            "label": label_of(clash.name),
            "choice": answer.choice if answer else "",
            "fault": (answer.fault or AGAIN) if answer else "",
            "who": _who(revision.made_by if revision else None),
        }
        if clash.name == "status":
            yield Question(told=moved(article, revision), **common)
            continue
        yield Question(
            told=_saved(revision, request),
            mine=comparison.field(clash.name, base, mine),
            theirs=comparison.field(clash.name, base, now),
            **_edited(form, clash.name),
            **common,
        )


AGAIN = gettext_lazy("This was saved once more meanwhile. Look at it again.")


def moved(article: Article, revision: Revision | None) -> str:
    """How the article came to another status, by the revision that tells of it, as a sentence in
    HTML.
    """
    deed = revision.deed if revision else ""
    if deed == Revision.Deed.PUBLISH and not article.is_live():
        sentence = str(SCHEDULED)
    else:
        sentence = str(MOVED.get(deed, _("%(who)s gave it another status meanwhile.")))
    return filled(sentence, who=_who(revision.made_by if revision else None))


def _saved(revision: Revision | None, request: HttpRequest) -> str:
    if revision is None:
        return _("This was changed meanwhile.")
    is_own = revision.made_by_id == request.user.pk
    return filled(
        _("You saved this yourself in another window: %(moment)s.")
        if is_own
        else _("%(who)s saved this: %(moment)s."),
        who=_who(revision.made_by),
        moment=on_clock(revision.made_at),
    )


def _edited(form: MergingForm, name: str) -> dict[str, str]:
    """The box in which one's own text can be edited, where that is an answer."""
    if EDIT not in CHOICES[name]:
        return {}
    return {"box": _box(form[name], form), "box_id": _box_id(form[name])}


def _box(bound: BoundField, form: MergingForm) -> str:
    """The field's own box under another name, with what was typed last: mine, or mine edited."""
    first, *more = [
        form.data.get(EDITED + box, form.data.get(box, "")) for box in form.boxes_of(bound.name)
    ]
    name = EDITED + bound.html_name
    attrs = bound.build_widget_attrs({"id": f"id_{name}"})
    value = [first, *more] if more else first
    return str(bound.field.widget.render(name, value, attrs, form.renderer))


def _box_id(bound: BoundField) -> str:
    """The identity of the box that a label can stand for; the two of a moment name themselves."""
    return str(bound.field.widget.id_for_label(f"id_{EDITED}{bound.html_name}") or "")


def _carried(form: MergingForm) -> Iterator[tuple[str, str]]:
    """What the form was sent with, but for the pressed button and for answers that did not count.

    Those that did are not asked for again. An edited text has become one's own by now.
    """
    for name, choice in form.chosen.items():
        yield ASKED, name
        yield CHOICE + name, MINE if choice == EDIT else choice
    own = {ASKED, SEEN, "csrfmiddlewaretoken", *BUTTONS}
    for name in form.data:
        if name not in own and not name.startswith((CHOICE, EDITED)):
            yield from ((name, value) for value in form.data.getlist(name))
