"""The newsroom that captures are loaded into."""

from __future__ import annotations

import pytest

from articles.models import Source
from tests.factories import make_language, make_section, make_source


@pytest.fixture
def gazette() -> Source:
    """Three languages, a section and one source whose slug is ``gazette``."""
    for code in ("en", "ur", "sd"):
        make_language(code)
    make_section(slug="news", title="News")
    return make_source(slug="gazette", name="A newspaper")
