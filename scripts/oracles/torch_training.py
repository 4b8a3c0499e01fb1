"""Training in PyTorch as a project file describes it: its own optimizers, schedulers, clipping and autograd.

A problem is a dictionary: `layers` (the output last), `input_shape`, `inputs` `[samples, values]`, `targets`
`[samples, outputs]`, `cost`, `start` (weights and biases) and `seed`. Samples are never shuffled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.optim import lr_scheduler
from torch_network import Parameters, cost_of, network

PURPOSES, DROPOUT = 5, 4  # of the project's streams of random numbers, and which of them dropout draws from


def betas(spec: dict[str, Any]) -> tuple[float, float]:
    """Return Adam's two numbers; PyTorch's defaults."""
    return spec.get("beta1", 0.9), spec.get("beta2", 0.999)


# Where a number is not given, it is PyTorch's default; only momentum and Adagrad's epsilon have others here.
OPTIMIZERS: dict[str, Callable[[Any, dict[str, Any], float], Any]] = {
    "sgd": lambda groups, s, rate: torch.optim.SGD(groups, lr=rate),
    "momentum": lambda groups, s, rate: torch.optim.SGD(groups, lr=rate, momentum=s.get("momentum", 0.9)),
    "nesterov": lambda groups, s, rate: torch.optim.SGD(
        groups, lr=rate, momentum=s.get("momentum", 0.9), nesterov=True
    ),
    "adagrad": lambda groups, s, rate: torch.optim.Adagrad(groups, lr=rate, eps=s.get("epsilon", 1e-8)),
    "rmsprop": lambda groups, s, rate: torch.optim.RMSprop(
        groups, lr=rate, alpha=s.get("decay", 0.99), eps=s.get("epsilon", 1e-8)
    ),
    "adam": lambda groups, s, rate: torch.optim.Adam(groups, lr=rate, betas=betas(s), eps=s.get("epsilon", 1e-8)),
    "adamw": lambda groups, s, rate: torch.optim.AdamW(groups, lr=rate, betas=betas(s), eps=s.get("epsilon", 1e-8)),
}

SCHEDULES: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "constant": lambda o, s: None,
    "step": lambda o, s: lr_scheduler.StepLR(o, step_size=s["every"], gamma=s["factor"]),
    "exponential": lambda o, s: lr_scheduler.ExponentialLR(o, gamma=s["factor"]),
    "cosine": lambda o, s: lr_scheduler.CosineAnnealingLR(
        o, T_max=s["period"], eta_min=s["lowest"] * o.param_groups[0]["lr"]
    ),
    "warm_up": lambda o, s: lr_scheduler.LinearLR(o, start_factor=s["start"], total_iters=s["epochs"]),
    "reduce_on_plateau": lambda o, s: lr_scheduler.ReduceLROnPlateau(o, factor=s["factor"], patience=s["patience"]),
}


@dataclass(frozen=True)
class Setting:
    """A problem and how it is trained, as tensors and PyTorch's objects."""

    problem: dict[str, Any]
    training: dict[str, Any]
    parameters: Parameters
    optimizer: Any
    generator: np.random.Generator

    def cost(self, part: slice, *, drops: bool) -> Any:
        """Return the cost of these samples."""
        problem, generator = self.problem, self.generator if drops else None
        inputs = torch.tensor(problem["inputs"], dtype=torch.float64)[part]
        inputs = inputs.reshape(len(inputs), *problem["input_shape"])
        targets = torch.tensor(problem["targets"], dtype=torch.float64)[part]
        z, a = network(problem["layers"], self.parameters, inputs, generator=generator)
        return cost_of(problem["cost"], problem["layers"][-1]["activation"], z, a, targets)

    def batches(self) -> Iterator[slice]:
        """Yield the batches of an epoch; the last may be shorter."""
        count = len(self.problem["inputs"])
        size = self.training.get("batch_size", count)
        return (slice(low, low + size) for low in range(0, count, size))

    @property
    def rate(self) -> float:
        """The learning rate of this moment."""
        return float(self.optimizer.param_groups[0]["lr"])


