"""Pages of one story, laid out by the habits of a site, with their labels."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from . import writing
from .sites import GAPS, Site, menu
from .wording import Tale, month

LEAST = dt.date(2008, 1, 3)


@dataclass
class Page:
    """What a page prints and what it tells: lines, the labels of its stories and of the page."""

    kind: str
    language: str
    lines: list[str] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[list[str]] = field(default_factory=list)
    rendered_at: str | None = None
    notes: list[str] = field(default_factory=list)

    def add(self, *lines: str) -> None:
        for line in lines:
            self.lines.extend(line.split("\n"))


def some_day(rng: random.Random) -> dt.date:
    """A day of the years in which the captures were published."""
    return LEAST + dt.timedelta(days=rng.randrange(16 * 365))


def paragraphs(rng: random.Random, tale: Tale) -> list[str]:
    """The sentences of ``tale`` in paragraphs of one to three, the first of eight words or more."""
    left, found = list(tale.sentences), []
    while left:
        size = rng.choice((1, 1, 2, 2, 3))
        found.append(" ".join(left[:size]))
        left = left[size:]
    return found


def story_page(rng: random.Random, site: Site, tale: Tale, others: list[Tale]) -> Page:
    """A page of ``site`` that tells ``tale``; ``others`` lend their headlines to teasers."""
    page = Page("article", site.language)
    day = some_day(rng)
    told: dict[str, Any] = {
        "title": None, "published": None, "published_time": None, "dateline_place": None,
        "dateline_text": None, "byline": None, "decks": [], "gaps": 0, "must_not_contain": [],
    }  # fmt: skip
    noise: list[str] = []
    if site.prefixed:
        page.add(f" date {day.isoformat()} ")
        told["published"] = day.isoformat()
        page.notes.append("N13")
    top(page, rng, site, noise, day)
    shown = head(page, rng, site, tale, day, told)
    body(page, rng, site, tale, day, told)
    foot(page, rng, site, others, day, told, noise)
    settle(told, shown, day)
    page.articles.append(told)
    clean(page, told, noise)
    return page


def top(page: Page, rng: random.Random, site: Site, noise: list[str], day: dt.date) -> None:
    """Menu and masthead, which a page of a capturing tool lacks."""
    if site.prefixed:
        return
    page.add(*menu(site, rng))
    if site.menu not in {"none", "crumbs"}:
        noise.extend(site.labels)
        page.notes.append("N2" if site.menu == "lines" else "N1")
    noise.extend(line for line in page.lines if "»" in line)
    if site.phone and site.menu not in {"none", "crumbs"}:
        noise.append("+44 161 496 0123")
        page.notes.append("N3,N4")
    if site.masthead == "name":
        page.add(site.name, "")
        noise.append(site.name)
    if site.masthead == "paper" and site.language == "en":
        shown = day + dt.timedelta(days=rng.randrange(30, 400))
        page.add(f"Today's Paper | {month(shown, 'en')} {shown.day}, {shown.year}", "")
        noise.append("Today's Paper")
        page.notes.append("N14")


def head(
    page: Page, rng: random.Random, site: Site, tale: Tale, day: dt.date, told: dict[str, Any]
) -> writing.Written:
    """Headline, deck, byline, date label and counters in the site's order."""
    shown = writing.Written("")
    bare = site.byline[0] == "{by}" and "B" in site.order
    lost = rng.random() < 0.15 and not set(site.order) & set("DS") and not bare
    for part in site.order:
        if part == "H" and lost:
            page.add("")
        elif part == "H":
            again = told["title"] is not None
            page.add(tale.headline.replace(" ", "  ", 1) if again else tale.headline)
            told["title"] = tale.headline
            if len(site.order) > 2 and site.order.startswith("HH") and not again:
                page.add("")
        elif part == "D":
            page.add(tale.deck)
            told["decks"].append(tale.deck)
        elif part == "B":
            signed(page, rng, site, day, told)
        elif part == "S":
            page.add(site.section)
        elif part == "C":
            page.add(str(rng.randrange(3)), str(rng.randrange(20, 900)))
            page.notes.append("N28")
        else:
            shown = dated(page, rng, site, day, told)
    yearless(page, rng, site, day, told)
    if told["title"] is None:
        page.notes.append("N6")
    page.add(*[""] * rng.randrange(2))
    return shown


def yearless(
    page: Page, rng: random.Random, site: Site, day: dt.date, told: dict[str, Any]
) -> None:
    """A day and a month, now and then, where a site prints no label."""
    if not site.label and rng.random() < 0.3 and told["title"]:
        page.add(writing.write(rng, writing.PARTIAL[site.language], day, site.language).text)
        page.notes.append("N20")


def signed(page: Page, rng: random.Random, site: Site, day: dt.date, told: dict[str, Any]) -> None:
    """The byline, in the site's way."""
    pattern, name = site.byline
    values = writing.fields(rng, day, site.language)
    page.add(pattern.format(**values))
    told["byline"] = name.format(**values)


def dated(
    page: Page, rng: random.Random, site: Site, day: dt.date, told: dict[str, Any]
) -> writing.Written:
    """The line that dates the story, in the site's way."""
    shown = writing.write(rng, site.label, day, site.language)
    page.add(shown.text)
    told["published"] = day.isoformat()
    told["published_time"] = shown.clock or None
    told["byline"] = told["byline"] or shown.byline or None
    page.notes.append("N7" if shown.order else "N15")
    return shown


