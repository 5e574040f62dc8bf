"""What comes through the doors for addresses, as a browser's own parser reads it (WHATWG URL)."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from articles.text.html import clean
from articles.text.outward import host_of, safe_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCHEMES = [
    *("", "http:", "https:", "HTTPS:", "hTTp:", "javascript:", "JaVaScRiPt:", "java\tscript:"),
    *("java\nscript:", "\x01javascript:", "java&#x0A;script:", "vbscript:", "data:", "file:"),
    *(
        "blob:https:",
        "feed:javascript:",
        "view-source:",
        "ws:",
        "ftp:",
        "mailto:",
        "tel:",
        "ｈttp:",
    ),
    *("https&colon;", "javascript&#58;", " javascript:", "https\u200b:", "about:", "filesystem:"),
]
SLASHES = ["", "/", "//", "///", "\\", "\\\\", "/\\", "\\/", "//\t", "/\n/", "////", "?", "#"]
HOSTS = [
    *(
        "e.example",
        "bank.example@evil.example",
        "e.example\\@evil.example",
        "e.example:80",
        "[::1]",
    ),
    *("0x7f.1", "127.1", "2130706433", "0177.0.0.1", "127.0.0.1", "１２７.0.0.1"),
    *("e．example", "e。example", "ｅvil.example", "evil.example%2f.bank.example", "exa%6dple.org"),
    *("e.example.",),
    *("bank.example\u202e", "раypal.example", "xn--pypal-4ve.example", "مثال.پاکستان", "ﷺ.example"),
    *(
        "e.example:",
        "e.example:0",
        "e.example:99999",
        "user:pw@e.example",
        "@e.example",
        "-e.example",
    ),
    *("e..example", ".e.example", "e_x.example", "℀.example", "faß.example", "ⓔ.example", "1.2.3"),
    *("alert(1)", "%0aalert(1)", "localhost", "e.example%00", "e.example\x00.evil.example", "0x.e"),
]
ENDS = ["", "/", "/a?b#c", "\\@evil.example", "?@evil.example", "#@evil.example", '"x', "<b>", " x"]
PARSE = """(addresses) => addresses.map((address) => {
    try {
        const url = new URL(address);
        return [url.protocol, url.hostname, url.username + url.password, url.port];
    } catch { return null; }
})"""
LINKS = """(html) => {
    const page = new DOMParser().parseFromString(`<base href="https://here.example/a/">${html}`,
        "text/html");
    return [...page.querySelectorAll("a[href]")].map((a) => [a.protocol, a.host, a.outerHTML]);
}"""


def nasty() -> list[str]:
    """Every scheme with slashes and hosts, and a lot of them with every end."""
    known = [f"{a}{b}{c}" for a in SCHEMES for b in SLASHES for c in HOSTS]
    chosen = random.Random(7).sample(known, 2_000)  # noqa: S311  The same each time.
    return [*known, *(f"{each}{end}" for each in chosen for end in ENDS)]


def admitted(typed: str) -> str | None:
    try:
        return safe_url(typed)
    except ValueError:
        return None


def test_a_browser_goes_where_an_address_says_that_it_goes(page: Page) -> None:
    addresses = [address for typed in nasty() if (address := admitted(typed))]
    assert len(addresses) > 150
    for address, told in zip(addresses, page.evaluate(PARSE, addresses), strict=True):
        if told is None:  # Leads nowhere.
            continue
        protocol, host, names, _port = told
        assert protocol in {"http:", "https:"}, address
        assert names == "", address
        shown = host_of(address)
        if shown.isascii():
            assert host.removeprefix("www.").strip("[]") == shown, address
        else:
            assert re.fullmatch(r"[a-z0-9.-]+", host), address
            assert "xn--" in host, address


def test_no_link_of_a_cleaned_body_leads_to_what_it_does_not_name(page: Page) -> None:
    links = [f"<p><a href='{typed}'>x</a></p>" for typed in random.Random(8).sample(nasty(), 6_000)]  # noqa: S311
    allowed = {"http:", "https:", "mailto:", "tel:"}
    html = "".join(clean("".join(links[at : at + 500])) for at in range(0, len(links), 500))
    found = page.evaluate(LINKS, html)
    assert len(found) > 200
    for protocol, host, link in found:
        assert protocol in allowed or protocol == ":", link  # No address at all, to the browser.
        if host == "here.example" or not protocol.startswith("http"):
            continue
        assert re.search(r'href="https?://', link, re.IGNORECASE), link


def test_a_browser_and_the_door_refuse_what_runs(page: Page) -> None:
    """A thing that the browser would run is never admitted as it stands."""
    typed = nasty()
    told = page.evaluate(PARSE, typed)
    for address, parsed in zip(typed, told, strict=True):
        if parsed and parsed[0] not in {"http:", "https:"}:
            through = admitted(address)
            assert through is None or through.startswith("https://"), address
