"""The parts of the data, what they are called, and which of them chooses the best epoch."""

from __future__ import annotations

from typing import Literal, TypeAlias

Part: TypeAlias = Literal["train", "validation", "test"]

ALL_PARTS: tuple[Part, ...] = ("train", "validation", "test")

WORDS: dict[Part, str] = {"train": "training", "validation": "validation", "test": "test"}
"""What each part is called in sentences."""


def chosen_on(part: Part) -> str:
    """Return what every mention of a best epoch says of the part whose cost chose it."""
    return f"chosen on the {WORDS[part]} part"
