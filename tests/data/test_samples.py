"""Samples are checked and frozen when they are made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnplayground.data.samples import LARGEST, Samples
from nnplayground.errors import InputError


def made(**changes: Any) -> Samples:
    """Return three legal samples of two classes with some parts replaced."""
    parts: dict[str, Any] = {
        "inputs": np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]),
        "targets": np.array([0.0, 1.0, 1.0]),
        "input_names": ("length", "depth"),
        "target_name": "species",
        "classes": ("a", "b"),
        "bounds": np.array([[0.0, 4.0], [1.0, 5.0]]),
    }
    return Samples(**(parts | changes))


def test_samples_with_classes_are_a_classification_and_without_a_regression() -> None:
    assert made().task == "classification"
    assert made(classes=(), targets=np.array([0.5, -3.0, 1e6])).task == "regression"


def test_samples_are_pictures_only_when_they_have_a_picture_shape() -> None:
    assert made().image_shape is None
    assert made(image_shape=(1, 1, 2)).image_shape == (1, 1, 2)
    assert made(image_shape=(2, 1, 1)).image_shape == (2, 1, 1)


def test_nobody_can_change_the_arrays_of_samples() -> None:
    inputs = np.zeros((3, 2))
    samples = made(inputs=inputs)
    inputs[0, 0] = 7.0
    assert samples.inputs[0, 0] == 0.0
    for array in (samples.inputs, samples.targets, samples.bounds):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inputs": np.zeros((0, 2)), "targets": np.zeros(0)}, "no samples"),
        ({"inputs": np.zeros(3)}, "no samples"),
        ({"targets": np.zeros(2)}, "3 samples and 2 targets"),
        ({"input_names": ("length",)}, "2 inputs are called length"),
        ({"input_names": ("length", "length")}, "name of its own"),
        ({"bounds": np.zeros((1, 2))}, "a low and a high for each"),
        ({"bounds": np.array([[0.0, 1.0], [1.0, 1.0]])}, "the low one below the high one"),
        ({"bounds": np.array([[0.0, np.inf], [0.0, 1.0]])}, "finite"),
        ({"inputs": np.full((3, 2), np.nan)}, "inputs hold nan"),
        ({"targets": np.array([0.0, np.inf, 1.0]), "classes": ()}, "targets hold inf"),
        ({"targets": np.array([0.0, 2 * LARGEST, 1.0]), "classes": ()}, "2e"),
        ({"targets": np.array([0.0, 2.0, 1.0])}, "class 2; classes are whole numbers from 0 to 1"),
        ({"targets": np.array([0.0, 0.5, 1.0])}, "class 0.5"),
        ({"targets": np.array([0.0, -1.0, 1.0])}, "class -1"),
        ({"targets": np.zeros(3), "classes": ("a",)}, "at least two different"),
        ({"classes": ("a", "a")}, "at least two different"),
        ({"image_shape": (1, 2, 2)}, "picture shape is 1 x 2 x 2 and the number of inputs is 2"),
        ({"image_shape": (0, 1, 2)}, "1 or more each"),
        ({"image_shape": (-1, 1, -2)}, "1 or more each"),
    ],
)
def test_samples_that_do_not_fit_together_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        made(**changes)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
