"""What a page is read as, one pattern of noise at a time. All text here is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.captures import GAP, Draft, Hints, Parsed, account, read, segment
from articles.captures.furniture import digest

HEAD = "Ferry stopped by the flood"
ONE = (
    "The river rose by four feet overnight and the ferry stopped, leaving ninety passengers to "
    "cook for each other on the bank until the water fell."
)
TWO = "Nobody complained of the soup, said the boatman, who had eaten three bowls of it."
URDU = (
    "دریا رات بھر میں چار فٹ چڑھ گیا اور کشتی رک گئی، چنانچہ نوے مسافروں نے کنارے پر کھانا پکایا۔"
)
SINDHI = "درياهه رات وچ ۾ چار فوٽ چڙهي ويو ۽ ٻيڙي بيهي رهي، تنهنڪري مسافرن ڪناري تي ماني پچائي."
DAY = dt.date(2019, 5, 23)


def parse(*lines: str, hints: Hints | None = None) -> Parsed:
    capture = read("\n".join(lines).encode())
    parsed = segment(capture, hints=hints)
    assert not [what for _, _, what in account(parsed, capture) if "unplaced" in what]
    return parsed


def only(*lines: str, hints: Hints | None = None) -> Draft:
    (draft,) = parse(*lines, hints=hints).drafts
    return draft


def story(*lines: str, hints: Hints | None = None) -> Draft:
    """Read a page whose headline, date and two paragraphs stand among ``lines``."""
    draft = only(*lines, hints=hints)
    assert draft.headline == HEAD
    assert draft.headline_origin == "captured"
    assert draft.paragraphs == (ONE, TWO)
    return draft


@pytest.mark.parametrize(
    "line",
    [
        "Posted on: 5/23/2019",
        "Posted on: 5/23/2019 14",
        "Published May 23, 2019 Updated May 25, 2019",
        "Last Updated: 25 May, 2019 | Published: 23 May, 2019",
        "23 May 2019     Views: 77",
        "2019-05-23",
        "شائع کردہ: ۲۳/۵/۲۰۱۹",
        "شايع ٿيل: 23 مئي 2019",
        "By Asad Boatman | May 23, 2019",
    ],
)
def test_a_line_that_dates_the_story_gives_its_date(line):
    assert story(HEAD, line, ONE, TWO).published == DAY


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Published 23 May, 2019 07:03am", None),
        ("شائع کردہ: 23 مئی 2019ء، 07:03", None),
        ("Posted: May 23, 2019 7:03 am GMT", dt.UTC),
        ("شايع ٿيل: 23 مئي 2019 07:03 PKT", dt.timezone(dt.timedelta(hours=5))),
    ],
)
def test_a_time_of_day_beside_the_date_is_kept(line, zone):
    told = story(HEAD, line, ONE, TWO).published
    assert told == dt.datetime(2019, 5, 23, 7, 3, tzinfo=zone)


def test_an_order_proven_by_the_story_reads_the_stamp_of_its_page():
    page = parse(
        "دریا چڑھ گیا", "تاریخ: 5/11/2026", f"سکھر ۔۔۔ 5 نومبر 2026ء {URDU}", "6/11/2026 9:41:07 AM"
    )
    assert page.rendered_at == dt.datetime.fromisoformat("2026-11-06T09:41:07")
    assert page.drafts[0].published == dt.date(2026, 11, 5)


@pytest.mark.parametrize("line", ["23 May 2019", "May 23, 2019.", "London, May 23, 2019"])
def test_a_sign_off_dates_the_story_and_leaves_its_body(line):
    assert story(HEAD, "", ONE, TWO, "", line).published == DAY


def test_a_name_beside_the_sign_off_is_the_author():
    assert story(HEAD, "", ONE, TWO, "Asad Boatman", "May 23, 2019").byline == "Asad Boatman"


@pytest.mark.parametrize(
    ("opening", "place", "day"),
    [
        ("KARACHI: ", "KARACHI", None),
        ("KARACHI (River News) - ", "KARACHI", None),
        ("KARACHI, 23-05-2019: ", "KARACHI", DAY),
        ("KARACHI, 05-06-2019: ", "KARACHI", dt.date(2019, 6, 5)),
        ("Dallas: May 23rd, 2019 | ", "Dallas", DAY),
    ],
)
def test_a_dateline_is_a_field_and_not_text(opening, place, day):
    draft = story(HEAD, "", opening + ONE, TWO)
    assert (draft.dateline, draft.published) == (place, day)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("سکھر ۔۔۔23 مئی 2019ء ", DAY),
        ("سکھر۔۔۔23مئی2019ئ ", DAY),
        ("سکھر ۔۔۔ 23؍ مئی 2019ء ", DAY),
        ("سکھر ، 23 مئی ، 2019 : ", DAY),
        ("سکھر: ", None),
        ("سکھر (نامہ نگار) ", None),
        ("سکھر (دریا نیوز ایجنسی) ", None),
        ("\u200eسکھر ۔۔۔\u200e 23 مئی 2019\ufe80 ", DAY),
    ],
)
def test_an_urdu_dateline_is_a_field_and_not_text(opening, day):
    draft = only("دریا چڑھ گیا", "", opening + URDU)
    assert (draft.dateline, draft.published, draft.language) == ("سکھر", day, "ur")
    assert draft.paragraphs == (URDU,)


def test_a_sentence_that_begins_with_a_time_is_no_dateline():
    text = "گزشتہ سال، 3 مئی 1985ء کو " + URDU
    draft = only("دریا چڑھ گیا", "", text)
    assert (draft.dateline, draft.published) == ("", None)
    assert draft.paragraphs == (text,)


def test_a_date_in_the_story_is_never_taken_for_its_own():
    draft = only(HEAD, "", ONE, "The last such flood came on June 19, 1992, when it rained a week.")
    assert draft.published is None
    assert draft.held


@pytest.mark.parametrize(
    "line", ["May 23", "23 مئی", "Thursday, 23 May", "3 hours ago", "2 min read"]
)
def test_a_date_without_a_year_is_null_and_no_deck(line):
    draft = story(HEAD, line, ONE, TWO)
    assert (draft.published, draft.decks) == (None, ())


@pytest.mark.parametrize(
    "line", ["Thursday 23 May 2019", "جمعرات 23 مئی 2019ء", "خميس 23 مئي 2019"]
)
def test_a_weekday_in_front_belongs_to_the_date(line):
    assert story(HEAD, line, ONE, TWO).published == DAY


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ہمارے نامہ نگار سے", "ہمارے نامہ نگار"),
        ("اسد ملاح سے", "اسد ملاح"),
        ("تحریر۔۔۔ اسد ملاح", "اسد ملاح"),
        ("نمائندہ خصوصی", "نمائندہ خصوصی"),
    ],
)
def test_a_byline_may_end_in_the_word_for_from(line, name):
    draft = only("دریا رات بھر میں چڑھ گیا", line, "", URDU, URDU)
    assert (draft.byline, draft.decks) == (name, ())


@pytest.mark.parametrize("opening", ["سوال: ", "نوٹ: "])
def test_a_word_that_opens_a_paragraph_is_no_place(opening):
    assert only("دریا چڑھ گیا", "", opening + URDU).dateline == ""


def test_speakers_are_no_places():
    assert only("دریا چڑھ گیا", "", f"اسد: {URDU}", f"زید: {URDU}").dateline == ""


def test_a_page_stamp_is_never_the_date_of_the_story_and_ends_the_page():
    lines = (HEAD, ONE, TWO, "7/17/2024 7:20:44 PM", "Chess ladder", "9 Sep 2024")
    parsed = parse(*lines)
    assert parsed.rendered_at == dt.datetime.fromisoformat("2024-07-17T19:20:44")
    assert parsed.drafts[0].published is None
    assert parsed.drafts[0].paragraphs == (ONE, TWO)


def test_a_masthead_date_is_never_the_date_of_the_story():
    draft = story("The River Times", "Today's Paper | May 29, 2024", HEAD, "", ONE, TWO)
    assert draft.published is None


def test_numbers_that_read_two_ways_are_flagged_and_held():
    draft = story(HEAD, "Posted on: 6/7/2018", ONE, TWO)
    assert draft.date_ambiguous
    assert draft.held
    dates = next(one for one in draft.evidence if one.field == "published")
    assert {dates.value, *dates.alternatives} == {"2018-06-07", "2018-07-06"}


@pytest.mark.parametrize(
    ("label", "other", "day"),
    [
        ("Posted on: 6/7/2018", "July 6, 2018", dt.date(2018, 7, 6)),
        ("Posted on: 6/7/2018", "June 7, 2018", dt.date(2018, 6, 7)),
        ("Posted on: 6/7/2018", "18/02/2023 20:44:31", dt.date(2018, 7, 6)),
        ("Posted on: 6/7/2018", "2/18/2023 8:44:31 PM", dt.date(2018, 6, 7)),
    ],
)
def test_another_line_of_the_page_settles_numbers_that_read_two_ways(label, other, day):
    draft = story(HEAD, label, ONE, TWO, other)
    assert (draft.published, draft.date_ambiguous) == (day, False)


def test_two_dates_that_disagree_hold_the_story():
    draft = story(HEAD, "Posted on: 5/23/2019", ONE, TWO, "August 1, 2020")
    assert draft.held
    assert any("disagree" in reason for reason in draft.reasons)


def test_a_story_dated_after_its_page_was_made_is_held():
    draft = story(HEAD, "Posted on: 5/23/2019", ONE, TWO, "2018-02-18 20:44:31")
    assert draft.held


@pytest.mark.parametrize(
    "menu",
    [
        ["Home  News  Sport  Contact Us"],
        ["Home | News | Sport | Contact", "Home > News > Rivers"],
        ["Home\tNews\tSport\tContact", "Home / News / Rivers"],
        ["Home • News • Sport • Contact"],
        [
            "Home \u00a0News \u00a0Sport",
            "Enquiries",
            "+44 161 496 0172",
            "[email\u00a0protected]",
            "\u00a0Events \u00a0Poll \u00a0Clips",
        ],
        ["Home", "News", "Sport", "Contact", "About us", "Search", "Sign in"],
    ],
)
def test_a_menu_is_told_by_its_shape(menu):
    assert story(*menu, "", HEAD, "Posted on: 5/23/2019", ONE, TWO).published == DAY


def test_a_line_that_the_source_repeats_is_furniture():
    line = "The river's own newspaper since the bridge was built"
    known = Hints(furniture=frozenset({digest(line)}))
    assert story(line, HEAD, "Posted on: 5/23/2019", ONE, TWO, line, hints=known).published == DAY


def test_a_menu_has_one_digest_in_any_order_and_layout():
    assert digest("Home \u00a0News \u00a0Sport") == digest("Sport | Home | News")
    assert digest("Home  News") != digest("Home  Sport")


def test_a_headline_printed_again_is_told_once_and_trusted():
    draft = story(HEAD, "", "Ferry stopped  by the flood", "Posted on: 5/23/2019", HEAD, ONE, TWO)
    assert next(one for one in draft.evidence if one.field == "headline").confidence > 0.95


def test_a_question_may_be_a_headline():
    asked = "Will the ferry ever cross the swollen river to the old town again?"
    assert only(asked, "", ONE, TWO).headline == asked


def test_a_deck_and_a_byline_are_fields():
    draft = story(HEAD, "Ninety cook on the bank", "By Asad Boatman", "23 May 2019", ONE, TWO)
    assert (draft.decks, draft.byline) == (("Ninety cook on the bank",), "Asad Boatman")


@pytest.mark.parametrize(
    "tail",
    [
        ["Leave a Reply", "Your name"],
        ["Share this:", "Related", "Another story here", "May 1, 2019", "A third", "May 2, 2019"],
        ["یہ بھی پڑھیں", "کچھ اور"],
        ["پهنجو تبصرو موڪليو"],
        ["Copyright © 2019 River Times. All rights reserved."],
        ["Fares are frozen until...", "A whale bone found by divers will..."],
        ["اردو میں پڑھیں"],
        ["0", "301"],
        ["Also Read: Bridge opened"],
        ["Tags: river, ferry, soup"],
        ["More from the river desk", "Bridge opened"],
        ["Subscribe to our newsletter", "Your address"],
    ],
)
def test_a_tail_is_cut(tail):
    assert story(HEAD, "Posted on: 5/23/2019", ONE, TWO, *tail).published == DAY


def test_a_promotion_inside_a_story_is_skipped():
    story(HEAD, "Posted on: 5/23/2019", ONE, "Also Read: Bridge opened", TWO)


def test_markup_that_lost_its_meaning_is_dropped():
    story(
        HEAD, "Posted on: 5/23/2019", f"[JUSTIFY]{ONE}[/JUSTIFY]", "!-->", "[IMG]a.jpg[/IMG]", TWO
    )


def test_subheads_and_lists_stay_in_the_body():
    draft = only(HEAD, "Posted on: 5/23/2019", ONE, "The soup", TWO, "The morning", ONE)
    assert draft.paragraphs == (ONE, "The soup", TWO, "The morning", ONE)


def test_a_lost_link_joins_its_paragraph_with_a_gap():
    draft = only(
        HEAD, "Posted on: 5/23/2019", "The honest people of\u00a0", "\u00a0rose early. " + ONE
    )
    assert draft.paragraphs == (f"The honest people of {GAP} rose early. {ONE}",)
    assert draft.gaps == 1


def test_a_lost_link_may_leave_plain_spaces():
    draft = only(
        HEAD, "Posted on: 5/23/2019", "The honest people of the far ", " rose early. " + ONE
    )
    assert draft.paragraphs == (f"The honest people of the far {GAP} rose early. {ONE}",)


def test_a_paragraph_that_ends_in_a_no_break_space_has_no_gap():
    assert story(HEAD, "Posted on: 5/23/2019", ONE + "\u00a0", TWO).gaps == 0


def test_a_hidden_address_in_a_sentence_is_a_gap():
    draft = only(
        HEAD, "Posted on: 5/23/2019", ONE, "Write to [email\u00a0protected] for the recipe."
    )
    assert draft.paragraphs[1] == f"Write to {GAP} for the recipe."
    assert draft.gaps == 1


def test_a_list_gives_one_held_stub_an_item():
    parsed = parse(
        "Archive",
        "Ferry stopped",
        "21 Jul 2013     Views: 3337",
        "The river rose...",
        "Bridge opened",
        "20 Jul 2013     Views: 12",
    )
    assert parsed.kind == "listing"
    assert [draft.headline for draft in parsed.drafts] == ["Ferry stopped", "Bridge opened"]
    assert [draft.published for draft in parsed.drafts] == [
        dt.date(2013, 7, 21),
        dt.date(2013, 7, 20),
    ]
    assert all(draft.held for draft in parsed.drafts)


@pytest.mark.parametrize(
    "lines",
    [
        ("5/23/2019", "Ferry stopped", "5/22/2019", "Bridge opened"),
        (
            "Ferry stopped",
            "It rose...",
            "Read More    Posted on: 23 May 2019",
            "Bridge opened",
            "Carts...",
            "Read More    Posted on: 22 May 2019",
        ),
        (
            "|",
            "Ferry stopped",
            "|",
            "Posted on:",
            "5/23/2019",
            "|",
            "Bridge opened",
            "|",
            "Posted on:",
            "5/22/2019",
        ),
        (
            "Ferry stopped",
            "Posted on: 23 May 2019by Samar    Views: 8",
            "Bridge opened",
            "Posted on: 22 May 2019by Samar    Views:",
        ),
    ],
)
def test_a_list_is_told_however_its_dates_stand(lines):
    parsed = parse(*lines)
    assert parsed.kind == "listing"
    assert [draft.headline for draft in parsed.drafts] == ["Ferry stopped", "Bridge opened"]
    assert [draft.published for draft in parsed.drafts] == [DAY, dt.date(2019, 5, 22)]
    assert {draft.byline for draft in parsed.drafts} <= {"", "Samar"}


@pytest.mark.parametrize(
    "lines",
    [
        ("Ferry stopped by flood | 23 May 2019", "Bridge opened to carts | 22 May 2019"),
        ("Ferry stopped by flood - May 23, 2019", "Bridge opened to carts - May 22, 2019"),
        ("23 May 2019: Ferry stopped by flood", "22 May 2019: Bridge opened to carts"),
        ("1. Ferry stopped by flood", "23 May 2019", "2. Bridge opened to carts", "22 May 2019"),
        (
            "Rivers",
            "23 May 2019",
            "Ferry stopped by flood",
            "22 May 2019",
            "Bridge opened to carts",
        ),
    ],
)
def test_a_title_may_share_its_line_with_a_date_or_stand_below_it(lines):
    parsed = parse("Home | News | Sport | Contact", *lines)
    assert parsed.kind == "listing"
    titles = ["Ferry stopped by flood", "Bridge opened to carts"]
    assert [draft.headline for draft in parsed.drafts] == titles
    assert [draft.published for draft in parsed.drafts] == [DAY, dt.date(2019, 5, 22)]


@pytest.mark.parametrize(
    "second",
    [
        ["=========", "Bridge opened to carts", ONE, TWO],
        ["", "Bridge opened to carts", "", "LAHORE: " + ONE, TWO],
    ],
)
def test_two_stories_in_one_capture_are_two_held_drafts(second):
    parsed = parse(HEAD, "", "KARACHI: " + ONE, TWO, *second)
    assert parsed.kind == "multi"
    assert [draft.headline for draft in parsed.drafts] == [HEAD, "Bridge opened to carts"]
    assert [draft.paragraphs for draft in parsed.drafts] == [(ONE, TWO), (ONE, TWO)]
    assert all(draft.held for draft in parsed.drafts)


def test_two_dated_stories_told_in_full_are_not_a_list():
    lines = [ONE, TWO, ONE]
    parsed = parse(
        HEAD, "Posted on: 5/23/2019", *lines, "Bridge opened", "Posted on: 5/24/2019", *lines
    )
    assert parsed.kind == "multi"
    assert [draft.published for draft in parsed.drafts] == [DAY, dt.date(2019, 5, 24)]


def test_a_teaser_is_a_stub_and_held():
    parsed = parse(HEAD, "Posted on: 5/23/2019", "The river rose and the ferry.......", "Read more")
    assert parsed.kind == "stub"
    assert parsed.drafts[0].held


@pytest.mark.parametrize("raw", [b"", b"\n \n\xc2\xa0\n", b"\x1f\x8b\x08\x00abc", b"%PDF-1.4\n"])
def test_what_holds_no_text_is_rejected_with_a_sentence(raw):
    parsed = segment(read(raw))
    assert parsed.kind == "reject"
    assert parsed.reason.endswith(".")
    assert parsed.drafts == ()


def test_words_that_lost_letters_are_rejected():
    assert parse("ضلع??ی انتظا??ہ نے سڑ??وں کے کنا??ے").kind == "reject"


def test_a_language_that_is_not_ours_is_undetermined_and_held():
    draft = only("د سيند اوبه د شپې له خوا څلور فوټه لوړې شوې او بېړۍ ودرېده، نو ټول پاتې شول.")
    assert (draft.language, draft.held) == ("und", True)


def test_a_language_that_the_letters_contradict_is_not_believed():
    draft = only("درياهه چڙهي ويو", "", SINDHI, SINDHI, hints=Hints(language="ur"))
    assert (draft.language, draft.held) == ("sd", True)


def test_a_manifest_says_headline_byline_and_date():
    given = Hints(headline="The ferry waits", byline="Desk", published=DAY)
    draft = only(HEAD, "", ONE, TWO, hints=given)
    assert (draft.headline, draft.headline_origin) == ("The ferry waits", "manifest")
    assert (draft.byline, draft.published, draft.held) == ("Desk", DAY, False)


def test_every_field_has_evidence_with_a_rule_and_spans():
    draft = story(HEAD, "By Asad Boatman", "23 May 2019", "KARACHI: " + ONE, TWO)
    fields = {one.field: one for one in draft.evidence}
    assert {"headline", "published", "language", "body", "byline", "dateline"} <= set(fields)
    assert all(one.rule and one.spans and 0 < one.confidence <= 1 for one in draft.evidence)


@pytest.mark.parametrize(
    "lines",
    [
        ("Error 503", "Service Unavailable", "Guru Meditation:", "XID: 4711"),
        ("Access Denied", "You do not have permission to view this page."),
        ("صفحہ نہیں ملا", "براہ کرم پتا دوبارہ دیکھیے یا تلاش کیجیے۔"),
        ("صفحو موجود ناهي", "مهرباني ڪري پتو ٻيهر ڏسو."),
    ],
)
def test_an_error_message_of_a_server_is_never_a_story(lines):
    parsed = segment(read("\n".join(lines).encode()))
    assert (parsed.kind, parsed.drafts) == ("reject", ())


def test_a_story_about_an_error_page_is_a_story():
    assert only("Page not found", "3 May 2019", "", ONE, TWO).headline == "Page not found"


def test_a_short_menu_above_a_lost_headline_is_no_headline():
    draft = only("Start", "Leaders", "Media Cell", "Guestbook", "Posted on: 5/23/2019", ONE, TWO)
    assert draft.headline_origin == "derived"
    assert draft.held
