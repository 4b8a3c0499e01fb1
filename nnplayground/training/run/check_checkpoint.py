"""Whether a checkpoint that comes from outside is one that a run can go on from."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from nnplayground.engine.costs import COSTS
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.errors import FieldError
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.streams import GeneratorState

MOST = 10**15
"""Larger than every count of epochs and steps."""


def check_checkpoint(moment: Checkpoint) -> None:
    """Raise `FieldError` for the first field that does not fit the others, or that no run could have."""
    _check_counts(moment)
    _check_arrays(moment)
    _check_orders(moment)
    _check_rate(moment)
    for name in ("shuffling", "dropout"):
        _check_generator(name, getattr(moment, name))


def _check_counts(moment: Checkpoint) -> None:
    if moment.cost not in COSTS:
        raise FieldError("cost", moment.cost, f"one of {', '.join(COSTS)}")
    if not len(moment.curve):
        raise FieldError("curve", len(moment.curve), "a curve of at least one measurement")
    _check_count("samples", moment.samples, low=1)
    _check_count("sample", moment.sample, high=moment.samples - 1)
    _check_count("steps", moment.steps)
    _check_count("memory_steps", moment.memory_steps)
    _check_count("schedule_start", moment.schedule_start, low=-MOST, high=moment.epoch)
    for name in ("deciding", "train", "lowest"):
        _check_count(f"rules.{name}.epoch", getattr(moment.rules, name).epoch, high=moment.epoch)


def _check_arrays(moment: Checkpoint) -> None:
    count = moment.architecture.parameter_count
    for name in ("parameters", "best", "last_finite"):
        shape = getattr(moment, name).shape
        if shape != (count,):
            raise FieldError(f"the shape of {name}", shape, f"[{count}], one number for each weight and bias")
    vectors = OPTIMIZERS[moment.training.optimizer.name].vectors
    if moment.memory.shape != (vectors, count):
        raise FieldError("the shape of memory", moment.memory.shape, f"[{vectors}, {count}]")


def _check_orders(moment: Checkpoint) -> None:
    for order in moment.orders or ():
        if order.shape != (moment.samples,) or order.min() < 0 or order.max() >= moment.samples:
            raise FieldError("orders", order.shape, f"an order of {moment.samples} samples")
        if np.bincount(order, minlength=moment.samples).max() > 1:
            raise FieldError("orders", order.shape, "an order in which each sample stands once")
    if moment.orders is not None and len(moment.orders) != 1:
        raise FieldError("orders", len(moment.orders), "a list of one order")


def _check_rate(moment: Checkpoint) -> None:
    rate, plateau = moment.rate, moment.rate.plateau
    try:
        ScheduleSpec(name=rate.schedule, **asdict(rate.settings))
        OptimizerSpec(learning_rate=rate.base)
    except FieldError as error:
        raise error.within("rate") from None
    if not 0.0 < plateau.cut <= 1.0:
        raise FieldError("rate.plateau.cut", plateau.cut, "a number above 0, and at most 1")
    _check_count("rate.plateau.waited", plateau.waited)


def _check_generator(name: str, state: GeneratorState) -> None:
    for field, bits in (("state", 128), ("increment", 128), ("half", 32)):
        if not 0 <= getattr(state, field) < 1 << bits:
            raise FieldError(f"{name}.{field}", getattr(state, field), f"a whole number of {bits} bits")


def _check_count(place: str, value: int, *, low: int = 0, high: int = MOST) -> None:
    if not low <= value <= high:
        raise FieldError(place, value, f"a whole number from {low:,} to {high:,}")
