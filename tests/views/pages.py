"""Reading a page as a browser does: its elements, their attributes and its text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, NamedTuple

CODES = ("en", "ur", "sd")


class Element(NamedTuple):
    name: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """The elements of a page in their order, and its text."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, /, **wanted: str) -> list[dict[str, str]]:
        """Return the attributes of each element that has the wanted ones."""
        return [
            element.attributes
            for element in self.elements
            if element.name == tag and wanted.items() <= element.attributes.items()
        ]

    @property
    def html(self) -> dict[str, str]:
        return self.all("html")[0]

    @property
    def links(self) -> list[str]:
        return [link["href"] for link in self.all("a") if "href" in link]

    @property
    def alternates(self) -> dict[str, str]:
        links = self.all("link", rel="alternate")
        return {link["hreflang"]: link["href"] for link in links if "hreflang" in link}

    @property
    def canonical(self) -> str:
        return self.all("link", rel="canonical")[0]["href"]
