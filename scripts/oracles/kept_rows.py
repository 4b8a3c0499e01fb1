"""Keeps the rows of a stored table that values made anew agree with, so that only what is new changes.

Another processor rounds the last digits another way; a change of these in old rows would only hide the new ones.
"""

from __future__ import annotations

from math import isclose
from typing import Any

RELATIVE = 1e-12
ABSOLUTE = {"paths": 1e-12}
"""How far numbers may lie apart, where it is more than `LEAST`: fifty epochs add up more than one step does."""
LEAST = 1e-14


def kept_rows(found: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Return the table `found`, with the rows of `stored` where both say the same."""
    return {
        name: _kept_section(section, stored.get(name), ABSOLUTE.get(name, LEAST)) for name, section in found.items()
    }


def _kept_section(found: Any, stored: Any, absolute: float) -> Any:
    """Return a section of the table; rows of a dict are found by their names, those of a list by what they say."""
    if isinstance(found, dict) and isinstance(stored, dict):
        return {name: _kept_row(row, [stored[name]] if name in stored else [], absolute) for name, row in found.items()}
    if isinstance(found, list) and isinstance(stored, list):
        return [_kept_row(row, stored, absolute) for row in found]
    return found


def _kept_row(found: Any, stored: list[Any], absolute: float) -> Any:
    """Return what was found where it is stored like that; else a stored row that agrees, where there is one."""
    return found if found in stored else next((row for row in stored if agree(found, row, absolute=absolute)), found)


def agree(one: Any, other: Any, *, absolute: float = LEAST) -> bool:
    """Tell whether two values of JSON are equal, apart from the last digits of their numbers with a point."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=RELATIVE, abs_tol=absolute)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(agree(one[name], other[name], absolute=absolute) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(agree(*pair, absolute=absolute) for pair in pairs)
    return type(one) is type(other) and bool(one == other)
