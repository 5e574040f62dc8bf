"""Placing sound and video in an article: a file of ours, or the address of an allowed provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.locking import lock
from articles.actions.placing import note_for_readers
from articles.actions.refusal import Refused
from articles.actions.rights import demand
from articles.actions.unfit_recording import told, told_of_captions
from articles.models import Article, Recording
from articles.models.recording import make_token
from articles.recordings.captions import UnfitCaptions, checked
from articles.recordings.places import without_places
from articles.recordings.providers import NAMES, embed_of
from articles.recordings.reading import Found, UnfitRecording, read

MP4 = {"audio/mp4", "video/mp4"}


def set_recording(
    *, recording: Recording, by: AbstractUser | None, upload: File[bytes] | None = None
) -> Recording:
    """Store a recording, new or changed, of the article that it names; readers find it updated.

    ``upload`` is a new file for it; without one, its ``address`` or the file that it has stands.
    Returns the stored row. Raises Refused, in sentences, and keeps nothing, for who may not change
    the article, for a file that is no recording, for an address of a provider that is not allowed,
    and for captions that browsers would not show.
    """
    found = _read(upload) if upload is not None else None
    reasons = [*_unfit(recording, upload)]
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        article = lock(recording.article)
        demand(by, "change", article)
        before = Recording.objects.filter(pk=recording.pk).first()
        recording.article, recording.changed_at = article, timezone.now()
        _point(recording, found, upload)
        _check(recording)
        _keep(recording, upload)
        if before and before.file and before.file.name != recording.file.name:
            _forget_after_commit(before)
        note_for_readers(article, by)
    return recording


def drop_recording(*, recording: Recording, by: AbstractUser | None) -> Article:
    """Take a recording out of its article, its file with it where no other has it.

    Raises Refused for who may not.
    """
    with transaction.atomic():
        article = lock(recording.article)
        demand(by, "change", article)
        Recording.objects.filter(pk=recording.pk).delete()
        if recording.file:
            _forget_after_commit(recording)
        note_for_readers(article, by)
    return article


def most_bytes() -> int:
    """How large a file may be."""
    return int(settings.RECORDING_MEGABYTES) * 1024 * 1024


def _read(upload: File[bytes]) -> Found:
    try:
        return read(upload, most_bytes())  # type: ignore[arg-type]  # A File passes on what is asked.
    except UnfitRecording as error:
        raise Refused([told(error)]) from error


def _unfit(recording: Recording, upload: File[bytes] | None) -> Iterator[str]:
    """What cannot be of all that was typed; clean captions are set on the way."""
    if recording.address and embed_of(recording.address) is None:
        yield _("This site shows nothing of that address. It shows what is at: %(names)s.") % {
            "names": _(", ").join(NAMES)
        }
    if upload is not None and recording.address:
        yield _("Give a file or an address, not both.")
    if upload is None and not recording.address and not recording.file:
        yield _("Give a file, or an address where it can be played.")
    try:
        recording.captions = checked(recording.captions) if recording.captions else ""
    except UnfitCaptions as error:
        yield told_of_captions(error)


def _point(recording: Recording, found: Found | None, upload: File[bytes] | None) -> None:
    """Set what follows from the file or the address that it is to have."""
    embed = embed_of(recording.address) if recording.address else None
    if embed:
        recording.address, recording.is_video = embed.page, embed.is_video
        recording.sha256 = recording.media_type = ""
        recording.file, recording.size = "", 0
        recording.captions = ""  # A provider's player shows its own.
    elif found and upload:
        if found.sha256 != recording.sha256:
            recording.token = make_token()
        recording.sha256, recording.media_type = found.sha256, found.media_type
        recording.is_video, recording.size = found.is_video, found.size
        recording.seconds = found.seconds or recording.seconds
        recording.file = f"{found.sha256[:2]}/{found.sha256}.{found.extension}"


def _check(recording: Recording) -> None:
    try:
        recording.full_clean()
    except ValidationError as error:
        raise Refused(error.messages) from error


def _keep(recording: Recording, upload: File[bytes] | None) -> None:
    name, storage = str(recording.file.name or ""), recording.file.storage
    try:
        if upload is not None and not storage.exists(name):
            with File(_without_places(recording, upload)) as kept:
                storage.save(name, kept)
    except OSError as error:
        raise Refused([_("The recording could not be stored: the disk may be full.")]) from error
    recording.save()


def _without_places(recording: Recording, upload: File[bytes]) -> BinaryIO:
    """What is to be kept of a file: readers do not get where a telephone was."""
    file = cast(BinaryIO, upload)
    kept = without_places(file) if recording.media_type in MP4 else file
    kept.seek(0)
    return kept


def _forget_after_commit(recording: Recording) -> None:
    storage, name = recording.file.storage, str(recording.file.name)

    def forget() -> None:
        if not Recording.objects.filter(file=name).exists():
            storage.delete(name)

    transaction.on_commit(forget, robust=True)
