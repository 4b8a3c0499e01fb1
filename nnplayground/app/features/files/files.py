"""Opening, saving and exporting for the window: the questions, the work in the background, what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.document import Document
from nnplayground.app.settings import Settings
from nnplayground.app.ui.background import Background
from nnplayground.app.ui.file_dialogs import ask_discard, ask_export, ask_folder, ask_open, ask_save
from nnplayground.data.image_folder import load_image_folder
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.engine.network import Network
from nnplayground.errors import InputError, UserError, clipped, named
from nnplayground.explain.words import words_of
from nnplayground.export.formats import FORMATS, export
from nnplayground.export.model import TrainedModel
from nnplayground.export.opening import TABLES, open_project, table_data
from nnplayground.export.reopening import DataNotFoundError, Opened
from nnplayground.export.trained import facts_of, trained_model
from nnplayground.files import absolute
from nnplayground.message import Message
from nnplayground.project.edits import with_data
from nnplayground.project.model import DataSpec, ImagesSource, Project, Source, TableSource
from nnplayground.project.storage import SUFFIX, save
from nnplayground.reading_files import is_folder, size_of
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.measures import measures_of
from nnplayground.training.run.measuring import Measuring
from nnplayground.training.run.trained_state import Standing

UNTITLED = "Untitled experiment"
SHOWN_INPUTS = 6
LARGE = 10_000_000
"""Bytes of a file from which on its size is said before it is read."""

SOON = 20
"""Looks at the work in the background after which it is said how far it is; what is quicker needs no words."""
FIND_TABLE, FIND_PICTURES = "Find the table…", "Find the folder…"
HOLDS = "it holds the trained network with its whole experiment, and opens as what it is now."


class Files(QObject):
    """Everything that reads or writes files. `said(sentence, kind)` is for the message bar.

    `table_chosen(path)` follows when the user opens a table, of which more is to be asked, and
    `offered(sentence, words, answer)` where something went wrong that a button with these words can mend.
    `reading(sentence)` tells how far the reading of a file is that takes a while and can be cancelled, and `read()`
    that it has ended well.
    """

    said = Signal(str, str)
    reading = Signal(str)
    read = Signal()
    table_chosen = Signal(object)
    offered = Signal(str, str, object)

    def __init__(self, window: QWidget, document: Document, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._settings = settings
        self._opening: Path | None = None
        self._told = 0  # how often the job under way has told how far it is
        self._cost = ""  # how large the file is, where that is worth a word
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
        named = self._document.title or self._document.project.name or UNTITLED
        return path.name.removesuffix(SUFFIX) if path else named

    @property
    def _base(self) -> str:
        """What a new file of this document is called, without its ending."""
        endings = (entry.suffix for entry in FORMATS.values())
        ending = next((ending for ending in endings if self.title.lower().endswith(ending)), "")
        return self.title[: len(self.title) - len(ending)]

    def name(self, path: Path) -> None:
        """Note from which file the document was opened; only project files are saved to."""
        self._document.path = path if path.name.endswith(SUFFIX) else None
        self._document.title = path.name if is_model(path) else ""

    def tell_opened(self, opened: Opened) -> None:
        """Say what a model file held, and what there is to know about it."""
        told = [Message("reopened.then_play", {"opened": opened.told})] if opened.told else []
        if told or opened.notes:
            self.said.emit(" ".join(map(words_of, [*told, *opened.notes])), "warning" if opened.notes else "info")

    def ask_for_data(self, missing: DataNotFoundError) -> None:
        """Say that the data of a model file were not found, and offer to point to them."""
        words = FIND_PICTURES if missing.is_folder else FIND_TABLE
        self.offered.emit(str(missing), words, partial(self._find_data, missing))

    def _find_data(self, missing: DataNotFoundError) -> None:
        """Ask where the data of a model file are, and open it with them."""
        folder = str(absolute(missing.model).parent)
        path = (
            ask_folder(self._window, folder) if missing.is_folder else ask_open(self._window, folder, tables_only=True)
        )
        if path is None:
            self.ask_for_data(missing)
        else:
            self._read(missing.model, partial(opened_or_missing, missing.model, path))

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
            self._read(path, partial(opened_or_missing, path))

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
        path = ask_save(self._window, self._settings.last_folder, name=self._base + SUFFIX)
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
            f"Saved to {named(path)}: the experiment, not the trained network, which Export saves with it.", "info"
        )
        return True

    def ask_and_export(self) -> None:
        """Ask for a file and export the trained network to it."""
        path = ask_export(self._window, self._settings.last_folder, name=self._base)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Export the network of this moment with its experiment in the format of the file's name."""
        snapshot = self.snapshot
        if snapshot is None:
            self._complain("There is no network to export yet; mend what the last message says first.")
            return
        if self._writer.start(partial(export_moment, snapshot, path)):
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

    def _read(self, path: Path, job: Callable[..., Opened | DataNotFoundError | DataSpec]) -> None:
        progress = Progress()
        if self._reader.start(partial(job, progress=progress), progress):
            self._opening, self._told = path, 0
            self._cost = _cost_of(path)
            if self._cost:  # said first, as it will take a while
                self._told = SOON
                self._tell_progress(0.0)
        else:
            self._complain("Another file is still being read; try again when it is open.")

    def _tell_progress(self, share: float) -> None:
        """Say how far the reading of a file is, once it has lasted a while."""
        self._told += 1
        if self._opening is not None and self._told > SOON:
            self.reading.emit(f"{clipped(self._opening.name)}{self._cost} is being read: {100 * share:.0f} %")

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
        elif isinstance(result, DataNotFoundError):
            self.ask_for_data(result)
        elif isinstance(result, Opened) and (self._document.project == self._asked_for or self.may_discard()):
            title = path.name if is_model(path) else ""
            own = path if path.name.endswith(SUFFIX) else None
            self._document.replace(result.project, own, trained=result.trained, title=title)
            self.tell_opened(result)

    def _exported(self, _result: object) -> None:
        if self._exporting is not None:
            self._remember(self._exporting)
            self.said.emit(f"Exported to {named(self._exporting)}, read back and compared: {HOLDS}", "info")

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
    samples = load_image_folder(folder, side=before.side, colour=before.colour, progress=progress)
    split = "random" if samples.parts is None else "given"
    return DataSpec(source=replace(before, path=str(folder)), split=split)


