"""Values of the activation functions against the standard library's mathematics, and their limits."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS

VALUES: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "sigmoid": lambda z: 1.0 / (1.0 + math.exp(-z)),
    "relu": lambda z: max(0.0, z),
    "identity": lambda z: z,
    "leaky_relu": lambda z: z if z > 0.0 else 0.01 * z,
    "elu": lambda z: z if z > 0.0 else math.exp(z) - 1.0,
    "selu": lambda z: 1.0507009873554805 * (z if z > 0.0 else 1.6732632423543772 * (math.exp(z) - 1.0)),
    "gelu": lambda z: 0.5 * z * (1.0 + math.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1.0 + math.exp(-z)),
    "mish": lambda z: z * math.tanh(math.log(1.0 + math.exp(z))),
    "softplus": lambda z: math.log(1.0 + math.exp(z)),
    "sine": math.sin,
    "gaussian": lambda z: math.exp(-z * z),
    "step": lambda z: float(z > 0.0),
}


def apply(name: str, z: Floats) -> Floats:
    out = np.empty_like(z)
    with np.errstate(over="ignore"):
        ACTIVATIONS[name].value(z, out)
    return out


def test_every_activation_has_its_value_here() -> None:
    missing = set(ACTIVATIONS) - {"softmax"} ^ set(VALUES)
    assert not missing, f"VALUES says what each activation computes: enter or remove {sorted(missing)}"


@pytest.mark.parametrize("name", VALUES)
def test_value(name: str) -> None:
    z = np.linspace(-5.0, 5.0, 21).reshape(3, 7)
    expected = [[VALUES[name](value) for value in row] for row in z.tolist()]
    np.testing.assert_allclose(apply(name, z), expected, rtol=1e-11, atol=1e-15)


def test_softmax_gives_shares_that_sum_to_one() -> None:
    z = np.array([[1.0, 1e4], [2.0, -1e4], [3.0, 1e4]])
    shares = apply("softmax", z)
    weights = [math.exp(1.0), math.exp(2.0), math.exp(3.0)]
    np.testing.assert_allclose(shares[:, 0], [weight / sum(weights) for weight in weights], rtol=1e-14)
    np.testing.assert_allclose(shares[:, 1], [0.5, 0.0, 0.5])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_very_large_sums_give_finite_or_linear_values(name: str) -> None:
    z = np.array([[-1e4, 1e4]])
    assert np.isfinite(apply(name, z)).all()


def test_relu_has_derivative_zero_at_zero() -> None:
    delta, a = np.ones((1, 3)), apply("relu", np.array([[-1.0, 0.0, 1.0]]))
    entry = ACTIVATIONS["relu"]
    entry.backward(delta, np.array([[-1.0, 0.0, 1.0]]), a, entry.scratch_for(delta))
    assert delta.tolist() == [[0.0, 0.0, 1.0]]
