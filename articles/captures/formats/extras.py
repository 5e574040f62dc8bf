"""The libraries that read these formats: the extra “archive”, which the core does without."""

from __future__ import annotations

import importlib
from types import ModuleType


class MissingExtra(ImportError):
    """A format's library is not installed; the message is a sentence that says how to get it."""


def library(name: str, noun: str) -> ModuleType:
    """The module ``name``, which reads ``noun`` (such as "a saved HTML page").

    Raises MissingExtra when it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtra(
            f"To read {noun}, run “make archive”, or install requirements/archive.txt: the "
            f"package {name.partition('.')[0]} is not here."
        ) from error
