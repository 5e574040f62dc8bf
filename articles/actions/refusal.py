"""How an action says no: in sentences that an editor can act on."""

from __future__ import annotations

from collections.abc import Iterable


class Refused(Exception):
    """An action was not carried out and nothing was written.

    ``reasons`` holds the sentences, translated into the active language, in the order in which an
    editor would mend them.
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))
