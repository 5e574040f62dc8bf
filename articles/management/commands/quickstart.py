"""From an installed clone to a site that serves: the part of ``make run`` that needs Django.

Each step looks before it writes. A second run changes no row that is there, and an editor's work on
languages, sources and sections is never overwritten by a fixture.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from articles.caching import renew_pages
from articles.management.beside import place_beside
from articles.management.layouts import fill_layouts
from articles.models import Article, Capture, Language
from newsroom import env, lock
from newsroom.database import require_database
from newsroom.secret import require_secret

FIXTURES = ("languages", "sources", "sections")
CAPTURES = ("seeds", "samples")
SAMPLES = ("contacts", "polls")
"""What a newsroom replaces with its own, and so is not brought again at a later start."""


class Command(BaseCommand):
    help = "Prepares the database, loads the fixtures and captures that come along, and serves."
    # The catalogues that a check asks for are compiled here.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=env.number("PORT", 8000, most=65535),
            help="Port on 127.0.0.1 (default: the variable PORT, else 8000).",
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="Prepare everything and serve nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_serving = not options["no_serve"]
        require_database()
        if is_serving:
            require_server()
        with lock.held(settings.DATA_DIR / "preparing.lock", self.report_wait):
            call_command("compile_catalogues", stdout=self.stdout)
            self.check()
            prepare(self.verbosity_of(options))
            self.report_password(create_editor())
        if is_serving:
            require_free_port(options["port"])
        self.report_addresses(options["port"])
        if is_serving:
            self.stdout.flush()
            serve(options["port"])

    def report_wait(self) -> None:
        self.stdout.write("Another start is preparing this newsroom; this one waits for it to end.")
        self.stdout.flush()

    def verbosity_of(self, options: dict[str, Any]) -> int:
        """Keep the commands that this one calls quiet, unless it was asked to be loud itself."""
        return max(0, int(options["verbosity"]) - 1)

    def report_password(self, password: str | None) -> None:
        if password:
            self.stdout.write(f"Editor's name: editor    Password (shown only now): {password}")
        if password and settings.SECOND_FACTOR:
            self.stdout.write("Its first login sets up an authenticator app on your phone.")

    def report_addresses(self, port: int) -> None:
        site = f"http://127.0.0.1:{port}"
        for language in Language.objects.order_by("position"):
            live = Article.objects.live().in_language(language.code).count()
            self.stdout.write(f"{site}/{language.code}/  {language.endonym}: {live}")
        self.stdout.write(f"{site}/admin/  the editors' desk")


def require_server() -> None:
    """Raise ImproperlyConfigured for a variable that gunicorn would refuse after all the work."""
    require_secret()
    import_module("newsroom.gunicorn")


def require_free_port(port: int) -> None:
    """Raise CommandError when something serves on this port of this computer already."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # As gunicorn will open it.
        try:
            listener.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} is in use or not open to you: stop the program that uses it, or "
                "choose another, as in 'make run PORT=8001'."
            ) from error


def prepare(verbosity: int) -> None:
    """Bring tables, static files, fixtures and captures up to date."""
    call_command("migrate", verbosity=verbosity, interactive=False)
    collect_static()
    for name in FIXTURES:
        create_missing_rows(settings.BASE_DIR / "fixtures" / f"{name}.json")
    folders = [str(settings.BASE_DIR / "fixtures" / name) for name in CAPTURES]
    is_first = not Capture.objects.exists()  # Later, a line for each unchanged file says nothing.
    for name in SAMPLES if is_first else ():
        create_missing_rows(settings.BASE_DIR / "fixtures" / f"{name}.json")
    call_command("load_captures", *folders, publish=True, verbosity=int(is_first))
    if is_first:
        place_beside(settings.BASE_DIR / "fixtures" / "beside")
        fill_layouts(settings.BASE_DIR / "fixtures" / "layouts.json")


def create_missing_rows(fixture: Path) -> int:
    """Create the fixture's rows that the database lacks and return how many those were.

    A row is known by its primary key, or by its natural key where the fixture gives no primary key.
    """
    created = 0
    with transaction.atomic():
        for row in serializers.deserialize("json", fixture.read_text(encoding="utf-8")):
            known = type(row.object)._default_manager.filter(pk=row.object.pk)
            if row.object.pk is None or not known.exists():
                row.save()
                created += 1
        if created:
            renew_pages()
    return created


def collect_static() -> bool:
    """Collect the static files unless what was collected last is what there is; tell if it was."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".digest")
    digest = static_digest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return False
    # Anew, because collectstatic keeps what is younger than its source, changed or not.
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest, encoding="ascii")
    return True


def static_digest() -> str:
    """Return a digest over path, size and time of every static file, and the storage they go to."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def create_editor() -> str | None:
    """Create a superuser called ``editor`` and return the password, unless there is a superuser."""
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser("editor", password=password)
    return password


def serve(port: int) -> None:
    """Become gunicorn, serving on ``port`` of this computer only; does not return."""
    connections.close_all()
    os.environ["BIND"] = f"127.0.0.1:{port}"
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.chdir(settings.BASE_DIR)
    gunicorn = ["-m", "gunicorn", "--config", "python:newsroom.gunicorn", "newsroom.wsgi"]
    os.execv(sys.executable, [sys.executable, *gunicorn])  # noqa: S606  No shell: a list of words.
