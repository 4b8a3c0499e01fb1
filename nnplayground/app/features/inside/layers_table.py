"""The layers as rows, in the order in which a sample passes them; above each column stands what there is to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.app.features.inside.cells import LayerCells
from nnplayground.app.features.inside.explanations import COLUMNS
from nnplayground.app.features.inside.sentence import Sentence
from nnplayground.app.ui.plain_text import PlainLabel, markup_label
from nnplayground.app.ui.quiet_table import QuietTable
from nnplayground.app.ui.text_table import PADDING, SWATCH, Row, TextModel
from nnplayground.app.ui.theme import LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.layer_findings import Finding

LEAST_ROW, GOOD_ROW, MOST_ROW = 32, 64, 96
NARROWEST, WIDEST_NAME = (84, 84, 84, 70, 70), 130
SHARES = (0.235, 0.235, 0.235, 0.145, 0.15)  # of the width, by column
SENTENCE_LINES = 3
LEGEND_HELP = "Filled: now. Outline: the start, when the network got its present shape."


class LayersTable(QuietTable):
    """Rows that are as high as there is room, and scroll where there are too many."""

    def __init__(self, model: TextModel, parent: QWidget) -> None:
        self._row = LEAST_ROW
        super().__init__(model, "inside_layers", "Weights, activations and gradients of each layer", parent)
        self._cells = LayerCells(self)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * LEAST_ROW)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme from the next drawing on."""
        self._cells.theme = theme
        self.viewport().update()

    def row_height(self) -> int:
        """Return how high a row is, in pixels."""
        return self._row

    def fit_rows(self) -> None:
        """Share the height among the rows, within reason."""
        count = max(self.model().rowCount(), 1)
        self._row = min(max(self.viewport().height() // count, LEAST_ROW), MOST_ROW)
        if self.verticalHeader().defaultSectionSize() != self._row:
            self.verticalHeader().setDefaultSectionSize(self._row)

    def fit_name(self, names: Sequence[str]) -> int:
        """Give the names of the layers their room, and return how much that is."""
        room = min(self.room_for(*names, padding=PADDING + SWATCH + 6), WIDEST_NAME)
        self.verticalHeader().setFixedWidth(room)
        return room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the new height."""
        super().resizeEvent(event)
        self.fit_rows()


class LayersPart(QWidget):
    """The table below the heads of its columns: a name and a sentence each, and what filled and outlined mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inside_part")
        self._theme = LIGHT
        self._names: tuple[str, ...] = ()
        self.model = TextModel(COLUMNS, self)
        self.table = LayersTable(self.model, self)
        self._legend = markup_label(self)
        self._legend.setObjectName("inside_legend")
        self._legend.setToolTip(wrapped(LEGEND_HELP))
        self._titles = {name: self._label(f"inside_{name}_title") for name in COLUMNS}
        self.sentences = {
            name: Sentence(f"inside_{name}_sentence", title.help, self, lines=SENTENCE_LINES)
            for name, title in COLUMNS.items()
        }
        for name, title in COLUMNS.items():
            self._titles[name].setText(title.name)
            self._titles[name].setToolTip(wrapped(title.help))
        self._lay_out()
        self.use_font(self.font())

    def show_rows(self, rows: Sequence[Row], findings: Mapping[str, Finding], *, start: str) -> None:
        """Show the layers and what there is to see in them; `start` says what the outlines are."""
        self.model.show_rows(rows)
        names = tuple(row.name for row in rows)
        if names != self._names:
            self._names = names
            self.table.fit_rows()
            self._fit()
        for name, finding in findings.items():
            self.sentences[name].show_finding(finding)
        self._legend.setText(_legend(self._theme, start))

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._theme = theme
        self.model.set_theme(theme)
        self.table.set_theme(theme)
        for sentence in self.sentences.values():
            sentence.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        self.table.use_font(font)
        small = scaled(font, SMALL)
        self._legend.setFont(small)
        for name in COLUMNS:
            self._titles[name].setFont(scaled(font, SMALL, bold=True))
            self.sentences[name].use_font(small)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def _label(self, name: str) -> QLabel:
        label = PlainLabel(self)
        label.setObjectName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return label

    def _lay_out(self) -> None:
        """Put a head above each column."""
        self._heads = [QWidget(self) for _ in COLUMNS]
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignTop)
        for name, head in zip(COLUMNS, self._heads, strict=True):
            column = QVBoxLayout(head)
            column.setContentsMargins(SPACE[0], 0, SPACE[0], 0)
            column.setSpacing(0)
            column.addWidget(self._titles[name])
            column.addWidget(self.sentences[name])
            row.addWidget(head)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE[0])
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def _fit(self) -> None:
        """Make columns and heads equally wide."""
        first = self.table.fit_name(self._names)
        self._legend.setFixedWidth(first)
        room = self.table.width() - first - self.table.verticalScrollBar().sizeHint().width()
        for column, (share, least) in enumerate(zip(SHARES, NARROWEST, strict=True)):
            width = max(least, int(share * room))
            self.table.setColumnWidth(column, width)
            self._heads[column].setFixedWidth(width)


def _legend(theme: Theme, start: str) -> str:
    """Return what bars and outlines stand for."""
    now = f'<span style="color: {theme.accent}">■</span> now'
    return f'{now}<br><span style="color: {theme.text}">□</span> {escape(start)}' if start else now
