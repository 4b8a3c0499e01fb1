"""Why a network learns nothing: from the facts of a run to the one cause that can be named, if there is any.

Nothing is said of a run that learns, however slowly it does, or that has only just begun. The causes are asked in the
order in which one hides the next: targets and inputs far from the size of 1, too long steps, units that do not react,
too short steps. Only where none of them holds, it is said what the network does instead of learning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.target_scaling import needs_scaling
from nnplayground.engine.statistics import flat_ends
from nnplayground.explain.pairs import reach
from nnplayground.message import Message
from nnplayground.project.model import Project
from nnplayground.training.observe.reports import LayerReport, Report
from nnplayground.training.run.history import Curve
from nnplayground.training.run.prepare import Prepared

FEWEST_EPOCHS = 20
"""So many epochs a run has to show what it can."""
PATIENT_EPOCHS = 100
"""So many where the only sign is that the cost does not fall: a plateau may be a long one."""
NOTHING_LEARNED = 0.05
"""A score that is no further above that of a constant answer has learned nothing."""
GOOD = 0.9
"""A score from here on needs no finding."""
JUMPED, ROSE = 3.0, 1.2
"""A cost so many times as high as at the beginning comes of too long steps; the smaller rise does where units died."""
STILL, SLOW = 0.01, 0.1
"""A cost that falls by a smaller share of itself stands still, or is suspected to."""
FAR = 10.0
"""Inputs further from 0, or wider, than this drive bounded activations into their flat ends."""
UNEQUAL = 100.0
"""Inputs of which one is so many times as wide as another are of very different size."""
NEARLY_ALL = 0.9
"""So large a share of dead units, or of answers from a flat end, leaves nothing to learn with."""
SHORT_STEPS, TINY_STEPS = 1e-3, 1e-4
"""Steps that in an epoch add up to less than these shares of the weights hardly move them, or do not at all."""
PLAIN_OPTIMIZERS = ("sgd", "momentum", "nesterov")
"""Those whose steps are as long as the gradient; all others bring them to the size of the rate."""


@dataclass(frozen=True, eq=False)
class Situation:
    """A run at one moment, and what was measured since training has the present settings.

    `report` is of this moment; without one only those causes are found that lie in the data or on the curve.
    """

    project: Project
    data: Prepared
    curve: Curve
    report: Report | None = None
    has_diverged: bool = False

    @property
    def epochs(self) -> int:
        """How many epochs the curve tells of."""
        return len(self.curve) - 1

    @cached_property
    def score(self) -> float:
        """The accuracy, or R², of the training part."""
        return float(self.curve.train_score[-1]) if len(self.curve) else float("nan")

    @property
    def constant_score(self) -> float:
        """What the best constant answer would score on the training part."""
        return self.data.largest_share

    @property
    def has_learned_nothing(self) -> bool:
        """Whether it does no better than a constant answer."""
        return not self.score > self.constant_score + NOTHING_LEARNED * (1.0 - self.constant_score)

    @property
    def is_poor(self) -> bool:
        """Whether there is much left to learn."""
        return not self.score >= GOOD

    @cached_property
    def jump(self) -> float:
        """How many times as high as at the beginning the cost has been, at most."""
        costs = self.curve.train_cost
        if not len(costs) or not costs[0] > 0.0:
            return 1.0
        return float(np.nanmax(costs) / costs[0])

    def fall(self, epochs: int) -> float:
        """Return the share of itself by which the cost has fallen over the last epochs."""
        costs = self.curve.train_cost[-epochs - 1 :]
        return float((costs[0] - costs[-1]) / costs[0]) if len(costs) and costs[0] > 0.0 else 0.0


def since(curve: Curve, epoch: int) -> Curve:
    """Return a curve from an epoch on, as if that were the first."""
    rows = {field.name: getattr(curve, field.name)[..., epoch:] for field in fields(Curve)}
    return Curve(**rows)


def is_suspicious(situation: Situation) -> bool:
    """Tell from data and curve alone whether there may be a cause; while training goes well there is none.

    Where it is so, a report of the layers can tell.
    """
    if situation.has_diverged:
        return True
    if situation.epochs < FEWEST_EPOCHS or not situation.is_poor:
        return False
    is_slow = situation.fall(situation.epochs) < SLOW
    return situation.has_learned_nothing or is_slow or _has_jumped(situation) or _inputs_are_far(situation)


def find_cause(situation: Situation) -> Message | None:
    """Return why nothing is learned; `None` where something is, where it is too early to tell, or no cause shows."""
    if not is_suspicious(situation):
        return None
    causes: tuple[Callable[[Situation], Message | None], ...] = (_targets, _inputs)
    if not situation.has_diverged:
        causes += (_out_of_reach, _long_steps, _dead, _saturated, _short_steps, _constant)
    return next(filter(None, (cause(situation) for cause in causes)), None)


def _targets(situation: Situation) -> Message | None:
    """Targets that are far from what a network answers at first, and that are learned as they are."""
    data = situation.data
    if data.samples.classes or data.target_scaling.is_used:
        return None
    if not (situation.has_learned_nothing or situation.has_diverged):
        return None
    values = data.samples.target_columns[data.train_rows]
    needing = needs_scaling(values)
    if not needing.any():
        return None
    place = int(needing.argmax())
    return Message("targets_unscaled", {"target": data.samples.target_names[place], **_span(values[:, place])})


def _inputs(situation: Situation) -> Message | None:
    """Inputs that are large or of very different size, and that the network sees as they are."""
    if not _inputs_are_far(situation):
        return None
    layers = _hidden(situation)
    is_flat = any(layer.statistics.saturated >= NEARLY_ALL and flat_ends(layer.activation or "") for layer in layers)
    if not (situation.has_diverged or situation.has_learned_nothing or (situation.is_poor and is_flat)):
        return None
    values = situation.data.train_inputs
    place = int(np.abs(values).max(axis=0).argmax())
    return Message("inputs_unscaled", {"input": situation.data.features[place], **_span(values[:, place])})


def _inputs_are_far(situation: Situation) -> bool:
    """Tell whether the network sees inputs of a size with which it starts badly."""
    data = situation.data
    if data.scaling.is_used or data.samples.image_shape is not None:
        return False
    mean, deviation = data.input_sizes
    varying = deviation[deviation > 0.0]
    is_unequal = len(varying) > 1 and varying.max() > UNEQUAL * varying.min()
    return bool((np.abs(mean) > FAR).any() or (deviation > FAR).any() or is_unequal)


def _out_of_reach(situation: Situation) -> Message | None:
    """Targets that the output activation cannot answer."""
    data, rule = situation.data, situation.data.rule
    if rule.classes or not situation.has_learned_nothing:
        return None
    low, high = reach(rule.activation)
    values = data.train_targets
    if ((values >= low) & (values <= high)).mean() > 0.5:
        return None
    return Message("out_of_reach", {"activation": rule.activation, **_span(data.learned_targets[data.train_rows])})


def _has_jumped(situation: Situation) -> bool:
    return situation.jump >= JUMPED


def _long_steps(situation: Situation) -> Message | None:
    """A learning rate that has thrown the weights far away."""
    costs = situation.curve.train_cost
    is_above = bool(costs[-1] > costs[0]) and situation.is_poor
    has_died = _most_dead(situation) >= NEARLY_ALL and situation.jump >= ROSE
    if not (_has_jumped(situation) or has_died) or not (situation.has_learned_nothing or is_above):
        return None
    facts = {"rate": _rate(situation), "first": float(costs[0]), "highest": float(np.nanmax(costs))}
    dead = _most_dead(situation)
    return Message("rate_too_large", {**facts, "dead": dead})


def _most_dead(situation: Situation) -> float:
    """Return the largest share of dead units that a hidden layer has."""
    return max((layer.statistics.dead for layer in _hidden(situation)), default=0.0)


def _dead(situation: Situation) -> Message | None:
    """A hidden layer in which no unit lets a gradient through."""
    worst = max(_hidden(situation), key=lambda layer: layer.statistics.dead, default=None)
    if worst is None or worst.statistics.dead < NEARLY_ALL or not situation.has_learned_nothing:
        return None
    return Message("dead_units", {**_place(worst), "share": worst.statistics.dead})


def _saturated(situation: Situation) -> Message | None:
    """A hidden layer that answers from the flat ends of its activation."""
    bent = [layer for layer in _hidden(situation) if layer.activation and flat_ends(layer.activation) == 2]
    worst = max(bent, key=lambda layer: layer.statistics.saturated, default=None)
    if worst is None or worst.statistics.saturated < NEARLY_ALL or not situation.has_learned_nothing:
        return None
    return Message("saturated_units", {**_place(worst), "share": worst.statistics.saturated})


def _short_steps(situation: Situation) -> Message | None:
    """A learning rate with which the weights hardly move."""
    if situation.report is None or not situation.is_poor:
        return None
    moved = _movement(situation)
    if moved >= SHORT_STEPS or (moved >= TINY_STEPS and not _stands_still(situation)):
        return None
    return Message("rate_too_small", {"rate": _rate(situation), "epochs": situation.epochs})


def _stands_still(situation: Situation) -> bool:
    return situation.fall(situation.epochs) < STILL


def _movement(situation: Situation) -> float:
    """Return by which share of their length an epoch has moved the weights of a layer at most, about."""
    layers = [layer.statistics for layer in situation.report.layers] if situation.report else []
    weights = [found.weight_norm for found in layers if found.weight_norm is not None]
    gradients = situation.curve.gradient_norms
    if len(weights) != len(gradients) or not np.isfinite(gradients).any() or not all(weights):
        return float("inf")
    training = situation.project.training
    longest = np.nan_to_num(gradients).max(axis=1)
    if not longest.any():
        return float("inf")  # nothing moves however long a step is, as where everything is frozen
    step = training.optimizer.learning_rate * -(-len(situation.data.train_rows) // training.batch_size)
    if training.optimizer.name not in PLAIN_OPTIMIZERS:
        return step
    return float((step * longest / np.array(weights)).max())


def _constant(situation: Situation) -> Message | None:
    """What a network does that answers the same to everything, where no cause is known."""
    if situation.epochs < PATIENT_EPOCHS or not situation.has_learned_nothing:
        return None
    if situation.fall(situation.epochs // 2) >= STILL:
        return None
    if not situation.data.samples.classes:
        return Message("answers_mean", {"score": situation.score}) if abs(situation.score) < NOTHING_LEARNED else None
    predicted = situation.report.train.predicted if situation.report else None
    if predicted is None or (predicted != predicted[0]).any():
        return None
    name = situation.data.samples.classes[int(predicted[0])]
    return Message("answers_one_class", {"class": name, "share": situation.score})


def _hidden(situation: Situation) -> list[LayerReport]:
    """Return the hidden layers of the report with an activation; none without a report."""
    if situation.report is None:
        return []
    return [layer for layer in situation.report.layers if not layer.is_output and layer.activation]


def _place(layer: LayerReport) -> dict[str, str | float]:
    """Return the number of a hidden layer with an activation as the editor counts it."""
    return {"layer": layer.number, "activation": layer.activation or layer.kind}


def _rate(situation: Situation) -> float:
    return situation.project.training.optimizer.learning_rate


def _span(values: Floats) -> dict[str, float]:
    """Return the ends of some values."""
    return {"low": float(values.min()), "high": float(values.max())}
