"""Schedules: how the learning rate changes from epoch to epoch, as PyTorch's schedulers do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import cos, inf, pi

# A cost must fall by this share to count as better for the plateau, and a cut smaller than this is not made.
PLATEAU_THRESHOLD = 1e-4
SMALLEST_CUT = 1e-8


@dataclass(frozen=True)
class ScheduleSettings:
    """The numbers that a schedule may use; which ones it does use is in its entry."""

    every: int = 50
    factor: float = 0.5
    period: int = 200
    lowest: float = 0.0
    epochs: int = 10
    start: float = 0.1
    patience: int = 10


@dataclass(frozen=True)
class Schedule:
    """`factor(epoch, settings)` is what the learning rate is multiplied by in the epoch after `epoch` whole ones.

    `plateau` marks the one schedule that watches the cost instead of the epoch. `settings` names the numbers it reads.
    """

    factor: Callable[[int, ScheduleSettings], float]
    settings: tuple[str, ...] = ()
    plateau: bool = False


def constant(epoch: int, settings: ScheduleSettings) -> float:
    """The same learning rate for ever."""
    return 1.0


def step(epoch: int, settings: ScheduleSettings) -> float:
    """Multiplied by `factor` after every `every` epochs."""
    return settings.factor ** (epoch // settings.every)


def exponential(epoch: int, settings: ScheduleSettings) -> float:
    """Multiplied by `factor` after every epoch."""
    return settings.factor**epoch


def cosine(epoch: int, settings: ScheduleSettings) -> float:
    """Half a cosine from 1 down to `lowest` over `period` epochs, then `lowest` (Loshchilov and Hutter 2017, eq. 5)."""
    share = min(epoch / settings.period, 1.0)
    return settings.lowest + 0.5 * (1.0 - settings.lowest) * (1.0 + cos(pi * share))


def warm_up(epoch: int, settings: ScheduleSettings) -> float:
    """A straight line from `start` up to 1 over `epochs` epochs."""
    return settings.start + (1.0 - settings.start) * min(epoch / settings.epochs, 1.0)


SCHEDULES: dict[str, Schedule] = {
    "constant": Schedule(constant),
    "step": Schedule(step, ("every", "factor")),
    "exponential": Schedule(exponential, ("factor",)),
    "cosine": Schedule(cosine, ("period", "lowest")),
    "warm_up": Schedule(warm_up, ("epochs", "start")),
    "reduce_on_plateau": Schedule(constant, ("factor", "patience"), plateau=True),
}


@dataclass(frozen=True)
class Plateau:
    """What the plateau schedule remembers: the lowest cost, the epochs since then, and the factor it has cut to."""

    best: float = inf
    waited: int = 0
    cut: float = 1.0


UNSEEN = Plateau()


@dataclass(frozen=True)
class Rate:
    """The learning rate of a run from epoch to epoch: `base` under one of the `SCHEDULES`, and what that remembers."""

    schedule: str
    settings: ScheduleSettings
    base: float
    plateau: Plateau = UNSEEN

    @property
    def watches_cost(self) -> bool:
        """Whether the cost decides how the rate goes on."""
        return SCHEDULES[self.schedule].plateau

    def at(self, epoch: int) -> float:
        """Return the learning rate for the epoch that follows `epoch` whole ones."""
        return self.base * SCHEDULES[self.schedule].factor(epoch, self.settings) * self.plateau.cut

    def remembering(self, plateau: Plateau) -> Rate:
        """Return the same rate with the memory of a plateau schedule; any other schedule remembers nothing."""
        return replace(self, plateau=plateau) if self.watches_cost else self

    def watched(self, cost: float) -> Rate:
        """Return the rate after one more epoch that ended with this cost; only a plateau schedule changes."""
        return replace(self, plateau=self._next_plateau(cost)) if self.watches_cost else self

    def _next_plateau(self, cost: float) -> Plateau:
        seen = self.plateau
        if cost < seen.best * (1.0 - PLATEAU_THRESHOLD):
            return Plateau(cost, 0, seen.cut)
        if seen.waited < self.settings.patience:
            return replace(seen, waited=seen.waited + 1)
        smaller = seen.cut * self.settings.factor
        return Plateau(seen.best, 0, smaller if self.base * (seen.cut - smaller) > SMALLEST_CUT else seen.cut)
