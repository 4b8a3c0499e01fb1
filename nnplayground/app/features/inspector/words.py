"""What the inspector says in sentences; numbers and names in, words out."""

from __future__ import annotations

from math import isfinite

import numpy as np

from nnplayground.app.text.titles import ACTIVATIONS, OPTIMIZERS
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.inspections import Inspection, Range

EMPTY = (
    "Select something in the network to see its numbers here: Ctrl+click a neuron, click an edge, or click the name "
    "of a layer. Or choose a layer above."
)
NOTHING_YET = "The numbers appear here as soon as there is a network that can be trained."
NO_SLOPE = "step"
ZEROS = "relu"


def percent(share: float) -> str:
    """Return a share in per cent; never 0 % or 100 % unless that is exact."""
    if share in (0.0, 1.0):
        return f"{100.0 * share:.0f} %"
    return f"{min(max(100.0 * share, 0.1), 99.9):.{1 if share < 0.1 or share > 0.99 else 0}f} %"


def count(number: int, thing: str) -> str:
    """Return a number of things, such as "4 neurons"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def neuron_state(inspection: Inspection, unit: int, *, activation: str, is_off: bool) -> tuple[str, bool]:
    """Return in one sentence whether a neuron still learns, and whether that is worth a warning."""
    found = inspection.range
    if is_off:
        return "Switched off: it answers 0 to everything, and nothing is learned through it.", False
    if found is not None and found.histogram.not_finite:
        return "Some sums are no finite numbers any more: the weights have grown too large. Restart.", True
    if activation == NO_SLOPE:
        return "A step has no slope anywhere, so nothing in front of it is learned.", True
    if inspection.dead[unit]:
        zero = "it answers 0 to every sample" if activation == ZEROS else "its slope is exactly 0 for every sample"
        return f"Dead: {zero}, so nothing is learned through it.", True
    return _saturation(float(inspection.saturated[unit]), activation), False


def _saturation(share: float, activation: str) -> str:
    """Return for how many samples a neuron that is alive learns little."""
    if activation == ZEROS:
        return f"Answers 0 to {percent(share)} of the samples and learns from the others only."
    if share:
        return f"Saturated for {percent(share)} of the samples: the slope there is almost 0, so little is learned."
    return "Saturated for none of the samples: it can learn from all of them."


def range_words(found: Range, samples: int, *, symbol: str = "z") -> str:
    """Return where the sums of a neuron lie."""
    if not isfinite(found.low):
        return "No sum is a finite number: the weights have grown too large."
    low, high = number_text(found.low), number_text(found.high)
    return f"For 90 % of {count(samples, 'training sample')} {symbol} lies between {low} and {high}."


def below_words(inspection: Inspection) -> str:
    """Return how many of the inputs of a neuron are dead or saturated; empty where they are data."""
    dead, saturated = inspection.below_dead, inspection.below_saturated
    if dead is None or saturated is None:
        return ""
    text = f"Of its {count(len(dead), 'input')}, {int(dead.sum()) or 'none'} {'is' if dead.sum() <= 1 else 'are'} dead"
    return f"{text}; on the average they are saturated for {percent(float(saturated.mean()))} of the samples."


def layer_state(inspection: Inspection, *, activation: str, thing: str) -> list[str]:
    """Return in sentences how many neurons of a layer still learn."""
    every, dead = len(inspection.dead), int(inspection.dead.sum())
    saturated = percent(float(inspection.saturated.mean()))
    if activation == NO_SLOPE:
        return ["A step has no slope anywhere, so nothing in front of this layer is learned."]
    who = (
        f"All {every:,} are"
        if dead == every > 1
        else f"{dead:,} of {count(every, thing)} {'is' if dead == 1 else 'are'}"
    )
    kind = "Zero" if activation == ZEROS else "Saturated"
    share = f"{saturated} of the samples on the average" if inspection.saturated.any() else "none of the samples"
    return [f"{who} dead." if dead else f"No {thing} is dead.", f"{kind} for {share}."]


def shape_words(out: int, below: int, *, thing: str) -> str:
    """Return the shape of a matrix spelled out."""
    each = f"{count(out, thing)} with {count(below, 'input')}" + (" each" if out > 1 else "")
    return f"W[out, in] = {out:,} × {below:,}: {each}; b has {count(out, 'number')}."


def size_words(matrix: Floats) -> str:
    """Return how many parameters a layer has, and how large its weights are."""
    weights = matrix[:, :-1]
    with np.errstate(all="ignore"):
        mean = number_text(float(np.abs(weights).mean()))
    return f"{matrix.size:,} weights and biases; the mean size of a weight |W| is {mean}."


def gradient_words(gradient: float | None, *, frozen: bool) -> str:
    """Return the last gradient of a weight in plain words; that of a frozen one is not asked for."""
    if frozen:
        return ""
    if gradient is None:
        return "No gradient yet: train on a batch first."
    if gradient == 0.0:
        return "Last gradient 0: the last batch did not ask for any change."
    way = "raise" if gradient > 0 else "lower"
    return f"Last gradient {number_text(gradient)}: a larger weight would {way} the cost of the last batch."


def step_words(value: float, gradient: float | None, training: TrainingSpec, *, frozen: bool) -> str:
    """Return what a step of plain gradient descent would do to a weight."""
    if frozen:
        return "It is frozen: training leaves it alone."
    if gradient is None:
        return ""
    rate = training.optimizer.learning_rate
    step = -rate * gradient
    text = (
        f"A step of plain SGD adds −{rate:g} × {_bracketed(gradient)} = {number_text(step)}, "
        f"which makes it {number_text(value + step)}."
    )
    name = training.optimizer.name
    return text if name == "sgd" else f"{text} {OPTIMIZERS[name].name} makes another step of the same gradient."


def _bracketed(value: float) -> str:
    """Return a number as it stands behind a times sign."""
    return f"({number_text(value)})" if value < 0 else number_text(value)


def activation_words(name: str) -> str:
    """Return an activation with the sentence about it."""
    title = ACTIVATIONS[name]
    return f"{title.name}. {title.help}"


def scaling_words(name: str, shift: float, scale: float) -> str:
    """Return what the network sees of an input."""
    if shift == 0.0 and scale == 1.0:
        return f"{name} as it is"
    minus = f"{name} − {number_text(shift)}" if shift > 0 else f"{name} + {number_text(-shift)}"
    inner = name if shift == 0.0 else f"({minus})"
    return inner if scale == 1.0 else f"{inner} / {number_text(scale)}"
