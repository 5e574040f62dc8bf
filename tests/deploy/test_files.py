"""The files of ``deploy/`` before anything runs: whole, refused in a sentence, and shut tight."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from deploy.render import TEMPLATES, main
from tests.deploy.machine import fill_in

MOST_EXPOSED = 2.5
"""What systemd-analyze calls OK begins at 2; a unit that says nothing of it is at 9.2."""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    fill_in(tmp_path, 8443, 8080, hosts=1)
    return tmp_path / "made"


def test_no_name_is_left_open_in_any_file(made):
    written = [path for path in made.rglob("*") if path.is_file()]
    assert len(written) == len(TEMPLATES) == 6
    for path in written:
        assert not re.search(r"@[a-z]+@", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--site", "http://news.example"),
        ("--site", "https://news.example/path"),
        ("--root", "/srv/a b"),
        ("--data", "/srv/x;"),
        ("--upstream", "unix:/x\n}"),
    ],
)
def test_what_a_file_cannot_hold_is_refused_with_its_option(tmp_path, capsys, option, value):
    given = {"--site": "https://news.example", option: value}
    pairs = [part for pair in given.items() for part in pair]
    assert main(["--to", str(tmp_path / "made"), *pairs]) == 1
    said = capsys.readouterr().err
    assert option in said
    assert len(said.splitlines()) <= 2
    assert not (tmp_path / "made").exists()


@pytest.mark.nginx
def test_systemd_understands_every_unit(made):
    units = sorted(str(path) for path in (made / "systemd").iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "newsroom" in line]
    assert ours == []


@pytest.mark.nginx
@pytest.mark.parametrize("name", ["newsroom.service", "newsroom-backup.service"])
def test_a_unit_can_do_little_but_its_work(made, name):
    done = subprocess.run(
        [
            "systemd-analyze", "security", "--offline=true", "--no-pager",
            f"--threshold={int(MOST_EXPOSED * 10)}", str(made / "systemd" / name),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
