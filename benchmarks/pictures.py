"""A picture from its upload to what readers get of it, and a page that shows a hundred.

``python -m benchmarks.pictures`` prints the table. It works in a process and a folder of its own,
``--inside`` being the rest of it; times are those of the processor, medians of RUNS runs.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.table import Row, show

ROOT = Path(__file__).parent.parent
RUNS = int(os.environ.get("RUNS", "5"))
SIZE = (4000, 3000)
"""What a telephone's camera takes, twelve megapixels."""
PLAIN_WIDTH = 1300
GALLERY = 100
PAGES = 20


def measure(folder: Path) -> Iterator[Row]:
    """Rows of the table."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'pictures.sqlite3'}",
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "benchmarks-sign-nothing",
    }
    command = [sys.executable, "-m", "benchmarks.pictures", "--inside"]
    done = subprocess.run(  # noqa: S603  Its own interpreter.
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    took = json.loads(done.stdout.splitlines()[-1])
    floor = f"Pillow reads it and writes one JPEG of {PLAIN_WIDTH} points"
    for what, name in (
        ("upload to the first rendition: all five JPEG files are there", "first"),
        ("all renditions, AVIF and WebP too", "all"),
    ):
        yield _row(f"{what}, 12 megapixels", took[name], floor, took["plain"])
    yield _row(
        f"a page of {GALLERY} pictures, {took['bytes'] / 1000:.1f} kB in gzip",
        took["gallery"],
        f"the same page with one, {took['bytes of one'] / 1000:.1f} kB",
        took["one"],
    )


def _row(what: str, seconds: float, floor: str, least: float) -> Row:
    told = f"{floor}: {least * 1000:.0f} ms"
    return Row(what, f"{seconds * 1000:.0f} ms", told, f"{seconds / least:.2f}", "none")


def inside() -> None:
    """Fill the database that DATABASE_URL names; print seconds and bytes as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    call_command("loaddata", "fixtures/languages.json", verbosity=0)
    sys.stdout.write(json.dumps({**_uploads(), **_pages()}) + "\n")


def _uploads() -> dict[str, float]:
    from articles.actions import add_picture, make_renditions, rendition
    from articles.models import Image

    rendition.later = lambda work: None  # What follows the first rendition is asked for below.
    pictures = [_photograph(seed) for seed in range(RUNS)]
    took: dict[str, list[float]] = {"plain": [], "first": [], "all": []}
    for number, data in enumerate(pictures):
        began = time.process_time()
        _plain(data)
        took["plain"].append(time.process_time() - began)
        began = time.process_time()
        image = add_picture(data=data, filename=f"{number}.jpg").image
        took["first"].append(time.process_time() - began)
        make_renditions(image=Image.objects.get(pk=image.pk))
        took["all"].append(time.process_time() - began)
    return {name: median(seconds) for name, seconds in took.items()}


def _plain(data: bytes) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        height = PLAIN_WIDTH * picture.height // picture.width
        picture.resize((PLAIN_WIDTH, height)).save(io.BytesIO(), "JPEG", quality=80)


def _photograph(seed: int) -> bytes:
    """A JPEG as heavy as one of a camera: clouds, with some grain."""
    from PIL import Image, ImageDraw

    width, height = SIZE
    clouds = [
        Image.effect_noise((width // part, height // part), 60).resize(
            SIZE, Image.Resampling.BICUBIC
        )
        for part in (24, 48, 96)
    ]
    grain = Image.effect_noise(SIZE, 6).convert("RGB")
    picture = Image.blend(Image.merge("RGB", clouds), grain, 0.12)
    ImageDraw.Draw(picture).text((9, 9), f"{seed}")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


def _pages() -> dict[str, float]:
    one, many = _article(1), _article(GALLERY)
    took = {"one": _seconds(one), "gallery": _seconds(many)}
    return {**took, "bytes of one": _weight(one), "bytes": _weight(many)}


def _article(number: int) -> str:
    """The address of an article with so many figures, each of another row of the same picture."""
    from articles.models import Article, Figure, Image

    article = Article.objects.create(
        language_id="en",
        headline=f"{number} pictures",
        slug="pictures",
        body="<p>They were taken in one day.</p>",
        status=Article.Status.PUBLISHED,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    image = Image.objects.earliest("pk")
    for place in range(1, number + 1):
        mine = article.pk * 1000 + place
        image.pk, image.token, image.sha256 = None, f"{mine:016x}", f"{mine:064x}"
        image.save(force_insert=True)
        told: dict[str, Any] = {
            "alt_text": f"Picture {place}",
            "caption": f"Number {place}.",
        }
        Figure.objects.create(article=article, image_id=image.pk, position=place, **told)
    return article.get_absolute_url()


def _seconds(address: str) -> float:
    answers = [_timed(lambda: _answer(address)) for _time in range(PAGES)]
    return median(answers)


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _weight(address: str) -> int:
    return len(gzip.compress(_answer(address), mtime=0))


def _answer(address: str) -> bytes:
    from django.test import Client

    answer = Client(HTTP_HOST="127.0.0.1").get(address)
    assert answer.status_code == 200  # noqa: S101  A fault would look quick.
    content: bytes = answer.content
    return content


if __name__ == "__main__":
    if sys.argv[1:] == ["--inside"]:
        inside()
    else:
        with tempfile.TemporaryDirectory(prefix="newsroom-pictures-") as place:
            show(measure(Path(place)))
