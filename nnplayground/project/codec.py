"""The project file: JSON text from a project and back.

Reading refuses unknown keys, wrong types and illegal values with the path of the field; writing sorts the
keys and leaves out what has no meaning, so that equal projects give equal files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields, replace
from functools import cache, partial
from typing import Any, TypeVar, get_args, get_type_hints

from nnplayground.data.reading import AUTO, CHOICES
from nnplayground.errors import MISSING as ABSENT
from nnplayground.errors import FieldError
from nnplayground.project.json_text import look_in, parse_json
from nnplayground.project.layer_specs import LAYER_KINDS, DenseSpec, LayerSpec
from nnplayground.project.limits import LARGEST, ONLY_FOR
from nnplayground.project.model import (
    SOURCES,
    BiasInitializerSpec,
    ColumnKind,
    DataSpec,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    Source,
)
from nnplayground.project.parameter_index import FrozenParameter, FrozenParameters
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.project.upgrading import upgraded

FORMAT = "nnplayground/project"
VERSION = 2
OLDEST_VERSION = 1
READING = dict.fromkeys(CHOICES, AUTO)  # how a table is read, as long as it is found by itself
OPTIONAL = {
    "classes",
    "seed",
    "clip_norm",
    "path",
    "flat_epochs",
    "gradient_norm",
    "missing",
    "imbalance",
    "outliers",
    "split_seed",
    "off",
    "frozen",
    *READING,
    "text",
    "sheet",
    "kinds",
    "merged",
    "values",
    "ragged",
    "test_path",
    "part",
    "parts",
    "split",
    "validation_fraction",
    "target_scaling",
}  # left out of the file while they say nothing
USUAL = (
    ("missing", "drop"),
    ("imbalance", 0.0),
    ("outliers", 0.0),
    ("path", ""),
    ("text", ""),
    ("sheet", ""),
    ("ragged", "refuse"),
    ("test_path", ""),
    ("part", ""),
    ("split", "random"),
    ("target_scaling", "auto"),
    ("validation_fraction", 0.0),
    *READING.items(),
)
"""What else says nothing besides null and an empty list."""

ITEMS_AT_ONCE = 4_096
STEP = re.compile(r"[a-z_][a-z0-9_]*|\[[0-9]{1,9}\]")  # a field, or an entry of a list
PATH = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*|\[[0-9]{1,9}\])*")
Kind = TypeVar("Kind")
Result = TypeVar("Result")
Tagged = TypeVar("Tagged", Source, LayerSpec)


def _once(make: Callable[..., Result]) -> Callable[..., Result]:
    """Remember what is made of each class; `cache` by itself does not take classes, as type checkers see it."""
    return cache(make)


def encode(project: Project) -> str:
    """Return the project as JSON text with sorted keys; reading it back gives an equal project."""
    return json.dumps(as_object(project), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def as_object(project: Project) -> dict[str, Any]:
    """Return the project as the object that the JSON text of its file holds."""
    content = {"format": FORMAT, "version": VERSION} | _object(project)
    if project.parameters is None:
        del content["parameters"]
    return content


def decode(text: str) -> Project:
    """Return the project that the text describes.

    Raises `InputError` with one sentence: where the JSON is broken, what format it is instead, or which field
    holds which illegal value and what is legal. Missing fields take their defaults.
    """
    return from_object(parse_json(text))


def from_object(content: dict[str, Any]) -> Project:
    """Return the project in the object of a JSON text, which is used up; raises what `decode` raises."""
    found = content.pop("format", None)
    if found != FORMAT:
        raise FieldError("format", found, f'"{FORMAT}"')
    version = content.pop("version", None)
    if version not in range(OLDEST_VERSION, VERSION + 1) or not isinstance(version, int) or isinstance(version, bool):
        raise FieldError("version", version, f"a whole number from {OLDEST_VERSION} to {VERSION}")
    return _read(Project, content if version == VERSION else upgraded(content))


def with_value(project: Project, path: str, value: Any) -> Project:
    """Return the project with another value at a path such as `training.optimizer.learning_rate`.

    The path is that of the file, with `[2]` for an entry of a list, and so is the value. Raises `FieldError` with the
    sentence that a file with this value there would get.
    """
    if not PATH.fullmatch(path):
        raise FieldError("path", path, "that of a field, such as training.optimizer.learning_rate")
    steps = [int(step[1:-1]) if step.startswith("[") else step for step in STEP.findall(path)]
    changed: Project = _changed(project, Project, steps, value)
    return changed


def _changed(whole: Any, hint: Any, steps: Sequence[str | int], value: Any) -> Any:
    """Return a part of the document with a value put in where the steps lead."""
    if not steps:
        return _reader(hint)(value)
    step, *rest = steps
    if isinstance(step, int):
        return _with_entry(whole, hint, step, rest, value)
    legal = _meaningful(type(whole), getattr(whole, "name", None)) if hasattr(whole, "__dataclass_fields__") else []
    if step not in legal:
        known = f"only {', '.join(legal)} are known here" if legal else "nothing is known here"
        raise FieldError(step, value, f"left out, as {known}")
    part = _at(step, partial(_changed, getattr(whole, step), _hints(type(whole))[step], rest), value)
    return replace(whole, **{step: part})


def _with_entry(whole: Any, hint: Any, step: int, rest: Sequence[str | int], value: Any) -> tuple[Any, ...]:
    """Return a list of the document with another entry."""
    place = f"[{step}]"
    if not isinstance(whole, tuple) or step >= len(whole):
        count = len(whole) if isinstance(whole, tuple) else 0
        raise FieldError(place, value, f"left out, as there are {count} entries, counted from 0")
    entry = _at(place, partial(_changed, whole[step], get_args(hint)[0], rest), value)
    return (*whole[:step], entry, *whole[step + 1 :])


def _object(value: Any) -> dict[str, Any]:
    """Return a dataclass instance as a dictionary, without the fields that have no meaning in it."""
    tag = getattr(value, "kind", None)
    kind = {} if tag is None else {"kind": tag}
    return kind | {name: _plain(getattr(value, name)) for name in _written(value)}


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return _object(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _written(value: Any) -> list[str]:
    """The names of the fields that belong into the file."""
    meaningful = _meaningful(type(value), getattr(value, "name", None))
    return [name for name in meaningful if name not in OPTIONAL or not _says_nothing(name, getattr(value, name))]


def _says_nothing(name: str, value: object) -> bool:
    """Tell whether a field that may be left out says nothing; a path may well be called "drop"."""
    return value in (None, ()) or (name, value) in USUAL


@_once
def _meaningful(kind: type, name: str | None) -> list[str]:
    """The names of the fields that have a meaning together with this value of the field `name`."""
    entries = fields(kind)
    return [entry.name for entry in entries if name in (limits := entry.metadata.get(ONLY_FOR, ())) or not limits]


def _read(kind: type[Kind], content: Any) -> Kind:
    """Return an instance of a dataclass made from a JSON value."""
    if not isinstance(content, dict):
        raise FieldError("", content, "an object in curly brackets")
    default_name = getattr(kind, "name", None)
    name = content.get("name", default_name) if "name" in _names(kind) else None
    legal = _meaningful(kind, name if isinstance(name, str) else None)
    for key in content:
        if key not in legal:
            raise FieldError(key, content[key], f"left out, as only {', '.join(legal)} are known here")
    hints = _hints(kind)
    for name in _required(kind):
        if name not in content:
            raise FieldError(name, ABSENT, "given here")
    values = {key: _at(key, _reader(hints[key]), value) for key, value in content.items()}
    return kind(**values)


@_once
def _hints(kind: Any) -> dict[str, Any]:
    """The types of the fields; finding them out takes longer than reading an object."""
    return get_type_hints(kind)


@_once
def _required(kind: Any) -> list[str]:
    """The names of the fields that have no default."""
    return [entry.name for entry in fields(kind) if entry.default is MISSING and entry.default_factory is MISSING]


@_once
def _names(kind: type) -> list[str]:
    return [entry.name for entry in fields(kind)]


def _at(place: str, reader: Callable[[Any], Any], value: Any) -> Any:
    """Read a value; an error inside is told with its place in front."""
    try:
        return reader(value)
    except FieldError as error:
        raise (error.within(place) if error.path else FieldError(place, error.value, error.legal)) from None


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return how a field of this type is read; the rules beside the fields check plain values afterwards."""
    return READERS.get(hint, _scalar)


