"""Standings made by hand: where the lanes are is just written down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.project.model import Project
from nnplayground.training.many.race import Lane, LaneStanding, Standings
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.measures import Measures
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.stopping import Stop, divergence
from tests.app.snapshots import made_curve, made_data

DONE = Stop("max_epochs", {"epochs": 3})
EARLY = Stop("target_cost", {"scaled_targets": 0, "cost": 0.1, "target": 0.2})
LOST = divergence(epoch=1, learning_rate=1.0)
PLANE = ((-6.0, -6.0), (6.0, 6.0))


def two_classes(*, test: bool = True) -> Prepared:
    """Return two samples of two classes, the second of them kept for the test."""
    return made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0], test=[1] if test else [])


def half_and_half(side: int = 40) -> Maps:
    """Return maps of a network that says the first class on the left and the second on the right."""
    answers = np.where(np.arange(side) < side // 2, -1.0, 1.0) * np.ones((side, 1))
    return Maps(0, 1, *PLANE, (answers[np.newaxis],))


def made_standing(
    lane: Lane, costs: Sequence[float], *, rank: int = 1, stop: Stop | None = DONE, score: float = 0.5
) -> LaneStanding:
    """Return a lane with this cost curve, the same for both parts."""
    measures = Measures(costs[-1], score)
    return LaneStanding(
        lane=lane, rank=rank, epoch=len(costs) - 1, curve=made_curve(costs, costs), train=measures, test=measures,
        stop=stop, maps=half_and_half(), parameters=np.zeros(3),
    )  # fmt: skip


def made_standings(*lanes: LaneStanding, epochs: int = 3, data: Prepared | None = None) -> Standings:
    """Return these lanes beside each other."""
    return Standings(Project(), data or two_classes(), epochs, lanes)
