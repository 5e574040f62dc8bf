"""From drafts to rows: the one place where what a capture says meets the database.

Loading is repeatable. A capture is known by the SHA-256 of its bytes, an article by its capture and
its place in it; a second load writes only what differs, and never over what an editor changed.
Bytes whose reading would depend on nothing new are not read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

import newsroom
from articles.captures.files import Found, Unreadable
from articles.captures.formats import Document, stored
from articles.captures.manifest import Entry
from articles.loader.documents import Listed, about, failed, listed, loads, not_there, told_by
from articles.loader.fields import Context, House
from articles.loader.given import merged
from articles.loader.habits import Habits, habits_of, remember, stale, study
from articles.loader.lock import Busy, only_load
from articles.loader.outcome import OUTCOMES, Outcome
from articles.loader.pages import Pages
from articles.loader.plan import Plan
from articles.loader.preparing import Known, Prepared
from articles.loader.readers import Readers, worthwhile
from articles.loader.settled import Settled
from articles.loader.shelf import Shelf
from articles.loader.survey import Survey, batches
from articles.loader.taking import Taker
from articles.models import Capture, Language, LoadRun, Section, Source

__all__ = ["OUTCOMES", "Busy", "Loader", "Manifest", "Outcome", "UnknownName", "only_load"]

BATCH = 200
NO_HABITS = Habits()

Manifest = Mapping[Path, Mapping[str, Entry]]
"""What manifests say, by folder and name: two folders may hold files of one name."""


class UnknownName(ValueError):
    """A manifest or an option names a source, section or language that the newsroom has not."""


@dataclass
class Loader:
    """Loads captures into the newsroom; ``counts`` adds up the outcomes as they happen.

    ``source`` is the slug used where the manifest names none. With ``publish`` on, articles that
    nothing speaks against go live; everything else waits as a draft. With ``reports`` on, unchanged
    captures come with their stored reports. ``readers`` is the number of processes that read, by
    default as many as are worth it. ``wrote`` says whether any row was written, and ``total`` how
    many documents there are, once that is known. Raises UnknownName at once when the manifest names
    what does not exist, before any row is written.
    """

    manifest: Manifest = field(default_factory=dict)
    source: str = ""
    publish: bool = False
    reports: bool = False
    batch: int = BATCH
    readers: int | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    wrote: bool = False
    total: int | None = None

    def __post_init__(self) -> None:
        self._run: LoadRun | None = None
        self._unnamed = Entry(source=self.source)
        self._pages = Pages()
        self._sources = {source.slug: source for source in Source.objects.all()}
        self._habits = {slug: habits_of(source) for slug, source in self._sources.items()}
        sections = {section.natural_key(): section for section in Section.objects.all()}
        languages = frozenset(Language.objects.values_list("code", flat=True))
        self._house = House(sections, languages)
        self._check_names()

    def load(self, files: Iterable[Found]) -> Iterator[Outcome]:
        """Load each file and yield the outcome of each document in it; every batch is one
        transaction.

        ``files`` is gone through twice: what a source's captures teach is learnt from all of them
        before any is read, so that neither their order nor the size of a batch changes the result.
        While one batch is stored, the next one is read.
        """
        survey = Survey(
            files,
            self._pages,
            lambda found, name: self._entry(found, name).source,
            named=self._named_in_archives(),
        )
        missing = Plan([not_there(*one) for one in sorted(survey.missing)])
        self.total = len(survey) + len(missing.outcomes)
        readers = Readers(worthwhile(survey.new) if self.readers is None else self.readers)
        try:
            self._learn(survey)  # Meanwhile the readers start.
            before = missing
            for plan in self._plans(files, survey):
                before.receive()
                plan.begin(readers)
                yield from self._complete(before)
                before = plan
            before.receive()
            yield from self._complete(before)
        finally:
            readers.close()
        self._read_again()

    def again(self, capture: Capture) -> Outcome | None:
        """Read one stored capture again with what is known of it now; None when it cannot be."""
        outcomes = self._take(self._stored([capture.pk]).prepared())
        return outcomes[0] if outcomes else None

    def finish(self, exit_code: int) -> None:
        """Close the record of the run. A run that wrote nothing has left none."""
        if self.wrote:
            self._record()
        if self._run:
            self._run.ended_at = timezone.now()
            self._run.counts = dict(self.counts)
            self._run.exit_code = exit_code
            self._run.save(update_fields=["ended_at", "counts", "exit_code"])

    def _learn(self, survey: Survey) -> None:
        """Learn from new captures and those stored, and keep it before anything relies on it."""
        with transaction.atomic():
            for slug, sample in survey.samples.items():
                fresh = dict(self._sampled(sample.files()))
                source = self._sources[slug]
                self.wrote |= remember(source, study(source, fresh))
                self._habits[slug] = habits_of(source)

    def _sampled(self, sample: Mapping[str, Found]) -> Iterator[tuple[str, bytes]]:
        """The bytes of sampled documents by digest; one that is not there any more is left out."""
        for found in dict.fromkeys(sample.values()):
            with suppress(Unreadable):
                for document in self._pages.of(found):
                    if document.sha256 in sample:
                        yield document.sha256, document.raw

    def _plans(self, files: Iterable[Found], survey: Survey) -> Iterator[Plan]:
        """What is to be done about each batch of documents."""
        recent: Mapping[str, str] = {}
        for batch in loads(listed(files, survey, self._pages), self.batch):
            digests = [one.sha256 for one in batch]
            settled = Settled(digests, recent, publish=self.publish, reports=self.reports)
            plan = Plan()
            for one in batch:
                if outcome := self._settle(one, settled, plan):
                    plan.outcomes.append(outcome)
            recent = settled.noted
            yield plan

    def _settle(self, one: Listed, settled: Settled, plan: Plan) -> Outcome | None:
        """The outcome of a document that needs no reading; any other is put into ``plan``."""
        folder = one.found.folder
        if one.failure:
            return failed(Document(one.name, problem=one.failure), folder)
        if one.document and one.document.problem:
            return failed(one.document, folder)
        known = settled.known(one.sha256)
        entry = told_by(one.document, self._entry(one.found, one.name))
        context = self._context(entry, known)
        if outcome := settled.outcome(one.sha256, one.name, context.reading()):
            return outcome
        try:
            document = one.document or self._pages.only(one.found, one.sha256)
        except Unreadable as error:
            return failed(Document(one.name, problem=str(error)), folder)
        settled.note(one.sha256, one.name)
        plan.add(document, context, known)
        return None

    def _complete(self, plan: Plan) -> Iterator[Outcome]:
        """Store what was read and tell what became of each file, in the order of the files."""
        taken = iter(self._take(plan.prepared()))
        for settled in plan.outcomes:
            outcome = settled or next(taken)
            self.counts[outcome.outcome] += 1
            self.wrote |= outcome.wrote
            yield outcome

    def _take(self, batch: Sequence[Prepared]) -> list[Outcome]:
        """Store a batch in one transaction; where nothing was read, without any."""
        if not batch:
            return []
        with transaction.atomic():
            shelf = Shelf(batch)
            taker = Taker(shelf, run=self._record, publish=self.publish)
            outcomes = [taker.take(one) for one in batch]
            shelf.rows.store()
        return outcomes

    def _read_again(self) -> None:
        """Captures of an earlier load, read before their source was known as well as it is now."""
        for slug, source in self._sources.items():
            keys = list(stale(source, self._house.rules, self._habits[slug]))
            for batch in batches(keys, self.batch):
                outcomes = self._take(self._stored(batch).prepared())
                self.wrote |= any(outcome.wrote for outcome in outcomes)

    def _stored(self, keys: Sequence[int]) -> Plan:
        plan = Plan()
        for capture in Capture.objects.filter(pk__in=keys).defer("report").order_by("pk"):
            known = Known(
                *(capture.sha256, capture.pk, capture.filename, capture.state, capture.reading),
                *(capture.given, capture.refers_to_id),
            )
            context = self._context(Entry(), known)
            document = stored(
                bytes(capture.raw),
                media_type=capture.media_type,
                about=about(capture.filename, context.entry),
            )
            if not document.problem:
                plan.add(document, context, known)
        return plan

    def _entry(self, found: Found, name: str) -> Entry:
        """What manifests say of the document ``name`` of a file: of itself, else of the file."""
        beside = self.manifest.get(found.folder)
        if not beside:
            return self._unnamed
        entry = beside.get(name)
        if entry is None:
            entry = beside.get(found.name, Entry()).shared()
        return entry if entry.source or not self.source else entry._replace(source=self.source)

    def _context(self, entry: Entry, known: Known | None) -> Context:
        if known and known.given:
            entry = merged(entry, known.given)
        source = self._sources.get(entry.source)
        return Context(entry, source, self._habits.get(entry.source, NO_HABITS), self._house)

    def _record(self) -> LoadRun:
        if self._run is None:
            self._run = LoadRun.objects.create(
                software=f"newsroom {newsroom.__version__}", arguments=dict(self.arguments)
            )
        return self._run

    def _named_in_archives(self) -> Iterator[tuple[Path, str]]:
        """What manifests say of single documents in archives: folders and names."""
        for folder, entries in self.manifest.items():
            yield from ((folder, name) for name in entries if "/" in name)

    def _check_names(self) -> None:
        sections = {slug for _language, slug in self._house.sections}
        _require("--source", self.source, self._sources, "source")
        for folder, entries in self.manifest.items():
            for name, entry in entries.items():
                where = str(folder / name)
                _require(where, entry.source, self._sources, "source")
                _require(where, entry.language, self._house.languages, "language")
                _require(where, entry.section, sections, "section")


def _require(where: str, name: str, known: Collection[str], noun: str) -> None:
    if name and name not in known:
        raise UnknownName(
            f"{where}: there is no {noun} “{name}”. Make it in the admin first, or use one of: "
            f"{', '.join(sorted(known)) or 'none yet'}."
        )
