"""What is to be done about one batch of documents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from articles.captures.formats import Document
from articles.captures.work import Job, Work, work
from articles.loader.documents import failed
from articles.loader.fields import Context
from articles.loader.outcome import Outcome
from articles.loader.preparing import Known, Prepared, TooLarge, prepare
from articles.loader.readers import Answer, Readers


@dataclass
class Plan:
    """``outcomes`` has one entry a document, None for one that must be read first."""

    outcomes: list[Outcome | None] = field(default_factory=list)
    _jobs: list[Job] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _contexts: list[tuple[Context, Known | None]] = field(default_factory=list)
    _answer: Answer | None = None
    _works: list[Work] | None = None

    def add(self, document: Document, context: Context, known: Known | None) -> None:
        """Note a capture that must be read."""
        self._places.append(len(self.outcomes))
        self.outcomes.append(None)
        self._jobs.append(Job(document, context.hints(), context.entry.standfirst))
        self._contexts.append((context, known))

    def begin(self, readers: Readers) -> None:
        """Let ``readers`` begin with the captures."""
        self._answer = readers.submit(self._jobs) if self._jobs else None

    def receive(self) -> None:
        """Wait for the readers, so that they can begin with another plan."""
        if self._answer:
            self._works = self._answer()

    def prepared(self) -> list[Prepared]:
        """The captures, read by others or else here, as the rows that they would make.

        One that no page could hold fails by itself: its outcome is noted and it is left out.
        """
        works = self._works or [work(job) for job in self._jobs]
        jobs = zip(self._jobs, works, self._contexts, self._places, strict=True)
        prepared = []
        for job, done, (context, known), place in jobs:
            try:
                prepared.append(prepare(job.document.raw, done, context, known))
            except TooLarge as error:
                sentence = f"{error} Nothing of it was loaded; split it by story."
                self.outcomes[place] = failed(replace(job.document, problem=sentence))
        return prepared
