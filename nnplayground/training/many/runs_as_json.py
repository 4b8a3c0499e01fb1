"""Many runs as plain numbers for JSON, and as a few lines for a terminal."""

from __future__ import annotations

import numpy as np

from nnplayground.training.many.multi_seed_runs import ManyRuns
from nnplayground.training.observe.report_as_json import Json, finite
from nnplayground.training.run.history import Curve

WIDTH = 21
QUANTILES = {"lowest": 0.0, "median": 0.5, "highest": 1.0}
FIGURES = {
    "train_cost": "train cost",
    "validation_cost": "validation cost",
    "test_cost": "test cost",
    "train_score": "train",
    "validation_score": "validation",
    "test_score": "test",
}


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


def many_summary(figures: Json) -> str:
    """Return what `runs_as_json` gives as text: how the runs ended, and how far they lie apart."""
    score = "accuracy" if figures["score"] == "accuracy" else "R squared"
    titles = {name: f"{title} {score}" if name.endswith("score") else title for name, title in FIGURES.items()}
    lines = [f"{len(figures['runs'])} runs in {figures['seconds']:.1f} s, {_reasons(figures)}."]
    lines += [f"The costs are those {figures['cost_unit']}."] if "cost_unit" in figures else []
    lines.append("")
    lines.append(f"{'':<{WIDTH}}" + "".join(f"{name:>10}" for name in QUANTILES))
    for name, title in titles.items():
        if figures["spread"][name] is not None:
            values = "".join(f"{figures['spread'][name][key]:>10.4g}" for key in QUANTILES)
            lines.append(f"{title:<{WIDTH}}{values}")
    return "\n".join(lines)


def _last(curve: Curve) -> Json:
    """Return the last measurements of a run."""
    return {name: finite(float(getattr(curve, name)[-1])) if len(curve) else None for name in FIGURES}


def _spread(values: list[float | None]) -> Json | None:
    """Return the lowest, the median and the highest of the values that there are."""
    known = [value for value in values if value is not None]
    return {name: float(np.quantile(known, share)) for name, share in QUANTILES.items()} if known else None


def _reasons(figures: Json) -> str:
    """Return how many runs stopped for which reason."""
    reasons = [str(run["stop_reason"]).replace("_", " ") for run in figures["runs"]]
    counts = {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}
    return ", ".join(f"{count} stopped: {reason}" for reason, count in counts.items())
