"""The first look at the files of a load: what their bytes are, and what they teach."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeVar

from articles.captures.files import Found, Unreadable
from articles.loader.habits import Sample
from articles.loader.pages import Pages, digest_of
from articles.models import Capture

T = TypeVar("T")
DIGEST = 32
UNREAD = bytes(DIGEST)
AT_ONCE = 500


class Seen(NamedTuple):
    """What a look at one document leaves: ``is_text`` says whether it can teach anything."""

    found: Found
    name: str
    digest: bytes
    is_text: bool


class Survey:
    """The SHA-256 of every document, 32 bytes each and nothing else, and a sample of the new ones
    of each source.

    ``counts`` has an entry for each file: how many documents it holds, or 0 for a file that is one
    itself. ``new`` counts the documents that are not stored yet. ``source_of`` gives the slug of a
    document's source, or "", by its file and name.
    """

    def __init__(
        self, files: Iterable[Found], pages: Pages, source_of: Callable[[Found, str], str]
    ) -> None:
        self._digests = bytearray()
        self.counts = array("L")
        self.new = 0
        self.samples: dict[str, Sample] = {}
        for batch in batches(self._look(files, pages), AT_ONCE):
            self._digests += b"".join(seen.digest for seen in batch)
            known = _known({seen.digest.hex() for seen in batch})
            for seen in batch:
                if seen.digest != UNREAD and seen.digest.hex() not in known:
                    self.new += 1
                    self._offer(seen, source_of)

    def __len__(self) -> int:
        return len(self._digests) // DIGEST

    def digest(self, number: int) -> str:
        """The SHA-256 of a document by its number, in hex; "" when there is nothing to store."""
        digest = bytes(self._digests[number * DIGEST : (number + 1) * DIGEST])
        return "" if digest == UNREAD else digest.hex()

    def _look(self, files: Iterable[Found], pages: Pages) -> Iterator[Seen]:
        for found in files:
            count, is_itself = 0, False
            for seen in _seen(found, pages):
                count += 1
                is_itself = seen.name == found.name and seen.digest != UNREAD
                yield seen
            self.counts.append(0 if count == 1 and is_itself else count)

    def _offer(self, seen: Seen, source_of: Callable[[Found, str], str]) -> None:
        source = source_of(seen.found, seen.name) if seen.is_text else ""
        if source:
            self.samples.setdefault(source, Sample()).offer(seen.digest.hex(), seen.found)


def _seen(found: Found, pages: Pages) -> Iterator[Seen]:
    try:
        for document in pages.of(found):
            digest = bytes.fromhex(digest_of(document)) or UNREAD
            yield Seen(found, document.name, digest, document.is_text)
    except Unreadable:
        yield Seen(found, found.name, UNREAD, False)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of ``size``, the last one shorter."""
    queue = iter(items)
    while batch := list(islice(queue, size)):
        yield batch


def _known(digests: set[str]) -> Mapping[str, None]:
    found = Capture.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    return dict.fromkeys(found)
