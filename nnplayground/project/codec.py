"""The project file: JSON text from a project and back.

Reading refuses unknown keys, wrong types and illegal values with the path of the field; writing sorts the
keys and leaves out what has no meaning, so that equal projects give equal files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from typing import Any, TypeVar, get_type_hints

from nnplayground.data.reading import AUTO, CHOICES
from nnplayground.errors import MISSING as ABSENT
from nnplayground.errors import FieldError, InputError, shown
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
from nnplayground.project.places import Lock, Locks
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

Kind = TypeVar("Kind")
Tagged = TypeVar("Tagged", Source, LayerSpec)


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


def parse_json(text: str) -> dict[str, Any]:
    """Return the JSON object in the text; raises `InputError` when it is none, or not a legal one."""
    try:
        content = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        message = f"It is not JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno}."
        raise InputError(message) from error
    except RecursionError as error:
        raise InputError("It is not a file of this program: its brackets are nested too deep.") from error
    except ValueError as error:  # an integer of more than 4,300 digits
        raise InputError("It holds a number with too many digits; up to 4,300 are possible.") from error
    if not isinstance(content, dict):
        raise InputError(f"It holds {shown(content)}; it must be a JSON object in curly brackets.")
    return content


def _refuse_constant(word: str) -> None:
    raise InputError(f"It holds {word}, which is no number; only finite numbers are possible.")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs as a dictionary; a key that stands twice is refused, as nobody can know which one counts."""
    result = dict(pairs)
    if len(result) != len(pairs):
        twin = next(key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1)
        raise InputError(f"The key {shown(twin)} stands twice in one object; keep one of them.")
    return result


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


def _meaningful(kind: type, name: object) -> list[str]:
    """The names of the fields that have a meaning together with this value of the field `name`."""
    entries = fields(kind)
    return [entry.name for entry in entries if name in (limits := entry.metadata.get(ONLY_FOR, ())) or not limits]


def _read(kind: type[Kind], content: Any) -> Kind:
    """Return an instance of a dataclass made from a JSON value."""
    if not isinstance(content, dict):
        raise FieldError("", content, "an object in curly brackets")
    default_name = getattr(kind, "name", None)
    legal = _meaningful(kind, content.get("name", default_name) if "name" in _names(kind) else None)
    for key in content:
        if key not in legal:
            raise FieldError(key, content[key], f"left out, as only {', '.join(legal)} are known here")
    hints = get_type_hints(kind)
    for name in _required(kind):
        if name not in content:
            raise FieldError(name, ABSENT, "given here")
    values = {key: _at(key, _reader(hints[key]), value) for key, value in content.items()}
    return kind(**values)


def _required(kind: Any) -> list[str]:
    """The names of the fields that have no default."""
    return [entry.name for entry in fields(kind) if entry.default is MISSING and entry.default_factory is MISSING]


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
        return tuple(_at(f"[{place}]", reader, item) for place, item in enumerate(value))

    return read


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
    Locks: _list_of(_dataclass_reader(Lock)),
    tuple[ColumnKind, ...]: _list_of(_dataclass_reader(ColumnKind)),
    tuple[tuple[float, float, float], ...]: _list_of(_list_of(_number)),
    tuple[tuple[tuple[float, ...], ...], ...]: _list_of(_list_of(_list_of(_number))),
    tuple[tuple[float, ...], ...]: _list_of(_list_of(_number)),
    float: _number,
    float | None: _number,
}
