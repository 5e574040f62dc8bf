"""Pictures: from bytes to values and back to bytes, by Pillow alone and without Django.

``reading`` is the one door through which a file comes in, ``rights`` tells whose it says it is,
``ladder`` which renditions readers get of it, and ``rendering`` makes them.
"""

from __future__ import annotations
