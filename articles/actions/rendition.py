"""Making what readers get of a picture: after the commit that needs it, or by a command.

What browsers of every age read comes first and at once; the better formats take ten times as long
and are made meanwhile, one picture at a time, while readers have the first or the former ones.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connections, transaction

from articles.caching import renew_pages
from articles.models import Image
from articles.pictures.ladder import Form, Rendition
from articles.pictures.reading import UnfitPicture
from articles.pictures.rendering import render

LESS_URGENT = 10
"""How much a page goes before renditions, as ``nice`` counts it."""

logger = logging.getLogger(__name__)


class Damaged(Exception):
    """The original is not what came in any more: its digest is another."""


def render_after_commit(image: Image) -> None:
    """Have the renditions of ``image`` made once the transaction is over, and if it holds."""
    transaction.on_commit(partial(_begin, image.pk), robust=True)


def make_renditions(*, image: Image) -> int:
    """Make what is missing of an image's renditions, and return how many files that were.

    It can be killed at any point and called again: readers are shown a set once it is whole, and
    meanwhile the former one. Raises OSError when a file can be neither read nor written,
    UnfitPicture or Damaged when the original is no picture any more.
    """
    return _make_fallback(image) + _make_rest(image)


def later(work: Callable[[], None]) -> None:
    """Do ``work`` in this process when nothing more urgent is to be done."""
    _room.submit(work)


def _begin(pk: int) -> None:
    image = Image.objects.filter(pk=pk).first()
    if image is not None:
        _make_fallback(image)
        later(partial(_finish, pk))


def _finish(pk: int) -> None:
    try:
        image = Image.objects.filter(pk=pk).first()
        if image is not None:
            make_renditions(image=image)
    except (OSError, UnfitPicture, Damaged, DatabaseError):
        logger.exception("Renditions of image %s were not made: run make_renditions.", pk)
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()


def _make_fallback(image: Image) -> int:
    wanted = [each for each in image.wanted() if each.form is Form.JPEG]
    if image.recipe in {image.fallback_as, image.rendered_as}:
        return 0
    return _make(image, wanted, "fallback_as")


def _make_rest(image: Image) -> int:
    wanted = [each for each in image.wanted() if each.form is not Form.JPEG]
    return 0 if image.rendered_as == image.recipe else _make(image, wanted, "rendered_as")


def _make(image: Image, wanted: Sequence[Rendition], column: str) -> int:
    """Write the renditions, and then note in ``column`` that they are all there."""
    recipe, former = image.recipe, image.shown_as
    focus = {"focal_x": image.focal_x, "focal_y": image.focal_y}
    for rendition, data in render(_original(image), wanted, **focus, rights=image.rights):
        default_storage.save(image.name_of(rendition, recipe), ContentFile(data))
    setattr(image, column, recipe)
    if _note(image, **{column: recipe}):
        forget_renditions(image, but={recipe, former})
    else:  # It was removed meanwhile.
        forget_renditions(image)
    return len(wanted)


@transaction.atomic
def _note(image: Image, **columns: str) -> int:
    """Store what readers are shown from now on; 0 for an image that is not there any more."""
    renew_pages()
    return Image.objects.filter(pk=image.pk).update(**columns)


def _original(image: Image) -> bytes:
    with image.file.open("rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != image.sha256:
        raise Damaged(f"The original of {image.filename} is not what came in.")
    return data


def forget_renditions(image: Image, but: Sequence[str] | set[str] = ()) -> None:
    """Delete the renditions of an image from the storage, but those of the recipes ``but``.

    Pages that caches still hold may name the former ones: they go when the next are made.
    """
    with contextlib.suppress(FileNotFoundError):
        _folders, names = default_storage.listdir(image.token)
        for name in names:
            if name.partition("-")[0] not in but:
                default_storage.delete(f"{image.token}/{name}")


def _be_less_urgent() -> None:
    if sys.platform == "linux":  # There a thread has a priority of its own.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LESS_URGENT)


_room = ThreadPoolExecutor(1, thread_name_prefix="renditions", initializer=_be_less_urgent)
