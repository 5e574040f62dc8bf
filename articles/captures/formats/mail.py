"""Mail addresses that pages hide from those who gather them."""

from __future__ import annotations

from collections.abc import Mapping


def hidden_address(attributes: Mapping[str, str]) -> str:
    """The mail address that Cloudflare hid in an element; empty where there is none."""
    path, _, code = attributes.get("href", "").partition("#")
    in_link = code if path.endswith("/cdn-cgi/l/email-protection") else ""
    code = attributes.get("data-cfemail") or in_link
    return decode_address(code) if code else ""


def decode_address(code: str) -> str:
    """The address that stands in hex: each byte after the first, XOR the first. Else empty."""
    try:
        raw = bytes.fromhex(code[:512])
    except ValueError:
        return ""
    address = bytes(byte ^ raw[0] for byte in raw[1:]).decode("utf-8", "replace") if raw else ""
    is_address = "@" in address and address.isprintable() and "\ufffd" not in address
    return address.partition("?")[0] if is_address else ""
