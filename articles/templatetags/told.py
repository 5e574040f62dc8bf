"""What was logged and noted, in the language of whoever reads it."""

from __future__ import annotations

from django import template
from django.contrib.admin.models import LogEntry
from django.utils.html import format_html

from articles.actions.log import told
from articles.captures.sentences import Filled, sentences_of
from articles.templatetags.held import said

register = template.Library()


@register.filter
def deed(entry: LogEntry) -> str:
    """What an entry of the log says, as HTML: our own deed with its note, Django's list of the
    boxes that were changed, or a line of an older version as it was written.
    """
    if line := told(entry.change_message):
        return format_html("{} <bdi>{}</bdi>", line.sentence, line.note)
    return format_html("<bdi>{}</bdi>", entry.get_change_message())


@register.filter
def note(stored: str) -> str:
    """The note beside a revision: a person's as it was typed, the newsroom's own translated."""
    if line := told(stored):
        return str(line)
    first, *more = sentences_of(stored) or [""]
    return said(first) if isinstance(first, Filled) and not more else stored
