"""How each language names and writes Gregorian dates. To add a language, add a row here.

Names follow Unicode CLDR 48 (`dates/calendars/gregorian`, format, wide).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.text.bidi import isolate

# Hours of the day that a word after a twelve-hour clock time can mean.
MORNING, AFTERNOON = range(12), range(12, 24)
NIGHT = (*range(18, 24), *range(6))
NOON = range(11, 17)


@dataclass(frozen=True)
class Calendar:
    """One language's months (January first), weekdays (Monday first) and patterns.

    `spellings` lists, month by month, what else is written for a month, abbreviations included;
    yeh, kaf and heh letters, hamza seats, marks and case need no entry, as `fold` levels them.
    `links` may stand between the parts of a date, `at` before a time; `day_parts` give the hours
    that a word after a time stands for.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    spellings: tuple[str, ...]
    links: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    day_parts: Mapping[str, range | tuple[int, ...]] | None = None
    month: str = "{month} {year}"
    day: str = "{day} {month} {year}"
    weekday_day: str = "{weekday}, {day}"
    moment: str = "{day}, {time}"


CALENDARS = {
    "en": Calendar(
        months=(
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        weekdays=(
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ),
        spellings=(
            "Jan", "Feb Febr", "Mar", "Apr", "", "Jun",
            "Jul", "Aug", "Sep Sept", "Oct", "Nov", "Dec",
        ),
        links=("of",),
        at=("at",),
        day_parts={"am": MORNING, "a.m.": MORNING, "pm": AFTERNOON, "p.m.": AFTERNOON},
    ),
    "ur": Calendar(
        months=(
            "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون",
            "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
        ),
        weekdays=("پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار"),
        spellings=(
            "", "فرووری", "", "ایپریل", "مئ", "",
            "جولائ جولاء", "", "ستمر سپتمبر", "اکٹوبر", "", "دیسمبر",
        ),
        links=("سن", "سنہ"),
        at=("بوقت", "بجے", "کو"),
        day_parts={"صبح": MORNING, "دوپہر": NOON, "شام": AFTERNOON, "رات": NIGHT, "شب": NIGHT},
        weekday_day="{weekday}، {day}",
        moment="{day}، {time}",
    ),
    "sd": Calendar(
        months=(
            "جنوري", "فيبروري", "مارچ", "اپريل", "مئي", "جون",
            "جولاءِ", "آگسٽ", "سيپٽمبر", "آڪٽوبر", "نومبر", "ڊسمبر",
        ),
        weekdays=("سومر", "اڱارو", "اربع", "خميس", "جمعو", "ڇنڇر", "آچر"),
        spellings=(
            "", "فبروري فيبرري فروري", "", "ايپريل", "مئ", "",
            "جولائي جولائ", "آگست", "سپٽمبر سيپتمبر سپتمبر", "آڪتوبر", "نوومبر", "ڊسيمبر",
        ),
        links=("سن", "سال"),
        at=("وقت", "تي"),
        day_parts={"صبح": MORNING, "منجهند": NOON, "شام": AFTERNOON, "رات": NIGHT},
        weekday_day="{weekday}، {day}",
        moment="{day}، {time}",
    ),
}  # fmt: skip

# Months as Arabic, Persian and Pashto name them (CLDR 48: ar, ar-EG, fa, ps; Gregorian, wide).
# Dates on their pages are found; the newsroom writes none in these languages.
NEIGHBOURS = (
    "يناير ژانویهٔ ژانویه", "فبراير فوریهٔ فوریه", "مارس", "أبريل إبريل آوریل اپرېل", "مايو مهٔ",
    "يونيو يونيه ژوئن", "يوليو يوليه ژوئیهٔ ژوئیه جولای", "أغسطس اوت اګست", "سبتمبر سپتامبر",
    "أكتوبر اکتبر", "نوفمبر نوامبر", "ديسمبر دسامبر ډسمبر",
)  # fmt: skip

# Names of weekdays beside those of `CALENDARS`: abbreviations, other words, and the neighbours'.
WEEKDAYS = frozenset(
    """
    Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    سوموار پیروار منگلوار ہفتے جمعے بدھوار سنیچر اتوار بدھ خميس جمع ڇنڇر آچر اڱاري اربع سومر
    الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
    شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه
    """.split()
) | {name for calendar in CALENDARS.values() for name in calendar.weekdays}

# CLDR numbering systems.
DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}

