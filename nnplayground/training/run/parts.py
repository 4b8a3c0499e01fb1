"""The parts of the data."""

from __future__ import annotations

from typing import Literal, TypeAlias

Part: TypeAlias = Literal["train", "validation", "test"]

ALL_PARTS: tuple[Part, ...] = ("train", "validation", "test")
