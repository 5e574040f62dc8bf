"""Style sheets lose what is written for their writers, and nothing that a browser reads."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from newsroom.styles import OURS, lean

SHEETS = sorted((settings.BASE_DIR / "static" / OURS).glob("*.css"))


def test_comments_indentation_and_empty_lines_go():
    sheet = (
        b"/* Why\n   so. */\n\n.a {\n  color: red; /* here */\n}\n\n/**/\n.b > .c { margin: 0 }\n"
    )
    assert lean(sheet) == b".a {\ncolor: red;\n}\n.b > .c { margin: 0 }\n"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_string_and_no_address_of_our_sheets_holds_the_signs_of_a_comment(sheet):
    text = sheet.read_text(encoding="utf-8")
    quoted = re.findall(
        r"\"[^\"\n]*\"|'[^'\n]*'|url\([^)]*\)", re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    )
    assert not [each for each in quoted if "/*" in each or "*/" in each]
    assert text.count("/*") == text.count("*/")
    assert re.sub(r"\s", "", lean(text.encode()).decode()) == re.sub(
        r"\s|/\*.*?\*/", "", text, flags=re.S
    )
