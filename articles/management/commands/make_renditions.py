"""Make the renditions of pictures that are missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.actions import make_renditions
from articles.actions.rendition import Damaged
from articles.models import Image
from articles.pictures.reading import UnfitPicture


class Command(BaseCommand):
    help = (
        "Makes the renditions that pictures lack: those that a stopped process left unmade, and "
        "all after an upgrade that makes them differently. It may be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        refresh_recipes()
        made = failed = 0
        for pk in Image.objects.waiting().order_by("-pk").values_list("pk", flat=True):
            image = Image.objects.filter(pk=pk).first()
            if image is None:
                continue
            try:
                files = make_renditions(image=image)
            except (OSError, UnfitPicture, Damaged) as error:
                failed += 1
                self.stderr.write(self.style.WARNING(f"{image.filename} ({image.sha256}): {error}"))
                continue
            made += 1
            if options["verbosity"] > 1:
                self.stdout.write(f"{image.filename}: {files} files")
        if options["verbosity"]:
            self.stdout.write(f"Pictures rendered: {made}. Failed: {failed}.")
        if failed:
            raise CommandError("Some pictures were not rendered: see above.")


def refresh_recipes() -> int:
    """Store the recipe of every image that an upgrade has given another; return how many."""
    changed = 0
    for image in Image.objects.defer("file").iterator(chunk_size=500):
        if image.recipe != image.wanted_recipe():
            image.save(update_fields=["recipe"])
            changed += 1
    return changed
