"""Checking the gradient of the user's own network, in the background."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from nnplayground.app.player import Player
from nnplayground.app.ui.background import Background
from nnplayground.explain.gradient_check import check_message
from nnplayground.explain.words import words_of
from nnplayground.training.observe.gradient_check import GradientReport, check_gradient

NOTHING_YET = "There is no network to check yet; choose data that can be loaded first."
UNDER_WAY = "Backpropagation is being held against finite differences …"
STILL_UNDER_WAY = "Backpropagation is still being held against finite differences; the answer will be told here."


class GradientCheck(QObject):
    """Holds backpropagation against finite differences at the weights of this moment; training goes on meanwhile.

    `said(sentence, kind)` is for the message bar.
    """

    said = Signal(str, str)

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._work = Background(self)
        self._work.done.connect(self._tell)
        self._work.failed.connect(self._complain)

    def start(self) -> None:
        """Check the network that is on show."""
        snapshot = self._player.snapshot
        if snapshot is None:
            self.said.emit(NOTHING_YET, "warning")
            return
        job = partial(check_gradient, snapshot.architecture, snapshot.parameters, snapshot.data)
        self.said.emit(UNDER_WAY if self._work.start(job) else STILL_UNDER_WAY, "busy")

    def close(self) -> None:
        """Wait for a check that is under way."""
        self._work.close()

    def _tell(self, report: GradientReport) -> None:
        self.said.emit(words_of(check_message(report)), "info" if report.passed else "error")

    def _complain(self, sentence: str) -> None:
        self.said.emit(sentence, "error")
