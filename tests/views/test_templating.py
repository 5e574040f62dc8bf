"""What draws the readers' pages: every template can be read, and what is missing is nothing."""

from __future__ import annotations

import pytest
from django.template import engines
from jinja2.filters import FILTERS as OF_JINJA

from articles.models import Article
from articles.templating.environment import FILTERS, environment


def drawn(source: str, **values: object) -> str:
    return engines["jinja2"].from_string(source).render(values)


@pytest.mark.parametrize("name", engines["jinja2"].env.list_templates())
def test_every_template_of_the_readers_can_be_read(name):
    assert engines["jinja2"].get_template(name).origin.name.endswith(name)


def test_no_filter_of_ours_takes_the_place_of_another_but_djangos_way_to_spell_addresses():
    names = [each.__name__ for each in FILTERS]
    assert [name for name in names if name in OF_JINJA] == ["urlencode"]
    assert len(names) == len(set(names))


def test_every_text_is_escaped_in_a_translated_sentence_too():
    said = drawn("{% trans name=name %}Open at {{ name }}{% endtrans %}", name="<b>100%</b>")
    assert said == "Open at &lt;b&gt;100%&lt;/b&gt;"
    assert drawn("{{ text }}", text="<script>") == "&lt;script&gt;"


def test_what_a_view_does_not_tell_is_nothing():
    lenient = environment().from_string("[{{ absent.deep.within }}{% if absent.x %}x{% endif %}]")
    assert lenient.render() == "[]"


@pytest.mark.parametrize("source", ["{{ misspelt }}", "{{ article.headlnie }}", "{{ odd.x }}"])
def test_a_name_that_nothing_has_is_an_error_where_templates_are_tried(source):
    with pytest.raises(AssertionError):
        drawn(source, article=Article(), odd=3)


@pytest.mark.django_db
def test_a_row_that_was_deleted_a_moment_ago_is_nothing():
    article = Article(section_id=1_000_000, source_id=1_000_000)
    assert drawn("[{{ article.section.title }}{{ article.source.name }}]", article=article) == "[]"
