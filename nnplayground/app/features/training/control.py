"""Play, steps, restart, speed, and what is offered when training has stopped by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from nnplayground.app.document import Document
from nnplayground.app.features.training.speed import PACES, START_PACE, SpeedBox
from nnplayground.app.features.training.stop_card import StopCard
from nnplayground.app.features.training.stop_words import notice_of
from nnplayground.app.player import Player
from nnplayground.app.settings import Settings
from nnplayground.app.shell.edits import Edits
from nnplayground.explain.remedies import SLOWER, rounded_rate
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.stopping import Stop


class Control(QObject):
    """Does what the training buttons ask for; `said(text)` has something for the message bar.

    The card that tells why a run has stopped goes when training goes on, somebody restarts, travels or edits; the same
    stop is told again only when it has happened again.
    """

    said = Signal(str)

    def __init__(self, player: Player, document: Document, edits: Edits, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._player, self._document, self._edits, self._settings = player, document, edits, settings
        self._told: Stop | None = None

    def join(self, speed: SpeedBox, card: StopCard) -> None:
        """Get to know the list of speeds and the card, and choose the speed of last time."""
        self._speed, self._card = speed, card
        self._answers = {
            "go_on": self.play,
            "restart": self.restart,
            "slower": self.restart_slower,
            "new_weights": self._edits.new_weights,
            "restore": self.restore_best,
        }
        speed.show_pace(self._settings.pace)
        speed.pace_chosen.connect(self._choose_pace)
        card.chosen.connect(self._answer)
        self._document.changed.connect(card.dismiss)
        self._document.values_set.connect(card.dismiss)
        self._player.set_pace(PACES[speed.currentText()])

    def toggle_play(self) -> None:
        """Play, or pause."""
        if self._player.plays:
            self._player.pause()
        else:
            self.play()

    def play(self) -> None:
        """Train until told otherwise."""
        self.forget_stop()
        self._player.play()

    def step_sample(self) -> None:
        """Train on one sample alone."""
        self.forget_stop()
        self._player.step(samples=1)

    def step_batch(self) -> None:
        """Train on one batch."""
        self.forget_stop()
        self._player.step(batches=1)

    def step_epoch(self) -> None:
        """Train to the end of the epoch."""
        self.forget_stop()
        self._player.step(epochs=1)

    def run_to(self, epoch: int) -> None:
        """Train to the end of an epoch, which must still be to come."""
        snapshot = self._player.snapshot
        if snapshot is None:
            return
        if epoch <= snapshot.epoch:
            self.said.emit(f"Epoch {epoch:,} is over already: training stands at epoch {snapshot.epoch:,}.")
            return
        self.forget_stop()
        self._player.run_to(epoch)

    def restart(self) -> None:
        """Go back to the same initial weights."""
        self.forget_stop()
        self._player.restart()

    def restart_slower(self) -> None:
        """Go back to the same initial weights, with a tenth of the learning rate."""
        training = self._document.project.training
        rate = rounded_rate(training.optimizer.learning_rate, SLOWER)
        optimizer = replace(training.optimizer, learning_rate=rate)
        self._edits.edit_training(replace(training, optimizer=optimizer), f"Learning rate {rate:g}", 0)
        self.restart()

    def restore_best(self) -> None:
        """Go back to the epoch with the lowest cost."""
        snapshot = self._player.snapshot
        if snapshot is not None and snapshot.record.best_epoch is not None:
            self._player.travel(snapshot.record.best_epoch)

    def faster(self) -> None:
        """Train at the next faster pace."""
        self._speed.go(1)

    def slower(self) -> None:
        """Train at the next slower pace."""
        self._speed.go(-1)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Tell why the run has stopped, once; a frame that is older than the last order tells nothing new."""
        if self._player.is_behind:
            return
        stop = None if snapshot.running else snapshot.stop
        if stop is None:
            self.forget_stop()
        elif stop != self._told:
            self._told = stop
            self._card.show_notice(notice_of(snapshot, stop))

    def forget_stop(self) -> None:
        """Take the card away; whatever stops the run next is told."""
        self._told = None
        if not self._card.isHidden():
            self._card.dismiss()

    def _answer(self, name: str) -> None:
        self._answers[name]()

    def _choose_pace(self, name: str) -> None:
        """Train at this pace, now and at the next start."""
        self._settings.pace = "" if name == START_PACE else name
        self._player.set_pace(PACES[name])
