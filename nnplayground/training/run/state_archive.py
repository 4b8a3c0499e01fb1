"""The file form of what a run remembers: complete, without pickle, and nothing in it written twice.

It is a ZIP archive of three entries:

- `state.json`: an object with `format`, `version` and `content`, and with the tables to which the content refers by
  number: `values` (architectures, settings and learning rates, which many moments have in common), `moments`
  (checkpoints), `columns`, `sets` and `curves` (see `curve_pool`);
- `floats.npy`: all float arrays in one row, float64, little-endian;
- `integers.npy`: all arrays of whole numbers in one row.

A reference to an array is `[offset, *shape]` in its row. `plain_values` tells how values stand in the JSON. The names
of fields are part of the format: a change of one raises `VERSION`, and files with the old name are still read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from nnplayground.array_archives import npy_bytes, read_arrays
from nnplayground.arrays import Floats, Integers
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Layer
from nnplayground.engine.schedules import Rate
from nnplayground.errors import MISSING, FieldError, InputError
from nnplayground.project.json_text import Structure, parse_json
from nnplayground.project.layer_specs import LAYER_KINDS
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.array_pool import ArrayReader, ArrayWriter
from nnplayground.training.run.check_checkpoint import check_checkpoint
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.curve_pool import CurveReader, CurveTables, CurveWriter
from nnplayground.training.run.history import Curve
from nnplayground.training.run.plain_values import Form, Forms, read_at
from nnplayground.zip_archives import Limits, pack

VERSION = 1
KIND = "a file of a run's state"
STATE, FLOATS, INTEGERS = "state.json", "floats", "integers"
ENTRIES, BYTES = 3, 8
SLACK, GROWTH = 96_000_000, 2
"""An archive may take so many bytes once it is unpacked, and so many times its own: the floats in it are not packed."""

SHARED: tuple[type[Any], ...] = (Architecture, TrainingSpec, Rate)
"""What many moments have in common."""

LAYERS = {layer.kind: type(layer) for layer in (spec().layer() for spec in LAYER_KINDS)}


class StateWriter:
    """Writes one value with all the checkpoints, curves and arrays in it."""

    def __init__(self) -> None:
        self.floats, self._integers = ArrayWriter(np.float64), ArrayWriter(np.int64)
        self._curves = CurveWriter(self.floats)
        self._values: list[Any] = []
        self._texts: dict[str, int] = {}  # of the values, as which equal ones are found
        self._moments: list[Any] = []
        self._numbers: dict[int, tuple[object, int]] = {}  # of moments and values, by identity
        self.forms = Forms(
            {
                Floats: _writes(self.floats.add),
                Integers: _writes(self._integers.add),
                Curve: _writes(self._curves.add),
                Checkpoint: _writes(self._moment),
                Layer: _writes(self._layer),
                **{kind: _writes(self._shared(kind)) for kind in SHARED},
            }
        )

    def archive(self, name: str, hint: Any, value: Any) -> bytes:
        """Return the archive of a format of this name that holds a value of this type."""
        content = self.forms.of(hint).write(value)
        tables = self._curves.tables()
        state = {
            "format": name,
            "version": VERSION,
            "values": self._values,
            "columns": tables.columns,
            "sets": tables.sets,
            "curves": tables.curves,
            "moments": self._moments,
            "content": content,
        }
        text = json.dumps(state, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        floats, integers = npy_bytes(self.floats.joined()), npy_bytes(self._integers.joined())
        entries = {STATE: text.encode(), f"{FLOATS}.npy": floats, f"{INTEGERS}.npy": integers}
        return pack(entries, stored={f"{FLOATS}.npy"})

    def _moment(self, moment: Checkpoint) -> int:
        if id(moment) not in self._numbers:
            self._numbers[id(moment)] = moment, len(self._moments)
            self._moments.append(self.forms.dataclass_form(Checkpoint).write(moment))
        return self._numbers[id(moment)][1]

    def _shared(self, kind: type[Any]) -> Callable[[Any], int]:
        def write(value: Any) -> int:
            if id(value) not in self._numbers:
                written = self.forms.dataclass_form(kind).write(value)
                number = self._texts.setdefault(json.dumps([kind.__name__, written]), len(self._values))
                if number == len(self._values):
                    self._values.append(written)
                self._numbers[id(value)] = value, number
            return self._numbers[id(value)][1]

        return write

    def _layer(self, layer: Layer) -> dict[str, Any]:
        written: dict[str, Any] = self.forms.dataclass_form(type(layer)).write(layer)
        return {"kind": layer.kind, **written}


class StateReader:
    """Reads the value in an archive that `StateWriter` wrote.

    Raises `InputError` with one sentence for what is no such archive, is damaged, or would take too much memory.
    """

    def __init__(self, content: bytes, name: str) -> None:
        entries = read_arrays(content, Limits(ENTRIES, SLACK + GROWTH * len(content)))
        self._state = _state_of(entries, name)
        floats = _row_of(entries, FLOATS, "f")
        self.floats = ArrayReader(floats, np.float64)
        integers = ArrayReader(_row_of(entries, INTEGERS, "iu"), np.int64)
        columns, sets, curves = (self._table(name) for name in ("columns", "sets", "curves"))
        self._curves = CurveReader(CurveTables(columns, sets, curves), self.floats, stored=floats.size)
        self._values, self._moments = self._table("values"), self._table("moments")
        self._made: dict[tuple[type[Any], int], Any] = {}
        self.forms = Forms(
            {
                Floats: _reads(self.floats.get),
                Integers: _reads(integers.get),
                Curve: _reads(self._curves.get),
                Checkpoint: _reads(lambda number: self._entry(Checkpoint, number, "moments", self._moments)),
                Layer: _reads(self._layer),
                **{kind: _reads(self._shared(kind)) for kind in SHARED},
            }
        )

    def value(self, hint: Any) -> Any:
        """Return the value, which is of this type."""
        try:
            return read_at("content", self.forms.of(hint), self._state.get("content", MISSING))
        except (OverflowError, RecursionError):  # numbers and nesting beyond all that this program writes
            raise InputError(f"It is not {KIND}, or it is damaged.") from None

    def _table(self, name: str) -> list[Any]:
        table = self._state.get(name, MISSING)
        if not isinstance(table, list):
            raise FieldError(name, table, "a list in square brackets")
        return table

    def _shared(self, kind: type[Any]) -> Callable[[Any], Any]:
        return lambda number: self._entry(kind, number, "values", self._values)

    def _entry(self, kind: type[Any], number: Any, table: str, entries: list[Any]) -> Any:
        """Return what an entry of a table describes; what refers to it more than once gets the same value."""
        if type(number) is not int or not 0 <= number < len(entries):
            raise FieldError("", number, f"the number of one of {len(entries):,} {table}")
        if (kind, number) not in self._made:
            place = f"{table}[{number}]"
            try:
                value = self.forms.dataclass_form(kind).read(entries[number])
                if kind is Checkpoint:
                    check_checkpoint(value)
            except FieldError as error:
                message = error.within(place) if error.path else FieldError(place, error.value, error.legal)
                raise InputError(str(message)) from None
            self._made[kind, number] = value
        return self._made[kind, number]

    def _layer(self, value: Any) -> Layer:
        if not isinstance(value, dict) or value.get("kind") not in tuple(LAYERS):
            raise FieldError("", value, f"an object with the kind {' or '.join(LAYERS)}")
        rest = {name: one for name, one in value.items() if name != "kind"}
        layer: Layer = self.forms.dataclass_form(LAYERS[value["kind"]]).read(rest)
        return layer


def _writes(write: Callable[[Any], Any]) -> Form:
    """Return a form of which only one direction is needed."""
    return Form(write, _never)


def _reads(read: Callable[[Any], Any]) -> Form:
    return Form(_never, read)


def _never(_: Any) -> Any:
    raise TypeError("A writer reads nothing, and a reader writes nothing.")


def _state_of(entries: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the object in the JSON of an archive of a format of this name."""
    text = entries.get(STATE)
    if not isinstance(text, bytes):
        raise InputError(f"It is not {KIND}: it has no {STATE}.")
    Structure().feed(text)
    try:
        state = parse_json(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"It is not {KIND}: byte {error.start} of {STATE} is not text in UTF-8.") from error
    if state.get("format") != name:
        raise FieldError("format", state.get("format", MISSING), f'"{name}"')
    if state.get("version") != VERSION or not isinstance(state["version"], int):
        raise FieldError("version", state.get("version", MISSING), f"{VERSION}; a newer program wrote it")
    return state


def _row_of(entries: dict[str, Any], name: str, kinds: str) -> np.ndarray[Any, np.dtype[Any]]:
    """Return the row of all numbers of one kind."""
    row = entries.get(name)
    if not isinstance(row, np.ndarray) or row.ndim != 1 or row.dtype.kind not in kinds or row.dtype.itemsize > BYTES:
        raise InputError(f"It is not {KIND}: its {name} are no list of numbers of up to {8 * BYTES} bits.")
    return row
