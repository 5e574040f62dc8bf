"""What the pure readers of captures call things, in the words of the desk.

``articles.captures`` knows no Django and writes short English words into its reports. They are a
closed set; what is not in these tables (a report of an older version) is shown as it was written.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DROPPED = {
    "byte order mark": _("byte order mark"),
    "caption": _("caption or credit of a picture"),
    "control character": _("control character"),
    "counter": _("counter of views or shares"),
    "date label": _("date label"),
    "date without a year": _("date without a year"),
    "heading of a list": _("heading of a list"),
    "headline repeated": _("the headline once more"),
    "hidden address": _("hidden e-mail address"),
    "inset": _("box or quotation set into the story"),
    "link to another language": _("link to another language"),
    "link to the rest": _("link to the rest of a story"),
    "markup": _("leftover of markup"),
    "masthead": _("name of the site"),
    "navigation": _("navigation"),
    "note on the author": _("note on the author"),
    "number of an item": _("number of an item in a list"),
    "phone number": _("phone number"),
    "promotion": _("link to another story"),
    "rejected": _("the whole capture was rejected"),
    "rule": _("drawn line"),
    "separator": _("mark between two parts"),
    "sidebar": _("matter beside the story"),
    "table border": _("table border"),
    "tail": _("matter after the end of the story"),
    "teaser": _("beginning of another story"),
    "time since posting": _("time since it was posted"),
    "unplaced": _("belongs to no field"),
    "white space": _("white space"),
}
"""Why bytes reached no field: the reasons of ``articles.captures.ledger``."""

LOST = {
    "address": _("a hidden e-mail address was lost here"),
    "bytes": _("bytes that are no text stand here"),
    "link": _("the words of a link were lost here"),
}
"""What stood where text was lost: the kinds of ``articles.captures.draft.Gap``."""

FIELDS = {
    "gap": _("text was lost here"),
    "rendered_at": _("page generated"),
}
"""Fields of a report that an article has not."""

COLUMNS = {"published": "published_at", "deck": "standfirst"}
"""Fields of a report that an article keeps under another name."""
