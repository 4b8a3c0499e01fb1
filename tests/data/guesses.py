"""What is guessed of a table where nothing was chosen, for tests."""

from __future__ import annotations

from nnplayground.data.columns import guess_inputs, guess_targets
from nnplayground.data.table import Table


def guess_columns(table: Table) -> tuple[tuple[str, ...], str]:
    """Return the inputs and the one target that are guessed."""
    (target,) = guess_targets(table).targets
    return guess_inputs(table, target), target
