"""When training ends by itself, and why: the rule that fired, with its numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Literal, TypeAlias

from nnplayground.message import Facts, Message
from nnplayground.project.training_spec import StopSpec
from nnplayground.training.run.parts import Part

Rule: TypeAlias = Literal["target_cost", "flat", "patience", "gradient_norm", "max_epochs", "diverged", "cannot_begin"]


@dataclass(frozen=True)
class Stop:
    """Why a run stopped: the rule, its numbers as facts, whether the best weights are to be back."""

    rule: Rule
    facts: Facts = field(default_factory=dict, hash=False)
    restores_best: bool = False

    @property
    def has_diverged(self) -> bool:
        """Whether numbers are beyond all bounds: after some training, or from the first weights on."""
        return self.rule in ("diverged", "cannot_begin")

    @property
    def reason(self) -> Rule:
        """What files and other programs call the rule: a run that cannot begin counts as diverged."""
        return "diverged" if self.has_diverged else self.rule

    @property
    def message(self) -> Message:
        """What there is to tell a person."""
        return Message(f"stop.{self.rule}", self.facts)


@dataclass(frozen=True)
class EpochMeasures:
    """What the rules look at after an epoch; `gradient_norm` is NaN unless a rule asks for it.

    `scaled_targets` is of how many targets the cost is where these are scaled, else 0.
    """

    number: int
    train_cost: float
    test_cost: float | None
    gradient_norm: float = float("nan")
    validation_cost: float | None = None
    scaled_targets: int = 0

    @property
    def deciding(self) -> Part:
        """The part that patience and the best epoch watch: validation before test before training."""
        if self.validation_cost is not None:
            return "validation"
        return "train" if self.test_cost is None else "test"

    @property
    def watched_cost(self) -> float:
        """The cost of that part."""
        costs = {"train": self.train_cost, "validation": self.validation_cost, "test": self.test_cost}
        return costs[self.deciding] or 0.0


def watched_cost(row: Sequence[float]) -> float:
    """Return the cost that decides, of the measurements of an epoch in the order of the rows of a curve."""
    train, test, validation = row[0], row[1], row[4]
    return validation if not isnan(validation) else train if isnan(test) else test


def epoch_of(
    number: int, row: Sequence[float], norm: float = float("nan"), *, scaled_targets: int = 0
) -> EpochMeasures:
    """Return what the rules look at, of the measurements of an epoch in the order of the rows of a curve."""
    train_cost, test_cost, _, _, validation_cost, _ = row
    test, validation = (None if isnan(cost) else cost for cost in (test_cost, validation_cost))
    return EpochMeasures(number, train_cost, test, norm, validation, scaled_targets)


class Improvement:
    """The lowest value of one cost so far, and how long ago it was reached."""

    def __init__(self, epoch: int = 0) -> None:
        self.best = float("inf")
        self.epoch = epoch

    def watch(self, cost: float, *, epoch: int, min_delta: float) -> bool:
        """Take in one more epoch; tells whether it is the best so far, by at least `min_delta`."""
        better = cost < self.best - min_delta or self.best == float("inf")
        if better:
            self.best, self.epoch = cost, epoch
        return better

    def copy(self) -> Improvement:
        """Return one that has seen the same and goes on by itself."""
        result = Improvement(self.epoch)
        result.best = self.best
        return result


class Rules:
    """All stopping rules of one run. They see every epoch once and are then asked why to stop, if at all."""

    def __init__(self, seen: tuple[Improvement, ...] = ()) -> None:
        # Patience and "flat" ask for a fall by `min_delta`; the best weights are simply those with the lowest cost.
        self._seen = seen or (Improvement(), Improvement(), Improvement())
        self._watched, self._trained, self._lowest = self._seen

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest cost so far of the part that decides: validation, else test, else training."""
        return self._lowest.epoch

    @classmethod
    def begun_at(cls, epoch: int) -> Rules:
        """Return rules that have seen nothing yet, for a run that begins with so many epochs behind it."""
        return cls((Improvement(epoch), Improvement(epoch), Improvement(epoch)))

    def copy(self) -> Rules:
        """Return rules that have seen the same and go on by themselves."""
        return Rules(tuple(one.copy() for one in self._seen))

    def waiting_anew(self) -> Rules:
        """Return rules that wait as if they had seen nothing, but still know which epoch was the best."""
        return Rules((Improvement(), Improvement(), self._lowest.copy()))

    def watch(self, spec: StopSpec, epoch: EpochMeasures) -> bool:
        """Take in one more epoch; tells whether its cost is the lowest so far.

        Patience watches the validation cost where there is one, else the test cost, else the training cost.
        """
        watched = epoch.watched_cost
        self._trained.watch(epoch.train_cost, epoch=epoch.number, min_delta=spec.min_delta)
        self._watched.watch(watched, epoch=epoch.number, min_delta=spec.min_delta)
        return self._lowest.watch(watched, epoch=epoch.number, min_delta=0.0)

    def stop(self, spec: StopSpec, epoch: EpochMeasures, *, ignored: Collection[str] = ()) -> Stop | None:
        """Return why to stop, or nothing; rules in `ignored` are not asked."""
        found = (
            _reached_target(spec, epoch),
            self._flat(spec, epoch),
            self._out_of_patience(spec, epoch),
            _short_gradient(spec, epoch),
            _enough_epochs(spec, epoch),
        )
        return next((stop for stop in found if stop is not None and stop.rule not in ignored), None)

    def _out_of_patience(self, spec: StopSpec, epoch: EpochMeasures) -> Stop | None:
        waited = epoch.number - self._watched.epoch
        if spec.patience is None or waited < spec.patience:
            return None
        facts: Facts = {
            "part": epoch.deciding,
            "scaled_targets": epoch.scaled_targets,
            "min_delta": spec.min_delta,
            "best": self._watched.best,
            "waited": waited,
            "best_epoch": self._lowest.epoch,
        }
        return Stop("patience", facts, restores_best=True)

    def _flat(self, spec: StopSpec, epoch: EpochMeasures) -> Stop | None:
        waited = epoch.number - self._trained.epoch
        if spec.flat_epochs is None or waited < spec.flat_epochs:
            return None
        best = {"min_delta": spec.min_delta, "best": self._trained.best}
        return Stop("flat", {"scaled_targets": epoch.scaled_targets, **best, "waited": waited})


def _reached_target(spec: StopSpec, epoch: EpochMeasures) -> Stop | None:
    if spec.target_cost is None or epoch.train_cost > spec.target_cost:
        return None
    costs = {"cost": epoch.train_cost, "target": spec.target_cost}
    return Stop("target_cost", {"scaled_targets": epoch.scaled_targets, **costs})


def _short_gradient(spec: StopSpec, epoch: EpochMeasures) -> Stop | None:
    if spec.gradient_norm is None or not epoch.gradient_norm <= spec.gradient_norm:
        return None
    return Stop("gradient_norm", {"length": epoch.gradient_norm, "limit": spec.gradient_norm})


def _enough_epochs(spec: StopSpec, epoch: EpochMeasures) -> Stop | None:
    if spec.max_epochs is None or epoch.number < spec.max_epochs:
        return None
    return Stop("max_epochs", {"epochs": epoch.number})


def hopeless_start() -> Stop:
    """Return the stop of a run that cannot even begin: the cost of its first weights is no finite number."""
    return Stop("cannot_begin")


def divergence(*, epoch: int, learning_rate: float) -> Stop:
    """Return the stop of a run whose numbers have become too large to compute with, after so many whole epochs."""
    return Stop("diverged", {"epoch": epoch + 1, "rate": learning_rate})
