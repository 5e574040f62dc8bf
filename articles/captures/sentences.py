"""Sentences for an editor: English here, in the desk's own language where the desk shows them.

A sentence without parts is its own key in the translators' catalogues. One with named parts is
:class:`Filled`, which reads as English and remembers what it was filled with. Stored, either is one
line of text, so that it can be said in another language later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from articles.text.normal import drop_controls

_SAYS, _PARTS = "says", "parts"


def _(sentence: str) -> str:
    """Mark ``sentence`` for the translators. It is translated where it is shown, by Django."""
    return sentence


class Filled(str):
    """``template`` with its parts in their places, in English.

    A part is text, a date in ISO 8601, or a list of such, of which one holds. It is quoted from a
    capture or a code, and is in no language of the desk.
    """

    template: str
    parts: Mapping[str, str | list[str]]

    def __new__(cls, template: str, **parts: str | list[str]) -> Filled:
        told = {name: _clean(part) for name, part in parts.items()}
        shown = {
            name: " or ".join(part) if isinstance(part, list) else part
            for name, part in told.items()
        }
        self = super().__new__(cls, template % shown)
        self.template, self.parts = template, told
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _refilled, (self.template, dict(self.parts))


def _refilled(template: str, parts: Mapping[str, str | list[str]]) -> Filled:
    return Filled(template, **parts)


def _clean(part: str | list[str]) -> str | list[str]:
    return [drop_controls(one) for one in part] if isinstance(part, list) else drop_controls(part)


def as_line(sentence: str) -> str:
    """``sentence`` as one line to be stored."""
    if isinstance(sentence, Filled):
        return json.dumps({_SAYS: sentence.template, _PARTS: sentence.parts}, ensure_ascii=False)
    return sentence


def sentences_of(stored: str) -> list[str]:
    """The sentences of lines that were stored; a line that was not made here is itself one."""
    return [_from_line(line) for line in stored.split("\n") if line]


def _from_line(line: str) -> str:
    if not line.startswith(f'{{"{_SAYS}": '):
        return line
    try:
        stored = json.loads(line)
        return Filled(stored[_SAYS], **stored[_PARTS])
    except (ValueError, TypeError, KeyError):
        return line
