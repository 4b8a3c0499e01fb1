"""How long the cost plot takes for a frame while the curve grows, however long it is.

Run: python scripts/bench/curve.py [--rounds N] [--json FILE]

For curves of 1,000 to 1,000,000 epochs that grow by about a pixel a frame, with everything in view and zoomed to the
last hundredth: the milliseconds that the view takes for a snapshot, and those of painting after it, as medians over the
rounds. At 100,000 epochs the view may take 1 ms. A curve that grows by less than a pixel is drawn only four times a
second; that is the last row.

The floor is two ready lines with a point for each pixel, handed to the same kind of plot and painted; ratios are those
of a whole frame to it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from measuring import median_ratio, times_in_turn
from PySide6.QtWidgets import QApplication, QGraphicsPathItem

from nnplayground.app.features.cost.view import CostView
from nnplayground.app.main import application
from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.theme import LIGHT
from nnplayground.arrays import Floats
from nnplayground.project.model import Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.history import Curve
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
FRAMES = 300
SLOW = 16
"""Epochs a frame where the curve grows by less than a pixel."""
PIXELS = 250  # of the curve, at most, in a view of that size
SIZE = (440, 300)
ZOOM = 100.0
BUDGET, AT = 1.0, 100_000
MILLISECONDS = 1e3


class Growing:
    """A view with a curve that grows with every frame and begins anew after `FRAMES` of them."""

    def __init__(self, moment: Snapshot, epochs: int, growth: int, *, zoomed: bool = False) -> None:
        generator = np.random.default_rng(1)
        self._growth = growth
        count = epochs + growth * FRAMES
        self._costs = np.exp(-np.arange(count) / (epochs / 5.0)) * generator.uniform(0.8, 1.2, count)
        self._moment, self._epochs, self._frame = moment, epochs, 0
        self.view = CostView()
        self.view.resize(*SIZE)
        self.view.show()
        self.show()
        if zoomed:
            self.view.plots[0].hand.zoomed.emit(ZOOM, float(epochs))
        QApplication.processEvents()

    def show(self) -> None:
        """Show the next snapshot."""
        self._frame = (self._frame + 1) % FRAMES
        train = self._costs[: self._epochs + self._growth * self._frame]
        nothing: Floats = np.empty(0)
        curve = Curve(train, train, train, train, nothing)
        self.view.show_frame(replace(self._moment, curve=curve, epoch=len(train) - 1, running=True))

    def paint(self) -> None:
        """Paint what has changed."""
        self.view.plots[0].frame.canvas.viewport().repaint()

    def show_and_paint(self) -> None:
        """Do what a frame needs."""
        self.show()
        self.paint()


class Floor:
    """Two ready lines on a plot of the same size."""

    def __init__(self) -> None:
        self.frame = PlotFrame()
        self.frame.resize(*SIZE)
        self.frame.set_range((0.0, 1.0), (0.0, 1.0))
        self._items = [QGraphicsPathItem(), QGraphicsPathItem()]
        for item in self._items:
            item.setPen(thin_pen(LIGHT.accent))
            self.frame.box.addItem(item, ignoreBounds=True)
        self._across = np.linspace(0.0, 1.0, SIZE[0])
        self._up = np.exp(-5.0 * self._across)
        self.frame.show()
        QApplication.processEvents()

    def show_and_paint(self) -> None:
        """Make the paths and paint them."""
        for item in self._items:
            item.setPath(hairlines(self._across, self._up, connect="all", pixel=self.frame.pixel()))
        self.frame.canvas.viewport().repaint()


def moment() -> Snapshot:
    """Return a real snapshot to be given other curves."""
    return Session(Run(Project()), 1).snapshot(epochs_per_second=0.0)


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Return for each curve the milliseconds of the view and of the whole frame, and the ratio to the floor."""
    start, floor = moment(), Floor()
    views = {
        f"{epochs:,} {'zoomed' if zoomed else 'whole'}": Growing(start, epochs, 1 + epochs // PIXELS, zoomed=zoomed)
        for epochs in LENGTHS
        for zoomed in (False, True)
    }
    views["slowly growing"] = Growing(start, AT, SLOW)
    actions: dict[str, Callable[[], object]] = {"floor": floor.show_and_paint}
    for name, growing in views.items():
        actions[f"{name} view"], actions[f"{name} frame"] = growing.show, growing.show_and_paint
    times = times_in_turn(actions, rounds=rounds)
    table = {"floor": {"frame_ms": MILLISECONDS * statistics.median(times["floor"]), "ratio": 1.0}}
    for name in views:
        table[name] = {
            "view_ms": MILLISECONDS * statistics.median(times[f"{name} view"]),
            "frame_ms": MILLISECONDS * statistics.median(times[f"{name} frame"]),
            "ratio": median_ratio(times[f"{name} frame"], times["floor"]),
        }
    return table


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time the frames of the cost plot while its curve grows.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()
    table = measure(options.rounds)
    print(f"{'epochs':<18} {'view ms':>8} {'frame ms':>9} {'× floor':>8}")
    for name, row in table.items():
        view = f"{row['view_ms']:8.2f}" if "view_ms" in row else f"{'–':>8}"
        print(f"{name:<18} {view} {row['frame_ms']:9.2f} {row['ratio']:8.2f}")
    worst = max(row["view_ms"] for name, row in table.items() if name.startswith(f"{AT:,} "))
    print(f"{AT:,} epochs: the view takes ≤ {BUDGET:.0f} ms: {'met' if worst <= BUDGET else 'NOT met'}")
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
