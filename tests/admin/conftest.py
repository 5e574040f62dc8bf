"""What tests of the desk are given: an article that two people have before them."""

from __future__ import annotations

import pytest

from tests.admin.conflicts import Two
from tests.factories import make_article


@pytest.fixture
def two() -> Two:
    return Two(make_article(status="draft", headline="First", standfirst="Begun"))
