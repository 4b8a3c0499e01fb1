"""Activation functions: what a neuron does with its weighted sum.

Each entry of `ACTIVATIONS` holds the value and the way back side by side. Arrays are laid out `[units, samples]` (a
leading axis for several runs is allowed) and results are written into given buffers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from nnplayground.arrays import Floats

LEAK = 0.01
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
GELU_SCALE, GELU_CUBE = sqrt(2.0 / pi), 0.044715


@dataclass(frozen=True)
class Activation:
    """One activation function.

    `value(z, out)` writes a = f(z). `backward(delta, z, a, scratch)` turns dC/da, held in `delta`, into dC/dz in place;
    it may use `scratch`, an array of the same shape. `hidden` tells whether the function makes sense inside the
    network; softmax does not. `off` is the target of an output whose class a sample does not belong to (the other
    target is 1): -1 where the function has negative values of that size, else 0.
    """

    value: Callable[[Floats, Floats], object]
    backward: Callable[[Floats, Floats, Floats, Floats], object]
    hidden: bool = True
    off: float = 0.0


def identity(z: Floats, out: Floats) -> None:
    """f(z) = z."""
    np.copyto(out, z)


def identity_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1: nothing to do."""


def tanh_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1 - a², with a = tanh(z)."""
    np.multiply(a, a, scratch)
    np.subtract(1.0, scratch, scratch)
    np.multiply(delta, scratch, delta)


def sigmoid(z: Floats, out: Floats) -> None:
    """f(z) = 1 / (1 + e⁻ᶻ); e⁻ᶻ may overflow to infinity, which gives the right limit 0."""
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, 1.0, out)
    np.reciprocal(out, out)


def sigmoid_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = a (1 - a), with a = sigmoid(z)."""
    np.subtract(1.0, a, scratch)
    np.multiply(scratch, a, scratch)
    np.multiply(delta, scratch, delta)


def relu(z: Floats, out: Floats) -> None:
    """f(z) = max(0, z) (Nair and Hinton 2010)."""
    np.maximum(z, 0.0, out=out)


def relu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1 where z > 0, else 0; at z = 0 the derivative is taken as 0, as PyTorch does."""
    np.greater(a, 0.0, scratch)
    np.multiply(delta, scratch, delta)


def leaky_relu(z: Floats, out: Floats) -> None:
    """f(z) = z where z > 0, else 0.01 z (Maas, Hannun and Ng 2013)."""
    np.multiply(z, LEAK, out)
    np.maximum(z, out, out=out)


def leaky_relu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1 where z > 0, else 0.01."""
    np.multiply(delta, LEAK, out=delta, where=z <= 0.0)


def elu(z: Floats, out: Floats) -> None:
    """f(z) = z where z > 0, else eᶻ - 1 (Clevert, Unterthiner and Hochreiter 2016, eq. 15, α = 1)."""
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out)
    np.copyto(out, z, where=z > 0.0)


def elu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1 where z > 0, else eᶻ = a + 1."""
    np.minimum(a, 0.0, out=scratch)
    np.add(scratch, 1.0, scratch)
    np.multiply(delta, scratch, delta)


def selu(z: Floats, out: Floats) -> None:
    """f(z) = λ z where z > 0, else λ α (eᶻ - 1) (Klambauer et al. 2017, eq. 2)."""
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out)
    np.multiply(out, SELU_ALPHA, out)
    np.copyto(out, z, where=z > 0.0)
    np.multiply(out, SELU_SCALE, out)


def selu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = λ where z > 0, else λ α eᶻ = a + λ α."""
    np.add(a, SELU_SCALE * SELU_ALPHA, scratch)
    np.copyto(scratch, SELU_SCALE, where=z > 0.0)
    np.multiply(delta, scratch, delta)


def softplus(z: Floats, out: Floats) -> None:
    """f(z) = ln(1 + eᶻ) (Dugas et al. 2001), exact for large |z|."""
    np.abs(z, out=out)
    np.negative(out, out)
    np.exp(out, out)
    np.log1p(out, out)
    np.add(out, np.maximum(z, 0.0), out)


def softplus_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = sigmoid(z)."""
    sigmoid(z, scratch)
    np.multiply(delta, scratch, delta)


def silu(z: Floats, out: Floats) -> None:
    """f(z) = z sigmoid(z), also called swish (Elfwing, Uchibe and Doya 2018)."""
    sigmoid(z, out)
    np.multiply(out, z, out)


def silu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = s + a (1 - s), with s = sigmoid(z)."""
    sigmoid(z, scratch)
    np.multiply(delta, scratch + a * (1.0 - scratch), delta)


