"""Where epochs are on a plot, in pixels of its scene: for all that stands beside the curves, aligned with them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """An axis from epoch `first` at `left` to epoch `last` at `right`, under a plot from `top` to `bottom`."""

    first: float = 0.0
    last: float = 1.0
    left: float = 0.0
    right: float = 1.0
    top: float = 0.0
    bottom: float = 1.0

    @property
    def per_pixel(self) -> float:
        """How many epochs share a pixel."""
        return (self.last - self.first) / max(self.right - self.left, 1.0)

    def across(self, epoch: float) -> float:
        """Return where an epoch is."""
        return self.left + (epoch - self.first) / (self.last - self.first) * (self.right - self.left)

    def epoch(self, across: float) -> float:
        """Return which epoch is at a place."""
        return self.first + (across - self.left) / max(self.right - self.left, 1.0) * (self.last - self.first)

    def holds(self, epoch: float) -> bool:
        """Tell whether an epoch is in view."""
        return self.first <= epoch <= self.last