def _about(path: Path, data: DataSpec) -> str:
    """Return what was made of a table or of a folder."""
    source = data.source
    if isinstance(source, ImagesSource):
        kind = "in colour" if source.colour else "in grey"
        where = "each folder in it is a class"
        if data.split == "given":
            where = "its folders for training and test are the parts, and each folder in them is a class"
        return f"{clipped(path.name)}: {where}; its pictures are scaled to {source.side} pixels, {kind}."
    if not isinstance(source, TableSource):
        return f"Opened {clipped(path.name)}."
    names = ", ".join(map(clipped, source.inputs[:SHOWN_INPUTS])) + (
        " and others" if len(source.inputs) > SHOWN_INPUTS else ""
    )
    targets = ", ".join(map(clipped, source.targets[:SHOWN_INPUTS]))
    return f"{clipped(path.name)}: {targets} is predicted from {names}. Columns that do not fit are left out."


def _cost_of(path: Path) -> str:
    """Return how large a file is, in words behind its name; nothing for one that is read in a moment."""
    try:
        size = size_of(path)
    except InputError:
        return ""  # a folder, or what the reading itself will refuse
    return f" ({size / 1e6:,.0f} MB)" if size >= LARGE else ""


def is_model(path: Path) -> bool:
    """Tell whether a file is named as one that holds a trained network."""
    return path.name.lower().endswith(tuple(entry.suffix for entry in FORMATS.values()))


def opened_or_missing(
    path: Path, data: Path | None = None, *, progress: Progress = UNWATCHED
) -> Opened | DataNotFoundError:
    """Return what a file holds, or what it lacks: data for which one can ask. Raises `InputError` for all else."""
    try:
        return open_project(path, data=data, progress=progress)
    except DataNotFoundError as error:
        return error


def export_moment(snapshot: Snapshot, path: Path) -> None:
    """Export the network of a moment; raises what `export` raises."""
    export(model_of(snapshot), path)


def model_of(snapshot: Snapshot) -> TrainedModel:
    """Return the trained network of a moment, with its experiment and what these weights cost.

    The measures of a moment may be those of the last whole epoch, so they are taken anew.
    """
    standing = snapshot.standing or Standing(snapshot.epoch, snapshot.steps)
    network = Network(snapshot.architecture, snapshot.parameters, keep_ties=standing.keep_ties)
    measured = measures_of(Measuring(network, [snapshot.data]).row().tolist())
    facts = facts_of(snapshot.project, snapshot.data, snapshot.epoch, measured)
    return trained_model(
        snapshot.architecture,
        snapshot.parameters,
        snapshot.data,
        facts,
        project=snapshot.project,
        standing=standing,
    )
