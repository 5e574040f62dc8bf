"""Work that must not be done twice at once is done by one process after another."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import lock


def test_the_second_says_that_it_waits_and_goes_on_when_the_first_is_done(tmp_path):
    events: list[str] = []
    is_waiting = threading.Event()

    def second() -> None:
        with lock.held(tmp_path / "lock", is_waiting.set):
            events.append("second")

    thread = threading.Thread(target=second)
    with lock.held(tmp_path / "lock", lambda: events.append("nobody was there")):
        thread.start()
        assert is_waiting.wait(timeout=30)
        events.append("first")
    thread.join(timeout=30)
    assert events == ["first", "second"]


def test_a_folder_in_which_no_lock_can_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(ImproperlyConfigured, match=r"cannot be opened to write .* DATA_DIR"),
        lock.held(tmp_path / "file" / "lock", lambda: None),
    ):
        pytest.fail("Nothing holds this lock.")