def setting_of(problem: dict[str, Any], training: dict[str, Any]) -> Setting:
    """Return everything at its start. Biases are a group of their own, which AdamW does not let decay."""
    parameters, spec = Parameters.of(problem["start"]), training["optimizer"]
    biases: dict[str, Any] = {"params": parameters.biases, "weight_decay": 0.0}
    weights: dict[str, Any] = {"params": parameters.weights}
    if "weight_decay" in spec:
        weights["weight_decay"] = spec["weight_decay"]
    optimizer = OPTIMIZERS[spec["name"]]([weights, biases], spec, spec["learning_rate"])
    stream = np.random.SeedSequence(problem["seed"]).spawn(PURPOSES)[DROPOUT]
    return Setting(problem, training, parameters, optimizer, np.random.default_rng(stream))


def first_gradient(problem: dict[str, Any]) -> dict[str, Any]:
    """Return the gradient of the cost of all samples before the first step."""
    setting = setting_of(problem, {"optimizer": {"name": "sgd", "learning_rate": 1.0}})
    setting.cost(slice(None), drops=False).backward()
    return setting.parameters.gradient()


def train(problem: dict[str, Any], training: dict[str, Any], *, epochs: int) -> dict[str, Any]:
    """Return the rate of each epoch, the cost after each, the parameters at the end, and how often l1 met zero."""
    setting = setting_of(problem, training)
    spec = training.get("schedule", {"name": "constant"})
    scheduler = SCHEDULES[spec["name"]](setting.optimizer, spec)
    rates: list[float] = []
    costs: list[float] = []
    crossings = 0
    for epoch in range(epochs):
        rates.append(setting.rate)
        crossings += sum(step(setting, part) for part in setting.batches())
        with torch.no_grad():
            costs.append(setting.cost(slice(None), drops=False).item())
        if isinstance(scheduler, lr_scheduler.ReduceLROnPlateau):
            scheduler.step(costs[-1])
        # PyTorch's cosine would rise again after its period; ours stays at the lowest rate.
        elif scheduler is not None and not (spec["name"] == "cosine" and epoch >= spec["period"]):
            scheduler.step()
    return {"rates": rates, "costs": costs, "end": setting.parameters.values(), "crossings": crossings}


def step(setting: Setting, part: slice) -> int:
    """Take a step and return how many weights l1 carried across zero.

    The penalties are part of what is derived and of the gradient that is clipped: PyTorch's subgradient l1 · sign(w).
    It knows no zero to stop at and to rest at; there the rules of the program follow.
    """
    training, weights = setting.training, setting.parameters.weights
    l1, l2 = training.get("l1", 0.0), training.get("l2", 0.0)
    setting.optimizer.zero_grad()
    cost = setting.cost(part, drops=True)
    for one in weights:
        cost = cost + 0.5 * l2 * (one * one).sum() + l1 * one.abs().sum()
    cost.backward()
    if l1:
        for one in weights:  # at zero PyTorch's subgradient is 0; ours is the one that leaves the least to move
            one.grad[one == 0.0] -= one.grad[one == 0.0].clamp(-l1, l1)
    before = [one.detach().clone() for one in weights]
    gradients = [one.grad.clone() for one in weights]
    if training.get("clip_norm") is not None:
        torch.nn.utils.clip_grad_norm_([*weights, *setting.parameters.biases], training["clip_norm"])
    setting.optimizer.step()
    if not l1:
        return 0
    triples = zip(weights, before, gradients, strict=True)
    return sum(rest_at_zero(setting.optimizer, one, old, gradient, l1) for one, old, gradient in triples)


def rest_at_zero(optimizer: Any, weights: Any, before: Any, gradient: Any, l1: float) -> int:
    """Make those weights zero that changed their sign, but not by the share that the rest of the gradient has.

    They lose their velocity as well. Returns how many they are.
    """
    with torch.no_grad():
        share = 1.0 - l1 * torch.sign(before) / gradient
        alone = before + share * (weights - before)
        crossed = (before.sign() * weights.sign() < 0.0) & ~(before.sign() * alone.sign() < 0.0)
        weights[crossed] = 0.0
        for name in ("momentum_buffer", "exp_avg"):
            velocity = optimizer.state[weights].get(name)
            if velocity is not None:
                velocity[crossed] = 0.0
        return int(crossed.sum())
