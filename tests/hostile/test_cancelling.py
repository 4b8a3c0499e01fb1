"""Every long read can be ended: by a cancel, and by the window as it closes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnplayground.data import image_folder
from nnplayground.data.image_folder import load_image_folder
from nnplayground.data.picture_file import read_picture
from nnplayground.data.progress import CancelledError, Progress
from nnplayground.export.formats import export
from nnplayground.export.opening import open_project
from nnplayground.project.model import DataSpec, ImagesSource, Project, TableSource
from nnplayground.project.storage import save
from nnplayground.training.run import prepare as preparing
from nnplayground.training.run.prepare import prepare
from nnplayground.training.thread.worker import Load, Worker
from tests.export.models import CIRCLE, trained


def table(folder: Path) -> Path:
    """Return a table."""
    path = folder / "a.csv"
    path.write_text("a,b\n" + "1.5,2\n" * 1000, encoding="utf-8")
    return path


def project(folder: Path) -> Path:
    """Return a project file."""
    path = folder / "a.nnp.json"
    save(Project(), path)
    return path


def model(folder: Path, ending: str) -> Path:
    """Return a trained model."""
    path = folder / f"a{ending}"
    export(trained(CIRCLE)[1], path)
    return path


def pictures(folder: Path) -> Path:
    """Return a folder of pictures."""
    for name in ("cats", "dogs"):
        (folder / "pets" / name).mkdir(parents=True)
        for number in range(3):
            Image.fromarray(np.zeros((9, 9), np.uint8)).save(folder / "pets" / name / f"{number}.png")
    return folder / "pets"


READS: dict[str, tuple[Callable[[Path], Path], Callable[[Path, Progress], object]]] = {
    "table": (table, open_project),
    "project": (project, open_project),
    "archive": (lambda folder: model(folder, ".npz"), open_project),
    "model": (lambda folder: model(folder, ".model.json"), open_project),
    "pictures": (pictures, lambda path, progress: load_image_folder(path, side=8, colour=False, progress=progress)),
    "one picture": (
        lambda folder: pictures(folder) / "cats" / "0.png",
        lambda path, progress: read_picture(path, side=8, colour=True, progress=progress),
    ),
    "table of a project": (
        table,
        lambda path, progress: prepare(Project(data=DataSpec(source=TableSource(path=str(path)))), progress),
    ),
    "pictures of a project": (
        pictures,
        lambda path, progress: prepare(Project(data=DataSpec(source=ImagesSource(path=str(path)))), progress),
    ),
}
"""Every long read: what is read, and how."""


@pytest.mark.parametrize("name", READS)
def test_a_cancelled_read_ends(name: str, tmp_path: Path) -> None:
    make, read = READS[name]
    path, progress = make(tmp_path), Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        read(path, progress)


@pytest.mark.parametrize("name", READS)
def test_a_read_that_is_wanted_tells_shares_in_order(name: str, tmp_path: Path) -> None:
    class Told(Progress):
        def at(self, share: float) -> None:
            super().at(share)
            shares.append(share)

    shares: list[float] = []
    make, read = READS[name]
    read(make(tmp_path), Told())
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] <= shares[-1] <= 1.0


def test_a_folder_is_left_between_two_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    progress, read = Progress(), list[Path]()

    def look(path: Path, **_: object) -> tuple[object, bool]:
        read.append(path)
        if len(read) == 2:
            progress.cancel()
        return np.zeros(64, np.uint8), True

    monkeypatch.setattr("nnplayground.data.picture_file.read_picture", look)
    with pytest.raises(CancelledError):
        load_image_folder(pictures(tmp_path), side=8, colour=False, progress=progress)
    assert len(read) == 2


def test_to_close_the_training_thread_ends_the_reading_of_its_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the wish to end it, the reading would go on for ever, and so would this test."""
    begun = threading.Event()

    def read_for_ever(*_: object, progress: Progress, **__: object) -> None:
        while True:
            begun.set()
            progress.at(0.5)

    monkeypatch.setattr(preparing, "load_image_folder", read_for_ever)
    worker = Worker()
    worker.order(Load(Project(data=DataSpec(source=ImagesSource(path=str(tmp_path)))), 1))
    begun.wait()
    worker.close()
    assert worker.mailbox.take() is None


def test_the_entries_of_a_folder_are_counted_before_they_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pictures(tmp_path)
    monkeypatch.setattr(image_folder, "ENTRY_LIMIT", 2)
    with pytest.raises(Exception, match="cats has more than 2 entries; choose a folder of pictures"):
        load_image_folder(folder, side=8, colour=False)


@pytest.mark.parametrize("ending", [".nnp.json", ".model.json"])
def test_a_text_of_many_numbers_is_left_in_the_middle(ending: str, tmp_path: Path) -> None:
    """The numbers are read after the bytes; what is wrong with the document would only be found at its end."""
    path = tmp_path / f"a{ending}"
    path.write_bytes(b'{"numbers": [' + b"1.5, " * 200_000 + b"1.5]}")

    class Ending(Progress):
        def at(self, share: float) -> None:
            super().at(share)
            if share > 0.5:
                self.cancel()

    with pytest.raises(CancelledError):
        open_project(path, Ending())
