"""Pictures, for the templates of the desk."""

from __future__ import annotations

from django import template

from articles.templating.pictures import fallback, in_library

register = template.Library()
register.filter(fallback)
register.simple_tag(in_library)
