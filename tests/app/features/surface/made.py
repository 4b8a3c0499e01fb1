"""Cost surfaces made by hand: a bowl whose cost at every place is a formula, and the snapshot that goes with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface import Surface, SurfaceRequest
from nnplayground.training.observe.surface_directions import Slice
from nnplayground.training.observe.surface_path import ShownPath
from tests.app.snapshots import made_data, made_snapshot

DATA = made_data([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]], [0.0, 1.0, 0.0, 1.0], test=[3])
ARCHITECTURE = Architecture.dense((2, 1), ("tanh",))
HERE = np.array([0.5, -0.5, 0.0])
NOWHERE = ShownPath(np.empty(0, np.int64), np.empty((0, 2)), np.empty(0), np.empty(0), np.empty(0))


def bowl(across: Floats, up: Floats) -> Floats:
    """The cost at coordinates: 0.1 in the middle, and 1.1 at a distance of 1."""
    result: Floats = 0.1 + across**2 + up**2
    return result


def made_path() -> ShownPath:
    """Three moments: one at the left rim far off the slice, one on the way, and the present one."""
    return ShownPath(
        epochs=np.array([0, 60, 120]),
        coordinates=np.array([[-0.8, 0.0], [-0.4, 0.2], [0.0, 0.0]]),
        costs=np.array([0.9, 0.5, 0.1]),
        off=np.array([0.6, 0.3, 0.0]),
        distances=np.array([1.0, 0.6, 0.0]),
        best=2,
    )


def made_surface(
    *,
    points: int = 33,
    costs: Floats | None = None,
    path: ShownPath | None = None,
    request: SurfaceRequest | None = None,
    done: bool = True,
    epoch: int = 120,
) -> Surface:
    """Return a map of the two weights of a 2-1 network as random directions, from -1 to +1."""
    places = np.linspace(-1.0, 1.0, points)
    plane = Slice("random", HERE, np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0]), free=3)
    return Surface(
        request=request or SurfaceRequest(), plane=plane, architecture=ARCHITECTURE, generation=1, across=places,
        up=places, costs=bowl(*np.meshgrid(places, places)) if costs is None else costs, here_cost=0.1,
        path=made_path() if path is None else path, epoch=epoch, batch=0, samples=3, part_samples=3, done=done,
    )  # fmt: skip


def made_moment(*, parameters: Floats = HERE, epoch: int = 120, running: bool = False) -> Snapshot:
    """Return a snapshot of the same network."""
    return replace(
        made_snapshot(DATA), architecture=ARCHITECTURE, parameters=np.array(parameters), epoch=epoch, running=running
    )
