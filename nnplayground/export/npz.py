"""NumPy's own archive `*.npz`: `numpy.load` gives back `weights_1`, `biases_1`, `weights_2`, ... as they were.

Predicting needs nothing but NumPy: `a = (inputs - shift) / scale`, then `a = f(W @ a + b)` for each layer.

The inputs are what `features` names: with two raw inputs formulas of them, called x1 and x2, where `^` is a power;
otherwise the raw inputs themselves.

A network with other layers than dense ones has more arrays: `layers`, the kinds of all layers from the input to the
output; and for each of them `kernel_size`, `pool_size`, `stride` and `padding`, 0 where the kind has no use for it. Any
other number of a layer would be one more such array, there only where a layer has it. One that looks at pictures also
has `image_shape` (channels, height, width), to which the inputs of a sample are reshaped.
Weights, biases and activations belong to the "conv2d" and "dense" layers, in order; the weights of a convolution are
`W[filters, channels, row, column]`. With the window at `top = row * stride - padding` and
`left = column * stride - padding` of the pictures, a layer gives

- "conv2d": `f((W[filter] * window).sum() + b[filter])` for each filter, where the margin around the pictures is 0;
- "max_pool2d": the largest value of the window in each channel, where the margin never counts;
- "average_pool2d": the mean of the window in each channel, where the zeros of the margin count;
- "flatten": all values in one row: channel by channel, row by row.

There are `(length + 2 * padding - size) // stride + 1` windows in each direction.

Targets that were scaled for training have `target_scale` and `target_shift`: an answer is
`a * target_scale + target_shift`. `experiment` holds the bytes of a text in JSON: what the network was trained in, with
the project as in a project file; predicting needs none of it.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.array_archives import read_arrays
from nnplayground.arrays import Floats
from nnplayground.data.scaling import AS_THEY_ARE, Scaling
from nnplayground.engine.layers import Shape
from nnplayground.errors import MISSING, FieldError, InputError
from nnplayground.export import experiment
from nnplayground.export.experiment import Experiment
from nnplayground.export.json_part import JsonPart
from nnplayground.export.layers import KINDS, RULES, LayerForm, checked_form, dimensions_of, is_kind, trained_layers
from nnplayground.export.model import Facts, TrainedModel, fitted_scaling
from nnplayground.project.json_text import parse_json
from nnplayground.project.limits import Whole

Array = NDArray[Any]

FORMAT = "nnplayground/model"

SINGLE = (
    "format", "activations", "inputs", "features", "scaling", "shift", "scale", "task", "classes",
    "epochs", "seed", "cost", "train_cost", "test_cost", "validation_cost",
)  # fmt: skip

VERSION = 2
DENSE = "dense"
TARGETS = ("version", "targets", "target_scaling", "target_shift", "target_scale", "experiment")
"""What files of version 1 do not have, nor need later ones."""

LISTED = ("image_shape", "layers", *RULES)
"""The arrays that only a network with other layers than dense ones has."""

ALWAYS_LISTED = ("kernel_size", "pool_size", "stride", "padding")
"""The numbers of layers that were there first: each such network has an array of them, whether a layer has it or not.

