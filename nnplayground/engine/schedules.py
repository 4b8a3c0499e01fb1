"""Schedules: how the learning rate changes from epoch to epoch, as PyTorch's schedulers do it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
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


class Rate:
    """The learning rate of a run from epoch to epoch, under one schedule."""

    def __init__(self, name: str, settings: ScheduleSettings, base: float) -> None:
        self._schedule = SCHEDULES[name]
        self._settings, self._base = settings, base
        self._best, self._waited, self._cut = inf, 0, 1.0

    @property
    def plateau(self) -> Plateau:
        """What the plateau schedule remembers."""
        return Plateau(self._best, self._waited, self._cut)

    def remember(self, plateau: Plateau) -> None:
        """Go on from what a plateau schedule remembers; any other schedule has nothing to remember."""
        if self._schedule.plateau:
            self._best, self._waited, self._cut = plateau.best, plateau.waited, plateau.cut

    def at(self, epoch: int) -> float:
        """Return the learning rate for the epoch that follows `epoch` whole ones."""
        return self._base * self._schedule.factor(epoch, self._settings) * self._cut

    def copy(self) -> Rate:
        """Return one that goes on by itself; without a plateau to watch there is nothing that could change."""
        return copy(self) if self._schedule.plateau else self

    def watch(self, cost: float) -> None:
        """Take in the cost after one more epoch; only the plateau schedule cares."""
        if not self._schedule.plateau:
            return
        if cost < self._best * (1.0 - PLATEAU_THRESHOLD):
            self._best, self._waited = cost, 0
            return
        self._waited += 1
        if self._waited > self._settings.patience:
            smaller = self._cut * self._settings.factor
            self._cut = smaller if self._base * (self._cut - smaller) > SMALLEST_CUT else self._cut
            self._waited = 0
