"""What a newsroom does, one verb a function: keyword-only, atomic, logged.

The admin's buttons, its bulk actions, the commands and the tests all call these same functions, so
that no way of publishing knows less than another.
"""

from __future__ import annotations

from articles.actions.change import (
    accept_change,
    apply_due,
    cancel_change,
    decline_change,
    propose_change,
    schedule_change,
    settle_change,
)
from articles.actions.correction import add_notice, take_back_notice
from articles.actions.draft import drop_draft, keep_draft, leave_draft, take_draft
from articles.actions.event import drop_event, set_event
from articles.actions.incoming import (
    accept_capture,
    join_variant,
    mark_duplicate,
    reject_capture,
    reopen_capture,
    split_article,
)
from articles.actions.joining import link_translations
from articles.actions.meanwhile import changed_since
from articles.actions.message import receive_message, settle_message, tell_desks
from articles.actions.page import order_pages
from articles.actions.picture import add_picture, change_picture, remove_picture
from articles.actions.poll import cast_vote, save_poll
from articles.actions.recording import drop_recording, set_recording
from articles.actions.refusal import Refused
from articles.actions.rendition import make_renditions
from articles.actions.revision import merge_edit, revert, said_at, save_revision, was_seen
from articles.actions.sharing import share_preview
from articles.actions.standing import leave_standing
from articles.actions.translation import catch_up, start_translation
from articles.actions.workflow import (
    TRANSITIONS,
    mark_published,
    publish,
    restore,
    return_to_draft,
    submit,
    withdraw,
)

__all__ = [
    "TRANSITIONS",
    "Refused",
    "accept_capture",
    "accept_change",
    "add_notice",
    "add_picture",
    "apply_due",
    "cancel_change",
    "cast_vote",
    "catch_up",
    "change_picture",
    "changed_since",
    "decline_change",
    "drop_draft",
    "drop_event",
    "drop_recording",
    "join_variant",
    "keep_draft",
    "leave_draft",
    "leave_standing",
    "link_translations",
    "make_renditions",
    "mark_duplicate",
    "mark_published",
    "merge_edit",
    "order_pages",
    "propose_change",
    "publish",
    "receive_message",
    "reject_capture",
    "remove_picture",
    "reopen_capture",
    "restore",
    "return_to_draft",
    "revert",
    "said_at",
    "save_poll",
    "save_revision",
    "schedule_change",
    "set_event",
    "set_recording",
    "settle_change",
    "settle_message",
    "share_preview",
    "split_article",
    "start_translation",
    "submit",
    "take_back_notice",
    "take_draft",
    "tell_desks",
    "was_seen",
    "withdraw",
]
