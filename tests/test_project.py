"""Promises of the repository as a whole: what the README says is so, and the house rules hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
README = ROOT / "README.md"
LONGEST_FUNCTION = 45
LONGEST_MODULE = 400
# Joined here, so that this file names none of them.
INDEX_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
        ("yarnpkg", "com"), ("jsdelivr", "net"), ("unpkg", "com"), ("googleapis", "com"),
    )
]  # fmt: skip


def tracked(*patterns: str) -> list[Path]:
    """Return the files that git knows, or will once they are added, and that are there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = {ROOT / name for name in listed.stdout.split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


PYTHON = [path for path in tracked("*.py") if "migrations" not in path.parts]
MODULES = [path for path in PYTHON if path.relative_to(ROOT).parts[0] in ("articles", "newsroom")]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# What the README says ----------------------------------------------------------------------------


def test_every_make_target_that_the_readme_names_exists():
    named = set(re.findall(r"`(?:[A-Z_]+=\S+ )*make (\w+)", text_of(README)))
    named |= set(re.findall(r"^ {4}(?:[A-Z_]+=\S+ )*make (\w+)", text_of(README), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert {"run", "test", "lint"} <= named
    assert named <= targets


def test_every_command_that_the_readme_names_exists():
    named = set(re.findall(r"manage\.py (\w+)", text_of(README)))
    assert "load_captures" in named
    assert named <= set(get_commands())


def test_every_option_of_the_loader_that_the_readme_names_exists():
    command = [sys.executable, "manage.py", "load_captures", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    named = set(re.findall(r"`(--[a-z-]+)", text_of(README)))
    assert named
    assert named <= set(re.findall(r"--[a-z-]+", done.stdout))


def test_the_readme_lists_every_variable_that_is_read_and_no_other():
    listed = set(re.findall(r"^\| `([A-Z_]+)`", text_of(README), re.MULTILINE))
    read: set[str] = set()
    for path in MODULES:
        call = r"(?:\benv(?:\.\w+)?|os\.environ\.get)\(\s*\"([A-Z_]+)\""
        read |= set(re.findall(call, text_of(path)))
    assert listed == read


def test_every_file_that_the_readme_names_exists():
    path = r"`((?:[\w.-]+/)+(?:[\w-]*\.\w+|run)?|[\w-]+\.(?:py|md|toml))`"
    addresses = r"^### Where the entries of an older site go$.*?(?=^## )"
    text = re.sub(addresses, "", text_of(README), flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(path, text))
    absent = {name for name in named if not (ROOT / name).exists()}
    assert absent <= {".venv/", "node_modules/", "var/"}, absent


# Nothing in the tree that belongs to one machine -------------------------------------------------


def test_no_file_names_a_package_index_or_a_font_service():
    found = [
        name_of(path)
        for path in tracked()
        for host in INDEX_HOSTS
        if host in text_of(path)
    ]  # fmt: skip
    assert found == []


def test_the_locks_hold_no_addresses():
    for lock in tracked("requirements/*.txt"):
        assert "://" not in text_of(lock), name_of(lock)
    packages = json.loads(text_of(ROOT / "package-lock.json"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in packages.items() if name)


def test_no_file_names_a_place_on_somebodys_computer():
    place = re.compile(r"(?<![\w.])/(?:home|root|Users)/\w+|C:\\Users")
    found = [name_of(path) for path in tracked() if place.search(text_of(path))]
    found += [name_of(path) for path in tracked() if f"{ROOT}/" in text_of(path)]
    assert found == []


# Locks -------------------------------------------------------------------------------------------


def pins(lock: str) -> set[str]:
    lines = text_of(ROOT / "requirements" / lock).splitlines()
    return {line.split()[0] for line in lines if "==" in line}


@pytest.mark.parametrize("lock", ["run.txt", "archive.txt", "scale.txt"])
def test_the_lock_of_the_tests_holds_all_that_a_site_installs(lock):
    assert pins(lock) - pins("dev.txt") == set()


def test_every_locked_package_carries_digests():
    for lock in ("run.txt", "archive.txt", "scale.txt", "dev.txt"):
        text = text_of(ROOT / "requirements" / lock)
        blocks = [block for block in re.split(r"\n(?! )", text) if block.strip()]
        assert all("--hash=sha256:" in block for block in blocks), lock


def test_the_running_site_installs_what_the_project_asks_for():
    project = text_of(ROOT / "pyproject.toml").partition("dependencies = [")[2].partition("]")[0]
    asked = set(re.findall(r'"([a-z0-9-]+)', project))
    assert asked <= {pin.partition("==")[0] for pin in pins("run.txt")}


# House rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_a_module_evaluates_no_annotations_at_import(path):
    annotated = (ast.FunctionDef, ast.ClassDef, ast.AnnAssign)
    needs = any(isinstance(node, annotated) for node in ast.walk(ast.parse(text_of(path))))
    if needs and path.name != "install.py":
        assert "from __future__ import annotations" in text_of(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_and_modules_fit_in_the_eye(path):
    text = text_of(path)
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_no_module_is_called_by_a_name_that_says_nothing():
    empty = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py", "tools.py"}
    assert [name_of(path) for path in PYTHON if path.name in empty] == []


def test_nothing_follows_a_saved_row_unseen():
    signals = re.compile(r"@receiver|(?:pre|post)_(?:save|delete)\b|m2m_changed")
    assert [name_of(path) for path in MODULES if signals.search(text_of(path))] == []


def test_only_a_body_that_was_cleaned_is_marked_safe():
    for path in tracked("*.html"):
        marked = re.findall(r"\{[{%][^}]*\|\s*safe\b[^}]*\}", text_of(path))
        a_body = re.compile(r"\.body(?:\s*\|\s*\w+(?::[\w.]+|\([\w.]+\))?)*\s*\|\s*safe\b")
        assert all(a_body.search(tag) for tag in marked), name_of(path)
        others = r"\b(?:autoescape|filter\s+safe|urlize)\b|map\(['\"]safe"
        assert not re.search(others, text_of(path)), name_of(path)


def physical_properties(css: str) -> list[str]:
    """Return the declarations of a stylesheet that name a left or a right."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    side = r"(?:left|right)"
    patterns = (
        rf"(?:^|[;{{\s])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-{side}[\w-]*\s*:",
        rf"(?:^|[;{{\s])border-(?:top|bottom)-{side}-radius\s*:",
        rf"(?:^|[;{{\s]){side}\s*:",
        rf"(?:text-align|float|clear|caption-side)\s*:\s*{side}\b",
    )
    return [found.strip() for pattern in patterns for found in re.findall(pattern, css)]


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left: 1em", "padding-right:0", "border-left-color: red", "left: 0", "float: right",
        "text-align: left", "border-top-left-radius: 2px", "clear:left",
    ],
)  # fmt: skip
def test_the_stylesheet_rule_sees_a_side(declaration):
    assert physical_properties(f"p {{ color: red; {declaration}; }}")


@pytest.mark.parametrize(
    "declaration",
    ["margin-inline-start: 1em", "inset-inline-end: 0", "text-align: start", "/* left: 0 */"],
)
def test_the_stylesheet_rule_lets_logical_properties_through(declaration):
    assert not physical_properties(f"p {{ color: red; {declaration}; }}")


@pytest.mark.parametrize("path", tracked("static/*.css", "static/**/*.css"), ids=name_of)
def test_a_stylesheet_serves_both_directions(path):
    assert physical_properties(text_of(path)) == []


def test_a_page_names_no_third_party():
    address = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
    found = [
        name_of(path)
        for path in tracked("templates/*.html", "templates/**/*.html", "static/*.css", "*.js")
        if address.search(text_of(path)) or "@import url(http" in text_of(path)
    ]
    assert found == []


def test_the_stylesheets_name_only_fonts_that_are_served():
    from newsroom.fonts import FILES

    named = {
        found
        for path in tracked("static/*.css", "static/**/*.css", "templates/**/*.html")
        for found in re.findall(r"fonts/([\w-]+\.woff2)", text_of(path))
    }
    assert named == set(FILES)
