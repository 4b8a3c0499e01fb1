"""The same training in PyTorch and in scikit-learn, each the way its users write it.

Both are optional: `pip install -e ".[peers]"` in the checkout. Where one is missing, its module here is None.
Everything that a user would make once is made once (tensors, model, optimizer), and both use one thread, as we do.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
from measuring import RATE, Loop, Problem

from nnplayground.arrays import Floats, Integers


def installed(name: str) -> Any:
    """Return the module of this name, or None when it cannot be imported."""
    try:
        return import_module(name)
    except ImportError:
        return None


torch = installed("torch")
sklearn = installed("sklearn")


def torch_loop(problem: Problem, *, kind: str = "float64") -> Loop:
    """Return PyTorch's loop in numbers of this kind: Linear and Tanh modules, MSELoss, its own SGD."""
    nn = torch.nn
    layers = [(nn.Linear(below, out), nn.Tanh()) for below, out in pairwise(problem.sizes)]
    model = nn.Sequential(*(module for layer in layers for module in layer))
    # MSELoss is the mean over the outputs too and has no half; under plain descent that is a factor of the rate.
    rate = RATE * problem.sizes[-1] / 2.0
    inputs, targets = (torch.tensor(part, dtype=getattr(torch, kind)) for part in (problem.inputs, problem.targets))
    return trained_by_torch(model.to(inputs.dtype), problem.start, nn.MSELoss(), (inputs, targets), rate=rate)


def torch_convnet_loop(images: Floats, classes: Integers, start: Floats) -> Loop:
    """Return PyTorch's loop in float64 for a small convolutional network with a softmax over ten classes.

    `images` is `[samples, 8, 8]`, `classes` `[samples]`. The network: 8 filters of 3×3, ReLU, the largest of 2×2;
    16 filters, ReLU, the largest of 2×2; 32 dense ReLU neurons; 10 outputs. `start` has one matrix
    `[out, channels * height * width + 1]` per layer, biases last.
    """
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10),
    )  # fmt: skip
    batch = (torch.tensor(images[:, None], dtype=torch.float64), torch.tensor(classes))
    return trained_by_torch(model.double(), start, nn.CrossEntropyLoss(), batch, rate=RATE)


def trained_by_torch(
    model: Any, start: Floats, cost: Callable[[Any, Any], Any], batch: tuple[Any, Any], *, rate: float
) -> Loop:
    """Return the usual loop of PyTorch around a model that starts with these parameters."""
    torch.set_num_threads(1)
    inputs, targets = batch
    layers = [module for module in model if hasattr(module, "weight")]
    fill(layers, start)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)

    def step() -> None:
        optimizer.zero_grad()
        cost(model(inputs), targets).backward()
        optimizer.step()

    return Loop(step, lambda: flattened(layers))


def fill(layers: list[Any], flat: Floats) -> None:
    """Write the flat vector into the weights and biases of PyTorch's layers."""
    place = 0
    with torch.no_grad():
        for layer in layers:
            rows, columns = len(layer.weight), layer.weight[0].numel() + 1
            matrix = torch.tensor(flat[place : place + rows * columns].reshape(rows, columns))
            layer.weight.copy_(matrix[:, :-1].reshape(layer.weight.shape))
            layer.bias.copy_(matrix[:, -1])
            place += rows * columns
    if place != len(flat):
        raise ValueError(f"The start has {len(flat)} numbers; the layers take {place}.")


def flattened(layers: list[Any]) -> Floats:
    """Return the weights and biases of PyTorch's layers as one flat vector."""
    matrices = [torch.cat([layer.weight.flatten(1), layer.bias[:, None]], dim=1) for layer in layers]
    flat: Floats = torch.cat([matrix.flatten() for matrix in matrices]).detach().double().numpy()
    return flat


def sklearn_loop(problem: Problem) -> Loop:
    """Return scikit-learn's loop: one `partial_fit` on the batch is one step.

    Its classifier always ends in a sigmoid (two classes) or a softmax with cross-entropy instead of tanh and the
    squared error, which is as much work. Everything that could be left out is: momentum, penalty, shuffling.
    """
    outputs, truth = problem.sizes[-1], classes_of(problem.targets)
    model = import_module("sklearn.neural_network").MLPClassifier(
        hidden_layer_sizes=problem.sizes[1:-1], activation="tanh", solver="sgd", batch_size=len(truth), alpha=0.0,
        learning_rate_init=RATE, momentum=0.0, nesterovs_momentum=False, shuffle=False, random_state=0,
    )  # fmt: skip
    # The first call makes the arrays; the classes have to be told only then.
    model.partial_fit(problem.inputs, truth, classes=np.arange(max(outputs, 2)))
    place = 0
    for weights, biases in zip(model.coefs_, model.intercepts_, strict=True):
        columns, rows = weights.shape
        matrix = problem.start[place : place + rows * (columns + 1)].reshape(rows, columns + 1)
        weights[...], biases[...] = matrix[:, :-1].T, matrix[:, -1]
        place += matrix.size

    def parameters() -> Floats:
        pairs = zip(model.coefs_, model.intercepts_, strict=True)
        return np.concatenate([np.column_stack([weights.T, biases]).ravel() for weights, biases in pairs])

    return Loop(lambda: model.partial_fit(problem.inputs, truth), parameters)


def classes_of(targets: Floats) -> Integers:
    """Return the class index `[samples]` that targets of -1 and +1 `[samples, outputs]` stand for."""
    found = np.argmax(targets, axis=1) if targets.shape[1] > 1 else targets[:, 0] > 0.0
    classes: Integers = found.astype(np.int64)
    return classes
