"""What the real window costs while nothing happens in it.

Run: python scripts/bench/idle.py [--seconds S] [--json FILE]

The time that the processor works for the whole process, all threads together, as a share of one core, while nobody
touches the window: as it is first shown, after training was paused, and the same with every dock open. The floor is an
event loop with no window at all. Without a display the window is drawn off screen by the same code.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from nnplayground.app.main import application
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.model import Project
from nnplayground.training.thread.pace import Pace

MOST = 0.02
SETTLE_SECONDS, TRAIN_SECONDS = 2.0, 2.0


def wait(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def share_used(seconds: float) -> float:
    """Return which share of a core the process uses while nobody does anything."""
    worked, start = time.process_time(), time.perf_counter()
    wait(seconds)
    return (time.process_time() - worked) / (time.perf_counter() - start)


def open_everything(window: MainWindow) -> None:
    """Show every dock, each beside the others rather than behind one of them."""
    for dock in window.docks.values():
        dock.show()
        wait(0.05)
    below = [dock for dock in window.docks.values() if not dock.isFloating() and not dock.widget().isVisible()]
    for dock in below:
        dock.setFloating(True)
        wait(0.05)


def train_and_pause(window: MainWindow) -> None:
    """Train flat out for a while, then pause and let texts and pictures catch up."""
    window.player.set_pace(Pace())
    window.player.play()
    wait(TRAIN_SECONDS)
    window.player.pause()
    wait(SETTLE_SECONDS)


def measure(seconds: float) -> dict[str, float]:
    """Return the share of a core in each state."""
    found = {"event loop alone": share_used(seconds)}
    window = MainWindow(Project(), use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    wait(SETTLE_SECONDS)
    found["as first shown"] = share_used(seconds)
    train_and_pause(window)
    found["paused"] = share_used(seconds)
    open_everything(window)
    wait(SETTLE_SECONDS)
    found["all docks open"] = share_used(seconds)
    train_and_pause(window)
    found["all docks, paused"] = share_used(seconds)
    window.close()
    return found


def verdict(found: dict[str, float]) -> str:
    """Return how the budget has fared in the worst state."""
    worst = max(found, key=lambda name: found[name])
    outcome = "met" if found[worst] <= MOST else "NOT met"
    return f"idle ≤ {MOST:.0%} of a core: {outcome} (at most {found[worst]:.2%}, {worst})"


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Measure what the window costs while nothing happens.")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()
    found = measure(options.seconds)
    for name, share in found.items():
        print(f"{name:<20} {share:8.2%} of a core")
    print(verdict(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
