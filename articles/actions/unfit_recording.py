"""Why a file is no recording for this site, and a text no captions, in the editor's language."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from articles.recordings.captions import Fault, UnfitCaptions
from articles.recordings.reading import Reason, UnfitRecording

SENTENCES = {
    Reason.EMPTY: _("The file is empty. Choose another, or copy it from where it came once more."),
    Reason.HEAVY: _("The file is too large: at most %(size)s is taken. Save it smaller."),
    Reason.UNKNOWN: _(
        "This file is no sound or video that browsers play, whatever its name says. Choose an MP3, "
        "M4A, Ogg, FLAC, WAV, MP4 or WebM file."
    ),
    Reason.DAMAGED: _("The recording is damaged or cut off. Copy it from where it came once more."),
}
OF_CAPTIONS = {
    Fault.LONG: _("The captions are too long."),
    Fault.SUBRIP: _("These captions are a SubRip file (.srt). Save them as WebVTT (.vtt)."),
    Fault.SIGNATURE: _("Captions are a WebVTT file, whose first line is WEBVTT."),
    Fault.TIMING: _(
        "Line %(line)d of the captions is no time such as 00:01.000 --> 00:04.000, or stands beside"
        " one."
    ),
    Fault.BACKWARDS: _("In line %(line)d of the captions, the end comes before the start."),
    Fault.EMPTY: _("The captions hold no words."),
}


def told(error: UnfitRecording) -> str:
    """The sentence for ``error``, with its limit in the numbers of the active language."""
    return str(SENTENCES[error.reason]) % {"size": filesizeformat(error.most)}


def told_of_captions(error: UnfitCaptions) -> str:
    """The sentence for ``error``, with the line that it is about."""
    return str(OF_CAPTIONS[error.fault]) % {"line": error.line}
