"""How the number of a layer, which `layer_numbers` gives, stands before its name."""

from __future__ import annotations


def numbered(number: int | None, name: str) -> str:
    """Return the name of a layer behind its number, such as "2 · Dense"."""
    return name if number is None else f"{number} · {name}"
