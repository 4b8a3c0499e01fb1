"""Keeps moments of a run while it trains, in bounded memory, so that one can go back to them.

A moment is kept after every whole epoch at first, and more rarely as the run grows: the beginning, where most happens,
stays dense. When the moments are too many or too large, those of other networks go, and then those whose absence leaves
the smallest gap. The first, the best and the newest always stay.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import log1p

from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.run import Run
from nnplayground.training.time_travel.checkpoint_memory import CheckpointMemory

MOST_BYTES = 64_000_000
MOST_MOMENTS = 600
DENSE = 100
"""A moment is due when the run has grown by one in so many epochs; up to twice that, every epoch is."""


class Timeline:
    """The moments of one run, by ascending epoch; those of other networks that it had wait aside."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, most_moments: int = MOST_MOMENTS) -> None:
        self._most_bytes, self._most_moments = most_bytes, most_moments
        self._kept: list[Checkpoint] = []
        self._best: Checkpoint | None = None
        self._memory = CheckpointMemory()
        # What `moments` gives until something changes; and the kept ones among it, which only ever grow in between.
        self._shown: tuple[Checkpoint, ...] | None = None
        self._fitting: list[Checkpoint] | None = None

    def begin(self, run: Run) -> None:
        """Keep the moment in which a run begins, whatever was kept before, and look anew for what fits it."""
        moment = run.checkpoint()
        if run.best_epoch == run.epoch:
            self._keep_best(moment)
        self._keep(moment, run)
        self._shown = self._fitting = None

    @property
    def kept(self) -> tuple[Checkpoint, ...]:
        """All moments that are kept, those of other networks too, in the order in which they came."""
        return tuple(self._kept)

    @property
    def best(self) -> Checkpoint | None:
        """The best moment, which is kept beside the others."""
        return self._best

    def adopt(self, moments: Sequence[Checkpoint], best: Checkpoint | None = None) -> None:
        """Keep these moments, which another timeline has kept, and no others."""
        self._kept, self._best = list(moments), best
        self._weigh_anew()

    def note(self, run: Run) -> None:
        """Keep the moment after a whole epoch if it is due, or the best so far."""
        epoch = run.epoch
        is_best = run.best_epoch == epoch
        is_due = not self._kept or epoch - self._kept[-1].epoch >= max(1, epoch // DENSE)
        if is_best or is_due:
            moment = run.checkpoint()
            if is_best:
                self._keep_best(moment)
            if is_due:
                self._keep(moment, run)
            self._shown = None

    def forget_after(self, run: Run) -> None:
        """Drop what comes after the moment of the run, as it may go another way."""
        epoch = run.epoch
        self._kept = [one for one in self._kept if one.epoch <= epoch]
        if self._best is not None and self._best.epoch > epoch:
            self._best = next((one for one in self._kept if one.epoch == run.best_epoch), None)
        self._weigh_anew()

    def _weigh_anew(self) -> None:
        """Find out what the moments weigh, and which of them fit a run."""
        self._memory = CheckpointMemory(self._kept if self._best is None else [*self._kept, self._best])
        self._shown = self._fitting = None

    def moments(self, run: Run) -> tuple[Checkpoint, ...]:
        """Return the moments to which this run can go back."""
        if self._fitting is None:
            every = {one.epoch: one for one in self._kept if run.can_restore(one)}
            self._fitting = [every[epoch] for epoch in sorted(every)]
        if self._shown is None:
            self._shown = tuple(self._with_best(self._fitting, run))
        return self._shown

    def _with_best(self, moments: list[Checkpoint], run: Run) -> list[Checkpoint]:
        """Return moments by ascending epoch with the best one at its place."""
        best = self._best
        if best is None or not run.can_restore(best):
            return moments
        place = bisect_left(moments, best.epoch, key=_epoch)
        is_there = place < len(moments) and moments[place].epoch == best.epoch
        return moments if is_there else [*moments[:place], best, *moments[place:]]

    def _keep(self, moment: Checkpoint, run: Run) -> None:
        self._kept.append(moment)
        self._memory.add(moment)
        if self._fitting is not None:
            self._fitting.append(moment)
        while len(self._kept) > 3 and self._is_too_much():
            self._memory.drop(self._kept.pop(self._least_wanted(run)))
            self._fitting = None

    def _keep_best(self, moment: Checkpoint) -> None:
        if self._best is not None:
            self._memory.drop(self._best)
        self._best = moment
        self._memory.add(moment)

    def _is_too_much(self) -> bool:
        return self._memory.bytes > self._most_bytes or len(self._kept) > self._most_moments

    def _least_wanted(self, run: Run) -> int:
        """Return the place of the moment that goes first: one of another network, or the one least missed."""
        others = (place for place, one in enumerate(self._kept) if not run.can_restore(one))
        found = next(others, None)
        return least_missed([one.epoch for one in self._kept]) if found is None else found


def _epoch(moment: Checkpoint) -> int:
    return moment.epoch


def least_missed(epochs: Sequence[int]) -> int:
    """Return the place of the moment, neither the first nor the last, without which the gap is smallest.

    Gaps count twice: as a share of the whole run, and on a logarithmic scale, which gives the beginning more weight.
    """
    last, log_last = max(epochs[-1], 1), log1p(max(epochs[-1], 1))
    scale = [epoch / last + log1p(epoch) / log_last for epoch in epochs]
    gaps = [after - before for before, after in pairwise(scale)]
    both = [before + after for before, after in pairwise(gaps)]
    return 1 + both.index(min(both))
