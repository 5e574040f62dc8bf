from __future__ import annotations

import datetime as dt
import itertools
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.calendars import CALENDARS
from articles.text.dates import (
    MONTHS,
    day_name,
    digits,
    find_dates,
    format_day,
    format_moment,
    format_time,
    format_weekday_day,
    month_name,
    with_zone,
)

NOTATIONS = [
    ("Posted on: 7/29/2023", "2023-07-29", "mdy"),
    ("8/31/2014 1", "2014-08-31", "mdy"),
    ("29/7/2023", "2023-07-29", "dmy"),
    ("KARACHI, 23-09-2017: The", "2017-09-23", "dmy"),
    ("29.7.2023", "2023-07-29", "dmy"),
    ("۲۹/۷/۲۰۲۳", "2023-07-29", "dmy"),
    ("23۔02۔2015", "2015-02-23", "dmy"),
    ("18؍3؍2016ء", "2016-03-18", "dmy"),
    (" date 2025-02-09 A story", "2025-02-09", "ymd"),
    ("2023/07/29", "2023-07-29", "ymd"),
    ("٢٠٢٣-٠٧-٢٩", "2023-07-29", "ymd"),
    ("July 29, 2023.", "2023-07-29", "named"),
    ("JULY 29 2023", "2023-07-29", "named"),
    ("21 Jul 2013     Views: 3337", "2013-07-21", "named"),
    ("Posted on: 17 Sep 2013by Ahsan", "2013-09-17", "named"),
    ("20 Nov, 2023", "2023-11-20", "named"),
    ("Published in Dawn, November 20th, 2023", "2023-11-20", "named"),
    ("Dallas: March 12th, 2012 |", "2012-03-12", "named"),
    ("the 5th of June 2020", "2020-06-05", "named"),
    ("Sept. 3, 2020", "2020-09-03", "named"),
    ("09-Feb-2025", "2025-02-09", "named"),
    ("2023 July 29", "2023-07-29", "named"),
    ("لندن ۔۔۔3 جنوری 2013ء", "2013-01-03", "named"),
    ("28اکتوبر2014ء", "2014-10-28", "named"),
    ("18؍ مارچ 2016ء", "2016-03-18", "named"),
    ("24 فروری 2022ئ کو", "2022-02-24", "named"),
    ("9 دسمبر 2014ع تي", "2014-12-09", "named"),
    ("18 جولائی ، 2012", "2012-07-18", "named"),
    ("29 جولائي 2023", "2023-07-29", "named"),
    ("29 جولائ 2023", "2023-07-29", "named"),
    ("29 جولاءِ 2023", "2023-07-29", "named"),
    ("۲۹ جولائی ۲۰۲۳ء", "2023-07-29", "named"),
    ("جولائی 29، 2023", "2023-07-29", "named"),
    ("٢٠٢٣ جولاءِ ٢٩", "2023-07-29", "named"),
    ("14 آگسٽ 1947", "1947-08-14", "named"),
    ("14 اگست سنہ 1947ء", "1947-08-14", "named"),
    ("6 سپٽمبر … 2020", "2020-09-06", "named"),
    ("6 سيپٽمبر 2020", "2020-09-06", "named"),
    ("3 مئی 1985ء کو", "1985-05-03", "named"),
    ("3 مئي 1985", "1985-05-03", "named"),
    ("7 آڪٽوبر 2021", "2021-10-07", "named"),
    ("25 ڊسمبر 2021", "2021-12-25", "named"),
    ("5-7 March 2020", "2020-03-07", "named"),
]