def body(
    page: Page, rng: random.Random, site: Site, tale: Tale, day: dt.date, told: dict[str, Any]
) -> None:
    """Dateline and paragraphs, now and then with text lost."""
    parts = paragraphs(rng, tale)
    line = writing.write(rng, site.dateline, day, site.language)
    printed = list(parts)
    if rng.random() < 0.25:
        place = rng.randrange(len(parts))
        lost = lose(rng, parts[place])
        if lost:
            printed[place], parts[place] = lost
            told["gaps"] += 1
            page.notes.append("N23")
    if line.text:
        name = line.text.split(",")[0].split("۔")[0].split(":")[0].split("(")[0]
        told["dateline_place"] = name.split("،")[0].split(" —")[0].split(" –")[0].strip()
        told["dateline_text"] = line.text.strip()
        told["byline"] = told["byline"] or line.byline or None
        printed[0] = line.text + printed[0]
        page.notes.append("N16" if site.language == "en" else "N17")
        if "{Y}" in site.dateline:
            told["published"] = day.isoformat()
    for number, paragraph in enumerate(printed):
        page.add(*([""] if site.spaced and number else []), paragraph)
    page.bodies.append(parts)


def lose(rng: random.Random, text: str) -> tuple[str, str] | None:
    """``text`` as printed without a link's words, and the words that are left."""
    words = text.split(" ")
    inner = [n for n in range(3, len(words) - 3) if words[n - 1][-1].isalpha()]
    if not inner:
        return None
    place = rng.choice(inner)
    stop = min(len(words) - 1, place + rng.randrange(1, 3))
    before, after = " ".join(words[:place]), " ".join(words[stop:])
    style = rng.choice(GAPS)
    broken = {
        "nbsp": "\u00a0\n\u00a0", "before": "\u00a0\n", "after": "\n\u00a0", "spaces": " \n ",
    }[style]  # fmt: skip
    return f"{before}{broken}{after}", f"{before} {after}"


def foot(
    page: Page, rng: random.Random, site: Site, others: list[Tale], day: dt.date,
    told: dict[str, Any], noise: list[str],
) -> None:  # fmt: skip
    """Sign-off, link to another language, tails, stamp and sidebar."""
    if site.signoff:
        shown = writing.write(rng, site.signoff, day, site.language)
        page.add(*[""] * rng.randrange(2), shown.text)
        told["published"] = day.isoformat()
        told["byline"] = told["byline"] or shown.byline or None
        noise.append(shown.text.split("\n")[-1])
        page.notes.append("N11")
    if site.crossed:
        page.add(site.crossed)
        noise.append(site.crossed)
        page.notes.append("N21")
    for tail in site.tails:
        on = f"{month(day, 'en')} {day.day}, {day.year}"
        lines = [line.format(t=rng.choice(others).headline, site=site.name, on=on) for line in tail]
        page.add(*[""] * rng.randrange(2), *lines)
        noise.extend(lines)
        page.notes.append("N25")
    if site.stamp:
        stamp(page, rng, site, others, day, noise)


def stamp(
    page: Page, rng: random.Random, site: Site, others: list[Tale], day: dt.date, noise: list[str]
) -> None:
    """The moment at which the page was made, and perhaps a sidebar of newer items."""
    made = day + dt.timedelta(days=rng.randrange(40, 900))
    while made.day < 13 and not proves(site, day):
        made += dt.timedelta(days=5)
    shown = writing.write(rng, site.stamp, made, site.language)
    page.add("", shown.text)
    page.rendered_at = f"{made.isoformat()}T{shown.clock}"
    page.notes.append("N12")
    if site.sidebar:
        for tale in rng.sample(others, 2):
            newer = made - dt.timedelta(days=rng.randrange(1, 6))
            line = f"{newer.day} {month(newer, site.language)} {newer.year}"
            page.add(tale.headline, line)
            noise.extend((tale.headline, line))


def proves(site: Site, day: dt.date) -> bool:
    """Whether the page tells the order of its numbers apart from its stamp."""
    numbers = writing.order_of(site.label)
    named = "{M}" in site.dateline or "{M}" in site.signoff
    return bool(numbers) and (day.day > 12 or (named and day.day != day.month))


def settle(told: dict[str, Any], shown: writing.Written, day: dt.date) -> None:
    """A numeric label whose order nothing proves is no full date."""
    told["numeric"] = shown.order
    told["day"] = day.isoformat()


def clean(page: Page, told: dict[str, Any], noise: list[str]) -> None:
    """Only noise that the story itself does not print, and a final look at ambiguous numbers."""
    text = " ".join([told["title"] or "", *page.bodies[-1]])
    kept = {line for line in noise if len(line) > 4 and line not in text}
    told["must_not_contain"] = sorted(kept)
    day = dt.date.fromisoformat(told.pop("day"))
    numeric = told.pop("numeric")
    if numeric and day.day <= 12 and day.day != day.month and not _told_otherwise(page, told, day):
        other = dt.date(day.year, day.day, day.month)
        told["published"] = None
        told["published_alternatives"] = [day.isoformat(), other.isoformat()]
        told["date_ambiguous"] = True


def _told_otherwise(page: Page, told: dict[str, Any], day: dt.date) -> bool:
    """Whether a dateline, a sign-off or the page's stamp settles the order of numbers."""
    named = any(
        month(day, language) in line and str(day.year) in line
        for language in ("en", "ur", "sd")
        for line in page.lines
    )
    if named or (told["dateline_text"] or "").count("-") == 2:
        return True
    american = not any("GMT" in line for line in page.lines)
    return bool(page.rendered_at and american and page.rendered_at[8:10] > "12")
