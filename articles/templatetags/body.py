"""An article's text as readers see it, for the templates of the desk."""

from __future__ import annotations

from django import template

from articles.templating.article import laid_out
from articles.templating.evidence import with_spoken_gaps
from articles.templating.runs import directed_html

register = template.Library()
register.filter(laid_out)
register.filter(directed_html)
register.filter(with_spoken_gaps)
