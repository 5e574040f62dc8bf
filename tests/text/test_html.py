# ruff: noqa: E501 (an attack is one string)
from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.html import HtmlTooLarge, Paragraph, clean, from_paragraphs, to_text

TAGS = set(
    "a abbr b bdi blockquote br cite code em h2 h3 h4 hr i li ol p pre q span strong sub sup ul".split()
)
ATTRIBUTES = {
    "a": {"href", "rel"},
    "abbr": {"title"},
    "span": {"class", "lang", "dir"},
    **{tag: {"lang", "dir"} for tag in ("p", "blockquote", "bdi", "li")},
}
ADDRESS = re.compile(
    r"(?:https?://[^/\\]|mailto:|tel:|/(?![/\\])|#|\?)[^\x00-\x1f\\]*|/", re.IGNORECASE
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//e.example></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script/x>alert(1)</script >",
    "<<script>alert(1)//<</script>",
    "<script\x00>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    '<p onclick="alert(1)" onmouseover=alert(1)>x</p>',
    "<p/onclick=alert(1)>x",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='java&#x0A;script&colon;alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)'>x</a>",
    "<a href='&#x6a&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3a;alert(1)'>x</a>",
    "<a href='java\u00adscript:alert(1)'>x</a>",
    "<a href='java&shy;script:alert(1)'>x</a>",
    "<a href='java&#x202e;script:alert(1)'>x</a>",
    "<a href='java&#x200b;script:alert(1)'>x</a>",
    "<a href='javascript:123'>x</a>",
    "<a href='javascript:8080/alert'>x</a>",
    "<a href='javascript&amp;colon;alert(1)'>x</a>",
    "<a href='\ufeffjavascript:alert(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='blob:https://e.example/1'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//e.example/'>x</a>",
    "<a href='/\\e.example/'>x</a>",
    "<a href='\\\\e.example/'>x</a>",
    "<a href='/\t/e.example/'>x</a>",
    "<a href='https:e.example'>x</a>",
    "<a href='http:///e.example'>x</a>",
    "<a href=https://e.example target=_blank ping=//e rel=opener>x</a>",
    "<a href=`javascript:alert(1)`>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><p><style><img src=x onerror=alert(1)></style></p></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><p><img src=x onerror=alert(1)></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><p title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<plaintext><script>alert(1)</script>",
    "<style>@import '//e.example';</style><p style='background:url(javascript:alert(1))'>x</p>",
    "<link rel=stylesheet href=//e.example><base href=javascript:/a/-alert(1)///>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video><audio src onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)><select onfocus=alert(1)><option>x</select>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--- ><img src=x onerror=alert(1)> --!><img src=x onerror=alert(1)>",
    "<!-- --!> <script>alert(1)</script>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "</ script><img src=x onerror=alert(1)>",
    "<p title='</p><img src=x onerror=alert(1)>'>x",
    "<abbr title='\"><img src=x onerror=alert(1)>'>x</abbr>",
    "<span class='gap evil' id=top style=position:fixed name=x>x</span>",
    "<span class=\"gap\" onclick=alert(1)>…</span>",
    "<p lang='\"><script>alert(1)</script>' dir='x'>x</p>",
    "<p id=login class=x contenteditable tabindex=0 data-x=1 accesskey=a>x</p>",
    "<custom-element onx=alert(1)><slot name=x></custom-element>",
    "<b><a href=https://e.example><i><a href=javascript:alert(1)>x</b></i></a>",
    "<p><table><td><p></table><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)",
    "\ud800<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "<p>" + "a\u0301" + "\u0301" * 4000 + "</p>",
    "<a <a href=javascript:alert(1) <b>x",
    "<a href='https://e.example/\"onmouseover=alert(1)'>x</a>",
    "<a href=\"https://e.example/' onmouseover='alert(1)\">x</a>",
    "<img src='a' alt='x' <p onclick=alert(1)>x",
]  # fmt: skip


