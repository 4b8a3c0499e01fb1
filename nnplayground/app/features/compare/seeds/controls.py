"""What to find out from many seeds: how many, what varies, for how long, and what counts as success."""

from __future__ import annotations

from typing import cast

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from nnplayground.app.features.compare.job_bar import JobBar
from nnplayground.app.features.compare.seeds.words import VARIES
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.limits import Number, Whole
from nnplayground.project.model import MAX_SEED
from nnplayground.training.many.multi_seed_runs import Vary
from nnplayground.training.many.seeds import Criterion, Goal, SeedsRequest, seeds_from
from nnplayground.training.observe.snapshot import Snapshot

COUNTS = {str(count): Title(f"{count} seeds", words) for count, words in (
    (10, "A first impression."),
    (30, "Enough to tell luck from effect in most cases."),
    (100, "A share that is known to within some ten per cent."),
    (256, "As many as there can be: the share is known to within some six per cent."),
)}  # fmt: skip
USUAL_COUNT, USUAL_EPOCHS, MOST_USUAL_EPOCHS = "30", 200, 1_000
EPOCHS = Whole(
    1,
    100_000,
    f"For how many epochs every run is trained at most. At first as far as your run went, "
    f"but not more than {MOST_USUAL_EPOCHS:,}; the other rules of “Stop by itself” hold as well.",
)
PERCENT = Number(0.0, 100.0, "The least share of right answers, in per cent, with which a run succeeds; at first 95.")
LEAST_R2 = Number(-1e6, 1.0, "The least R² with which a run has succeeded; 1 is perfect, 0 no better than the mean.")
MOST_COST = Number(
    -1e9, 1e9, "The highest cost with which a run has succeeded. At first half of your run's first cost."
)
USUAL_ACCURACY, USUAL_R2 = 0.95, 0.9
START_HELP = "Train the experiment from all seeds at once, beside your own run, which stays as it is."


