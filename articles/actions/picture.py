"""The library of pictures: taking one in, saying whose it is and where to look, taking it out."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions.refusal import Refused
from articles.actions.rendition import forget_renditions, render_after_commit
from articles.actions.rights import is_member, may_on
from articles.actions.unfit import told
from articles.caching import renew_pages
from articles.models import Image, Revision
from articles.models.desk import Role
from articles.models.media import LONGEST_NAME, RIGHTS
from articles.models.placed import FIGURES
from articles.pictures.reading import Picture, UnfitPicture, read
from articles.pictures.rights import Rights
from articles.text.normal import normalise

CHANGED = (*RIGHTS, "focal_x", "focal_y")
"""What may be said of a picture that is in the library."""


class Added(NamedTuple):
    """An image of the library, and whether it is there since now."""

    image: Image
    is_new: bool


def add_picture(
    *, data: bytes, filename: str, by: AbstractUser | None = None, rights: Rights | None = None
) -> Added:
    """Take a file into the library, or find the image that has the same bytes.

    The bytes are kept as they came. What the file itself says of its rights stands where ``rights``
    says nothing. ``by`` is None for a command. Raises Refused, in sentences, for a file that is no
    picture, for one that cannot be stored, and for who has no desk.
    """
    if by is not None and not may_on(by, "image"):
        raise Refused([_("Nobody has given you a desk, so you cannot add pictures.")])
    try:
        picture = read(data)
    except UnfitPicture as error:
        raise Refused([told(error)]) from error
    known = known_as(picture.sha256)
    return Added(known, False) if known else _store(data, picture, filename, by, rights or Rights())


def known_as(digest: str) -> Image | None:
    """Return the image whose file has this SHA-256, if the library has it."""
    return Image.objects.filter(sha256=digest).first()


def change_picture(*, image: Image, by: AbstractUser) -> Image:
    """Store what was changed on ``image``: its rights or its focal point; new renditions follow.

    Raises Refused for what no column takes, and for who may not change what readers see.
    """
    with transaction.atomic():
        current = Image.objects.select_for_update().get(pk=image.pk)
        if reasons := reasons_against_change(current, by):
            raise Refused(reasons)
        for name in CHANGED:
            setattr(current, name, getattr(image, name))
        try:
            current.clean_fields(exclude={"file", "uploaded_by"})
            current.validate_constraints()
        except ValidationError as error:
            raise Refused(error.messages) from error
        current.save(update_fields=CHANGED)
        renew_pages()
        if current.recipe != current.rendered_as:
            render_after_commit(current)
    return current


def remove_picture(*, image: Image, by: AbstractUser) -> None:
    """Take an image out of the library, its file and its renditions with it.

    Raises Refused for one that an article has, and for who may not: who uploaded it may, and every
    editor.
    """
    with transaction.atomic():
        current = Image.objects.select_for_update().get(pk=image.pk)
        if reasons := reasons_against_removal(current, by):
            raise Refused(reasons)
        storage, name = current.file.storage, str(current.file.name)
        current.delete()
        transaction.on_commit(lambda: storage.delete(name), robust=True)
        transaction.on_commit(lambda: forget_renditions(image), robust=True)


def reasons_against_change(image: Image, by: AbstractUser) -> list[str]:
    """Say why ``by`` may not change an image; nothing when they may."""
    if not may_on(by, "image"):
        return [_("Nobody has given you a desk, so you cannot change pictures.")]
    is_shown = Image.objects.shown().filter(pk=image.pk).exists()
    if is_shown and not may_on(by, "shown_image"):
        return [_("Readers see this picture: ask a publisher to change what is said of it.")]
    return []


def reasons_against_removal(image: Image, by: AbstractUser) -> list[str]:
    """Say why ``by`` may not remove an image; nothing when they may."""
    if not (is_member(by, Role.EDITOR) or image.uploaded_by_id == by.pk):
        return [_("Only editors, and who uploaded it, may remove a picture.")]
    if number := image.figures.count():
        sentence = ngettext(
            "%(count)d article has this picture. Take it out there first.",
            "%(count)d articles have this picture. Take it out there first.",
            number,
        )
        return [sentence % {"count": number}]
    if _is_waited_for(image):
        return [_("A change that waits would place this picture. Decide about the change first.")]
    if image.posters.exists():
        return [_("A recording has this picture as its poster. Take it away there first.")]
    if image.portraits.exists():
        return [_("This is the picture of an author. Take it away there first.")]
    return []


def _is_waited_for(image: Image) -> bool:
    """Whether a change that waits has the picture; there are never many of them."""
    waiting = Revision.objects.pending().values_list(f"snapshot__{FIGURES}", flat=True)
    return any(each["image"] == image.pk for placed in waiting for each in placed or ())


def _store(
    data: bytes, picture: Picture, filename: str, by: AbstractUser | None, rights: Rights
) -> Added:
    image = Image(
        filename=_named(filename, picture.extension),
        sha256=picture.sha256,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        uploaded_by_id=by.pk if by else None,
    )
    for name, given, found in zip(RIGHTS, rights, picture.rights, strict=True):
        setattr(image, name, given or found)
    try:
        image.file.save(f"original.{picture.extension}", ContentFile(data), save=False)
        with transaction.atomic():
            image.save()
            render_after_commit(image)
    except OSError as error:
        raise Refused([_("The picture could not be stored: the disk may be full.")]) from error
    except IntegrityError:  # Somebody uploaded the same file in the same moment.
        return Added(Image.objects.get(sha256=picture.sha256), False)
    return Added(image, True)


def _named(filename: str, extension: str) -> str:
    """The file's name without its folders, controls and whatever its end claims that it is."""
    last = normalise(filename, "").replace("\\", "/").rpartition("/")[2]
    stem = " ".join((last.rpartition(".")[0] if "." in last else last).split())
    return f"{stem.strip('.')[: LONGEST_NAME - 8] or 'picture'}.{extension}"