Later ones are there only where a layer has them, so that archives from before stay complete.
"""

NUMBERS = {
    0: "a single number",
    1: "a list of numbers",
    2: "a matrix of numbers",
    4: "numbers in four dimensions: filter, channel, row and column",
}
"""What an array of so many dimensions is, in words."""

# The names of the arrays that hold what stands at these places in a model file, longer places first.
PLACES = {
    "input.scaling.name": "scaling",
    "input.scaling.": "",
    "input.names": "inputs",
    "input.image_shape": "image_shape",
    "input.features": "features",
    "output.scaling.name": "target_scaling",
    "output.scaling.": "target_",
    "output.": "",
    "training.": "",
}


def write(model: TrainedModel) -> bytes:
    """Return the model as an NPZ archive without pickled objects."""
    arrays: dict[str, Any] = {
        "format": np.array(FORMAT),
        "version": np.array(VERSION),
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
    arrays |= _listed_arrays(model.image_shape, [layer.form for layer in model.layers])
    arrays |= _target_arrays(model)
    if model.facts.validation_cost is not None:
        arrays["validation_cost"] = np.array(model.facts.validation_cost)
    if model.experiment is not None:
        text = json.dumps(experiment.plain(model.experiment), sort_keys=True, ensure_ascii=False, allow_nan=False)
        arrays["experiment"] = np.frombuffer(text.encode(), dtype=np.uint8)
    for number, (weights, biases) in enumerate(zip(model.weights, model.biases, strict=True), start=1):
        arrays[f"weights_{number}"] = np.ascontiguousarray(weights)
        arrays[f"biases_{number}"] = np.ascontiguousarray(biases)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _listed_arrays(image_shape: Shape | None, forms: Sequence[LayerForm]) -> dict[str, Any]:
    """Return the arrays that only a network with other layers than dense ones has."""
    kinds = [form.kind for form in forms]
    if set(kinds) == {DENSE}:
        return {}
    shape = {} if image_shape is None else {"image_shape": np.array(image_shape, dtype=np.int64)}
    numbers = {
        name: np.array([getattr(form, name) for form in forms], np.int64 if _is_whole(name) else np.float64)
        for name in _needed(kinds)
    }
    return {**shape, "layers": np.array(kinds), **numbers}


def _target_arrays(model: TrainedModel) -> dict[str, Any]:
    """Return the arrays that say what is known of the targets."""
    arrays: dict[str, Any] = {"targets": np.array(model.targets)} if model.targets else {}
    scaling = model.target_scaling
    if scaling == AS_THEY_ARE:
        return arrays
    shift, scale = (np.array(numbers, dtype=np.float64) for numbers in (scaling.shift, scaling.scale))
    return arrays | {"target_scaling": np.array(scaling.name), "target_shift": shift, "target_scale": scale}


def read(content: bytes) -> TrainedModel:
    """Return the model in an archive; raises `InputError` with one sentence when it holds none."""
    arrays = _Arrays(read_arrays(content))
    if not arrays.holds("format", FORMAT):
        raise InputError(f'It is an NPZ archive of something else; its array "format" must hold "{FORMAT}".')
    kinds = arrays.texts("layers") if arrays.list_layers else ()
    try:
        return _model(arrays, kinds)
    except FieldError as error:
        if error.path.startswith(experiment.PLACE):
            raise  # what is wrong in the text of that array has its place there
        raise FieldError(_array_of(error.path, kinds), error.value, _array_of(error.legal, kinds)) from None


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

    def have(self, name: str) -> bool:
        """Tell whether there is such an array."""
        return name in self._arrays

    def check_version(self) -> None:
        """Refuse files of a later version."""
        if self.have("version") and self.whole("version") not in (1, VERSION):
            raise FieldError("version", self.whole("version"), f"a whole number from 1 to {VERSION}")

    @property
    def list_layers(self) -> bool:
        """Tell whether the arrays list the kinds of all layers; where they do not, all layers are dense."""
        return any(name in self._arrays for name in LISTED)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a single text; without a default it must be there."""
        if default is not None and name not in self._arrays:
            return default
        return str(self._characters(name, 0, "a single text"))

    def utf_8(self, name: str) -> str:
        """Return a text that is stored as the bytes of UTF-8, which take a quarter of the room of NumPy's own texts."""
        legal = "the bytes of a text in UTF-8"
        array = self._array(name, "u", 1, legal)
        try:
            return array.astype(np.uint8, casting="safe").tobytes().decode()
        except (TypeError, UnicodeDecodeError):
            raise FieldError(name, _described(array), legal) from None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self._characters(name, 1, "a list of texts"))

    def whole(self, name: str) -> int:
        """Return a single whole number."""
        return int(self._array(name, "iu", 0, "a single whole number"))

    def wholes(self, name: str, count: int) -> tuple[int, ...]:
        """Return a list of so many whole numbers."""
        legal = f"a list of {count} whole numbers"
        array = self._array(name, "iu", 1, legal)
        if len(array) != count:
            raise FieldError(name, _described(array), legal)
        return tuple(array.tolist())

    def reals(self, name: str, count: int) -> tuple[float, ...]:
        """Return a list of so many numbers, whole or not."""
        array = self.numbers(name, 1)
        if len(array) != count:
            raise FieldError(name, _described(self._arrays[name]), f"a list of {count} numbers")
        return tuple(array.tolist())

    def number_or_none(self, name: str) -> float | None:
        """Return a single number, `None` for NaN and infinity."""
        value = float(self.numbers(name, 0))
        return value if np.isfinite(value) else None

    def numbers(self, name: str, dimensions: int) -> Floats:
        """Return an array of numbers."""
        legal = NUMBERS[dimensions]
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


