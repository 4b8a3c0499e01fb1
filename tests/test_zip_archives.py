"""An archive tells what it would take before it is unpacked, and takes no more than it has told."""

from __future__ import annotations

import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import InputError
from nnplayground.zip_archives import Entry, Limits, check_archive, open_archive, read_entry
from tests.hostile.makers import archive, lying, many_entries

SOUND = archive(("a.txt", b"x" * 1000), ("folder/b.txt", b"y" * 3_000_000))


def test_a_sound_archive_gives_its_entries() -> None:
    told: list[float] = []
    entries = check_archive(SOUND, Limits(), at=told.append)
    assert entries == (Entry("a.txt", 1000), Entry("folder/b.txt", 3_000_000))
    assert told[-1] == 1.0
    with open_archive(SOUND, Limits()) as opened:
        assert read_entry(opened, opened.infolist()[1]) == b"y" * 3_000_000


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        (SOUND, Limits(entries=1), "it has 2 entries; it may have 1"),
        (SOUND, Limits(unpacked=3_000_999), "it would take 3,001,000 bytes once it is unpacked"),
        (many_entries(5), Limits(entries=4), "it has 5 entries"),
        (archive(("a", b""), ("b", b""), method=zipfile.ZIP_LZMA), Limits(), '"a" in it is packed with LZMA;'),
        (archive(("../a", b"")), Limits(), 'the name "../a" in it leads out of the archive'),
        (archive(("/a", b"")), Limits(), 'the name "/a" in it leads out of the archive'),
        (archive(("C:\\a", b"")), Limits(), "leads out of the archive"),
        (lying(SOUND, 999), Limits(), "It is not a workbook, or it is damaged."),
        (lying(SOUND, 1001), Limits(), "It is not a workbook, or it is damaged."),
        (b"", Limits(), "It is not a workbook, or it is damaged."),
        (b"PK\x05\x06" + bytes(17), Limits(), "It is not a workbook, or it is damaged."),
        (SOUND[:-1], Limits(), "It is not a workbook, or it is damaged."),
    ],
)
def test_what_is_no_such_archive_is_one_sentence(content: bytes, limits: Limits, words: str) -> None:
    with pytest.raises(InputError) as caught:
        check_archive(content, limits, kind="a workbook")
    assert words in str(caught.value)


def test_an_entry_that_stands_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = archive(("a", b"1"), ("a", b"2"))
    with pytest.raises(InputError, match=r'"a" stands twice in it; keep one of them\.'):
        check_archive(content, Limits())


def test_an_encrypted_entry_is_named() -> None:
    content = bytearray(SOUND)
    directory = content.index(b"PK\x01\x02")
    content[directory + 8 : directory + 10] = struct.pack("<H", 1)
    with pytest.raises(InputError, match=r'"a\.txt" in it is encrypted; it must be stored or deflated\.'):
        check_archive(bytes(content), Limits())


@given(data=st.data())
def test_an_archive_with_flipped_bytes_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(archive(("a.txt", b"x" * 100), ("b.txt", bytes(range(100)))))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        entries = check_archive(bytes(content), Limits(unpacked=1_000))
    except InputError:
        return
    assert sum(entry.size for entry in entries) <= 1_000


def test_going_through_an_archive_can_be_ended() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        check_archive(SOUND, Limits(), at=progress.at)


def test_what_is_stored_as_it_is_may_be_as_much_as_the_file() -> None:
    stored = archive(("a", bytes(10_000)), method=zipfile.ZIP_STORED)
    assert check_archive(stored, Limits(unpacked=10)) == (Entry("a", 10_000),)
    with pytest.raises(InputError, match="it would take 10,000 bytes"):
        check_archive(archive(("a", bytes(10_000))), Limits(unpacked=10))
