"""Networks in PyTorch, described by the layers of a project file, with their parameters as plain tensors.

Everything is float64. Nothing of the program is used, so that both stay independent of each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional as f

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": f.relu,
    "identity": lambda z: z * 1.0,
    "leaky_relu": f.leaky_relu,
    "elu": f.elu,
    "selu": f.selu,
    "gelu": lambda z: f.gelu(z, approximate="tanh"),
    "silu": f.silu,
    "mish": f.mish,
    "softplus": lambda z: f.softplus(z, threshold=1e9),
    "sine": torch.sin,
    "gaussian": lambda z: torch.exp(-z * z),
    "step": lambda z: (z > 0.0).to(z.dtype) + 0.0 * z,
    "softmax": lambda z: torch.softmax(z, dim=-1),
}

# Of the outputs a and the targets; the cross-entropies are written with the logits z in their place.
COSTS: dict[str, Callable[[Any, Any], Any]] = {
    "half_mse": lambda a, t: 0.5 * ((a - t) ** 2).sum(dim=1).mean(),
    "mse": f.mse_loss,
    "mae": f.l1_loss,
    "huber": f.huber_loss,
    "hinge": lambda a, t: f.relu(1.0 - t * a).sum(dim=1).mean(),
    "binary_cross_entropy": lambda z, t: f.binary_cross_entropy_with_logits(z, t, reduction="sum") / len(z),
    "cross_entropy": lambda z, t: -(t * f.log_softmax(z, dim=1)).sum(dim=1).mean(),
}


def tensor(values: Any) -> Any:
    """Return numbers as a tensor that can have a gradient."""
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


@dataclass(frozen=True)
class Parameters:
    """Tensors `W[out, in]` and `b[out]` for each layer that has weights."""

    weights: list[Any]
    biases: list[Any]

    @classmethod
    def of(cls, start: dict[str, Any]) -> Parameters:
        """Return the start values of a project file as tensors."""
        return cls([tensor(matrix) for matrix in start["weights"]], [tensor(bias) for bias in start["biases"]])

    def values(self) -> dict[str, Any]:
        """Return the numbers of this moment as a project file writes them."""
        return {"weights": [one.tolist() for one in self.weights], "biases": [one.tolist() for one in self.biases]}

    def gradient(self) -> dict[str, Any]:
        """Return the gradient in the same form; where nothing has come down it is zero."""
        grads = [[filled(one) for one in part] for part in (self.weights, self.biases)]
        return {"weights": grads[0], "biases": grads[1]}


def filled(one: Any) -> Any:
    """Return the gradient of a tensor as lists."""
    return (torch.zeros_like(one) if one.grad is None else one.grad).tolist()


def network(
    layers: list[dict[str, Any]], parameters: Parameters, inputs: Any, *, generator: Any = None
) -> tuple[Any, Any]:
    """Return the last weighted sums and the outputs for inputs `[samples, ...]`.

    `generator` is NumPy's, for what dropout draws; without one, nothing is dropped.
    """
    pairs = iter(zip(parameters.weights, parameters.biases, strict=True))
    z, a = inputs, inputs
    for layer in layers:
        if layer["kind"] in WEIGHTED:
            z = WEIGHTED[layer["kind"]](layer, a, *next(pairs))
            a = ACTIVATIONS[layer["activation"]](z)
        elif layer["kind"] == "dropout":
            a = a if generator is None else a * mask_of(layer, a, generator)
        else:
            a = OTHERS[layer["kind"]](layer, a)
    return z, a


def convolution(layer: dict[str, Any], below: Any, weights: Any, biases: Any) -> Any:
    """Return the weighted sums of a convolution; `W[filters, channels · kernel²]` is in PyTorch's order."""
    size = layer["kernel_size"]
    filters = weights.reshape(len(weights), below.shape[1], size, size)
    return f.conv2d(below, filters, biases, stride=layer.get("stride", 1), padding=layer.get("padding", 0))


def max_pool(layer: dict[str, Any], below: Any) -> Any:
    """Return the largest value of each window."""
    return f.max_pool2d(below, layer["pool_size"], layer.get("stride"), layer.get("padding", 0))


def average_pool(layer: dict[str, Any], below: Any) -> Any:
    """Return the mean of each window, the zeros of the margin included (PyTorch's default)."""
    return f.avg_pool2d(below, layer["pool_size"], layer.get("stride"), layer.get("padding", 0))


def mask_of(layer: dict[str, Any], below: Any, generator: Any) -> Any:
    """Return what dropout multiplies with: one random number per value `[values, samples]`, kept from `rate` on."""
    values = below[0].numel()
    kept = generator.random((values, len(below))) >= layer["rate"]
    mask = torch.tensor(kept.T.reshape(below.shape), dtype=torch.float64)
    return mask / (1.0 - layer["rate"])


WEIGHTED: dict[str, Callable[[dict[str, Any], Any, Any, Any], Any]] = {
    "dense": lambda layer, below, weights, biases: f.linear(below, weights, biases),
    "conv2d": convolution,
}
OTHERS: dict[str, Callable[[dict[str, Any], Any], Any]] = {
    "max_pool2d": max_pool,
    "average_pool2d": average_pool,
    "flatten": lambda layer, below: below.flatten(1),
}


def cost_of(name: str, activation: str, z: Any, a: Any, targets: Any) -> Any:
    """Return the cost of outputs `a = f(z)` `[samples, outputs]`; a tanh output is a probability at 2 z."""
    if name == "binary_cross_entropy" and activation == "tanh":
        return COSTS[name](2.0 * z, (targets + 1.0) / 2.0)
    return COSTS[name](z if "cross_entropy" in name else a, targets)
