"""What the classes are taken for, and precision, recall and F1 of each, row by row beside the matrix."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.app.theme import SPACE, Theme
from nnplayground.app.views.measures.confusion_model import ConfusionModel
from nnplayground.app.views.measures.explanations import CLASSES, CONFUSION
from nnplayground.app.views.measures.sections import HEAD_HEIGHT, Section, muted_label
from nnplayground.app.views.measures.tables import Cell, Row, Table, TextModel
from nnplayground.app.views.measures.words import percent
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.training.reports import PartReport, Report

PARTS = {"test": "Test samples", "train": "Training samples"}
NARROWEST, WIDEST_NAME, WIDEST_COLUMN = 24, 96, 64


class ConfusionSection(Section):
    """The confusion matrix of the part that is chosen; hidden while the target is a number."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(CONFUSION.name, CONFUSION.help, parent)
        self._report: Report | None = None
        self._classes: tuple[str, ...] = ()
        self._fitted: tuple[tuple[str, ...], int] = (), 0  # what the columns have been made for
        self.part = self._make_choice()
        self._counts = ConfusionModel(self)
        self._shares = TextModel(CLASSES, self)
        self.matrix = Table(self._counts, "measures_confusion", "Confusion matrix, true classes as rows", self)
        self.by_class = Table(self._shares, "measures_by_class", "Precision, recall and F1 of each class", self)
        self._axes = muted_label("True class ↓   Predicted class →", self)
        self._axes.setToolTip(wrapped(CONFUSION.help))
        self._lay_out()
        self._join()
        self.use_font(self.font())

    def show_report(self, report: Report, classes: tuple[str, ...]) -> None:
        """Show the part that is chosen; without a test part that is always the training part."""
        self._report = report
        self.setVisible(bool(classes))
        self.part.setVisible(report.test is not None)
        self.title.setText(CONFUSION.name if report.test is not None else f"{CONFUSION.name}, training samples")
        if classes:
            self._show_part(classes)

    def height_for(self, rows: int) -> int:
        """Return the height in which so many rows of the matrix can be seen without scrolling."""
        row = self.matrix.verticalHeader().defaultSectionSize()
        return HEAD_HEIGHT + self._axes.sizeHint().height() + (1 + rows) * row + 3 * SPACE[0]

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._counts.set_theme(theme)
        self._shares.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        for table in (self.matrix, self.by_class):
            table.use_font(font)
        self._counts.set_font(self.matrix.font())
        self.by_class.set_columns((("88.8 %",), ("88.8 %",), ("88.8 %",), ("8,888",)))
        self._axes.setFont(self.matrix.font())
        self._fit()

    def _make_choice(self) -> QComboBox:
        """Return the box that chooses the part."""
        box = QComboBox(self)
        box.setObjectName("measures_part")
        box.setAccessibleName("Samples of the confusion matrix")
        box.setToolTip(
            wrapped("Count the samples that were kept back for the test, or those that the network learns from.")
        )
        box.addItems(list(PARTS.values()))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.activated.connect(self._choose)
        self.head.addWidget(box)
        self.head.addStretch(1)
        return box

    def _lay_out(self) -> None:
        """Put the names of the axes above the matrix, and the figures of the classes to its right."""
        grid = QGridLayout()
        grid.setSpacing(SPACE[0])
        grid.addWidget(self._axes, 0, 0, 1, 3)
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
        if self._report is not None and self._classes:
            self._show_part(self._classes)

    def _show_part(self, classes: tuple[str, ...]) -> None:
        report = self._report
        if report is None:
            return
        chosen = list(PARTS)[self.part.currentIndex()]
        part = report.test if chosen == "test" and report.test is not None else report.train
        if part.confusion is None:
            return
        self._counts.show_counts(part.confusion, classes)
        self._shares.show_rows(_rows(part, classes))
        if (classes, self._largest()) != self._fitted:
            self._classes = classes
            self._fit()

    def _fit(self) -> None:
        """Make the columns of the matrix equally wide, and wide enough for counts and names, within reason."""
        self._fitted = self._classes, self._largest()
        names = self.matrix.room_for(*self._classes)
        self.matrix.verticalHeader().setFixedWidth(min(names, WIDEST_NAME))
        width = max(NARROWEST, self.matrix.room_for(f"{self._largest():,}"), min(names, WIDEST_COLUMN))
        for column in range(len(self._classes)):
            self.matrix.setColumnWidth(column, width)
        self.matrix.updateGeometry()

    def _largest(self) -> int:
        """Return the largest count that the matrix can come to show with these data."""
        report = self._report
        parts = [part.by_class for part in (report.train, report.test) if part] if report else []
        return max((int(part.support.max()) for part in parts if part), default=0)


def _rows(part: PartReport, classes: tuple[str, ...]) -> list[Row]:
    """Return precision, recall, F1 and the number of samples of each class."""
    found = part.by_class
    if found is None:
        return []
    columns = (found.precision.tolist(), found.recall.tolist(), found.f1.tolist())
    shares = zip(*columns, found.support.tolist(), strict=True)
    return [
        Row(name, "", tuple(Cell(text) for text in (*map(percent, row[:3]), f"{row[3]:,}")))
        for name, row in zip(classes, shares, strict=True)
    ]
