"""The one edit that mends a cause why nothing is learned, where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from nnplayground.message import Message
from nnplayground.project.edits import new_weights, set_value
from nnplayground.project.limits import rule_of
from nnplayground.project.model import Project
from nnplayground.project.training_spec import OptimizerSpec

Edit: TypeAlias = Callable[[Project], Project]
SLOWER, FASTER = 0.1, 10.0
"""By how much a learning rate that is too large or too small is changed."""


@dataclass(frozen=True)
class Remedy:
    """An edit that mends a cause, and its name among the messages.

    What the present weights would stand in the way of `restarts` the training after the edit.
    """

    name: str
    edit: Edit
    restarts: bool = False

    @property
    def title(self) -> Message:
        """What a button for it is called."""
        return Message(f"remedy.{self.name}")

    @property
    def help(self) -> Message:
        """What it does, and whether training starts over."""
        return Message(f"remedy.{self.name}.help")


def remedy_of(message: Message) -> Remedy | None:
    """Return the edit that mends a cause, or `None` where more than one would have to be tried."""
    return REMEDIES.get(message.id)


def _scale_target(project: Project) -> Project:
    return set_value(project, "data.target_scaling", "standardize")


def _scale_inputs(project: Project) -> Project:
    return set_value(project, "data.scaling", "standardize")


def _linear_outputs(project: Project) -> Project:
    return set_value(project, "network.output_activation", "identity")


def _times(factor: float, project: Project) -> Project:
    """Return the project with another learning rate."""
    return set_value(
        project, "training.optimizer.learning_rate", rounded_rate(project.training.optimizer.learning_rate, factor)
    )


def rounded_rate(rate: float, factor: float) -> float:
    """Return a learning rate times a factor, as a person would write it and as far as it is allowed."""
    highest: float = rule_of(OptimizerSpec, "learning_rate").high
    return min(float(f"{rate * factor:.6g}"), highest) or rate


_NEW_WEIGHTS = Remedy("new_weights", new_weights)

REMEDIES = {
    "targets_unscaled": Remedy("scale_target", _scale_target),
    "inputs_unscaled": Remedy("scale_inputs", _scale_inputs, restarts=True),
    "out_of_reach": Remedy("linear_outputs", _linear_outputs),
    "rate_too_large": Remedy("smaller_rate", partial(_times, SLOWER), restarts=True),
    "dead_units": _NEW_WEIGHTS,
    "saturated_units": _NEW_WEIGHTS,
    "rate_too_small": Remedy("larger_rate", partial(_times, FASTER)),
}
"""The edits by the causes that they mend; what training cannot lead out of `restarts` it."""
