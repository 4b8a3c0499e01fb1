"""Comparing runs: the window's part of the dock, which trains many seeds and races in the background.

Both works have data and networks of their own, made from the document as it is when they start. The run that is
training goes on, or stays paused, whatever they do.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.compare.race.view import RacePage
from nnplayground.app.features.compare.runs_page import RunsPage
from nnplayground.app.features.compare.seeds.view import SeedsPage
from nnplayground.app.features.compare.view import CompareView, Made, Maker
from nnplayground.app.ui.background import Telling
from nnplayground.training.many.multi_seed_runs import VARIES, seeded
from nnplayground.training.many.race import Lane, run_race
from nnplayground.training.many.seeds import SeedsRequest, free, study_seeds

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow


def make_compare(window: MainWindow) -> CompareView:
    """Return the view with its three pages, which are made when they are first looked at."""
    comparing = Comparing(window)
    makers: dict[str, Maker] = {
        "runs": partial(_make_runs, window),
        "seeds": comparing.make_seeds,
        "race": comparing.make_race,
    }
    return CompareView(makers, window)


def _make_runs(window: MainWindow, parent: QWidget) -> Made:
    """Make the page of pinned runs and connect it."""
    page, pinning = RunsPage(parent), window.pinning
    page.pin_requested.connect(pinning.pin)
    page.renamed.connect(pinning.rename)
    page.shown_changed.connect(pinning.show_curve)
    page.wished.connect(pinning.do)
    pinning.changed.connect(page.show_runs)
    page.show_target(window.boundary_view.target)
    window.boundary_view.target_chosen.connect(page.show_target)
    page.show_runs(pinning.runs)
    return Made(page, page)


class Comparing(QObject):
    """Owns the works in the background. They end with the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.seeds, self.race = Telling(self), Telling(self)
        window.closing.connect(self.close)

    def make_seeds(self, parent: QWidget) -> Made:
        """Make the page of many seeds and connect it."""
        page = SeedsPage(parent)
        page.start_requested.connect(partial(self._study, page))
        page.cancel_requested.connect(self.seeds.cancel)
        page.seed_chosen.connect(self._use_seed)
        self.seeds.told.connect(page.show_study)
        self._connect(self.seeds, page)
        return Made(page, page)

    def make_race(self, parent: QWidget) -> Made:
        """Make the page of the race and connect it."""
        page = RacePage(parent)
        page.start_requested.connect(partial(self._race, page))
        page.cancel_requested.connect(self.race.cancel)
        page.training_chosen.connect(partial(self._window.edits.edit_training, gesture=0))
        self.race.told.connect(page.show_standings)
        page.show_target(self._window.boundary_view.target)
        self._window.boundary_view.target_chosen.connect(page.show_target)
        self._connect(self.race, page)
        return Made(page, page)

    def close(self) -> None:
        """End what is under way."""
        self.seeds.close()
        self.race.close()

    def _connect(self, work: Telling, page: SeedsPage | RacePage) -> None:
        """Let a page follow its work, and the message bar tell what went wrong."""
        work.advanced.connect(page.show_share)
        work.ended.connect(partial(page.show_working, is_working=False))
        for signal in (work.failed, page.refused):
            signal.connect(partial(self._window.messages.show_message, kind="warning"))

    def _study(self, page: SeedsPage, wish: SeedsRequest) -> None:
        """Train the experiment of this moment from many seeds."""
        self.seeds.start(partial(study_seeds, self._window.document.project, wish))
        page.show_working(is_working=self.seeds.busy)

    def _race(self, page: RacePage, lanes: tuple[Lane, ...], epochs: int) -> None:
        """Let the lanes race on the experiment of this moment."""
        self.race.start(partial(run_race, self._window.document.project, lanes, epochs))
        page.show_working(is_working=self.race.busy)

    def _use_seed(self, seed: int, varied: str) -> None:
        """Give the experiment the seed of a run, as an edit that can be undone."""
        document = self._window.document
        vary = next(one for one in VARIES if one == varied)
        project = free(document.project) if vary == "all" else document.project
        what = "everything" if vary == "all" else "the weights"
        document.edit(seeded(project, seed, vary=vary), f"Use seed {seed} for {what}")
