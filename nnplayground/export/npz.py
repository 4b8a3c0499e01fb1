"""NumPy's own archive `*.npz`: `numpy.load` gives back `weights_1`, `biases_1`, `weights_2`, ... as they were.

Predicting needs nothing but NumPy: `a = (inputs - shift) / scale`, then `a = f(W @ a + b)` for each layer.
"""

from __future__ import annotations

import io
import re
import sys
import warnings
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.errors import MISSING, FieldError, InputError
from nnplayground.export.model import Facts, TrainedModel, fitted_scaling

Array = NDArray[Any]

FORMAT = "nnplayground/model"

SINGLE = (
    "format", "activations", "inputs", "features", "scaling", "shift", "scale", "task", "classes",
    "epochs", "seed", "cost", "train_cost", "test_cost",
)  # fmt: skip

# The names of the arrays that hold what stands at these places in a model file, longer places first.
PLACES = {
    "input.scaling.name": "scaling",
    "input.scaling.": "",
    "input.names": "inputs",
    "input.features": "features",
    "output.": "",
    "training.": "",
}


def write(model: TrainedModel) -> bytes:
    """Return the model as an NPZ archive without pickled objects."""
    arrays: dict[str, Any] = {
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
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def read(content: bytes) -> TrainedModel:
    """Return the model in an archive; raises `InputError` with one sentence when it holds none."""
    arrays = _Arrays(_load(content))
    if not arrays.holds("format", FORMAT):
        raise InputError(f'It is an NPZ archive of something else; its array "format" must hold "{FORMAT}".')
    try:
        return _model(arrays)
    except FieldError as error:
        raise FieldError(_array_of(error.path), error.value, _array_of(error.legal)) from None


def _load(content: bytes) -> dict[str, Any]:
    """Return all arrays of an archive; what is no array in it comes as bytes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged header is read as Python text, which may warn about itself
            loaded = np.load(io.BytesIO(content), allow_pickle=False)
        if isinstance(loaded, np.lib.npyio.NpzFile):
            with loaded as archive, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return {name: archive[name] for name in archive.files}
    except MemoryError:
        raise  # the file may be sound, and this is told in other words
    except Exception as error:  # NumPy, zipfile and the decompressors have no common one for what is damaged
        raise InputError("It is not an NPZ archive of arrays, or it is damaged.") from error
    raise InputError("It is a single array; it must be an NPZ archive of several.")


class _Arrays:
    """The arrays of an archive; what is missing or of the wrong kind is told with its name."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        self._arrays = arrays

    def knows(self, names: Collection[str]) -> None:
        """Refuse every other array."""
        for name, array in self._arrays.items():
            if name not in names:
                raise FieldError(name, _described(array), "left out, as no model has an array of this name")

    def holds(self, name: str, text: str) -> bool:
        """Tell whether there is an array of this one text."""
        array = self._arrays.get(name)
        return isinstance(array, np.ndarray) and array.ndim == 0 and array.dtype.kind == "U" and array == text

    def text(self, name: str, default: str | None = None) -> str:
        """Return a single text; without a default it must be there."""
        if default is not None and name not in self._arrays:
            return default
        return str(self._characters(name, 0, "a single text"))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self._characters(name, 1, "a list of texts"))

    def whole(self, name: str) -> int:
        """Return a single whole number."""
        return int(self._array(name, "iu", 0, "a single whole number"))

    def number_or_none(self, name: str) -> float | None:
        """Return a single number, `None` for NaN and infinity."""
        value = float(self.numbers(name, 0))
        return value if np.isfinite(value) else None

    def numbers(self, name: str, dimensions: int) -> Floats:
        """Return an array of numbers."""
        legal = ("a single number", "a list of numbers", "a matrix of numbers")[dimensions]
        with np.errstate(over="ignore"):  # of numbers that are longer than a float64; infinity is refused later
            result: Floats = self._array(name, "fiu", dimensions, legal).astype(np.float64)
        return result

    def _characters(self, name: str, dimensions: int, legal: str) -> Any:
        """Return texts as Python's own; NumPy hands on numbers that are no characters, and Python breaks on them."""
        array = self._array(name, "U", dimensions, legal)
        numbers = np.frombuffer(array.astype(array.dtype.newbyteorder("=")).tobytes(), dtype=np.uint32)
        if (numbers > sys.maxunicode).any():
            raise FieldError(name, _described(array), f"{legal} of Unicode")
        return array.tolist()

    def _array(self, name: str, kinds: str, dimensions: int, legal: str) -> Array:
        """Return an array of one of these kinds of numbers or text (as in `dtype.kind`) and so many dimensions."""
        array = self._arrays.get(name)
        if name not in self._arrays:
            raise FieldError(name, MISSING, legal)
        if not isinstance(array, np.ndarray) or array.ndim != dimensions or array.dtype.kind not in kinds:
            raise FieldError(name, _described(array), legal)
        return array


def _described(array: object) -> str:
    """Return what an array is, in the words of NumPy."""
    if not isinstance(array, np.ndarray):
        return "no array"
    return f"an array of {array.dtype} of the shape {array.shape}"


def _model(arrays: _Arrays) -> TrainedModel:
    activations = arrays.texts("activations")
    layers = range(1, len(activations) + 1)
    arrays.knows({*SINGLE, *(f"{part}_{layer}" for part in ("weights", "biases") for layer in layers)})
    model = TrainedModel(
        activations=activations,
        weights=tuple(arrays.numbers(f"weights_{layer}", 2) for layer in layers),
        biases=tuple(arrays.numbers(f"biases_{layer}", 1) for layer in layers),
        inputs=arrays.texts("inputs"),
        features=arrays.texts("features"),
        scaling=fitted_scaling(arrays.text("scaling"), arrays.numbers("shift", 1), arrays.numbers("scale", 1)),
        classes=arrays.texts("classes"),
        facts=Facts(
            epochs=arrays.whole("epochs"),
            seed=arrays.whole("seed"),
            train_cost=arrays.number_or_none("train_cost"),
            test_cost=arrays.number_or_none("test_cost"),
            cost=arrays.text("cost", default=""),
        ),
    )
    if not arrays.holds("task", model.task):
        raise FieldError("task", arrays.text("task"), f'"{model.task}", as the classes say')
    return model


def _array_of(words: str) -> str:
    """Return the words with the places of a model file turned into names of arrays."""
    words = re.sub(r"layers\[(\d+)\]\.(weights|biases)", lambda hit: f"{hit[2]}_{int(hit[1]) + 1}", words)
    words = re.sub(r"layers\[(\d+)\]\.activation", r"activations[\1]", words)
    for place, name in PLACES.items():
        words = words.replace(place, name)
    return words


def _or_nan(value: float | None) -> Array:
    return np.array(np.nan if value is None else value)
