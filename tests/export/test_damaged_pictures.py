"""Damaged, foreign and impossible models of pictures: one line each, which names the place in the file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnplayground.errors import InputError
from nnplayground.export.formats import FORMATS
from nnplayground.export.layers import LayerForm, trained_layers
from tests.export.damage import message_for
from tests.export.picture_models import tiny
from tests.export.test_damaged_models import with_array

MIXED = ["conv2d", "flatten", "flatten", "dense"]


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("layers", 0, "kind"), "conv3d", 'layers[0].kind is "conv3d"; it must be "dense", "conv2d"'),
        (("layers", 0, "kind"), ["conv2d"], 'layers[0].kind is ["conv2d"]; it must be "dense", "conv2d"'),
        (("layers", 0, "stride"), 0, "layers[0].stride is 0; it must be a whole number from 1 to 32."),
        (("layers", 0, "stride"), True, "layers[0].stride is true; it must be a whole number"),
        (("layers", 0, "padding"), -1, "layers[0].padding is -1; it must be a whole number from 0 to 16."),
        (("layers", 0, "padding"), 1.0, "layers[0].padding is 1.0; it must be a whole number"),
        (("layers", 0, "padding"), None, "layers[0].padding is null; it must be a whole number"),
        (("layers", 0, "pool_size"), 2, "layers[0].pool_size is 2; it must be left out, as only kind, kernel_size"),
        (("layers", 0, "kernel_size"), 3, "it must be of the shape filters × 1 × 3 × 3."),
        (
            ("layers", 0, "kernel_size"),
            4,
            "layers[0].kernel_size is 4; it must be at most 3, as the pictures that come in are 3 × 4 with",
        ),
        (
            ("layers", 0, "weights"),
            [[[[1, 2, 3], [4, 5, 6]]]] * 2,
            'layers[0].weights is "2 × 1 × 2 × 3"; it must be of the shape filters × 1 × 2 × 2.',
        ),
        (
            ("layers", 0, "weights"),
            [[[[1, 2], [3, 4]]] * 3] * 2,
            'layers[0].weights is "2 × 3 × 2 × 2"; it must be of the shape filters × 1 × 2 × 2.',
        ),
        (
            ("layers", 0, "weights", 1),
            [[[1, 2]]],
            "layers[0].weights[1] is [[[1.0, 2.0]]]; it must be 1 × 2 × 2 numbers like the first.",
        ),
        (
            ("layers", 0, "weights", 1, 0, 1),
            [1],
            "layers[0].weights[1][0][1] is [1.0]; it must be a row of 2 numbers like the first.",
        ),
        (("layers", 0, "weights", 1, 0, 1, 0), 1e999, "layers[0].weights[1][0][1][0] is inf; it must be a finite"),
        (("layers", 0, "weights", 1, 0), 3, "layers[0].weights[1][0] is 3; it must be a list in square brackets."),
        (("layers", 0, "weights"), [[1, 2]], "layers[0].weights[0][0] is 1; it must be a list in square brackets."),
        (("layers", 0, "biases"), [1], 'layers[0].biases is "1"; it must be a list of 2, one for each row'),
        (("layers", 0, "activation"), "softmax", 'layers[0].activation is "softmax"; it must be "tanh"'),
        (
            ("layers", 1, "pool_size"),
            3,
            "layers[1].pool_size is 3; it must be at most 2, as the pictures that come in are 2 × 3 with their",
        ),
        (("layers", 1, "padding"), 2, "layers[1].padding is 2; it must be at most 1, half the pool_size."),
        (("layers", 1, "weights"), [[1]], "layers[1].weights is [[1]]; it must be left out, as only kind, pool_size"),
        (
            ("layers", 2),
            {"kind": "max_pool2d", "pool_size": 1, "stride": 1, "padding": 0},
            (
                'layers[3].kind is "dense"; it must be "conv2d", "max_pool2d", "average_pool2d" or "flatten", as '
                "pictures of 2 × 1 × 2 come in."
            ),
        ),
        (("layers", 1), {"kind": "flatten"}, 'layers[3].weights is "1 × 4"; it must be a matrix of the shape out × 12'),
        (
            ("layers", 3),
            {"kind": "max_pool2d", "pool_size": 1, "stride": 1, "padding": 0},
            'layers[3].kind is "max_pool2d"; it must be "dense", because the last layer gives the outputs.',
        ),
        (("layers", 3, "weights"), [[1], [2]], 'layers[3].weights is "2 × 1"; it must be a matrix of the shape out'),
        (("output", "classes"), ["a", "b", "c"], 'layers[3].weights is "1 × 4"; it must be a matrix of 3 rows'),
        (("input", "image_shape"), None, "input.image_shape is null; it must be a list in square brackets."),
        (
            ("input", "image_shape"),
            [1, 3, 3],
            (
                "input.image_shape is [1, 3, 3]; it must be a list of channels, height and width, whole numbers whose "
                "product is 12, the number of features."
            ),
        ),
        (("input", "image_shape"), [3, 4], "input.image_shape is [3, 4]; it must be a list of channels, height"),
        (("input", "image_shape"), [1, -3, -4], "input.image_shape is [1, -3, -4]; it must be a list of channels"),
        (("input", "image_shape"), [1, 3.0, 4], "input.image_shape is [1, 3.0, 4]; it must be a list of channels"),
        (("input", "image_shape"), [3, 2, 2], "layers[0].weights"),
    ],
)
def test_what_is_wrong_in_a_model_file_is_told_with_its_place(place: tuple[Any, ...], value: Any, words: str) -> None:
    assert words in message_for(tiny(), place, value)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("input", "image_shape"), "input.image_shape is null; it must be a list of channels, height and width, as"),
        (("layers", 0, "stride"), "layers[0].stride is missing; it must be a whole number from 1 to 32."),
        (("layers", 0, "kind"), "layers[0].kind is missing; it must be"),
        (("layers", 1, "pool_size"), "layers[1].pool_size is missing; it must be a whole number from 1 to 32."),
        (("layers", 2), 'layers[2].kind is "dense"; it must be "conv2d", "max_pool2d"'),
    ],
)
def test_what_is_missing_in_a_model_file_is_named(place: tuple[Any, ...], words: str) -> None:
    document = json.loads(FORMATS["model_json"].write(tiny()))
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]
    with pytest.raises(InputError) as caught:
        FORMATS["model_json"].read(json.dumps(document).encode())
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("layers", ["conv3d", "max_pool2d", "flatten", "dense"], 'layers[0] is "conv3d"; it must be "dense"'),
        ("layers", ["conv2d"] * 3, 'kernel_size is "an array of int64 of the shape (4,)"; it must be a list of 3'),
        ("layers", MIXED, "pool_size[1] is 2; it must be 0, as a flatten layer has no pool_size."),
        ("layers", "conv2d", 'layers is "an array of <U6 of the shape ()"; it must be a list of texts.'),
        ("layers", None, "layers is missing; it must be a list of texts."),
        ("image_shape", None, "image_shape is missing; it must be a list of 3 whole numbers."),
        ("image_shape", [1, 12], 'image_shape is "an array of int64 of the shape (2,)"; it must be a list of 3'),
        ("image_shape", [1, 3, 5], "image_shape is [1, 3, 5]; it must be a list of channels, height and width"),
        ("stride", [0, 1, 0, 0], "stride[0] is 0; it must be a whole number from 1 to 32."),
        ("stride", [1.0, 1, 0, 0], 'stride is "an array of float64 of the shape (4,)"; it must be a list of 4 whole'),
        ("stride", None, "stride is missing; it must be a list of 4 whole numbers."),
        ("padding", [0, 0, 0, 1], "padding[3] is 1; it must be 0, as a dense layer has no padding."),
        ("pool_size", [0, 3, 0, 0], "pool_size[1] is 3; it must be at most 2, as the pictures that come in are"),
        ("kernel_size", [1 << 62, 0, 0, 0], "kernel_size[0] is 4611686018427387904; it must be a whole number from 1"),
        ("activations", ["relu"], 'activations is ["relu"]; it must be a list of 2, one for each conv2d and each'),
        ("activations", ["relu6", "tanh"], 'activations[0] is "relu6"; it must be'),
        ("activations", ["relu", "tanh7"], 'activations[1] is "tanh7"; it must be'),
        ("weights_1", [[1.0]], 'weights_1 is "an array of float64 of the shape (1, 1)"; it must be numbers in four'),
        ("weights_1", np.zeros((2, 1, 2, 3)), 'weights_1 is "2 × 1 × 2 × 3"; it must be of the shape filters × 1 × 2'),
        ("weights_1", np.full((2, 1, 2, 2), np.nan), "weights_1[0][0][0][0] is nan; it must be a finite number."),
        ("weights_2", np.zeros((1, 5)), 'weights_2 is "1 × 5"; it must be a matrix of the shape out × 4.'),
        ("weights_4", np.zeros((1, 4)), "weights_4 is"),
        ("biases_2", [np.inf], "biases_2[0] is inf; it must be a finite number."),
        ("biases_2", None, "biases_2 is missing; it must be a list of numbers."),
    ],
)
def test_what_is_wrong_in_an_archive_is_told_with_its_array(name: str, array: Any, words: str) -> None:
    content = with_array(tiny(), name, None if array is None else np.array(array))
    with pytest.raises(InputError) as caught:
        FORMATS["npz"].read(content)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"image_shape": None}, "input.image_shape is null; it must be a list of channels, height and width"),
        ({"layers": ()}, "layers is []; it must be at least one layer, the last of them dense"),
        ({"layers": tiny().layers[1:2]}, 'layers is ["max_pool2d"]; it must be at least one layer, the last of'),
        (
            {"layers": tiny().layers[3:]},
            'layers[0].kind is "dense"; it must be "conv2d", "max_pool2d", "average_pool2d"',
        ),
        (
            {"layers": (*tiny().layers[:3], replace(tiny().layers[3], activation="relu6"))},
            'layers[3].activation is "relu6"; it must be "tanh"',
        ),
        ({"classes": ("a", "b", "c")}, 'layers[3].weights is "1 × 4"; it must be a matrix of 3 rows'),
        ({"image_shape": (1, 12, 1)}, "layers[0].kernel_size is 2; it must be at most 1, as the pictures"),
    ],
)
def test_a_model_that_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        replace(tiny(), **changes)
    assert words in str(caught.value)


def test_a_network_that_is_too_large_is_refused() -> None:
    layers = trained_layers(
        [*(layer.form for layer in tiny().layers), LayerForm("dense")],
        activations=("relu", "relu", "sigmoid"),
        weights=(np.zeros((600, 1, 2, 2)), np.zeros((4500, 600 * 2)), np.zeros((1, 4500))),
        biases=(np.zeros(600), np.zeros(4500), np.zeros(1)),
    )
    with pytest.raises(InputError, match="The network would have"):
        replace(tiny(), layers=layers)


def test_layers_and_numbers_that_do_not_belong_together_are_refused() -> None:
    model = tiny()
    forms = [layer.form for layer in model.layers]
    with pytest.raises(InputError, match='layers is "1 activations, 2 weights, 2 biases"; it must be at least one'):
        trained_layers(forms, model.activations[:1], model.weights, model.biases)
    with pytest.raises(InputError, match="with one of each for every layer that has weights"):
        trained_layers(forms[1:], model.activations, model.weights, model.biases)
