"""When training ends by itself, and why, in words with the numbers of the rule that fired."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nnplayground.project.model import StopSpec


@dataclass(frozen=True)
class Stop:
    """Why a run stopped: the name of the rule, and one sentence for the user."""

    rule: str
    sentence: str


class Improvement:
    """Keeps track of the lowest cost so far and of how long ago it was."""

    def __init__(self) -> None:
        self._best = float("inf")
        self._best_epoch = 0

    def stop(
        self,
        spec: StopSpec,
        *,
        epoch: int,
        train_cost: float,
        test_cost: float | None,
        ignored: Collection[str] = (),
    ) -> Stop | None:
        """Take in one more epoch and return why to stop, or nothing; rules in `ignored` are not asked.

        Patience watches the test cost where there is one, else the training cost.
        """
        watched = train_cost if test_cost is None else test_cost
        if watched < self._best - spec.min_delta or self._best == float("inf"):
            self._best, self._best_epoch = watched, epoch
        waited = epoch - self._best_epoch
        rules = (
            _reached_target(spec, train_cost),
            _out_of_patience(spec, waited, best=self._best, part="training" if test_cost is None else "test"),
            _enough_epochs(spec, epoch),
        )
        return next((stop for stop in rules if stop is not None and stop.rule not in ignored), None)


def _reached_target(spec: StopSpec, train_cost: float) -> Stop | None:
    if spec.target_cost is None or train_cost > spec.target_cost:
        return None
    return Stop("target_cost", f"The training cost {train_cost:.3g} has reached the target {spec.target_cost:.3g}.")


def _out_of_patience(spec: StopSpec, waited: int, *, best: float, part: str) -> Stop | None:
    if spec.patience is None or waited < spec.patience:
        return None
    return Stop(
        "patience",
        f"The {part} cost has not fallen by {spec.min_delta:g} below {best:.3g} for {waited:,} epochs.",
    )


def _enough_epochs(spec: StopSpec, epoch: int) -> Stop | None:
    if spec.max_epochs is None or epoch < spec.max_epochs:
        return None
    return Stop("max_epochs", f"{epoch:,} epochs are done, as asked for.")


def divergence(*, epoch: int, learning_rate: float) -> Stop:
    """Return the stop of a run whose numbers have become too large to compute with."""
    return Stop(
        "diverged",
        f"Training diverged in epoch {epoch + 1:,}: the numbers grew beyond all bounds. "
        "The last finite weights are kept. "
        f"Try a smaller learning rate than {learning_rate:g}, then restart.",
    )
