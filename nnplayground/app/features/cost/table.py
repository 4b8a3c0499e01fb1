"""The curves of a plot as a table, to be saved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.app.features.cost.ghosts import Ghosts
from nnplayground.app.features.cost.measure import Measure
from nnplayground.app.features.cost.traces import Line, Trace
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.arrays import Floats


def table_of(measure: Measure, traces: Sequence[Trace], ghosts: Ghosts) -> dict[str, Floats]:
    """Return columns of equal length by their names: `epoch`, then each curve that has numbers.

    It begins with the first epoch of which anything is known: 0, unless the network was opened as it was trained.
    Curves that were left are counted, pinned ones called by their names.
    """
    parts: list[tuple[str, Line]] = list(zip(measure.columns, traces, strict=False))
    beside = [(f"left_{place}", ghost) for place, ghost in enumerate(ghosts.left, start=1)]
    pinned = [(ghost.source, ghost) for ghost in ghosts.pinned]
    beside += [(source.name, ghost) for source, ghost in pinned if isinstance(source, PinnedCurve)]
    for name, ghost in beside:
        parts += [(f"{name}_{column}", line) for column, line in zip(measure.columns, ghost.lines, strict=False)]
    parts = [(name, line) for name, line in parts if np.isfinite(line.values).any()]
    rows = max((len(line.values) for _, line in parts), default=0)
    table = {"epoch": np.arange(rows, dtype=np.float64)}
    for name, line in parts:
        table[name] = _padded(line, rows)
    known = [int(np.flatnonzero(np.isfinite(table[name]))[0]) for name, line in parts]
    first = min(known, default=0)
    return {name: column[first:] for name, column in table.items()}


def _padded(line: Line, rows: int) -> Floats:
    """Return the values of a line from its start on, NaN where it has none."""
    column = np.full(rows, np.nan)
    column[line.start : len(line.values)] = line.values[line.start :]
    return column
