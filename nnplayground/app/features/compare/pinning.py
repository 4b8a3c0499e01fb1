"""The pinned runs of the window: they stay until they are let go or another document is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nnplayground.app.shell.weights import parameters_of, reason_against
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.pinning import MOST_PINNED, PinnedRun, pinned

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow

FULL = f"{MOST_PINNED} runs are pinned, which is as many as there can be; let go of one first."


class Pinning(QObject):
    """Holds them; `changed(runs)` follows every change."""

    changed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._count = 0
        self.runs: tuple[PinnedRun, ...] = ()
        self.changed.connect(self._draw_curves)
        window.document.replaced.connect(self.clear)

    def pin(self) -> None:
        """Keep the run of this moment beside the next ones."""
        window, snapshot = self._window, self._window.player.snapshot
        if snapshot is None:
            return
        if len(self.runs) >= MOST_PINNED:
            window.messages.show_message(FULL, "warning")
            return
        self._count += 1
        run = pinned(self.runs, snapshot, window.player.wanted(MapRequest), number=self._count)
        self._show((*self.runs, run))
        window.messages.show_message(
            f"{run.name} is pinned. Change something and play: the new run is drawn beside it (View, Compare)."
        )

    def rename(self, number: int, name: str) -> None:
        """Call a run otherwise; without a name it keeps the old one."""
        self._show(tuple(replace(run, name=name or run.name) if run.number == number else run for run in self.runs))

    def show_curve(self, number: int, is_shown: bool) -> None:
        """Draw the curve of a run, or do not."""
        self._show(tuple(replace(run, is_hidden=not is_shown) if run.number == number else run for run in self.runs))

    def do(self, number: int, what: str) -> None:
        """Let go of a run, use its settings, or start from its weights."""
        run = next((run for run in self.runs if run.number == number), None)
        if run is None:
            return
        if what == "remove":
            self._show(tuple(one for one in self.runs if one is not run))
        elif what == "use":
            self._use(run)
        elif what == "start":
            self._start_from(run)

    def clear(self) -> None:
        """Let go of all."""
        self._count = 0
        self._show(())

    def _use(self, run: PinnedRun) -> None:
        document = self._window.document
        document.edit(replace(run.snapshot.project, name=document.project.name), f"Use the settings of {run.name}")

    def _start_from(self, run: PinnedRun) -> None:
        sentence = reason_against(run.snapshot)
        if sentence:
            self._window.messages.show_message(sentence, "warning")
            return
        document = self._window.document
        project = replace(run.snapshot.project, name=document.project.name, parameters=parameters_of(run.snapshot))
        document.edit(project, f"Start from the weights of {run.name}")

    def _show(self, runs: tuple[PinnedRun, ...]) -> None:
        if runs != self.runs:
            self.runs = runs
            self.changed.emit(runs)

    def _draw_curves(self, runs: tuple[PinnedRun, ...]) -> None:
        self._window.cost_view.show_pinned([curve_of(run) for run in runs if not run.is_hidden])


def curve_of(run: PinnedRun) -> PinnedCurve:
    """Return the curve of a pinned run as the cost plot draws it."""
    curve = run.snapshot.curve
    own = PinnedCurve(run.name, run.color, curve.train_cost, curve.test_cost, curve.train_score, curve.test_score)
    if not curve.has_validation:
        return own
    return replace(own, validation=curve.validation_cost, validation_score=curve.validation_score)
