"""An address is put together once, and is the one that Django would put together each time."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from newsroom.routes import address_of


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("root", {}),
        ("latest", {"language": "ur"}),
        ("article", {"language": "sd", "pk": 12, "slug": "مينهن"}),
        ("article", {"language": "en", "pk": 12, "slug": ""}),
        ("archive", {"language": "en", "year": 2023, "month": 7}),
    ],
)
def test_an_address_is_djangos_own_each_time(name, given):
    for _each in range(2):
        assert address_of(name, **given) == reverse(name, kwargs=given)


def test_a_site_below_a_folder_has_addresses_of_its_own():
    assert address_of("latest", language="en") == "/en/latest/"
    set_script_prefix("/news/")
    try:
        assert address_of("latest", language="en") == "/news/en/latest/"
    finally:
        set_script_prefix("/")
    assert address_of("latest", language="en") == "/en/latest/"


def test_what_has_no_address_is_an_error_each_time():
    for _each in range(2):
        with pytest.raises(NoReverseMatch):
            address_of("latest", language="no such language at all")
