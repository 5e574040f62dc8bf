"""Web fonts are served where npm has put them, and missed by no page where it has not."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from newsroom import fonts

NASTALIQ = "fonts/noto-nastaliq-urdu-arabic-400-normal.woff2"


@pytest.fixture
def installed(tmp_path, settings):
    """A site whose fonts are installed (with bytes that stand for a font)."""
    settings.BASE_DIR = tmp_path
    for name, package in fonts.FILES.items():
        folder = tmp_path / "node_modules" / "@fontsource" / package / "files"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"wOF2")


@pytest.fixture
def collected(tmp_path, settings):
    """Return a call that collects a stylesheet naming a font, as a production site does."""
    (tmp_path / "static").mkdir()
    sheet = f'@font-face {{ src: local("Noto"), url("{NASTALIQ}"); }}'
    (tmp_path / "static" / "site.css").write_text(sheet, encoding="utf-8")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATIC_ROOT = tmp_path / "served"
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "newsroom.fonts.StaticFilesStorage"},
    }
    finders.get_finder.cache_clear()
    yield lambda: call_command("collectstatic", interactive=False, verbosity=0)
    finders.get_finder.cache_clear()


def served_sheet(tmp_path) -> str:
    names = [path.name for path in (tmp_path / "served").glob("site.*.css")]
    assert len(names) == 1
    return (tmp_path / "served" / names[0]).read_text(encoding="utf-8")


def test_installed_fonts_are_found_as_static_files(installed, tmp_path):
    finder = fonts.FontFinder()
    assert finder.find(NASTALIQ).endswith("noto-nastaliq-urdu/files/" + NASTALIQ.partition("/")[2])
    assert len(finder.find(NASTALIQ, find_all=True)) == 1
    assert {name for name, _storage in finder.list([])} == set(fonts.FILES)
    assert list(finder.list(["*.woff2"])) == []
    assert finder.find("fonts/other.woff2") == []


def test_absent_fonts_are_not_found_and_no_fault(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    finder = fonts.FontFinder()
    assert finder.find(NASTALIQ) == []
    assert finder.find(NASTALIQ, find_all=True) == []
    assert list(finder.list([])) == []
    assert finder.check() == []


def test_a_stylesheet_names_the_hashed_font_where_it_is_installed(installed, collected, tmp_path):
    collected()
    assert re.search(r"-400-normal\.[0-9a-f]{12}\.woff2", served_sheet(tmp_path))


def test_a_stylesheet_may_name_a_font_that_is_absent(collected, tmp_path, settings):
    settings.BASE_DIR = tmp_path
    collected()
    assert NASTALIQ in served_sheet(tmp_path)


def test_a_page_may_name_a_font_that_is_absent(collected, tmp_path, settings):
    settings.BASE_DIR = tmp_path
    collected()
    assert fonts.StaticFilesStorage().url(NASTALIQ) == f"/static/{NASTALIQ}"


def test_our_own_sheets_are_collected_without_their_comments(collected, tmp_path):
    (tmp_path / "static" / "css").mkdir()
    for name in ("css/own.css", "other.css"):
        (tmp_path / "static" / name).write_text("/* Why so. */\n.a { color: red }\n")
    collected()
    (own,) = (tmp_path / "served" / "css").glob("own.*.css")
    (other,) = (tmp_path / "served").glob("other.*.css")
    assert own.read_text() == ".a { color: red }\n"
    assert other.read_text() == "/* Why so. */\n.a { color: red }\n"


def test_any_other_absent_file_still_stops_the_collection(collected, tmp_path):
    sheet = "body { background: url(absent.png); }"
    (tmp_path / "static" / "site.css").write_text(sheet, encoding="utf-8")
    with pytest.raises(ValueError, match=r"absent\.png"):
        collected()
