"""What a killed run was writing is taken away by the next start; what is still being written, and all else, stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nnplayground import unfinished
from nnplayground.cli import main
from nnplayground.files import write_atomically, written_beside
from nnplayground.unfinished import NAME, Unfinished, remove_left_behind, state_folder

WRITER = """
import signal, sys
from pathlib import Path
from nnplayground.files import written_beside
signal.signal(signal.SIGINT, signal.default_int_handler)  # a program that a shell starts in the background ignores it
with written_beside(Path(sys.argv[1])) as part:
    part.write_bytes(b"half")
    print(part, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a state folder of its own."""
    for variable in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "state"))
    if sys.platform == "darwin":
        monkeypatch.setenv("HOME", str(tmp_path / "state"))
    folder = state_folder()
    assert folder is not None
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the files."""
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


def killed_writer(path: Path) -> Path:
    """Let a program begin to write a file, kill it, and return what it has left."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        part = Path(writer.stdout.readline().strip())
        assert part.read_bytes() == b"half"
        writer.kill()
    assert part.exists()
    return part


def test_the_half_written_file_of_a_killed_run_is_gone_after_the_next_start(folder: Path, notes: Path) -> None:
    part = killed_writer(folder / "a.csv")
    assert part.parent == folder
    assert NAME.fullmatch(part.name)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert list(folder.iterdir()) == []
    assert list(notes.iterdir()) == []


def test_what_a_program_still_writes_stays(folder: Path, notes: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder / "a.csv")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        part = Path(writer.stdout.readline().strip())
        assert remove_left_behind() == 0
        assert part.read_bytes() == b"half"
        assert len(list(notes.iterdir())) == 1
        writer.stdin.close()
    assert (folder / "a.csv").read_bytes() == b"half"
    assert list(notes.iterdir()) == []


def test_what_this_program_writes_stays(folder: Path) -> None:
    with written_beside(folder / "a.csv") as part:
        assert remove_left_behind() == 0
        part.write_bytes(b"whole")
    assert (folder / "a.csv").read_bytes() == b"whole"


@pytest.mark.parametrize("content", [b"", b"\0", b"relative/.nnp-x.part", b"x" * 100_000, b"\xff\xfe"])
def test_a_note_of_anything_else_takes_nothing_away(content: bytes, folder: Path, notes: Path) -> None:
    kept = folder / "kept.csv"
    kept.write_bytes(b"kept")
    notes.mkdir(parents=True)
    (notes / "note").write_bytes(content)
    (notes / "other").write_bytes(os.fsencode(kept))
    assert remove_left_behind() == 0
    assert kept.read_bytes() == b"kept"


def test_only_a_regular_file_is_taken_away(folder: Path, notes: Path) -> None:
    kept = folder / "kept.csv"
    kept.write_bytes(b"kept")
    disguised = folder / f".nnp-{unfinished.HOST}-1-{'0' * 16}.part"
    disguised.symlink_to(kept)
    notes.mkdir(parents=True)
    (notes / "note").write_bytes(os.fsencode(disguised))
    assert remove_left_behind() == 0
    assert disguised.is_symlink()
    assert kept.read_bytes() == b"kept"


def test_without_a_place_for_notes_files_are_written_all_the_same(
    folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.parent.mkdir(parents=True)
    notes.write_bytes(b"a file where the folder of the notes should be")
    write_atomically(folder / "a.csv", b"whole")
    monkeypatch.setattr(unfinished, "state_folder", lambda: None)
    write_atomically(folder / "b.csv", b"whole")
    assert remove_left_behind() == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "b.csv"]


def test_nothing_is_left_of_a_file_that_is_given_up(folder: Path, notes: Path) -> None:
    made = Unfinished(folder)
    assert made.path.exists()
    assert len(list(notes.iterdir())) == 1
    made.close()
    assert list(folder.iterdir()) == []
    assert list(notes.iterdir()) == []


def test_a_file_that_cannot_be_taken_away_now_is_by_the_next_start(
    folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Unfinished(folder)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        made.close()
    assert made.path.exists()
    assert remove_left_behind() == 1
    assert list(folder.iterdir()) == []
    assert list(notes.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGTERM") or sys.platform == "win32", reason="Windows has no such signal")
def test_an_interrupted_run_leaves_nothing_by_itself(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder / "a.csv")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as writer:  # fmt: skip
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.send_signal(signal.SIGINT)
        writer.wait()
    assert list(folder.iterdir()) == []
