"""Forget the second factor of an account whose owner has lost the phone and the recovery codes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions import Refused
from articles.actions.second_factor import reset_second_factor


class Command(BaseCommand):
    help = (
        "Forget the authenticator app and the recovery codes of an account. Its sessions end, and "
        "the next login with the password sets up new ones."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name that the account logs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        try:
            user = User.objects.get(username=name)
            reset_second_factor(user=user)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account called '{name}'.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write(f"The next login of '{name}' sets up two-step login anew.")
