"""Style sheets serve both directions and three scripts with one set of rules."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings

from tests.factories import load_languages, make_article, make_section
from tests.views.pages import CODES

SHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))


def rules(sheet) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_knows_left_from_right(sheet):
    physical = r"\b(left|right)\b|(margin|padding|border)-(top|bottom)\b"
    assert re.findall(physical, rules(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched_from_another_host(sheet):
    assert re.findall(r"url\(\s*['\"]?(?:https?:)?//", rules(sheet)) == []
    assert "@import" not in rules(sheet)


def test_letters_are_spaced_slanted_and_capitalised_only_through_what_scripts_can_turn_off():
    sheet = rules(settings.BASE_DIR / "static" / "css" / "newsroom.css")
    for name in ("letter-spacing", "font-style", "text-transform"):
        values = set(re.findall(rf"[;{{\s]{name}:\s*([^;]+);", sheet))
        assert all(value.startswith("var(--") for value in values), name
    assert "justify;" not in re.sub(r"justify-[a-z]+:[^;]*;", "", sheet)


@pytest.mark.parametrize("code", CODES)
def test_a_full_page_and_its_styles_weigh_less_than_fourteen_kilobytes(db, client, code):
    load_languages()
    for section in [make_section(language=code) for _number in range(6)]:
        for number in range(8):
            headline = " ".join(f"{section.slug} {number} {word}" for word in range(5))
            article = make_article(language=code, section=section, headline=headline)
    styles = b"".join(sheet.read_bytes() for sheet in SHEETS)
    for path in (f"/{code}/", f"/{code}/latest/", article.get_absolute_url()):
        html = client.get(path).content
        assert len(gzip.compress(html)) + len(gzip.compress(styles)) <= 14 * 1024, path
