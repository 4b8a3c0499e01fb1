"""An inspector with a window around it, and moments of small networks, for the tests of the inspector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inspector.table import NumberTable
from nnplayground.app.features.inspector.view import InspectorView
from nnplayground.app.shell.words import end_names
from nnplayground.arrays import Floats
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.parameter_index import Selection
from nnplayground.training.observe.inspections import InspectionRequest
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)),
    network=NetworkSpec(layers=(DenseSpec(4), DenseSpec(2))),
)
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Host:
    """Stands for the window: a run, the document, and a list of what the inspector has asked for."""

    qtbot: QtBot
    view: InspectorView
    project: Project
    session: Session
    asked: InspectionRequest | None = None
    values: list[Any] = field(default_factory=list)
    locks: list[Any] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)
    switches: list[Selection] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Take wishes up, and do what the window would."""
        self.view.observation_wanted.connect(self._ask)
        self.view.values_edited.connect(self._set)
        self.view.locks_edited.connect(self._lock)
        self.view.selection_asked.connect(self.select)
        self.view.switch_requested.connect(self.switches.append)
        self.view.refused.connect(self.refusals.append)

    def select(self, selection: Selection | None) -> None:
        """Select something and bring a frame."""
        if selection is not None:
            self.selections.append(selection)
        self.view.show_selection(selection)
        self.bring()

    def bring(self, *, running: bool = False) -> None:
        """Show the moment of the run, at once."""
        snapshot = self.session.snapshot([self.asked] if self.asked else [], epochs_per_second=0.0)
        self.view.show_frame(replace(snapshot, running=running))
        self.view._pacer.now()

    @property
    def matrix(self) -> Floats:
        """The weights and biases of the selected layer."""
        run = self.session.run
        return run.architecture.matrices(run.network.parameters)[self.selections[-1].layer]

    def _ask(self, _reader: str, request: InspectionRequest | None) -> None:
        self.asked = request

    def _set(self, old: Any, new: Any, text: str, gesture: int) -> None:
        self.values.append((old, new, text, gesture))
        self.session.run.set_values(new)
        self.bring()

    def _lock(self, locks: Any, text: str, gesture: int) -> None:
        self.locks.append((locks, text, gesture))
        self.project = replace(self.project, network=replace(self.project.network, frozen=locks))
        self.session.run.freeze(locks)
        self.view.show_project(self.project, inputs=("x1", "x2"), outputs=("blue",))
        self.bring()


@contextmanager
def inspector(
    qtbot: QtBot, project: Project = PROJECT, *, selection: Selection | None = None, size: tuple[int, int] = (1100, 300)
) -> Iterator[Host]:
    """Show an inspector of a run of this project after one epoch."""
    view = InspectorView()
    run = Run(project)
    run.train_epochs(1)
    host = Host(qtbot, view, project, Session(run, 1))
    try:
        host.listen()
        view.resize(*size)
        view.show()
        qtbot.waitExposed(view)
        inputs, outputs = end_names(host.session.snapshot(epochs_per_second=0.0))
        view.show_project(project, inputs=inputs, outputs=outputs)
        host.select(selection)
        yield host
    finally:
        view.close()
        view.deleteLater()


def click(host: Host, table: NumberTable, row: int, column: int, *, double: bool = False) -> None:
    """Click into the middle of a cell."""
    index = table.model().index(row, column)
    table.scrollTo(index)
    place = table.visualRect(index).center()
    host.qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    if double:
        host.qtbot.mouseDClick(table.viewport(), LEFT, pos=place)


def editor(table: NumberTable) -> QLineEdit:
    """Return the field of the cell that is being edited."""
    fields = [field for field in table.viewport().findChildren(QLineEdit) if field.isVisible()]
    assert len(fields) == 1
    return fields[0]


def type_into(host: Host, table: NumberTable, text: str) -> None:
    """Type a number into the cell that is being edited, and press Enter."""
    field = editor(table)
    host.qtbot.keyClicks(field, text)
    host.qtbot.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


def clipboard() -> str:
    """Return what has been copied."""
    return QApplication.clipboard().text()
