"""Cost functions: one number that says how wrong the outputs are.

Arrays are laid out `[..., outputs, samples]`. A cost is the mean over the samples, one number for each run of the
leading axis; the penalties on the weights are not part of it. Where activation and cost belong together, the
derivative is taken directly at the weighted sum z (the logit), which is both cheaper and exact for large z.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.errors import InputError


@dataclass(frozen=True)
class Cost:
    """One cost function.

    `value(z, a, targets)` gives the mean over the samples. `derivative(a, targets, out)` writes the derivative of
    ONE sample's cost with respect to the outputs a. For the output activations in `fused` that
    derivative, carried back to z, is simply a - t. `outputs` lists the output activations for which
    the cost is defined (empty: all); `suggests` is the one that it is usually taken with. `for_classes` tells that the
    cost asks which class is right and not by how much a number is wrong.
    """

    value: Callable[[Floats, Floats, Floats], Floats]
    derivative: Callable[[Floats, Floats, Floats], object]
    fused: frozenset[str] = frozenset()
    outputs: tuple[str, ...] = ()
    suggests: str = "identity"
    for_classes: bool = False


def half_mse(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over the samples of ½ Σ (a - t)²."""
    return _mean_over_samples(np.square(a - targets), 0.5)


def mse(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over samples and outputs of (a - t)²."""
    return _mean_over_samples(np.square(a - targets), 1.0 / a.shape[-2])


def mse_derivative(a: Floats, targets: Floats, out: Floats) -> None:
    """dC/da = 2 (a - t) / outputs."""
    np.subtract(a, targets, out)
    np.multiply(out, 2.0 / a.shape[-2], out)


def mae(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over samples and outputs of |a - t|."""
    return _mean_over_samples(np.abs(a - targets), 1.0 / a.shape[-2])


def mae_derivative(a: Floats, targets: Floats, out: Floats) -> None:
    """dC/da = sign(a - t) / outputs; 0 where both are equal."""
    np.subtract(a, targets, out)
    np.sign(out, out)
    np.multiply(out, 1.0 / a.shape[-2], out)


def huber(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over samples and outputs of ½ d² where |d| < 1, else |d| - ½, with d = a - t (Huber 1964, δ = 1)."""
    distance = np.abs(a - targets)
    near = np.minimum(distance, 1.0)
    return _mean_over_samples(near * (distance - 0.5 * near), 1.0 / a.shape[-2])


def huber_derivative(a: Floats, targets: Floats, out: Floats) -> None:
    """dC/da = (a - t, cut to ±1) / outputs."""
    np.subtract(a, targets, out)
    np.clip(out, -1.0, 1.0, out)
    np.multiply(out, 1.0 / a.shape[-2], out)


def hinge(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over the samples of Σ max(0, 1 - t a), targets ±1 (Cortes and Vapnik 1995).

    Only outputs with negative values of that size can reach the target -1.
    """
    return _mean_over_samples(np.maximum(1.0 - targets * a, 0.0))


def hinge_derivative(a: Floats, targets: Floats, out: Floats) -> None:
    """dC/da = -t where t a < 1, else 0."""
    np.multiply(targets, a, out)
    np.less(out, 1.0, out)
    np.multiply(out, targets, out)
    np.negative(out, out)


def binary_cross_entropy(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over the samples of Σ -t ln p - (1 - t) ln(1 - p), computed from the logit.

    With p = sigmoid(z) the summand is softplus(z) - t z (Goodfellow et al. 2016, section 6.2.2.2).
    """
    return _mean_over_samples(_softplus(z) - targets * z)


def signed_binary_cross_entropy(z: Floats, a: Floats, targets: Floats) -> Floats:
    """Binary cross-entropy of one tanh output with targets ±1: p = (1 + tanh z) / 2 = sigmoid(2 z)."""
    return binary_cross_entropy(2.0 * z, a, (targets + 1.0) / 2.0)


def cross_entropy(z: Floats, a: Floats, targets: Floats) -> Floats:
    """C = mean over the samples of -Σ t ln softmax(z), computed as ln Σ eᶻ - Σ t z (targets sum to 1)."""
    peak = z.max(axis=-2, keepdims=True)
    log_sum = np.log(np.exp(z - peak).sum(axis=-2, keepdims=True)) + peak
    return _mean_over_samples((log_sum - z) * targets)


def difference(a: Floats, targets: Floats, out: Floats) -> None:
    """Write a - t: the derivative of ½ (a - t)², and of every fused pair with respect to z."""
    np.subtract(a, targets, out)


def _mean_over_samples(values: Floats, share: float = 1.0) -> Floats:
    """Return `share` of the sum over the outputs, as a mean over the samples `[...]`."""
    mean: Floats = values.sum(axis=(-2, -1)) * (share / values.shape[-1])
    return mean


def _softplus(z: Floats) -> Floats:
    """ln(1 + eᶻ), exact for large |z|."""
    result: Floats = np.logaddexp(z, 0.0)
    return result


# The cross-entropies are always fused, so their `derivative` is only ever asked for a - t at z.
COSTS: dict[str, Cost] = {
    "half_mse": Cost(half_mse, difference, fused=frozenset({"identity"})),
    "mse": Cost(mse, mse_derivative),
    "mae": Cost(mae, mae_derivative),
    "huber": Cost(huber, huber_derivative),
    "hinge": Cost(hinge, hinge_derivative, outputs=("identity", "tanh", "selu", "sine"), for_classes=True),
    "binary_cross_entropy": Cost(
        binary_cross_entropy,
        difference,
        fused=frozenset({"sigmoid", "tanh"}),
        outputs=("sigmoid", "tanh"),
        suggests="sigmoid",
        for_classes=True,
    ),
    "cross_entropy": Cost(
        cross_entropy,
        difference,
        fused=frozenset({"softmax"}),
        outputs=("softmax",),
        suggests="softmax",
        for_classes=True,
    ),
}


def cost_value(name: str, *, output_activation: str) -> Callable[[Floats, Floats, Floats], Floats]:
    """Return the function `value(z, a, targets)` of a cost for an output activation.

    Raises `InputError` where there is no such cost, or it is not defined for these outputs.
    """
    if name not in COSTS:
        raise InputError(f'There is no cost "{name}"; there are {", ".join(COSTS)}.')
    if not suits(name, output_activation=output_activation):
        legal = " or ".join(COSTS[name].outputs)
        raise InputError(f"The cost {name} is not defined for {output_activation} outputs; it needs {legal}.")
    if (name, output_activation) == ("binary_cross_entropy", "tanh"):
        return signed_binary_cross_entropy
    return COSTS[name].value


def suits(name: str, *, output_activation: str) -> bool:
    """Tell whether the cost is defined for outputs of this activation."""
    outputs = COSTS[name].outputs
    return not outputs or output_activation in outputs
