"""Studies made by hand: what the runs did is just written down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.project.model import Project
from nnplayground.training.many.multi_seed_runs import Vary
from nnplayground.training.many.seeds import Band, Study, quantiles
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.stopping import Stop, divergence
from tests.app.snapshots import made_data

DONE = Stop("max_epochs", {"epochs": 3})
LOST = divergence(epoch=0, learning_rate=1.0)


def data_of(*, classes: bool = True, test: bool = True) -> Prepared:
    """Return two samples, the second of them kept for the test."""
    names = ("orange", "blue") if classes else ()
    return made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0], classes=names, test=[1] if test else [])


def made_study(
    curves: Sequence[Sequence[float]],
    scores: Sequence[float] | None = None,
    *,
    stops: Sequence[Stop | None] | None = None,
    first_seed: int = 10,
    vary: Vary = "weights",
    limit: int = 3,
    test: bool = True,
    classes: bool = True,
    project: Project | None = None,
) -> Study:
    """Return a study of these cost curves `[runs][epochs + 1]`, the same for both parts."""
    costs = np.array(curves, dtype=float)
    runs = len(costs)
    shown = np.array([0.5] * runs if scores is None else scores)
    band = Band(quantiles(costs), costs if runs <= 32 else None)
    return Study(
        project=project or Project(),
        data=data_of(classes=classes, test=test),
        vary=vary,
        seeds=tuple(range(first_seed, first_seed + runs)),
        limit=limit,
        train=band,
        test=band if test else None,
        results=np.array([costs[:, -1], costs[:, -1], shown, shown]),
        epochs=(costs.shape[1] - 1,) * runs,
        stops=tuple([DONE] * runs if stops is None else stops),
    )
