"""The first look at the files of a load: what their bytes are, and what they teach."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from articles.captures.files import Found, Unreadable
from articles.loader.habits import Sample
from articles.loader.pages import Pages, digest_of
from articles.models import Capture

T = TypeVar("T")
DIGEST = 32
UNREAD = "00" * DIGEST
AT_ONCE = 500


class Seen(NamedTuple):
    """What a look at one document leaves: ``is_text`` says whether it can teach anything."""

    found: Found
    name: str
    sha256: str = ""
    size: int = 0
    is_text: bool = False


class Survey:
    """The SHA-256 and size of every document, 36 bytes each, and a sample of the new ones of each
    source.

    ``counts`` has an entry for each file: how many documents it holds, or 0 for a file that is one
    itself. ``sizes`` has one for each document, in bytes. ``new`` counts the documents that are not
    stored yet. ``source_of`` gives the slug of a document's source, or "", by its file and name.
    ``missing`` is what is left of ``named``, folders and names of documents in archives, once all
    archives that are whole have been looked through.
    """

    def __init__(
        self,
        files: Iterable[Found],
        pages: Pages,
        source_of: Callable[[Found, str], str],
        named: Iterable[tuple[Path, str]] = (),
    ) -> None:
        self.missing = set(named)
        self._digests = bytearray()
        self.counts = array("I")
        self.sizes = array("I")
        self.new = 0
        self.samples: dict[str, Sample] = {}
        for batch in batches(self._look(files, pages), AT_ONCE):
            self._digests += bytes.fromhex("".join(seen.sha256 or UNREAD for seen in batch))
            self.sizes.extend(seen.size for seen in batch)
            known = _known({seen.sha256 for seen in batch})
            for seen in batch:
                if seen.sha256 and seen.sha256 not in known:
                    self.new += 1
                    self._offer(seen, source_of)

    def __len__(self) -> int:
        return len(self._digests) // DIGEST

    def digest(self, number: int) -> str:
        """The SHA-256 of a document by its number, in hex; "" when there is nothing to store."""
        sha256 = self._digests[number * DIGEST : (number + 1) * DIGEST].hex()
        return "" if sha256 == UNREAD else sha256

    def _look(self, files: Iterable[Found], pages: Pages) -> Iterator[Seen]:
        for found in files:
            count, is_itself = 0, False
            for seen in _seen(found, pages):
                count += 1
                is_itself = bool(seen.sha256) and seen.name == found.name
                if self.missing:
                    self._meet(seen)
                yield seen
            self.counts.append(0 if count == 1 and is_itself else count)

    def _meet(self, seen: Seen) -> None:
        """A document is there. A file that is damaged says so itself, for all that it holds."""
        folder = seen.found.folder
        self.missing.discard((folder, seen.name))
        if seen.name == seen.found.name and not seen.sha256:
            inside = f"{seen.found.name}/"
            self.missing = {one for one in self.missing if not _is_below(one, folder, inside)}

    def _offer(self, seen: Seen, source_of: Callable[[Found, str], str]) -> None:
        source = source_of(seen.found, seen.name) if seen.is_text else ""
        if source:
            self.samples.setdefault(source, Sample()).offer(seen.sha256, seen.found)


def _seen(found: Found, pages: Pages) -> Iterator[Seen]:
    try:
        for document in pages.of(found):
            size = len(document.raw)
            yield Seen(found, document.name, digest_of(document), size, document.is_text)
    except Unreadable:
        yield Seen(found, found.name)


def _is_below(one: tuple[Path, str], folder: Path, inside: str) -> bool:
    return one[0] == folder and one[1].startswith(inside)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of ``size``, the last one shorter."""
    queue = iter(items)
    while batch := list(islice(queue, size)):
        yield batch


def _known(digests: set[str]) -> Mapping[str, None]:
    # In no order, which would have every row read where the index alone tells.
    found = Capture.objects.filter(sha256__in=digests).order_by().values_list("sha256", flat=True)
    return dict.fromkeys(found)
