"""Copies, versions and changes of what the archive has: told apart, and shown to an editor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from articles.models import Article, Capture
from tests.loader.door import SENTENCES, article_of, held, load, page, write
from tests.loader.snapshot import snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazette")]

OTHER = [line.replace("the", "some").replace("a ", "one ") for line in SENTENCES]


def manifest(folder: Path, **entries: dict[str, str]) -> None:
    captures = {f"{name}.txt": entry for name, entry in entries.items()}
    (folder / "manifest.json").write_text(json.dumps({"captures": captures}), encoding="utf-8")


def test_a_text_that_differs_in_a_word_is_a_duplicate(tmp_path: Path) -> None:
    corrected = [*SENTENCES[:-1], SENTENCES[-1].replace("evenings", "weekends")]
    write(tmp_path, a=page("bridge", body=SENTENCES), b=page("bridge", body=corrected))

    _code, out, _err = load(tmp_path, source="gazette")

    assert "1 created, 1 duplicate" in out
    assert Article.objects.get() == article_of("a")
    assert Capture.objects.get(filename="b.txt").state == "duplicate"


def test_a_text_that_is_half_the_same_is_held_with_the_other_named(tmp_path: Path) -> None:
    half = [*SENTENCES[:4], *OTHER[4:]]
    write(tmp_path, a=page("bridge", body=SENTENCES), b=page("ferry", body=half))

    load(tmp_path, source="gazette", publish=True)

    assert article_of("a").status == "published"
    assert article_of("b").status == "draft"
    assert "“The bridge was repaired”" in held(article_of("b"))


def test_a_version_found_in_a_later_load_is_held_too(tmp_path: Path) -> None:
    load(write(tmp_path / "one", a=page("bridge", body=SENTENCES)), source="gazette")

    later = write(tmp_path / "two", b=page("ferry", body=[*SENTENCES[:4], *OTHER[4:]]))
    load(later, source="gazette", publish=True)

    assert "“The bridge was repaired”" in held(article_of("b"))


def test_many_texts_of_one_form_do_not_slow_each_other_down(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    form = " ".join(SENTENCES)
    pages = {
        f"p{n}": page(f"bridge {n}", body=[f"{form} Number {n} of {n * 7} again." * 2])
        for n in range(60)
    }
    write(tmp_path, **pages)

    with django_assert_max_num_queries(80):
        load(tmp_path, source="gazette")

    assert Capture.objects.count() == 60


def test_captures_that_new_rules_read_again_are_compared_without_a_query_each(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    write(
        tmp_path,
        **{f"p{n}": page(f"bridge {n}", body=[f"{n} {s}" for s in SENTENCES]) for n in range(60)},
    )
    load(tmp_path, source="gazette")
    Capture.objects.update(reading="")

    with django_assert_max_num_queries(80):
        load(tmp_path, source="gazette")

    assert not Capture.objects.filter(reading="").exists()


def test_a_page_that_has_changed_leaves_its_article_alone_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, a=page("bridge", body=SENTENCES))
    load(tmp_path, source="gazette", publish=True)
    write(tmp_path, a=page("bridge", body=[*SENTENCES[:4], "It fell down again in the night."]))

    _code, out, _err = load(tmp_path, source="gazette", publish=True)

    article = Article.objects.get()
    assert "1 held" in out
    assert article.status == "published"
    assert "fell down" not in article.body
    assert "a.txt tells this page otherwise" in held(article)
    assert list(article.capture.changes.values_list("state", flat=True)) == ["new"]


def test_a_change_of_one_word_on_the_same_page_is_no_duplicate(tmp_path: Path) -> None:
    address = {"a": {"target_uri": "https://gazette.example/1"}}
    one = write(tmp_path / "one", a=page("bridge", body=SENTENCES))
    manifest(one, **address)
    load(one, source="gazette")
    corrected = [*SENTENCES[:-1], SENTENCES[-1].replace("evenings", "weekends")]
    two = write(tmp_path / "two", b=page("bridge", body=corrected))
    manifest(two, b=address["a"])

    load(two, source="gazette")

    assert "b.txt tells this page otherwise" in held(Article.objects.get())


def test_a_noted_change_is_noted_once(tmp_path: Path) -> None:
    write(tmp_path, a=page("bridge", body=SENTENCES))
    load(tmp_path, source="gazette")
    write(tmp_path, a=page("bridge", body=[*SENTENCES[:4], "It fell down again in the night."]))
    load(tmp_path, source="gazette")
    before = snapshot()

    _code, out, _err = load(tmp_path, source="gazette")

    assert "1 held" in out
    assert snapshot() == before


def test_a_file_name_that_is_used_again_for_something_else_is_a_new_article(tmp_path: Path) -> None:
    write(tmp_path, a=page("bridge", body=SENTENCES))
    load(tmp_path, source="gazette")
    other = ["Bakers sell bread with carrots and walnuts on Sunday at half price for all children."]
    write(tmp_path, a=page("bakery", body=[*other, *(f"{w} is baked daily." for w in other)]))

    _code, out, _err = load(tmp_path, source="gazette")

    assert "1 created" in out
    assert Article.objects.count() == 2


def test_a_draft_with_a_noted_change_is_not_published_by_the_next_load(tmp_path: Path) -> None:
    write(tmp_path, a=page("bridge", body=SENTENCES))
    load(tmp_path, source="gazette")
    write(tmp_path, a=page("bridge", body=[*SENTENCES[:4], "It fell down again in the night."]))
    load(tmp_path, source="gazette")

    load(tmp_path, source="gazette", publish=True)

    assert not Article.objects.live().exists()


def test_one_story_in_two_languages_is_one_story_when_the_manifest_says_so(tmp_path: Path) -> None:
    urdu = "پل کی مرمت ہو گئی\n\nشائع ہوا: 2025-03-01\n\n" + "\n\n".join(
        f"شہر کے مزدوروں نے پل کی مرمت مکمل کر لی ہے اور اسے ایک ہفتے تک جانچا گیا ہے {times} بار۔"
        for times in ("دو", "تین", "چار")
    )
    write(tmp_path, a=page("bridge", body=SENTENCES), b=urdu)
    manifest(tmp_path, a={"story": "bridge"}, b={"story": "bridge"})

    load(tmp_path, source="gazette", publish=True)

    assert article_of("a").story == article_of("b").story
    assert article_of("b").language_id == "ur"


def test_a_story_that_the_manifest_names_later_is_joined(tmp_path: Path) -> None:
    write(tmp_path, a=page("bridge", body=SENTENCES))
    load(tmp_path, source="gazette")
    before = article_of("a").story
    manifest(tmp_path, a={"story": "bridge"})

    _code, out, _err = load(tmp_path, source="gazette")

    assert "1 updated" in out
    assert article_of("a").story != before


def test_two_tellings_of_one_page_may_come_in_one_load(tmp_path: Path) -> None:
    other = [f"{line.upper()} It is told anew with words of its own." for line in OTHER[::-1]]
    write(tmp_path, first=page("harbour"), second=page("harbour", body=other))
    uri = {"target_uri": "https://press.example/harbour", "source": "gazette"}
    manifest(tmp_path, first=uri, second=uri)

    assert load(tmp_path)[0] == 0

    article = Article.objects.get()
    assert Capture.objects.get(filename="second.txt").refers_to == article.capture
    assert "second.txt" in held(article)
    before = snapshot()
    load(tmp_path)
    assert snapshot() == before
