"""Many runs as plain numbers for JSON."""

from __future__ import annotations

import numpy as np

from nnplayground.json_values import Json, finite
from nnplayground.training.many.multi_seed_runs import ManyRuns
from nnplayground.training.run.history import Curve

QUANTILES = {"lowest": 0.0, "median": 0.5, "highest": 1.0}
FIGURES = ("train_cost", "validation_cost", "test_cost", "train_score", "validation_score", "test_score")


def runs_as_json(many: ManyRuns, *, classes: bool, seconds: float, cost_unit: str = "") -> Json:
    """Return the keys `runs` (one object for each seed), `spread` and `seconds`; a score is the accuracy, or R².

    `cost_unit` says, to follow the word cost, of which targets it is where these are scaled.
    """
    runs = [
        {"seed": seed, "epochs": len(curve) - 1, "stop_reason": stop.reason if stop else None, **_last(curve)}
        for seed, curve, stop in zip(many.seeds, many.curves, many.stops, strict=True)
    ]
    spread = {name: _spread([run[name] for run in runs]) for name in FIGURES}
    score = "accuracy" if classes else "r_squared"
    unit = {"cost_unit": cost_unit.strip()} if cost_unit else {}
    return {"score": score, "runs": runs, "spread": spread, "seconds": seconds, **unit}


def _last(curve: Curve) -> Json:
    """Return the last measurements of a run."""
    return {name: finite(float(getattr(curve, name)[-1])) if len(curve) else None for name in FIGURES}


def _spread(values: list[float | None]) -> Json | None:
    """Return the lowest, the median and the highest of the values that there are."""
    known = [value for value in values if value is not None]
    return {name: float(np.quantile(known, share)) for name, share in QUANTILES.items()} if known else None
