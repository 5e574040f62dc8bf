"""A file in the storage is there whole or not at all."""

from __future__ import annotations

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from newsroom.storage import PrivateStorage, WholeFileStorage


def test_the_same_name_replaces_the_file(tmp_path):
    storage = WholeFileStorage(location=tmp_path)
    for content in (b"first", b"second"):
        assert storage.save("a/b.jpg", ContentFile(content)) == "a/b.jpg"
    assert (tmp_path / "a" / "b.jpg").read_bytes() == b"second"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["b.jpg"]


def test_what_is_stopped_leaves_the_former_file(tmp_path, monkeypatch):
    storage = WholeFileStorage(location=tmp_path)
    storage.save("b.jpg", ContentFile(b"first"))

    def stop(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        storage.save("b.jpg", ContentFile(b"second"))
    assert (tmp_path / "b.jpg").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["../b.jpg", "/etc/b.jpg", "a/../../b.jpg"])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    storage = WholeFileStorage(location=tmp_path / "inside")
    with pytest.raises(SuspiciousFileOperation):
        storage.save(name, ContentFile(b"out"))
    assert not (tmp_path / "b.jpg").exists()


def test_a_private_file_has_no_address(tmp_path):
    storage = PrivateStorage(location=tmp_path)
    storage.save("a", ContentFile(b"a"))
    with pytest.raises(ValueError, match="no address"):
        storage.url("a")