def _model(arrays: _Arrays, kinds: tuple[str, ...]) -> TrainedModel:
    activations = arrays.texts("activations")
    forms = _forms(arrays, kinds) if arrays.list_layers else (LayerForm(DENSE),) * len(activations)
    is_of_pictures = arrays.have("image_shape") or any(form.reads_pictures for form in forms)
    dimensions = _dimensions(activations, forms)
    names = [(f"weights_{number}", f"biases_{number}") for number in range(1, len(activations) + 1)]
    arrays.check_version()
    arrays.knows(
        {*SINGLE, *TARGETS, *(LISTED if arrays.list_layers else ()), *(name for pair in names for name in pair)}
    )
    model = TrainedModel(
        layers=trained_layers(
            forms,
            activations,
            [arrays.numbers(name, count) for (name, _), count in zip(names, dimensions, strict=True)],
            [arrays.numbers(name, 1) for _, name in names],
        ),
        inputs=arrays.texts("inputs"),
        features=arrays.texts("features"),
        scaling=fitted_scaling(arrays.text("scaling"), arrays.numbers("shift", 1), arrays.numbers("scale", 1)),
        classes=arrays.texts("classes"),
        facts=Facts(
            epochs=arrays.whole("epochs"),
            seed=arrays.whole("seed"),
            train_cost=arrays.number_or_none("train_cost"),
            test_cost=arrays.number_or_none("test_cost"),
            validation_cost=arrays.number_or_none("validation_cost") if arrays.have("validation_cost") else None,
            cost=arrays.text("cost", default=""),
        ),
        image_shape=arrays.wholes("image_shape", 3) if is_of_pictures else None,
        targets=arrays.texts("targets") if arrays.have("targets") else (),
        target_scaling=_target_scaling(arrays),
        experiment=_experiment(arrays),
    )
    if not arrays.holds("task", model.task):
        raise FieldError("task", arrays.text("task"), f'"{model.task}", as the classes say')
    return model


def _target_scaling(arrays: _Arrays) -> Scaling:
    """Return what brought the targets to size."""
    if not arrays.have("target_scaling"):
        return AS_THEY_ARE
    shift, scale = arrays.numbers("target_shift", 1), arrays.numbers("target_scale", 1)
    return fitted_scaling(arrays.text("target_scaling"), shift, scale, place="output.scaling")


def _experiment(arrays: _Arrays) -> Experiment | None:
    """Return the experiment, where the archive holds one."""
    if not arrays.have("experiment"):
        return None
    text = arrays.utf_8("experiment")
    try:
        content = parse_json(text)
    except InputError as error:
        raise InputError(f'The array "experiment": {error}') from error
    return experiment.read(JsonPart(experiment.PLACE, content))


def _dimensions(activations: tuple[str, ...], forms: Sequence[LayerForm]) -> list[int]:
    """Return how many dimensions each array of weights has."""
    dimensions = [form.dimensions for form in forms if form.dimensions]
    if len(activations) != len(dimensions):
        legal = f"a list of {len(dimensions)}, one for each conv2d and each dense layer"
        raise FieldError("activations", list(activations), legal)
    return dimensions


def _forms(arrays: _Arrays, kinds: tuple[str, ...]) -> tuple[LayerForm, ...]:
    """Return the forms of the layers that the arrays list."""
    needed = _needed(kinds)
    numbers = {
        name: arrays.wholes(name, len(kinds)) if _is_whole(name) else arrays.reals(name, len(kinds))
        for name in RULES
        if name in needed or arrays.have(name)
    }
    return tuple(
        checked_form(place, kind, **{name: values[place] for name, values in numbers.items()})
        for place, kind in enumerate(kinds)
    )


def _needed(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers that an archive of these layers has an array of."""
    used = {name for kind in kinds if is_kind(kind) for name in KINDS[kind].settings}
    return tuple(name for name in RULES if name in ALWAYS_LISTED or name in used)


def _is_whole(name: str) -> bool:
    """Tell whether a number of layers is always whole."""
    return isinstance(RULES[name], Whole)


def _array_of(words: str, kinds: tuple[str, ...]) -> str:
    """Return the words with the places of a model file turned into names of arrays."""

    def number(place: str) -> int:
        """Return the number of a layer among those that have weights, from 1 on."""
        before = kinds[: int(place) + 1]
        return sum(is_kind(kind) and dimensions_of(kind) > 0 for kind in before) if kinds else int(place) + 1

    words = re.sub(r"layers\[(\d+)\]\.(weights|biases)", lambda hit: f"{hit[2]}_{number(hit[1])}", words)
    words = re.sub(r"layers\[(\d+)\]\.activation", lambda hit: f"activations[{number(hit[1]) - 1}]", words)
    words = re.sub(rf"layers\[(\d+)\]\.({'|'.join(RULES)})", r"\2[\1]", words)
    words = re.sub(r"layers\[(\d+)\]\.kind", r"layers[\1]", words)
    for place, name in PLACES.items():
        words = words.replace(place, name)
    return words


def _or_nan(value: float | None) -> Array:
    return np.array(np.nan if value is None else value)
