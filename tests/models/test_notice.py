"""Notices are stored in the spelling of their article, and never without words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Notice
from tests.factories import make_article, make_notice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "given", "stored"),
    [
        ("ur", "  علي كا \u202eنام ", "علی کا نام"),
        ("sd", "علي جو ڪم كيو", "علي جو ڪم كيو"),
        ("en", "Cafe\u0301\r\nsecond line", "Caf\u00e9\nsecond line"),
    ],
)
def test_a_notice_is_spelt_as_its_articles_language_asks(code, given, stored):
    notice = make_notice(make_article(language=code), text=given)
    assert Notice.objects.get(pk=notice.pk).text == stored


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "A notice needs a text."),
        ({"kind": "rumour"}, "Choose a kind of notice from the list."),
    ],
)
def test_the_database_takes_no_notice_that_tells_nothing(wrong, sentence):
    article = make_article()
    fields = {"kind": "correction", "text": "Words", **wrong}
    with pytest.raises(ValidationError, match=sentence):
        Notice(article=article, **fields).validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(article, **fields)


def test_an_article_has_one_notice_of_its_withdrawal_that_stands():
    article = make_article(status="withdrawn")
    make_notice(article, kind="withdrawal", public=False)
    make_notice(article, kind="withdrawal")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(article, kind="withdrawal")
