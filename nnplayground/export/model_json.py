"""The model file `*.model.json`: readable text, exact numbers."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.scaling import Scaling
from nnplayground.errors import MISSING, FieldError, InputError
from nnplayground.export.model import Facts, TrainedModel, fitted_scaling
from nnplayground.project.codec import parse_json
from nnplayground.project.limits import LARGEST

FORMAT = "nnplayground/model"
VERSION = 1


def write(model: TrainedModel) -> bytes:
    """Return the model as UTF-8 JSON; Python writes the shortest text that reads back to the same float64."""
    parts = zip(model.activations, model.weights, model.biases, strict=True)
    facts, scaling = model.facts, model.scaling
    content = {
        "format": FORMAT,
        "version": VERSION,
        "layers": [
            {"kind": "dense", "activation": activation, "weights": weights.tolist(), "biases": biases.tolist()}
            for activation, weights, biases in parts
        ],
        "input": {
            "names": list(model.inputs),
            "features": list(model.features),
            "scaling": {"name": scaling.name, "shift": list(scaling.shift), "scale": list(scaling.scale)},
        },
        "output": {"task": model.task, "classes": list(model.classes)},
        "training": {
            "epochs": facts.epochs,
            "seed": facts.seed,
            "cost": facts.cost,
            "train_cost": facts.train_cost,
            "test_cost": facts.test_cost,
        },
    }
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read(content: bytes) -> TrainedModel:
    """Return the model in the bytes; raises `InputError` with one sentence when they hold none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("It is not a text in UTF-8.") from error
    document = Part("", parse_json(text))
    if document.get("format") != FORMAT:
        raise FieldError("format", document.get("format"), f'"{FORMAT}"')
    version = document.get("version")
    if version != VERSION or not isinstance(version, int) or isinstance(version, bool):
        raise FieldError("version", version, f"{VERSION}, the only version that this program reads")
    document.knows("format", "version", "layers", "input", "output", "training")
    return _model(document)


class Part:
    """One object of the file, which knows its place; what is missing or of the wrong kind is told with it."""

    def __init__(self, path: str, content: Any) -> None:
        if not isinstance(content, dict):
            raise FieldError(path, content, "an object in curly brackets")
        self._path, self._content = path, content

    def place(self, key: str) -> str:
        """Return the place of a key in the file."""
        return f"{self._path}.{key}" if self._path else key

    def knows(self, *keys: str) -> None:
        """Refuse every other key."""
        for key, value in self._content.items():
            if key not in keys:
                raise FieldError(self.place(key), value, f"left out, as only {', '.join(keys)} are known here")

    def get(self, key: str) -> Any:
        """Return a value, or what stands for a missing one."""
        return self._content.get(key, MISSING)

    def part(self, key: str) -> Part:
        """Return an object inside this one."""
        return Part(self.place(key), self.get(key))

    def items(self, key: str) -> list[Any]:
        """Return a list."""
        value = self.get(key)
        if not isinstance(value, list):
            raise FieldError(self.place(key), value, "a list in square brackets")
        return value

    def text(self, key: str, default: object = MISSING) -> str:
        """Return a text; without a default it must be there."""
        value = self._content.get(key, default)
        if not isinstance(value, str):
            raise FieldError(self.place(key), value, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        for number, value in enumerate(self.items(key)):
            if not isinstance(value, str):
                raise FieldError(f"{self.place(key)}[{number}]", value, "a text")
        return tuple(self.items(key))

    def whole(self, key: str) -> int:
        """Return a whole number that is not negative."""
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 63:
            raise FieldError(self.place(key), value, "a whole number, not negative")
        return value

    def number_or_null(self, key: str) -> float | None:
        """Return a finite number, or `None` for null."""
        value = self.get(key)
        return None if value is None else _number(self.place(key), value)

    def numbers(self, key: str) -> Floats:
        """Return a list of finite numbers."""
        return _numbers(self.place(key), self.get(key))

    def matrix(self, key: str) -> Floats:
        """Return a list of equally long lists of finite numbers."""
        rows = [_numbers(f"{self.place(key)}[{place}]", row) for place, row in enumerate(self.items(key))]
        if not rows:
            raise FieldError(self.place(key), self.get(key), "a list of at least one row")
        for place, row in enumerate(rows):
            if len(row) != len(rows[0]):
                legal = f"a row of {len(rows[0])} numbers like the first"
                raise FieldError(f"{self.place(key)}[{place}]", row.tolist(), legal)
        return np.stack(rows)


def _numbers(path: str, values: Any) -> Floats:
    if not isinstance(values, list):
        raise FieldError(path, values, "a list in square brackets")
    return np.array([_number(f"{path}[{place}]", value) for place, value in enumerate(values)], dtype=np.float64)


def _number(path: str, value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    raise FieldError(path, value, "a finite number")


def _model(document: Part) -> TrainedModel:
    layers = [Part(f"layers[{number}]", layer) for number, layer in enumerate(document.items("layers"))]
    for layer in layers:
        layer.knows("kind", "activation", "weights", "biases")
        if layer.get("kind") != "dense":
            raise FieldError(layer.place("kind"), layer.get("kind"), '"dense"')
    given, output, training = (document.part(name) for name in ("input", "output", "training"))
    given.knows("names", "features", "scaling")
    output.knows("task", "classes")
    training.knows("epochs", "seed", "cost", "train_cost", "test_cost")
    model = TrainedModel(
        activations=tuple(layer.text("activation") for layer in layers),
        weights=tuple(layer.matrix("weights") for layer in layers),
        biases=tuple(layer.numbers("biases") for layer in layers),
        inputs=given.texts("names"),
        features=given.texts("features"),
        scaling=_scaling(given.part("scaling")),
        classes=output.texts("classes"),
        facts=_facts(training),
    )
    if output.text("task") != model.task:
        raise FieldError("output.task", output.get("task"), f'"{model.task}", as the classes say')
    return model


def _scaling(part: Part) -> Scaling:
    part.knows("name", "shift", "scale")
    return fitted_scaling(part.text("name"), part.numbers("shift"), part.numbers("scale"))


def _facts(part: Part) -> Facts:
    return Facts(
        epochs=part.whole("epochs"),
        seed=part.whole("seed"),
        train_cost=part.number_or_null("train_cost"),
        test_cost=part.number_or_null("test_cost"),
        cost=part.text("cost", default=""),
    )
