"""Lighthouse's opinion of the front page, a list and an article in each language.

``python -m tests.lighthouse`` (``make lighthouse``) fetches Lighthouse by npm into ``var/`` at the
first call, serves the samples from a folder of its own, and prints a table of scores. It ends with
1 when a score is below what the site promises, having printed the audits that cost it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

from tests import services

ROOT = Path(__file__).resolve().parent.parent
VERSION = "12.8.2"
"""The newest that the Node.js of Debian's stable release runs."""
FOLDER = ROOT / "var" / "lighthouse" / VERSION
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
CODES = ("en", "ur", "sd")
RUNS = 5
"""Lighthouse's own advice: the median of five runs is twice as steady as one."""
TRIES = 3
PATIENCE_SECONDS = 180


def main() -> int:
    """Print a line for each page, and return 0 when all keep the promise."""
    npm = shutil.which("npm")
    chromium = shutil.which("chromium") or services.chromium_path()
    if not npm or not chromium:
        print("Lighthouse needs npm and Chromium (Debian: apt install npm chromium).")
        return 1
    program = installed(npm)
    print(f"{'page':<24}" + "".join(f"{name:>16}" for name in LEAST))
    with served() as site:
        failures = [line for path in pages(site) for line in judge(program, chromium, site, path)]
    print("\n".join(failures))
    return int(bool(failures))


def installed(npm: str) -> Path:
    """Return the path of Lighthouse, fetched if it is not there."""
    program = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        command = [npm, "install", "--prefix", str(FOLDER), *quiet, f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True)
    return program


@contextmanager
def served() -> Iterator[str]:
    """Serve the samples, as ``make run`` does, and yield the site's address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        env = {"SECRET_KEY": "lighthouse" * 5, "DATA_DIR": folder, "ENV_FILE": os.devnull}
        server = subprocess.Popen(
            [sys.executable, "manage.py", "quickstart", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **env, "SITE_URL": site},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(site, server)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


def wait_for(site: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the site is ready. Raises RuntimeError when it does not become so."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            text_of(f"{site}/readyz")
        except URLError:
            time.sleep(0.3)
        else:
            return
    raise RuntimeError("The site did not become ready.")


def text_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310  Our own server.
        return str(answer.read().decode("utf-8"))


def pages(site: str) -> Iterator[str]:
    """Yield the paths of a front page, a list and an article of each language."""
    for code in CODES:
        yield from (f"/{code}/", f"/{code}/latest/")
        article = re.search(rf'href="(/{code}/\d+/[^"]*)"', text_of(f"{site}/{code}/"))
        if article:
            yield article[1]


def judge(program: Path, chromium: str, site: str, path: str) -> list[str]:
    """Print a page's scores; return a line for each audit that cost one its promise."""
    report = median_report(program, chromium, site + path)
    scores = scores_of(report)
    label = re.sub(r"^/(\w+)/\d+/.*", r"/\1/ (an article)", path)
    print(f"{label:<24}" + "".join(f"{score:>16}" for score in scores.values()), flush=True)
    return [
        f"{label}: {name} {scores[name]}: {audit['title']} {audit.get('displayValue', '')}"
        for name, least in LEAST.items()
        if scores[name] < least
        for audit in costly(report, name)
    ]


def scores_of(report: dict[str, Any]) -> dict[str, int]:
    return {name: round(100 * report["categories"][name]["score"]) for name in LEAST}


def median_report(program: Path, chromium: str, address: str) -> dict[str, Any]:
    """Return the report whose performance is in the middle of several, run one after the other."""
    reports = [report_on(program, chromium, address) for _run in range(RUNS)]
    return sorted(reports, key=lambda each: each["categories"]["performance"]["score"])[RUNS // 2]


def costly(report: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """Yield the audits that count in a category and were not passed."""
    for reference in report["categories"][name]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            yield audit


def report_on(program: Path, chromium: str, address: str) -> dict[str, Any]:
    """Return what Lighthouse reports by default: as on a phone with a slow line.

    Now and then Chromium records no trace, and Lighthouse asks to be run again. Raises RuntimeError
    when it fails each time.
    """
    flags = ["--headless=new", *services.CHROMIUM_ARGUMENTS]
    command = ["node", str(program), address, "--output=json", "--quiet"]
    command += [f"--only-categories={','.join(LEAST)}", f"--chrome-flags={' '.join(flags)}"]
    command += ["--no-enable-error-reporting"]
    env = {**os.environ, "CHROME_PATH": chromium}
    for _attempt in range(TRIES):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if not done.returncode:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
    raise RuntimeError(done.stderr.strip() or "Lighthouse failed.")


if __name__ == "__main__":
    sys.exit(main())
