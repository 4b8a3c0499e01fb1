"""Opening, saving and exporting for the window: the questions, the work in the background, what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.background import Background
from nnplayground.app.dialogs.files import ask_discard, ask_export, ask_folder, ask_open, ask_save
from nnplayground.app.document import Document
from nnplayground.app.settings import Settings
from nnplayground.data.image_folder import load_image_folder
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import UserError, clipped, named
from nnplayground.export.formats import export
from nnplayground.export.model import Facts, TrainedModel
from nnplayground.export.opening import TABLES, open_project, table_data
from nnplayground.export.trained import trained_model
from nnplayground.files import absolute
from nnplayground.project.changes import with_data
from nnplayground.project.model import DataSpec, ImagesSource, Project, Source, TableSource
from nnplayground.project.storage import SUFFIX, save
from nnplayground.reading_files import is_folder
from nnplayground.training.snapshot import Snapshot

UNTITLED = "Untitled experiment"
SHOWN_INPUTS = 6
SOON = 20
"""Looks at the work in the background after which it is said how far it is; what is quicker needs no words."""


class Files(QObject):
    """Everything that reads or writes files. `said(sentence, kind)` is for the message bar.

    `table_chosen(path)` follows when the user opens a table, of which more is to be asked. `reading(sentence)` tells
    how far the reading of a file is that takes a while and can be cancelled, and `read()` that it has ended well.
    """

    said = Signal(str, str)
    reading = Signal(str)
    read = Signal()
    table_chosen = Signal(object)

    def __init__(self, window: QWidget, document: Document, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._settings = settings
        self._opening: Path | None = None
        self._told = 0  # how often the job under way has told how far it is
        self._asked_for: Project | None = None
        self._exporting: Path | None = None
        self._reader, self._writer = Background(self), Background(self)
        self._reader.done.connect(self._take)
        self._reader.advanced.connect(self._tell_progress)
        self._reader.cancelled.connect(self._tell_cancelled)
        self._writer.done.connect(self._exported)
        for background in (self._reader, self._writer):
            background.failed.connect(self._complain)
        self.snapshot: Snapshot | None = None
        self.asks_before_discarding = True

    @property
    def title(self) -> str:
        """What the document is called in the title of the window."""
        path = self._document.path
        return path.name.removesuffix(SUFFIX) if path else self._document.project.name or UNTITLED

    def show_frame(self, snapshot: Snapshot) -> None:
        """Remember the weights that an export would take away."""
        self.snapshot = snapshot

    def new(self) -> None:
        """Start again with the starter project."""
        if self.may_discard():
            self._document.replace(Project(), None)

    def open(self) -> None:
        """Ask for a file and open it."""
        path = ask_open(self._window, self._settings.last_folder)
        if path is not None:
            self.show_path(path)

    def show_path(self, path: Path) -> None:
        """Open what the user has chosen or dropped; of a table it is shown first what would become of it."""
        if path.name.lower().endswith(TABLES) and not is_folder(path):
            self.table_chosen.emit(path)
        else:
            self.open_path(path)

    def open_pictures(self) -> None:
        """Ask for a folder of pictures and use it as the data of this experiment."""
        path = ask_folder(self._window, self._settings.last_folder)
        if path is not None:
            self.use_pictures(path)

    def open_path(self, path: Path) -> None:
        """Open a project or a model as a new document.

        A table or a folder of pictures becomes the data of this one, which can be undone.
        """
        if is_folder(path):
            self.use_pictures(path)
        elif path.name.lower().endswith(TABLES):
            self.use_table(path)
        elif self.may_discard():
            self._asked_for = self._document.project  # what is edited until the file is read must be asked for again
            self._read(path, partial(open_project, path))

    def use_table(self, path: Path) -> None:
        """Use a table as the data of this experiment as it is found, without a question; it can be undone."""
        self._read(path, partial(table_data, path))

    def use_pictures(self, path: Path) -> None:
        """Use a folder of pictures as the data of this experiment, which can be undone."""
        self._read(path, partial(pictures_data, path, like=self._document.project.data.source))

    def save(self) -> bool:
        """Save to the file of the document, asking for one where there is none; returns whether it was done."""
        return self.save_to(self._document.path) if self._document.path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        path = ask_save(self._window, self._settings.last_folder, name=self.title + SUFFIX)
        return path is not None and self.save_to(path)

    def save_to(self, path: Path) -> bool:
        """Save to this file."""
        try:
            save(self._document.project, path)
        except UserError as error:
            self._complain(str(error))
            return False
        self._remember(path)
        self._document.saved_as(path)
        self.said.emit(
            f"Saved to {named(path)}: the experiment, not the trained weights, which Export takes away.", "info"
        )
        return True

    def ask_and_export(self) -> None:
        """Ask for a file and export the weights to it."""
        path = ask_export(self._window, self._settings.last_folder, name=self.title)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Export the weights of this moment in the format of the file's name."""
        snapshot = self.snapshot
        if snapshot is None:
            self._complain("There is no network to export yet; mend what the last message says first.")
            return
        model = model_of(snapshot)
        if self._writer.start(partial(export, model, path)):
            self._exporting = path
        else:
            self._complain("An export is still under way; try again when it is done.")

    def may_discard(self) -> bool:
        """Tell whether the document may go: it is saved, or the user does not want it."""
        if not self._document.is_modified or not self.asks_before_discarding:
            return True
        answer = ask_discard(self._window, self.title)
        return self.save() if answer == "save" else answer == "discard"

    def close(self) -> None:
        """Wait for what is being read or written."""
        self._reader.close()
        self._writer.close()

    def cancel(self) -> None:
        """Let go of the file that is being read."""
        self._reader.cancel()

    def _read(self, path: Path, job: Callable[..., Project | DataSpec]) -> None:
        progress = Progress()
        if self._reader.start(partial(job, progress=progress), progress):
            self._opening, self._told = path, 0
        else:
            self._complain("Another file is still being read; try again when it is open.")

    def _tell_progress(self, share: float) -> None:
        """Say how far the reading of a file is, once it has lasted a while."""
        self._told += 1
        if self._opening is not None and self._told > SOON:
            self.reading.emit(f"{clipped(self._opening.name)} is being read: {100 * share:.0f} %")

    def _tell_cancelled(self) -> None:
        name = "the file" if self._opening is None else clipped(self._opening.name)
        self.said.emit(f"Reading {name} was cancelled; nothing has changed.", "info")

    def _take(self, result: object) -> None:
        """Show what was read."""
        path = self._opening
        if path is None:
            return
        self.read.emit()
        self._remember(path)
        if isinstance(result, DataSpec):
            self._document.edit(with_data(self._document.project, result), f"Open {clipped(path.name)}")
            self.said.emit(_about(path, result), "info")
        elif isinstance(result, Project) and (self._document.project == self._asked_for or self.may_discard()):
            self._document.replace(result, path if path.name.endswith(SUFFIX) else None)

    def _exported(self, _result: object) -> None:
        if self._exporting is not None:
            self._remember(self._exporting)
            self.said.emit(
                f"Exported to {named(self._exporting)}, read back and compared: it holds the same weights.", "info"
            )

    def _remember(self, path: Path) -> None:
        self._settings.last_folder = str(absolute(path).parent)

    def _complain(self, sentence: str) -> None:
        self.said.emit(sentence, "error")


