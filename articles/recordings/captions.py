"""Captions in WebVTT (https://www.w3.org/TR/webvtt1/): checked line by line, and written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

MOST_CHARACTERS = 400_000
"""Three hours of speech come to a third of that."""
SIGNATURE = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?")
_STAMP = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"{_STAMP}[ \t]+-->[ \t]+{_STAMP}((?:[ \t]+[a-z]+:[\w%,.-]+)*)[ \t]*")
_OTHER_FORM = re.compile(r"\d{1,2}:\d{2}:\d{2},\d{3} *-->")
SILENT = ("NOTE", "STYLE", "REGION")
"""Blocks that say nothing to a viewer; how captions look is the reader's own choice."""


class Fault(Enum):
    """Why a text is no captions."""

    LONG = "long"
    SUBRIP = "subrip"
    SIGNATURE = "signature"
    TIMING = "timing"
    BACKWARDS = "backwards"
    EMPTY = "empty"


class UnfitCaptions(ValueError):
    """A text that browsers would not show as it is meant. ``line`` counts from 1."""

    def __init__(self, fault: Fault, line: int = 1) -> None:
        super().__init__(f"{fault.value} in line {line}")
        self.fault, self.line = fault, line


def checked(text: str) -> str:
    """Return captions with nothing but their cues, or raise UnfitCaptions."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(text) > MOST_CHARACTERS:
        raise UnfitCaptions(Fault.LONG)
    if _OTHER_FORM.search(text[:1_000]):
        raise UnfitCaptions(Fault.SUBRIP)
    if not SIGNATURE.fullmatch(lines[0]):
        raise UnfitCaptions(Fault.SIGNATURE)
    cues = [_cue(number, block) for number, block in _blocks(lines)]
    found = [cue for cue in cues if cue]
    if not found:
        raise UnfitCaptions(Fault.EMPTY, len(lines))
    return "\n\n".join(["WEBVTT", *found]) + "\n"


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The parts between empty lines after the first one, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines[1:], ""], 2):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> str:
    """A cue as it is kept; nothing for a block that is none."""
    if block[0].split(maxsplit=1)[0] in SILENT and "-->" not in block[0]:
        return ""
    place = 0 if "-->" in block[0] else 1
    timing = _TIMING.fullmatch(block[place].strip()) if len(block) > place else None
    if timing is None or any("-->" in line for line in block[place + 1 :]):
        raise UnfitCaptions(Fault.TIMING, number + min(place, len(block) - 1))
    if _seconds(timing, 1) >= _seconds(timing, 5):
        raise UnfitCaptions(Fault.BACKWARDS, number + place)
    said = [line.strip() for line in block[place + 1 :]]
    return "\n".join([timing[0].strip(), *said]) if said else ""


def _seconds(timing: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (int(timing[first + n] or 0) for n in range(4))
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