def _scalar(value: Any) -> Any:
    """Lists become tuples, and stay what they are otherwise."""
    return tuple(value) if isinstance(value, list) else value


def _number(value: Any) -> Any:
    """Whole numbers may be written without a point; what is no number is left to the field's rule."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    return value


def _list_of(reader: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise FieldError("", value, "a list in square brackets")
        return tuple(_items(reader, value))

    return read


def _items(reader: Callable[[Any], Any], values: list[Any]) -> Iterator[Any]:
    """Read the values of a list; an error inside is told with its number, and a long list can be ended between them."""
    for place, item in enumerate(values):
        if place % ITEMS_AT_ONCE == ITEMS_AT_ONCE - 1:
            look_in()
        try:
            value = reader(item)
        except FieldError as error:
            where = f"[{place}]"
            raise (error.within(where) if error.path else FieldError(where, error.value, error.legal)) from None
        yield value


def _row(value: Any) -> tuple[Any, ...]:
    """Return a list of numbers, one by one only where something else is among them."""
    kinds = set(map(type, value)) if isinstance(value, list) else {object}
    if kinds <= {float}:
        return tuple(value)
    if kinds <= {float, int}:
        try:
            return tuple(map(float, value))
        except OverflowError:  # a whole number beyond all floats, which the slow way leaves to the rules
            pass
    return _slow_row(value)


_slow_row = _list_of(_number)


def _source(value: Any) -> Source:
    found, rest = _kind_of(value, SOURCES)
    if rest.get("task") == "regression" and found is PointsSource:
        rest.setdefault("classes", [])
    return _read(found, rest)


def _layer(value: Any) -> LayerSpec:
    found, rest = _kind_of(value, LAYER_KINDS, usual=DenseSpec.kind)
    return _read(found, rest)


def _kind_of(value: Any, kinds: Sequence[type[Tagged]], *, usual: str | None = None) -> tuple[type[Tagged], Any]:
    """Return the dataclass that the key `kind` asks for, and the other keys."""
    if not isinstance(value, dict):
        raise FieldError("", value, "an object in curly brackets")
    known = {entry.kind: entry for entry in kinds}
    kind = value.get("kind", usual)
    if not isinstance(kind, str) or kind not in known:
        raise FieldError("kind", kind, "one of " + ", ".join(f'"{name}"' for name in known))
    return known[kind], {key: item for key, item in value.items() if key != "kind"}


def _dataclass_reader(kind: type[Kind]) -> Callable[[Any], Kind]:
    return lambda value: _read(kind, value)


_NESTED = (
    DataSpec, InitializerSpec, BiasInitializerSpec, NetworkSpec,
    OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec,
)  # fmt: skip

READERS: dict[Any, Callable[[Any], Any]] = {kind: _dataclass_reader(kind) for kind in _NESTED} | {
    Source: _source,
    Parameters | None: lambda value: None if value is None else _read(Parameters, value),
    tuple[LayerSpec, ...]: _list_of(_layer),
    LayerSpec: _layer,
    FrozenParameter: _dataclass_reader(FrozenParameter),
    ColumnKind: _dataclass_reader(ColumnKind),
    FrozenParameters: _list_of(_dataclass_reader(FrozenParameter)),
    tuple[ColumnKind, ...]: _list_of(_dataclass_reader(ColumnKind)),
    tuple[tuple[float, float, float], ...]: _list_of(_row),
    tuple[tuple[tuple[float, ...], ...], ...]: _list_of(_list_of(_row)),
    tuple[tuple[float, ...], ...]: _list_of(_row),
    float: _number,
    float | None: _number,
}
