"""How targets are encoded for each output activation, and how the answers are read."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.training.run.outputs import OutputRule

TWO, THREE = ("a", "b"), ("a", "b", "c")


@pytest.mark.parametrize(
    ("activation", "classes", "expected"),
    [
        ("tanh", TWO, [[-1.0], [1.0]]),
        ("sigmoid", TWO, [[0.0], [1.0]]),
        ("identity", TWO, [[-1.0], [1.0]]),
        ("softmax", TWO, [[1.0, 0.0], [0.0, 1.0]]),
        ("softmax", THREE, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
        ("tanh", THREE, [[1.0, -1.0, -1.0], [-1.0, 1.0, -1.0]]),
    ],
)
def test_targets(activation: str, classes: tuple[str, ...], expected: list[list[float]]) -> None:
    rule = OutputRule(activation, "mse", classes)
    assert rule.encode(np.array([0.0, 1.0])).tolist() == expected
    assert rule.outputs == len(expected[0])


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "identity", "softmax"])
@pytest.mark.parametrize("classes", [TWO, THREE])
def test_perfect_outputs_are_read_as_their_class_with_certainty(activation: str, classes: tuple[str, ...]) -> None:
    rule, truth = OutputRule(activation, "mse", classes), np.arange(len(classes))
    outputs = rule.encode(truth.astype(float)).T
    assert rule.predicted_classes(outputs).tolist() == truth.tolist()
    if classes == TWO:
        assert rule.leaning(outputs).tolist() == [-1.0, 1.0]
    else:
        assert rule.confidence(outputs).tolist() == [1.0, 1.0, 1.0]


def test_an_undecided_output_leans_nowhere() -> None:
    assert OutputRule("sigmoid", "mse", TWO).leaning(np.array([[0.5]])).tolist() == [0.0]
    assert OutputRule("softmax", "mse", THREE).confidence(np.full((3, 1), 1 / 3)).tolist() == [0.0]


def test_numbers_are_their_own_targets() -> None:
    assert OutputRule("identity", "mse", ()).encode(np.array([0.25, -3.0])).tolist() == [[0.25], [-3.0]]
