from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.outward import host_of, safe_url


@pytest.mark.parametrize(
    ("typed", "address", "host"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d", "example.org"),
        ("  HTTP://WWW.Example.ORG:8080/Path ", "http://www.example.org:8080/Path", "example.org"),
        ("example.org/about", "https://example.org/about", "example.org"),
        ("example.org:8080/about", "https://example.org:8080/about", "example.org"),
        ("//example.org", "https://example.org", "example.org"),
        ("https://\u202eexample.org/", "https://example.org/", "example.org"),
        ("https://مثال.پاکستان/صفحہ", "https://مثال.پاکستان/صفحہ", "مثال.پاکستان"),
        ("https://social.example/@name", "https://social.example/@name", "social.example"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/", "2001:db8::1"),
    ],
)
def test_a_web_address_becomes_a_link_to_the_host_that_it_names(typed, address, host):
    assert safe_url(typed) == address
    assert host_of(address) == host


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "https://", "https:///path", "https://localhost/", "about us", "/about/"),
        *("javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)"),
        "data:text/html,x",
        *("ftp://example.org/", "mailto:a@example.org", "vbscript:x", "file:///etc/passwd"),
        *("https://bank.example@evil.example/", "https://a:b@example.org/"),
        *("https://example.org\\@evil.example/", "https:\\\\example.org", "https://exa mple.org/"),
        *('https://example.org/"onclick="x', "https://example.org/<b>", "https://[::1"),
        "https://-.org",
        *("https://example.org:port/", "https://example.org:99999/"),
        "https://" + "a" * 600 + ".org",
        "https://example.org/" + "a" * 600,
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_becomes_no_link(typed):
    with pytest.raises(ValueError, match=r".+"):
        safe_url(typed)


@given(st.text() | st.from_regex(r"(https?:)?//[a-z.@:\\]{1,20}/?.{0,9}"))
def test_what_comes_through_the_door_is_a_web_address_and_comes_through_as_it_is(typed):
    try:
        address = safe_url(typed)
    except ValueError:
        return
    assert urlsplit(address).scheme in {"http", "https"}
    assert urlsplit(address).username is None
    assert not set(' "<>\\\n\t') & set(address)
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("https://0x7f.1/", "https://127.1/", "https://0177.0.0.1/", "https://1.2.3.0x4/"),
        *("https://e．example/", "https://e。example/", "https://ｅvil.example/", "https://faß.ⅽom/"),
    ],
)  # fmt: skip
def test_a_host_that_a_browser_reads_otherwise_becomes_no_link(typed):
    with pytest.raises(ValueError, match=r".+"):
        safe_url(typed)


def test_an_address_of_four_numbers_is_one():
    assert safe_url("http://192.0.2.7:8080/a") == "http://192.0.2.7:8080/a"
