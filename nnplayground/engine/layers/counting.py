"""How people count layers: a dropout is no layer to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol


class Countable(Protocol):
    """A layer of the engine or of the document."""

    @property
    def is_counted(self) -> bool:
        """Whether people count it as a layer."""
        ...


def counts_of(layers: Sequence[Countable]) -> tuple[int, ...]:
    """Return for each layer how many are counted up to it, itself included: its number, from 1 on, where it has one."""
    return tuple(accumulate(int(layer.is_counted) for layer in layers))
