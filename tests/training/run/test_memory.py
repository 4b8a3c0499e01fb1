"""What training costs in memory: nothing per step, little per epoch, and enough room for a million weights."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.engine.costs import COSTS
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.project.layer_specs import (
    AveragePool2DSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    LayerSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, PointsSource, Project
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.run.history import History
from nnplayground.training.run.run import Run

WIDTH, BATCH = 60, 50
SMALLEST_ARRAY = 8 * BATCH * WIDTH
"""Bytes of the smallest array that a step could make anew: the activations of one layer."""

WIDE = Project(
    data=DataSpec(source=GeneratedSource(samples=2500), test_fraction=0.2),
    network=NetworkSpec(layers=(DenseSpec(WIDTH), DenseSpec(WIDTH))),
    training=TrainingSpec(batch_size=BATCH),
)


def peak_of_training(project: Project, batches: int = 20) -> int:
    """Return how many bytes more than before are in use at any one time while training, once all buffers are there."""
    run = Run(project)
    run.train(3)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        assert run.train(batches) == batches
        _, peak = tracemalloc.get_traced_memory()
        assert run.epoch == 0  # the measuring at the end of an epoch is not a step
    finally:
        tracemalloc.stop()
    return peak - before


def tuned(**changes: Any) -> Project:
    return replace(WIDE, training=replace(WIDE.training, **changes))


@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
def test_no_activation_makes_arrays_while_it_trains(activation: str) -> None:
    layers = (DenseSpec(WIDTH, activation), DropoutSpec(0.2), DenseSpec(WIDTH, activation))
    assert peak_of_training(replace(WIDE, network=NetworkSpec(layers=layers))) < SMALLEST_ARRAY / 3


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_no_optimizer_and_no_regularizer_does(optimizer: str) -> None:
    spec = OptimizerSpec(name=optimizer, learning_rate=0.001)
    assert peak_of_training(tuned(optimizer=spec, l1=0.001, l2=0.001, clip_norm=1.0)) < SMALLEST_ARRAY / 3


@pytest.mark.parametrize("cost", COSTS)
def test_no_cost_does(cost: str) -> None:
    output = {"hinge": "identity", "cross_entropy": "softmax"}.get(cost, "sigmoid")
    project = replace(tuned(cost=cost), network=replace(WIDE.network, output_activation=output))
    assert peak_of_training(project) < SMALLEST_ARRAY / 3


@pytest.mark.parametrize("middle", [Conv2DSpec(8, 3, padding=1), MaxPool2DSpec(), AveragePool2DSpec(3, 1, 1)])
def test_no_layer_for_pictures_does(middle: LayerSpec) -> None:
    layers = (Conv2DSpec(8, 3, padding=1), middle, FlattenSpec(), DenseSpec(WIDTH))
    training = TrainingSpec(batch_size=300)
    project = Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers), training=training)
    pooled = 8 * 8 * 4 * 4 * 300  # bytes of the smallest array, the answers of a pooling layer
    # NumPy itself works through small pieces where windows lie scattered, up to three of this size at a time.
    assert peak_of_training(project, batches=1) < 3 * 8 * np.getbufsize() < pooled


def test_a_million_weights_are_trained() -> None:
    points = tuple((float(x), float(y), float(x * y > 0)) for x in range(-4, 5) for y in range(-4, 5))
    layers = (DenseSpec(1000, "relu"), DenseSpec(1000, "relu"))
    project = Project(data=DataSpec(source=PointsSource(points=points)), network=NetworkSpec(layers=layers))
    tracemalloc.start()
    try:
        run = Run(project)
        start = run.network.parameters.copy()
        run.train_epochs(1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert run.architecture.parameter_count > 1_000_000
    assert np.isfinite(run.history.curve().train_cost).all()
    assert not np.array_equal(run.network.parameters, start)
    assert peak < 12 * start.nbytes  # parameters, gradient, start, best, last finite, mask, scratch and their making


def test_an_epoch_costs_at_most_64_bytes() -> None:
    history, epochs = History(), 100_000
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for epoch in range(epochs):
            history.append((float(epoch), 0.0, 0.0, 0.0))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / epochs <= 64
    assert len(history.curve()) == epochs
