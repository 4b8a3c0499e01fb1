"""Only regular files are read, never more of one than its kind may have, and reading can be ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import InputError
from nnplayground.reading_files import (
    PIECE,
    is_folder,
    is_there,
    open_regular,
    read_beginning,
    read_file,
    size_of,
)


def test_a_file_comes_whole_and_tells_how_far_it_is(tmp_path: Path) -> None:
    content = bytes(range(256)) * (3 * PIECE // 256) + b"end"
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    told: list[float] = []
    seen: list[bytes] = []
    assert read_file(path, limit=len(content), at=told.append, look=seen.append) == content
    assert b"".join(seen) == content
    assert len(told) == 4
    assert told[-1] == 1.0
    assert read_beginning(path, 300) == content[:300]
    assert size_of(path) == len(content)


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.bin").touch()
    assert read_file(tmp_path / "a.bin", limit=0) == b""


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"123")
    seen: list[bytes] = []
    with pytest.raises(InputError, match=r"a\.bin has 3 bytes; models of up to 2 bytes can be read\."):
        read_file(path, limit=2, kind="models", look=seen.append)
    assert seen == []


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(2 * PIECE))

    def grow(_piece: bytes) -> None:
        with path.open("ab") as file:
            file.write(bytes(2 * PIECE))

    with pytest.raises(InputError, match="of up to"):
        read_file(path, limit=2 * PIECE, look=grow)


def test_reading_can_be_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"123")
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        read_file(path, limit=3, at=progress.at)


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300, "none"])
def test_a_name_that_no_file_has_is_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        open_regular(path)
    assert "could not be read: " in str(caught.value)
    assert str(caught.value).isprintable()
    assert not is_there(path)
    assert not is_folder(path)