def pictures_data(path: Path, *, like: Source, progress: Progress = UNWATCHED) -> DataSpec:
    """Return a data source for a folder of pictures, in the size and the colours of the folder before.

    `progress` is told how many pictures have been looked at, and can end the work. Raises `InputError` with one
    sentence where the folder or a picture cannot be used.
    """
    folder = absolute(path)
    before = like if isinstance(like, ImagesSource) and like.path is not None else ImagesSource()
    # What is wrong is told before it is used.
    load_image_folder(folder, side=before.side, colour=before.colour, progress=progress)
    return DataSpec(source=replace(before, path=str(folder)))


def _about(path: Path, data: DataSpec) -> str:
    """Return what was made of a table or of a folder."""
    source = data.source
    if isinstance(source, ImagesSource):
        kind = "in colour" if source.colour else "in grey"
        size = f"{source.side} pixels, {kind}"
        return f"{clipped(path.name)}: each folder in it is a class; its pictures are scaled to {size}."
    if not isinstance(source, TableSource):
        return f"Opened {clipped(path.name)}."
    names = ", ".join(map(clipped, source.inputs[:SHOWN_INPUTS])) + (
        " and others" if len(source.inputs) > SHOWN_INPUTS else ""
    )
    targets = ", ".join(map(clipped, source.targets[:SHOWN_INPUTS]))
    return f"{clipped(path.name)}: {targets} is predicted from {names}. Columns that do not fit are left out."


def model_of(snapshot: Snapshot) -> TrainedModel:
    """Return the trained network of a moment."""
    cost = snapshot.data.rule.cost
    facts = Facts(snapshot.epoch, snapshot.project.seed, snapshot.train.cost, snapshot.test.cost, cost)
    return trained_model(snapshot.architecture, snapshot.parameters, snapshot.data, facts)
