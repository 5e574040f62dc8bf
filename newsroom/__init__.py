"""Wiring only: settings, addresses and servers. The newsroom itself lives in ``articles``."""

__version__ = "0.1.0"
