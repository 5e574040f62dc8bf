"""What captures teach about their source, and that nothing else than captures decides it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from articles.captures.files import find
from articles.captures.formats import counts
from articles.loader import Loader
from articles.models import Alias, Article, Capture, LoadRun, Source
from benchmarks.synthetic import make
from tests.loader.door import SENTENCES, article_of, held, load, page, write
from tests.loader.snapshot import snapshot

MENU = ["Front desk", "The weekly lantern", "Harbour notes"]


def distinct(number: int) -> list[str]:
    """Sentences that share no five words with those of another number."""
    chance = random.Random(number)  # noqa: S311
    words = " ".join(SENTENCES).replace(".", "").split()
    return [" ".join(chance.choices(words, k=25)).capitalize() + "." for _ in range(4)]


def dated(number: int, day: str) -> str:
    return page(f"bridge {number}", dated=day, body=distinct(number))


def with_menu(number: int) -> str:
    return "\n".join([*MENU, "", dated(number, f"2025-03-{number + 1:02}")])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        (["7/29/2023", "7/30/2023", "8/31/2023"], "2023-05-06"),
        (["29/7/2023", "30/7/2023", "31/8/2023"], "2023-06-05"),
    ],
)
def test_dates_that_read_two_ways_follow_those_that_do_not(
    tmp_path: Path, gazette, proofs: list[str], expected: str
) -> None:
    pages = {f"p{number}": dated(number, day) for number, day in enumerate(proofs)}
    write(tmp_path, **pages, a_first=dated(8, "5/6/2023"), z_last=dated(9, "5/6/2023"))

    load(tmp_path, source="gazette", publish=True)

    for name in ("a_first", "z_last"):
        assert article_of(name).published_at.astimezone().date().isoformat() == expected
        assert article_of(name).status == "published"


@pytest.mark.django_db
def test_too_few_or_mixed_proofs_leave_a_date_ambiguous(tmp_path: Path, gazette) -> None:
    days = ["7/29/2023", "7/30/2023", "8/31/2023", "29/7/2023", "5/6/2023"]
    write(tmp_path, **{f"p{number}": dated(number, day) for number, day in enumerate(days)})

    load(tmp_path, source="gazette", publish=True)

    gazette.refresh_from_db()
    assert gazette.date_order_counts == {"dmy": 1, "mdy": 3}
    assert "two ways" in held(article_of("p4"))


@pytest.mark.django_db
def test_what_a_person_set_wins_over_what_was_learnt(tmp_path: Path, gazette) -> None:
    gazette.date_order = "dmy"
    gazette.save()
    days = ["7/29/2023", "7/30/2023", "8/31/2023", "5/6/2023"]
    write(tmp_path, **{f"p{number}": dated(number, day) for number, day in enumerate(days)})

    load(tmp_path, source="gazette")

    assert article_of("p3").published_at.astimezone().date().isoformat() == "2023-06-05"


@pytest.mark.django_db
def test_captures_that_come_later_settle_the_dates_of_earlier_ones(tmp_path: Path, gazette) -> None:
    earlier = write(tmp_path / "earlier", old=dated(7, "5/6/2023"))
    proofs = ["7/29/2023", "7/30/2023", "8/31/2023"]
    later = write(
        tmp_path / "later",
        **{f"p{number}": dated(number, day) for number, day in enumerate(proofs)},
    )
    load(earlier, source="gazette", publish=True)
    assert article_of("old").status == "draft"

    load(later, source="gazette", publish=True)

    assert article_of("old").published_at.astimezone().date().isoformat() == "2023-05-06"
    assert article_of("old").status == "published"


@pytest.mark.django_db
def test_lines_that_stand_beside_three_stories_are_furniture(tmp_path: Path, gazette) -> None:
    folder = write(tmp_path, **{f"p{number}": with_menu(number) for number in range(4)})

    load(folder, source="gazette")

    gazette.refresh_from_db()
    assert len(gazette.furniture) == len(MENU)
    for article in Article.objects.all():
        assert article.headline.startswith("The bridge")
        assert not any(label in article.body for label in MENU)


@pytest.mark.django_db
def test_versions_of_one_story_teach_no_furniture(tmp_path: Path, gazette) -> None:
    write(tmp_path, **{f"p{n}": dated(1, f"2025-03-0{n}") + f"\n{n}00\n" for n in range(1, 6)})

    load(tmp_path, source="gazette")

    gazette.refresh_from_db()
    assert gazette.furniture == {}


@pytest.mark.django_db
def test_what_was_learnt_from_one_source_says_nothing_of_another(tmp_path: Path, gazette) -> None:
    days = ["7/29/2023", "7/30/2023", "8/31/2023"]
    write(tmp_path, **{f"p{n}": dated(n, d) for n, d in enumerate(days)}, x=dated(9, "5/6/2023"))
    entries = {f"p{number}.txt": {"source": "gazette"} for number in range(3)}
    (tmp_path / "manifest.json").write_text(json.dumps({"captures": entries}), encoding="utf-8")

    load(tmp_path)

    assert "two ways" in held(article_of("x"))


# The same whatever the order -------------------------------------------------------------------


def mixture(folder: Path) -> Path:
    """Every kind of capture that another one may bear upon."""
    make(folder, 60)
    pages = {f"d{n}": dated(n, day) for n, day in enumerate(["7/29/2023"] * 4 + ["5/6/2023"] * 4)}
    pages |= {f"m{number}": with_menu(number + 20) for number in range(4)}
    story = distinct(50)
    pages |= {
        "copy_a": page("bridge", body=story),
        "copy_b": page("bridge", body=story) + "\n\n",
        "near": page("bridge", body=[*story[:-1], story[-1].replace(" ", " really ", 1)]),
        "variant": page("bridge", body=[*story[:3], distinct(51)[0]]),
    }
    write(folder, **pages)
    write(folder / "sub", d0=page("ferry", body=distinct(60)))
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize(("seed", "batch"), [(0, 1), (1, 7), (2, 100), (3, 200)])
def test_order_of_files_and_size_of_batches_change_nothing(
    tmp_path: Path, gazette, seed: int, batch: int
) -> None:
    folder = mixture(tmp_path / "captures")
    load(folder, source="gazette", publish=True)
    expected = snapshot()
    clear()

    paths = sorted(folder.rglob("*.txt"))
    random.Random(seed).shuffle(paths)  # noqa: S311
    for _outcome in Loader(source="gazette", publish=True, batch=batch).load(
        find(paths, counts=counts)
    ):
        pass

    assert snapshot() == expected


def clear() -> None:
    """Forget all that was loaded and learnt."""
    for model in (Alias, Article, Capture, LoadRun):
        model._default_manager.all().delete()
    Source.objects.update(date_order_counts={}, furniture={})
