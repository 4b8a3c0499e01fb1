"""Runs of another program, and how they are written as project files.

`reference_runs.json` was made by the TensorFlow Playground's `nn.ts` (commit 02469bd), transpiled and run in Node;
every number in it is that program's. Samples are never shuffled, `W` is `[layer][out][in]`, the cost is half the
squared error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "reference_runs.json"
NAMES = {"linear": "identity", "tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu"}
TOLERANCE = 1e-9


def cases() -> list[dict[str, Any]]:
    """Return the runs."""
    loaded: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    return loaded


def project_text(case: dict[str, Any]) -> str:
    """Return a run as a project file with inline points and explicit start values."""
    regression = NAMES[case["outputActivation"]] == "identity"
    targets = case["targets"] if regression else [int(target > 0) for target in case["targets"]]
    points = [[*inputs, target] for inputs, target in zip(case["inputs"], targets, strict=True)]
    source: dict[str, Any] = {"kind": "points", "task": "regression", "points": points}
    if not regression:
        source |= {"task": "classification", "classes": ["a", "b"]}
    hidden = [
        {"kind": "dense", "units": units, "activation": NAMES[case["activation"]]} for units in case["shape"][1:-1]
    ]
    penalty = {"L1": "l1", "L2": "l2"}.get(case["regularization"])
    training = {
        "cost": "half_mse",
        "optimizer": {"name": "sgd", "learning_rate": case["learningRate"]},
        "batch_size": case["batchSize"],
        "shuffle": False,
    } | ({penalty: case["regularizationRate"]} if penalty else {})
    document = {
        "format": "nnplayground/project",
        "version": 1,
        "data": {"source": source, "test_fraction": 0},
        "network": {"layers": hidden, "output_activation": NAMES[case["outputActivation"]]},
        "training": training,
        "parameters": {"weights": case["initialWeights"], "biases": case["initialBiases"]},
    }
    return json.dumps(document)
