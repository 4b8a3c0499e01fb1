"""Which column of a table is predicted, and from which others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from nnplayground.app.text.titles import GAPS
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.target_field import TargetField
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import name_entry, wrapped
from nnplayground.data.cells import listed
from nnplayground.data.samples import Samples
from nnplayground.data.tables import TableSamples
from nnplayground.project.limits import help_of
from nnplayground.project.model import TableSource

SETTINGS = (
    "See the table, and correct how it is read: encoding, separator, column names, decimals, kinds, missing values."
)
INPUTS = "The columns that the network sees. A column of text becomes one input of 0 or 1 for each different value."

MOST_ENTRIES = 60
"""So many columns fit into a menu that can be overlooked."""


class TableColumns(QWidget):
    """Shows target and inputs of a table; `chosen(source, text)` carries another choice and the words for undo.

    `settings_requested` follows the button for everything else about the table.
    """

    chosen = Signal(object, str)
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = TableSource(path="-")
        self._used: tuple[str, ...] = ()
        self._targets: tuple[str, ...] = ()
        self.targets = TargetField("table_target", help_of(TableSource, "targets"), self, is_narrow=True)
        self.target = self.targets.one
        self.targets.chosen.connect(self._choose_targets)
        self.inputs = QToolButton(self)
        self.inputs.setObjectName("table_inputs")
        self.inputs.setAccessibleName("Inputs")
        self.inputs.setToolTip(wrapped(INPUTS))
        self.inputs.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.inputs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.inputs.setProperty("chip", True)
        self._menu = QMenu(self.inputs)
        self._menu.triggered.connect(self._toggle)
        self._menu.setToolTipsVisible(True)
        self.inputs.setMenu(self._menu)
        self.inputs.clicked.connect(self._open_settings)
        self.missing = ChoiceField("Missing values", help_of(TableSource, "missing"), GAPS, self)
        self.missing.setObjectName("table_missing")
        self.missing.chosen.connect(self._choose_missing)
        self.settings = QPushButton("Table settings…", self)
        self.settings.setObjectName("table_settings")
        self.settings.setAccessibleName("Table settings")
        self.settings.setToolTip(wrapped(SETTINGS))
        self.settings.clicked.connect(self.settings_requested)
        self._lay_out()

    def show_choice(self, source: TableSource, samples: Samples) -> None:
        """Show what is predicted from what, and what is done about gaps; this is no news to anybody."""
        if not isinstance(samples, TableSamples):
            return  # arrays in memory have no columns to choose from
        self._source, self._used, self._targets = source, samples.used, samples.target_names
        columns = {name: f"Predict {one_line(name)}" for name in samples.columns}
        self.targets.show_targets(columns, samples.number_columns, samples.target_names)
        possible = _possible_inputs(samples, source.part)
        self.inputs.setText(f"{len(self._used)} of {len(possible)} columns")
        self._offer(possible)
        self.missing.show_value(source.missing)
        self._form.setRowVisible(self.missing, samples.gaps > 0)

    def _offer(self, possible: Mapping[str, str]) -> None:
        """List the columns in the menu; more than can be overlooked there are chosen in the settings of the table."""
        is_long = len(possible) > MOST_ENTRIES
        # Qt takes a menu away where there is none, but its types do not tell.
        self.inputs.setMenu(cast("QMenu", None) if is_long else self._menu)
        if [action.data() for action in self._menu.actions()] != list(possible):
            self._menu.clear()
            for name, text in () if is_long else possible.items():
                action = name_entry(self._menu.addAction(""), text)
                action.setData(name)
                action.setCheckable(True)
        for action in self._menu.actions():
            action.setChecked(action.data() in self._used)

    def _open_settings(self) -> None:
        """Show the list of all columns in the settings of the table, where there is no menu."""
        if self.inputs.menu() is None:
            self.settings_requested.emit()

    def _lay_out(self) -> None:
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(SPACE[1])
        form.setVerticalSpacing(SPACE[0])
        form.addRow("Predict", self.targets)
        form.addRow("Inputs", self.inputs)
        form.addRow("Missing values", self.missing)
        form.addRow(self.settings)
        form.setRowVisible(self.missing, False)

    def _choose_targets(self, names: tuple[str, ...]) -> None:
        inputs = tuple(used for used in self._used if used not in names)
        source = replace(self._source, targets=names, inputs=inputs, task="auto")
        self.chosen.emit(source, f"Predict {listed(names, limit=3) if len(names) > 1 else one_line(names[0])}")

    def _toggle(self, action: QAction) -> None:
        """Use a column or not; at least one stays."""
        names = tuple(entry.data() for entry in self._menu.actions() if entry.isChecked())
        if not names:
            action.setChecked(True)
            return
        source = replace(self._source, targets=self._targets, inputs=names)
        self.chosen.emit(source, f"{'Use' if action.isChecked() else 'Leave out'} {action.data()}")

    def _choose_missing(self, rule: str) -> None:
        self.chosen.emit(replace(self._source, missing=rule), f"Missing values: {GAPS[rule].name.lower()}")


def _possible_inputs(samples: TableSamples, part: str) -> dict[str, str]:
    """Return the columns that can be inputs, in the order of the table, and how the list shows them.

    The column that says the parts is none, unless the network sees it already.
    """
    possible = {*samples.number_columns, *samples.text_columns, *samples.date_columns} - {part}
    possible = (possible | {*samples.used}) - {*samples.target_names}
    texts = dict.fromkeys(samples.text_columns, " (text)") | dict.fromkeys(samples.date_columns, " (date)")
    return {name: name + texts.get(name, "") for name in samples.columns if name in possible}
