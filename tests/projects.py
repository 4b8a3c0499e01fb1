"""Random legal projects for tests of laws."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from nnplayground.data.datasets import GENERATORS, WITH_ANY_CLASSES, WITH_CLASSES
from nnplayground.data.features import FEATURES
from nnplayground.data.samples import Samples
from nnplayground.data.scaling import SCALINGS
from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.engine.initializers import INITIALIZERS, InitializerSettings
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from nnplayground.project.layer_specs import (
    AveragePool2DSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import (
    TARGET_SCALINGS,
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameter
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from tests.houses import houses

unit = st.floats(0.0, 1.0)
coordinate = st.floats(-6.0, 6.0)

FORMULAS = ("x1^2 + sin(3*x2)", "max(x1, x2)/2", "exp(-(x1^2 + x2^2)/4)")
"""Features that somebody has typed, with a value everywhere."""


def sources() -> st.SearchStrategy[Source]:
    """Sources of every kind that can be trained on."""
    size: dict[str, Any] = {"samples": st.integers(30, 60), "noise": unit, "outliers": st.floats(0.0, 0.3)}
    rare = {"imbalance": st.floats(0.0, 0.3)}
    values = [name for name in GENERATORS if name not in WITH_CLASSES]
    fixed = [name for name in WITH_CLASSES if name not in WITH_ANY_CLASSES]
    generated = st.one_of(
        st.builds(GeneratedSource, name=st.sampled_from(values), **size),
        st.builds(GeneratedSource, name=st.sampled_from(fixed), **size, **rare),
        st.builds(GeneratedSource, name=st.sampled_from(WITH_ANY_CLASSES), classes=st.integers(2, 8), **size, **rare),
    )
    # The classes take turns, so that every part has both and every legal project can be trained.
    places = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=30)
    triples = places.map(lambda points: tuple((x, y, float(place % 2)) for place, (x, y) in enumerate(points)))
    classified = triples.map(lambda points: PointsSource(classes=("a", "b"), points=points))
    numbers = st.lists(st.tuples(coordinate, coordinate, coordinate), min_size=1, max_size=20)
    regression = numbers.map(lambda points: PointsSource(task="regression", classes=(), points=tuple(points)))
    penguins = st.just(TableSource(path="penguins.csv", targets=("species",)))
    return st.one_of(generated, classified, regression, penguins, st.just(houses().data.source))


def initializers() -> st.SearchStrategy[InitializerSpec]:
    """Initializers with the settings that each of them reads, and no others."""

    def settings(name: str) -> st.SearchStrategy[InitializerSpec]:
        ranges = {"low": st.floats(-1.0, 0.0), "high": st.floats(0.0, 1.0), "std": unit, "value": unit}
        used = {key: ranges[key] for key in INITIALIZERS[name].settings}
        return st.builds(InitializerSpec, name=st.just(name), seed=st.none() | st.integers(0, 99), **used)

    assert set(InitializerSettings.__dataclass_fields__) == {"low", "high", "std", "value", "fan_out"}
    return st.sampled_from(list(INITIALIZERS)).flatmap(settings)


def dense_layers() -> st.SearchStrategy[DenseSpec]:
    """Small dense layers, now and then with a neuron that is switched off."""
    activation, units = st.sampled_from(HIDDEN_ACTIVATIONS), st.integers(1, 9)
    whole = st.builds(DenseSpec, units=units, activation=activation)
    partly = units.flatmap(
        lambda count: st.builds(
            DenseSpec,
            units=st.just(count),
            activation=activation,
            off=st.integers(0, count - 1).map(lambda unit: (unit,)),
        )
    )
    return st.one_of(whole, whole, partly)


def locks() -> st.SearchStrategy[tuple[FrozenParameter, ...]]:
    """Weights and biases that are frozen; not all of them need exist."""
    lock = st.builds(
        FrozenParameter,
        layer=st.integers(0, 3),
        unit=st.integers(0, 5),
        source=st.none() | st.integers(0, 5),
        value=coordinate,
    )
    return st.lists(lock, max_size=3, unique_by=lambda lock: lock.place).map(tuple)


def projects() -> st.SearchStrategy[Project]:
    """Small legal projects that can be trained in a moment."""
    data = st.builds(
        DataSpec,
        source=sources(),
        features=st.lists(st.sampled_from([*FEATURES, *FORMULAS]), min_size=1, unique=True).map(tuple),
        scaling=st.sampled_from(list(SCALINGS)),
        target_scaling=st.sampled_from(TARGET_SCALINGS),
        test_fraction=st.sampled_from([0.0, 0.2, 0.5]),
        split_seed=st.none() | st.integers(0, 99),
    )
    dropout = st.builds(DropoutSpec, rate=st.sampled_from([0.0, 0.1, 0.5]))
    hidden = st.lists(st.one_of(dense_layers(), dense_layers(), dropout), max_size=4).map(tuple)
    network = st.builds(NetworkSpec, layers=hidden, initializer=initializers(), frozen=locks())
    training = st.builds(
        TrainingSpec,
        optimizer=st.builds(OptimizerSpec, name=st.sampled_from(list(OPTIMIZERS)), learning_rate=st.floats(1e-4, 0.05)),
        schedule=st.builds(ScheduleSpec, name=st.sampled_from(list(SCHEDULES))),
        clip_norm=st.none() | st.floats(0.1, 10.0),
        batch_size=st.integers(1, 80),
        shuffle=st.booleans(),
        l1=st.sampled_from([0.0, 0.01]),
        l2=st.sampled_from([0.0, 0.01]),
        stop=st.builds(StopSpec, max_epochs=st.none() | st.integers(1, 5)),
    )
    writable = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.builds(
        Project,
        name=st.text(writable, max_size=20),
        seed=st.integers(0, 1000),
        data=data,
        network=network,
        training=training,
    )


@st.composite
def picture_projects(draw: st.DrawFn) -> tuple[Project, Samples]:
    """Projects with layers for pictures, and a few pictures to train them on."""
    channels, height, width = shape = draw(st.tuples(st.integers(1, 3), st.integers(4, 7), st.integers(4, 7)))
    activation = st.sampled_from(HIDDEN_ACTIVATIONS)
    numbers = st.integers(1, 2)
    spatial = st.one_of(
        st.builds(Conv2DSpec, numbers, numbers, stride=numbers, padding=st.integers(1, 2), activation=activation),
        st.builds(MaxPool2DSpec, st.just(2), st.none() | numbers, st.integers(0, 1)),
        st.builds(AveragePool2DSpec, st.just(2), st.none() | numbers, st.integers(0, 1)),
        st.builds(DropoutSpec, rate=st.sampled_from([0.0, 0.3])),
    )
    # Three layers cannot make a picture of four pixels smaller than a window, as the first one is a convolution.
    first = st.builds(Conv2DSpec, numbers, st.just(3), padding=st.just(1), activation=activation)
    middle, last = draw(st.lists(spatial, max_size=1)), draw(st.lists(dense_layers(), max_size=1))
    hidden = (draw(first), *middle, FlattenSpec(), *last)
    samples = draw(st.integers(10, 16))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    pixels = channels * height * width
    pictures = Samples(
        inputs=rng.random((samples, pixels)),
        targets=(np.arange(samples) % 3).astype(np.float64),
        input_names=tuple(f"pixel {place + 1}" for place in range(pixels)),
        target_name="class",
        classes=("a", "b", "c"),
        bounds=np.tile([0.0, 1.0], (pixels, 1)),
        image_shape=shape,
    )
    training = TrainingSpec(
        optimizer=OptimizerSpec(name=draw(st.sampled_from(list(OPTIMIZERS))), learning_rate=0.01),
        batch_size=draw(st.integers(1, 20)),
    )
    data = DataSpec(source=ImagesSource(), test_fraction=draw(st.sampled_from([0.0, 0.3])))
    network = NetworkSpec(layers=hidden, initializer=draw(initializers()))
    return Project(seed=draw(st.integers(0, 99)), data=data, network=network, training=training), pictures


def with_start_values() -> st.SearchStrategy[Project]:
    """Projects of the plane with one output that give their first weights themselves."""
    number = st.floats(-2.0, 2.0)

    def given(sizes: list[int]) -> st.SearchStrategy[Project]:
        pairs = list(pairwise([2, *sizes, 1]))
        row = [st.tuples(*[number] * below) for below, _ in pairs]
        matrices = st.tuples(*(st.tuples(*[row[layer]] * out) for layer, (_, out) in enumerate(pairs)))
        biases = st.tuples(*(st.tuples(*[number] * out) for _, out in pairs))
        layers = tuple(DenseSpec(units=units) for units in sizes)
        return st.builds(
            Project,
            data=st.just(DataSpec(source=GeneratedSource(samples=20))),
            network=st.just(NetworkSpec(layers=layers)),
            parameters=st.builds(Parameters, weights=matrices, biases=biases),
        )

    return st.lists(st.integers(1, 4), max_size=2).flatmap(given)
