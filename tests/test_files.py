"""Files are whole or untouched, links stay links, and every refusal says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from nnplayground import files
from nnplayground.errors import InputError, WorkError
from nnplayground.files import write_atomically
from nnplayground.reading_files import read_text


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_the_longest_name_that_the_disk_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".txt")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("n" * 300, "choose a shorter name"),
        ("no/a.txt", "choose a folder that exists"),
        ("folder", "that no folder has"),
        ("file/a.txt", "choose a folder that exists"),
    ],
)
def test_what_cannot_be_written_says_what_to_do(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WorkError, match=words):
        write_atomically(tmp_path / name, b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EACCES, "permission denied; choose a folder that you may write to."),
        (errno.EROFS, "choose a folder that you may write to."),
        (errno.ENOSPC, "no space left on device; make room on the disk"),
    ],
)
def test_the_advice_fits_the_reason(code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files, "Unfinished", refuse)
    with pytest.raises(WorkError, match=words):
        write_atomically(tmp_path / "a.txt", b"new")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"ok \xff")
    with pytest.raises(InputError, match="byte 3 does not fit"):
        read_text(tmp_path / "a.txt", limit=10)
    with pytest.raises(InputError, match="up to 2 bytes"):
        read_text(tmp_path / "a.txt", limit=2)
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "b.txt", limit=10)
