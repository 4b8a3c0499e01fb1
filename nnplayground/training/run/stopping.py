"""When training ends by itself, and why: the rule that fired, with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from math import inf, isnan
from typing import Literal, TypeAlias

from nnplayground.message import Facts, Message
from nnplayground.project.training_spec import StopSpec
from nnplayground.training.run.parts import HELD_OUT, Part, deciding_part

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
        return deciding_part([part for part in HELD_OUT if self._costs[part] is not None])

    @property
    def watched_cost(self) -> float:
        """The cost of that part."""
        return self._costs[self.deciding] or 0.0

    @property
    def _costs(self) -> dict[Part, float | None]:
        return {"train": self.train_cost, "validation": self.validation_cost, "test": self.test_cost}


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


@dataclass(frozen=True, slots=True)
class Improvement:
    """The lowest value of one cost so far, and the epoch in which it was reached."""

    epoch: int = 0
    best: float = inf

    def watched(self, cost: float, epoch: int, min_delta: float = 0.0) -> Improvement:
        """Return what is known after one more epoch: itself unless the cost is lower, by at least `min_delta`."""
        is_better = cost < self.best - min_delta or self.best == inf
        return Improvement(epoch, cost) if is_better else self


@dataclass(frozen=True, slots=True)
class Rules:
    """What the stopping rules of one run have seen.

    `deciding` and `train` are the falls by `min_delta` of the deciding cost and of the training cost, for which
    patience and "flat" wait; `lowest` is the lowest deciding cost, whose weights are the best ones.
    """

    deciding: Improvement = Improvement()
    train: Improvement = Improvement()
    lowest: Improvement = Improvement()

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest cost so far of the part that decides: validation, else test, else training."""
        return self.lowest.epoch

    @classmethod
    def begun_at(cls, epoch: int) -> Rules:
        """Return rules that have seen nothing yet, for a run that begins with so many epochs behind it."""
        return cls(Improvement(epoch), Improvement(epoch), Improvement(epoch))

    def waiting_anew(self) -> Rules:
        """Return rules that wait as if they had seen nothing, but still know which epoch was the best."""
        return Rules(lowest=self.lowest)

    def watched(self, spec: StopSpec, epoch: EpochMeasures) -> Rules:
        """Return the rules after one more epoch; its cost was the lowest so far where `lowest` is another one then."""
        number, cost, fall = epoch.number, epoch.watched_cost, spec.min_delta
        return Rules(
            self.deciding.watched(cost, number, fall),
            self.train.watched(epoch.train_cost, number, fall),
            self.lowest.watched(cost, number),
        )

    def stop(self, spec: StopSpec, epoch: EpochMeasures, *, ignored: Collection[str] = ()) -> Stop | None:
        """Return why to stop, or nothing; rules in `ignored` are not asked."""
        for rule in STOPPING_RULES:
            limit = getattr(spec, rule.setting)
            stop = None if limit is None else rule.judge(limit, spec, self, epoch)
            if stop is not None and stop.rule not in ignored:
                return stop
        return None


def _reached_target(limit: float, _spec: StopSpec, _rules: Rules, epoch: EpochMeasures) -> Stop | None:
    if epoch.train_cost > limit:
        return None
    return Stop("target_cost", {"scaled_targets": epoch.scaled_targets, "cost": epoch.train_cost, "target": limit})


def _flat(limit: float, spec: StopSpec, rules: Rules, epoch: EpochMeasures) -> Stop | None:
    waited = epoch.number - rules.train.epoch
    if waited < limit:
        return None
    best = {"min_delta": spec.min_delta, "best": rules.train.best}
    return Stop("flat", {"scaled_targets": epoch.scaled_targets, **best, "waited": waited})


def _out_of_patience(limit: float, spec: StopSpec, rules: Rules, epoch: EpochMeasures) -> Stop | None:
    waited = epoch.number - rules.deciding.epoch
    if waited < limit:
        return None
    facts: Facts = {
        "part": epoch.deciding,
        "scaled_targets": epoch.scaled_targets,
        "min_delta": spec.min_delta,
        "best": rules.deciding.best,
        "waited": waited,
        "best_epoch": rules.lowest.epoch,
    }
    return Stop("patience", facts, restores_best=True)


def _short_gradient(limit: float, _spec: StopSpec, _rules: Rules, epoch: EpochMeasures) -> Stop | None:
    if not epoch.gradient_norm <= limit:
        return None
    return Stop("gradient_norm", {"length": epoch.gradient_norm, "limit": limit})


def _enough_epochs(limit: float, _spec: StopSpec, _rules: Rules, epoch: EpochMeasures) -> Stop | None:
    return None if epoch.number < limit else Stop("max_epochs", {"epochs": epoch.number})


@dataclass(frozen=True)
class StoppingRule:
    """A rule: the field of `StopSpec` with its limit, and what judges an epoch by that limit where it is set."""

    setting: str
    judge: Callable[[float, StopSpec, Rules, EpochMeasures], Stop | None]


EPOCH_LIMIT = StoppingRule("max_epochs", _enough_epochs)
STOPPING_RULES = (
    StoppingRule("target_cost", _reached_target),
    StoppingRule("flat_epochs", _flat),
    StoppingRule("patience", _out_of_patience),
    StoppingRule("gradient_norm", _short_gradient),
    EPOCH_LIMIT,
)
"""The first rule that returns a stop is obeyed."""


def only_counts(spec: StopSpec) -> bool:
    """Tell whether no rule but the number of epochs can end a run."""
    return all(getattr(spec, rule.setting) is None for rule in STOPPING_RULES if rule is not EPOCH_LIMIT)


def hopeless_start() -> Stop:
    """Return the stop of a run that cannot even begin: the cost of its first weights is no finite number."""
    return Stop("cannot_begin")


def divergence(*, epoch: int, learning_rate: float) -> Stop:
    """Return the stop of a run whose numbers have become too large to compute with, after so many whole epochs."""
    return Stop("diverged", {"epoch": epoch + 1, "rate": learning_rate})
