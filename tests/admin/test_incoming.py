"""Incoming: captures that wait are decided about one by one, and no decision is lost to a load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.captures.sketch import bands, pack, sketch
from articles.models import Article, Capture, Revision, Sketch
from articles.text.fold import fold
from articles.text.html import to_text
from tests.admin.desk import make_capture, said, save, sit_down
from tests.factories import load_languages, logged, make_article, make_editor, make_member

pytestmark = pytest.mark.django_db

FIRST = "admin:articles_capture_first_waiting"
WORDS = "The river rose by two metres in the night and the market stood under water until noon "


def page_of(capture: Capture) -> str:
    return reverse("admin:articles_capture_incoming", args=[capture.pk])


def decide(client: Client, capture: Capture, step: str, **typed: Any) -> Any:
    return client.post(page_of(capture), {"step": step, **typed}, follow=True)


def incoming(**overrides: Any) -> tuple[Capture, Article]:
    """A capture that waits with the one draft made of it."""
    capture = make_capture()
    fields = {"status": "draft", "capture": capture, "hold_reason": "The date is missing."}
    return capture, make_article(**{**fields, **overrides})


def draw(article: Article) -> None:
    numbers = sketch(fold(to_text(article.body)).split(), article.language_id)
    keys = dict(zip(Sketch.BANDS, bands(numbers), strict=True))
    Sketch.objects.create(article=article, numbers=pack(numbers), **keys)


def sit(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_an_editor_is_led_from_one_capture_to_the_next_until_none_waits() -> None:
    (one, _), (two, _) = incoming(), incoming()
    client = sit_down()

    assert client.get(reverse(FIRST)).headers["Location"] == page_of(one)
    response = decide(client, one, "accept")
    assert response.redirect_chain[-1][0] == page_of(two)
    response = decide(client, two, "reject")
    assert "Nothing waits" in response.content.decode()


def test_an_accepted_article_is_a_draft_whose_doubts_are_settled() -> None:
    capture, article = incoming()

    response = decide(sit_down(), capture, "accept")

    article.refresh_from_db()
    capture.refresh_from_db()
    assert (capture.state, article.status, article.hold_reason) == ("accepted", "draft", "")
    assert "is accepted" in said(response)


def test_accept_and_publish_shows_it_to_readers() -> None:
    capture, article = incoming()
    decide(sit_down(), capture, "publish")
    assert Article.objects.live().get() == article


def test_what_cannot_be_published_is_not_half_accepted() -> None:
    capture, article = incoming(source=None)

    response = decide(sit_down(), capture, "publish")

    article.refresh_from_db()
    capture.refresh_from_db()
    assert "Choose a source" in said(response)
    assert (capture.state, article.hold_reason) == ("new", "The date is missing.")


def test_a_rejected_capture_keeps_its_bytes_and_loses_its_draft() -> None:
    capture, _article = incoming()
    raw = bytes(capture.raw)

    decide(sit_down(), capture, "reject", note="An advertisement.")

    capture.refresh_from_db()
    assert capture.state == "rejected"
    assert bytes(capture.raw) == raw
    assert not Article.objects.exists()
    entry = LogEntry.objects.get(object_id=str(capture.pk), content_type__model="capture")
    assert logged(entry) == "Rejected. An advertisement."


def test_what_readers_have_seen_is_not_rejected_away() -> None:
    capture, article = incoming(status="published")

    response = decide(sit_down(), capture, "reject")

    assert "Readers have seen" in said(response)
    assert Article.objects.get() == article


def test_what_an_editor_rejected_stays_rejected_through_the_next_load(tmp_path: Path) -> None:
    load_languages()
    story = "Dam opens in June\n\nThe dam at the lake opens in June, the board said on Monday.\n"
    (tmp_path / "a.txt").write_text(story * 3, encoding="utf-8")
    call_command("load_captures", str(tmp_path), verbosity=0)
    capture = Capture.objects.get()
    decide(sit_down(), capture, "reject")

    Capture.objects.update(reading="older rules")  # So that it is read again.
    call_command("load_captures", str(tmp_path), verbosity=0)

    assert Capture.objects.get().state == "rejected"
    assert not Article.objects.exists()


def test_a_rejection_can_be_taken_back() -> None:
    capture, _article = incoming()
    client = sit_down()
    decide(client, capture, "reject")

    response = decide(client, capture, "reopen")

    capture.refresh_from_db()
    assert (capture.state, capture.decided_at) == ("new", None)
    assert "waits again" in said(response)


def test_an_article_much_like_it_is_shown_with_what_differs() -> None:
    other = make_article(body=f"<p>{WORDS * 4}</p>", capture=make_capture(), headline="Flood")
    draw(other)
    capture, article = incoming(body=f"<p>{WORDS * 4} and then it fell.</p>")
    draw(article)

    page = sit_down().get(page_of(capture)).content.decode()

    assert "Flood" in page
    assert "<ins>" in page
    assert f'value="duplicate:{other.pk}"' in page


def test_a_duplicate_refers_to_the_capture_of_the_other() -> None:
    other = make_article(capture=make_capture())
    capture, _article = incoming()

    decide(sit_down(), capture, f"duplicate:{other.pk}")

    capture.refresh_from_db()
    assert (capture.state, capture.refers_to_id) == ("duplicate", other.capture_id)
    assert Article.objects.get() == other


def test_another_article_may_be_chosen_by_its_number() -> None:
    other = make_article(capture=make_capture())
    capture, _article = incoming()
    decide(sit_down(), capture, "duplicate", of=str(other.pk))
    capture.refresh_from_db()
    assert capture.state == "duplicate"


def test_a_variant_waits_as_a_proposal_beside_the_other() -> None:
    other = make_article(capture=make_capture(), headline="Flood", body="<p>One.</p>")
    capture, article = incoming(headline="Flood in town", body="<p>Two.</p>")

    decide(sit_down(), capture, f"variant:{article.pk},{other.pk}")

    proposal = Revision.objects.pending().get()
    assert (proposal.article_id, proposal.state) == (other.pk, "proposed")
    assert proposal.snapshot["body"] == "<p>Two.</p>"
    other.refresh_from_db()
    assert other.headline == "Flood"
    assert not Article.objects.filter(pk=article.pk).exists()


def test_variants_in_two_languages_are_refused_in_a_sentence() -> None:
    other = make_article(language="ur", capture=make_capture())
    capture, article = incoming()
    response = decide(sit_down(), capture, f"variant:{article.pk},{other.pk}")
    assert "join them as one story" in said(response)
    assert Article.objects.count() == 2


def test_a_split_makes_two_drafts_and_loses_no_word() -> None:
    capture, article = incoming(body="<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>")

    decide(sit_down(), capture, f"split:{article.pk},1")

    first, second = Article.objects.order_by("capture_item")
    assert (first.body, second.body) == ("<p>One.</p>", "<p>Two.</p>\n<p>Three.</p>")
    assert (second.capture_id, second.capture_item, second.headline) == (capture.pk, 1, "")
    assert first.story != second.story
    assert second.status == "draft"


@pytest.mark.parametrize("place", ["0", "3", "99", "x", "", "-1", "٣"])
def test_a_split_outside_the_text_is_refused(place: str) -> None:
    capture, article = incoming(body="<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>")
    response = decide(sit_down(), capture, f"split:{article.pk},{place}")
    assert "Choose a place inside the text" in said(response)
    assert Article.objects.count() == 1


def test_a_headline_is_set_without_leaving_the_page() -> None:
    capture, article = incoming(headline="Derived")
    typed = {f"headline-{article.pk}": "A true headline"}

    response = decide(sit_down(), capture, f"headline:{article.pk}", **typed)

    article.refresh_from_db()
    assert (article.headline, article.headline_origin) == ("A true headline", "editor")
    assert response.redirect_chain[-1][0] == page_of(capture)
    assert article.hold_reason


@pytest.mark.parametrize(
    ("step", "status"), [("accept", "draft"), ("publish", "published"), ("split:{},1", "draft")]
)
def test_a_headline_that_was_typed_is_kept_by_every_step_that_keeps_its_article(
    step: str, status: str
) -> None:
    """Else what readers are shown is the headline that the editor had typed another one over."""
    capture, article = incoming(headline="Derived", body="<p>One.</p>\n<p>Two.</p>")
    typed = {f"shown-{article.pk}": "Derived", f"headline-{article.pk}": "A true headline"}

    decide(sit_down(), capture, step.format(article.pk), **typed)

    article.refresh_from_db()
    assert (article.headline, article.status) == ("A true headline", status)


@pytest.mark.parametrize("step", ["accept", "publish", "headline:{}"])
def test_a_headline_of_a_colleague_is_not_written_over(step: str) -> None:
    capture, article = incoming(headline="Derived")
    typed = {f"shown-{article.pk}": "Derived", f"headline-{article.pk}": "Mine"}
    save(sit_down(), article, headline="A colleague's")

    response = decide(sit_down(), capture, step.format(article.pk), **typed)

    assert "Yours is not saved: \u2068Mine\u2069" in said(response)
    article.refresh_from_db()
    assert (article.headline, article.status) == ("A colleague's", "draft")


def test_a_headline_that_was_only_looked_at_stays_as_a_colleague_has_made_it() -> None:
    capture, article = incoming(headline="Derived")
    shown = {f"shown-{article.pk}": "Derived", f"headline-{article.pk}": "Derived"}
    save(sit_down(), article, headline="A colleague's")

    decide(sit_down(), capture, "accept", **shown)

    article.refresh_from_db()
    assert article.headline == "A colleague's"


def test_a_nul_in_what_is_posted_is_no_fault() -> None:
    capture, _article = incoming()
    client = sit_down()

    assert "Choose a language" in said(decide(client, capture, "language:\0"))
    assert "rejected" in said(decide(client, capture, "reject", note="No\0thing"))
    assert logged(LogEntry.objects.get()) == "Rejected. Nothing"


def test_a_capture_whose_language_nobody_knew_is_read_in_the_one_an_editor_gives(
    tmp_path: Path,
) -> None:
    load_languages()
    (tmp_path / "a.txt").write_text("آب و باد\n\nباد آب را برد و آب باد را برد.\n", "utf-8")
    call_command("load_captures", str(tmp_path), verbosity=0)
    capture = Capture.objects.get()
    assert not Article.objects.exists()

    decide(sit_down(), capture, "language:ur")

    assert Article.objects.get().language_id == "ur"
    capture.refresh_from_db()
    assert capture.state == "new"


@pytest.mark.parametrize(
    "step",
    ["", "explode", "split", "split:x", "headline:0", "duplicate:", "duplicate:x", "variant:1,2",
     "language:xx", "language:", "duplicate:99999999999999999999", "reopen"],
)  # fmt: skip
def test_a_forged_step_is_refused_in_a_sentence(step: str) -> None:
    capture, _article = incoming()
    response = decide(sit_down(), capture, step)
    assert response.status_code == 200
    assert said(response)
    capture.refresh_from_db()
    assert capture.state == "new"


def test_two_editors_do_not_decide_twice() -> None:
    capture, _article = incoming()
    first, second = sit_down(), sit_down()
    decide(first, capture, "accept")
    response = decide(second, capture, "reject")
    assert "somebody has decided" in said(response)
    assert Article.objects.exists()


@pytest.mark.parametrize(
    ("language", "role", "status"),
    [("en", "writer", 403), ("en", "editor", 200), ("en", "publisher", 200), ("ur", "editor", 404)],
)
def test_only_editors_of_its_language_see_what_came_in(language, role, status) -> None:
    capture, _article = incoming()
    client = sit(make_member(language, role))
    assert client.get(page_of(capture)).status_code == status
    assert decide(client, capture, "reject").status_code == status
    capture.refresh_from_db()
    assert capture.state == ("rejected" if status == 200 else "new")


def test_an_editor_who_may_not_publish_is_not_offered_to() -> None:
    capture, article = incoming()
    client = sit(make_member("en", "editor"))
    assert 'value="publish"' not in client.get(page_of(capture)).content.decode()
    decide(client, capture, "publish")
    article.refresh_from_db()
    assert article.status == "draft"


def test_the_queue_costs_the_same_however_long_it_is(django_assert_max_num_queries) -> None:
    capture, _article = incoming()
    client = sit_down()
    for _number in range(5):
        incoming()
    client.get(page_of(capture))
    with django_assert_max_num_queries(14):
        client.get(page_of(capture))


def test_hostile_text_of_a_capture_is_only_text() -> None:
    body = "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    capture, _article = incoming(headline='"><script>alert(1)</script>', body=body)
    page = sit_down().get(page_of(capture)).content.decode()
    assert "<script>alert" not in page


def test_a_changed_page_is_proposed_to_the_article_it_had_made(tmp_path: Path) -> None:
    load_languages()
    entry = '{"captures": {"%s": {"target_uri": "https://example.org/a"}}}'
    for number, word in enumerate(["full", "empty"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = f"Wells of the village\n\nThe wells of the village are {word} today, they say.\n"
        (folder / f"{number}.txt").write_text(text, "utf-8")
        (folder / "manifest.json").write_text(entry % f"{number}.txt", "utf-8")
        call_command("load_captures", str(folder), verbosity=0)

    proposal = Revision.objects.pending().get()

    assert "full" in Article.objects.get().body
    assert "empty" in proposal.snapshot["body"]
    assert proposal.made_by is None


def test_a_reload_that_changes_an_article_keeps_both_texts_for_an_open_form(tmp_path: Path) -> None:
    load_languages()
    text = "Wells of the village\n\nThe wells of the village are full today, the mayor said.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    call_command("load_captures", str(tmp_path), verbosity=0)
    article = Article.objects.get()
    manifest = '{"captures": {"a.txt": {"headline": "The wells are full"}}}'
    (tmp_path / "manifest.json").write_text(manifest, "utf-8")

    call_command("load_captures", str(tmp_path), verbosity=0)

    kept = article.revisions.kept()
    assert [one.snapshot["headline"] for one in kept] == [
        "The wells are full",
        "Wells of the village",
    ]
    assert Article.objects.get().text_version == Article.objects.get().version


def test_editor_is_named_in_the_log_of_a_capture() -> None:
    capture, _article = incoming()
    editor = make_editor()
    decide(sit(editor), capture, "accept")
    assert LogEntry.objects.filter(user=editor.pk, content_type__model="capture").exists()
