"""The figures of all parts of the data beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.measures.explanations import FIGURES, PARTS, SCALED_COST
from nnplayground.app.features.measures.sections import Section
from nnplayground.app.text.figures import NOTHING, WIDEST_NUMBERS, number, percent
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.text_table import Cell, Row, Table, TextModel
from nnplayground.app.ui.theme import Theme
from nnplayground.export.table_csv import Column
from nnplayground.training.observe.reports import PartReport, Report
from nnplayground.training.run.parts import ALL_PARTS

CLASSES = ("samples", "cost", "penalty", "accuracy", "balanced_accuracy")
NUMBERS = ("samples", "cost", "penalty", "r_squared")
TARGET = ("r_squared", "root_mean_squared_error", "mean_absolute_error")
"""What is told of a target that is a number."""


@dataclass(frozen=True)
class Figure:
    """One row: a figure of a part, or of one target, and what it is called."""

    key: str
    title: Title
    target: int | None = None


class FiguresSection(Section):
    """A row for each figure, a column for each part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Figures", "How good the network is with the weights of this moment.", parent)
        self._figures: tuple[Figure, ...] = ()
        self._report: Report | None = None
        self._model = TextModel(PARTS, self)
        self.table = Table(self._model, "measures_figures", "Figures of the parts of the data", self)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.use_font(self.font())

    def show_report(self, report: Report, *, cost_unit: str = "") -> None:
        """Show the figures; `cost_unit` says of which targets the cost is where these are scaled."""
        self._report = report
        figures = figures_of(report, cost_unit)
        self._model.show_rows([_row(figure, report) for figure in figures])
        absent = [report.of(part) is None for part in ALL_PARTS]
        if figures != self._figures or [self.table.isColumnHidden(place) for place in range(len(absent))] != absent:
            self._figures = figures
            for place, is_absent in enumerate(absent):
                self.table.setColumnHidden(place, is_absent)
            self._fit()

    def export_table(self) -> dict[str, Column]:
        """Return every figure of all parts, in full."""
        report = self._report
        if report is None:
            return {}
        parts = {name: part for name in ALL_PARTS if (part := report.of(name)) is not None}
        table: dict[str, Column] = {"figure": [figure.title.name for figure in self._figures]}
        for part_name, part in parts.items():
            table[part_name] = np.array([_value(figure, part, report) for figure in self._figures], dtype=np.float64)
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
        sign = "−" if any(figure.key == "r_squared" for figure in self._figures) else ""
        widest = [sign + text for text in WIDEST_NUMBERS]
        self.table.set_columns((widest,) * len(ALL_PARTS))
        self.table.verticalHeader().setFixedWidth(self.table.room_for(*(figure.title.name for figure in self._figures)))
        self.table.updateGeometry()


def figures_of(report: Report, cost_unit: str = "") -> tuple[Figure, ...]:
    """Return the figures that a report has: those of the parts, then for numbers those of each target."""
    names = CLASSES if report.train.confusion is not None else NUMBERS
    targets = report.train.by_target
    shown = [Figure(name, _named(name, cost_unit)) for name in names]
    if len(targets) == 1:
        shown += [Figure(name, _about(name, targets[0].name), 0) for name in TARGET[1:]]
    elif targets:
        shown[-1] = Figure("r_squared", FIGURES["mean_r_squared"])
        for place, target in enumerate(targets):
            shown += [Figure(name, _about(name, target.name, alone=False), place) for name in TARGET]
    return tuple(shown)


def _named(name: str, cost_unit: str) -> Title:
    """Return what a figure of a part is called, the cost with its unit."""
    title = FIGURES[name]
    if name != "cost" or not cost_unit:
        return title
    return Title(f"{title.name}{cost_unit}", f"{title.help} {SCALED_COST}")


def _about(name: str, target: str, *, alone: bool = True) -> Title:
    """Return what a figure of a target is called; the only target need not be named."""
    title = FIGURES[name]
    return Title(
        title.name if alone else f"{target}: {title.short or title.name}", f"{title.help} The target is {target}."
    )


def _row(figure: Figure, report: Report) -> Row:
    """Return the row of one figure."""
    title = figure.title
    texts = [_text(figure, part, report) for part in map(report.of, ALL_PARTS)]
    return Row(title.name, title.help, tuple(Cell(text, title.help) for text in texts))


def _value(figure: Figure, part: PartReport, report: Report) -> float | None:
    """Return one figure of one part, or `None` where there is none."""
    if figure.key == "penalty":
        return report.penalty if part is report.train else None
    source = part if figure.target is None else part.by_target[figure.target]
    value: float | None = getattr(source, figure.key)
    return value


def _text(figure: Figure, part: PartReport | None, report: Report) -> str:
    """Return one figure of one part; the penalty belongs to training alone."""
    if part is None:
        return NOTHING
    value = _value(figure, part, report)
    if figure.key == "samples":
        return f"{part.samples:,}"
    return percent(value) if figure.key.endswith("accuracy") else number(value)
