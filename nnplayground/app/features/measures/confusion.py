"""What the classes are taken for, and precision, recall and F1 of each, row by row beside the matrix."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.app.features.measures.confusion_model import ConfusionModel
from nnplayground.app.features.measures.explanations import CLASSES, CONFUSION
from nnplayground.app.features.measures.matrix import MatrixTable
from nnplayground.app.features.measures.sections import HEAD_HEIGHT, Section, muted_label
from nnplayground.app.text.figures import percent
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.text_table import Cell, Row, Table, TextModel
from nnplayground.app.ui.theme import SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.export.table_csv import Column
from nnplayground.training.observe.reports import PartReport, Report
from nnplayground.training.run.parts import Part

PARTS: dict[Part, str] = {"test": "Test samples", "train": "Training samples", "validation": "Validation samples"}
HINT = "Click a cell to see its samples.", "Click a cell."
NARROWEST, WIDEST_NAME, WIDEST_COLUMN = 24, 96, 64


class ConfusionSection(Section):
    """The confusion matrix of the part that is shown.

    `choice_changed` tells that other samples are chosen: by another place in the matrix, or in another part.
    """

    choice_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(CONFUSION.name, CONFUSION.help, parent)
        self._report: Report | None = None
        self._is_named = False  # by something beside the title
        self._classes: tuple[str, ...] = ()
        self._fitted: tuple[tuple[str, ...], int] = (), 0  # what the columns have been made for
        self._offered: list[Part] = ["test", "train"]
        self._wanted: Part = "test"
        self.part = self._make_choice()
        self._counts = ConfusionModel(self)
        self._shares = TextModel(CLASSES, self)
        self.matrix = MatrixTable(self._counts, "measures_confusion", "Confusion matrix, true classes as rows", self)
        self.matrix.chosen.connect(self.choice_changed)
        self.by_class = Table(self._shares, "measures_by_class", "Precision, recall and F1 of each class", self)
        self._axes = muted_label("True class ↓   Predicted class →", self)
        self._axes.setToolTip(wrapped(CONFUSION.help))
        self._said = ElidedLabel(self)
        self._said.setObjectName("measures_chosen")
        self._said.setProperty("muted", True)
        self._said.set_whole_text(*HINT)
        self._lay_out()
        self._join()
        self.use_font(self.font())

    def show_report(self, report: Report, classes: tuple[str, ...]) -> None:
        """Show the part that is wanted; where it is not there, another one."""
        self._report = report
        self._offer(report)
        self._name_part()
        if classes:
            self._show_part(classes)
        else:
            self.matrix.choose(None)

    @property
    def shown_part(self) -> Part:
        """The part whose samples are counted."""
        return self._offered[self.part.currentIndex()] if len(self._offered) > 1 else "train"

    def _offer(self, report: Report) -> None:
        """Offer the parts that a report has; the one that is chosen stays, where it is there."""
        offered = [part for part in PARTS if report.of(part) is not None]
        if offered != self._offered:
            chosen = PARTS[self._wanted]
            self._offered = offered
            self.part.clear()
            self.part.addItems([PARTS[part] for part in offered])
            self.part.setCurrentIndex(max(0, self.part.findText(chosen)))
        self.part.setVisible(len(offered) > 1)

    def show_title(self, *, visible: bool) -> None:
        """Show the title, or only what is left to say beside something that names the section."""
        self._is_named = not visible
        self._name_part()

    def tell_choice(self, words: str) -> None:
        """Say which samples are chosen, in the place of the names of the axes, or with an empty text how to choose."""
        self._axes.setVisible(not words)
        self._said.set_whole_text(*((words,) if words else HINT))

    def height_for(self, rows: int) -> int:
        """Return the height in which so many rows of the matrix can be seen without scrolling."""
        row = self.matrix.verticalHeader().defaultSectionSize()
        return HEAD_HEIGHT + self._axes.sizeHint().height() + (1 + rows) * row + 3 * SPACE[0]

    def export_table(self) -> dict[str, Column]:
        """Return the counts of the part on show, a row for each true class, with what follows from them."""
        report = self._report
        part = None if report is None else report.of(self.shown_part)
        if part is None or part.confusion is None or part.by_class is None:
            return {}
        found = part.by_class
        columns: dict[str, Column] = {"true class": self._classes}
        columns |= {f"taken for {name}": part.confusion[:, place] for place, name in enumerate(self._classes)}
        shares: dict[str, Column] = {
            "precision": found.precision,
            "recall": found.recall,
            "F1": found.f1,
            "samples": found.support,
        }
        return columns | shares

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._counts.set_theme(theme)
        self.matrix.set_theme(theme)
        self._shares.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        for table in (self.matrix, self.by_class):
            table.use_font(font)
        self._counts.set_font(self.matrix.font())
        self.by_class.set_columns((("88.8 %",), ("88.8 %",), ("88.8 %",), ("8,888",)))
        for label in (self._axes, self._said):
            label.setFont(self.matrix.font())
        self._fit()

    def _name_part(self) -> None:
        """Say in the title which samples are counted, where there is no list to choose from."""
        has_list = self._report is None or len(self._offered) > 1
        names = [] if self._is_named else [CONFUSION.name]
        self.title.setText(", ".join(names if has_list else [*names, PARTS["train"].lower()]).capitalize())
        self.title.setVisible(bool(self.title.text()))

    def _make_choice(self) -> QComboBox:
        """Return the box that chooses the part."""
        box = QComboBox(self)
        box.setObjectName("measures_part")
        box.setAccessibleName("Samples of the confusion matrix")
        box.setToolTip(
            wrapped(
                "Count the samples that were kept back for the test, those that the network learns from, or those that "
                "choose the best epoch, where there are any."
            )
        )
        box.addItems([PARTS[part] for part in self._offered])
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.activated.connect(self._choose)
        self.head.addWidget(box)
        self.head.addStretch(1)
        return box

    def _lay_out(self) -> None:
        """Put the names of the axes above the matrix, and the figures of the classes to its right."""
        above = QHBoxLayout()
        above.setSpacing(SPACE[2])
        above.addWidget(self._axes)
        above.addWidget(self._said, 1)
        grid = QGridLayout()
        grid.setSpacing(SPACE[0])
        grid.addLayout(above, 0, 0, 1, 3)
        grid.addWidget(self.matrix, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.by_class, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._beside, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(2, 1)
        self.body.addLayout(grid, 1)

    def _join(self) -> None:
        """Let both tables scroll together; the matrix has the bar."""
        self.by_class.verticalHeader().hide()
        self.by_class.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bars = self.matrix.verticalScrollBar(), self.by_class.verticalScrollBar()
        for one, other in (bars, bars[::-1]):
            one.valueChanged.connect(other.setValue)
        self.by_class.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.matrix.horizontalScrollBar().rangeChanged.connect(self._keep_level)
        self.matrix.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def _keep_level(self, _low: int, high: int) -> None:
        """End both tables at one height, so that their last rows stay level when the matrix has a bar below."""
        bar = self.matrix.horizontalScrollBar().sizeHint().height() if high else 0
        self._beside.setContentsMargins(0, 0, 0, bar)

    def _choose(self) -> None:
        """Show the other part of the same report."""
        self._wanted = self.shown_part
        if self._report is not None and self._classes:
            self._show_part(self._classes)
            self.choice_changed.emit()

    def _show_part(self, classes: tuple[str, ...]) -> None:
        report = self._report
        if report is None:
            return
        part = report.of(self.shown_part) or report.train
        if part.confusion is None:
            return
        if classes != self._classes:
            self.matrix.choose(None)  # its places stand for other classes now
        self._counts.show_counts(part.confusion, classes)
        self._shares.show_rows(_rows(part, classes))
        if (classes, self._largest()) != self._fitted:
            self._classes = classes
            self._fit()

    def _fit(self) -> None:
        """Make the columns of the matrix equally wide, and wide enough for counts and names, within reason."""
        self._fitted = self._classes, self._largest()
        names = self.matrix.room_for(*map(one_line, self._classes))
        self.matrix.verticalHeader().setFixedWidth(min(names, WIDEST_NAME))
        width = max(NARROWEST, self.matrix.room_for(f"{self._largest():,}"), min(names, WIDEST_COLUMN))
        for column in range(len(self._classes)):
            self.matrix.setColumnWidth(column, width)
        self.matrix.updateGeometry()

    def _largest(self) -> int:
        """Return the largest count that the matrix can come to show with these data."""
        report = self._report
        parts = [part.by_class for part in map(report.of, PARTS) if part] if report else []
        return max((int(part.support.max()) for part in parts if part), default=0)


def _rows(part: PartReport, classes: tuple[str, ...]) -> list[Row]:
    """Return precision, recall, F1 and the number of samples of each class."""
    found = part.by_class
    if found is None:
        return []
    columns = (found.precision.tolist(), found.recall.tolist(), found.f1.tolist())
    shares = zip(*columns, found.support.tolist(), strict=True)
    return [
        Row(one_line(name), "", tuple(Cell(text) for text in (*map(percent, row[:3]), f"{row[3]:,}")))
        for name, row in zip(classes, shares, strict=True)
    ]
