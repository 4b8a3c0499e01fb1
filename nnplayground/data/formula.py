"""Formulas that a person types, such as `x1^2 + sin(3*x2)`, read without ever running them as Python.

A formula is cut into words and then read from the left by four rules, one for each level of the signs:

    sum      product ((+ | -) product)*
    product  signed ((* | /) signed)*
    signed   - signed | power
    power    atom (^ signed)?            atom: number, name, name(sum, sum), (sum)

Its length and depth are limited, so reading one takes a moment whatever is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.expressions import (
    CONSTANTS,
    FUNCTIONS,
    INPUTS,
    NAMES,
    Called,
    Expression,
    Name,
    Negated,
    NumberTerm,
    Operated,
)
from nnplayground.errors import InputError, printable

LONGEST = 200
DEEPEST = 25
EXAMPLE = "x1^2 + sin(3*x2)"
KNOWN = f"{', '.join(NAMES)} or a function such as sin(x1)"

NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
WORD = re.compile(rf"\s*(?:{NUMBER}|[a-z_]\w*|[-+*/^(),])", re.ASCII)
DECIMAL_COMMA = re.compile(r"(?<![\w.,])\d+,\d+(?![\w.])", re.ASCII)
SPELLINGS = str.maketrans({
    "−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/", "²": "^2", "³": "^3", "₁": "1", "₂": "2", "π": "pi",
})  # fmt: skip
"""How formulas are written on paper, and in our own titles of them."""


@dataclass(frozen=True)
class Formula:
    """A formula that was read; `text` is how it is always written, with `^` for powers and the fewest brackets."""

    text: str
    expression: Expression

    def value(self, x1: Floats, x2: Floats) -> Floats:
        """Return the values `[...]` at points with these coordinates, `[...]` each; NaN or infinite where it has none.

        No warning is given for these places.
        """
        with np.errstate(all="ignore"):
            return self.expression.value({"x1": x1, "x2": x2, **CONSTANTS})


def parse_formula(text: str) -> Formula:
    """Return the formula in a text; `**` is read as `^` and capital letters as small ones.

    Raises `InputError` with one sentence that names the word that is wrong and what would be right.
    """
    _check_length(text)
    words = _words(text.translate(SPELLINGS).lower().replace("**", "^"))
    if not words:
        raise InputError(f"The formula is empty; write something of x1 and x2, such as {EXAMPLE}.")
    try:
        expression = _FormulaReader(words).formula()
    except InputError:
        _refuse_decimal_comma(text)
        raise
    result = Formula(expression.text(), expression)
    _check_length(result.text)
    if not expression.reads_inputs:
        raise InputError(f"{_short(result.text)} is the same everywhere; the formula must use x1 or x2.")
    return result


def _refuse_decimal_comma(text: str) -> None:
    """Refuse a text that is no formula and holds a number as with a decimal comma, and say how it is written here."""
    found = DECIMAL_COMMA.search(text)
    if found is not None:
        point = found[0].replace(",", ".")
        raise InputError(
            f"Numbers in a formula have a decimal point, as a comma parts the values of a function; write {point} "
            f"instead of {found[0]}."
        )


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise InputError(f"The formula has {len(text):,} characters; up to {LONGEST} are possible.")


def _words(text: str) -> list[str]:
    """Cut a text into numbers, names and signs; raises `InputError` for a character that is in none."""
    words, place, text = [], 0, text.strip()
    while place < len(text):
        found = WORD.match(text, place)
        if found is None:
            mark = text[place:].lstrip()[:1]
            raise InputError(
                f"A formula cannot hold “{printable(mark)}”; write it with {', '.join(NAMES)}, numbers, + - * / ^, "
                "brackets and functions such as sin(x1)."
            )
        words.append(found.group().strip())
        place = found.end()
    return words


class _FormulaReader:
    """Reads words from the left, one rule of the grammar for each method."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._place = 0
        self._depth = 0

    def formula(self) -> Expression:
        """Read all words."""
        result = self._sum()
        if self._word == ")":
            raise InputError("A bracket is closed that was never opened; take ) away, or write ( where it begins.")
        if self._word == ",":
            raise InputError("A comma stands only between the two values of a function, such as max(x1, x2).")
        if self._word:
            self._miss_operator()
        return result

    @property
    def _word(self) -> str:
        """The next word; empty at the end."""
        return self._words[self._place] if self._place < len(self._words) else ""

    @property
    def _before(self) -> str:
        """The word before the next one; empty at the start."""
        return self._words[self._place - 1] if self._place else ""

    def _take(self) -> str:
        word = self._word
        self._place += 1
        return word

    def _sum(self) -> Expression:
        result = self._product()
        while self._word in ("+", "-"):
            result = Operated(self._take(), result, self._product())
        return result

    def _product(self) -> Expression:
        result = self._signed()
        while self._word in ("*", "/"):
            result = Operated(self._take(), result, self._signed())
        return result

    def _signed(self) -> Expression:
        """Everything that nests goes through here, so this is where depth is counted."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise InputError(f"The formula is nested too deep; at most {DEEPEST} pieces may lie inside each other.")
        sign = self._take() if self._word in ("+", "-") else ""
        inner = self._signed() if sign else self._power()
        self._depth -= 1
        return Negated(inner) if sign == "-" else inner

    def _power(self) -> Expression:
        base = self._atom()
        if self._word != "^":
            return base
        return Operated(self._take(), base, self._signed())

    def _atom(self) -> Expression:
        word = self._word
        if word[:1].isdigit() or word[:1] == ".":
            return _number(self._take())
        if word == "(":
            self._take()
            return self._bracket_end(self._sum())
        if word[:1].isalpha() or word[:1] == "_":
            return self._named(self._take())
        return self._miss_value()

    def _named(self, name: str) -> Expression:
        if name in FUNCTIONS:
            return self._call(name)
        if name in NAMES:
            return Name(name)
        if self._word == "(":
            raise InputError(f"{_short(name)} is no function here; choose one of {', '.join(FUNCTIONS)}.")
        raise InputError(f"{_short(name)} is not known here; use {KNOWN}.")

    def _call(self, name: str) -> Expression:
        count = FUNCTIONS[name].count
        example = f"{name}({', '.join(INPUTS[:count])})"
        if self._word != "(":
            raise InputError(f"{name} is a function and needs brackets after it: write {example}.")
        self._take()
        if self._word == ")":
            raise InputError(f"The brackets after {name} are empty; write {example}.")
        arguments = [self._sum()]
        while self._word == ",":
            self._take()
            arguments.append(self._sum())
        if len(arguments) != count:
            needs = "one value" if count == 1 else "two values with a comma between them"
            found = "one stands" if len(arguments) == 1 else f"{len(arguments)} stand"
            raise InputError(f"{name} needs {needs}, but {found} in its brackets; write {example}.")
        return self._bracket_end(Called(name, tuple(arguments)))

    def _bracket_end(self, result: Expression) -> Expression:
        if self._word == ")":
            self._take()
            return result
        if self._word == ",":
            raise InputError("A comma stands only between the two values of a function, such as max(x1, x2).")
        if self._word:
            self._miss_operator()
        raise InputError("A bracket is not closed; write ) where it ends.")

    def _miss_operator(self) -> NoReturn:
        """Two values stand side by side."""
        left, right = _short(self._before), _short(self._word)
        raise InputError(f"An operator is missing between {left} and {right}; to multiply, write {left}*{right}.")

    def _miss_value(self) -> NoReturn:
        """A value should stand here."""
        before, word = self._before, self._word
        if before == "(" and word == ")":
            raise InputError("The brackets () are empty; write a value between them.")
        if before and word:
            raise InputError(f"A value is missing between {before} and {word}; write x1, x2 or a number there.")
        where = f"after the {before} at the end" if before else f"before the {word} at the start"
        raise InputError(f"A value is missing {where}; write x1, x2 or a number there.")


def _number(word: str) -> NumberTerm:
    number = float(word)
    if not np.isfinite(number):
        raise InputError(f"The number {_short(word)} is too large; up to 1e308 is possible.")
    return NumberTerm(number)


def _short(word: str) -> str:
    """Return a word as it can stand in a sentence, cut where it is long."""
    return printable(word if len(word) <= 30 else word[:29] + "…")
