"""One layer at work, without a network around it."""

from __future__ import annotations

from math import prod

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.layers import Layer, Room, Shape, Work
from nnplayground.engine.network import with_ones


def work_of(
    layer: Layer, below: Shape, samples: int, *, matrix: Floats | None = None, seeds: tuple[int, ...] = ()
) -> Work:
    """Return the layer at work on pictures of the shape `below`."""
    generators = tuple(map(np.random.default_rng, seeds))
    room = Room(below, layer.shape(below), samples, (), matrix, np.matmul, generators, np.dtype(np.float64))
    work = layer.work(room)
    assert work is not None
    return work


def answers(work: Work, pictures: Floats, shape: Shape) -> Floats:
    """Return what the layer makes of pictures `[samples, channels, height, width]`, in the same order of axes."""
    work.forward(with_ones(pictures.reshape(len(pictures), -1)).T)
    assert (work.whole[-1] == 1.0).all()
    return np.moveaxis(work.whole[:-1], -1, 0).reshape(len(pictures), *shape)


def share_below(work: Work, deltas: Floats, below: Shape) -> Floats:
    """Return dC/da of the layer below `[samples, ...]` for dC/da of a layer without weights `[samples, ...]`."""
    samples = len(deltas)
    delta = np.ascontiguousarray(deltas.reshape(samples, -1).T)
    lower = np.empty((prod(below) + 1, samples))
    work.way_back(delta, None, lower, at_sums=True)(np.empty((samples, prod(below) + 1)))
    return lower[:-1].T.reshape(samples, *below)
