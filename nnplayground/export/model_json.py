"""The model file `*.model.json`: readable text, exact numbers."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from nnplayground.data.scaling import Scaling
from nnplayground.errors import FieldError, InputError
from nnplayground.export.model import Facts, TrainedModel
from nnplayground.project.codec import parse_json

FORMAT = "nnplayground/model"
VERSION = 1


def write(model: TrainedModel) -> bytes:
    """Return the model as UTF-8 JSON; Python writes the shortest text that reads back to the same float64."""
    parts = zip(model.activations, model.weights, model.biases, strict=True)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "layers": [
            {
                "kind": "dense",
                "activation": activation,
                "weights": weights.tolist(),
                "biases": biases.tolist(),
            }
            for activation, weights, biases in parts
        ],
        "input": {
            "names": list(model.inputs),
            "features": list(model.features),
            "scaling": {
                "name": model.scaling.name,
                "shift": list(model.scaling.shift),
                "scale": list(model.scaling.scale),
            },
        },
        "output": {"task": model.task, "classes": list(model.classes)},
        "training": {
            "epochs": model.facts.epochs,
            "train_cost": model.facts.train_cost,
            "test_cost": model.facts.test_cost,
            "seed": model.facts.seed,
        },
    }
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read(content: bytes) -> TrainedModel:
    """Return the model in the bytes; raises `InputError` with one sentence when they hold none."""
    try:
        document = parse_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("It is not a text in UTF-8.") from error
    if document.get("format") != FORMAT:
        raise FieldError("format", document.get("format"), f'"{FORMAT}"')
    if document.get("version") != VERSION:
        raise FieldError("version", document.get("version"), f"{VERSION}, the only version that this program reads")
    try:
        return _model(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"It is a damaged model file: {_damage(error)}.") from error


def _damage(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _model(document: dict[str, Any]) -> TrainedModel:
    layers, given, training = document["layers"], document["input"], document["training"]
    scaling = given["scaling"]
    return TrainedModel(
        activations=tuple(str(layer["activation"]) for layer in layers),
        weights=tuple(np.array(layer["weights"], dtype=np.float64) for layer in layers),
        biases=tuple(np.array(layer["biases"], dtype=np.float64) for layer in layers),
        inputs=tuple(str(name) for name in given["names"]),
        features=tuple(str(name) for name in given["features"]),
        scaling=Scaling(
            name=str(scaling["name"]),
            shift=tuple(float(value) for value in scaling["shift"]),
            scale=tuple(float(value) for value in scaling["scale"]),
        ),
        classes=tuple(str(name) for name in document["output"]["classes"]),
        facts=Facts(
            epochs=int(training["epochs"]),
            seed=int(training["seed"]),
            train_cost=_optional(training["train_cost"]),
            test_cost=_optional(training["test_cost"]),
        ),
    )


def _optional(value: Any) -> float | None:
    return None if value is None else float(value)
