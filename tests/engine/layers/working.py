"""One layer at work, without a network around it."""

from __future__ import annotations

from math import prod

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.layers import Layer, LayerBuffers, LayerContext, Shape
from nnplayground.engine.network import with_ones


def work_of(
    layer: Layer, below: Shape, samples: int, *, matrix: Floats | None = None, seeds: tuple[int, ...] = ()
) -> LayerBuffers:
    """Return the layer at work on pictures of the shape `below`."""
    generators = tuple(map(np.random.default_rng, seeds))
    context = LayerContext(below, layer.shape(below), samples, (), matrix, np.matmul, generators, np.dtype(np.float64))
    work = layer.make_buffers(context)
    assert work is not None
    return work


def answers(work: LayerBuffers, pictures: Floats, shape: Shape) -> Floats:
    """Return what the layer makes of pictures `[samples, channels, height, width]`, in the same order of axes."""
    work.forward(with_ones(pictures.reshape(len(pictures), -1)).T)
    assert (work.outputs_with_ones[-1] == 1.0).all()
    return np.moveaxis(work.outputs_with_ones[:-1], -1, 0).reshape(len(pictures), *shape)


def share_below(work: LayerBuffers, deltas: Floats, below: Shape) -> Floats:
    """Return dC/da of the layer below `[samples, ...]` for dC/da of a layer without weights `[samples, ...]`."""
    samples = len(deltas)
    delta = np.ascontiguousarray(deltas.reshape(samples, -1).T)
    lower = np.empty((prod(below) + 1, samples))
    work.make_backward(delta, None, lower, at_sums=True)(np.empty((samples, prod(below) + 1)))
    return lower[:-1].T.reshape(samples, *below)
