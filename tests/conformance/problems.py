"""Problems written as plain numbers, and the run of the program that trains on them.

A problem is a dictionary: `layers` as in a project file with the output last, `input_shape`, `inputs`
`[samples, values]`, `classes` (how many; 0 for a value), `targets` `[samples, outputs]` as the cost takes them, `cost`,
`start` (weights and biases) and `seed`.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.data.scaling import fit_scaling
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from nnplayground.engine.network import Network, with_ones
from nnplayground.project.codec import decode
from nnplayground.project.model import Project
from nnplayground.training.run.outputs import output_rule
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.run import Run

KINDS: tuple[type[Any], ...] = (AveragePool2D, Conv2D, Dense, Dropout, Flatten, MaxPool2D)


def layer_of(described: dict[str, Any]) -> Layer:
    """Return the layer of the engine that a dictionary describes."""
    (kind,) = (kind for kind in KINDS if kind.kind == described["kind"])
    layer: Layer = kind(**{name: value for name, value in described.items() if name != "kind"})
    return layer


def architecture_of(problem: dict[str, Any]) -> Architecture:
    """Return the shape of the problem's network."""
    return Architecture(tuple(problem["input_shape"]), tuple(map(layer_of, problem["layers"])))


def flat(architecture: Architecture, parameters: dict[str, Any]) -> Floats:
    """Return weights and biases, or their gradient, as the flat vector of the engine."""
    weights, biases = (list(map(np.array, parameters[part])) for part in ("weights", "biases"))
    return architecture.flatten(weights, biases)


def gradient_of(problem: dict[str, Any]) -> Floats:
    """Return the gradient of the engine at the start, of all samples and without dropout."""
    architecture = architecture_of(problem)
    network = Network(architecture, flat(architecture, problem["start"]))
    inputs, targets = np.array(problem["inputs"]), np.array(problem["targets"])
    forward = network.forward(len(inputs))
    backward = network.backward(forward, cost=problem["cost"])
    forward(with_ones(inputs).T)
    backward(with_ones(inputs), targets.T)
    return network.gradient


def project_of(problem: dict[str, Any], training: dict[str, Any]) -> Project:
    """Return the problem as a project that came out of a file, but for its data."""
    document = {
        "format": "nnplayground/project",
        "version": 1,
        "seed": problem["seed"],
        "network": {"layers": problem["layers"][:-1], "output_activation": problem["layers"][-1]["activation"]},
        "training": {"batch_size": len(problem["inputs"]), "shuffle": False, "cost": problem["cost"], **training},
        "parameters": problem["start"],
    }
    return decode(json.dumps(document))


def run_of(problem: dict[str, Any], training: dict[str, Any]) -> Run:
    """Return a run of the real training loop; every sample trains, in the order given."""
    project = project_of(problem, training)
    return Run(project, prepared_of(problem, project))


def prepared_of(problem: dict[str, Any], project: Project) -> Prepared:
    """Return the samples of a problem as they are after loading, scaling and encoding."""
    inputs, targets = np.array(problem["inputs"]), np.array(problem["targets"])
    samples = samples_of(problem, inputs, targets)
    everything, nothing = np.arange(len(inputs)), np.arange(0)
    return Prepared(
        samples=samples, train_rows=everything, test_rows=nothing, features=samples.input_names,
        scaling=fit_scaling("none", inputs), rule=output_rule(project, samples.classes),
        train_inputs=inputs, train_targets=targets, test_inputs=inputs[:0], test_targets=targets[:0],
    )  # fmt: skip


def samples_of(problem: dict[str, Any], inputs: Floats, targets: Floats) -> Samples:
    """Return the samples with their true classes, where there are `classes`, or values."""
    shape = tuple(problem["input_shape"])
    one, classes = targets.shape[1] == 1, problem["classes"]
    answers = (targets[:, 0] > 0.0 if one else targets.argmax(axis=1)).astype(np.float64)
    return Samples(
        inputs=inputs,
        targets=answers if classes else targets[:, 0],
        input_names=tuple(f"input {place}" for place in range(inputs.shape[1])),
        target_name="target",
        classes=tuple(map(str, range(classes))),
        bounds=np.tile([-2.0, 2.0], (inputs.shape[1], 1)),
        image_shape=(shape[0], shape[1], shape[2]) if len(shape) == 3 else None,
    )
