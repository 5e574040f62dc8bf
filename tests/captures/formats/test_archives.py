"""Archives give up their pages one by one, and nothing that would harm."""

from __future__ import annotations

import gzip
import io
import tarfile
import time
import tracemalloc
import zipfile
import zlib

import pytest

from articles.captures.formats import Limits, documents
from tests.captures.formats import made

TEXT = "\n\n".join((made.HEADLINES["en"], "29 July 2023", *made.ENGLISH)).encode()
SMALL = Limits(members=50, member=100_000, total=1_000_000, floor=200_000)


def names(raw: bytes, name: str = "a.zip", limits: Limits = SMALL) -> dict[str, str]:
    return {document.name: document.problem for document in made.unpack(raw, name, limits)}


def test_each_member_is_a_document_with_its_own_digest():
    files = {
        "x/1.txt": TEXT,
        "x/2.html": made.page(language="ur"),
        "x/3.xml": made.rss(made.entry()),
    }
    for raw in (made.zipped(files), made.tarred(files)):
        found = made.unpack(raw, "a")
        assert [document.name for document in found] == ["a/x/1.txt", "a/x/2.html", "a/x/3.xml"]
        assert [document.raw for document in found] == list(files.values())
        assert len({document.sha256 for document in found}) == 3
        kinds = ["text/plain", "text/html", "application/rss+xml"]
        assert [document.media_type for document in found] == kinds
        assert all(made.check(document).drafts for document in found)


def test_a_file_of_one_is_unpacked():
    (document,) = made.unpack(gzip.compress(TEXT), "page.txt.gz")
    assert (document.name, document.raw) == ("page.txt.gz/page.txt", TEXT)


def test_an_archive_may_be_an_open_file(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(made.zipped({"1.txt": TEXT}))
    with path.open("rb") as file:
        assert [document.raw for document in documents(file, name="a.zip")] == [TEXT]


OUTSIDE = ["../x.txt", "a/../../x.txt", "/etc/x.txt", "..\\x.txt", "C:\\x.txt"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_out_of_the_archive_is_refused(name):
    files = {name: TEXT, "ok.txt": TEXT}
    for raw in (made.zipped(files), made.tarred(files)):
        found = made.unpack(raw)
        assert [bool(document.problem) for document in found] == [True, False]
        assert "leads out" in found[0].problem
        assert not found[0].raw


def link(kind: bytes, target: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo("link.txt")
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_and_devices_are_refused(kind):
    raw = made.tarred({"ok.txt": TEXT}, link(kind, "/etc/passwd"))
    assert [bool(sentence) for sentence in names(raw).values()] == [False, True]


def test_a_link_in_a_zip_is_refused():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    (sentence,) = names(raw.getvalue()).values()
    assert "link" in sentence


def test_hidden_files_and_files_of_a_saved_page_are_passed_over():
    files = {
        ".x.txt": TEXT,
        "__MACOSX/._1.txt": b"\x00\x05",
        "1_files/a.css": b"a {}",
        "1.txt": TEXT,
    }
    assert list(names(made.zipped(files))) == ["a.zip/1.txt"]


def test_a_manifest_inside_an_archive_is_named():
    (sentence,) = names(made.zipped({"manifest.json": b"{}"})).values()
    assert "beside the archive" in sentence


def test_archives_in_archives_are_followed_three_deep():
    raw = made.zipped({"1.txt": TEXT})
    for depth in range(4):
        raw = made.zipped({f"{depth}.zip": raw})
    (sentence,) = names(raw).values()
    assert "too deep" in sentence
    inner = made.zipped({"b.tar.gz": made.tarred({"1.txt": TEXT})})
    assert list(names(inner)) == ["a.zip/b.tar.gz/1.txt"]


def peak_of(raw: bytes, limits: Limits) -> tuple[list[str], int, float]:
    tracemalloc.start()
    began = time.process_time()
    problems = [document.problem for document in documents(raw, name="bomb", limits=limits)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return problems, peak, time.process_time() - began


def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)]
    return b"".join([*parts, packer.flush()])


def test_a_bomb_is_stopped_in_little_memory():
    bomb = zeros(300_000_000)
    nested = made.zipped({"a.txt.gz": bomb})
    member = made.zipped({"a.txt": b"a" * 50_000_000})
    header = tarfile.TarInfo("big.txt")
    header.size = 299_000_000
    tar = gzip.compress(header.tobuf() + bytes(20_000_000))
    for raw in (bomb, nested, member, tar):
        problems, peak, seconds = peak_of(raw, SMALL)
        assert all(problems)
        assert problems
        assert peak < 20_000_000
        assert seconds < 10


def test_a_tar_header_that_claims_a_huge_extension_costs_no_memory():
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 500_000_000
    problems, peak, _seconds = peak_of(gzip.compress(header.tobuf() + bytes(10_000_000)), SMALL)
    assert problems
    assert peak < 20_000_000


def test_overlapping_members_are_counted_each_time():
    raw = bytearray(made.zipped({f"{n}.txt": b"a" * 90_000 for n in range(40)}))
    assert any("unpacks to far more" in sentence for sentence in names(bytes(raw)).values())


def test_too_many_files_end_the_reading():
    found = made.unpack(made.zipped({f"{n}.txt": b"%d" % n for n in range(60)}), "a", SMALL)
    assert len(found) == 51
    assert "more than 50 files" in found[-1].problem


def test_a_truncated_archive_gives_what_is_whole_and_says_so():
    files = {f"{n}.txt": TEXT + b"%d" % n for n in range(30)}
    raw = made.tarred(files)
    found = made.unpack(raw[: len(raw) // 2], "a.tar.gz")
    assert found[-1].problem
    assert all(document.raw in files.values() for document in found[:-1])
    (cut,) = made.unpack(gzip.compress(TEXT)[:-30], "a.gz")
    assert "damaged" in cut.problem


def test_an_encrypted_or_broken_member_does_not_stop_the_others():
    raw = bytearray(made.zipped({"1.txt": TEXT, "2.txt": TEXT[::-1]}))
    raw[60] ^= 0xFF
    assert [bool(sentence) for sentence in names(bytes(raw)).values()] == [True, False]
    locked = bytearray(made.zipped({"1.txt": TEXT}))
    locked[6] |= 1
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    (sentence,) = names(bytes(locked)).values()
    assert "encrypted" in sentence
