"""The flow: short dashes that run along the strongest weights, forwards, while the network trains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QGraphicsScene

from nnplayground.app.features.network.items.flow import FlowItem
from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.pictures import UNKNOWN, Steps

# So many lines at most, an equal share for each pair of columns, and none that is as good as zero.
MOST_LINES = 60
LEAST_STEP = 3
# The lines are chosen again after so many frames, so that the eye can follow them meanwhile.
FRAMES_TO_KEEP = 20


def strongest(bundles: Sequence[Steps], most: int = MOST_LINES) -> list[tuple[int, int, int]]:
    """Return the places (bundle, out, in) of the largest weights, given as the steps `[out, in]` of each bundle."""
    share = max(1, most // max(1, len(bundles)))
    found = []
    for bundle, steps in enumerate(bundles[:most]):
        size = np.where(steps == UNKNOWN, 0, np.abs(steps))
        order = np.argsort(-size, axis=None, kind="stable")[:share]
        for out, below in zip(*np.unravel_index(order, size.shape), strict=True):
            if size[out, below] >= LEAST_STEP:
                found.append((bundle, int(out), int(below)))
    return found


class Flow:
    """Keeps one item in the scene while there is something to show; the scene deletes it with all others."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._item: FlowItem | None = None
        self._frames = 0
        self.is_wanted = True

    def forget(self) -> None:
        """Take note that the scene has deleted its items."""
        self._item = None

    def hide(self) -> None:
        """Show nothing any more."""
        if self._item is not None:
            self._item.setVisible(False)

    def advance(self, bundles: Sequence[Steps], layout: Layout, look: Look) -> None:
        """Move the dashes on by one frame, along the strongest of these weights `[out, in]` per bundle."""
        if not self.is_wanted:
            self.hide()
            return
        if self._item is None:
            self._item = FlowItem(look)
            self._scene.addItem(self._item)
            self._frames = 0
        if self._frames % FRAMES_TO_KEEP == 0 or not self._item.isVisible():
            lines = [layout.edges(place) for place in range(len(bundles))]
            self._item.show_lines([lines[bundle][out, below].tolist() for bundle, out, below in strongest(bundles)])
        self._frames += 1
        self._item.setVisible(True)
        self._item.advance_dashes()
