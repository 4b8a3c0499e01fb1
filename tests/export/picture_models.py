"""Models that look at pictures: two by hand in which nothing is square, and any legal one at random."""

from __future__ import annotations

from functools import cache
from math import prod

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnplayground.arrays import Floats
from nnplayground.data.images import pixel_names
from nnplayground.data.scaling import SCALINGS, Scaling
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.layers import Shape
from nnplayground.export.layers import LayerForm, trained_layers
from nnplayground.export.model import Facts, TrainedModel

finite = st.floats(allow_nan=False, allow_infinity=False)


def uneven() -> TrainedModel:
    """Return a model of coloured pictures of 7 × 12 pixels with every kind of layer and overlapping windows."""
    random = np.random.default_rng(3)
    shapes: list[Shape] = [(4, 3, 3, 3), (5, 4, 2, 2), (6, 5 * 4 * 3), (3, 6)]
    names = pixel_names((3, 7, 12))
    return TrainedModel(
        layers=trained_layers(
            (
                LayerForm("conv2d", kernel_size=3, stride=1, padding=1),  # makes 4 × 7 × 12
                LayerForm("max_pool2d", pool_size=3, stride=2, padding=1),  # 4 × 4 × 6
                LayerForm("conv2d", kernel_size=2, stride=2, padding=1),  # 5 × 3 × 4
                LayerForm("average_pool2d", pool_size=2, stride=1, padding=1),  # 5 × 4 × 5
                LayerForm("max_pool2d", pool_size=2, stride=1, padding=0),  # 5 × 3 × 4
                LayerForm("flatten"),
                LayerForm("dense"),
                LayerForm("dense"),
            ),
            activations=("relu", "tanh", "sigmoid", "softmax"),
            weights=tuple(random.normal(0.0, 0.4, shape) for shape in shapes),
            biases=tuple(random.normal(0.0, 0.4, shape[0]) for shape in shapes),
        ),
        inputs=names,
        features=names,
        scaling=Scaling("standardize", tuple(random.random(252)), tuple(random.uniform(0.5, 2.0, 252))),
        classes=("ant", "bee", "cat"),
        facts=Facts(5, 7, 0.25, None, "cross_entropy"),
        image_shape=(3, 7, 12),
    )


@cache
def tiny() -> TrainedModel:
    """Return a model of grey pictures of 3 × 4 pixels that tells two classes apart, with few numbers in it."""
    names = pixel_names((1, 3, 4))
    return TrainedModel(
        layers=trained_layers(
            (
                LayerForm("conv2d", kernel_size=2, stride=1),  # makes 2 × 2 × 3
                LayerForm("max_pool2d", pool_size=2, stride=1),  # 2 × 1 × 2
                LayerForm("flatten"),
                LayerForm("dense"),
            ),
            activations=("relu", "sigmoid"),
            weights=(np.linspace(-1.0, 1.0, 8).reshape(2, 1, 2, 2), np.array([[0.5, -0.25, 1.0, 2.0]])),
            biases=(np.array([0.125, -1.0]), np.array([0.75])),
        ),
        inputs=names,
        features=names,
        scaling=Scaling("none", (0.0,) * 12, (1.0,) * 12),
        classes=("cat", "dog"),
        facts=Facts(3, 1, 0.5, 0.25, "binary_cross_entropy"),
        image_shape=(1, 3, 4),
    )


@st.composite
def picture_models(draw: st.DrawFn) -> TrainedModel:
    """Any small legal model that looks at pictures, with any finite numbers in it."""
    image_shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(1, 6)))
    layers: list[LayerForm] = []
    shapes: list[Shape] = []
    below: Shape = image_shape
    for _ in range(draw(st.integers(0, 4))):
        layer = draw(_spatial_layers(min(below[1:])))
        units = draw(st.integers(1, 3)) if layer.kind == "conv2d" else 0
        shapes += [(units, *layer.weights_shape(below))] if units else []
        below = layer.entry.make(layer, units, "relu").shape(below)
        layers.append(layer)
    outputs = draw(st.integers(1, 4))
    for row_of in (*draw(st.lists(st.integers(1, 4), max_size=2)), outputs):
        layers += [LayerForm("flatten"), LayerForm("dense")] if len(below) == 3 else [LayerForm("dense")]
        shapes.append((row_of, prod(below)))
        below = (row_of,)
    return draw(_with_numbers(image_shape, tuple(layers), shapes, outputs))


def _with_numbers(
    image_shape: Shape, layers: tuple[LayerForm, ...], shapes: list[Shape], outputs: int
) -> st.SearchStrategy[TrainedModel]:
    """Models of these layers with any numbers."""
    names = tuple(f"pixel {place}" for place in range(prod(image_shape)))
    features = st.just(("x1^2", "x2") if len(names) == 2 else names)  # two inputs are a point of the plane
    hidden = [st.sampled_from(HIDDEN_ACTIVATIONS)] * (len(shapes) - 1)
    # One output stands for a number, several for a class each.
    last = st.sampled_from([name for name in ACTIVATIONS if outputs != 2 or name == "softmax"])
    scaling = st.builds(
        Scaling,
        name=st.sampled_from(list(SCALINGS)),
        shift=st.tuples(*[finite] * len(names)),
        scale=st.tuples(*[finite.filter(bool)] * len(names)),
    )
    cost = st.none() | finite
    return st.builds(
        TrainedModel,
        layers=st.builds(
            trained_layers,
            st.just(layers),
            st.tuples(*hidden, last),
            st.tuples(*map(_numbers, shapes)),
            st.tuples(*(_numbers(shape[:1]) for shape in shapes)),
        ),
        inputs=st.just(names),
        features=features,
        scaling=scaling,
        classes=st.just(tuple("abcd"[:outputs]) if outputs > 1 else ()),
        facts=st.builds(Facts, st.integers(0, 1 << 40), st.integers(0, 1 << 40), cost, cost),
        image_shape=st.just(image_shape),
    )


def _spatial_layers(room: int) -> st.SearchStrategy[LayerForm]:
    """Layers whose windows fit into pictures of which the shorter side is `room`."""
    stride = st.integers(1, 3)
    convolution = st.integers(0, 2).flatmap(
        lambda padding: st.builds(
            LayerForm,
            kind=st.just("conv2d"),
            kernel_size=st.integers(1, min(4, room + 2 * padding)),
            stride=stride,
            padding=st.just(padding),
        )
    )
    pooling = st.integers(1, min(4, room)).flatmap(
        lambda size: st.builds(
            LayerForm,
            kind=st.sampled_from(["max_pool2d", "average_pool2d"]),
            pool_size=st.just(size),
            stride=stride,
            padding=st.integers(0, size // 2),
        )
    )
    return convolution | pooling


def _numbers(shape: Shape) -> st.SearchStrategy[Floats]:
    """Arrays of any finite numbers, the largest, the smallest and both zeros among them."""
    return arrays(np.float64, shape, elements=finite)
