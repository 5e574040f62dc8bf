from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.text.contents import with_names
from articles.text.html import clean


def test_headings_of_any_script_are_named_by_their_own_words():
    html, found = with_names(
        "<h2>Our <em>aims</em></h2><p>x</p><h3>ہمارے مقاصد</h3>"
        "<h2>اسان جا مقصد ۽ رٿا</h2><h2>***</h2>"
    )
    assert [(each.level, each.name) for each in found] == [
        (2, "part-our-aims"),
        (3, "part-ہمارے-مقاصد"),
        (2, "part-اسان-جا-مقصد-۽-رٿا"),
        (2, "part-4"),
    ]
    assert '<h2 id="part-our-aims">Our <em>aims</em></h2>' in html
    assert found[0].text == "Our aims"


def test_a_name_stays_when_other_parts_come_and_go():
    before = with_names("<h2>One</h2><h2>Aims</h2>")[1][1]
    after = with_names("<h2>New</h2><h2>Other</h2><h2>Aims</h2>")[1][2]
    assert before.name == after.name


def test_the_same_words_twice_have_two_names():
    names = [each.name for each in with_names("<h2>Aims</h2>" * 3 + "<h2>Aims 2</h2>")[1]]
    assert len(set(names)) == 4


@given(st.lists(st.tuples(st.sampled_from(["h2", "h3", "p"]), st.text(max_size=30))))
def test_a_body_with_names_is_the_same_body_for_who_reads_it(blocks):
    body = clean("".join(f"<{tag}>{text}</{tag}>" for tag, text in blocks))
    html, found = with_names(body)
    assert clean(html) == body
    assert len({each.name for each in found}) == len(found)
    for each in found:
        assert f' id="{each.name}"' in html
        assert not set(' "<>&') & set(each.name)
