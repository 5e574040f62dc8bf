"""The newsroom's nouns, one a file, each with its QuerySet beside it."""

from __future__ import annotations

from articles.models.alias import Alias
from articles.models.article import Article
from articles.models.author import Author
from articles.models.broadcast import Broadcast
from articles.models.capture import Capture, LoadRun
from articles.models.contact import Contact
from articles.models.desk import Desk
from articles.models.draft import Draft
from articles.models.event import Event
from articles.models.generation import Generation
from articles.models.language import Language
from articles.models.link import Link
from articles.models.media import Figure, Image
from articles.models.message import Message
from articles.models.notice import Notice
from articles.models.poll import Choice, Poll, Vote
from articles.models.recording import Recording
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.sketch import Sketch
from articles.models.source import Source

__all__ = [
    "Alias",
    "Article",
    "Author",
    "Broadcast",
    "Capture",
    "Choice",
    "Contact",
    "Desk",
    "Draft",
    "Event",
    "Figure",
    "Generation",
    "Image",
    "Language",
    "Link",
    "LoadRun",
    "Message",
    "Notice",
    "Poll",
    "Recording",
    "Revision",
    "Section",
    "Sketch",
    "Source",
    "Vote",
]
