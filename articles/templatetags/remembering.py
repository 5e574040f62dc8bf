"""Parts of a page that many pages of one edition have in common, drawn once."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix

from articles.caching import remembered

register = template.Library()
NAME = re.compile(r"""(["'])[\w-]+\1""")


class RememberNode(template.Node):
    """What ``remember`` stands for; see there."""

    def __init__(self, inside: NodeList, name: str, given: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.given = inside, name, given

    def render(self, context: Context) -> Any:
        """Draw the part, or return what was drawn of it for a page of the same state."""
        values = [expression.resolve(context) for expression in self.given]
        key = ("part", self.name, get_script_prefix(), context["edition"].code, *values)
        return remembered(key, lambda: self._drawn(context))

    def _drawn(self, context: Context) -> Any:
        with context.push():
            return self.nodelist.render(context)


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """``{% remember "name" value… %}…{% endremember %}``: a part that is drawn once.

    It may depend on the edition and on the values, of which there must be few: nothing that readers
    type. What it assigns is not there behind it.
    """
    tag, *given = token.split_contents()
    if not given or not NAME.fullmatch(given[0]):
        raise template.TemplateSyntaxError(f"'{tag}' needs a name in quotation marks.")
    name = given.pop(0)[1:-1]
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(inside, name, [parser.compile_filter(each) for each in given])