@pytest.mark.parametrize(("text", "day", "order"), NOTATIONS)
def test_a_complete_date_is_read_in_every_notation_of_the_captures(
    text: str, day: str, order: str
) -> None:
    found = find_dates(text)
    assert [(one.date.isoformat(), one.order) for one in found] == [(day, order)]
    assert text[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize(
    "text",
    [
        "23 – مئي", "29تاريخ", "on Friday", "May 2020", "مئی 2020", "5 May", "5/6", "5/6/20",
        "31/2/2020", "2/30/2020", "29 February 2023", "31 نومبر 2020", "2023-13-01", "2023-02-30",
        "0/1/2020", "2020-00-10", "13/13/2020", "99/99/2020", "1/2/3/2020", "10.20.30.2020",
        "1.2.2020.5", "2020-01-02-03", "12345/6/2020", "1/2/20201", "10:20 May 2020",
        "5 Mayor 2020",
        "He left on the 15. March 2020 was warm", "Views: 3\nJuly 2023", "5/6-2020",
        "7.25 May 2020", "1/2/1200", "5 May 2500", "123 March 2020", "٩٩ مئی ٢٠٢٠", "",
    ],
)  # fmt: skip
def test_what_is_no_complete_date_is_not_returned(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "time_of_day", "has_seconds", "zone"),
    [
        ("7/17/2024 7:20:44 PM", "19:20:44", True, ""),
        ("8/29/2021 7:59:01 AMملک", "07:59:01", True, ""),
        ("7/31/2019 12:30:09 AMChair", "00:30:09", True, ""),
        ("18/02/2023 20:44:31April", "20:44:31", True, ""),
        ("30/03/2023 09:15:15", "09:15:15", True, ""),
        ("2025-09-18@16:31:37 GMT", "16:31:37", True, "GMT"),
        ("2020-02-14T06:12:07.123+05:00", "06:12:07", True, "+05:00"),
        ("20 Nov, 2023 07:03am Updated", "07:03:00", False, ""),
        ("Nov. 3, 2020 at 12:20 p.m.", "12:20:00", False, ""),
        ("17 دسمبر 2023 بوقت 09:40 رات", "21:40:00", False, ""),
        ("17 دسمبر 2023ء، 12:40 رات", "00:40:00", False, ""),
        ("17 دسمبر 2023 01:40 دوپہر", "13:40:00", False, ""),
        ("17 ڊسمبر 2023 08:15 صبح", "08:15:00", False, ""),
        ("13 May 2020 14:05 Among others", "14:05:00", False, ""),
        ("13 May 2020 10:05 PMLN", "10:05:00", False, ""),
    ],
)
def test_the_time_after_a_date_is_read_with_it(
    text: str, time_of_day: str, has_seconds: bool, zone: str
) -> None:
    (found,) = find_dates(text)
    assert (str(found.time), found.has_seconds, found.zone) == (time_of_day, has_seconds, zone)


@pytest.mark.parametrize("text", ["1/31/2020 25:10", "1/31/2020 10:60", "1/31/2020 10:20:61"])
def test_an_impossible_time_leaves_the_date_without_one(text: str) -> None:
    (found,) = find_dates(text)
    assert (found.text, found.time) == ("1/31/2020", None)


def test_two_numbers_that_are_both_months_give_both_readings() -> None:
    (found,) = find_dates("Posted on: 5/6/2022")
    assert found.order == "ambiguous"
    assert found.readings == (dt.date(2022, 6, 5), dt.date(2022, 5, 6))


def test_the_same_number_twice_has_one_reading_and_teaches_no_order() -> None:
    (found,) = find_dates("5/5/2022")
    assert (found.order, found.readings) == ("ambiguous", (dt.date(2022, 5, 5),))


def test_dates_are_returned_in_order_and_never_overlap() -> None:
    text = "June 19, 1992 to 2 نومبر 2011 and 2023 March 5, 2014 then 2020-01-02 3/4/2020"
    found = find_dates(text)
    assert [one.date.year for one in found] == [1992, 2011, 2014, 2020, 2020]
    assert all(one.end <= next_one.start for one, next_one in itertools.pairwise(found))


