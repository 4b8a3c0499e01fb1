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
    """One activation function, whose two parts make no arrays, as they work in every step.

    `value(z, out)` writes a = f(z). `backward(delta, z, a, scratch)` turns dC/da, held in `delta`, into dC/dz in place;
    it may use `scratch`, which `scratch_for` makes: one array of the same shape, or `scratches` of them. `hidden` tells
    whether the function makes sense inside the network; softmax does not. `off` is the target of an output whose class
    a sample does not belong to (the other target is 1): -1 where the function has negative values of that size, else 0.
    """

    value: Callable[[Floats, Floats], object]
    backward: Callable[[Floats, Floats, Floats, Floats], object]
    hidden: bool = True
    off: float = 0.0
    scratches: int = 1

    def scratch_for(self, delta: Floats) -> Floats:
        """Return room for `backward` beside a `delta` of this shape."""
        shape = delta.shape if self.scratches == 1 else (self.scratches, *delta.shape)
        return np.empty(shape, delta.dtype)


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
    np.greater(z, 0.0, scratch)
    np.multiply(scratch, 1.0 - LEAK, scratch)
    np.add(scratch, LEAK, scratch)
    np.multiply(delta, scratch, delta)


def elu(z: Floats, out: Floats) -> None:
    """f(z) = z where z > 0, else eᶻ - 1 (Clevert, Unterthiner and Hochreiter 2016, eq. 15, α = 1)."""
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out)
    np.maximum(z, out, out=out)  # eᶻ - 1 is never below z


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
    np.logaddexp(z, 0.0, out)


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
    gate, slope = scratch
    sigmoid(z, gate)
    np.subtract(1.0, gate, slope)
    np.multiply(slope, a, slope)
    np.add(slope, gate, slope)
    np.multiply(delta, slope, delta)


def gelu(z: Floats, out: Floats) -> None:
    """f(z) = ½ z (1 + tanh(√(2/π) (z + 0.044715 z³))) (Hendrycks and Gimpel 2016), the tanh form of GELU."""
    _gelu_tanh(z, out)
    np.add(out, 1.0, out)
    np.multiply(out, z, out)
    np.multiply(out, 0.5, out)


def gelu_backward(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = (1 + t) (½ + g (1 - t)) with t the tanh in f and g = ½ z √(2/π) (1 + 3 · 0.044715 z²)."""
    t, slope = scratch
    _gelu_tanh(z, t)
    np.multiply(z, z, slope)
    np.multiply(slope, 3.0 * GELU_CUBE, slope)
    np.add(slope, 1.0, slope)
    np.multiply(slope, z, slope)
    np.multiply(slope, 0.5 * GELU_SCALE, slope)
    np.subtract(1.0, t, t)
    np.multiply(slope, t, slope)
    np.add(slope, 0.5, slope)
    np.subtract(2.0, t, t)
    np.multiply(slope, t, slope)
    np.multiply(delta, slope, delta)


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
    """f'(z) = t + z (1 - t²) s = (1 + t) (1 + z s (1 - t)) - 1, with t = tanh(softplus(z)) and s = sigmoid(z)."""
    t, slope = scratch
    softplus(z, t)
    np.tanh(t, t)
    sigmoid(z, slope)
    np.multiply(slope, z, slope)
    np.subtract(1.0, t, t)
    np.multiply(slope, t, slope)
    np.add(slope, 1.0, slope)
    np.subtract(2.0, t, t)
    np.multiply(slope, t, slope)
    np.subtract(slope, 1.0, slope)
    np.multiply(delta, slope, delta)


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
    "gelu": Activation(gelu, gelu_backward, scratches=2),
    "silu": Activation(silu, silu_backward, scratches=2),
    "mish": Activation(mish, mish_backward, scratches=2),
    "softplus": Activation(softplus, softplus_backward),
    "sine": Activation(np.sin, sine_backward, off=-1.0),
    "gaussian": Activation(gaussian, gaussian_backward),
    "step": Activation(step, step_backward),
    "softmax": Activation(softmax, softmax_backward, hidden=False),
}

HIDDEN_ACTIVATIONS = tuple(name for name, entry in ACTIVATIONS.items() if entry.hidden)
