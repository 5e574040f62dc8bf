"""Where a recording was made, which telephones write into it: taken out before anybody gets it.

Only places are sought, and written over in their own length, so that nothing in the file moves.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from typing import BinaryIO

from articles.recordings.reading import index_of

# ISO 6709, as the "©xyz" and "com.apple.quicktime.location.ISO6709" of an MP4 file hold it.
_PLACE = re.compile(
    rb"[+-]\d{2,6}(?:\.\d+)?[+-]\d{3,7}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w+)?/"
)
_DIGIT = re.compile(rb"\d")


def without_places(file: BinaryIO) -> BinaryIO:
    """Return ``file``, or a copy of it that says nowhere where it was made, if it said so."""
    start, index = index_of(file)
    found = list(_PLACE.finditer(index))
    if not found:
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115  Closed by who stores it.
    file.seek(0)
    shutil.copyfileobj(file, copy)
    for place in found:
        copy.seek(start + place.start())
        copy.write(_DIGIT.sub(b"0", place[0]))
    copy.seek(0)
    return copy
