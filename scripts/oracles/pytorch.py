"""Makes the table against which the tests hold the engine: values of PyTorch in float64.

Run where PyTorch is installed (`pip install torch`): python scripts/oracles/pytorch.py
It writes tests/conformance/pytorch_values.json. PyTorch is no dependency of the program or of its tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional as f

OUT = Path(__file__).parents[2] / "tests" / "conformance" / "pytorch_values.json"
POINTS = [-30.0, -4.0, -1.5, -1.0, -0.3, -1e-3, 1e-3, 0.2, 1.0, 1.7, 5.0, 30.0]
STEPS = 50

ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
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

COSTS: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "half_mse": lambda a, t: 0.5 * ((a - t) ** 2).sum(dim=1).mean(),
    "mse": f.mse_loss,
    "mae": f.l1_loss,
    "huber": f.huber_loss,
    "hinge": lambda a, t: f.relu(1.0 - t * a).sum(dim=1).mean(),
    "binary_cross_entropy": lambda z, t: f.binary_cross_entropy_with_logits(z, t, reduction="sum") / len(z),
    "cross_entropy": lambda z, t: -(t * f.log_softmax(z, dim=1)).sum(dim=1).mean(),
}

OPTIMIZERS: dict[str, Callable[[Any], torch.optim.Optimizer]] = {
    "sgd": lambda groups: torch.optim.SGD(groups, lr=0.1),
    "momentum": lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.9),
    "nesterov": lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.9, nesterov=True),
    "adagrad": lambda groups: torch.optim.Adagrad(groups, lr=0.1, eps=1e-8),
    "rmsprop": lambda groups: torch.optim.RMSprop(groups, lr=0.02, alpha=0.99, eps=1e-8),
    "adam": lambda groups: torch.optim.Adam(groups, lr=0.05, betas=(0.9, 0.999), eps=1e-8),
    "adamw": lambda groups: torch.optim.AdamW(groups, lr=0.05, betas=(0.9, 0.999), eps=1e-8),
}

SCHEDULES: dict[str, Callable[[torch.optim.Optimizer], Any]] = {
    "step": lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=7, gamma=0.5),
    "exponential": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, gamma=0.9),
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=STEPS, eta_min=0.01),
    "warm_up": lambda o: torch.optim.lr_scheduler.LinearLR(o, start_factor=0.1, total_iters=10),
    "reduce_on_plateau": lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=3),
}


def activation_rows() -> dict[str, dict[str, list[float]]]:
    """Values and derivatives (for softmax: of the sum of squares of the shares) at `POINTS`."""
    rows = {}
    for name, function in ACTIVATIONS.items():
        z = torch.tensor(POINTS, requires_grad=True)
        a = function(z)
        (a if name != "softmax" else a * a).sum().backward()
        rows[name] = {
            "values": a.tolist(),
            "derivatives": (torch.zeros(len(POINTS)) if z.grad is None else z.grad).tolist(),
        }
    return rows


def cost_rows() -> dict[str, dict[str, Any]]:
    """Values and gradients for three samples with two outputs."""
    signs = torch.tensor([[1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]])
    rows = {}
    for name, function in COSTS.items():
        a = torch.tensor([[0.4, -1.3], [2.1, 0.2], [-3.5, 0.9]], requires_grad=True)
        targets = signs if name in {"hinge", "half_mse", "mse", "mae", "huber"} else (signs + 1.0) / 2.0
        cost = function(a, targets)
        cost.backward()
        gradient = [] if a.grad is None else a.grad.tolist()
        rows[name] = {"inputs": a.tolist(), "targets": targets.tolist(), "value": cost.item(), "gradient": gradient}
    return rows


def network() -> tuple[nn.Sequential, torch.Tensor, torch.Tensor]:
    """Return 2-3-1 with a tanh layer, and seven samples."""
    torch.manual_seed(5)
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    inputs = torch.randn(7, 2)
    return model, inputs, torch.sin(inputs[:, :1]) - 0.5 * inputs[:, 1:]


def path_of(
    make: Callable[[Any], torch.optim.Optimizer],
    *,
    schedule: Callable[[torch.optim.Optimizer], Any] | None = None,
    decay: float | None = None,
    clip: float | None = None,
) -> dict[str, Any]:
    """Train on all samples at once; `decay` is the weight decay of the weights, biases have none."""
    model, inputs, targets = network()
    layers = [model[0], model[2]]
    weights: dict[str, Any] = {"params": [layer.weight for layer in layers]}
    biases: dict[str, Any] = {"params": [layer.bias for layer in layers], "weight_decay": 0.0}
    if decay is not None:
        weights["weight_decay"] = decay
    optimizer = make([weights, biases])
    scheduler = schedule(optimizer) if schedule else None
    start = snapshot(layers)
    costs, rates = [], []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.zero_grad()
        f.mse_loss(model(inputs), targets).backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        costs.append(f.mse_loss(model(inputs), targets).item())
        if isinstance(scheduler, torch.optim.lr_scheduler.ReduceLROnPlateau):
            scheduler.step(costs[-1])
        elif scheduler is not None:
            scheduler.step()
    return {
        "inputs": inputs.tolist(), "targets": targets[:, 0].tolist(), "start": start,
        "end": snapshot(layers), "costs": costs, "rates": rates,
    }  # fmt: skip


def snapshot(layers: list[Any]) -> dict[str, Any]:
    """Return the parameters as the project file writes them."""
    return {
        "weights": [layer.weight.tolist() for layer in layers],
        "biases": [layer.bias.tolist() for layer in layers],
    }


def main() -> None:
    """Write the table."""
    torch.set_default_dtype(torch.float64)
    paths = {f"optimizer {name}": path_of(make) for name, make in OPTIMIZERS.items()}
    for name, schedule in SCHEDULES.items():
        rate = 3.0 if name == "reduce_on_plateau" else 0.1

        def make(groups: Any, rate: float = rate) -> torch.optim.Optimizer:
            return torch.optim.SGD(groups, lr=rate)

        paths[f"schedule {name}"] = path_of(make, schedule=schedule)
    paths["l2"] = path_of(OPTIMIZERS["sgd"], decay=0.05)
    paths["clip_norm"] = path_of(OPTIMIZERS["sgd"], clip=0.05)
    table = {
        "source": f"PyTorch {torch.__version__}, float64",
        "points": POINTS, "activations": activation_rows(), "costs": cost_rows(), "paths": paths,
    }  # fmt: skip
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
