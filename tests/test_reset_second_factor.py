"""The command for whoever lost the phone and the recovery codes, and has no superuser to ask."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.admin.accounts import give_app, is_inside, signed_in
from tests.factories import make_editor

pytestmark = pytest.mark.django_db


def run(name: str) -> str:
    printed = StringIO()
    call_command("reset_second_factor", name, stdout=printed)
    return printed.getvalue()


def test_next_login_sets_the_app_up_anew(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    user = make_editor(username="editor")
    client = signed_in(user, give_app(user)[0])

    assert run("editor") == "The next login of 'editor' sets up two-step login anew.\n"

    assert not is_inside(client)


def test_account_without_an_app_or_without_a_name_is_refused_in_a_sentence() -> None:
    make_editor(username="editor")

    with pytest.raises(CommandError, match="“editor” has not set up two-step login"):
        run("editor")
    with pytest.raises(CommandError, match="There is no account called 'nobody'"):
        run("nobody")
