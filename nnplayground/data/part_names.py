"""The names by which people call the parts of their data: folders, and the cells of a column."""

from __future__ import annotations

from nnplayground.data.samples import PARTS

TRAIN, VALIDATION, TEST = range(len(PARTS))

NAMES = {
    "train": TRAIN, "training": TRAIN, "validation": VALIDATION, "valid": VALIDATION, "val": VALIDATION,
    "test": TEST, "testing": TEST,
}  # fmt: skip
"""Every name that is understood, in small letters, and the index of its part in `PARTS`."""


def part_named(name: str) -> int | None:
    """Return the index of the part that a name means, in capitals or not; `None` where it means none."""
    return NAMES.get(" ".join(name.split()).lower())
