"""Frozen values as JSON and back, by the types of their fields: complete, exact, and without pickle.

A value of a type is written as its form says: numbers and texts as they are, tuples as lists, a dataclass as an object
of all its fields. A float that JSON does not know is an object, `{"float": "inf"}`. Where a field may hold several
dataclasses, `"type"` names the one. What is read can only become what the types allow.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from math import inf, isfinite, isnan, nan
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from nnplayground.errors import MISSING as ABSENT
from nnplayground.errors import FieldError

TYPE, FLOAT = "type", "float"
NAMED_FLOATS = {"inf": inf, "-inf": -inf, "nan": nan}


@dataclass(frozen=True)
class Form:
    """How the values of one type are written and read; `read` raises `FieldError` for what is no such value."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


class Forms:
    """The forms of all types; `own` has those that are written in a way of their own."""

    def __init__(self, own: Mapping[Any, Form]) -> None:
        self._known: dict[Any, Form] = {bool: BOOL, int: INT, float: REAL, str: TEXT, type(None): NOTHING} | dict(own)
        self._by_fields: dict[type[Any], Form] = {}

    def add(self, hint: Any, form: Form) -> None:
        """Have the values of a type written in a way of their own."""
        self._known[hint] = form

    def of(self, hint: Any) -> Form:
        """Return the form of a type, as type hints name it. Raises `TypeError` for one that cannot be written."""
        if hint not in self._known:
            self._known[hint] = self._make(hint)
        return self._known[hint]

    def _make(self, hint: Any) -> Form:
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Literal:
            return _choice(inner)
        if origin in (Union, types.UnionType):
            return self._union(inner)
        if origin is tuple:
            return self._tuple(inner)
        if origin is frozenset:
            return self._set(self.of(inner[0]))
        if isinstance(origin, type) and issubclass(origin, Mapping) and inner[0] is str:
            return _mapping(self.of(inner[1]))
        if is_dataclass(hint) and isinstance(hint, type):
            return self.dataclass_form(hint)
        raise TypeError(f"{hint} has no form in JSON.")

    def _tuple(self, inner: tuple[Any, ...]) -> Form:
        if len(inner) == 2 and inner[1] is ...:
            item = self.of(inner[0])
            return Form(lambda value: [item.write(one) for one in value], lambda value: tuple(_items(item, value)))
        items = [self.of(one) for one in inner]

        def read(value: Any) -> tuple[Any, ...]:
            if not isinstance(value, list) or len(value) != len(items):
                raise FieldError("", value, f"a list of {len(items)}")
            pairs = enumerate(zip(items, value, strict=True))
            return tuple(read_at(f"[{place}]", form, one) for place, (form, one) in pairs)

        return Form(lambda value: [form.write(one) for form, one in zip(items, value, strict=True)], read)

    def _set(self, item: Form) -> Form:
        return Form(lambda value: sorted(map(item.write, value)), lambda value: frozenset(_items(item, value)))

    def _union(self, members: tuple[Any, ...]) -> Form:
        rest = [member for member in members if member is not type(None)]
        inner = self.of(rest[0]) if len(rest) == 1 else self._one_of(rest)
        if len(rest) == len(members):
            return inner
        return Form(
            lambda value: None if value is None else inner.write(value),
            lambda value: None if value is None else inner.read(value),
        )

    def _one_of(self, members: list[Any]) -> Form:
        """Return the form of a value of one of several types, which shows in the JSON that it is written as."""
        kinds = {member.__name__: member for member in members if is_dataclass(member) and isinstance(member, type)}
        others = [member for member in members if member not in kinds.values()]
        plain = {_json_type(member): member for member in others}
        if len(plain) < len(others):
            raise TypeError(f"{members} cannot be told apart in JSON.")

        def write(value: Any) -> Any:
            name = type(value).__name__
            if name in kinds:
                return {TYPE: name, **self.of(kinds[name]).write(value)}
            return self.of(plain[_member(_type_in_json(value), plain)]).write(value)

        def read(value: Any) -> Any:
            name = value.get(TYPE) if isinstance(value, dict) else None
            if isinstance(name, str) and name in kinds:
                return self.of(kinds[name]).read({key: one for key, one in value.items() if key != TYPE})
            found = _member(_type_of_json(value), plain)
            if found not in plain:
                raise FieldError("", value, "a value of another kind")
            return self.of(plain[found]).read(value)

        return Form(write, read)

    def dataclass_form(self, kind: type[Any]) -> Form:
        """Return the form of a dataclass as an object of its fields, also of one that has a form of its own."""
        if kind not in self._by_fields:
            self._by_fields[kind] = self._make_dataclass(kind)
        return self._by_fields[kind]

    def _make_dataclass(self, kind: type[Any]) -> Form:
        hints = get_type_hints(kind)
        known = [entry.name for entry in fields(kind) if entry.init]
        needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}
        inner: dict[str, Form] = {}

        def forms() -> dict[str, Form]:
            if not inner:  # only now, as a value may hold others of its own kind
                inner.update({name: self.of(hints[name]) for name in known})
            return inner

        def write(value: Any) -> dict[str, Any]:
            return {name: form.write(getattr(value, name)) for name, form in forms().items()}

        def read(value: Any) -> Any:
            found = _object(value)
            _check_names(found, known, needed)
            return kind(**{name: read_at(name, forms()[name], one) for name, one in found.items()})

        return Form(write, read)


