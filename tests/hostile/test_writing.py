"""Nothing is written over what is no plain file, by any writer, and no writer changes what holds for the others."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from nnplayground.cli import main
from nnplayground.errors import LONGEST, InputError, WorkError
from nnplayground.export.animation import write_animation
from nnplayground.export.formats import FORMATS, export, read_model
from nnplayground.export.model import same
from nnplayground.export.moving import Picture, Timing
from nnplayground.export.samples_csv import save_samples
from nnplayground.export.table_csv import save_table
from nnplayground.files import check_writable, write_atomically, written_beside
from nnplayground.project.model import Project
from nnplayground.project.storage import save
from nnplayground.training.run.prepare import prepare
from nnplayground.unfinished import Unfinished
from tests.export.models import CIRCLE, PENGUINS, trained
from tests.hostile.makers import bound_socket, fifo, inner_folder, link, loop

if sys.platform == "win32":
    pytest.skip("pipes, devices and permissions are those of POSIX", allow_module_level=True)


def black() -> Iterator[Picture]:
    """Return pictures."""
    return iter([np.zeros((2, 2, 3), np.uint8)] * 2)


WRITERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "bytes": (".bin", lambda path: write_atomically(path, b"new")),
    "project": (".nnp.json", lambda path: save(Project(), path)),
    "archive": (".npz", lambda path: export(trained(CIRCLE)[1], path)),
    "model": (".model.json", lambda path: export(trained(CIRCLE)[1], path)),
    "samples": (".csv", lambda path: save_samples(prepare(CIRCLE), path)),
    "plot": (".csv", lambda path: save_table({"x": np.zeros(3)}, path)),
    "animation": (".gif", lambda path: write_animation(path, black(), Timing(10.0), count=2)),
}
"""Every way in which a file is written, and the end of its name."""

IN_THE_WAY: dict[str, tuple[Callable[[Path, str], Path], str]] = {
    "pipe": (fifo, "could not be written: it is a pipe; choose the name of a file."),
    "link to a pipe": (
        lambda folder, name: link(folder, name, str(fifo(folder, "pipe"))),
        "could not be written: it is a pipe; choose the name of a file.",
    ),
    "device": (
        lambda folder, name: link(folder, name, "/dev/null"),
        "could not be written: it is a device; choose the name of a file.",
    ),
    "socket": (bound_socket, "could not be written: it is a socket; choose the name of a file."),
    "link to itself": (loop, "choose a name that is no link to itself."),
    "folder": (inner_folder, "choose a name that no folder has."),
    "long name": (lambda folder, name: folder / ("n" * 300 + name), "choose a shorter name."),
    "no folder": (lambda folder, name: folder / "none" / name, "choose a folder that exists."),
    "no name": (lambda folder, name: folder / f"a\0{name}", "no file can have this name; choose another one."),
}
"""What stands where a file should be written, and what is said about it."""


def state_of(folder: Path) -> list[tuple[str, int]]:
    """Return what lies in a folder and of what kind it is."""
    return sorted((path.name, stat.S_IFMT(path.lstat().st_mode)) for path in folder.iterdir())


@pytest.mark.parametrize("obstacle", IN_THE_WAY)
@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_no_plain_file_stays_and_is_named(writer: str, obstacle: str, tmp_path: Path) -> None:
    (ending, write), (make, words) = WRITERS[writer], IN_THE_WAY[obstacle]
    path = make(tmp_path, f"a{ending}")
    before = state_of(tmp_path)
    with pytest.raises(WorkError) as caught:
        write(path)
    assert words in str(caught.value)
    assert len(str(caught.value)) <= LONGEST
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("obstacle", IN_THE_WAY)
def test_the_same_is_said_before_long_work(obstacle: str, tmp_path: Path) -> None:
    make, words = IN_THE_WAY[obstacle]
    with pytest.raises(WorkError) as caught:
        check_writable(make(tmp_path, "a.npz"))
    assert words in str(caught.value) or (obstacle == "no folder" and "there is no folder" in str(caught.value))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_plain_file_and_a_link_to_one_are_replaced(writer: str, tmp_path: Path) -> None:
    ending, write = WRITERS[writer]
    target = tmp_path / f"target{ending}"
    target.write_bytes(b"old")
    target.chmod(0o640)
    path = link(tmp_path, f"a{ending}", target.name)
    write(path)
    assert path.is_symlink()
    assert target.read_bytes() != b"old"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_what_has_become_a_pipe_meanwhile_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"

    def write() -> None:
        with written_beside(path) as part:
            part.write_bytes(b"new")
            os.mkfifo(path)

    with pytest.raises(WorkError, match="it is a pipe"):
        write()
    assert state_of(tmp_path) == [("a.bin", stat.S_IFIFO)]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_file_has_the_permissions_of_the_umask_which_is_not_touched(
    umask: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(umask)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(os, "umask", None)  # every call fails
            write_atomically(tmp_path / "a.bin", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.bin").stat().st_mode) == 0o666 & ~umask


def test_a_private_file_is_never_readable_to_others_while_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with written_beside(path) as part:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600


@pytest.mark.parametrize("ending", [entry.suffix for entry in FORMATS.values()])
def test_two_writers_to_one_path_both_succeed_and_one_whole_file_stays(ending: str, tmp_path: Path) -> None:
    """Each waits, when its file has been written but has not got its name, for the other to come as far."""
    path, models = tmp_path / f"a{ending}", (trained(CIRCLE)[1], trained(PENGUINS)[1])
    together, plain = threading.Barrier(2, timeout=60), Unfinished.flush  # one that fails must not hold the other

    def flush(self: Unfinished) -> None:
        plain(self)
        together.wait()

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(Unfinished, "flush", flush)
        writers = [pool.submit(export, model, path) for model in models]
        assert [writer.result() for writer in writers] == [None, None]  # which raises what a writer raised
    assert any(same(read_model(path), model) for model in models)
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_gives_other_bytes_back_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.npz"
    export(trained(CIRCLE)[1], path)
    before = path.read_bytes()
    other = FORMATS["npz"].write(trained(PENGUINS)[1])
    monkeypatch.setattr(Path, "read_bytes", lambda _path: other)
    with pytest.raises(WorkError, match="was not written: the disk gives other weights back"):
        export(trained(CIRCLE)[1], path)
    monkeypatch.undo()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["train", "project.nnp.json", "--export", "a.npz"],
        ["screenshot", "a.png", "project.nnp.json"],
        ["animate", "a.gif", "project.nnp.json"],
    ],
    ids=["train", "screenshot", "animate"],
)
def test_a_command_says_so_before_it_trains(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    save(Project(), tmp_path / "project.nnp.json")
    for name in ("a.npz", "a.png", "a.gif"):
        fifo(tmp_path, name)
    monkeypatch.setattr("nnplayground.cli.open_project", None)  # comes after, and is not reached
    monkeypatch.setattr("nnplayground.cli.Run", None)
    monkeypatch.setattr("nnplayground.cli._app", None)
    assert main(words) == 1
    said = capsys.readouterr().err
    assert "could not be written: it is a pipe" in said
    assert len(said.splitlines()) == 1


def test_a_name_that_tells_no_format_is_cut(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        export(trained(CIRCLE)[1], tmp_path / ("n" * 250))
    assert len(str(caught.value)) < 200
