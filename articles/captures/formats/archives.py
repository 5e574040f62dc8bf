"""Archives: each member of a .zip, .tar or .gz, one after the other and within limits.

Nothing is written to a disk. A member is refused with a sentence when its name leaves the archive,
when it is a link or a device, when it is too large, or when it unpacks to far more than it was; the
archive itself is no document and is not stored, its members are.
"""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from articles.captures.files import MAX_BYTES
from articles.captures.manifest import NAME

from .detect import HEAD, Format, detect
from .document import Document

DAMAGE = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    MemoryError,
)
"""What the standard library raises on damaged archives; all of it is the file's fault here."""

SUFFIXES = frozenset(
    ".txt .text .html .htm .xhtml .shtml .xml .rss .atom .rdf .json".split()
    + ".warc .gz .tgz .zip .tar".split()
)
"""Names of files that may hold captures; a saved page's pictures and scripts have others."""


_STEP = 512


class TooMuch(Exception):
    """An archive passes a limit; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far archives are followed.

    ``members`` of one archive; ``member`` bytes of one member; ``total`` bytes unpacked from one
    archive, and ``ratio`` times its own size, but never less than ``floor``; ``depth`` of archives
    within archives.
    """

    members: int = 200_000
    member: int = MAX_BYTES
    total: int = 8 * 1024**3
    ratio: int = 250
    floor: int = 4 * 1024**2
    depth: int = 3

    def allowed(self, packed: int) -> int:
        """Bytes that an archive of ``packed`` bytes may unpack to."""
        return min(self.total, max(self.floor, packed * self.ratio))


class Metered(io.RawIOBase):
    """A stream that is being unpacked, which stops with TooMuch at ``allowed`` bytes."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, allowed: int, most: int) -> None:
        self.stream, self.allowed, self.most = stream, allowed, most

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        target = offset + (self.tell() if whence == 1 else 0)
        if whence == 2 or target > self.allowed:
            raise TooMuch("It unpacks to far more than an archive of pages does.")
        return self.stream.seek(target)

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0 or size > self.most:
            size = self.most + 1
        found = self.stream.read(size)
        if self.tell() > self.allowed or len(found) > self.most:
            raise TooMuch("It unpacks to far more than an archive of pages does.")
        return found


def problem(name: str, sentence: str, raw: bytes = b"") -> Document:
    """A document that could not be taken, and why."""
    return Document(name, raw, "application/octet-stream", problem=sentence)


@contextmanager
def _told(problems: list[str], noun: str) -> Iterator[None]:
    try:
        yield
    except TooMuch as error:
        problems.append(f"The {noun} is not read to its end: {error}")
    except DAMAGE as error:
        told = " ".join(str(error).split())[:120] or type(error).__name__
        problems.append(f"The {noun} is damaged ({told}). Fetch it again.")


def size_of(file: BinaryIO) -> int:
    """Bytes in a file; it is left at its start."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


Member = tuple[str, bytes, str]
"""A member's name, its bytes, and the sentence why there are none."""


def members(file: BinaryIO, kind: Format, name: str, limits: Limits) -> Iterator[Member]:
    """The members of an archive, in its own order; what follows damage is lost, with a sentence."""
    read = {"zip": _zip, "tar": _tar, "gzip": _gzip}[kind]
    problems: list[str] = []
    count = 0
    with _told(problems, f"{kind} archive"):
        for member in read(file, name, limits):
            count += 1
            if count > limits.members:
                raise TooMuch(f"It holds more than {limits.members} files.")
            yield member
    yield from (("", b"", sentence) for sentence in problems)


def peek(file: BinaryIO) -> Format:
    """What a gzip stream holds: "tar", "warc", or whatever else its first bytes say."""
    problems: list[str] = []
    head = b""
    file.seek(0)
    with _told(problems, "gzip"), gzip.GzipFile(fileobj=file) as stream:
        while len(head) < HEAD and (more := stream.read(_STEP)):
            head += more  # In small steps: a stream that is cut short still gives its beginning.
    file.seek(0)
    return detect(head)


