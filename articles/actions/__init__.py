"""What a newsroom does, one verb a function: keyword-only, atomic, logged.

The admin's buttons, its bulk actions, the commands and the tests all call these same functions, so
that no way of publishing knows less than another.
"""

from __future__ import annotations

from articles.actions.correction import add_notice
from articles.actions.refusal import Refused
from articles.actions.translation import link_translations
from articles.actions.workflow import (
    TRANSITIONS,
    mark_published,
    publish,
    restore,
    return_to_draft,
    submit,
    was_seen,
    withdraw,
)

__all__ = [
    "TRANSITIONS",
    "Refused",
    "add_notice",
    "link_translations",
    "mark_published",
    "publish",
    "restore",
    "return_to_draft",
    "submit",
    "was_seen",
    "withdraw",
]
