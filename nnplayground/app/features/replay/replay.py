"""Plays what a run went through as an animation: from its first moment that was kept to the newest, in all views.

1. A moment is asked for (`Player.travel`); only when its frame has come is the next one chosen, by the time that has
   gone by. A slow network therefore shows fewer moments in the same time.
2. Whatever else is ordered meanwhile ends it (`Player.ordering`). An order that would go on from the moment on show
   finds the newest one again, as nobody wants to train on from where a replay happened to be.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from nnplayground.app.player import Player
from nnplayground.app.settings import Settings
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.worker import Order, Pause, SetPace, Travel

NOTHING_YET = "There is nothing to replay yet; train the network first."
SHORTEST, LONGEST, USUAL = 2.0, 20.0, 6.0
PATIENCE = 16
"""Milliseconds at least until the next moment is looked for."""


class Replay(QObject):
    """Goes through the past in `seconds`; `said(sentence, kind)` is for the message bar."""

    said = Signal(str, str)

    def __init__(self, player: Player, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._player, self._settings = player, settings
        self._action: QAction | None = None
        self._clock = QElapsedTimer()
        self._epochs: list[int] = []  # of the moments to go through; empty while nothing is replayed
        self._place = 0  # of the moment that was asked for last
        self._is_waiting = False  # for the frame of that moment
        self._is_ordering = False  # an order comes from here
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        for pressed in (self._escape.activated, self._escape.activatedAmbiguously):
            pressed.connect(self.leave)
        player.frame.connect(self._take)
        player.failed.connect(self._stop)
        player.ordering.connect(self._make_way)

    def join(self, action: QAction) -> None:
        """Show with an action whether something is replayed."""
        self._action = action
        action.setCheckable(True)

    @property
    def seconds(self) -> float:
        """How long it takes from the first moment to the newest."""
        return self._settings.replay_seconds

    @seconds.setter
    def seconds(self, value: float) -> None:
        self._settings.replay_seconds = value

    @property
    def is_on(self) -> bool:
        """Whether something is being replayed."""
        return bool(self._epochs)

    def toggle(self) -> None:
        """Replay from the beginning, or stop at the moment that is on show."""
        if self.is_on:
            self._stop()
        else:
            self._start()

    def leave(self) -> None:
        """Stop, and go back to the newest moment."""
        if self.is_on:
            self._stop()
            self._player.travel(None)

    def _start(self) -> None:
        record = self._player.snapshot.record if self._player.snapshot is not None else None
        epochs = [one.epoch for one in record.checkpoints] if record is not None else []
        if not epochs or record is None or epochs[0] >= record.last_epoch:
            self._show_state()
            self.said.emit(NOTHING_YET, "info")
            return
        self._epochs, self._place = epochs, 0
        self._clock.start()
        self._show_state()
        self._travel(epochs[0])

    def _take(self, snapshot: Snapshot) -> None:
        """Take the frame of the moment that was asked for."""
        if not self.is_on or not self._is_waiting or snapshot.running or not snapshot.record.is_back:
            return
        self._is_waiting = False
        self._epochs = [one.epoch for one in snapshot.record.checkpoints]  # while training, more may have come
        self._go_on()

    def _go_on(self) -> None:
        """Ask for the moment whose turn it is by now, or wait for its turn."""
        last = len(self._epochs) - 1
        if last < 0 or self._is_waiting:
            return
        step = 1000.0 * self.seconds / max(1, last)  # milliseconds from one moment to the next
        due = int(self._clock.elapsed() / step)
        if due >= last:
            self.leave()
        elif due > self._place:
            self._place = due
            self._travel(self._epochs[due])
        else:
            self._next.start(max(PATIENCE, round(step * (self._place + 1) - self._clock.elapsed())))

    def _travel(self, epoch: int) -> None:
        self._is_waiting = self._is_ordering = True
        self._player.travel(epoch)
        self._is_ordering = False

    def _make_way(self, order: Order) -> None:
        """End for an order of somebody else; one that changes or trains the network finds it at its newest moment."""
        if not self.is_on or self._is_ordering or isinstance(order, (SetPace, Pause)):
            return
        self._stop()
        if not isinstance(order, Travel):
            self._player.worker.order(Travel(None))  # the frame comes with what is about to be ordered

    def _stop(self, _sentence: str = "") -> None:
        self._epochs, self._is_waiting = [], False
        self._next.stop()
        self._show_state()

    def _show_state(self) -> None:
        self._escape.setEnabled(self.is_on)
        if self._action is not None:
            self._action.setChecked(self.is_on)
