"""What readers see is made anew by whatever changes it: each verb, each screen, each load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from articles import actions
from articles.admin.base import DeskAdmin, EvidenceAdmin
from articles.admin.site import NewsroomAdminSite
from articles.models import Article, Generation, Poll
from tests.admin.desk import sit_down
from tests.factories import (
    WHY,
    load_languages,
    make_article,
    make_contact,
    make_editor,
    make_event,
    make_figure,
    make_image,
    make_notice,
    make_recording,
    make_section,
    make_source,
)
from tests.pictures.made import photograph

pytestmark = pytest.mark.django_db

UNSEEN = {
    **dict.fromkeys(["keep_draft", "take_draft", "leave_draft", "drop_draft"], "What is typed."),
    **dict.fromkeys(["merge_edit", "changed_since", "said_at", "was_seen"], "They write nothing."),
    **dict.fromkeys(["submit", "return_to_draft", "start_translation"], "Drafts."),
    **dict.fromkeys(["propose_change", "decline_change", "settle_change"], "Texts that wait."),
    **dict.fromkeys(["accept_capture", "reject_capture", "reopen_capture"], "Captures."),
    **dict.fromkeys(["mark_duplicate", "join_variant", "split_article"], "Captures and drafts."),
    **dict.fromkeys(["receive_message", "settle_message", "tell_desks"], "Letters."),
    "mark_published": "Whoever calls it stores the rows, and says so: a load.",
    "cancel_change": "A moment that comes to nothing.",
    "leave_standing": "A note of the desk's.",
    "share_preview": "A line in the log: what is shared is no page.",
    "cast_vote": "No page that is kept tells votes.",
    "add_picture": "In no article yet.",
    "remove_picture": "In no article any more.",
}
"""The verbs that change nothing on a page that is kept, each with the reason."""

Deed = Callable[[], object]


def _changed(article: Article) -> Article:
    article.standfirst = "The wells are dry again."
    return article


def _later(article: Article, **wanted: Any) -> Any:
    at = timezone.now() + timedelta(hours=1)
    return actions.schedule_change(article=_changed(article), goes_live_at=at, **wanted)


def accepting(by: AbstractUser) -> Deed:
    change = actions.propose_change(article=_changed(make_article()), by=by)
    return lambda: actions.accept_change(revision=change, by=by)


def applying(by: AbstractUser) -> Deed:
    _later(make_article(), by=by)
    return lambda: actions.apply_due(timezone.now() + timedelta(hours=2))


def reverting(by: AbstractUser) -> Deed:
    article = make_article()
    actions.save_revision(article=_changed(article), by=by)
    first = article.revisions.kept()[1]
    article = Article.objects.get(pk=article.pk)
    return lambda: actions.revert(article=article, revision=first, by=by)


def catching_up(by: AbstractUser) -> Deed:
    original = make_article()
    draft = actions.start_translation(source=original, language=load_languages()["ur"], by=by)
    draft.headline, draft.body = "سرخی", "<p>متن</p>"
    actions.save_revision(article=draft, by=by)
    draft = actions.publish(article=draft, by=by)
    actions.save_revision(article=_changed(Article.objects.get(pk=original.pk)), by=by)
    return lambda: actions.catch_up(article=draft, by=by)


def joining(by: AbstractUser) -> Deed:
    articles = [make_article(), make_article(language="ur")]
    return lambda: actions.link_translations(articles=articles, by=by)


def taking_back(by: AbstractUser) -> Deed:
    notice = make_notice(make_article(), kind="correction")
    return lambda: actions.take_back_notice(notice=notice, by=by, note="Wrong article.")


def changing_picture(by: AbstractUser) -> Deed:
    image = make_figure(make_article()).image
    image.credit = "Another photographer"
    return lambda: actions.change_picture(image=image, by=by)


def rendering(by: AbstractUser) -> Deed:
    image = make_image(photograph(90, 60))
    type(image).objects.update(rendered_as="", fallback_as="")
    image.refresh_from_db()
    return lambda: actions.make_renditions(image=image)


def dropping_recording(by: AbstractUser) -> Deed:
    recording = make_recording(make_article())
    return lambda: actions.drop_recording(recording=recording, by=by)


def ordering(by: AbstractUser) -> Deed:
    section = make_section(layout="pages")
    pages = [make_article(section=section), make_article(section=section)]
    places = {pages[1].pk: 1}
    return lambda: actions.order_pages(section=section, places=places, by=by)


def asking(by: AbstractUser) -> Deed:
    now = timezone.now()
    language = load_languages()["en"]
    poll = Poll(language=language, slug="rain", question="Rain?", opens_at=now)
    poll.closes_at = now + timedelta(days=1)
    return lambda: actions.save_poll(poll=poll, by=by)


def _doing(verb: Callable[..., object], **wanted: Any) -> Deed:
    return lambda: verb(**wanted)


def _save(article: Article, by: Any) -> None:
    actions.save_revision(article=_changed(article), by=by)


def _set_event(article: Article, by: Any) -> None:
    event = make_event(article)
    event.place = "Sukkur"
    actions.set_event(event=event, by=by)


def _set_recording(article: Article, by: Any) -> None:
    recording = make_recording(article)
    recording.title = "Rain on the roof"
    actions.set_recording(recording=recording, by=by)


SEEN: dict[str, Callable[[AbstractUser], Deed]] = {
    "publish": lambda by: _doing(actions.publish, article=make_article(status="draft"), by=by),
    "withdraw": lambda by: _doing(actions.withdraw, article=make_article(), by=by, notice=WHY),
    "restore": lambda by: _doing(actions.restore, article=make_article(status="withdrawn"), by=by),
    "save_revision": lambda by: _doing(
        actions.save_revision, article=_changed(make_article()), by=by
    ),
    "schedule_change": lambda by: _doing(_later, article=make_article(), by=by),
    "add_notice": lambda by: _doing(
        actions.add_notice, article=make_article(), kind="correction", text="It was two.", by=by
    ),
    "set_event": lambda by: _doing(_set_event, article=make_article(), by=by),
    "drop_event": lambda by: _doing(actions.drop_event, event=make_event(make_article()), by=by),
    "accept_change": accepting,
    "apply_due": applying,
    "revert": reverting,
    "catch_up": catching_up,
    "link_translations": joining,
    "take_back_notice": taking_back,
    "change_picture": changing_picture,
    "make_renditions": rendering,
    "drop_recording": dropping_recording,
    "set_recording": lambda by: _doing(_set_recording, article=make_article(), by=by),
    "order_pages": ordering,
    "save_poll": asking,
}
"""For each verb that readers see: what prepares it, and returns the deed itself."""


def test_every_verb_of_the_newsroom_is_known_to_change_pages_or_not_to():
    verbs = {name for name in actions.__all__ if name[0].islower()}
    assert verbs == set(SEEN) | set(UNSEEN)


@pytest.mark.parametrize("verb", SEEN)
def test_a_verb_that_readers_see_has_pages_made_anew_and_nothing_when_undone(verb):
    load_languages()
    do = SEEN[verb](make_editor())
    before = Generation.objects.state()
    with transaction.atomic():
        do()
        assert Generation.objects.state() != before
        transaction.set_rollback(True)
    assert Generation.objects.state() == before


def test_saving_a_draft_leaves_the_pages_as_they_are():
    draft = make_article(status="draft")
    before = Generation.objects.state()
    actions.save_revision(article=_changed(draft), by=make_editor())
    actions.submit(article=draft, by=make_editor())
    assert Generation.objects.state() == before


SHOWN = {"Author", "Broadcast", "Contact", "Language", "Poll", "Section", "Source"}
STORED_BY_ACTIONS = {"Article", "Event", "Image", "Message", "Recording"}
NOT_ON_PAGES = {"Alias", "Desk", "AccessAttempt"}


def test_every_screen_of_the_desk_is_known_to_change_pages_or_not_to():
    site = NewsroomAdminSite()
    own = {model.__name__ for model, screen in site._registry.items() if screen.is_on_pages}
    evidence = {
        model.__name__
        for model, screen in site._registry.items()
        if isinstance(screen, EvidenceAdmin)
    }
    known = own | evidence | STORED_BY_ACTIONS | NOT_ON_PAGES
    assert own == SHOWN
    screens = {model.__name__: screen for model, screen in site._registry.items()}
    assert {name for name, each in screens.items() if isinstance(each, DeskAdmin)} == known


ROWS = {
    "section": (lambda: make_section(title="Water"), {"title": "Rivers"}),
    "source": (lambda: make_source(name="The Post"), {"name": "The Evening Post"}),
    "contact": (lambda: make_contact(name="Amina"), {"name": "Amina Shah"}),
    "language": (lambda: load_languages()["en"], {"site_title": "The Newsroom of the river"}),
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_what_the_desk_changes_beside_articles_is_on_every_page_at_once(name):
    make, changed = ROWS[name]
    load_languages()
    row, client = make(), sit_down()
    address = f"/admin/articles/{name}/{row.pk}/change/"
    form = client.get(address).context["adminform"].form
    typed = {key: form.initial.get(key) for key in form.fields}
    told = {key: value for key, value in typed.items() if value not in (None, False)}
    formsets = client.get(address).context["inline_admin_formsets"]
    for each in formsets:
        management = each.formset.management_form
        told |= {f"{management.prefix}-{key}": value for key, value in management.initial.items()}
    before = Generation.objects.state()
    answer = client.post(address, {**told, **changed})
    assert answer.status_code == 302, answer.context["errors"]
    assert Generation.objects.state() != before


@pytest.mark.parametrize("name", ["section", "source", "contact"])
def test_what_is_deleted_leaves_every_page_at_once(name):
    load_languages()
    row, client = ROWS[name][0](), sit_down()
    before = Generation.objects.state()
    client.post(f"/admin/articles/{name}/{row.pk}/delete/", {"post": "yes"})
    one = Generation.objects.state()
    assert one != before
    row = ROWS[name][0]()
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(f"/admin/articles/{name}/", chosen)
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert Generation.objects.state() != one


def test_a_load_has_pages_made_anew_only_where_it_wrote(tmp_path):
    load_languages()
    make_source(slug="the-nation")
    text = "KARACHI: The wells of the village are full after the rain, the farmers said on Monday."
    (tmp_path / "one.txt").write_text(f"Rain fills the wells\n\n{text}\n", encoding="utf-8")
    before = Generation.objects.state()
    with pytest.raises(CommandError):  # It would change something.
        call_command("load_captures", str(tmp_path), dry_run=True, verbosity=0)
    assert Generation.objects.state() == before
    call_command("load_captures", str(tmp_path), verbosity=0)
    loaded = Generation.objects.state()
    assert loaded != before
    call_command("load_captures", str(tmp_path), verbosity=0)
    assert Generation.objects.state() == loaded


def test_who_changed_rows_by_hand_can_have_every_page_made_anew():
    before = Generation.objects.state()
    call_command("renew_pages", verbosity=0)
    assert Generation.objects.state() != before
