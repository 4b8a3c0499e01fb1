"""Whether the memory of the real window stays flat while it trains flat out and somebody works with it.

Run: python scripts/bench/soak.py [--minutes M] [--json FILE]

The window trains flat out. All the while real gestures go on in turn: other data, pause and play, restart, another
layer, going back in time and on again, opening and closing docks, another theme. After a warm-up, in which caches
fill, everything is seen and the undo history gets as long as it may, the memory that the process holds is noted twice a
minute, and printed each minute; a line is laid through all of it by least squares.

Flat means: the line rises by no more than 30 MB an hour, or what it rises by is no more than twice its own standard
error. The time travel of a run may hold 64 MB, which are full after the warm-up or bounded by it. Without a display the
window is drawn off screen by the same code.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from nnplayground.app.document import MOST_STEPS
from nnplayground.app.main import application, spare_collections
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import DETAILS
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.thread.pace import Pace

STEEPEST = 30.0  # MB an hour
ERRORS = 2.0
WARM_UP_MINUTES = 1.5
NOTE_SECONDS = 30.0
GESTURE_SECONDS, EDIT_SECONDS = 0.5, 0.03
THEMES_TO_FILL = 100  # each leaves about 0.2 MB of icons in a cache of 10 MB
MEGABYTE = 2.0**20
STATUS = Path("/proc/self/statm")
DATA = ("circle", "spiral", "xor", "gauss")
Gesture = Callable[[], None]


def memory() -> float:
    """Return the megabytes that the process holds in memory."""
    if not STATUS.exists():
        raise SystemExit(f"This system does not tell in {STATUS} how much memory a process holds; run this on Linux.")
    pages = int(STATUS.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def wait(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


class Hands:
    """What somebody does with the window, one gesture after the other."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._data, self._details = cycle(DATA), cycle(DETAILS)
        self._units, self._themes = cycle((4, 8, 3, 6)), cycle((DARK, LIGHT))
        self._gestures = cycle(self._all())

    def act(self) -> None:
        """Do the next thing, and go on training."""
        next(self._gestures)()
        if not self._window.player.plays:
            self._window.player.play()

    def fill_up(self) -> None:
        """Fill what may hold only so much: the edits that can be undone, and Qt's cache of pictures.

        Edits of layers keep a moment of training, and that its data.
        """
        for _ in range(THEMES_TO_FILL):
            self._other_theme()
            wait(EDIT_SECONDS)
        edits = cycle((self._other_data, self._other_layer))
        while self._window.document.undo_stack.count() < MOST_STEPS:
            next(edits)()
            wait(EDIT_SECONDS)

    def _all(self) -> tuple[Gesture, ...]:
        player = self._window.player
        return (
            self._other_data, self._next_detail, player.pause, self._back_in_time, self._other_layer,
            player.restart, self._next_detail, self._other_theme, self._window.edits.new_weights, self._undo,
        )  # fmt: skip

    def _other_data(self) -> None:
        data = replace(self._window.document.project.data, source=GeneratedSource(name=next(self._data), noise=0.1))
        self._window.edits.edit_data(data, "Other data", 0)

    def _other_layer(self) -> None:
        layers = (DenseSpec(units=next(self._units)), DenseSpec(units=2))
        self._window.edits.edit_layers(layers, "Other layers", 0)

    def _back_in_time(self) -> None:
        snapshot = self._window.player.snapshot
        if snapshot is not None:
            self._window.player.travel(snapshot.epoch // 2)
            wait(GESTURE_SECONDS)

    def _next_detail(self) -> None:
        self._window.details.toggle(next(self._details))

    def _other_theme(self) -> None:
        self._window.set_theme(use_theme(application(), next(self._themes).name))

    def _undo(self) -> None:
        self._window.document.undo_stack.undo()


def soak(minutes: float, tell: Callable[[str], None]) -> tuple[list[float], list[float]]:
    """Return the moments [hours since the end of the warm-up] and the megabytes that were held then."""
    project = Project(data=DataSpec(source=GeneratedSource(samples=500, noise=0.1)))
    window = MainWindow(project, use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    window.player.set_pace(Pace())
    window.player.play()
    hands = Hands(window)
    hands.fill_up()
    work(hands, 60.0 * WARM_UP_MINUTES)
    spare_collections()
    hours, held = [0.0], [memory()]
    start, told = time.perf_counter(), 0
    tell(f"{'minute':>7} {'MB':>8}\n{0:7d} {held[0]:8.1f}")
    while time.perf_counter() - start < 60.0 * minutes:
        work(hands, min(NOTE_SECONDS, 60.0 * minutes))
        gc.collect()
        seconds = time.perf_counter() - start
        hours.append(seconds / 3600.0)
        held.append(memory())
        if int(seconds // 60) > told:
            told = int(seconds // 60)
            tell(f"{told:7d} {held[-1]:8.1f}")
    window.close()
    return hours, held


def work(hands: Hands, seconds: float) -> None:
    """Do one thing after the other for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        hands.act()
        wait(GESTURE_SECONDS)


def slope(hours: list[float], held: list[float]) -> tuple[float, float]:
    """Return how much the line of least squares rises an hour, and the standard error of that; both in MB.

    Source: any textbook of statistics; the error is s / sqrt(sum of (x - mean x)²) with s² = residuals² / (n - 2).
    """
    x, y = np.array(hours), np.array(held)
    spread = float(((x - x.mean()) ** 2).sum())
    rise = float(((x - x.mean()) * (y - y.mean())).sum() / spread)
    residuals = y - y.mean() - rise * (x - x.mean())
    error = float(np.sqrt((residuals**2).sum() / max(1, len(x) - 2) / spread))
    return rise, error


def is_flat(rise: float, error: float) -> bool:
    """Tell whether a line that rises so much an hour, give or take the error, counts as flat."""
    return rise <= max(STEEPEST, ERRORS * error)


def main() -> None:
    """Print the memory of each minute and whether it is flat, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="See whether memory stays flat while the window trains and is used.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()

    def tell(line: str) -> None:
        print(line, flush=True)

    hours, held = soak(options.minutes, tell)
    rise, error = slope(hours, held)
    outcome = "flat" if is_flat(rise, error) else "NOT flat"
    criterion = f"≤ {STEEPEST:.0f} MB an hour, or within {ERRORS:.0f} standard errors of it"
    print(f"slope {rise:+.1f} ± {error:.1f} MB an hour: {outcome} ({criterion})")
    if options.json:
        table = {"hours": hours, "megabytes": held, "slope": rise, "error": error}
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
