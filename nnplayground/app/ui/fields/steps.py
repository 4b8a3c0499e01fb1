"""How numbers are written and how they go up and down, without any widget."""

from __future__ import annotations

import math
import re

from nnplayground.project.limits import Number, Whole
from nnplayground.written_numbers import DECIMAL_SIGNS, POINT, NotANumberError, read_typed

LADDER = (1.0, 2.0, 5.0, 10.0)
SHARE = 100  # an even step is this part of the range
NUMBER_IN_WORDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
NARROW_SPACE = "\u202f"
USUAL_WHOLE, USUAL_NUMBER = 100, 0.01  # where an empty field begins to step


def shown_number(value: float | int, decimal: str = POINT) -> str:
    """Return the shortest text that reads back as exactly this number where this is the decimal sign."""
    if isinstance(value, int):
        return str(value)
    text = repr(float(value))
    text = text.removesuffix(".0") if "e" not in text else text.replace("e+", "e")
    return text.replace(".", DECIMAL_SIGNS[decimal])


def whole_or_number(text: str, *, whole: bool, decimal: str = POINT, unit: str = "") -> float | int:
    """Return the number that a person typed whose decimal sign this is; the unit may stand at it or not.

    Raises `AmbiguousNumberError` where the other sign stands before exactly three digits, and `NotANumberError` for
    what is no number, or none that is whole.
    """
    written = read_typed(text, decimal)
    if written.unit not in ("", unit):
        raise NotANumberError(text)
    if not whole:
        return written.value
    if not written.value.is_integer():
        raise NotANumberError(text)
    return int(written.value)


def in_sign(words: str, decimal: str) -> str:
    """Return words of the program, whose numbers are written as 10,000.5, for a person with this decimal sign."""
    if decimal == POINT:
        return words
    signs = str.maketrans({",": NARROW_SPACE, ".": DECIMAL_SIGNS[decimal]})
    return NUMBER_IN_WORDS.sub(lambda hit: hit[0].translate(signs), words)


def one_step(value: float | int | None, rule: Number | Whole, *, up: bool, geometric: bool) -> float | int:
    """Return the next value up or down; from nothing the first step goes to a usual one."""
    low, high = rule.low, rule.high
    if value is None:
        usual = min(max(USUAL_WHOLE if isinstance(rule, Whole) else USUAL_NUMBER, low), high)
        return int(usual) if isinstance(rule, Whole) else usual
    target = _rung(float(value), up=up) if geometric else _even(float(value), low, high, up=up)
    if isinstance(rule, Whole):
        step = 1 if up else -1
        return int(min(max(round(target) if round(target) != value else int(value) + step, low), high))
    return min(max(target, low), high)


def _rung(value: float, *, up: bool) -> float:
    """Return the next of ... 0.1, 0.2, 0.5, 1, 2, 5 ... above or below a number that is not negative."""
    if value <= 0.0:
        return 0.001 if up else 0.0
    exponent = math.floor(math.log10(value))
    rungs = [float(f"{digit * 10.0 ** (exponent + shift):.6g}") for shift in (-1, 0, 1) for digit in LADDER[:3]]
    close = 1e-9 * value
    if up:
        return min(rung for rung in rungs if rung > value + close)
    return max(rung for rung in rungs if rung < value - close)


def _even(value: float, low: float, high: float, *, up: bool) -> float:
    """Return the value one even step away."""
    step = (high - low) / SHARE
    return float(f"{value + (step if up else -step):.12g}")
