"""Numbers of a plot as columns of a table for other programs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nnplayground.arrays import Floats


def of_one_length(columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return columns `[rows]` as they are in a table: the shorter ones are filled up with NaN, an empty cell."""
    most = max(map(len, columns.values()), default=0)
    return {name: np.concatenate([values, np.full(most - len(values), np.nan)]) for name, values in columns.items()}
