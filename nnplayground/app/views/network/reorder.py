"""Dragging a layer to another place: positions of the pointer in, the new place out, tested without a window."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from nnplayground.app.views.network.edits import Edit, Layers, move
from nnplayground.app.views.network.layout import Layout

# A press that goes no farther than this is a click.
SLACK = 6.0


@dataclass
class Move:
    """One press on the name of a layer, drag and release; it works on the layout and the layers of the press."""

    layout: Layout
    layers: Layers
    layer: int
    start: float
    way: float = 0.0
    is_lifted: bool = False

    def drag(self, x: float, *, zoom: float = 1.0) -> None:
        """Take in the next position; the layer is lifted once the pointer has gone far enough for the eye."""
        self.way = x - self.start
        self.is_lifted = self.is_lifted or abs(self.way) * zoom >= SLACK

    @property
    def place(self) -> int:
        """Where the layer would stand, counted from 0."""
        if not self.is_lifted:
            return self.layer
        middle = self._center(self.layer) + self.way
        others = (layer for layer in range(len(self.layers)) if layer != self.layer)
        return sum(self._center(layer) < middle for layer in others)

    @property
    def gap(self) -> float | None:
        """The middle of the gap into which the layer would go; `None` where it would stay."""
        place = self.place
        if place == self.layer:
            return None
        gaps = [(a.center + b.center) / 2 for a, b in pairwise(self.layout.columns)]
        return gaps[place if place < self.layer else place + 1]

    @property
    def edit(self) -> Edit | None:
        """What letting go now would do."""
        return move(self.layers, self.layer, self.place)

    @property
    def text(self) -> str:
        """What letting go now would do, in words."""
        place = self.place
        if place == self.layer:
            return f"Layer {self.layer + 1} stays where it is"
        edit = self.edit
        return edit.text if edit else f"Layers {_between(self.layer, place)} are alike: nothing would change"

    def _center(self, layer: int) -> int:
        return self.layout.columns[layer + 1].center


def _between(one: int, other: int) -> str:
    """Return the numbers of two layers in order, counted from 1."""
    first, last = sorted((one + 1, other + 1))
    return f"{first} and {last}" if last == first + 1 else f"{first} to {last}"
