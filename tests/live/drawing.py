"""Random problems, as `tests.conformance.problems` describes them, and random ways to train on them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.costs import COSTS, suits
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from tests.conformance.problems import architecture_of, layer_of

Described = dict[str, Any]
hidden_activation = st.sampled_from(HIDDEN_ACTIVATIONS)
dropouts = st.builds(lambda rate: {"kind": "dropout", "rate": rate}, st.sampled_from([0.1, 0.25, 0.5]))


@st.composite
def dense(draw: st.DrawFn) -> Described:
    """Draw a small dense layer."""
    return {"kind": "dense", "units": draw(st.integers(1, 6)), "activation": draw(hidden_activation)}


@st.composite
def windows(draw: st.DrawFn, below: tuple[int, ...]) -> Described:
    """Draw a convolution or a pooling that fits on pictures of this shape."""
    kind = draw(st.sampled_from(["conv2d", "max_pool2d", "average_pool2d"]))
    stride, shortest = draw(st.integers(1, 3)), min(below[1:])
    if kind == "conv2d":
        padding = draw(st.integers(0, 2))
        size, filters = draw(st.integers(1, min(5, shortest + 2 * padding))), draw(st.integers(1, 3))
        found = {"filters": filters, "kernel_size": size, "activation": draw(hidden_activation)}
    else:
        size = draw(st.integers(1, min(5, shortest)))
        padding = draw(st.integers(0, size // 2))
        found = {"pool_size": size}
    return {"kind": kind, "stride": stride, "padding": padding, **found}


@st.composite
def hidden_layers(draw: st.DrawFn, shape: tuple[int, ...]) -> list[Described]:
    """Draw hidden layers for samples of this shape."""
    layers: list[Described] = []
    if len(shape) == 3:
        for _ in range(draw(st.integers(1, 3))):
            layers.append(draw(windows(shape)))
            shape = layer_of(layers[-1]).shape(shape)
            layers += draw(st.lists(dropouts, max_size=1))
        layers.append({"kind": "flatten"})
    return layers + draw(st.lists(st.one_of(dense(), dense(), dropouts), max_size=3 if len(shape) == 1 else 1))


@st.composite
def problems(draw: st.DrawFn) -> Described:
    """Draw a network, random samples for it, and a cost that is defined for its outputs."""
    vector, picture = st.tuples(st.integers(1, 5)), st.tuples(st.integers(1, 3), st.integers(3, 9), st.integers(3, 9))
    shape = draw(st.one_of(vector, picture))
    classes = draw(st.sampled_from([0, 2, 3, 4]))
    activation = draw(st.sampled_from([name for name in ACTIVATIONS if classes or name != "softmax"]))
    defined = [name for name in COSTS if suits(name, output_activation=activation)]
    cost = draw(st.sampled_from([name for name in defined if classes or not COSTS[name].for_classes]))
    outputs = 1 if classes < 2 or (classes == 2 and activation != "softmax") else classes
    layers = [*draw(hidden_layers(shape)), {"kind": "dense", "units": outputs, "activation": activation}]
    described: Described = {"layers": layers, "input_shape": list(shape), "classes": classes, "cost": cost}
    described["seed"] = draw(st.integers(0, 999))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return described | numbers(rng, described, samples=draw(st.integers(4, 12)))


def numbers(rng: np.random.Generator, described: Described, *, samples: int) -> Described:
    """Return random samples and first weights of a usual size."""
    architecture = architecture_of(described)
    outputs, classes = architecture.outputs, described["classes"]
    off = ACTIVATIONS[architecture.activations[-1]].off
    if outputs > 1:
        targets = np.where(np.eye(outputs)[rng.integers(0, outputs, samples)] > 0.0, 1.0, off)
    elif classes:
        targets = np.where(rng.random((samples, 1)) < 0.5, 1.0, off)
    else:
        targets = rng.standard_normal((samples, 1))
    weights = [rng.standard_normal((out, below)) / below**0.5 for out, below in architecture.shapes]
    biases = [0.5 * rng.standard_normal(out) for out, _ in architecture.shapes]
    return {
        "inputs": rng.standard_normal((samples, architecture.sizes[0])).tolist(),
        "targets": targets.tolist(),
        "start": {"weights": [one.tolist() for one in weights], "biases": [one.tolist() for one in biases]},
    }


@st.composite
def optimizers(draw: st.DrawFn) -> Described:
    """Draw an optimizer, some of the numbers that it reads, and a rate with which it does not run wild."""
    name = draw(st.sampled_from(list(OPTIMIZERS)))
    ranges = {
        "momentum": st.floats(0.01, 0.9), "decay": st.floats(0.5, 0.99), "beta1": st.floats(0.0, 0.9),
        "beta2": st.floats(0.5, 0.999), "epsilon": st.floats(1e-6, 1e-2), "weight_decay": st.floats(0.0, 0.5),
    }  # fmt: skip
    given = draw(st.sets(st.sampled_from(OPTIMIZERS[name].settings))) if OPTIMIZERS[name].settings else set()
    rate = draw(st.floats(1e-4, 0.05 if name in {"sgd", "adagrad"} else 0.01))
    return {"name": name, "learning_rate": rate, **{setting: draw(ranges[setting]) for setting in sorted(given)}}


@st.composite
def schedules(draw: st.DrawFn) -> Described:
    """Draw a schedule that has its effect within a few epochs."""
    name = draw(st.sampled_from(list(SCHEDULES)))
    ranges: dict[str, st.SearchStrategy[Any]] = {
        "every": st.integers(1, 8), "factor": st.floats(0.3, 0.99), "period": st.integers(1, 30),
        "lowest": st.floats(0.0, 1.0), "epochs": st.integers(1, 30), "start": st.floats(0.1, 1.0),
        "patience": st.integers(0, 4),
    }  # fmt: skip
    return {"name": name, **{setting: draw(ranges[setting]) for setting in SCHEDULES[name].settings}}


def trainings() -> st.SearchStrategy[Described]:
    """Ways to train, as the part `training` of a project file; batches may be larger than the data."""
    penalties = st.sampled_from([0.0, 0.001, 0.1])
    return st.fixed_dictionaries({
        "optimizer": optimizers(), "schedule": schedules(), "batch_size": st.integers(1, 15),
        "l1": penalties, "l2": penalties, "clip_norm": st.none() | st.floats(0.01, 5.0),
    })  # fmt: skip
