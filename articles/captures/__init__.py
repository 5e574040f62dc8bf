"""Raw captures to honest values: pure functions from bytes to drafts, with evidence.

``read`` turns bytes into a :class:`Capture` of lines with byte spans; ``segment`` turns that into
:class:`Parsed`: drafts, dropped spans and gaps. ``account`` proves that no byte is unexplained.
"""

from __future__ import annotations

from .draft import GAP, SURE, Draft, Dropped, Evidence, Gap, Hints, Kept, Parsed
from .ledger import Unaccounted, account
from .reading import Capture, Line, read
from .segment import segment

__all__ = [
    "GAP",
    "SURE",
    "Capture",
    "Draft",
    "Dropped",
    "Evidence",
    "Gap",
    "Hints",
    "Kept",
    "Line",
    "Parsed",
    "Unaccounted",
    "account",
    "read",
    "segment",
]
