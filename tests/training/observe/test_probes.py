"""A probe: what each neuron answers at one place, held against the formula written out."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.samples import Samples
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Conv2D, Dense, Dropout, Flatten
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.training.observe.maps import MapMaker, MapRequest
from nnplayground.training.observe.probes import Prober, activations_at, inputs_at, place_of
from nnplayground.training.run.prepare import Prepared, architecture_of, prepare, prepare_samples

RNG = np.random.default_rng(4)


def planar(features: tuple[str, ...] = ("x1", "x2"), scaling: str = "standardize") -> tuple[Project, Prepared]:
    data = DataSpec(source=GeneratedSource(samples=60), features=features, scaling=scaling)
    project = Project(data=data, network=NetworkSpec(layers=(DenseSpec(units=4), DenseSpec(units=3))))
    return project, prepare(project)


def penguins() -> Prepared:
    inputs = RNG.normal([40.0, 17.0, 200.0, 4000.0], [5.0, 2.0, 14.0, 800.0], (30, 4))
    names = ("bill length", "bill depth", "flipper length", "body mass")
    bounds = np.column_stack((inputs.min(axis=0), inputs.max(axis=0)))
    samples = Samples(inputs, (np.arange(30) % 2).astype(float), names, "kind", ("a", "b"), bounds)
    return prepare_samples(Project(), samples)


def test_every_layer_answers_what_the_formula_written_out_gives() -> None:
    project, data = planar(features=("x1", "x2", "x1*x2"), scaling="none")
    architecture = architecture_of(project, data)
    flat = RNG.normal(size=architecture.parameter_count)
    raw = np.array([1.25, -0.5])
    (w1, w2, w3), (b1, b2, b3) = architecture.weights(flat), architecture.biases(flat)
    seen = np.array([1.25, -0.5, -0.625])
    first = np.tanh(np.einsum("oi,i->o", w1, seen) + b1)
    second = np.tanh(np.einsum("oi,i->o", w2, first) + b2)
    output = 1.0 / (1.0 + np.exp(-(np.einsum("oi,i->o", w3, second) + b3)))
    found = activations_at(architecture, flat, data, raw)
    assert len(found) == 4
    for layer, expected in zip(found, (seen, first, second, output), strict=True):
        np.testing.assert_allclose(layer, expected, rtol=1e-12)


def test_inputs_are_told_as_the_network_sees_them_after_scaling() -> None:
    project, data = planar()
    architecture = architecture_of(project, data)
    train = data.samples.inputs[data.train_rows]
    raw = np.array([2.0, 3.0])
    found = activations_at(architecture, np.zeros(architecture.parameter_count), data, raw)
    np.testing.assert_allclose(found[0], (raw - train.mean(axis=0)) / train.std(axis=0), rtol=1e-12)


def test_a_prober_follows_other_weights_and_another_network_and_hands_out_copies() -> None:
    project, data = planar()
    prober, architecture = Prober(), architecture_of(project, data)
    raw = np.array([0.5, 0.5])
    first, second = (RNG.normal(size=architecture.parameter_count) for _ in range(2))
    before = prober.activations(architecture, first, data, raw)
    kept = [layer.copy() for layer in before]
    prober.activations(architecture, second, data, raw)
    for layer, was in zip(before, kept, strict=True):
        np.testing.assert_array_equal(layer, was)
    other = Architecture.dense((2, 5, 1), ("relu", "sigmoid"))
    found = prober.activations(other, np.ones(other.parameter_count), data, raw)
    assert [len(layer) for layer in found] == [2, 5, 1]


def test_dropout_lets_all_neurons_answer() -> None:
    _, data = planar()
    architecture = Architecture((2,), (Dense(3, "tanh"), Dropout(0.5), Dense(1, "sigmoid")))
    flat = RNG.normal(size=architecture.parameter_count)
    (w1, w2), (b1, b2) = architecture.weights(flat), architecture.biases(flat)
    found = activations_at(architecture, flat, data, np.array([1.0, 2.0]))
    hidden = np.tanh(w1 @ found[0] + b1)
    np.testing.assert_allclose(found[1], hidden)
    np.testing.assert_allclose(found[-1], 1.0 / (1.0 + np.exp(-(w2 @ hidden + b2))))


def test_of_a_network_that_looks_at_pictures_inputs_and_outputs_are_told() -> None:
    architecture = Architecture((1, 4, 4), (Conv2D(2, 3, "relu"), Flatten(), Dense(2, "softmax")))
    pixels = RNG.uniform(size=(12, 16))
    names = tuple(f"pixel {place}" for place in range(16))
    bounds = np.tile([0.0, 1.0], (16, 1))
    samples = Samples(
        pixels, (np.arange(12) % 2).astype(float), names, "kind", ("a", "b"), bounds, image_shape=(1, 4, 4)
    )
    data = prepare_samples(Project(), samples)
    flat = RNG.normal(size=architecture.parameter_count)
    found = activations_at(architecture, flat, data, pixels[3])
    assert [len(layer) for layer in found] == [16, 2]
    assert float(found[-1].sum()) == pytest.approx(1.0)


def test_weights_that_overflow_do_no_harm() -> None:
    project, data = planar()
    architecture = architecture_of(project, data)
    found = activations_at(architecture, np.full(architecture.parameter_count, np.nan), data, np.array([0.0, 0.0]))
    assert np.isnan(found[-1]).all()


@pytest.mark.parametrize("request_", [MapRequest(0, 3, others=((1, 12.5),)), MapRequest(0, 1, kind="components")])
def test_a_place_of_the_plane_has_the_inputs_that_its_map_has_there(request_: MapRequest) -> None:
    data = penguins()
    architecture = Architecture.dense((4, 3, 1), ("tanh", "tanh"))
    flat = RNG.normal(size=architecture.parameter_count) * 0.01
    maps = MapMaker().make(architecture, flat, data, request_)
    side = maps.layers[-1].shape[-1]
    row, column = 23, 71
    place = tuple(
        low + (high - low) * (cell + 0.5) / side
        for low, high, cell in zip(maps.low, maps.high, (column, row), strict=True)
    )
    raw = inputs_at(data, request_, (place[0], place[1]))
    found = activations_at(architecture, flat, data, raw)
    for layer, shown in zip(found, maps.layers, strict=True):
        np.testing.assert_allclose(layer, shown[:, row, column], atol=1e-4)
    assert place_of(data, request_, raw) == pytest.approx(place)


def test_inputs_outside_the_plane_stand_where_it_fixes_them_or_at_their_mean() -> None:
    data = penguins()
    raw = inputs_at(data, MapRequest(0, 3, others=((1, 12.5),)), (41.0, 5000.0))
    mean = data.samples.inputs[data.train_rows].mean(axis=0)
    assert raw.tolist() == pytest.approx([41.0, 12.5, mean[2], 5000.0])
