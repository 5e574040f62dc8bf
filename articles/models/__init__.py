"""The newsroom's nouns, one a file, each with its QuerySet beside it."""

from __future__ import annotations

from articles.models.alias import Alias
from articles.models.article import Article
from articles.models.capture import Capture, LoadRun
from articles.models.language import Language
from articles.models.notice import Notice
from articles.models.section import Section
from articles.models.sketch import Sketch
from articles.models.source import Source

__all__ = [
    "Alias",
    "Article",
    "Capture",
    "Language",
    "LoadRun",
    "Notice",
    "Section",
    "Sketch",
    "Source",
]
