"""Which moments of a run an animation shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

Spacing: TypeAlias = Literal["even", "beginning"]


def spaced(epochs: Sequence[int], frames: int, spacing: Spacing) -> list[int]:
    """Return the epoch to show in each frame, of the `epochs` (ascending) whose moments were kept.

    `even`: the same number of epochs lies between two frames, as nearly as moments were kept; `beginning`: the same
    number of kept moments, which are dense at the beginning. The first and the last moment are among them when there
    are two frames or more; a single frame shows the last. One that stands for several frames comes several times.
    """
    if frames == 1:
        return [epochs[-1]]
    if spacing == "beginning":
        return [epochs[place] for place in np.linspace(0, len(epochs) - 1, frames).round().astype(int).tolist()]
    return [_nearest(epochs, wanted) for wanted in np.linspace(epochs[0], epochs[-1], frames).tolist()]


def _nearest(epochs: Sequence[int], wanted: float) -> int:
    place = bisect_left(epochs, wanted)
    around = epochs[max(0, place - 1) : place + 1]
    return min(around, key=lambda epoch: abs(epoch - wanted))
