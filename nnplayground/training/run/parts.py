"""The parts of the data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, TypeAlias

Part: TypeAlias = Literal["train", "validation", "test"]

ALL_PARTS: tuple[Part, ...] = ("train", "validation", "test")
HELD_OUT: tuple[Part, ...] = ("validation", "test")


def deciding_part(present: Collection[Part]) -> Part:
    """Return the part whose cost chooses the best epoch: validation, where there is one, else test, else training."""
    return next((part for part in HELD_OUT if part in present), "train")
