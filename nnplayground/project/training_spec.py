"""The part of the document that says how the network learns."""

from __future__ import annotations

from dataclasses import dataclass, field

from nnplayground.engine.costs import COSTS
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from nnplayground.project.limits import Choice, Flag, Number, Whole, check, limited, part, readers


@dataclass(frozen=True)
class OptimizerSpec:
    """How the gradient becomes a step."""

    name: str = limited("sgd", Choice(tuple(OPTIMIZERS), "How the gradient becomes a step."))
    learning_rate: float = limited(
        0.03,
        Number(0.0, 1e7, "How far each step goes along the gradient; too large and training diverges.", above_low=True),
    )
    momentum: float = limited(
        0.9,
        Number(0.0, 0.9999, "How much of the last step's speed is kept."),
        only_for=readers(OPTIMIZERS, "momentum"),
    )
    decay: float = limited(
        0.99,
        Number(0.0, 0.9999, "How slowly the mean of the squared gradients forgets."),
        only_for=readers(OPTIMIZERS, "decay"),
    )
    beta1: float = limited(
        0.9, Number(0.0, 0.9999, "How slowly the mean gradient forgets."), only_for=readers(OPTIMIZERS, "beta1")
    )
    beta2: float = limited(
        0.999,
        Number(0.0, 0.999999, "How slowly the mean of the squared gradients forgets."),
        only_for=readers(OPTIMIZERS, "beta2"),
    )
    epsilon: float = limited(
        1e-8,
        Number(0.0, 1.0, "Keeps the division by a tiny number in bounds.", above_low=True),
        only_for=readers(OPTIMIZERS, "epsilon"),
    )
    weight_decay: float = limited(
        0.01,
        Number(0.0, 100.0, "How much every weight shrinks on its own in each step."),
        only_for=readers(OPTIMIZERS, "weight_decay"),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class ScheduleSpec:
    """How the learning rate changes from epoch to epoch."""

    name: str = limited("constant", Choice(tuple(SCHEDULES), "How the learning rate changes from epoch to epoch."))
    every: int = limited(
        50, Whole(1, 1_000_000, "After how many epochs the rate is cut."), only_for=readers(SCHEDULES, "every")
    )
    factor: float = limited(
        0.5, Number(0.0, 1.0, "What the rate is multiplied by.", above_low=True), only_for=readers(SCHEDULES, "factor")
    )
    period: int = limited(
        200, Whole(1, 1_000_000, "How many epochs the way down takes."), only_for=readers(SCHEDULES, "period")
    )
    lowest: float = limited(
        0.0, Number(0.0, 1.0, "The share of the rate that is left at the end."), only_for=readers(SCHEDULES, "lowest")
    )
    epochs: int = limited(
        10, Whole(1, 1_000_000, "How many epochs the way up takes."), only_for=readers(SCHEDULES, "epochs")
    )
    start: float = limited(
        0.1, Number(0.0, 1.0, "The share of the rate at the start."), only_for=readers(SCHEDULES, "start")
    )
    patience: int = limited(
        10,
        Whole(
            0,
            1_000_000,
            "After how many epochs without a better cost (of the validation part, else the test part) the rate is cut.",
        ),
        only_for=readers(SCHEDULES, "patience"),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class StopSpec:
    """When training stops by itself; null switches a rule off."""

    max_epochs: int | None = limited(
        None, Whole(1, 1_000_000_000, "Stop after this many passes through the training data.", optional=True)
    )
    patience: int | None = limited(
        None,
        Whole(
            1,
            1_000_000,
            "Stop when the cost has not improved for this many epochs: that of the validation part, without one that "
            "of the test part, without both that of training. The best epoch is chosen on the same part.",
            optional=True,
        ),
    )
    flat_epochs: int | None = limited(
        None,
        Whole(1, 1_000_000, "Stop when the training cost has not fallen for this many epochs.", optional=True),
    )
    gradient_norm: float | None = limited(
        None,
        Number(0.0, 1e9, "Stop when the gradient over all training samples is not longer than this.", optional=True),
    )
    min_delta: float = limited(
        0.0001,
        Number(
            0.0, 1e6, "The smallest fall of the cost (of the scaled target, if it is scaled) that is an improvement."
        ),
    )
    target_cost: float | None = limited(
        None,
        Number(
            0.0,
            1e9,
            "Stop when the training cost has fallen to this; where the target is scaled, that of the scaled target.",
            optional=True,
        ),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class TrainingSpec:
    """How the network learns."""

    cost: str = limited(
        "auto", Choice(("auto", *COSTS), "The number that training makes small; auto fits it to the data.")
    )
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec, metadata=part(OptimizerSpec))
    schedule: ScheduleSpec = field(default_factory=ScheduleSpec, metadata=part(ScheduleSpec))
    batch_size: int = limited(10, Whole(1, 100_000, "How many samples are averaged for one step."))
    shuffle: bool = limited(True, Flag("Whether the samples are put in a new order for every epoch."))
    l1: float = limited(
        0.0, Number(0.0, 100.0, "Penalty on the size of the weights; drives useless ones to exactly zero.")
    )
    l2: float = limited(0.0, Number(0.0, 100.0, "Penalty on the squares of the weights; keeps all of them small."))
    clip_norm: float | None = limited(
        None,
        Number(
            0.0,
            1e9,
            "The longest gradient that is used; a longer one is shortened to this.",
            optional=True,
            above_low=True,
        ),
    )
    stop: StopSpec = field(default_factory=StopSpec, metadata=part(StopSpec))

    def __post_init__(self) -> None:
        check(self)
