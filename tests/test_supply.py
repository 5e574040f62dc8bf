"""What comes from outside: under which licence, with what known faults, and no secret of ours."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from requirements import audit, licences
from tests.test_project import ROOT, name_of, text_of, tracked

LOOKED_AT = {
    *("Apache Software License", "Apache-2.0", "BSD License", "BSD-2-Clause", "BSD-3-Clause"),
    *("BSD License, Apache Software License", "GPL-2.0-or-later", "LGPL-3.0-only", "MIT"),
    *("MIT License", "MIT-CMU", "MPL-2.0 AND MIT", "Mozilla Public License 2.0 (MPL 2.0)"),
    *("PSF-2.0", "Python Software Foundation License", "Unlicense"),
}
"""Licences of which somebody has read what they ask of who runs this site."""
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abpr]-[A-Za-z0-9-]{20,}|\bsk_live_[A-Za-z0-9]{20,}"
    r"|\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"
)
NAMED = re.compile(
    r"(?i)\b(?:secret(?:_key)?|password|passwd|token|api_?key)\b[\"']?\s*[:=]\s*[\"']?"
    r"(?P<value>[A-Za-z0-9+/_=-]{20,})"
)
RANDOM = 4.2
"""Bits a character that a value has which nobody made up: a sentence has less."""


def bits(text: str) -> float:
    """The entropy of the letters of a text."""
    counted = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counted)


def secrets_in(text: str) -> list[str]:
    """What looks like a key, or like a value that was drawn for one."""
    drawn = [found["value"] for found in NAMED.finditer(text) if bits(found["value"]) > RANDOM]
    return [found[0] for found in SECRETS.finditer(text)] + drawn


def test_every_package_that_a_site_installs_is_listed_with_a_licence_that_was_looked_at():
    """A new package, a new version or another licence is seen by whoever changes the locks."""
    kept = licences.LIST.read_text(encoding="utf-8")
    assert kept == licences.listed(), "Run 'make licences' and look at what changed."
    rows = re.findall(r"^\| (\S+) \| \S+ \| (.+) \|$", kept, re.MULTILINE)
    assert {name for name, _licence in rows} - {"package"} == set(licences.locked())
    assert {licence for name, licence in rows if name != "package"} <= LOOKED_AT
    assert len(licences.locked()) > 20


def test_a_package_without_a_licence_is_refused_by_its_name(monkeypatch):
    monkeypatch.setattr(licences, "metadata", lambda name: _Silent())
    with pytest.raises(ValueError, match="nh3 says nothing of its licence"):
        licences.licence_of("nh3")


class _Silent(dict):
    def get_all(self, name: str) -> list[str]:
        return []


def test_no_secret_is_in_the_tree():
    found = {name_of(path): secrets_in(text_of(path)) for path in tracked()}
    assert {name: each for name, each in found.items() if each} == {}
    assert [name_of(path) for path in tracked("*.env", ".env", "*.pem", "*.key", "*.p12")] == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "SECRET_KEY=" + "q9Zt3vX0pLr7Wm2Kc5Nb8Yh1Jd4Fg6Ts",
        "password: '" + "q9Zt3vX0pLr7Wm2Kc5Nb8Yh1Jd4Fg6Ts'",
    ],
)
def test_a_secret_would_be_seen(text):
    assert secrets_in(text)


def test_known_faults_are_asked_for_by_lock_and_reported(tmp_path, monkeypatch, capsys):
    """With a stand-in for pip-audit, which is not installed with the site."""
    tool = tmp_path / "pip-audit"
    tool.write_text(
        f"#!{sys.executable}\nimport sys\nname = sys.argv[-1]\n"
        "print('django 1.0 CVE-0000-1' if name.endswith('run.txt') else '', end='')\n"
        "sys.exit('no network' if name.endswith('scale.txt') else name.endswith('run.txt'))\n",
        encoding="utf-8",
    )
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert audit.main() == 1
    told = capsys.readouterr()
    assert "CVE-0000-1" in told.out
    assert "no answer" in told.err
    assert "scale.txt" in told.err


def test_without_the_tool_a_sentence_says_what_to_install():
    done = subprocess.run(
        [sys.executable, str(ROOT / "requirements" / "audit.py")],
        env={"PATH": str(Path("/nowhere"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install pip-audit" in done.stderr
