"""Tables of one's own for the window: opened, dropped or pasted, looked at in a dialog, and saved again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from nnplayground.app.document import Document
from nnplayground.app.player import Player
from nnplayground.app.settings import Settings
from nnplayground.app.ui.background import Background, Newest
from nnplayground.app.ui.file_dialogs import ask_open, ask_save_table
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.data.progress import Progress
from nnplayground.data.reading import Reading
from nnplayground.data.table_plan import TablePlan, Wanted, glance_at, plan_table
from nnplayground.data.tables import is_large
from nnplayground.errors import named
from nnplayground.export.opening import data_tested_by
from nnplayground.export.samples_csv import save_samples
from nnplayground.files import absolute
from nnplayground.project.edits import with_data
from nnplayground.project.limits import is_writable
from nnplayground.project.model import MAX_TEXT, DataSpec, TableSource

if TYPE_CHECKING:
    from nnplayground.app.features.data.table_import import TableImport

NO_TABLE = "There is no table in the clipboard; copy some rows of a spreadsheet first."
NOT_A_TABLE = "These data are no table; open or paste one to have settings for it."


class Tables(QObject):
    """Everything about tables that asks or takes time. `said(sentence, kind)` is for the message bar."""

    said = Signal(str, str)

    def __init__(self, window: QWidget, document: Document, player: Player, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._document, self._player, self._settings = window, document, player, settings
        self._theme = LIGHT
        self.dialog: TableImport | None = None
        self._glanced: Reading | None = None  # how the large table in the dialog has been read
        self._planned = TablePlan()
        self._next: Callable[[Progress], TablePlan] | None = None
        self._saving = Path()
        self._planner, self._writer, self._tester = Newest(self), Background(self), Background(self)
        self._tester.done.connect(self._use_test)
        self._tester.failed.connect(self._complain)
        self._planner.done.connect(self._show_plan)
        self._planner.failed.connect(self._show_failure)
        self._planner.advanced.connect(self._show_progress)
        self._writer.done.connect(self._tell_saved)
        self._writer.failed.connect(self._complain)

    def set_theme(self, theme: Theme) -> None:
        """Open the next dialog in other colours."""
        self._theme = theme

    @property
    def busy(self) -> bool:
        """Whether a table is still being read, also one that nobody wants any more."""
        return self._planner.running

    def open(self) -> None:
        """Ask for a table and show what would become of it."""
        path = ask_open(self._window, self._settings.last_folder, tables_only=True)
        if path is not None:
            self.open_path(path)

    def open_test(self) -> None:
        """Ask for a second file, all of whose rows test, for the table in use."""
        if not isinstance(self._document.project.data.source, TableSource):
            self.said.emit(NOT_A_TABLE, "info")
            return
        path = ask_open(self._window, self._settings.last_folder, tables_only=True)
        if path is not None:
            self.test_with(path)

    def test_with(self, path: Path) -> None:
        """Let all rows of a file test the network that the table in use trains, where the file can be used so."""
        data = self._document.project.data
        if not self._tester.start(partial(data_tested_by, data, path)):
            self._complain("Another file is still being read; try again when that is done.")

    def _use_test(self, data: object) -> None:
        """Use a table with its test file, which can be undone."""
        if isinstance(data, DataSpec) and isinstance(data.source, TableSource):
            name = PurePath(data.source.test_path).name
            self._document.edit(with_data(self._document.project, data), f"Test with {name}")
            self.said.emit(f"All rows of {name} test the network now; those of the table train it.", "info")

    def open_path(self, path: Path) -> None:
        """Show what would become of a table."""
        self._settings.last_folder = str(absolute(path).parent)
        self._look_at(TableSource(path=str(absolute(path))))

    def paste(self) -> None:
        """Show what would become of the table in the clipboard."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.said.emit(NO_TABLE, "warning")
        elif len(text) > MAX_TEXT:
            problem = f"The table in the clipboard has {len(text):,} characters; up to {MAX_TEXT:,} can be pasted"
            self.said.emit(f"{problem}, so save it as a CSV file and open that.", "error")
        elif not is_writable(text):
            self.said.emit(
                "The clipboard holds text that no file can hold; save the table as CSV and open that.", "error"
            )
        else:
            self._look_at(TableSource(text=text))

    def change(self) -> None:
        """Show the table in use, to read it in another way or to use other columns."""
        data = self._document.project.data
        if isinstance(data.source, TableSource):
            self._look_at(data.source, scaling=data.scaling)
        else:
            self.said.emit(NOT_A_TABLE, "info")

    def ask_and_save(self) -> None:
        """Ask for a file and save the samples to it."""
        path = ask_save_table(self._window, self._settings.last_folder)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save the samples that the network sees at this moment."""
        snapshot = self._player.snapshot
        if snapshot is None:
            self._complain("There are no data to save yet; mend what the last message says first.")
            return
        data, progress = snapshot.data, Progress()
        if self._writer.start(partial(save_samples, data, path, progress=progress), progress):
            self._saving = path
            self.said.emit(f"{len(data.samples.inputs):,} samples are being saved to {named(path)} …", "busy")
        else:
            self._complain("Data are still being saved; try again when that is done.")

    def close(self) -> None:
        """End what is under way."""
        if self.dialog is not None:
            self.dialog.reject()
        self._planner.close()
        self._writer.close()
        self._tester.close()

    def _look_at(self, source: TableSource, *, scaling: str = "") -> None:
        """Open the dialog for a table; it takes the place of one that is open."""
        from nnplayground.app.features.data.table_import import TableImport

        if self.dialog is not None:
            self.dialog.reject()
        dialog = TableImport(source, self._theme, self._window, scaling=scaling)
        dialog.wanted.connect(partial(self._plan, source))
        dialog.used.connect(self._use)
        dialog.finished.connect(self._forget)
        self.dialog, self._glanced = dialog, None
        dialog.open()
        dialog.ask()

    def _plan(self, source: TableSource, wanted: Wanted) -> None:
        """Work out what the choices come to; of a large table that is read anew, the first rows come first."""
        self._next = partial(plan_table, source.path, source.text, wanted)
        if wanted.reading != self._glanced and is_large(source.path, source.text):
            self._glanced = wanted.reading
            self._planner.start(partial(glance_at, source.path, source.text, wanted.reading))
        else:
            self._planner.start(self._next)

    def _show_plan(self, plan: TablePlan) -> None:
        if self.dialog is None:
            return
        self._planned = plan
        if plan.is_glance and self._next is not None:
            self._planner.start(self._next)
        self.dialog.show_plan(plan)

    def _show_failure(self, sentence: str) -> None:
        if self.dialog is not None:
            self.dialog.show_failure(sentence)

    def _show_progress(self, share: float) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(share)

    def _use(self, source: TableSource, scaling: str) -> None:
        """Use a table as the data of this experiment, which can be undone."""
        before = self._document.project.data
        same = isinstance(before.source, TableSource) and place_of(before.source) == place_of(source)
        if same:
            data = replace(before, source=source, scaling=scaling)
        else:
            split = "given" if source.part else "random"
            data = DataSpec(source=source, scaling=scaling, test_fraction=before.test_fraction, split=split)
        name = name_of(source)
        words = f"Change the settings of {name}" if same else f"Use {name}"
        self._document.edit(with_data(self._document.project, data), words)

    def _forget(self, _result: int) -> None:
        """Let go of what was still being looked at for the dialog, which deletes itself."""
        self.dialog = None
        self._planner.cancel()

    def _tell_saved(self, _result: object) -> None:
        self._settings.last_folder = str(absolute(self._saving).parent)
        self.said.emit(f"Saved the data to {named(self._saving)}: one row for each sample, in original units.", "info")

    def _complain(self, sentence: str) -> None:
        self.said.emit(sentence, "error")


def place_of(source: TableSource) -> tuple[str, str]:
    """Return what makes two sources the same table."""
    return source.path, source.text


def name_of(source: TableSource) -> str:
    """Return what a table is called in a message."""
    return PurePath(source.path).name if source.path else "the pasted table"