def gelu(z: Floats, out: Floats) -> None:
    """f(z) = ½ z (1 + tanh(√(2/π) (z + 0.044715 z³))) (Hendrycks and Gimpel 2016), the tanh form of GELU."""
    _gelu_tanh(z, out)
    np.add(out, 1.0, out)
    np.multiply(out, z, out)
    np.multiply(out, 0.5, out)


def gelu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = ½ (1 + t) + ½ z (1 - t²) √(2/π) (1 + 3 · 0.044715 z²), with t the tanh in f."""
    _gelu_tanh(z, scratch)
    slope = GELU_SCALE * (1.0 + 3.0 * GELU_CUBE * z * z)
    np.multiply(delta, 0.5 * (1.0 + scratch) + 0.5 * z * (1.0 - scratch * scratch) * slope, delta)


def _gelu_tanh(z: Floats, out: Floats) -> None:
    np.multiply(z, z, out)
    np.multiply(out, GELU_CUBE, out)
    np.add(out, 1.0, out)
    np.multiply(out, z, out)
    np.multiply(out, GELU_SCALE, out)
    np.tanh(out, out)


def mish(z: Floats, out: Floats) -> None:
    """f(z) = z tanh(softplus(z)) (Misra 2019)."""
    softplus(z, out)
    np.tanh(out, out)
    np.multiply(out, z, out)


def mish_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = t + z (1 - t²) sigmoid(z), with t = tanh(softplus(z))."""
    softplus(z, scratch)
    np.tanh(scratch, scratch)
    gate = np.empty_like(z)
    sigmoid(z, gate)
    np.multiply(delta, scratch + z * (1.0 - scratch * scratch) * gate, delta)


def sine_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = cos(z), with a = sin(z) (Sitzmann et al. 2020)."""
    np.cos(z, scratch)
    np.multiply(delta, scratch, delta)


def gaussian(z: Floats, out: Floats) -> None:
    """f(z) = e^(-z²), a bump around zero (Broomhead and Lowe 1988)."""
    np.multiply(z, z, out)
    np.negative(out, out)
    np.exp(out, out)


def gaussian_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = -2 z a."""
    np.multiply(z, a, scratch)
    np.multiply(scratch, -2.0, scratch)
    np.multiply(delta, scratch, delta)


def step(z: Floats, out: Floats) -> None:
    """f(z) = 1 where z > 0, else 0: the threshold of the first artificial neurons (Rosenblatt 1958)."""
    np.greater(z, 0.0, out)


def step_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 0 wherever it exists, so nothing below a step ever learns."""
    delta[...] = 0.0


def softmax(z: Floats, out: Floats) -> None:
    """f(z)ᵢ = eᶻⁱ / Σⱼ eᶻʲ over the units; the largest z is subtracted first, so nothing overflows."""
    np.subtract(z, z.max(axis=-2, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=-2, keepdims=True), out)


def softmax_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """dC/dzᵢ = aᵢ (dC/daᵢ - Σⱼ aⱼ dC/daⱼ): every output depends on every z."""
    np.multiply(a, delta, scratch)
    np.subtract(delta, scratch.sum(axis=-2, keepdims=True), delta)
    np.multiply(delta, a, delta)


ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(np.tanh, tanh_backward, off=-1.0),
    "sigmoid": Activation(sigmoid, sigmoid_backward),
    "relu": Activation(relu, relu_backward),
    "identity": Activation(identity, identity_backward, off=-1.0),
    "leaky_relu": Activation(leaky_relu, leaky_relu_backward),
    "elu": Activation(elu, elu_backward),
    "selu": Activation(selu, selu_backward, off=-1.0),
    "gelu": Activation(gelu, gelu_backward),
    "silu": Activation(silu, silu_backward),
    "mish": Activation(mish, mish_backward),
    "softplus": Activation(softplus, softplus_backward),
    "sine": Activation(np.sin, sine_backward, off=-1.0),
    "gaussian": Activation(gaussian, gaussian_backward),
    "step": Activation(step, step_backward),
    "softmax": Activation(softmax, softmax_backward, hidden=False),
}

HIDDEN_ACTIVATIONS = tuple(name for name, entry in ACTIVATIONS.items() if entry.hidden)
