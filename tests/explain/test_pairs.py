"""What is said about outputs and costs: for every legal pair something true, and nothing where there is no need."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.costs import COSTS, suits
from nnplayground.explain.pairs import pair_note, reach
from nnplayground.explain.words import words_of
from nnplayground.training.run.outputs import OutputRule
from tests.messages import told

TWO, THREE = ("a", "b"), ("a", "b", "c")
CLASSES = np.array([0.0, 1.0, 1.0])


@pytest.mark.parametrize("cost", COSTS)
def test_the_suggested_output_is_legal_and_needs_no_note(cost: str) -> None:
    suggested = COSTS[cost].suggests
    assert suits(cost, output_activation=suggested)
    if COSTS[cost].for_classes:
        classes = THREE if suggested == "softmax" else TWO
        assert pair_note(OutputRule(suggested, cost, classes), CLASSES) is None
    else:
        assert pair_note(OutputRule(suggested, cost, ()), np.array([-5.0, 900.0])) is None


@pytest.mark.parametrize(("output", "cost", "classes"), list(product(ACTIVATIONS, COSTS, [(), TWO, THREE])))
def test_every_legal_pair_has_one_short_text(output: str, cost: str, classes: tuple[str, ...]) -> None:
    if (
        suits(cost, output_activation=output)
        and (classes or not COSTS[cost].for_classes)
        and (classes or output != "softmax")
    ):
        note = pair_note(OutputRule(output, cost, classes), CLASSES)
        assert note is None or (words_of(note).endswith(".") and len(words_of(note)) < 170)


@pytest.mark.parametrize(
    ("output", "cost", "classes", "words"),
    [
        ("sigmoid", "mse", TWO, "binary cross-entropy does not fade"),
        ("softmax", "half_mse", THREE, "cross-entropy does not fade"),
        ("identity", "mse", TWO, "overshoot"),
        ("tanh", "hinge", TWO, "never quite reaches the margin"),
        ("sigmoid", "binary_cross_entropy", THREE, "a yes or no of its own"),
        ("step", "mse", TWO, "nothing can learn"),
        ("step", "mse", (), "nothing can learn; linear outputs are the usual choice"),
    ],
)
def test_what_is_unusual_is_told(output: str, cost: str, classes: tuple[str, ...], words: str) -> None:
    assert words in told(pair_note(OutputRule(output, cost, classes), CLASSES))


def test_targets_out_of_reach_are_told_with_their_numbers() -> None:
    note = told(pair_note(OutputRule("tanh", "mse", ()), np.array([0.0, 7.5])))
    assert "reach from -1 to 1, but the target goes from 0 to 7.5; linear outputs" in note
    below = told(pair_note(OutputRule("relu", "mse", ()), np.array([-3.0, 2.0])))
    assert "from 0 up, but the target goes from -3 to 2" in below
    assert pair_note(OutputRule("relu", "mse", ()), np.array([0.0, 2.0])) is None


LIMITS = {"tanh": (-1, 1), "sigmoid": (0, 1), "identity": (-np.inf, np.inf), "relu": (0, np.inf), "sine": (-1, 1)}


@pytest.mark.parametrize("activation", LIMITS)
def test_the_reach_of_an_activation(activation: str) -> None:
    np.testing.assert_allclose(reach(activation), LIMITS[activation], atol=1e-6)
