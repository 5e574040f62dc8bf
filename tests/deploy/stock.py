"""Fill a database for a machine: ``python -m tests.deploy.stock ARTICLES EDITORS``.

The environment names the database. Told on the standard output, as JSON: the addresses of live
articles, and for each editor the cookies of a session and the form of an article of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARTICLES, EDITORS = 12, 8


@dataclass
class Stock:
    """What a filled database holds, and where it is."""

    url: str
    pages: list[str]
    editors: list[dict[str, Any]]


def stock(url: str, data: Path) -> Stock:
    """Migrate and fill the empty database at ``url``."""
    variables = {
        "DATABASE_URL": url,
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "tests.deploy.stocking",
        "SITE_URL": "https://localhost",
        "ENV_FILE": os.devnull,
    }
    told = subprocess.run(
        [sys.executable, "-m", "tests.deploy.stock", str(ARTICLES), str(EDITORS)],
        env={**os.environ, **variables},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return Stock(url, **json.loads(told.stdout.splitlines()[-1]))


def main(articles: int, editors: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.admin.desk import form_of, sit_down
    from tests.factories import load_languages, make_article, make_editor

    call_command("migrate", verbosity=0)
    load_languages()
    pages = [
        make_article(headline=f"Rain, part {number}").get_absolute_url()
        for number in range(articles)
    ]
    people = []
    for number in range(editors):
        client = sit_down(member=make_editor(username=f"editor-{number}"))
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        own = make_article(status="draft", published_at=None, headline=f"Draft of {number}")
        people.append({"cookies": cookies, "form": form_of(own), "article": own.pk})
    sys.stdout.write(json.dumps({"pages": pages, "editors": people}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
