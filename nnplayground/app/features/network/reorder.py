"""Dragging a block to another place: positions of the pointer in, the new place out, tested without a window."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from nnplayground.app.features.network.block_names import block_name, the
from nnplayground.app.features.network.edits import Edit, move
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.place_words import capital
from nnplayground.project.blocks import blocks_of
from nnplayground.project.layer_edits import Layers

# A press that goes no farther than this is a click.
SLACK = 6.0


@dataclass
class Move:
    """One press on a block, drag and release; it works on the layout and the layers of the press."""

    layout: Layout
    layers: Layers
    block: int
    start: float
    way: float = 0.0
    is_lifted: bool = False

    def drag(self, x: float, *, zoom: float = 1.0) -> None:
        """Take in the next position; the block is lifted once the pointer has gone far enough for the eye."""
        self.way = x - self.start
        self.is_lifted = self.is_lifted or abs(self.way) * zoom >= SLACK

    @property
    def place(self) -> int:
        """Where the block would stand, counted from 0."""
        if not self.is_lifted:
            return self.block
        centers = self.layout.centers
        middle = centers[self.block] + self.way
        return sum(center < middle for block, center in enumerate(centers) if block != self.block)

    @property
    def gap(self) -> float | None:
        """The middle of the gap into which the block would go; `None` where it would stay."""
        place = self.place
        if place == self.block:
            return None
        ends = self.layout.columns[0].center, self.layout.columns[-1].center
        gaps = [(one + other) / 2 for one, other in pairwise((ends[0], *self.layout.centers, ends[1]))]
        return gaps[place if place < self.block else place + 1]

    @property
    def edit(self) -> Edit | None:
        """What letting go now would do."""
        return move(self.layers, self.block, self.place)

    @property
    def text(self) -> str:
        """What letting go now would do, in words."""
        place = self.place
        blocks = blocks_of(self.layers)
        if place == self.block:
            return f"{capital(the(block_name(blocks, self.block)))} stays where it is"
        edit = self.edit
        return edit.text if edit else f"{self._passed(place)} are alike: nothing would change"

    def _passed(self, place: int) -> str:
        """Return what the block and those that it passes are called together."""
        first, last = sorted((self.block, place))
        numbers = [block.number for block in blocks_of(self.layers)[first : last + 1]]
        if None in numbers:
            return "These dropouts"
        return f"Layers {numbers[0]} {'and' if len(numbers) == 2 else 'to'} {numbers[-1]}"
