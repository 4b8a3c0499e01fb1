"""The flatten layer: pictures become one long row of values, channel by channel, row by row.

The values already lie in memory in that order, the same as PyTorch's, so there is nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from nnplayground.engine.layers.layer import LayerContext, Shape, Weightless


@dataclass(frozen=True)
class Flatten(Weightless):
    """Makes (channels, height, width) to (channels · height · width,)."""

    kind: ClassVar[str] = "flatten"
    hands_on: ClassVar[bool] = True
    reads_pictures: ClassVar[bool] = True

    def shape(self, below: Shape) -> Shape:
        """Return the number of values below."""
        return (prod(below),)

    def make_buffers(self, context: LayerContext) -> None:
        """There is nothing to do."""
        return

    def values(self, below: Shape) -> int:
        """Return 0: it needs no room."""
        return 0