def _check_names(found: Mapping[str, Any], known: Sequence[str], needed: Collection[str]) -> None:
    """Refuse an object with a field that a dataclass does not have, or without one that it needs."""
    for name in found:
        if name not in known:
            raise FieldError(name, found[name], f"left out, as only {', '.join(known)} are known here")
    for name in known:
        if name in needed and name not in found:
            raise FieldError(name, ABSENT, "given here")


def _items(form: Form, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise FieldError("", value, "a list in square brackets")
    return [read_at(f"[{place}]", form, item) for place, item in enumerate(value)]


def read_at(place: str, form: Form, value: Any) -> Any:
    """Read a value; an error in it is told with its place in front."""
    try:
        return form.read(value)
    except FieldError as error:
        raise (error.within(place) if error.path else FieldError(place, error.value, error.legal)) from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FieldError("", value, "an object in curly brackets")
    return value


def _scalar(kinds: tuple[type, ...], legal: str) -> Form:
    def read(value: Any) -> Any:
        if type(value) not in kinds:
            raise FieldError("", value, legal)
        return value

    return Form(lambda value: value, read)


def _choice(options: tuple[Any, ...]) -> Form:
    def read(value: Any) -> Any:
        if not any(value == option and type(value) is type(option) for option in options):
            raise FieldError("", value, " or ".join(map(repr, options)))
        return value

    return Form(lambda value: value, read)


def _mapping(form: Form) -> Form:
    return Form(
        lambda value: {name: form.write(one) for name, one in value.items()},
        lambda value: {name: read_at(name, form, one) for name, one in _object(value).items()},
    )


def _write_float(value: float) -> Any:
    return value if isfinite(value) else {FLOAT: "nan" if isnan(value) else "inf" if value > 0 else "-inf"}


def _read_float(value: Any) -> float:
    """Return a number as it was: a field for floats may hold a whole number."""
    if isinstance(value, dict) and value.keys() == {FLOAT} and value[FLOAT] in ("inf", "-inf", "nan"):
        return NAMED_FLOATS[value[FLOAT]]
    if type(value) not in (float, int):
        raise FieldError("", value, "a number")
    number: float = value
    return number


BOOL = _scalar((bool,), "true or false")
INT = _scalar((int,), "a whole number")
TEXT = _scalar((str,), "a text")
NOTHING = _scalar((type(None),), "null")
REAL = Form(_write_float, _read_float)


def _json_type(hint: Any) -> str:
    """Return as what a value of a type, other than a dataclass, stands in JSON."""
    origin = get_origin(hint)
    if origin in (tuple, frozenset):
        return "list"
    if origin is Literal:
        return "str"
    return "dict" if origin is not None else str(hint.__name__)


def _type_in_json(value: Any) -> str:
    """Return as what a value, other than a dataclass, stands in JSON."""
    if isinstance(value, float):
        return FLOAT  # those of NumPy too
    if isinstance(value, tuple | frozenset):
        return "list"
    return "dict" if isinstance(value, Mapping) else type(value).__name__


def _type_of_json(value: Any) -> str:
    return FLOAT if isinstance(value, dict) and value.keys() == {FLOAT} else type(value).__name__


def _member(found: str, plain: Mapping[str, Any]) -> str:
    """Return the member of a union for a type in JSON; where only floats may stand, a whole number is one."""
    return FLOAT if found == "int" and "int" not in plain else found