class SeedsControls(QWidget):
    """A small form. `started(SeedsRequest)`, `cancelled()`, and `criterion_changed()` for a new count of successes."""

    started = Signal(object)
    cancelled = Signal()
    criterion_changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._has_own_epochs = False  # the user has chosen a number
        self._limits: dict[tuple[Goal, bool], float] = {}  # what the user has chosen, for classes and for numbers
        self._make_fields()
        self._lay_out()
        self.show_working(is_working=False)

    @property
    def criterion(self) -> Criterion:
        """When a run has succeeded."""
        return Criterion(self._goal, self._limit())

    def show_frame(self, snapshot: Snapshot) -> None:
        """Follow the run until the user has chosen; its data say what success can be."""
        is_other = self._snapshot is None or self._snapshot.data.rule != snapshot.data.rule
        self._snapshot = snapshot
        if not self._has_own_epochs and not snapshot.running:
            self.epochs.show_value(min(snapshot.epoch, MOST_USUAL_EPOCHS) or USUAL_EPOCHS)
        if is_other or (self._goal == "cost" and not self.limit.hasFocus()):
            self._show_goal()
        self.job.allow("")

    def clear(self) -> None:
        """There is no network that could be trained."""
        self._snapshot = None
        self.job.allow("There is no network to train yet.")

    def show_working(self, *, is_working: bool) -> None:
        """Show that runs are trained, or that none are."""
        for field in (self.count, self.vary, self.epochs):
            field.setEnabled(not is_working)
        self.job.show_working(is_working=is_working)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the bar."""
        self.job.set_theme(theme)

    def _make_fields(self) -> None:
        self.count = ChoiceField("Number of seeds", "How many runs there are.", COUNTS, self)
        self.count.setObjectName("seeds_count")
        self.count.show_value(USUAL_COUNT)
        self.vary = ChoiceField("What varies", "What the seed of a run decides.", VARIES, self)
        self.vary.setObjectName("seeds_vary")
        self.vary.show_value("weights")
        self.epochs = NumberField(EPOCHS, "Epochs", geometric=True, parent=self)
        self.epochs.setObjectName("seeds_epochs")
        self.epochs.show_value(USUAL_EPOCHS)
        self.goal = ChoiceField("Success", "When a run counts as one that succeeded.", _goals(classes=True), self)
        self.goal.setObjectName("seeds_goal")
        self.goal.show_value("accuracy")
        self.limit = NumberField(PERCENT, "Limit of success", parent=self)
        self.limit.setObjectName("seeds_limit")
        self.unit = PlainLabel(self)
        self.log = QCheckBox("Log scale", self)
        self.log.setMinimumHeight(HIT_AREA)
        self.log.setObjectName("seeds_log")
        self.log.setToolTip(wrapped("Give every power of ten of the cost the same length, in both plots."))
        self.job = JobBar("seeds", "Train", START_HELP, self)
        self.epochs.entered.connect(self._choose_epochs)
        self.goal.chosen.connect(self._choose_goal)
        self.limit.entered.connect(self._choose_limit)
        for field in (self.epochs, self.limit):
            field.refused.connect(self.refused)
        self.job.started.connect(self._start)
        self.job.cancelled.connect(self.cancelled)
        self._show_goal()

    def _lay_out(self) -> None:
        """Rows of fields between their names and their units."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[1])
        grid.setVerticalSpacing(SPACE[0])
        for row, (name, first) in enumerate((("Train", self.count), ("Vary", self.vary), ("Success", self.goal))):
            label = PlainLabel(name, self)
            label.setToolTip(first.toolTip())
            grid.addWidget(label, row, 0)
            grid.addWidget(first, row, 1, 1, 3 if first is self.vary else 1)
        for row, field, unit in ((0, self.epochs, PlainLabel("epochs", self)), (2, self.limit, self.unit)):
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("100,000") + SPACE[2])
            unit.setToolTip(field.toolTip())
            grid.addWidget(field, row, 2)
            grid.addWidget(unit, row, 3)
        for control in (self.count, self.vary, self.epochs, self.goal, self.limit):
            control.setMinimumHeight(HIT_AREA)
        grid.addWidget(self.job, 3, 0, 1, 4)
        grid.addWidget(self.log, 4, 0, 1, 4)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(5, 1)

    @property
    def _goal(self) -> Goal:
        return "cost" if self.goal.value == "cost" else "score"

    @property
    def _has_classes(self) -> bool:
        return self._snapshot is None or bool(self._snapshot.data.rule.classes)

    @property
    def _is_percent(self) -> bool:
        return self._goal == "score" and self._has_classes

    def _limit(self) -> float:
        """Return the limit as a share, an R² or a cost."""
        chosen = self._limits.get((self._goal, self._has_classes))
        if chosen is not None:
            return chosen
        if self._goal == "score":
            return USUAL_ACCURACY if self._has_classes else USUAL_R2
        return float(f"{self._first_cost() / 2.0:.3g}")

    def _first_cost(self) -> float:
        """Return the first cost that is known of the present run, before training, of the part that counts."""
        if self._snapshot is None:
            return 1.0
        curve = self._snapshot.curve
        costs = curve.cost_of(self._snapshot.data.deciding)
        known = costs[np.isfinite(costs)]
        return float(known[0]) if len(known) else 1.0

    def _show_goal(self) -> None:
        """Show the limit of the goal that is chosen, in its own unit."""
        goal = self._goal
        self.goal.set_options(_goals(classes=self._has_classes))
        self.goal.show_value("cost" if goal == "cost" else _score_key(classes=self._has_classes))
        rule = PERCENT if self._is_percent else LEAST_R2 if goal == "score" else MOST_COST
        self.limit.rule, self.limit.unit = rule, "%" if self._is_percent else ""
        self.limit.explain()
        self.unit.setText("%" if self._is_percent else "")
        self.limit.show_value(_tidy(100.0 * self._limit()) if self._is_percent else self._limit())

    def _choose_epochs(self, _epochs: int) -> None:
        self._has_own_epochs = True

    def _choose_goal(self, _goal: str) -> None:
        self._show_goal()
        self.criterion_changed.emit()

    def _choose_limit(self, limit: float) -> None:
        self._limits[self._goal, self._has_classes] = limit / 100.0 if self._is_percent else limit
        self.criterion_changed.emit()

    def _start(self) -> None:
        """Ask for the runs; the first of them has the seed of the user's own."""
        if self._snapshot is None:
            return
        are_taken = [field.commit() for field in (self.epochs, self.limit)]
        if not all(are_taken):
            return
        project, count = self._snapshot.project, int(self.count.value)
        vary = cast("Vary", self.vary.value)
        own = project.network.initializer.seed if vary == "weights" else None
        first = min(project.seed if own is None else own, MAX_SEED - count + 1)
        self.started.emit(SeedsRequest(seeds_from(first, count), vary, int(self.epochs.value or USUAL_EPOCHS)))


def _goals(*, classes: bool) -> dict[str, Title]:
    """Return what can count as success."""
    score = (
        Title("Accuracy ≥", "The share of right answers reaches the limit.")
        if classes
        else Title("R² ≥", "R² reaches the limit.")
    )
    return {_score_key(classes=classes): score, "cost": Title("Cost ≤", "The cost has fallen to the limit.")}


def _tidy(percent: float) -> float:
    """Return a percentage without the dust of the arithmetic."""
    return float(f"{percent:.6g}")


def _score_key(*, classes: bool) -> str:
    """Return what the score is called in the list of goals."""
    return "accuracy" if classes else "r_squared"