MONTHS = {language: calendar.months for language, calendar in CALENDARS.items()}


def digits(text: str, system: str) -> str:
    """Return `text` with its digits in `system`: "latn", "arab" or "arabext" (CLDR names).

    Raises ValueError for another system.
    """
    if system not in DIGITS:
        names = ", ".join(DIGITS)
        raise ValueError(f"There is no digit system {system!r}. Choose one of {names}.")
    return text.translate(_to_digits(system))


def month_name(month: int, language: str) -> str:
    """Return the name of month 1 to 12 in `language`; "07" where no names are known."""
    calendar = CALENDARS.get(_primary(language))
    return calendar.months[month - 1] if calendar else f"{month:02}"


def day_name(day: dt.date, language: str) -> str:
    """Return the name of the weekday of `day` in `language`; "" where no names are known."""
    calendar = CALENDARS.get(_primary(language))
    return calendar.weekdays[day.weekday()] if calendar else ""


def format_month(day: dt.date, language: str, digits: str = "latn") -> str:
    """Return "July 2023", the month of `day`; ISO 8601 in a language without a calendar."""
    calendar = CALENDARS.get(_primary(language))
    if calendar is None:
        return f"{day:%Y-%m}"
    month = calendar.months[day.month - 1]
    return _digits(calendar.month.format(month=month, year=day.year), digits)


def format_day(day: dt.date, language: str, digits: str = "latn") -> str:
    """Return "29 July 2023", "29 جولائی 2023" ...; ISO 8601 in a language without a calendar."""
    calendar = CALENDARS.get(_primary(language))
    if calendar is None:
        return f"{day:%Y-%m-%d}"
    month = calendar.months[day.month - 1]
    return _digits(calendar.day.format(day=day.day, month=month, year=day.year), digits)


def format_weekday_day(day: dt.date, language: str, digits: str = "latn") -> str:
    """Return "Saturday, 29 July 2023"; ISO 8601 in a language without a calendar."""
    written = format_day(day, language, digits)
    calendar = CALENDARS.get(_primary(language))
    if calendar is None:
        return written
    return calendar.weekday_day.format(weekday=day_name(day, language), day=written)


def words_of(language: str) -> dict[str, object]:
    """Return what another program needs to write days as `format_weekday_day` does, and moments.

    That is `months`, `weekdays` (Monday first), a `pattern` with {weekday}, {day}, {month} and
    {year}, and `moment` with {day} and {time}; nothing in a language without a calendar.
    """
    calendar = CALENDARS.get(_primary(language))
    if calendar is None:
        return {}
    return {
        "months": calendar.months,
        "weekdays": calendar.weekdays,
        "pattern": calendar.weekday_day.replace("{day}", calendar.day),
        "moment": calendar.moment,
    }


def format_time(moment: dt.datetime | dt.time, digits: str = "latn") -> str:
    """Return "14:30", the time of day on a 24-hour clock, as it stands in `moment`'s own zone."""
    return _digits(f"{moment:%H:%M}", digits)


def format_zone(moment: dt.datetime, digits: str = "latn") -> str:
    """Return the offset of `moment`'s zone from universal time: "UTC", "UTC+5", "UTC−3:30"."""
    minutes = round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return _digits(f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}", digits)


def format_moment(
    moment: dt.datetime, language: str, digits: str = "latn", *, with_zone: bool = False
) -> str:
    """Return "29 July 2023, 14:30" in `moment`'s own zone; ISO 8601 without a calendar.

    With its zone the time reads "14:30 (UTC+5)", isolated from left to right in every language.
    Raises ValueError for a moment without a zone, which would be a different one for each reader.
    """
    if moment.tzinfo is None:
        raise ValueError(f"The moment {moment.isoformat()} has no time zone. Give it one first.")
    calendar = CALENDARS.get(_primary(language))
    if calendar is None:
        return moment.isoformat(timespec="minutes")
    day = format_day(moment, language, digits)
    time = format_time(moment, digits)
    if with_zone:
        time = isolate(f"{time}\N{NO-BREAK SPACE}({format_zone(moment, digits)})", "ltr")
    return calendar.moment.format(day=day, time=time)


_digits = digits


@lru_cache(maxsize=8)
def _to_digits(system: str) -> dict[int, str]:
    return {
        ord(digit): DIGITS[system][value]
        for numerals in DIGITS.values()
        for value, digit in enumerate(numerals)
    }


def _primary(language: str) -> str:
    return language.split("-")[0].lower()
