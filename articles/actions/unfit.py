"""Why a file is no picture for this site, in the editor's language."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from articles.pictures.reading import Reason, UnfitPicture

SENTENCES = {
    Reason.EMPTY: _("The file is empty. Choose another, or copy it from the camera once more."),
    Reason.HEAVY: _("The file is too large: at most %(size)s is taken. Save it smaller."),
    Reason.SVG: _(
        "An SVG file is a drawing that can hold programs, and is not taken. Save it as PNG."
    ),
    Reason.HEIC: _("HEIC files are not shown by browsers. Save the picture as JPEG."),
    Reason.UNKNOWN: _(
        "This file is no picture, whatever its name says. Choose a JPEG, PNG, WebP, AVIF or GIF "
        "file."
    ),
    Reason.PIXELS: _(
        "The picture has too many pixels: at most %(megapixels)s million are taken of this kind of "
        "file. Save it smaller."
    ),
    Reason.LONG: _(
        "The picture is too long: at most %(pixels)s pixels are taken from edge to edge. Cut it "
        "into several."
    ),
    Reason.DAMAGED: _("The picture is damaged or cut off. Copy it from where it came once more."),
}
"""A sentence for each reason that ``UnfitPicture`` may have."""


def told(error: UnfitPicture) -> str:
    """The sentence for ``error``, with its limit in the numbers of the active language."""
    return str(SENTENCES[error.reason]) % {
        "size": filesizeformat(error.most),
        "megapixels": number_format(error.most // 1_000_000),
        "pixels": number_format(error.most, force_grouping=True),
    }
