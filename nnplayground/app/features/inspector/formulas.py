"""Every activation function as one line of mathematics, and a neuron with its numbers as one."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.explain.figures import number_text

FORMULAS = {
    "tanh": "f(z) = tanh z",
    "sigmoid": "f(z) = 1 / (1 + exp(−z))",
    "relu": "f(z) = max(0, z)",
    "identity": "f(z) = z",
    "leaky_relu": "f(z) = z above 0, else 0.01 z",
    "elu": "f(z) = z above 0, else exp(z) − 1",
    "selu": "f(z) = 1.05 z above 0, else 1.76 (exp(z) − 1)",
    "gelu": "f(z) = ½ z (1 + tanh(0.798 (z + 0.0447 z³)))",
    "silu": "f(z) = z / (1 + exp(−z))",
    "mish": "f(z) = z · tanh(ln(1 + exp(z)))",
    "softplus": "f(z) = ln(1 + exp(z))",
    "sine": "f(z) = sin z",
    "gaussian": "f(z) = exp(−z²)",
    "step": "f(z) = 1 above 0, else 0",
    "softmax": "f(z) = exp(z) / sum of exp(z) over all outputs",
}

MOST_TERMS = 4


def sum_formula(sources: Sequence[str], weights: Sequence[float], bias: float) -> str:
    """Return the weighted sum with its numbers, such as "z = 0.420·x₁ − 1.20·x₂ + 0.100"; long ones are cut.

    `sources` and `weights` may be only the first few of all; `sources` names as many as there are weights or more.
    """
    text = "z ="
    for place, (name, weight) in enumerate(zip(sources, weights, strict=False)):
        if place == MOST_TERMS and len(weights) > MOST_TERMS + 1:
            text += f" + … ({len(weights) - MOST_TERMS} more)"
            break
        text += _term(f"{number_text(abs(weight))}·{name}", weight, is_first=place == 0)
    return text + _term(number_text(abs(bias)), bias, is_first=not len(weights))


def _term(text: str, value: float, *, is_first: bool) -> str:
    """Return a term with its sign."""
    if is_first:
        return f" −{text}" if value < 0 else f" {text}"
    return f" − {text}" if value < 0 else f" + {text}"
