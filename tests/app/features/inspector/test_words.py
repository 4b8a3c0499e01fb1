"""The sentences of the inspector."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.inspector.formulas import FORMULAS, sum_formula
from nnplayground.app.features.inspector.words import (
    below_words,
    gradient_words,
    layer_state,
    neuron_state,
    percent,
    scaling_words,
    shape_words,
    step_words,
)
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.observe.inspections import Inspection, InspectionRequest

PYTHON = {
    "−": "-", "·": "*", "½": "0.5 *", "z³": "z**3", "z²": "(z**2)", "tanh z": "tanh(z)", "sin z": "sin(z)",
    "max(0, z)": "(z * (z > 0))", " z (": " * z * (", "0.01 z": "0.01 * z", "1.05 z": "1.05 * z",
    "1.76 (": "1.76 * (", "0.798 (": "0.798 * (", "0.0447 z": "0.0447 * z",
}  # fmt: skip
EXACT = {"exp": np.exp, "tanh": np.tanh, "ln": np.log, "sin": np.sin}


def found(dead: list[bool], saturated: list[float], below: list[bool] | None = None) -> Inspection:
    shares = None if below is None else np.full(len(below), 0.12)
    inside = None if below is None else np.array(below)
    return Inspection(InspectionRequest(0), 100, np.array(dead), np.array(saturated), inside, shares, None)


def test_every_activation_has_a_formula() -> None:
    assert FORMULAS.keys() == ACTIVATIONS.keys()


@pytest.mark.parametrize("name", [name for name in FORMULAS if name != "softmax"])
def test_every_formula_says_what_the_engine_computes(name: str) -> None:
    z = np.linspace(-3.0, 3.0, 41)
    a = np.empty_like(z)
    ACTIVATIONS[name].value(z, a)
    text = FORMULAS[name].removeprefix("f(z) = ")
    for written, meant in PYTHON.items():
        text = text.replace(written, meant)
    text = text.replace("0.5 * *", "0.5 *")
    if " above 0, else " in text:
        above, below = text.split(" above 0, else ")
        text = f"where(z > 0, {above}, {below})"
    value = eval(text, {"__builtins__": {}, "z": z, "where": np.where, **EXACT})
    assert np.allclose(value, a, atol=0.01)


def test_a_sum_is_written_with_its_signs_and_cut_where_it_is_long() -> None:
    assert sum_formula(["x₁", "x₂"], [0.42, -1.2], 0.1) == "z = 0.420·x₁ − 1.20·x₂ + 0.100"
    assert sum_formula(["x₁"], [-0.42], -0.1) == "z = −0.420·x₁ − 0.100"
    assert sum_formula([*"abcde"], [1.0] * 20, 0.0).endswith("+ … (16 more) + 0")


def test_a_dead_neuron_is_warned_about_and_one_that_is_off_is_not() -> None:
    dead = found([True], [1.0])
    assert neuron_state(dead, 0, activation="relu", is_off=False) == (
        "Dead: it answers 0 to every sample, so nothing is learned through it.",
        True,
    )
    assert not neuron_state(dead, 0, activation="relu", is_off=True)[1]
    assert "slope" in neuron_state(dead, 0, activation="tanh", is_off=False)[0]
    assert "12 %" in neuron_state(found([False], [0.12]), 0, activation="tanh", is_off=False)[0]
    assert "none" in neuron_state(found([False], [0.0]), 0, activation="tanh", is_off=False)[0]
    assert "no slope" in neuron_state(dead, 0, activation="step", is_off=False)[0]


def test_the_inputs_of_a_neuron_are_told_of() -> None:
    assert below_words(found([False], [0.0])) == ""
    assert below_words(found([False], [0.0], [True, False, True])).startswith("Of its 3 inputs, 2 are dead; ")
    assert below_words(found([False], [0.0], [False])).startswith("Of its 1 input, none is dead; ")


def test_a_layer_is_told_of() -> None:
    assert layer_state(found([True, False], [1.0, 0.0]), activation="tanh", thing="neuron") == [
        "1 of 2 neurons is dead.",
        "Saturated for 50 % of the samples on the average.",
    ]
    assert layer_state(found([True, True], [1.0, 1.0]), activation="relu", thing="filter")[0] == "All 2 are dead."
    assert (
        layer_state(found([False], [0.0]), activation="sine", thing="neuron")[1] == "Saturated for none of the samples."
    )


def test_the_shape_is_spelled_out() -> None:
    assert shape_words(4, 2, thing="neuron") == "W[out, in] = 4 × 2: 4 neurons with 2 inputs each; b has 4 numbers."
    assert shape_words(1, 1, thing="neuron") == "W[out, in] = 1 × 1: 1 neuron with 1 input; b has 1 number."


def test_the_next_step_is_computed_in_plain_words() -> None:
    training = TrainingSpec(optimizer=OptimizerSpec(learning_rate=0.1))
    assert "−0.1 × 0.500 = −0.0500, which makes it 0.950." in step_words(1.0, 0.5, training, frozen=False)
    assert "−0.1 × (−0.500) = 0.0500" in step_words(1.0, -0.5, training, frozen=False)
    assert step_words(1.0, 0.5, training, frozen=True) == "It is frozen: training leaves it alone."
    adam = TrainingSpec(optimizer=OptimizerSpec(name="adam"))
    assert "Adam makes another step" in step_words(1.0, 0.5, adam, frozen=False)
    assert step_words(1.0, None, training, frozen=False) == ""
    assert "raise the cost" in gradient_words(0.5, frozen=False)
    assert "lower the cost" in gradient_words(-0.5, frozen=False)
    assert "train on a batch" in gradient_words(None, frozen=False)


def test_a_share_is_never_rounded_to_none_or_all() -> None:
    assert [percent(share) for share in (0.0, 1e-6, 0.5, 1 - 1e-6, 1.0)] == ["0 %", "0.1 %", "50 %", "99.9 %", "100 %"]


def test_scaling_is_written_as_a_formula() -> None:
    assert scaling_words("x1", 0.0, 1.0) == "x1 as it is"
    assert scaling_words("x1", 0.02, 3.4) == "(x1 − 0.0200) / 3.40"
    assert scaling_words("x1", -2.0, 1.0) == "(x1 + 2.00)"
