#!/usr/bin/env python3
"""The one door to the newsroom's commands: ``python manage.py help`` lists them."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    # Starting makes a hundred thousand objects to keep and next to no garbage: looking for it as
    # often as Python does takes a sixth of the time.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
    except ImportError:
        sys.exit(
            "Django is not installed for this Python. Run 'make install' and use .venv/bin/python."
        )
    try:
        run(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    finally:
        gc.freeze()  # What is left goes with the process: to look through it takes 0.2 s.


def run(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(arguments)
    except OperationalError:
        from newsroom.database import require_database

        require_database()
        raise  # The database answers, so that was not it.


if __name__ == "__main__":
    main()
