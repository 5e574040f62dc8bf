"""What an article's capture told, as a few numbers by which a second telling of it is found."""

from __future__ import annotations

from django.db import models

from articles.models.article import Article


class Sketch(models.Model):
    """A sketch made by ``articles.captures.sketch`` of the text as the loader stored it.

    What an editor writes later does not change it: it stands for the capture, not for the page.
    ``band_N`` are the keys of a lookup; null means that the class is empty or too common to tell.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="sketch")
    numbers = models.BinaryField()
    band_0 = models.BigIntegerField(null=True, db_index=True)
    band_1 = models.BigIntegerField(null=True, db_index=True)
    band_2 = models.BigIntegerField(null=True, db_index=True)
    band_3 = models.BigIntegerField(null=True, db_index=True)
    band_4 = models.BigIntegerField(null=True, db_index=True)
    band_5 = models.BigIntegerField(null=True, db_index=True)

    BANDS = ("band_0", "band_1", "band_2", "band_3", "band_4", "band_5")

    def __str__(self) -> str:
        return f"{self.article_id}"