def counts(name: str) -> bool:
    """Whether a member may be a capture: as in a folder, neither hidden nor of another kind."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    suffix = suffix_of(last)
    return not last.startswith(".") and (not suffix or suffix in SUFFIXES)


def suffix_of(name: str) -> str:
    """The ending of a file's name in small letters, with its dot: "" for one that has none."""
    stem, _dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and ending else ""


def refusal(name: str) -> str:
    """Why a member of this name is refused, or ``""``."""
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or ".." in parts or ":" in parts[0] or "\x00" in name:
        return "Its name leads out of the archive; rename it there."
    if parts[-1] == NAME:
        return f"A {NAME} inside an archive is not read; put it beside the archive."
    return ""


def shown(name: str) -> str:
    """A member's name as valid text."""
    return "".join(char if char.isprintable() else "?" for char in name)[:200]


def _zip(file: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    allowed = limits.allowed(size_of(file))
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.is_dir() or not counts(info.filename):
                continue
            sentence = refusal(info.filename) or _zip_refusal(info, limits)
            raw = b""
            if not sentence:
                raw, sentence = _zip_member(archive, info, limits)
            allowed -= len(raw)
            if allowed < 0:
                raise TooMuch("It unpacks to far more than an archive of pages does.")
            yield shown(info.filename), raw, sentence


def _zip_refusal(info: zipfile.ZipInfo, limits: Limits) -> str:
    if info.flag_bits & 1:
        return "It is encrypted; unpack the archive with its password first."
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "It is a link or a device, not a file."
    return _size_refusal(info.file_size, limits)


def _size_refusal(size: int, limits: Limits) -> str:
    if size > limits.member:
        return too_large(limits)
    return ""


def too_large(limits: Limits) -> str:
    """What to say of a file past the size of a member."""
    kilobytes = limits.member // 1024
    told = f"{kilobytes // 1024} MB" if kilobytes >= 1024 else f"{kilobytes} kB"
    return f"It is larger than {told}, which no page is. Split it into one file a page."


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits
) -> tuple[bytes, str]:
    problems: list[str] = []
    raw = b""
    with _told(problems, "file"), archive.open(info) as stream:
        raw = stream.read(limits.member + 1)
        if len(raw) > max(limits.floor, limits.ratio * max(1, info.compress_size)):
            raise TooMuch("It unpacks to far more than a page does.")
        if len(raw) > limits.member:
            raise TooMuch("It is larger than any page.")
    return (b"", problems[0]) if problems else (raw, "")


def _tar(file: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    size = size_of(file)
    yield from _tar_members(Metered(file, size, max(limits.member, 1)), limits)


def _tar_members(stream: Metered, limits: Limits) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r:", errorlevel=1) as archive:
        while (info := archive.next()) is not None:
            vars(archive)["members"].clear()  # Else each member's header stays in memory.
            if info.isdir() or not counts(info.name):
                continue
            name = shown(info.name)
            if not info.isreg():
                yield name, b"", "It is a link or a device, not a file."
                continue
            sentence = refusal(info.name) or _size_refusal(info.size, limits)
            if sentence or info.issparse():
                yield name, b"", sentence or "It is a sparse file, which no page is."
                continue
            found = archive.extractfile(info)
            raw = found.read(limits.member + 1) if found else b""
            if len(raw) != info.size:
                raise TooMuch("It breaks off inside a file.")
            yield name, raw, ""


def _gzip(file: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    allowed = limits.allowed(size_of(file))
    inner = peek(file)
    with gzip.GzipFile(fileobj=file) as unpacked:
        if inner == "tar":
            yield from _tar_members(Metered(unpacked, allowed, limits.member), limits)
            return
        raw = Metered(unpacked, allowed, limits.member).read()
    stem = PurePosixPath(name).name.removesuffix(".gz")
    yield stem or "file", raw, ""
