"""Take one capture into the newsroom: its bytes, its evidence and its articles."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.actions import Refused, mark_published
from articles.captures import Draft
from articles.captures.sentences import Filled, as_line, sentences_of
from articles.captures.sketch import DUPLICATE, UNRELATED, VARIANT, similarity
from articles.captures.work import Work
from articles.loader.likeness import Nearest
from articles.loader.outcome import Item, Outcome, outcome_of, overall
from articles.loader.preparing import Prepared, Told
from articles.loader.rows import Encoded, change_article, change_capture, is_untouched
from articles.loader.shelf import Holder, Shelf
from articles.models import Article, Capture, LoadRun
from articles.models.revision import columns_of

State = Capture.State

RIVAL = gettext_noop("The story has an article in this language already: “%(headline)s”.")
VARIANT_OF = gettext_noop("It tells much the same as “%(headline)s”; one of them may be enough.")
CHANGED = gettext_noop(
    "%(file)s tells this page otherwise; compare the two and take over what is right."
)

PUBLICATION = (
    *("status", "published_at", "first_published_at", "modified_at"),
    *("hold_reason", "version"),
)


class Taker:
    """Decides about the captures of one batch, one after another; ``shelf`` holds what results.

    ``run`` gives the row of this load, asked for only when a capture is new.
    """

    def __init__(self, shelf: Shelf, *, run: Callable[[], LoadRun], publish: bool) -> None:
        self._shelf = shelf
        self._run = run
        self._publish = publish

    def take(self, prepared: Prepared) -> Outcome:
        """Take one capture and say what was done."""
        capture = self._shelf.capture(prepared)
        wrote = self._change(capture, prepared) if capture else True
        if capture is None:
            capture = self._create_capture(prepared)
        elif capture.state == State.DUPLICATE or capture.refers_to_id:
            return self._settled(capture, prepared, wrote)
        elif capture.state == State.REJECTED and capture.decided_at:
            return _outcome_of(prepared.work, "unchanged", wrote, [_("An editor rejected it.")])
        if prepared.work.kind == "reject":
            self._settle(capture, State.REJECTED)
            reasons = [prepared.work.reason]
            return _outcome_of(prepared.work, "rejected", wrote, reasons)
        items = [self._take_item(capture, told, prepared) for told in prepared.tellings]
        outcome = overall(items)
        self._settle(
            capture, {"held": State.NEW, "duplicate": State.DUPLICATE}.get(outcome, State.ACCEPTED)
        )
        wrote = wrote or any(item.wrote for item in items)
        sentences = [sentence for item in items for sentence in item.sentences]
        return _outcome_of(prepared.work, outcome, wrote, sentences)

    def _create_capture(self, prepared: Prepared) -> Capture:
        capture = Capture(
            sha256=prepared.work.sha256,
            raw=prepared.raw,
            load_run=self._run(),
            report=Encoded(prepared.work.report),
            **prepared.values,
        )
        self._shelf.rows.add_capture(capture)
        return capture

    def _change(self, capture: Capture, prepared: Prepared) -> bool:
        """Store what is read otherwise now. A new digest alone is no news to anybody."""
        report = json.loads(prepared.work.report)
        changed = change_capture(capture, {**prepared.values, "report": report})
        self._shelf.rows.touch(capture, changed)
        return bool(set(changed) - {"reading"})

    def _settled(self, capture: Capture, prepared: Prepared, wrote: bool) -> Outcome:
        """What was decided about a copy, or about a change, stands when it is read again."""
        is_change = bool(capture.refers_to_id) and capture.state == State.NEW
        outcome = "held" if is_change else "duplicate"
        sentences = [] if is_change else [_("Another capture tells it already.")]
        return _outcome_of(prepared.work, outcome, wrote, sentences)

    def _settle(self, capture: Capture, state: Capture.State) -> None:
        """A capture that was taken stays so; rules that read more may still take a rejected one."""
        if capture.state in (State.NEW, State.REJECTED) and state != capture.state:
            capture.state = state
            self._shelf.rows.touch(capture, ["state"])

    def _take_item(self, capture: Capture, told: Told, prepared: Prepared) -> Item:
        if told.article is None:
            return Item("held", sentences=(_unknown_language(told.draft), *told.draft.reasons))
        self._shelf.rows.note_language(capture, told.article.language_id)
        article = self._shelf.article(capture, told.item)
        if article is None and prepared.known and capture.state == State.ACCEPTED:
            return Item("unchanged")  # An editor deleted the article; it is not brought back.
        if article is None:
            return self._create(capture, told, told.article, prepared)
        near = self._shelf.nearest(told, capture.sha256, article.pk)
        self._hold(told.article, told, capture, article, near)
        before = columns_of(article)
        taken = self._shelf.rival(article.story, told.article.language_id, article)
        kept = ["language"] if taken else []
        changed = change_article(article, told.article, told.names, kept)
        changed += self._join_story(article, told.story)
        if changed:
            article.version += 1  # An editor's open form was made from what has now changed.
            changed.append("version")
            changed += self._shelf.rows.revise(article, before)
        wrote = self._shelf.rows.touch(article, changed)
        if "body" in changed:
            self._shelf.resketch(article, told, capture)
        return self._finish(article, told, prepared, "updated" if wrote else "unchanged")

    def _create(self, capture: Capture, told: Told, article: Article, prepared: Prepared) -> Item:
        article.capture = capture
        if article.fingerprint and self._shelf.has_twin(article, capture.sha256):
            return Item("duplicate", sentences=(_("Another capture tells the same text already."),))
        holder = self._shelf.holder(prepared.page)
        if holder and _same_page(holder, told, prepared):
            return self._note_change(capture, holder, article)
        near = alike, other = self._shelf.nearest(told, capture.sha256, None)
        if other and alike >= DUPLICATE:
            sentence = _("It tells nearly the same text as “%(headline)s”.")
            return Item("duplicate", sentences=(sentence % {"headline": other.headline},))
        self._hold(article, told, capture, article, near)
        if self._shelf.rival(told.story, article.language_id, article):
            article.story = uuid.uuid5(told.story, f"{capture.sha256}/{told.item}")
        if holder is None:
            capture.page = prepared.page
            self._shelf.rows.touch(capture, ["page"])
        self._shelf.add(article, told, capture)
        return self._finish(article, told, prepared, "created")

    def _note_change(self, capture: Capture, holder: Holder, told: Article) -> Item:
        """An editor compares the two: what is published never changes by itself."""
        capture.refers_to = holder.capture
        self._shelf.rows.touch(capture, ["refers_to"])
        sentence = _change_note(capture.filename)
        holder.article.hold_reason = _join(holder.article.hold_reason, as_line(sentence))
        self._shelf.rows.touch(holder.article, ["hold_reason"])
        self._shelf.rows.propose(holder.article, told, as_line(sentence))
        return Item("held", True, (sentence,))

    def _hold(
        self, wanted: Article, told: Told, capture: Capture, stored: Article, near: Nearest
    ) -> None:
        """Add to the reasons of the draft those that other rows give."""
        reasons: list[str] = []
        if rival := self._shelf.rival(told.story, wanted.language_id, stored):
            reasons.append(Filled(RIVAL, headline=str(rival)))
        alike, other = near
        if other and alike >= VARIANT:
            reasons.append(Filled(VARIANT_OF, headline=other.headline))
        reasons += [_change_note(filename) for filename in self._shelf.changes(capture)]
        wanted.hold_reason = _join(wanted.hold_reason, *map(as_line, reasons))

    def _join_story(self, article: Article, story: uuid.UUID) -> list[str]:
        """The story that a manifest names later, unless an editor or another article has it."""
        if article.story == story or not is_untouched(article):
            return []
        if self._shelf.rival(story, article.language_id, article):
            return []
        article.story = story
        return ["story"]

    def _finish(self, article: Article, told: Told, prepared: Prepared, outcome: str) -> Item:
        wrote = outcome != "unchanged"
        if told.item == 0:
            wrote |= self._shelf.add_aliases(article, prepared.context.entry.aliases)
        if self._publish and is_untouched(article):
            wrote |= self._shelf.rows.touch(article, publish_if_sure(article))
        if article.hold_reason and is_untouched(article):
            return Item("held", wrote, tuple(sentences_of(article.hold_reason)))
        return Item("updated" if wrote and outcome == "unchanged" else outcome, wrote)


def _outcome_of(work: Work, outcome: str, wrote: bool, sentences: Iterable[str]) -> Outcome:
    return outcome_of(work.filename, outcome, work.report, wrote=wrote, sentences=sentences)


def publish_if_sure(article: Article) -> tuple[str, ...]:
    """Publish an article that nothing speaks against, or keep what stops it as the hold reason.

    Stores nothing; returns the names of the fields that changed.
    """
    if article.hold_reason:
        return ()
    try:
        if article.published_at is None:
            raise Refused([_("The capture names no full date; give one before it is published.")])
        mark_published(article)
    except Refused as refusal:
        article.hold_reason = "\n".join(refusal.reasons)
        return ("hold_reason",)
    return PUBLICATION


def _same_page(holder: Holder, told: Told, prepared: Prepared) -> bool:
    """An address names a page in one language; a file name may be used again for something else."""
    if holder.article.language_id != told.draft.language:
        return False
    if prepared.context.entry.target_uri:  # A manifest or a crawl says so, not the page itself.
        return True
    return similarity(holder.numbers, told.numbers) >= UNRELATED


def _change_note(filename: str) -> str:
    return Filled(CHANGED, file=filename)


def _unknown_language(draft: Draft) -> str:
    if draft.language == "und":
        return _("Its letters do not say which language it is in; give one in the manifest.")
    return _("It is in “%(code)s”, a language that the newsroom does not have.") % {
        "code": draft.language
    }


def _join(*sentences: str) -> str:
    return "\n".join(dict.fromkeys(sentence for sentence in sentences if sentence))
