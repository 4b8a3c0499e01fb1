"""What a formula is made of: numbers, x1 and x2, signs, and functions of one or two values.

Each piece knows its value for many points at once and how it is written. All arithmetic is that of float64 arrays,
so nothing here can grow without bounds: what is too large becomes infinite, what is not defined NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from nnplayground.arrays import Floats

ADDED, MULTIPLIED, NEGATED, RAISED, WHOLE = range(5)
"""How tightly the pieces hold together, from sums to what needs no brackets anywhere."""

Operation: TypeAlias = Callable[..., Floats]

Given: TypeAlias = Mapping[str, Floats]

CONSTANTS = {"pi": np.asarray(np.pi), "e": np.asarray(np.e)}
INPUTS = ("x1", "x2")
NAMES = (*INPUTS, *CONSTANTS)

OPERATORS: dict[str, tuple[int, Operation]] = {
    "+": (ADDED, np.add),
    "-": (ADDED, np.subtract),
    "*": (MULTIPLIED, np.multiply),
    "/": (MULTIPLIED, np.divide),
    "^": (RAISED, np.power),
}


@dataclass(frozen=True)
class Function:
    """A function of a formula: how many values stand in its brackets, and what it makes of them."""

    count: int
    value: Operation


def _sigmoid(z: Floats) -> Floats:
    return 0.5 * (1.0 + np.tanh(0.5 * z))


def _step(z: Floats) -> Floats:
    return np.heaviside(z, 1.0)


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0.0)


FUNCTIONS: dict[str, Function] = {
    "abs": Function(1, np.abs),
    "atan2": Function(2, np.arctan2),
    "cos": Function(1, np.cos),
    "exp": Function(1, np.exp),
    "hypot": Function(2, np.hypot),
    "log": Function(1, np.log),
    "max": Function(2, np.maximum),
    "min": Function(2, np.minimum),
    "relu": Function(1, _relu),
    "sigmoid": Function(1, _sigmoid),
    "sign": Function(1, np.sign),
    "sin": Function(1, np.sin),
    "sqrt": Function(1, np.sqrt),
    "step": Function(1, _step),
    "tan": Function(1, np.tan),
    "tanh": Function(1, np.tanh),
}


class Expression(Protocol):
    """A piece of a formula."""

    @property
    def tightness(self) -> int:
        """How tightly it holds together, `ADDED` to `WHOLE`."""
        ...

    @property
    def reads_inputs(self) -> bool:
        """Whether its value depends on the point."""
        ...

    def value(self, given: Given, /) -> Floats:
        """Return its values `[samples]`, or one value where it does not depend on the points; `given` are the names."""
        ...

    def text(self) -> str:
        """Return how it is written."""
        ...


@dataclass(frozen=True)
class NumberTerm:
    """A number that is not negative."""

    number: float
    tightness: int = WHOLE
    reads_inputs: bool = False

    def value(self, _given: Given, /) -> Floats:
        """Return the number."""
        return np.asarray(self.number)

    def text(self) -> str:
        """Return the shortest text that reads back as exactly this number."""
        return repr(self.number).removesuffix(".0").replace("e+", "e")


@dataclass(frozen=True)
class Name:
    """An input or a constant."""

    name: str
    tightness: int = WHOLE

    @property
    def reads_inputs(self) -> bool:
        """Whether it is an input."""
        return self.name in INPUTS

    def value(self, given: Given, /) -> Floats:
        """Return the input or the constant."""
        return given[self.name]

    def text(self) -> str:
        """Return the name."""
        return self.name


@dataclass(frozen=True)
class Negated:
    """The negative of a piece."""

    inner: Expression
    tightness: int = NEGATED

    @property
    def reads_inputs(self) -> bool:
        """Whether the piece does."""
        return self.inner.reads_inputs

    def value(self, given: Given, /) -> Floats:
        """Return the negative of each value."""
        return np.negative(self.inner.value(given))

    def text(self) -> str:
        """Return the piece after a minus."""
        return f"-{_bracketed(self.inner, NEGATED)}"


@dataclass(frozen=True)
class Operated:
    """Two pieces with one of the `OPERATORS` between them."""

    operator: str
    left: Expression
    right: Expression

    @property
    def tightness(self) -> int:
        """How tightly the operator holds."""
        return OPERATORS[self.operator][0]

    @property
    def reads_inputs(self) -> bool:
        """Whether one of the pieces does."""
        return self.left.reads_inputs or self.right.reads_inputs

    def value(self, given: Given, /) -> Floats:
        """Return what the operator makes of the values of both."""
        return OPERATORS[self.operator][1](self.left.value(given), self.right.value(given))

    def text(self) -> str:
        """Return both with the operator between them; powers group from the right, all others from the left."""
        if self.operator == "^":
            return f"{_bracketed(self.left, WHOLE)}^{_bracketed(self.right, NEGATED)}"
        sign = f" {self.operator} " if self.tightness == ADDED else self.operator
        return _bracketed(self.left, self.tightness) + sign + _bracketed(self.right, self.tightness + 1)


@dataclass(frozen=True)
class Called:
    """One of the `FUNCTIONS` with what stands in its brackets."""

    name: str
    arguments: tuple[Expression, ...]
    tightness: int = WHOLE

    @property
    def reads_inputs(self) -> bool:
        """Whether one of the arguments does."""
        return any(argument.reads_inputs for argument in self.arguments)

    def value(self, given: Given, /) -> Floats:
        """Return what the function makes of the values of the arguments."""
        return FUNCTIONS[self.name].value(*(argument.value(given) for argument in self.arguments))

    def text(self) -> str:
        """Return the name with the arguments in brackets."""
        return f"{self.name}({', '.join(argument.text() for argument in self.arguments)})"


def _bracketed(piece: Expression, least: int) -> str:
    """Return a piece in brackets where it holds together less tightly than it must at its place."""
    return piece.text() if piece.tightness >= least else f"({piece.text()})"
