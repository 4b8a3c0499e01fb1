"""The page of the race: what races on the left, the lanes beside it, their curves over each other on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from nnplayground.app.features.compare.folding import Folding
from nnplayground.app.features.compare.in_turn import InTurn
from nnplayground.app.features.compare.race.choices import KINDS, lane_name
from nnplayground.app.features.compare.race.controls import RaceControls
from nnplayground.app.features.compare.race.lane_row import LaneRow
from nnplayground.app.features.compare.race.lines_plot import LinesPlot
from nnplayground.app.features.compare.race.words import headline
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import LARGE, LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.many.race import MOST_LANES, Lane, Standings
from nnplayground.training.observe.snapshot import Snapshot

EMPTY = "Choose two to six lanes and press Start: all begin with the same weights, on the same data."
FORM_WIDTH, SCROLL_BAR = 272, 10
SIDE_BY_SIDE = 860  # pixels; in a narrower dock the parts stand below each other


class RacePage(QWidget):
    """Shows standings. Wishes: `start_requested(lanes, epochs)`, `cancel_requested`, `training_chosen(spec, words)`."""

    start_requested = Signal(object, int)
    cancel_requested = Signal()
    training_chosen = Signal(object, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Race")
        self._theme = LIGHT
        self._snapshot: Snapshot | None = None
        self._standings: Standings | None = None
        self._kind = "optimizers"
        self._is_working = False
        self.controls = RaceControls(self)
        self.lines = LinesPlot(self)
        self.rows = [LaneRow(place, self) for place in range(MOST_LANES)]
        self.head, self.note = PlainLabel(self), PlainLabel(self)
        self._name_labels()
        self._empty = empty_label("race_empty", EMPTY, self)
        self._lay_out()
        self._in_turn = InTurn(self)
        self._texts = Pacer(self._write, self)
        self._connect()
        self.set_theme(LIGHT)

    @property
    def standings(self) -> Standings | None:
        """What is shown."""
        return self._standings

    def show_frame(self, snapshot: Snapshot) -> None:
        """Follow the run that is training, from which the wishes begin."""
        self._snapshot = snapshot
        self.controls.show_frame(snapshot)
        self._empty.setText(EMPTY)

    def clear(self) -> None:
        """Say that there is no network any more; the race that is over stays."""
        self._snapshot = None
        self.controls.clear()
        self._empty.setText(NO_NETWORK)

    def show_standings(self, standings: Standings) -> None:
        """Show where the lanes are; a few times a second at most."""
        self._standings = standings
        self._stack.setCurrentIndex(1)
        if self.isVisible():
            self._draw(standings)

    def show_target(self, place: int) -> None:
        """Show what the lanes answer for one of several targets."""
        for row in self.rows:
            row.show_target(place)

    def show_working(self, *, is_working: bool) -> None:
        """Show that lanes are trained, or that none are."""
        self._is_working = is_working
        self.controls.show_working(is_working=is_working)
        self._texts.now()

    def show_share(self, share: float) -> None:
        """Show how much is done."""
        self.controls.job.show_share(share)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.controls.set_theme(theme)
        self.lines.set_theme(theme)
        for row in self.rows:
            row.set_theme(theme)
        self.head.setFont(tabular(scaled(self.font(), LARGE, bold=True)))
        self.note.setFont(tabular(scaled(self.font(), SMALL)))
        self.note.setStyleSheet(f"color: {theme.muted};")

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        if self._standings is not None:
            self._draw(self._standings)

    def _name_labels(self) -> None:
        self.head.setObjectName("race_head")
        self.note.setObjectName("race_note")
        for label in (self.head, self.note):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        """Form, lanes and curves in a row; without a race there is a hint."""
        results = QWidget(self)
        beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, results)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE[2])
        beside.addWidget(self._lanes(), 3)
        beside.addWidget(self.lines, 2)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(results)
        folding = Folding(self.controls, self._stack, [beside], form_width=FORM_WIDTH, narrowest=SIDE_BY_SIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(folding)

    def _lanes(self) -> QWidget:
        """Return the headline over the lanes, which scroll where there is too little room."""
        inside = QWidget(self)
        inside.setObjectName("race_lanes")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE[1], 0)
        column.setSpacing(2)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        for part in (area, area.viewport(), inside):
            part.setAutoFillBackground(False)
        area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        area.setMinimumWidth(self.rows[0].minimumSizeHint().width() + SCROLL_BAR + SPACE[1])
        whole = QWidget(self)
        parts = QVBoxLayout(whole)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(SPACE[0])
        parts.addWidget(self.head)
        parts.addWidget(area, 1)
        parts.addWidget(self.note)
        return whole

    def _connect(self) -> None:
        self.controls.started.connect(self._start)
        self.controls.cancelled.connect(self.cancel_requested)
        self.controls.refused.connect(self.refused)
        self.controls.log.toggled.connect(self._show_log)
        for row in self.rows:
            row.used.connect(self._use)

    def _start(self) -> None:
        """Ask for the race."""
        if self._snapshot is None:
            return
        self._kind = self.controls.kind
        lanes = KINDS[self._kind].lanes(self._snapshot.project.training, self.controls.keys)
        self.start_requested.emit(lanes, int(self.controls.epochs.value or 1))

    def _draw(self, standings: Standings) -> None:
        """Draw all lanes; while they are under way, each part in a frame of its own."""
        count = len(standings.lanes)
        for place, row in enumerate(self.rows):
            row.setVisible(place < count)
        parts: list[Callable[[], object]] = [partial(self._draw_row, place) for place in range(count)]
        parts += [self._draw_lines, self._texts.ask]
        (self._in_turn.do_now if standings.is_over or not self._is_working else self._in_turn.do)(parts)

    def _draw_row(self, place: int) -> None:
        standings = self._standings
        if standings is not None and place < len(standings.lanes):
            self.rows[place].show_lane(standings, self._names(standings)[place])

    def _draw_lines(self) -> None:
        if self._standings is not None:
            self.lines.show_standings(self._standings, self._names(self._standings))

    def _names(self, standings: Standings) -> list[str]:
        return [lane_name(self._kind, standing.lane) for standing in standings.lanes]

    def _write(self) -> None:
        """Write all that is text."""
        standings = self._standings
        if standings is None:
            return
        for row in self.rows[: len(standings.lanes)]:
            row.write()
        self.head.setText(headline(standings, self._names(standings), is_working=self._is_working))
        self.note.setText(KINDS[self._kind].words(standings.project.training))

    def _show_log(self, checked: bool) -> None:
        self.lines.show_log(log=checked)

    def _use(self, place: int) -> None:
        """Ask to train as a lane does; everything else of the experiment stays as it is by now."""
        if self._standings is None or self._snapshot is None:
            return
        lane = self._standings.lanes[place].lane
        name = lane_name(self._kind, lane)
        self.training_chosen.emit(_taken_over(self._snapshot.project.training, self._kind, lane), f"Use {name}")


def _taken_over(training: TrainingSpec, kind: str, lane: Lane) -> TrainingSpec:
    """Return the settings of now with what makes the lane different."""
    if kind == "batches":
        return replace(training, batch_size=lane.training.batch_size)
    if kind == "rates":
        rate = lane.training.optimizer.learning_rate
        return replace(training, optimizer=replace(training.optimizer, learning_rate=rate))
    return replace(training, optimizer=replace(training.optimizer, name=lane.training.optimizer.name))