HOSTILE = {
    "digits": "1" * 200_000,
    "slashes": "/" * 200_000,
    "digits and slashes": "1/" * 100_000,
    "dates without a break": "1/1/2020/" * 22_222,
    "years": "2020 " * 40_000,
    "years and slashes": "2020/" * 40_000,
    "spaces": ("1" + " " * 47) * 4_000 + "2020",
    "letters": ("a" * 44 + "2020 ") * 4_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_length_of_digits_and_slashes_is_read_and_holds_no_date(name: str) -> None:
    assert find_dates(HOSTILE[name]) == []


@given(st.dates(dt.date(1583, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(sorted(CALENDARS)))
def test_a_written_day_is_found_again(day: dt.date, language: str) -> None:
    for system in ("latn", "arab", "arabext"):
        for written in (format_day, format_weekday_day):
            (found,) = find_dates(f"x {written(day, language, system)}.")
            assert (found.date, found.order) == (day, "named")


@given(st.text(alphabet="0123456789/-.:۔، ءPMapril", max_size=60))
def test_any_text_gives_only_days_of_the_calendar(text: str) -> None:
    for found in find_dates(text):
        assert found.date in found.readings
        assert text[found.start : found.end] == found.text
        assert re.search(r"\d{4}", found.text)


def test_a_day_is_written_in_the_readers_language() -> None:
    day = dt.date(2023, 7, 29)
    assert format_day(day, "en") == "29 July 2023"
    assert format_day(day, "ur") == "29 جولائی 2023"
    assert format_day(day, "sd") == "29 جولاءِ 2023"
    assert format_day(day, "ur-PK", "arabext") == "۲۹ جولائی ۲۰۲۳"
    assert format_day(day, "sd", digits="arab") == "٢٩ جولاءِ ٢٠٢٣"
    assert format_weekday_day(day, "en") == "Saturday, 29 July 2023"
    assert format_weekday_day(day, "ur") == "ہفتہ، 29 جولائی 2023"
    assert format_weekday_day(day, "sd") == "ڇنڇر، 29 جولاءِ 2023"


def test_a_moment_is_written_in_its_own_zone_on_a_24_hour_clock() -> None:
    moment = dt.datetime(2023, 7, 29, 14, 30, tzinfo=ZoneInfo("Asia/Karachi"))
    assert format_moment(moment, "en") == "29 July 2023, 14:30"
    assert format_moment(moment, "ur") == "29 جولائی 2023، 14:30"
    assert format_moment(moment, "sd", "arab") == "٢٩ جولاءِ ٢٠٢٣، ١٤:٣٠"
    assert format_time(moment) == "14:30"


def test_a_moment_without_a_zone_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        format_moment(dt.datetime(2023, 7, 29, 14, 30), "en")  # noqa: DTZ001


def test_a_language_without_a_calendar_falls_back_to_iso_8601() -> None:
    moment = dt.datetime(2023, 7, 9, 14, 30, tzinfo=dt.UTC)
    assert format_day(moment.date(), "ps") == "2023-07-09"
    assert format_weekday_day(moment.date(), "ps") == "2023-07-09"
    assert format_moment(moment, "ps") == "2023-07-09T14:30+00:00"
    assert (month_name(7, "ps"), day_name(moment.date(), "ps")) == ("07", "")


def test_names_are_those_of_cldr() -> None:
    assert MONTHS["ur"][6] == "جولائی"
    assert MONTHS["sd"][6] == "جولاءِ"
    monday = dt.date(2023, 7, 24)
    assert [day_name(monday, code) for code in ("en", "ur", "sd")] == ["Monday", "پیر", "سومر"]
    for calendar in CALENDARS.values():
        assert [len(calendar.months), len(calendar.spellings)] == [12, 12]
        assert len(set(calendar.weekdays)) == 7


def test_digits_go_from_any_system_to_any_other() -> None:
    assert digits("12 ٣٤ ۵۶", "latn") == "12 34 56"
    assert digits("12 ٣٤ ۵۶", "arab") == "١٢ ٣٤ ٥٦"
    assert digits("12 ٣٤ ۵۶", "arabext") == "۱۲ ۳۴ ۵۶"
    with pytest.raises(ValueError, match="Choose one of latn, arab, arabext"):
        digits("1", "roman")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2023-07-29T10:00:00.5+05:00", "2023-07-29T10:00:00+05:00"),
        ("1900-01-01T04:28:12+04:28:12", "1900-01-01T00:00:00+00:00"),
    ],
)
def test_a_moment_is_written_as_other_programs_read_it(moment, told):
    assert with_zone(dt.datetime.fromisoformat(moment)) == told
