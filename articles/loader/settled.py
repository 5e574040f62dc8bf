"""Files that need no reading: their bytes are stored and nothing they depend on has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from articles.captures.sentences import sentences_of
from articles.loader.outcome import Outcome, outcome_of
from articles.loader.preparing import Known
from articles.models import Article, Capture

State = Capture.State
DRAFT = Q(status=Article.Status.DRAFT, first_published_at=None, edited_fields=[])
HELD = ~Q(hold_reason="")


class Settled:
    """What the archive knows of the bytes of a batch, by digest.

    ``recent`` are names of files, by digest, that are about to be stored.
    """

    def __init__(
        self,
        digests: Iterable[str],
        recent: Mapping[str, str],
        *,
        publish: bool,
        reports: bool,
    ) -> None:
        told_by = Coalesce(OuterRef("refers_to"), OuterRef("pk"))
        waiting = Article.objects.filter(DRAFT | HELD, capture=told_by)
        found = Capture.objects.filter(sha256__in=set(digests)).order_by()
        rows = found.values_list(Exists(waiting), *Known._fields)
        stored = [(Known(*row), waits) for waits, *row in rows]
        self._known = {one.sha256: one for one, _waits in stored}
        self._names = {
            **recent,
            **{sha256: known.filename for sha256, known in self._known.items()},
        }
        self.noted: dict[str, str] = {}
        self._publish = publish
        self._waiting = _waiting(
            {one.refers_to or one.pk for one, waits in stored if waits or one.state == State.NEW}
        )
        told = [known.pk for known in self._known.values()] if reports else []
        self._reports = dict(Capture.objects.filter(pk__in=told).values_list("pk", "report"))

    def known(self, sha256: str) -> Known | None:
        """What is stored of these bytes."""
        return self._known.get(sha256)

    def note(self, sha256: str, name: str) -> None:
        """A file of the batch that will be stored: a second one of the same bytes is a copy."""
        self._names.setdefault(sha256, name)
        self.noted[sha256] = name

    def outcome(self, sha256: str, name: str, reading: str) -> Outcome | None:
        """What becomes of a file without reading it, or None when it must be read.

        ``reading`` is the digest of all that its reading would depend on.
        """
        first = self._names.get(sha256)
        if first is None:
            return None
        known = self._known.get(sha256)
        report = {**(self._reports.get(known.pk, {}) if known else {}), "file": name}
        if first != name[:255]:
            sentence = _("It holds the same bytes as %(file)s.") % {"file": first}
            return outcome_of(name, "duplicate", report, sentences=[sentence])
        if known is None:
            return outcome_of(name, "unchanged", report)
        return self._standing(known, name, report) if known.reading == reading else None

    def _standing(self, known: Known, name: str, report: dict[str, object]) -> Outcome | None:
        if known.state == State.REJECTED:
            return None  # It is told why each time, and costs little: there was nothing to read.
        if known.state == State.DUPLICATE:
            sentence = _("Another capture tells it already.")
            return outcome_of(name, "duplicate", report, sentences=[sentence])
        reasons = self._reasons(known)
        if "" in reasons and self._publish:
            return None
        sentences = [sentence for reason in reasons for sentence in sentences_of(reason)]
        outcome = "held" if sentences else "unchanged"
        return outcome_of(name, outcome, report, sentences=sentences)

    def _reasons(self, known: Known) -> list[str]:
        """Why its articles wait; "" for one that waits for nothing but to be published.

        A capture that tells an article's page otherwise waits as long as the article says so.
        """
        if known.refers_to:
            return [reason for reason, _draft in self._waiting[known.refers_to] if reason]
        if known.state == State.NEW and not self._waiting[known.pk]:
            return [_("No article was made of it; an editor decides.")]
        return [reason for reason, is_draft in self._waiting[known.pk] if is_draft]


def _waiting(captures: Collection[int]) -> defaultdict[int, list[tuple[str, bool]]]:
    """By capture: why each article is held, and whether it is a draft that nobody has touched."""
    articles = Article.objects.filter(capture__in=captures).order_by("pk")
    is_draft = Case(When(DRAFT, then=True), default=False)
    waiting: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    for capture, reason, draft in articles.values_list("capture_id", "hold_reason", is_draft):
        waiting[capture or 0].append((reason, draft))
    return waiting
