"""Models that look at pictures: the same bits come back, and loops written out with NumPy alone predict the same."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.arrays import Floats
from nnplayground.data.images import load_digits
from nnplayground.data.scaling import Scaling
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from nnplayground.engine.network import Network
from nnplayground.errors import InputError
from nnplayground.export import formats
from nnplayground.export.formats import FORMATS, export, read_model
from nnplayground.export.layers import KINDS, LayerForm, form_of
from nnplayground.export.model import Facts, TrainedModel, same
from nnplayground.export.trained import project_from, trained_model
from nnplayground.project.layer_specs import (
    LAYER_KINDS,
    AveragePool2DSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    LayerSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import DataSpec, ImagesSource, NetworkSpec, Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.run import Run
from tests.export.models import CIRCLE, trained
from tests.export.picture_models import picture_models, uneven
from tests.export.trained_layers import dense_layers

FUNCTIONS: dict[str, Any] = {
    "relu": lambda z: np.maximum(z, 0.0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
    "softmax": lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
}

LAYERS: tuple[LayerSpec, ...] = (
    Conv2DSpec(filters=3, kernel_size=3, stride=2, padding=1),
    MaxPool2DSpec(),
    DropoutSpec(),
    AveragePool2DSpec(pool_size=2, stride=1, padding=1),
    FlattenSpec(),
    DenseSpec(units=5),
    DropoutSpec(),
)


def digits(*layers: LayerSpec, scaling: str = "none", seed: int = 1) -> Project:
    """Return a project on the shipped digits."""
    data = DataSpec(source=ImagesSource(), scaling=scaling)
    return Project(data=data, network=NetworkSpec(layers=layers), training=TrainingSpec(batch_size=200), seed=seed)


def predicted(content: bytes, raw: Floats) -> Floats:
    """Predict `[samples, outputs]` with NumPy alone, as the documentation of the archive says, in plain loops."""
    with np.load(io.BytesIO(content)) as model:
        rows = [one_prediction(model, (row - model["shift"]) / model["scale"]) for row in raw]
    return np.stack(rows)


def one_prediction(model: Any, a: Floats) -> Floats:
    """Push one sample through all layers."""
    a = a.reshape(model["image_shape"])
    weighted = iter(range(1, len(model["activations"]) + 1))
    for place, kind in enumerate(model["layers"]):
        size = int(model["kernel_size"][place] + model["pool_size"][place])
        stride, padding = int(model["stride"][place]), int(model["padding"][place])
        if kind == "conv2d":
            a = convolution(model, next(weighted), a, stride, padding)
        elif kind == "max_pool2d":
            a = over_windows(a, size, stride, padding, -np.inf, lambda window: window.max((1, 2)))
        elif kind == "average_pool2d":
            a = over_windows(a, size, stride, padding, 0.0, lambda window: window.mean((1, 2)))
        elif kind == "flatten":
            a = a.ravel()
        else:
            number = next(weighted)
            z = model[f"weights_{number}"] @ a + model[f"biases_{number}"]
            a = FUNCTIONS[str(model["activations"][number - 1])](z)
    return a


def convolution(model: Any, number: int, a: Floats, stride: int, padding: int) -> Floats:
    """Push pictures through the filters of the layer with this number."""
    filters, biases = model[f"weights_{number}"], model[f"biases_{number}"]

    def sums(window: Floats) -> Floats:
        return np.array([(one * window).sum() + bias for one, bias in zip(filters, biases, strict=True)])

    z = over_windows(a, filters.shape[-1], stride, padding, 0.0, sums)
    return np.asarray(FUNCTIONS[str(model["activations"][number - 1])](z))


def over_windows(pictures: Floats, size: int, stride: int, padding: int, margin: float, function: Any) -> Floats:
    """Return `[channels, rows, columns]`, the function of every window `[channels, size, size]`."""
    _, height, width = pictures.shape
    rows, columns = ((length + 2 * padding - size) // stride + 1 for length in (height, width))
    answers = []
    for row, column in product(range(rows), range(columns)):
        window = np.full((len(pictures), size, size), margin)
        for down, across in product(range(size), range(size)):
            y, x = row * stride - padding + down, column * stride - padding + across
            if 0 <= y < height and 0 <= x < width:
                window[:, down, across] = pictures[:, y, x]
        answers.append(function(window))
    return np.stack(answers, axis=-1).reshape(-1, rows, columns)


def test_numpy_alone_predicts_the_same_where_nothing_is_square() -> None:
    model = uneven()
    raw = np.random.default_rng(1).random((5, 252))
    expected = model.outputs(raw)
    np.testing.assert_allclose(predicted(FORMATS["npz"].write(model), raw), expected, rtol=1e-12, atol=1e-15)
    assert np.ptp(expected, axis=0).min() > 1e-4  # the pictures do make a difference


def test_numpy_alone_predicts_the_digits_of_a_run() -> None:
    run, model = trained(digits(*LAYERS, scaling="standardize"), epochs=1)
    raw = run.data.samples.inputs[:20]
    expected = run.network.outputs(run.data.network_inputs(raw))
    np.testing.assert_allclose(predicted(FORMATS["npz"].write(model), raw), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(model=picture_models())
def test_any_model_of_pictures_comes_back_bit_for_bit(entry: formats.Format, model: TrainedModel) -> None:
    found = entry.read(entry.write(model))
    assert same(found, model)
    for one, other in zip((*found.weights, *found.biases), (*model.weights, *model.biases), strict=True):
        assert (one.shape, one.tobytes()) == (other.shape, other.tobytes())
    assert entry.write(found) == entry.write(model)


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_a_model_of_pictures_read_back_predicts_what_the_run_predicts(entry: formats.Format, tmp_path: Path) -> None:
    run, model = trained(digits(*LAYERS, scaling="min_max"), epochs=1)
    export(model, tmp_path / f"m{entry.suffix}")
    raw = run.data.samples.inputs
    expected = run.network.outputs(run.data.network_inputs(raw))
    found = read_model(tmp_path / f"m{entry.suffix}").outputs(raw)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_many_pictures_are_predicted_in_parts_with_the_same_answers() -> None:
    model = uneven()
    raw = np.random.default_rng(2).random((1500, 252))
    architecture = model.architecture
    flat = architecture.flatten([weights.reshape(len(weights), -1) for weights in model.weights], model.biases)
    network = Network(architecture, flat)
    assert network.chunk < len(raw)
    np.testing.assert_allclose(model.outputs(raw), network.outputs(model.scaling.apply(raw)), rtol=1e-12)
    assert model.outputs(raw[:0]).shape == (0, 3)


def test_the_model_file_lists_all_layers_and_the_shape_of_the_pictures() -> None:
    document = json.loads(FORMATS["model_json"].write(uneven()))
    assert document["input"]["image_shape"] == [3, 7, 12]
    without_weights = [
        {key: value for key, value in layer.items() if key not in ("weights", "biases", "activation")}
        for layer in document["layers"]
    ]
    assert without_weights == [
        {"kind": "conv2d", "kernel_size": 3, "stride": 1, "padding": 1},
        {"kind": "max_pool2d", "pool_size": 3, "stride": 2, "padding": 1},
        {"kind": "conv2d", "kernel_size": 2, "stride": 2, "padding": 1},
        {"kind": "average_pool2d", "pool_size": 2, "stride": 1, "padding": 1},
        {"kind": "max_pool2d", "pool_size": 2, "stride": 1, "padding": 0},
        {"kind": "flatten"},
        {"kind": "dense"},
        {"kind": "dense"},
    ]
    assert np.array(document["layers"][0]["weights"]).shape == (4, 3, 3, 3)
    assert document["version"] == 2


class TestDenseModels:
    """Their files are as they were before there were models of pictures."""

    MODEL = TrainedModel(
        layers=dense_layers(
            ("tanh", "sigmoid"),
            (np.array([[0.1, -2.0], [3.0, 1e-300]]), np.array([[0.5, 0.25]])),
            (np.array([0.0, -1.5]), np.array([2.0])),
        ),
        inputs=("x1", "x2"),
        features=("x1", "x2"),
        scaling=Scaling("min_max", (0.0, 1.0), (2.0, 4.0)),
        classes=("orange", "blue"),
        facts=Facts(3, 1, 0.125, None, "half_mse"),
    )

    def test_the_archive_has_these_arrays_and_no_others(self) -> None:
        buffer = io.BytesIO()
        np.savez(
            buffer, format=np.array("nnplayground/model"), version=np.array(2),
            activations=np.array(["tanh", "sigmoid"]), inputs=np.array(["x1", "x2"]),
            features=np.array(["x1", "x2"]), scaling=np.array("min_max"),
            shift=np.array([0.0, 1.0]), scale=np.array([2.0, 4.0]), task=np.array("classification"),
            classes=np.array(["orange", "blue"]), epochs=np.array(3), seed=np.array(1), cost=np.array("half_mse"),
            train_cost=np.array(0.125), test_cost=np.array(np.nan), weights_1=np.array([[0.1, -2.0], [3.0, 1e-300]]),
            biases_1=np.array([0.0, -1.5]), weights_2=np.array([[0.5, 0.25]]), biases_2=np.array([2.0]),
        )  # fmt: skip
        assert FORMATS["npz"].write(self.MODEL) == buffer.getvalue()
        assert same(FORMATS["npz"].read(buffer.getvalue()), self.MODEL)

    def test_the_text_has_these_fields_and_no_others(self) -> None:
        text = """{"format": "nnplayground/model", "version": 2, "layers": [
            {"kind": "dense", "activation": "tanh", "weights": [[0.1, -2.0], [3.0, 1e-300]], "biases": [0.0, -1.5]},
            {"kind": "dense", "activation": "sigmoid", "weights": [[0.5, 0.25]], "biases": [2.0]}],
            "input": {"names": ["x1", "x2"], "features": ["x1", "x2"],
                      "scaling": {"name": "min_max", "shift": [0.0, 1.0], "scale": [2.0, 4.0]}},
            "output": {"task": "classification", "classes": ["orange", "blue"]},
            "training": {"epochs": 3, "seed": 1, "cost": "half_mse", "train_cost": 0.125, "test_cost": null}}"""
        expected = json.dumps(json.loads(text), indent=1, sort_keys=True) + "\n"
        assert FORMATS["model_json"].write(self.MODEL).decode() == expected
        assert same(FORMATS["model_json"].read(text.encode()), self.MODEL)

    @pytest.mark.parametrize("layers", [(DropoutSpec(0.5), DenseSpec()), (FlattenSpec(), DenseSpec())])
    def test_layers_that_do_nothing_in_prediction_leave_a_dense_model(self, layers: tuple[LayerSpec, ...]) -> None:
        run, model = trained(replace(CIRCLE, network=NetworkSpec(layers=layers)))
        assert [layer.kind for layer in model.layers] == ["dense", "dense"]
        assert model.image_shape is None
        raw = run.data.samples.inputs
        assert np.array_equal(model.outputs(raw), run.network.outputs(run.data.network_inputs(raw)))


class TestTheLayersOfAModel:
    @pytest.mark.parametrize(
        "kind", [kind for kind in LAYER_KINDS if kind().layer().kind in KINDS or not kind().layer().hands_on]
    )
    def test_every_kind_of_a_project_can_be_in_a_file(self, kind: type[LayerSpec]) -> None:
        form = form_of(kind().layer())
        assert form.kind == kind.kind in KINDS
        assert form_of(form.entry.make(form, 3, "relu")) == form

    def test_a_model_is_made_of_every_layer_that_matters_for_prediction(self) -> None:
        layers: tuple[Layer, ...] = (
            Conv2D(2, 3, "relu", 2, 1), Dropout(0.3), MaxPool2D(2, None, 1), AveragePool2D(2, 1), Flatten(),
            Dropout(0.1), Dense(10, "softmax"),
        )  # fmt: skip
        architecture = Architecture((1, 8, 8), layers)
        flat = np.random.default_rng(0).normal(size=architecture.parameter_count)
        model = trained_model(architecture, flat, Run(digits()).data, Facts(0, 1, None, None))
        assert [layer.form for layer in model.layers] == [
            LayerForm("conv2d", kernel_size=3, stride=2, padding=1),
            LayerForm("max_pool2d", pool_size=2, stride=2, padding=1),
            LayerForm("average_pool2d", pool_size=2, stride=1),
            LayerForm("flatten"),
            LayerForm("dense"),
        ]
        assert [layer.words for layer in model.layers[-2:]] == ["flatten", "dense 10 softmax"]
        assert model.weights[0].shape == (2, 1, 3, 3)
        raw = load_digits().inputs[:30]
        assert np.array_equal(model.outputs(raw), Network(architecture, flat).outputs(raw))


class TestOpeningAModelOfPictures:
    @pytest.mark.parametrize("scaling", ["none", "standardize", "min_max"])
    @pytest.mark.parametrize("layers", [LAYERS, (FlattenSpec(), DenseSpec(3)), (DenseSpec(3), DropoutSpec())])
    def test_it_becomes_a_project_on_the_digits_that_predicts_the_same(
        self, layers: tuple[LayerSpec, ...], scaling: str
    ) -> None:
        run, model = trained(digits(*layers, scaling=scaling, seed=11), epochs=1)
        reopened = Run(project_from(model))
        assert reopened.project.data.source == ImagesSource(name="digits")
        raw = run.data.samples.inputs[:50]
        found = reopened.network.outputs(reopened.data.network_inputs(raw))
        np.testing.assert_allclose(found, model.outputs(raw), rtol=1e-9, atol=1e-12)

    def test_its_layers_are_those_of_the_project_without_dropout(self) -> None:
        _, model = trained(digits(*LAYERS), epochs=1)
        found = project_from(model).network.layers
        expected = [layer for layer in LAYERS if not isinstance(layer, DropoutSpec)]
        expected[1] = MaxPool2DSpec(stride=2)  # said in numbers
        assert list(found) == expected

    def test_a_scaling_that_the_digits_do_not_get_is_refused(self) -> None:
        _, model = trained(digits(*LAYERS, scaling="standardize"), epochs=1)
        other = replace(model.scaling, shift=(0.5, *model.scaling.shift[1:]))
        with pytest.raises(InputError, match=r'input\.scaling\.name is "standardize"; it must be "none" or what'):
            project_from(replace(model, scaling=other))

    def test_a_scaling_that_changes_nothing_is_none(self) -> None:
        _, model = trained(digits(*LAYERS), epochs=1)
        project = project_from(replace(model, scaling=replace(model.scaling, name="min_max")))
        assert project.data.scaling == "none"

    def test_classes_in_another_order_are_refused(self) -> None:
        _, model = trained(digits(*LAYERS), epochs=1)
        with pytest.raises(InputError, match="in the order of the digits that come with the program: "):
            project_from(replace(model, classes=model.classes[::-1]))

    def test_pictures_that_do_not_come_with_the_program_are_told_in_a_short_sentence(self) -> None:
        with pytest.raises(InputError, match="and 232 more, and a model file does not hold its data") as caught:
            project_from(uneven())
        assert len(str(caught.value)) < 700

    def test_a_layer_that_a_project_cannot_hold_is_told_with_its_place(self) -> None:
        _, model = trained(digits(Conv2DSpec(2, 8), FlattenSpec()), epochs=1)
        wide = replace(model.layers[0], weights=np.ones((600, 1, 8, 8)), biases=np.ones(600))
        layers = (wide, model.layers[1], replace(model.layers[2], weights=np.ones((10, 600))))
        with pytest.raises(InputError, match=r"layers\[0\]\.filters is 600; it must be a whole number from 1 to 512"):
            project_from(replace(model, layers=layers, experiment=None))
