"""Objects of figures for other programs, as JSON can hold them."""

from __future__ import annotations

from math import isfinite
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def finite(value: float | None) -> float | None:
    """Return a number that JSON can hold, or `None`."""
    return None if value is None or not isfinite(value) else float(value)
