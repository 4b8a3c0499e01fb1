"""NumPy's own archive `*.npz`: `numpy.load` gives back `weights_1`, `biases_1`, `weights_2`, ... as they were.

Predicting needs nothing but NumPy: `a = (inputs - shift) / scale`, then `a = f(W @ a + b)` for each layer.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError
from nnplayground.export.model import Facts, TrainedModel

Array = NDArray[Any]

FORMAT = "nnplayground/model"


def write(model: TrainedModel) -> bytes:
    """Return the model as an NPZ archive without pickled objects."""
    arrays: dict[str, Array] = {
        "format": np.array(FORMAT),
        "activations": np.array(model.activations),
        "inputs": np.array(model.inputs),
        "features": np.array(model.features),
        "scaling": np.array(model.scaling.name),
        "shift": np.array(model.scaling.shift, dtype=np.float64),
        "scale": np.array(model.scaling.scale, dtype=np.float64),
        "task": np.array(model.task),
        "classes": np.array(model.classes, dtype=np.str_),
        "epochs": np.array(model.facts.epochs),
        "seed": np.array(model.facts.seed),
        "train_cost": _or_nan(model.facts.train_cost),
        "test_cost": _or_nan(model.facts.test_cost),
    }
    for number, (weights, biases) in enumerate(zip(model.weights, model.biases, strict=True), start=1):
        arrays[f"weights_{number}"] = np.ascontiguousarray(weights)
        arrays[f"biases_{number}"] = np.ascontiguousarray(biases)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # mypy takes an array for `allow_pickle`
    return buffer.getvalue()


def read(content: bytes) -> TrainedModel:
    """Return the model in an archive; raises `InputError` with one sentence when it holds none."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, KeyError) as error:
        raise InputError("It is not an NPZ archive of arrays.") from error
    if "format" not in arrays or str(arrays["format"]) != FORMAT:
        raise InputError(f'It is an NPZ archive of something else; its array "format" must hold "{FORMAT}".')
    try:
        return _model(arrays)
    except KeyError as error:
        raise InputError(f"It is a damaged model archive: the array {error} is missing.") from error
    except (TypeError, ValueError) as error:
        raise InputError(f"It is a damaged model archive: {error}.") from error


def _model(arrays: dict[str, Array]) -> TrainedModel:
    numbers = range(1, len(arrays["activations"]) + 1)
    return TrainedModel(
        activations=_texts(arrays["activations"]),
        weights=tuple(arrays[f"weights_{number}"].astype(np.float64) for number in numbers),
        biases=tuple(arrays[f"biases_{number}"].astype(np.float64) for number in numbers),
        inputs=_texts(arrays["inputs"]),
        features=_texts(arrays["features"]),
        scaling=Scaling(str(arrays["scaling"]), tuple(arrays["shift"].tolist()), tuple(arrays["scale"].tolist())),
        classes=_texts(arrays["classes"]),
        facts=Facts(
            epochs=int(arrays["epochs"]),
            seed=int(arrays["seed"]),
            train_cost=_or_none(arrays["train_cost"]),
            test_cost=_or_none(arrays["test_cost"]),
        ),
    )


def _texts(array: Array) -> tuple[str, ...]:
    return tuple(str(text) for text in array)


def _or_nan(value: float | None) -> Array:
    return np.array(np.nan if value is None else value)


def _or_none(array: Array) -> float | None:
    value = float(array)
    return None if np.isnan(value) else value
