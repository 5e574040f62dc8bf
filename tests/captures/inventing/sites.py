"""Invented sites: the habits by which each lays out its pages."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import writing
from .wording import CROSSED, MENUS, SECTIONS, SITES, TAILS, pool

NAVIGATION = ("none", "nbsp", "spaces", "pipes", "lines", "bullets", "crumbs", "tabs")
ORDERS = ("HHL", "HL", "LH", "HBL", "HLB", "HDL", "HDBL", "HHLD", "SHL", "HLC", "HBLC", "L", "HLH")
UNDATED = ("H", "HB", "HD", "SH", "HH", "HC", "")
GAPS = ("nbsp", "before", "after", "spaces")


@dataclass(frozen=True)
class Site:
    """One site's habits; every page of the site keeps them.

    ``order`` is the head: H headline, D deck, L date label, B byline, S section, C counters.
    """

    number: int
    language: str
    name: str
    menu: str
    labels: tuple[str, ...]
    order: str
    label: str
    dateline: str
    byline: tuple[str, str]
    signoff: str
    stamp: str
    tails: tuple[tuple[str, ...], ...]
    crossed: str
    section: str
    masthead: str
    spaced: bool
    phone: bool
    sidebar: bool
    prefixed: bool


def site(number: int) -> Site:
    """Site ``number``, the same on every run."""
    rng = random.Random(f"site {number}")  # noqa: S311
    language = ("en", "ur", "sd", "ur", "en", "ur", "sd", "en")[number // 2 % 8]
    prefixed = rng.random() < 0.12
    dated = rng.random() < 0.82 and not prefixed
    label = rng.choice(writing.LABELS[language]) if dated else ""
    order = rng.choice(ORDERS) if dated else rng.choice(UNDATED)
    numbers = writing.order_of(label) or rng.choice(("mdy", "dmy"))
    stamped = rng.random() < 0.45
    english = rng.random() < 0.25
    byline = rng.choice(writing.BYLINES[language])
    if byline[0] == "{by}" and "BL" not in order:
        byline = writing.BYLINES[language][0]
    return Site(
        number=number,
        language=language,
        name=rng.choice(pool(SITES, language)),
        menu=rng.choice(NAVIGATION),
        labels=tuple(rng.sample(pool(MENUS, "en" if english else language), rng.randrange(8, 18))),
        order=order,
        label=label,
        dateline=rng.choice(writing.DATELINES[language]),
        byline=byline,
        signoff=rng.choice(writing.SIGNOFFS[language]) if rng.random() < 0.25 else "",
        stamp=rng.choice(writing.STAMPS[numbers]) if stamped else "",
        tails=tuple(map(tuple, rng.sample(TAILS[language], rng.randrange(0, 4)))),
        crossed=rng.choice(CROSSED[language]) if rng.random() < 0.25 else "",
        section=rng.choice(SECTIONS[language]),
        masthead=rng.choice(("", "", "name", "paper")),
        spaced=rng.random() < 0.4,
        phone=rng.random() < 0.2,
        sidebar=stamped and rng.random() < 0.5,
        prefixed=prefixed,
    )


def menu(site: Site, rng: random.Random) -> list[str]:
    """The site's menu as lines."""
    labels = list(site.labels)
    phone = ["+44 161 496 0123", "[email protected]"] if site.phone else []
    if site.menu == "none":
        return []
    if site.menu == "lines":
        return [*labels[:3], *phone, *labels[3:], ""]
    if site.menu == "crumbs":
        return [f"{labels[0]} » {labels[1]} » {labels[2]}", ""]
    marks = {
        "nbsp": " \u00a0", "spaces": "  ", "pipes": " | ", "bullets": " • ", "tabs": "\t",
    }  # fmt: skip
    lines = []
    while labels:
        size = rng.randrange(4, 8)
        taken, labels = labels[:size], labels[size:]
        if len(labels) < 3:
            taken, labels = taken + labels, []
        lines.append(" " * rng.randrange(2) + marks[site.menu].join(taken))
    return [*lines[:1], *phone, *lines[1:], *[""] * rng.randrange(3)]
