"""What a field of the document may hold, told once.

Each field of the dataclasses in `model` carries one of these rules in its metadata. Validation, the file reader, the
panels and the documentation all read the same rule, so they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from nnplayground.errors import FieldError

RULE = "rule"
ONLY_FOR = "only_for"


UNWRITABLE = re.compile("[\0\ud800-\udfff]")
LARGEST = 1.7976931348623157e308  # of a float64; whole numbers may be larger and then cannot become one


def is_writable(text: str) -> bool:
    """Tell whether a file can hold a text: no half of a surrogate pair, no NUL."""
    return UNWRITABLE.search(text) is None


def _plain(number: float) -> str:
    """Return a number for a sentence; round ones of up to a billion are written out."""
    return f"{number:,.0f}" if 1e4 <= abs(number) <= 1e9 and number == round(number) else f"{number:g}"


class Rule(Protocol):
    """What one field may hold; `help` explains the field in plain words."""

    @property
    def help(self) -> str:
        """The field in plain words."""
        ...

    @property
    def legal(self) -> str:
        """What may stand here, to follow the words "it must be"."""
        ...

    def accepts(self, value: object) -> bool:
        """Tell whether the value may stand here."""
        ...


@dataclass(frozen=True)
class Number:
    """A finite number from `low` to `high`; with `above_low` set, `low` itself is not allowed."""

    low: float
    high: float
    help: str
    optional: bool = False
    above_low: bool = False

    @property
    def legal(self) -> str:
        """The range in words."""
        low, high = _plain(self.low), _plain(self.high)
        start = f"a number above {low}" if self.above_low else f"a number from {low}"
        until = f"and up to {high}" if self.above_low else f"to {high}"
        return f"{start} {until}" + (" or null" if self.optional else "")

    def accepts(self, value: object) -> bool:
        """Take real numbers within the range."""
        if value is None:
            return self.optional
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST:
            return False  # also what is not a number, which compares as false
        return (self.low < value if self.above_low else self.low <= value) and value <= self.high


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int
    help: str
    optional: bool = False

    @property
    def legal(self) -> str:
        """The range in words."""
        return f"a whole number from {self.low:,} to {self.high:,}" + (" or null" if self.optional else "")

    def accepts(self, value: object) -> bool:
        """Take whole numbers within the range; true and false are not numbers."""
        if value is None:
            return self.optional
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]
    help: str

    @property
    def legal(self) -> str:
        """The words."""
        quoted = [f'"{option}"' for option in self.options]
        return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" or {quoted[-1]}"

    def accepts(self, value: object) -> bool:
        """Take the words only."""
        return isinstance(value, str) and value in self.options


@dataclass(frozen=True)
class Text:
    """A text of up to `longest` characters."""

    longest: int
    help: str
    shortest: int = 0
    optional: bool = False

    @property
    def legal(self) -> str:
        """The length in words."""
        words = f"a text of {self.shortest:,} to {self.longest:,} characters that can be written"
        return words + (" or null" if self.optional else "")

    def accepts(self, value: object) -> bool:
        """Take texts that are neither too short nor too long and that a file can hold."""
        if value is None:
            return self.optional
        return isinstance(value, str) and self.shortest <= len(value) <= self.longest and is_writable(value)


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    help: str
    legal: str = "true or false"

    def accepts(self, value: object) -> bool:
        """Take true and false."""
        return isinstance(value, bool)


@dataclass(frozen=True)
class Names:
    """A list of different texts, each one of `options` unless there are none."""

    help: str
    options: tuple[str, ...] = ()
    shortest: int = 0

    @property
    def legal(self) -> str:
        """What the list may hold."""
        of = f" from {Choice(self.options, '').legal}" if self.options else " that can be written"
        least = f"at least {self.shortest} " if self.shortest else ""
        return f"a list of {least}different texts{of}"

    def accepts(self, value: object) -> bool:
        """Take tuples of different texts."""
        if not isinstance(value, tuple) or not all(isinstance(item, str) and is_writable(item) for item in value):
            return False
        known = not self.options or set(value) <= set(self.options)
        return known and len(set(value)) == len(value) >= self.shortest


@dataclass(frozen=True)
class Places:
    """A list of different whole numbers from 0 on, in ascending order."""

    help: str
    legal: str = "a list of different whole numbers from 0 on, in ascending order"

    def accepts(self, value: object) -> bool:
        """Take tuples of ascending whole numbers; true and false are not numbers."""
        if not isinstance(value, tuple) or any(isinstance(item, bool) or not isinstance(item, int) for item in value):
            return False
        return list(value) == sorted(set(value)) and min(value, default=0) >= 0


@dataclass(frozen=True)
class NestedPart:
    """Another part of the document: an instance of one of these dataclasses."""

    kinds: tuple[type, ...]
    help: str = ""

    @property
    def legal(self) -> str:
        """The names of the dataclasses."""
        return "a " + " or a ".join(kind.__name__ for kind in self.kinds)

    def accepts(self, value: object) -> bool:
        """Take instances only."""
        return isinstance(value, self.kinds)


def limited(default: Any, rule: Rule, *, only_for: Sequence[str] = ()) -> Any:
    """Return a dataclass field with a rule; `only_for` names the values of `name` with which it has a meaning."""
    return field(default=default, metadata={RULE: rule, ONLY_FOR: tuple(only_for)})


def part(*kinds: type) -> dict[str, Any]:
    """Return the metadata of a field that holds another part of the document."""
    return {RULE: NestedPart(kinds), ONLY_FOR: ()}


class WithSettings(Protocol):
    """An entry of a table of choices that says which numbers it reads."""

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the numbers."""
        ...


def readers(table: Mapping[str, WithSettings], setting: str) -> tuple[str, ...]:
    """Return the names of the choices of a table that read this setting."""
    return tuple(name for name, entry in table.items() if setting in entry.settings)


def rule_of(kind: type, name: str) -> Any:
    """Return the rule of the field `name` of the dataclass `kind`."""
    return next(entry.metadata[RULE] for entry in fields(kind) if entry.name == name)


def help_of(kind: type, name: str) -> str:
    """Return the explanation of the field `name` of the dataclass `kind`."""
    return str(rule_of(kind, name).help)


def check(instance: Any) -> None:
    """Raise `FieldError` for the first field of a dataclass instance that breaks its rule.

    Numbers of NumPy become those of Python, so that they can be compared and written.
    """
    for entry in fields(instance):
        rule = entry.metadata.get(RULE)
        value = getattr(instance, entry.name)
        if isinstance(rule, Number | Whole | Flag) and hasattr(value, "item"):
            value = value.item()
            object.__setattr__(instance, entry.name, value)
        if rule is not None and not rule.accepts(value):
            raise FieldError(entry.name, value, rule.legal)
