"""``python -m articles.captures.worker``: reads captures for a load in another process.

It ends when its standard input does: with its parent, however that ended.
"""

from __future__ import annotations

import contextlib
import gc
import sys

from .work import serve

if __name__ == "__main__":
    gc.freeze()  # The rules stay; reading makes many values and hardly ever a cycle of them.
    gc.set_threshold(50_000)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, sys.stdout.buffer)
