"""What many seeds tell of luck: how far apart runs end that differ only by what is drawn at random."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.message import Facts, Message
from nnplayground.training.many.seeds import Criterion, Study

CLOSE, FAR = 0.1, 0.5
"""Up to which share of the median's fall the middle 80 % of the runs lie close together, and from which far apart."""
FEW = 0.1


def luck_in(study: Study, criterion: Criterion) -> Message:
    """Return what the curves of a study say of luck, with the numbers it rests on."""
    alive = study.costs[~study.diverged]
    if not len(alive):
        return Message("luck.all_diverged")
    diverged, runs = int(study.diverged.sum()), len(study.seeds)
    lost = (Message("luck.diverged", {"diverged": diverged, "runs": runs}),) if diverged else ()
    gain = float(study.band.quantiles[3, 0]) - float(np.median(alive))
    if not gain > 0.0:
        return Message("luck.nothing_learned", {"lost": lost})
    apart = _apart(alive)
    numbers = Message("luck.numbers", {"apart": apart, "gain": gain, "lost": lost})
    what = Message("luck.in_weights" if study.vary == "weights" else "luck.in_all")
    facts: Facts = {"what": what, "numbers": numbers}
    share = apart / gain
    if share <= CLOSE:
        return Message("luck.decides_success" if _is_mixed(study, criterion) else "luck.matters_little", facts)
    return Message("luck.matters" if share <= FAR else "luck.decides", facts)


def _is_mixed(study: Study, criterion: Criterion) -> bool:
    """Tell whether some runs succeed and some do not, more than a few of either."""
    share = float(study.succeeded(criterion).mean())
    return FEW < share < 1.0 - FEW


def _apart(costs: Floats) -> float:
    """Return how far apart the ends of the middle 80 % of the runs lie."""
    low, high = np.quantile(costs, [0.1, 0.9]).tolist()
    return float(high - low)
