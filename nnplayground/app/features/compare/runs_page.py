"""Pinned runs beside the one that is training: what differs, what came out, and what their networks answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.compare.run_card import SIDE, RunCard
from nnplayground.app.features.compare.runs_model import RunsModel, RunsTable
from nnplayground.app.features.compare.runs_table import columns_of, rows_of, table_of
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.plots.empty import empty_label
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.pinning import MOST_PINNED, PinnedRun
from nnplayground.training.observe.snapshot import Snapshot

EMPTY = "Press “Pin this run” to keep the run of now. Then change something and play: the next run is drawn beside it."
PRESENT = 0


class RunsPage(QWidget):
    """Shows pinned runs and the present one beside each other.

    `pin_requested` asks to pin the present run; `renamed`, `shown_changed` and `wished` are those of its cards.
    """

    pin_requested = Signal()
    renamed = Signal(int, str)
    shown_changed = Signal(int, bool)
    wished = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[PinnedRun, ...] = ()
        self._snapshot: Snapshot | None = None
        self._maps: Maps | None = None
        self._theme, self._target = LIGHT, 0
        self._cards: dict[int, RunCard] = {}
        self._model = RunsModel(self)
        self._table = RunsTable(self._model, self)
        self._pin = QPushButton("Pin this run", self)
        self._hint = PlainLabel(self)
        self._empty = empty_label("compare_runs_empty", EMPTY, self)
        self._pacer = Pacer(self._draw, self)
        self._lay_out()
        self._pin.clicked.connect(self.pin_requested)

    def show_runs(self, runs: Sequence[PinnedRun]) -> None:
        """Show these pinned runs and no others."""
        self._runs = tuple(runs)
        self._stack.setCurrentIndex(1 if runs else 0)
        self._pin.setEnabled(len(runs) < MOST_PINNED and self._snapshot is not None)
        numbers = [*(run.number for run in runs), *([PRESENT] if runs else [])]
        for number in [number for number in self._cards if number not in numbers]:
            card = self._cards.pop(number)
            card.hide()
            card.deleteLater()
        for place, number in enumerate(numbers):
            self._row.insertWidget(place, self._card(number))
        for run in runs:
            self._cards[run.number].show_run(run)
        self._pacer.now()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show a moment of the run that is training."""
        self._snapshot = snapshot
        self._maps = snapshot.seen.of(MapRequest) or self._maps
        self._pin.setEnabled(len(self._runs) < MOST_PINNED)
        if self.isVisible() and self._runs:
            self._pacer.ask()

    def show_target(self, place: int) -> None:
        """Show what the runs answer for one of several targets."""
        self._target = place
        for card in self._cards.values():
            card.show_target(place)

    def clear(self) -> None:
        """Say that there is no network any more; what is pinned stays."""
        self._snapshot = self._maps = None
        self._pin.setEnabled(False)
        self._pacer.now()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self._hint.setFont(scaled(self.font(), SMALL))
        self._hint.setStyleSheet(f"color: {theme.muted};")
        self._table.use_font(self.font())
        self._model.set_look(theme, self._table.font())
        self._table.fit()
        for card in self._cards.values():
            card.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the boundaries as large as there is room below each other."""
        super().resizeEvent(event)
        for card in self._cards.values():
            card.set_side(self._room())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        self._pacer.now()

    def export_table(self) -> dict[str, Floats]:
        """Return the results, one entry for each run, the present one last; NaN where a run has none."""
        return table_of(columns_of(self._runs, self._snapshot))

    def _card(self, number: int) -> RunCard:
        """Return the card of a run; it is made if it does not exist yet."""
        if number not in self._cards:
            card = RunCard(number, self._content)
            card.set_theme(self._theme)
            card.set_side(self._room())
            card.show_target(self._target)
            card.renamed.connect(self.renamed)
            card.shown_changed.connect(self.shown_changed)
            card.wished.connect(self.wished)
            self._cards[number] = card
        return self._cards[number]

    def _room(self) -> int:
        """Return how high the picture of a card can be without scrolling."""
        return self.height() - self._pin.height() - HIT_AREA - 2 * self.fontMetrics().height() - 2 * SPACE[0]

    def _draw(self) -> None:
        """Write the table and draw the present run."""
        if not self._runs:
            self._hint.setText("")
            return
        columns = columns_of(self._runs, self._snapshot)
        rows = rows_of(columns)
        if self._model.show_rows(columns, rows):
            self._table.fit()
        else:
            self._table.grow()
        differ = sum(row.is_setting for row in rows)
        settings = {0: "All runs have the same settings.", 1: "One setting differs."}
        self._hint.setText(settings.get(differ, f"{differ} settings differ.") + " The best of each row is bold.")
        card = self._cards.get(PRESENT)
        if card is not None:
            card.setVisible(self._snapshot is not None)
            if self._snapshot is not None:
                card.show_present(self._snapshot, self._maps)

    def _lay_out(self) -> None:
        self._pin.setObjectName("compare_pin")
        self._pin.setMinimumHeight(HIT_AREA)
        self._pin.setToolTip(wrapped("Keep the run of this moment as it is, to see the next one beside it."))
        self._hint.setObjectName("compare_hint")
        head = QHBoxLayout()
        head.setSpacing(SPACE[1])
        head.addWidget(self._pin)
        head.addWidget(self._hint)
        head.addStretch(1)
        self._content = QWidget(self)
        self._row = QHBoxLayout(self._content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[2])
        self._row.addStretch(1)
        self._table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._table.setSizeAdjustPolicy(RunsTable.SizeAdjustPolicy.AdjustToContents)
        body = QWidget(self)
        beside = QHBoxLayout(body)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE[3])
        beside.addWidget(self._table)
        beside.addWidget(self._scrolling(), 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE[0])
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)

    def _scrolling(self) -> QScrollArea:
        """Return the row of cards, which scrolls where there are many."""
        area = QScrollArea(self)
        area.setObjectName("compare_runs_cards")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content)
        area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        area.setMinimumWidth(2 * SIDE + SPACE[3])
        return area
