"""Feeds, news items and exports: many stories in one file, none public that should not be."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.captures.formats import made

PKT = dt.timezone(dt.timedelta(hours=5))
MOMENT = dt.datetime(2023, 7, 29, 10, tzinfo=PKT)
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def urdu_item() -> str:
    body = "".join(f"<p>{text}</p>" for text in made.URDU)
    return (
        f"<title>{made.HEADLINES['ur']}</title><pubDate>2023-07-29T10:00:00+05:00</pubDate>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    )


def test_each_item_of_a_feed_is_a_story():
    parsed = made.parse(made.rss(made.entry(), urdu_item()))
    assert parsed.kind == "multi"
    english, urdu = parsed.drafts
    assert english.headline == made.HEADLINES["en"]
    assert english.paragraphs == made.ENGLISH
    assert english.published == MOMENT
    assert english.byline == "Staff Reporter"
    assert english.target_uri == "https://example.org/rain"
    assert urdu.paragraphs == made.URDU
    assert (english.language, urdu.language) == ("en", "ur")
    assert not english.held
    assert not urdu.held


def test_an_atom_feed_is_read():
    body = "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in made.SINDHI)
    raw = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>'
        f"<title>{made.HEADLINES['sd']}</title><published>2023-07-29T05:00:00Z</published>"
        "<updated>2024-01-01T00:00:00Z</updated><id>https://example.org/a</id>"
        f'<author><name>Desk</name></author><content type="html">{body}</content></entry></feed>'
    ).encode()
    (draft,) = made.parse(raw).drafts
    assert draft.paragraphs == made.SINDHI
    assert draft.published == MOMENT
    assert draft.byline == "Desk"
    assert draft.target_uri == "https://example.org/a"


@pytest.mark.parametrize(
    "date", ["2 hours ago", "today", "Sat, 29 Jul", "", "29/07/2023", "99 Xyz 9999"]
)
def test_a_date_that_is_not_whole_is_none_and_holds_the_story(date):
    (draft,) = made.parse(made.rss(made.entry(date=date))).drafts
    assert draft.published is None
    assert draft.held
    assert any("date" in reason for reason in draft.reasons)


def test_a_missing_title_is_never_invented_unflagged():
    (draft,) = made.parse(made.rss(made.entry(title=""))).drafts
    assert draft.headline_origin in ("derived", "slug")
    assert draft.held
    assert draft.headline


def test_a_summary_is_a_teaser_and_waits():
    item = (
        f"<title>{made.HEADLINES['en']}</title><description>{made.ENGLISH[0]} [...]</description>"
    )
    parsed = made.parse(made.rss(item, item.replace("Rain", "Snow")))
    assert parsed.kind == "listing"
    assert all(draft.held for draft in parsed.drafts)


def test_an_unreadable_embargo_in_a_feed_withholds_the_story():
    embargo = "<prism:embargoDate>after the match</prism:embargoDate>"
    (draft,) = made.parse(made.rss(made.entry() + embargo)).drafts
    assert draft.pub_status == "withheld"
    assert "after the match" in " ".join(draft.reasons)


def test_a_json_feed_is_read():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Valley Post",
        "language": "ur",
        "items": [
            {
                "id": "https://example.org/rain",
                "title": made.HEADLINES["ur"],
                "content_text": "\n\n".join(made.URDU),
                "date_published": "2023-07-29T10:00:00+05:00",
                "authors": [{"name": "Desk"}, {"name": "Wire"}],
            },
            "not an item",
            {"id": 7},
        ],
    }
    (draft,) = made.parse(json.dumps(feed).encode()).drafts
    assert draft.paragraphs == made.URDU
    assert draft.byline == "Desk, Wire"
    assert draft.published == MOMENT
    assert not draft.held


def one(**fields):
    (draft,) = made.parse(json.dumps(made.ninjs(**fields)).encode()).drafts
    return draft


def test_a_news_item_is_read():
    draft = one(usageTerms="For members only.")
    assert draft.headline == made.HEADLINES["en"]
    assert draft.paragraphs == made.ENGLISH
    assert draft.published == MOMENT
    assert (draft.byline, draft.dateline) == ("Staff Reporter", "Sukkur")
    assert draft.usage_terms == "For members only."
    assert not draft.held


def test_a_list_of_news_items_is_many_stories_and_pictures_are_passed_over():
    items = [made.ninjs(), made.ninjs(uri="urn:x:2"), made.ninjs(type="picture", uri="urn:x:3")]
    parsed = made.parse(json.dumps(items).encode())
    assert len(parsed.drafts) == 2
    assert any("urn:x:3" in note for note in parsed.notes)


@pytest.mark.parametrize("status", ["withheld", "canceled", "Usable!", "", 1, ["usable"], {}])
def test_only_a_usable_item_is_not_held(status):
    draft = one(pubStatus=status)
    assert draft.held
    assert draft.pub_status == ("canceled" if status == "canceled" else "withheld")


@pytest.mark.parametrize(
    "value",
    ["", "tomorrow", "2023-13-45T00:00:00Z", "2023-07-29", "2023-07-29T10:00:00", 0, [], {}],
)
def test_an_unreadable_embargo_means_withheld(value):
    draft = one(embargoedUntil=value)
    assert draft.pub_status == "withheld"
    assert any("embargo" in reason for reason in draft.reasons)


@pytest.mark.parametrize("name", ["usageTerms", "copyrightNotice"])
@pytest.mark.parametrize("value", ["", "  ", "caf\ufffd", 5, ["x"], {"a": 1}])
def test_unreadable_rights_mean_withheld(name, value):
    draft = one(**{name: value})
    assert draft.pub_status == "withheld"
    assert any(name in reason for reason in draft.reasons)


def test_rights_for_machines_mean_withheld():
    assert one(rightsInfo={"encodedRights": "<o:Policy/>"}).pub_status == "withheld"


def test_a_story_is_never_dated_before_its_embargo_ends():
    end = dt.datetime(2023, 8, 1, tzinfo=dt.UTC)
    for created in ("2023-07-29T10:00:00+05:00", "2023-07-29T10:00:00", "2023-07-29"):
        draft = one(embargoedUntil=end.isoformat(), versionCreated=created)
        assert draft.embargoed_until == end
        assert draft.published == end
        assert draft.pub_status == "usable"


def test_an_old_news_item_is_read_by_its_small_names():
    item = {
        "uri": "urn:x:1",
        "headline": made.HEADLINES["en"],
        "body_text": "\n\n".join(made.ENGLISH),
        "versioncreated": "2023-07-29T10:00:00+05:00",
        "pubstatus": "withheld",
        "embargoed": "whenever",
    }
    (draft,) = made.parse(json.dumps(item).encode()).drafts
    assert draft.paragraphs == made.ENGLISH
    assert draft.pub_status == "withheld"
    assert len(draft.reasons) == 2


def test_published_posts_of_an_export_are_public_with_their_own_date():
    (draft,) = made.parse(made.wxr(made.post())).drafts
    assert draft.headline == made.HEADLINES["en"]
    assert draft.paragraphs == made.ENGLISH
    assert draft.published == dt.datetime(2023, 7, 29, 10, tzinfo=dt.UTC)
    assert draft.pub_status == "usable"
    assert not draft.held


@pytest.mark.parametrize("status", ["draft", "pending", "future", "archive", ""])
def test_a_post_that_was_not_published_is_held(status):
    (draft,) = made.parse(made.wxr(made.post(status=status))).drafts
    assert draft.pub_status == "withheld"
    assert draft.held


def test_private_and_binned_posts_are_passed_over_with_a_reason():
    raw = made.wxr(
        made.post(),
        made.post(status="private", title="Secret"),
        made.post(status="trash", title="Bin"),
        made.post(kind="nav_menu_item", title="Menu"),
        made.post(kind="attachment", status="inherit"),
        made.post(kind="page", title="About the reservoir"),
    )
    parsed = made.parse(raw)
    assert [draft.headline for draft in parsed.drafts] == [
        made.HEADLINES["en"],
        "About the reservoir",
    ]
    assert "private" in parsed.notes[0]
    assert "Secret" in parsed.notes[0]
    assert len(parsed.notes) == 3


def test_a_password_and_an_unreadable_embargo_withhold_a_post():
    meta = "<wp:meta_key>_embargo_until</wp:meta_key><wp:meta_value>Monday</wp:meta_value>"
    for fields in ({"wp__post_password": "x"}, {"wp__postmeta": meta}):
        (draft,) = made.parse(made.wxr(made.post(**fields))).drafts
        assert draft.pub_status == "withheld"


def test_a_post_without_a_date_has_none():
    raw = made.wxr(
        made.post(wp__post_date_gmt="0000-00-00 00:00:00", wp__post_date="0000-00-00 00:00:00")
    )
    (draft,) = made.parse(raw).drafts
    assert draft.published is None
    assert draft.held


def test_a_caption_and_shortcodes_are_not_text():
    content = (
        f'[caption id="a"]<img src="x" /> A dam[/caption]\n\n{made.ENGLISH[0]}\n\n[gallery ids="1"]'
    )
    (draft,) = made.parse(made.wxr(made.post(content__encoded=f"<![CDATA[{content}]]>"))).drafts
    assert draft.paragraphs == (made.ENGLISH[0],)


def test_an_export_cut_short_gives_what_is_whole_and_holds_the_last():
    raw = made.wxr(made.post(), made.post(title="Snow closes the mountain road"), made.post())
    cut = raw[: raw.rfind(b"<item>") + 40]
    parsed = made.parse(cut)
    assert [draft.held for draft in parsed.drafts] == [False, True]
    assert any("damaged" in note for note in parsed.notes)


def test_an_export_that_declares_entities_is_refused():
    parsed = made.parse(made.wxr(made.post(title="&j;"), before=LAUGHS))
    assert parsed.kind == "reject"
    assert "document type" in parsed.reason


def test_a_feed_that_declares_entities_is_refused():
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    for declared in (LAUGHS, outside, "<!-- x --><!doctype rss>"):
        raw = made.rss(made.entry(title="&x;")).replace(b"<rss", declared.encode() + b"<rss", 1)
        for told in (raw, raw.decode().replace(' encoding="utf-8"', "").encode("utf-16")):
            parsed = made.parse(told)
            assert parsed.kind == "reject"
            assert "document type" in parsed.reason


def test_a_damaged_file_is_rejected_with_a_sentence():
    for raw in (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [',
        b'{"uri": "x", "headlines": [',
    ):
        parsed = made.parse(raw)
        assert parsed.kind == "reject"
        assert parsed.reason.endswith(".")


def test_json_and_xml_of_another_kind_are_rejected():
    for raw in (
        b'{"a": 1}',
        b'<?xml version="1.0"?><svg xmlns="x"/>',
        b'{"uri": "x", "a": "\\"headlines\\""}',
    ):
        assert made.parse(raw).kind == "reject"
