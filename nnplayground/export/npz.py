"""NumPy's own archive `*.npz`: `numpy.load` gives back `weights_1`, `biases_1`, `weights_2`, ... as they were.

Predicting needs nothing but NumPy: `a = (inputs - shift) / scale`, then `a = f(W @ a + b)` for each layer.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError
from nnplayground.export.model import Facts, TrainedModel

Array = NDArray[Any]

FORMAT = "nnplayground/model"

# All that a damaged, encrypted or foreign archive makes NumPy and the standard library raise.
UNREADABLE = (
    ValueError,
    OSError,
    EOFError,
    KeyError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    SyntaxError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)


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
        "cost": np.array(model.facts.cost),
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
    arrays = _arrays(content)
    if "format" not in arrays or str(arrays["format"]) != FORMAT:
        raise InputError(f'It is an NPZ archive of something else; its array "format" must hold "{FORMAT}".')
    try:
        return _model(arrays)
    except KeyError as error:
        raise InputError(f"It is a damaged model archive: the array {error} is missing.") from error
    except (TypeError, ValueError, OverflowError, IndexError) as error:
        problem = " ".join(str(error).split())
        raise InputError(
            f"It is a damaged model archive: an array is not of the kind that is needed ({problem})."
        ) from error


def _arrays(content: bytes) -> dict[str, Array]:
    """Return all arrays of an archive."""
    try:
        loaded = np.load(io.BytesIO(content), allow_pickle=False)
        if not isinstance(loaded, np.lib.npyio.NpzFile):
            raise InputError("It is a single array; it must be an NPZ archive of several.")
        with loaded as archive:
            return {name: archive[name] for name in archive.files}
    except UNREADABLE as error:
        raise InputError("It is not an NPZ archive of arrays, or it is damaged.") from error


def _model(arrays: dict[str, Array]) -> TrainedModel:
    numbers = range(1, len(arrays["activations"]) + 1)
    shift, scale = (tuple(map(float, arrays[name])) for name in ("shift", "scale"))
    return TrainedModel(
        activations=_texts(arrays["activations"]),
        weights=tuple(_numbers(arrays[f"weights_{number}"]) for number in numbers),
        biases=tuple(_numbers(arrays[f"biases_{number}"]) for number in numbers),
        inputs=_texts(arrays["inputs"]),
        features=_texts(arrays["features"]),
        scaling=Scaling(_text(arrays["scaling"]), shift, scale),
        classes=_texts(arrays["classes"]),
        facts=Facts(
            epochs=_whole(arrays["epochs"]),
            seed=_whole(arrays["seed"]),
            train_cost=_or_none(arrays["train_cost"]),
            test_cost=_or_none(arrays["test_cost"]),
            cost=_text(arrays.get("cost", np.array(""))),
        ),
    )


def _numbers(array: Array) -> Floats:
    if not np.issubdtype(array.dtype, np.number) or np.iscomplexobj(array):
        raise TypeError(f"{array.dtype} instead of numbers")
    return array.astype(np.float64)


def _whole(array: Array) -> int:
    if not np.issubdtype(array.dtype, np.integer) or array.ndim:
        raise TypeError(f"{array.dtype} instead of a whole number")
    return int(array)


def _text(array: Array) -> str:
    if array.dtype.kind != "U" or array.ndim:
        raise TypeError(f"{array.dtype} instead of a text")
    return str(array)


def _texts(array: Array) -> tuple[str, ...]:
    return tuple(str(text) for text in array)


def _or_nan(value: float | None) -> Array:
    return np.array(np.nan if value is None else value)


def _or_none(array: Array) -> float | None:
    value = float(_numbers(array))
    return value if np.isfinite(value) else None
