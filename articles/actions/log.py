"""What is logged: stored as a key and its parts, told in the language of whoever reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext_lazy as _

from articles.models import Message
from articles.text.bidi import isolate

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model
    from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {
    # Steps of the workflow, by their names.
    "submit": _("Submitted for review."),
    "return": _("Returned to the writer."),
    "publish": _("Published."),
    "withdraw": _("Withdrawn."),
    "restore": _("Restored as a draft."),
    "leave_standing": _("It stays before readers."),
    "share_preview": _("Made an address for a preview outside."),
    # Notices, by their kinds.
    "correction": _("Correction added."),
    "clarification": _("Clarification added."),
    "update": _("Update added."),
    "take_back_notice": _("Notice taken back."),
    # Changes that wait.
    "propose_change": _("Change proposed."),
    "schedule_change": _("Change scheduled."),
    "cancel_change": _("Scheduled change cancelled."),
    "decline_change": _("Change declined."),
    "accept_change": _("Change accepted."),
    "apply_change": _("Changed as scheduled."),
    # Stories.
    "link_translations": _("Joined as one story."),
    "start_translation": _("Translation of “%(headline)s” started."),
    "catch_up": _("Up to date with version %(number)d of the original."),
    # What came in.
    "accept_capture": _("Accepted."),
    "reject_capture": _("Rejected."),
    "mark_duplicate": _("A duplicate of “%(headline)s”."),
    "join_variant": _("A variant of “%(headline)s”."),
    "reopen_capture": _("Waits again."),
    "split_article": _("Split off from “%(headline)s”."),
    **{f"message_{state.value}": state.label for state in Message.State},
    # Accounts.
    "enrol": _("Set up the two-step login."),
    "make_codes": _("Made new recovery codes."),
    "reset_second_factor": _("Reset the two-step login."),
    "unlock": _("Let in again after failed logins."),
    "set_password": _("Set a new password by mail."),
    # Notes that the newsroom writes beside a revision by itself.
    "from_file": _("From %(file)s."),
    "split": _("Split in two."),
    "reverted": _("Text of version %(number)d."),
    "reverted_without_pictures": _(
        "Text of version %(number)d. Without pictures that the library no longer has."
    ),
}
"""What can be logged, by its key. A key that was ever stored stays."""

IN_HISTORY = frozenset(
    {
        *("submit", "return", "publish", "withdraw", "restore", "leave_standing"),
        *("accept_change", "apply_change"),
    }
)
"""Keys of what a revision tells too."""

_OPENING = '[{"deed": '


class Told(NamedTuple):
    """A line as it is read: its key, its sentence and what a person added to it."""

    key: str
    sentence: str
    note: str

    def __str__(self) -> str:
        return f"{self.sentence} {self.note}".strip()


def log(
    rows: Iterable[Model],
    key: str,
    *,
    by: AbstractUser,
    note: str = "",
    flag: int = CHANGE,
    **parts: Any,
) -> None:
    """Log that ``by`` did ``key`` to ``rows``; ``parts`` go into its sentence of ``SENTENCES``."""
    LogEntry.objects.log_actions(by.pk, rows, flag, line(key, note, **parts))


def line(key: str, note: str = "", **parts: Any) -> str:
    """What is stored of a sentence of ``SENTENCES``: JSON of the shape that Django's own lines
    have. ``parts`` are texts and numbers.
    """
    # As letters, so that whoever searches the table finds them.
    return json.dumps([{"deed": {"key": key, "parts": parts, "note": note}}], ensure_ascii=False)


def told(stored: str) -> Told | None:
    """What ``line`` has stored, in the active language; None for any other text."""
    if not stored.startswith(_OPENING):
        return None
    try:
        deed = json.loads(stored)[0]["deed"]
        parts = {name: _apart(part) for name, part in deed["parts"].items()}
        return Told(deed["key"], str(SENTENCES[deed["key"]]) % parts, str(deed["note"]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # Somebody typed what begins like one.


def _apart(part: Any) -> Any:
    return isolate(part) if isinstance(part, str) else part
