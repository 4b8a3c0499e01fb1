"""How numbers are written and how they go up and down, without any widget."""

from __future__ import annotations

import math
import re

from nnplayground.project.limits import Number, Whole

LADDER = (1.0, 2.0, 5.0, 10.0)
SHARE = 100  # an even step is this part of the range
USUAL_WHOLE, USUAL_NUMBER = 100, 0.01  # where an empty field begins to step


def shown_number(value: float | int) -> str:
    """Return the shortest text that reads back as exactly this number."""
    if isinstance(value, int):
        return str(value)
    text = repr(float(value))
    return text.removesuffix(".0") if "e" not in text else text.replace("e+", "e")


def whole_or_number(text: str, *, whole: bool) -> float | int:
    """Return the number in a text.

    A comma may stand for the decimal point, or between the thousands of a whole number. Raises `ValueError` for
    anything else, also for "1,000" where it could mean either.
    """
    plain = text.replace("\u2212", "-")
    if not re.fullmatch(r"[-+]?[0-9.,]+([eE][-+]?[0-9]+)?", plain):
        raise ValueError(text)
    has_thousands = re.fullmatch(r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+", plain)
    if has_thousands and not whole:
        raise ValueError(text)
    number = float(plain.replace(",", "") if has_thousands else plain.replace(",", "."))
    if not whole:
        return number
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


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
