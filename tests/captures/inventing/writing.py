"""How an invented site writes its dates, datelines, bylines, sign-offs and stamps."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from .wording import NAMES, PLACES, VARIANTS, month, pool, weekday

EXTENDED = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
NUMERIC = {
    "{m}/{d}": "mdy",
    "{d}/{m}": "dmy",
    "{dd}/{mm}": "dmy",
    "{d}-{m}": "dmy",
    "{dd}-{mm}": "dmy",
}

# {m} {d} {Y} numbers, {mm} {dd} padded, {M} month, {Mon} short month, {W} weekday, {c} clock, {n}
# a counter, {by} a name. A pattern with {c} prints a time of day that belongs to the label.
LABELS = {
    "en": [
        "Posted on: {m}/{d}/{Y}",
        "Posted on: {m}/{d}/{Y} {n}",
        "Posted on: {d}/{m}/{Y}",
        "Published {d} {Mon}, {Y} {c}",
        "Published: {M} {d}, {Y} {c}",
        "{M} {d}, {Y}",
        "{W}, {d} {M} {Y}",
        "{W}, {M} {d}, {Y}",
        "{d}-{Mon}-{Y}",
        "{Y}-{mm}-{dd}",
        "Date: {dd}-{mm}-{Y}",
        "Posted: {Mon} {d}, {Y} {c}",
        "{d}th {M} {Y}",
        "{M} {d}, {Y} by {by}",
        "By {by} | {M} {d}, {Y}",
        "{d} {Mon} {Y}     Views: {n}",
        "Published: {M} {d}, {Y} Updated: {later}",
        "{M} {d}, {Y} at {c}",
        "Last updated {later}; first published {d} {M} {Y}",
        "Release Date : {d} {M} {Y}",
    ],
    "ur": [
        "Posted on: {m}/{d}/{Y}",
        "شائع کردہ: {d} {M} {Y}ء",
        "تاریخ اشاعت: {d}/{m}/{Y}",
        "{W} {d} {M} {Y}ء",
        "{d} {M}، {Y}",
        "{d} {M} {Y}ء",
        "شائع {d} {M} {Y} {c}",
        "تاریخ: {d} {M} {Y}",
        "اشاعت: {d} {M}, {Y}",
        "Published: {d} {M}, {Y}",
        "آخری اپ ڈیٹ: {later} شائع: {d} {M} {Y}",
        "{W}، {d} {M} {Y}ء، {c24}",
    ],
    "sd": [
        "Posted on: {m}/{d}/{Y}",
        "شايع ٿيل: {d} {M} {Y}",
        "{W} {d} {M} {Y}",
        "تاريخ: {d}-{m}-{Y}",
        "{d} {M}, {Y}",
        "ڇپجڻ جي تاريخ: {d} {M} {Y}",
        "Published: {d} {M} {Y}",
        "شايع ٿيو: {d} {M} {Y} {c24}",
        "{d} {M} {Y}",
    ],
}
DATELINES = {
    "en": [
        "{P}: ", "{P} (River News) - ", "{P}, {dd}-{mm}-{Y}: ", "{p}: {M} {d}, {Y} | ",
        "{P} — ", "{P} – ", "{P}, {M} {d}, {Y}: ", "",
    ],
    "ur": [
        "{p} ۔۔۔{d} {M} {Y}ء ", "{p} (نامہ نگار) ", "{p}: ", "{p} (اسٹاف رپورٹر) ",
        "{p}۔۔۔۔{d}{M}{Y}ء ", "{p} ۔۔۔ ", "{p}، {d} {M} {Y}ء: ", "{p} (رپورٹ: {by}) ", "",
    ],
    "sd": [
        "{p}: ", "{p} (رپورٽر) ", "{p} (رپورٽ: {by}) ", "{p} (نامه نگار) ",
        "{p} ۔۔۔{d} {M} {Y}ع ", "{p} (بيورو رپورٽ) ", "",
    ],
}  # fmt: skip
BYLINES = {
    "en": [
        ("By {by}", "{by}"), ("by {by}", "{by}"), ("Web Desk", "Web Desk"),
        ("By Our Correspondent", "Our Correspondent"), ("Our Staff Reporter", "Our Staff Reporter"),
        ("Written by: {by}", "{by}"), ("Author: {by}", "{by}"), ("{by}", "{by}"),
    ],
    "ur": [
        ("تحریر: {by}", "{by}"), ("ہمارے نامہ نگار سے", "ہمارے نامہ نگار"),
        ("ویب ڈیسک", "ویب ڈیسک"), ("رپورٹ: {by}", "{by}"), ("نمائندہ خصوصی", "نمائندہ خصوصی"),
        ("ہمارے نمائندے سے", "ہمارے نمائندے"), ("{by}", "{by}"), ("از: {by}", "{by}"),
        ("تحریر۔۔۔ {by}", "{by}"),
    ],
    "sd": [
        ("ليکڪ: {by}", "{by}"), ("اسان جي نمائندي کان", "اسان جي نمائندي"),
        ("ويب ڊيسڪ", "ويب ڊيسڪ"), ("رپورٽ: {by}", "{by}"), ("تحرير: {by}", "{by}"),
        ("اسان جي رپورٽر کان", "اسان جي رپورٽر"), ("{by}", "{by}"),
    ],
}  # fmt: skip
SIGNOFFS = {
    "en": ["{M} {d}, {Y}.", "{p}, {M} {d}, {Y}", "{by}\n{M} {d}, {Y}", "Dated: {d} {M} {Y}"],
    "ur": ["{d} {M} {Y}ء", "{by}\n{d} {M} {Y}ء", "مورخہ {d} {M} {Y}ء", "{p}، {d} {M} {Y}ء"],
    "sd": ["{d} {M} {Y}", "{by}\n{d} {M} {Y}", "{d} {M} {Y}ع"],
}
PARTIAL = {"en": "{M} {d}", "ur": "{d} {M}", "sd": "{d} {M}"}
STAMPS = {
    "mdy": ["{m}/{d}/{Y} {h}:{MI}:{SS} {AP}", "{Y}-{mm}-{dd}@{HH}:{MI}:{SS} GMT"],
    "dmy": ["{d}/{m}/{Y} {h}:{MI}:{SS} {AP}", "{dd}/{mm}/{Y} {HH}:{MI}:{SS}"],
}


@dataclass
class Written:
    """A printed text and what it tells."""

    text: str
    clock: str = ""
    byline: str = ""
    order: str = ""


def order_of(pattern: str) -> str:
    """The order of numbers that ``pattern`` prints, or ``""`` when it names the month."""
    return next((order for shape, order in NUMERIC.items() if shape in pattern), "")


def fields(rng: random.Random, day: dt.date, language: str) -> dict[str, str]:
    """What every pattern may print of ``day``."""
    name = month(day, language)
    if rng.random() < 0.25:
        name = rng.choice(VARIANTS.get(language, {}).get(name, [name]))
    hour, minute, second = rng.randrange(24), rng.randrange(60), rng.randrange(60)
    place = rng.choice(pool(PLACES, language))
    later = day + dt.timedelta(days=2)
    return {
        "d": str(day.day), "m": str(day.month), "Y": str(day.year), "dd": f"{day.day:02}",
        "mm": f"{day.month:02}", "M": name, "Mon": name[:3], "W": weekday(day, language),
        "n": str(rng.randrange(2, 4000)), "by": rng.choice(pool(NAMES, language)), "p": place,
        "P": place.upper(), "later": f"{later.day} {month(later, language)} {later.year}",
        "h": str(hour % 12 or 12), "HH": f"{hour:02}", "MI": f"{minute:02}", "SS": f"{second:02}",
        "AP": "AM" if hour < 12 else "PM", "c24": f"{hour:02}:{minute:02}",
        "c": f"{hour % 12 or 12:02}:{minute:02}{'am' if hour < 12 else 'pm'}",
        "iso": f"{hour:02}:{minute:02}:{second:02}",
    }  # fmt: skip


def write(rng: random.Random, pattern: str, day: dt.date, language: str) -> Written:
    """``pattern`` filled for ``day``, with the clock, name and order that it tells."""
    values = fields(rng, day, language)
    if "{d}th" in pattern:
        ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
        pattern = pattern.replace("{d}th", "{d}" + ending.get(day.day, "th"))
    clock = f"{values['c24']}:00" if "{c}" in pattern or "{c24}" in pattern else ""
    if "{SS}" in pattern:
        clock = values["iso"]
    byline = values["by"] if "{by}" in pattern else ""
    return Written(pattern.format(**values), clock, byline, order_of(pattern))
