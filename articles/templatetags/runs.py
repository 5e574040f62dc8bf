"""Languages of texts, for the templates of the desk."""

from __future__ import annotations

from django import template

from articles.templating.runs import speaks

register = template.Library()
register.simple_tag(speaks)
