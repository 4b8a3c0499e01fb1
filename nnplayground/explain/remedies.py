"""What is said of a cause that keeps a network from learning, and the one edit that mends it where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from nnplayground.explain.message import Message
from nnplayground.project.edits import new_weights, set_value
from nnplayground.project.model import Project

Edit: TypeAlias = Callable[[Project], Project]
TENTH = 10.0

SENTENCES = {
    "targets_unscaled": (
        "Nothing is learned, as {target} lies between {low} and {high}, far from the size of 1 with which a network "
        "learns well. Scale the target."
    ),
    "inputs_unscaled": (
        "The inputs are of very different size, or far from 0: {input} lies between {low} and {high}. "
        "The neurons hardly tell the samples apart. Scale the inputs."
    ),
    "out_of_reach": (
        "The target lies between {low} and {high}, which {activation} outputs cannot answer. Take linear outputs."
    ),
    "rate_too_large": (
        "The learning rate {rate:,g} is too large: the cost rose from {first:.3g} to {highest:.3g}{died}. "
        "Start again with a tenth of it."
    ),
    "dead_units": (
        "Layer {layer} is dead: {share} of its {activation} units answer the same to every sample, and no gradient "
        "gets through them. Draw other weights, or take leaky ReLU."
    ),
    "saturated_units": (
        "In layer {layer}, {share} of the answers come from the flat ends of {activation}, where it hardly learns. "
        "Draw other weights, or smaller ones."
    ),
    "rate_too_small": (
        "The learning rate {rate:,g} is too small: after {epochs:,} epochs the weights have hardly moved. "
        "Take ten times as much."
    ),
    "answers_mean": (
        "The network answers about the mean to everything (R² {score:.2f}), and the cost stands still. "
        "Give it hidden neurons, other features, or a larger learning rate."
    ),
    "answers_one_class": (
        "The network takes every sample for {class}; its accuracy of {share} is the share of that class. "
        "Give it hidden neurons, other weights, or a larger learning rate."
    ),
}
"""What is said, with places for the facts."""


@dataclass(frozen=True)
class Remedy:
    """An edit that mends a cause: the words on its button, and what it does.

    What the present weights would stand in the way of `restarts` the training after the edit.
    """

    title: str
    help: str
    edit: Edit
    restarts: bool = False


def sentence_of(message: Message) -> str:
    """Return the cause in a few words that name the remedy as well."""
    facts = dict(message.facts)
    if "activation" in facts:
        facts["activation"] = str(facts["activation"]).replace("relu", "ReLU").replace("_", " ")
    if "share" in facts:
        facts["share"] = _percent(float(facts["share"]))
    if message.id == "rate_too_large":
        dead = float(facts["dead"])
        facts["died"] = f", and {_percent(dead)} of the units of a layer are dead" if dead > 0.0 else ""
    return SENTENCES[message.id].format(**facts)


def _percent(share: float) -> str:
    """Return a share in whole percent; one that is not all is never 100 %, and one that is not nothing never 0 %."""
    whole = round(100.0 * share)
    return f"{min(max(whole, 1), 99) if 0.0 < share < 1.0 else whole} %"


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
    """Return the project with another learning rate, as a person would write it."""
    rate = float(f"{project.training.optimizer.learning_rate * factor:.6g}")
    return set_value(project, "training.optimizer.learning_rate", rate)


def _slower(project: Project) -> Project:
    return _times(1.0 / TENTH, project)


def _faster(project: Project) -> Project:
    return _times(TENTH, project)


ANEW = "Training starts over; undo takes it back."
_NEW_WEIGHTS = Remedy("New weights", f"Draw other first weights. {ANEW}", new_weights)

REMEDIES = {
    "targets_unscaled": Remedy("Scale the target", f"Standardize the target for training. {ANEW}", _scale_target),
    "inputs_unscaled": Remedy("Scale the inputs", "Standardize the inputs; undo takes it back.", _scale_inputs, True),
    "out_of_reach": Remedy("Linear outputs", f"Take outputs that can answer any number. {ANEW}", _linear_outputs),
    "rate_too_large": Remedy(
        "A tenth of the rate", "Back to epoch 0 with a tenth of the learning rate; undo brings it back.", _slower, True
    ),
    "dead_units": _NEW_WEIGHTS,
    "saturated_units": _NEW_WEIGHTS,
    "rate_too_small": Remedy("Ten times the rate", "Train on with ten times the learning rate.", _faster),
}
"""The edits by the causes that they mend; what training cannot lead out of `restarts` it."""
