"""What one run takes over from another, when an edit of the document keeps what was learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import carry_over
from nnplayground.engine.moving import moved_places
from nnplayground.training.run.start import pin
from nnplayground.training.run.tuning import kept_inputs

if TYPE_CHECKING:
    from nnplayground.training.run.run import Run


def carry_weights(before: Run, after: Run, parameters: Floats) -> None:
    """Write the weights of the run before into the `parameters` of the next one, where they have a place there."""
    kept = kept_inputs(before.data.features, after.data.features)
    carry_over(before.architecture, before.network.parameters, after.architecture, parameters, inputs=kept)
    pin(parameters, after.project.network.frozen, after.architecture)


def have_same_steps(one: Run, other: Run) -> bool:
    """Tell whether what the optimizer remembers of one run has a meaning for the other: the same numbers take steps."""
    before, after = (run.architecture.weighted[:-1] for run in (one, other))
    return _steps_of(one) == _steps_of(other) and moved_places(before, after) is None


def have_same_costs(one: Run, other: Run) -> bool:
    """Tell whether equal weights cost the same in both runs, so that one best epoch holds for both."""
    is_same_cost = one.data is other.data and one.data.rule.cost == other.data.rule.cost
    return is_same_cost and one.architecture == other.architecture


def _steps_of(run: Run) -> object:
    """What the memory of an optimizer goes with."""
    return run.architecture.shapes, run.data.features, run.project.training.optimizer.name
