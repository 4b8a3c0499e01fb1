"""A curve of another run, to be drawn over that of the present one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nnplayground.arrays import Floats


def _nothing() -> Floats:
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class PinnedCurve:
    """What a run that was pinned measured by epoch `[epochs + 1]`; empty where it has no such part or no score.

    `color` is the index of its class colour.
    """

    name: str
    color: int
    train: Floats
    test: Floats = field(default_factory=_nothing)
    train_score: Floats = field(default_factory=_nothing)
    test_score: Floats = field(default_factory=_nothing)
    validation: Floats = field(default_factory=_nothing)
    validation_score: Floats = field(default_factory=_nothing)
