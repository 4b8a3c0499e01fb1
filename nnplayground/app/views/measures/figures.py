"""The figures of all parts of the data beside each other."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from nnplayground.app.theme import Theme
from nnplayground.app.views.measures.explanations import FIGURES, PARTS
from nnplayground.app.views.measures.sections import Section
from nnplayground.app.views.measures.tables import Cell, Row, Table, TextModel
from nnplayground.app.views.measures.words import NOTHING, WIDEST_NUMBERS, number, percent
from nnplayground.export.table_csv import Column
from nnplayground.training.parts import ALL_PARTS
from nnplayground.training.reports import PartReport, Report

CLASSES = ("samples", "cost", "penalty", "accuracy", "balanced_accuracy")
NUMBERS = ("samples", "cost", "penalty", "r_squared", "mean_absolute_error")


class FiguresSection(Section):
    """A row for each figure, a column for each part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Figures", "How good the network is with the weights of this moment.", parent)
        self._names = CLASSES
        self._report: Report | None = None
        self._model = TextModel(PARTS, self)
        self.table = Table(self._model, "measures_figures", "Figures of the parts of the data", self)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.use_font(self.font())

    def show_report(self, report: Report, *, target: str) -> None:
        """Show the figures; `target` is what is predicted, when that is a number."""
        self._report = report
        names = CLASSES if report.train.confusion is not None else NUMBERS
        self._model.show_rows([_row(name, report, target=target) for name in names])
        absent = [report.of(part) is None for part in ALL_PARTS]
        if names != self._names or [self.table.isColumnHidden(place) for place in range(len(absent))] != absent:
            self._names = names
            for place, is_absent in enumerate(absent):
                self.table.setColumnHidden(place, is_absent)
            self._fit()

    def export_table(self) -> dict[str, Column]:
        """Return every figure of all parts, in full."""
        report = self._report
        if report is None:
            return {}
        parts = {name: part for name in ALL_PARTS if (part := report.of(name)) is not None}
        table: dict[str, Column] = {"figure": [FIGURES[name].name for name in self._names]}
        for part_name, part in parts.items():
            table[part_name] = np.array([_value(name, part, report) for name in self._names], dtype=np.float64)
        return table

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._model.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        self.table.use_font(font)
        self._fit()

    def _fit(self) -> None:
        """Make room for the names of the figures and their numbers, of which only those of numbers can be negative."""
        sign = "" if self._names == CLASSES else "−"
        widest = [sign + text for text in WIDEST_NUMBERS]
        self.table.set_columns((widest,) * len(ALL_PARTS))
        self.table.verticalHeader().setFixedWidth(self.table.room_for(*(FIGURES[name].name for name in self._names)))
        self.table.updateGeometry()


def _row(name: str, report: Report, *, target: str) -> Row:
    """Return the row of one figure."""
    title = FIGURES[name]
    explained = f"{title.help} The target is {target}." if name == "mean_absolute_error" else title.help
    texts = [_text(name, part, report) for part in map(report.of, ALL_PARTS)]
    return Row(title.name, explained, tuple(Cell(text, explained) for text in texts))


def _value(name: str, part: PartReport, report: Report) -> float | None:
    """Return one figure of one part, or `None` where there is none."""
    if name == "penalty":
        return report.penalty if part is report.train else None
    value: float | None = getattr(part, name)
    return value


def _text(name: str, part: PartReport | None, report: Report) -> str:
    """Return one figure of one part; the penalty belongs to training alone."""
    if part is None or (name == "penalty" and part is not report.train):
        return NOTHING
    if name == "penalty":
        return number(report.penalty)
    if name == "samples":
        return f"{part.samples:,}"
    value: float | None = getattr(part, name)
    return percent(value) if name.endswith("accuracy") else number(value)
