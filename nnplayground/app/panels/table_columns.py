"""Which column of a table is predicted, and from which others."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QMenu, QSizePolicy, QToolButton, QWidget

from nnplayground.app.theme import SPACE
from nnplayground.app.titles import Title
from nnplayground.app.widgets.choice_field import ChoiceField
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.data.samples import Samples
from nnplayground.project.limits import help_of
from nnplayground.project.model import TableSource


class TableColumns(QWidget):
    """Shows target and inputs of a table; `chosen(source, text)` carries another choice and the words for undo."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = TableSource(path="-")
        self._used: tuple[str, ...] = ()
        self.target = ChoiceField("Predict", help_of(TableSource, "target"), {}, self)
        self.target.setObjectName("table_target")
        self.target.chosen.connect(self._choose_target)
        self.inputs = QToolButton(self)
        self.inputs.setObjectName("table_inputs")
        self.inputs.setAccessibleName("Inputs")
        self.inputs.setToolTip(wrapped("The columns of numbers that the network sees; text cannot be an input yet."))
        self.inputs.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.inputs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.inputs.setProperty("chip", True)
        self._menu = QMenu(self.inputs)
        self._menu.triggered.connect(self._toggle)
        self.inputs.setMenu(self._menu)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(SPACE[1])
        form.setVerticalSpacing(SPACE[0])
        form.addRow("Predict", self.target)
        form.addRow("Inputs", self.inputs)

    def show_choice(self, source: TableSource, samples: Samples) -> None:
        """Show what is predicted from what; this is no news to anybody."""
        self._source, self._used = source, samples.input_names
        self.target.set_options({name: Title(name, f"Predict {name}.") for name in samples.columns})
        self.target.show_value(samples.target_name)
        possible = [name for name in samples.number_columns if name != samples.target_name]
        self.inputs.setText(f"{len(self._used)} of {len(possible)} columns")
        if [action.text() for action in self._menu.actions()] != possible:
            self._menu.clear()
            for name in possible:
                self._menu.addAction(name).setCheckable(True)
        for action in self._menu.actions():
            action.setChecked(action.text() in self._used)

    def _choose_target(self, name: str) -> None:
        inputs = tuple(used for used in self._used if used != name)
        self.chosen.emit(replace(self._source, target=name, inputs=inputs, task="auto"), f"Predict {name}")

    def _toggle(self, action: QAction) -> None:
        """Use a column or not; at least one stays."""
        names = tuple(entry.text() for entry in self._menu.actions() if entry.isChecked())
        if not names:
            action.setChecked(True)
            return
        source = replace(self._source, target=self.target.value, inputs=names)
        self.chosen.emit(source, f"{'Use' if action.isChecked() else 'Leave out'} {action.text()}")
