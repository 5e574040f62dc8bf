"""The fixtures that ship: languages, sources, sections and the sample captures."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.captures import Hints, read, segment
from articles.captures.manifest import Entry, read_manifest
from articles.models import Language, Section, Source
from articles.text.script import guess_language

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SAMPLES = FIXTURES / "samples"
MANIFEST = read_manifest(SAMPLES / "manifest.json")
ENTRIES = sorted(MANIFEST.items())
LANGUAGES = ("en", "ur", "sd")
LINK_TO_URDU = "اردو میں پڑھیں"

ARABIC_IN_URDU = re.compile("[\u064a\u0649\u0643\u0647]")
SINDHI_ONLY = re.compile("[ٻڀٺٽٿڃڄڇڌڍڊڏڙڦڪڳڱڻ۽۾]")
URDU_ONLY = re.compile("[ےںۓۂۃہھی۔ٹڑڈ]")
# Words that every page of Sindhi holds, written with khe where keheh is meant.
KHE_FOR_KAF = re.compile(r"\b(?:کيو|کئي|کري|کرڻ|کندو|کندي|کو|کا|هک|کتاب|کم|ڏکاندار|رکارڊ)\b")
SPACE_BEFORE_POINT = re.compile(r"\S [،؛۔.:](?:\s|\Z)")


def text_of(name: str) -> str:
    return (SAMPLES / name).read_bytes().decode("utf-8")


def in_language(language: str) -> list[tuple[str, str]]:
    return [(name, text_of(name)) for name, entry in ENTRIES if entry.language == language]


def prose(text: str) -> list[str]:
    """The lines long enough to be a paragraph of a story."""
    return [line for line in text.splitlines() if len(line.split()) >= 30]


def languages_by_story() -> dict[str, set[str]]:
    stories: dict[str, set[str]] = defaultdict(set)
    for _, entry in ENTRIES:
        stories[entry.story].add(entry.language)
    return stories


def fixture(name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return rows


def load_fixtures() -> None:
    names = [str(FIXTURES / f"{noun}.json") for noun in ("languages", "sources", "sections")]
    call_command("loaddata", *names, verbosity=0)


def test_manifest_and_folder_name_the_same_captures() -> None:
    assert set(MANIFEST) == {path.name for path in SAMPLES.glob("*.txt")}


@pytest.mark.parametrize("name", MANIFEST)
def test_capture_keeps_the_bytes_that_its_name_was_made_from(name: str) -> None:
    raw = (SAMPLES / name).read_bytes()
    digest = hashlib.sha256(raw).hexdigest()[:16]
    assert re.fullmatch(rf"\d{{3}}_{digest}\.txt", name)
    assert b"\r" not in raw


def test_each_language_has_at_least_eight_captures() -> None:
    counts = Counter(entry.language for _, entry in ENTRIES)
    assert all(counts[language] >= 8 for language in LANGUAGES), counts


def test_five_stories_are_told_in_three_languages_and_two_more_in_two() -> None:
    widths = Counter(len(languages) for languages in languages_by_story().values())
    assert widths[3] >= 5
    assert widths[2] >= 2


def test_no_story_is_told_twice_in_one_language() -> None:
    told = Counter((entry.story, entry.language) for _, entry in ENTRIES)
    assert set(told.values()) == {1}


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_manifest_places_each_capture_in_a_source_and_section_of_its_language(
    name: str, entry: Entry
) -> None:
    sections = [row["fields"] for row in fixture("sections.json")]
    places = {(row["language"][0], row["slug"]) for row in sections}  # type: ignore[index]
    assert entry.source == f"samples-{entry.language}"
    assert (entry.language, entry.section) in places
    assert guess_language(entry.standfirst).language in {entry.language, "und"}


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_letters_of_a_capture_tell_its_language(name: str, entry: Entry) -> None:
    assert guess_language(text_of(name)).language == entry.language


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_headline_comes_from_the_capture_or_else_from_the_manifest(name: str, entry: Entry) -> None:
    lost = not any(3 <= len(line.split()) < 20 for line in text_of(name).splitlines())
    assert bool(entry.headline) == lost


@pytest.mark.parametrize("name", MANIFEST)
def test_capture_has_three_to_six_paragraphs_of_newspaper_length(name: str) -> None:
    paragraphs = prose(text_of(name))
    assert 3 <= len(paragraphs) <= 6
    assert all(len(line) <= 1500 and len(line.split()) <= 110 for line in paragraphs)


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_each_capture_reads_as_one_dated_article_that_needs_no_editor(
    name: str, entry: Entry
) -> None:
    capture = read((SAMPLES / name).read_bytes(), filename=name)
    parsed = segment(capture, hints=Hints(headline=entry.headline, date_order="dmy"))
    (draft,) = parsed.drafts
    assert (parsed.kind, draft.language, draft.held) == ("article", entry.language, False)
    assert draft.headline_origin == ("manifest" if entry.headline else "captured")
    assert draft.published is not None
    assert 2025 <= draft.published.year <= 2026
    assert len(draft.paragraphs) == len(prose(text_of(name)))


def test_urdu_captures_are_in_urdu_letters() -> None:
    for name, text in in_language("ur"):
        assert not ARABIC_IN_URDU.search(text), name
        assert not SINDHI_ONLY.search(text), name
        assert all(line.endswith("۔") for line in prose(text)), name


def test_sindhi_captures_are_in_sindhi_letters() -> None:
    for name, text in in_language("sd"):
        own = "\n".join(line for line in text.splitlines() if line != LINK_TO_URDU)
        assert "ڪ" in own, name
        assert not URDU_ONLY.search(own), name
        assert not KHE_FOR_KAF.search(own), name
        assert all(line.endswith(".") for line in prose(own)), name


@pytest.mark.parametrize("name", MANIFEST)
def test_punctuation_stands_close_to_its_word(name: str) -> None:
    for line in prose(text_of(name)):
        assert not SPACE_BEFORE_POINT.search(line)
        assert "  " not in line


def test_every_section_exists_in_every_language() -> None:
    slugs = defaultdict(set)
    for row in fixture("sections.json"):
        fields = row["fields"]
        slugs[fields["language"][0]].add(fields["slug"])  # type: ignore[index]
    assert set(slugs) == set(LANGUAGES)
    assert len({frozenset(names) for names in slugs.values()}) == 1


@pytest.mark.django_db
def test_fixtures_load_twice_without_doubling() -> None:
    load_fixtures()
    load_fixtures()
    assert Language.objects.count() == 3
    assert Source.objects.count() == 5
    assert Section.objects.count() == 36


@pytest.mark.django_db
def test_fixtures_satisfy_the_models() -> None:
    load_fixtures()
    for model in (Language, Source, Section):
        for row in model.objects.all():
            row.full_clean()
