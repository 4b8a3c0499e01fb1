"""The path of the training as a slice shows it: where its shadow falls, how far off it is, and what it cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.training.observe.surface_directions import Slice
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.parts import Part


@dataclass(frozen=True, eq=False)
class ShownPath:
    """The moments of a path, by ascending epoch; entry k of everything belongs to `epochs[k]`.

    `coordinates` `[moments, 2]` are those of the nearest points of the slice, `costs` what the network of that moment
    really cost (not what the slice has there), `off` how far it was from the slice and `distances` how far from its
    origin, both as lengths in the space of weights. `best` is the place of the best epoch, if it is among them,
    which the cost of a `part` has chosen.
    """

    epochs: Integers
    coordinates: Floats
    costs: Floats
    off: Floats
    distances: Floats
    best: int | None = None
    part: Part = "train"

    def __len__(self) -> int:
        return len(self.epochs)

    @property
    def farthest_off(self) -> int | None:
        """The moment that is farthest from the slice; `None` for a path without moments."""
        return int(self.off.argmax()) if len(self.off) else None


def shown_path(
    plane: Slice,
    moments: Sequence[Checkpoint],
    cost: Callable[[Checkpoint], float],
    *,
    best_epoch: int | None,
    part: Part,
) -> ShownPath:
    """Return the shadow of these moments on a slice; `part` has chosen the best epoch."""
    epochs = np.array([moment.epoch for moment in moments], dtype=np.int64)
    points = stacked(moments, len(plane.origin))
    off, distances = plane.distances(points)
    best = np.flatnonzero(epochs == best_epoch) if best_epoch is not None else epochs[:0]
    return ShownPath(
        epochs=epochs,
        coordinates=plane.coordinates(points),
        costs=np.array([cost(moment) for moment in moments], dtype=np.float64),
        off=off,
        distances=distances,
        best=int(best[0]) if len(best) else None,
        part=part,
    )


def stacked(moments: Sequence[Checkpoint], parameters: int) -> Floats:
    """Return the parameters of all moments `[moments, parameters]`."""
    return np.array([moment.parameters for moment in moments], dtype=np.float64).reshape(-1, parameters)
