"""What a file of sound or video is, by its content and not its name; and how long it lasts."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable
from enum import Enum
from typing import Any, BinaryIO, NamedTuple

from mutagen import MutagenError
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

CHUNK = 1 << 20
HEAD = 1 << 16
LARGEST_INDEX, MOST_BOXES = 16 * CHUNK, 1_000
"""Of an MP4 file: what its tracks are is told in it, of hours of video in no more than this."""
FAULTS = (
    *(MutagenError, ValueError, LookupError, ArithmeticError, EOFError, struct.error),
    *(TypeError, AttributeError, RuntimeError, MemoryError),
)
"""What mutagen's readers raise for broken files; none of them says more than that."""
LONGEST = 48 * 3600
"""Of what is told as a length, in seconds: a damaged file may claim years."""


class Reason(Enum):
    """Why a file is no recording for this site."""

    EMPTY = "empty"
    HEAVY = "heavy"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"


class UnfitRecording(ValueError):
    """A file that readers could not play. ``most`` is the limit in bytes that it is past."""

    def __init__(self, reason: Reason, most: int = 0) -> None:
        super().__init__(reason.value)
        self.reason, self.most = reason, most


class Kind(NamedTuple):
    """A kind of file that browsers play: its media type, the end of its name, and what tells its
    length.
    """

    media_type: str
    extension: str
    measure: Callable[..., Any] | None = None

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")


KINDS = {
    "mp3": Kind("audio/mpeg", "mp3", MP3),
    "m4a": Kind("audio/mp4", "m4a", MP4),
    "opus": Kind("audio/ogg", "ogg", OggOpus),
    "vorbis": Kind("audio/ogg", "ogg", OggVorbis),
    "flac": Kind("audio/flac", "flac", FLAC),
    "wav": Kind("audio/wav", "wav", WAVE),
    "weba": Kind("audio/webm", "webm"),
    "mp4": Kind("video/mp4", "mp4", MP4),
    "webm": Kind("video/webm", "webm"),
}
MEDIA_TYPES = tuple(dict.fromkeys(kind.media_type for kind in KINDS.values()))
EXTENSIONS = tuple(dict.fromkeys(kind.extension for kind in KINDS.values()))


class Found(NamedTuple):
    """A file that may be played: ``seconds`` is None where the file does not tell its length."""

    media_type: str
    extension: str
    is_video: bool
    size: int
    sha256: str
    seconds: int | None


def read(file: BinaryIO, most: int) -> Found:
    """Tell what ``file`` is, which can be sought in. Raises UnfitRecording for what is none, for
    what is damaged and for more than ``most`` bytes.
    """
    file.seek(0, 2)
    size = file.tell()
    if size == 0:
        raise UnfitRecording(Reason.EMPTY)
    if size > most:
        raise UnfitRecording(Reason.HEAVY, most)
    kind = kind_of(file)
    if kind is None:
        raise UnfitRecording(Reason.UNKNOWN)
    seconds = _seconds(kind, file)
    return Found(kind.media_type, kind.extension, kind.is_video, size, _digest(file), seconds)


def kind_of(file: BinaryIO) -> Kind | None:
    """Return the kind of a file by its first bytes, by its tracks where these tell too little."""
    file.seek(0)
    head = file.read(HEAD)
    name = ""
    if head[4:8] == b"ftyp":
        name = "mp4" if _has_picture(file) else "m4a"
    elif head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:64]:
        name = "webm" if re.search(rb"V_(?:VP8|VP9|AV1)", head) else "weba"
    elif head[:4] == b"OggS":
        name = (
            "opus" if b"OpusHead" in head[:64] else "vorbis" if b"\x01vorbis" in head[:64] else ""
        )
    elif head[:4] == b"fLaC":
        name = "flac"
    elif head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        name = "wav"
    elif head[:3] == b"ID3" or _is_frame(head):
        name = "mp3"
    return KINDS.get(name)


def _is_frame(head: bytes) -> bool:
    """Whether bytes begin with a frame of MPEG audio, layer III (ISO/IEC 11172-3, 2.4.1.3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in {0, 15} and head[2] >> 2 & 3 != 3


def _has_picture(file: BinaryIO) -> bool:
    """Whether an MP4 file has a track to be seen: a handler called "vide"."""
    return re.search(rb"hdlr.{8}vide", index_of(file)[1], re.DOTALL) is not None


def index_of(file: BinaryIO) -> tuple[int, bytes]:
    """Return where the index of an MP4 file ("moov", ISO/IEC 14496-12) lies, and what it holds;
    nothing for a file that has none. Raises UnfitRecording for one that is built to take long.
    """
    at = 0
    for _box in range(MOST_BOXES):
        file.seek(at)
        head = file.read(16).ljust(16, b"\0")
        size, name, large = struct.unpack(">I4sQ", head)
        size = large if size == 1 else size
        if name == b"moov":
            file.seek(at)
            index = file.read(min(size, LARGEST_INDEX + 1))
            if len(index) > LARGEST_INDEX:
                raise UnfitRecording(Reason.DAMAGED)
            return at, index
        if size < 8:
            return 0, b""
        at += size
    raise UnfitRecording(Reason.DAMAGED)


def _seconds(kind: Kind, file: BinaryIO) -> int | None:
    if kind.measure is None:
        return None
    file.seek(0)
    try:
        length = float(kind.measure(fileobj=file).info.length)
    except FAULTS as error:
        raise UnfitRecording(Reason.DAMAGED) from error
    if not 0 < length <= LONGEST:
        raise UnfitRecording(Reason.DAMAGED)
    return max(1, round(length))


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