class Reader(HTMLParser):
    """A third parser, of neither library, that notes what a browser would be given."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(tag)
        for name, value in attrs:
            good = name in ATTRIBUTES.get(tag, set())
            good &= name != "href" or bool(ADDRESS.fullmatch(value or ""))
            good &= name != "class" or value == "gap"
            good &= name != "rel" or value == "noopener noreferrer"
            good &= name != "dir" or value in {"ltr", "rtl", "auto"}
            if not good:
                self.faults.append(f"{tag} {name}={value}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(decl)

    def handle_comment(self, data: str) -> None:
        self.faults.append(data)

    def handle_pi(self, data: str) -> None:
        self.faults.append(data)

    def unknown_decl(self, data: str) -> None:
        self.faults.append(data)


def faults(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_or_leads_astray_is_kept(html: str) -> None:
    cleaned = clean(html)
    assert faults(cleaned) == []
    assert not re.search(r"<(?:script|style|svg|math|img|iframe)", cleaned, re.IGNORECASE)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "wrapper", ["<p>{}</p>", "<ul><li>{}", "<blockquote lang='ur'>{}<p>x", "<b>{}"]
)
@pytest.mark.parametrize("html", HOSTILE)
def test_no_surrounding_tag_lets_it_through(html: str, wrapper: str) -> None:
    cleaned = clean(wrapper.format(html))
    assert faults(cleaned) == []
    assert clean(cleaned) == cleaned


PIECES = [
    "<p>", "</p>", "<a href='https://e.example'>", "<a href=javascript:1>", "</a>", "<b>", "</b>", "<ul>", "<li>",
    "</ul>", "<table>", "<td>", "</table>", "<svg>", "</svg>", "<math>", "<style>", "</style>", "<!--", "-->", "<pre>\n",
    "<span class=gap>", "</span>", "<br/>", "<h2>", "</h3>", "&lt;", "&amp", "&#0;", "&#x202e;", "&nbsp;", "\xa0", "<",
    ">", '"', "'", "کراچی", "ڪ ۾", "\u0338", "\u200c", "<select>", "<textarea>", "<form>", "<i lang=ur>", "<hr>", "\r\n",
    "<blockquote dir=rtl>", "</blockquote>", "<q>", "<code>", "text", " ", "<script>", "</script>", "<noscript>",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    try:
        cleaned = clean(html)
    except HtmlTooLarge:
        return
    assert faults(cleaned) == []
    assert clean(cleaned) == cleaned


@given(st.lists(st.text(), max_size=5))
def test_plain_paragraphs_are_clean_already_and_keep_every_letter(texts: list[str]) -> None:
    html = from_paragraphs(texts)
    assert clean(html) == html
    # A comment sends the same HTML through both parsers.
    assert clean("<!-- -->" + html) == html
    assert faults(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>The “devoted” workers’ day — 5 &lt; 7 &amp; more…</p>",
        '<p lang="ur" dir="rtl">آزادیٔ صحافت، جولائی ۲۰۲۳ء — مُشرّف نے کہا: «ہم» خوش\u200cآمدید۔</p>',
        '<p lang="sd" dir="rtl">ڪراچي ۾ ماڻهن جو احتجاج ۽ جولاءِ جو مهينو، ڳالهه ٻولهه.</p>',
        "<h2>A</h2><h3>B</h3><h4>C</h4><hr><p>x<br>y</p>",
        '<ul><li>one</li><li lang="ur">دو</li></ul><ol><li>three</li></ol>',
        '<blockquote dir="rtl">محمد ﷺ</blockquote>',
        "<p><strong>a</strong> <b>b</b> <em>c</em> <i>d</i> <q>e</q> <cite>f</cite> H<sub>2</sub>O x<sup>2</sup></p>",
        "<pre>a\n  b</pre><p><code>c</code></p>",
        '<p>words <span class="gap">…</span> <bdi lang="en" dir="ltr">+44 20</bdi> <abbr title="a &amp; b">c</abbr></p>',
        '<p><a href="https://e.example/کراچی?a=1&amp;b=2#c" rel="noopener noreferrer">x</a></p>',
        '<p><a href="mailto:desk@example.org" rel="noopener noreferrer">x</a></p>',
        '<p><a href="tel:+442033711290" rel="noopener noreferrer">x</a></p>',
        '<p><a href="/ur/12/" rel="noopener noreferrer">x</a> <a href="#note" rel="noopener noreferrer">y</a></p>',
    ],
)  # fmt: skip
def test_what_an_editor_writes_survives_letter_for_letter(html: str) -> None:
    assert clean(html) == html


def test_a_newline_that_opens_preformatted_text_is_dropped_once() -> None:
    assert clean("<pre>\n<!-- -->\n\na\n</pre>") == clean("<pre>a\n</pre>") == "<pre>a\n</pre>"


def test_links_tell_the_other_site_nothing() -> None:
    assert clean('<a href="https://e.example">x</a>').endswith('rel="noopener noreferrer">x</a>')


def test_pasted_blocks_and_cells_do_not_run_together() -> None:
    assert to_text(clean("<div>one</div><div>two</div>")).split() == ["one", "two"]
    assert to_text(clean("<table><tr><td>one<td>two<tr><td>three</table>")).split() == ["one", "two", "three"]  # fmt: skip


def test_text_of_word_comments_is_dropped_and_the_story_kept() -> None:
    word = "<!--[if gte mso 9]><xml>junk</xml><![endif]--><p class=MsoNormal>Story<o:p></o:p></p>"
    assert clean(word) == "<p>Story</p>"


def test_a_letter_keeps_eight_marks_even_when_they_are_references() -> None:
    assert clean("<p>a" + "&#x301;" * 50 + "</p>") == "<p>a" + "\u0301" * 8 + "</p>"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("x" * (256 * 1024 + 1), "262,145 bytes"),
        ("ک" * (128 * 1024 + 1), "262,146 bytes"),
        ("<br>" * 3001, "3,001 tags"),
        ("&a" * 20_001, "20,001 character references"),
        ("<div>" * 33, "inside 32 other tags"),
        ("<ul><li>" * 200, "inside 32 other tags"),
        ("<b><div></b>" * 200, "inside 32 other tags"),
        ("<li><ul></li>" * 200, "inside 32 other tags"),
        ("<p><b id=1>x</p>" * 200, "inside 32 other tags"),
        ("<div><!-- </div> -->" * 200, "inside 32 other tags"),
        ("<div><textarea></div></textarea>" * 200, "inside 32 other tags"),
        ("<div a='>' b=\"</div>\">" * 200, "inside 32 other tags"),
        ("<a " + "x " * 65 + ">y</a>", "more than 64 attributes"),
        ("<a " + "x/" * 65 + ">y</a>", "more than 64 attributes"),
        ("<a x=y\" " + "z " * 65 + "w=\" >y</a>", "more than 64 attributes"),
        ("<a " + "x=1 " * 65, "more than 64 attributes"),
    ],
)  # fmt: skip
def test_what_would_hold_the_parsers_up_is_refused_in_a_sentence(html: str, words: str) -> None:
    with pytest.raises(HtmlTooLarge, match=words) as caught:
        clean(html)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "html",
    [
        "<ul>" + "<li>one<li>two" * 100 + "</ul>",
        "<p>one<p>two" * 200,
        "<table>" + "<tr><td>one<td>two" * 100 + "</table>",
        "<p>one<br>two<hr>" * 100,
        "<p>" + " ".join(f"<b>{n}</b>" for n in range(300)) + "</p>",
        "<a title='" + "word " * 200 + "'>x</a>",
        "<ul><li>" * 16 + "x" + "</li></ul>" * 16,
        "x" * (256 * 1024),
    ],
)
def test_a_long_but_flat_text_passes_the_guard(html: str) -> None:
    assert clean(html)


@pytest.mark.parametrize(
    "unit", ['<a "', "<a '", "<!--", "<script>", "<a x='\"", "</", "<!", "<a x="]
)
def test_unclosed_markup_is_measured_without_rereading(unit: str) -> None:
    with contextlib.suppress(HtmlTooLarge):
        assert faults(clean(unit * 2_900)) == []


def test_a_gap_is_marked_and_told_in_text() -> None:
    html = from_paragraphs(["workers of \ufffc have also", "next"])
    assert html == '<p>workers of <span class="gap">…</span> have also</p>\n<p>next</p>'
    assert to_text(html) == "workers of […] have also\n\nnext"


def test_paragraphs_are_escaped_and_never_parsed() -> None:
    assert from_paragraphs(["<script>1</script> & \"x\"", "  ", "a\nb"]) == (
        "<p>&lt;script&gt;1&lt;/script&gt; &amp; \"x\"</p>\n<p>a<br>b</p>"
    )  # fmt: skip


def test_a_paragraph_carries_its_language_and_direction() -> None:
    html = from_paragraphs([Paragraph("کراچی", "h2", language="ur", direction="rtl")])
    assert html == '<h2 lang="ur" dir="rtl">کراچی</h2>'


def test_a_paragraph_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be <script>"):
        from_paragraphs([Paragraph("x", "script")])
    with pytest.raises(ValueError, match="no value of a paragraph's dir"):
        from_paragraphs([Paragraph("x", direction='"><script>')])


def test_text_has_blank_lines_between_blocks_and_a_line_for_each_item() -> None:
    html = "<h2>A</h2><p>b &amp; <b>c</b>&nbsp;d<br>e</p><ul><li>f</li><li>g</li></ul><hr><p>5 &lt; 6</p>"
    assert to_text(html) == "A\n\nb & c d\ne\n\nf\ng\n\n5 < 6"
    assert to_text("") == ""


@given(
    st.lists(st.text(alphabet="abc <>&\"'کڪ", min_size=1).map(str.strip).filter(bool), max_size=4)
)
def test_plain_text_comes_back_out_of_its_paragraphs(texts: list[str]) -> None:
    assert to_text(from_paragraphs(texts)) == "\n\n".join(texts)


def test_what_was_cleaned_can_be_cleaned_again():
    grows = "<p>" + "لفظ & لفظ " * 14_000 + "</p>"
    assert len(grows.encode()) < 256_000
    with pytest.raises(HtmlTooLarge):
        clean(grows)
