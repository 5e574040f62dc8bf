"""What drafts cost a form, a list and an open page: for many people no more than for one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.views.due import last_look
from tests.admin.desk import form_of, sit_down
from tests.admin.drafts import LIST, tell
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def count(client: Client, address: str) -> int:
    last_look.at = timezone.now()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_form_asks_one_question_more_however_many_are_here() -> None:
    article, client = make_article(status="draft"), sit_down()
    form_of_nothing = count(client, form_of(article))
    for _number in range(5):
        tell(sit_down(), article, tab=uuid4(), data={"headline": "Typed"})

    assert count(client, form_of(article)) == form_of_nothing


def test_a_list_asks_one_question_however_many_are_here() -> None:
    client = sit_down()
    articles = [make_article(status="draft") for _number in range(5)]
    nobody = count(client, LIST)
    for article in articles:
        tell(client, article, tab=uuid4(), data={"headline": "Typed"})
        tell(sit_down(), article, tab=uuid4(), data={"headline": "Typed"})

    assert count(client, LIST) == nobody


def test_a_beat_of_an_open_page_costs_little() -> None:
    article, client = make_article(status="draft"), sit_down()
    tell(client, article)
    with time_machine.travel(timezone.now() + timedelta(seconds=15)):  # noqa: SIM117
        with CaptureQueriesContext(connection) as asked:
            tell(client, article)

    assert len(asked) <= 9
