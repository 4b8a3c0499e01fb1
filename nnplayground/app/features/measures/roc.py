"""The ROC curve of two classes beside its figures: what the present threshold finds, and what another one would."""

from __future__ import annotations

from math import inf
from typing import cast

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.features.measures.explanations import PARTS, ROC, ROC_FIGURES
from nnplayground.app.features.measures.roc_plot import Line, Place, RocPlot, place_at
from nnplayground.app.features.measures.sections import Section, muted_label
from nnplayground.app.text.figures import NOTHING, percent
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.plots.columns import of_one_length
from nnplayground.app.ui.plots.empty import empty_label
from nnplayground.app.ui.read_outs import ElidedLabel, Pacer
from nnplayground.app.ui.text_table import Cell, Row, Table, TextModel
from nnplayground.app.ui.theme import SPACE, Theme
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.training.observe.reports import PartReport, Report
from nnplayground.training.run.parts import ALL_PARTS, Part

PRESENT = 0.5
EMPTY = "The curve needs samples of both classes, and answers that are numbers."


class RocSection(Section):
    """The curve of every part, with their areas and the shares at the threshold of this moment or the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(ROC.name, ROC.help, parent)
        self._lines: tuple[Line | None, ...] = (None,) * len(ALL_PARTS)
        self._threshold: float | None = None
        self._finding = muted_label("", self)
        self.head.addWidget(self._finding)
        self.head.addStretch(1)
        self._model = TextModel(PARTS, self)
        self.table = Table(self._model, "measures_roc_figures", "Areas under the ROC curves, and shares found", self)
        self._said = ElidedLabel(self)
        self._said.setObjectName("measures_threshold")
        self._said.setProperty("muted", True)
        self.plot = RocPlot(self)
        self.plot.setObjectName("measures_roc_plot")
        self.plot.setAccessibleName("ROC curves of the parts of the data")
        self._pacer = Pacer(self._write, self)
        self.plot.pointed.connect(self._pointed)
        self.plot.left_plot.connect(self._pointer_left)
        self._lay_out()
        self.use_font(self.font())

    def show_report(self, report: Report, classes: tuple[str, ...]) -> None:
        """Draw the curves of a report; these are the names of the two classes."""
        looks = {"validation": " · validation in dashes and dots", "test": " · test dashed"}
        dashed = "".join(look for part, look in looks.items() if report.of(cast("Part", part)) is not None)
        self._finding.setText(f"finding {one_line(classes[1])}{dashed}")
        self._lines = tuple(_line(report.of(part)) for part in ALL_PARTS)
        for place, part in enumerate(ALL_PARTS):
            self.table.setColumnHidden(place, report.of(part) is None)
        self._stack.setCurrentIndex(1 if any(self._lines) else 0)
        self.plot.show_lines(self._lines)
        self._write()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._model.set_theme(theme)
        self.plot.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        self.table.use_font(font)
        self._said.setFont(self.table.font())
        self.table.set_columns((("88.8 %",),) * len(ALL_PARTS))
        names = self.table.room_for(*(title.name for title in ROC_FIGURES.values()))
        self.table.verticalHeader().setFixedWidth(names)
        self.table.updateGeometry()

    def export_table(self) -> dict[str, Floats]:
        """Return the points of all curves as columns of one length, filled up with NaN."""
        columns = {}
        for name, line in zip(ALL_PARTS, self._lines, strict=True):
            if line:
                columns[f"{name}_threshold"] = line.curve.thresholds
                columns[f"{name}_false_positives"] = line.curve.false_positives
                columns[f"{name}_true_positives"] = line.curve.true_positives
        return of_one_length(columns)

    def _lay_out(self) -> None:
        """Put the figures beside the plot; without a curve there is a hint."""
        content = QWidget(self)
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        column = QVBoxLayout()
        column.setSpacing(SPACE[0])
        column.addWidget(self._said)
        column.addWidget(self.table)
        column.addStretch(1)
        row.addWidget(self.plot, 1)
        row.addLayout(column)
        self._stack = QStackedLayout()
        self._stack.addWidget(empty_label("measures_roc_empty", EMPTY, self))
        self._stack.addWidget(content)
        self.body.addLayout(self._stack, 1)

    def _pointed(self, threshold: float) -> None:
        self._threshold = threshold
        self._pacer.ask()

    def _pointer_left(self) -> None:
        self._threshold = None
        self._pacer.now()

    def _write(self) -> None:
        """Write the areas, and the shares at the threshold under the pointer or at that of now."""
        self._said.set_whole_text(_threshold_text(self._threshold))
        self._model.show_rows([self._row(name) for name in ROC_FIGURES])

    def _row(self, name: str) -> Row:
        title = ROC_FIGURES[name]
        return Row(title.name, title.help, tuple(Cell(self._text(name, line), title.help) for line in self._lines))

    def _text(self, name: str, line: Line | None) -> str:
        if line is None:
            return NOTHING
        if name == "area":
            return number_text(line.curve.area)
        false, true = line.present if self._threshold is None else place_at(line.curve, self._threshold)
        return percent(true if name == "true_positives" else false)


def _threshold_text(threshold: float | None) -> str:
    if threshold is None:
        return f"at the present threshold, {PRESENT}"
    return "at a threshold above all" if threshold == inf else f"at the threshold {number_text(threshold)}"


def _line(part: PartReport | None) -> Line | None:
    """Return the curve of a part with its present place, which the confusion matrix counts."""
    if part is None or part.roc is None or part.confusion is None:
        return None
    return Line(part.roc, _present(part.confusion.tolist()))


def _present(confusion: list[list[int]]) -> Place:
    (right, false), (missed, found) = confusion
    return false / (right + false), found / (missed + found)
