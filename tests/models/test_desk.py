"""A desk has each of its members once, in a role that it knows."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Desk
from tests.factories import make_desk, make_language, make_member

pytestmark = pytest.mark.django_db


def test_a_person_has_one_role_at_each_desk() -> None:
    member = make_member("en", "writer")
    make_desk(member, "ur", "publisher")

    twice = Desk(user_id=member.pk, language=make_language("en"), role=Desk.Role.EDITOR)
    with pytest.raises(ValidationError, match="This person has a role at that desk already"):
        twice.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
    assert Desk.objects.of(member).count() == 2


def test_the_database_knows_three_roles() -> None:
    chief = Desk(user_id=make_member().pk, language=make_language("ur"), role=4)
    with pytest.raises(ValidationError, match="Choose a role from the list"):
        chief.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        chief.save()


def test_membership_ends_with_the_account() -> None:
    make_member().delete()
    assert not Desk.objects.exists()
