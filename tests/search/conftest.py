"""What every test of the search has: a database with the three editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import load_languages

if TYPE_CHECKING:
    from articles.models import Language


@pytest.fixture(autouse=True)
def editions(db) -> dict[str, Language]:
    return load_languages()
