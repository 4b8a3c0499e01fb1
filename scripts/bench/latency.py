"""How long a click on Pause takes while the window trains flat out.

Run: python scripts/bench/latency.py [--clicks N] [--json FILE]

For 2-4-2-1 and 2-8×6-1 on 200 points, and 2-128×4-1 on 20,000: real clicks on the button, at moments that have nothing
to do with the frames, and the milliseconds from the click to the frame in which the window shows that training stands
still, as median, 99th percentile and the longest of all. After each click it is started again. Without a display the
window is drawn off screen by the same code.

The floor is the machine itself: a timer that lets as long pass as the window waits for a frame, with nothing to do.
Where that comes late as well, other programs are at work, and the budget cannot be judged.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from nnplayground.app.main import application, spare_collections
from nnplayground.app.player import FRAME_MILLISECONDS
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.pace import Pace

MOST = 50.0
PATIENCE_MILLISECONDS = 20_000
SHORTEST, LONGEST = 0.05, 0.2  # seconds of training between two clicks
WARM_UP_SECONDS = 1.5
SEED = 7


def project_of(units: tuple[int, ...], samples: int) -> Project:
    """Return a project with these hidden layers on so many points."""
    network = NetworkSpec(layers=tuple(DenseSpec(units=count) for count in units))
    return Project(data=DataSpec(source=GeneratedSource(samples=samples, noise=0.2)), network=network)


def projects() -> dict[str, Project]:
    """Return what is measured."""
    return {
        "2-4-2-1": project_of((4, 2), 200),
        "2-8×6-1": project_of((8,) * 6, 200),
        "2-128×4-1, 20k": project_of((128,) * 4, 20_000),
    }


def wait(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def seconds_until(window: MainWindow, action: Callable[[], None], *, running: bool) -> float:
    """Return how long it takes from an action until the window shows that training goes on, or stands still."""
    loop = QEventLoop()
    moments: list[float] = []

    def look(snapshot: Snapshot) -> None:
        if snapshot.running == running and not moments:
            moments.append(time.perf_counter())
            loop.quit()

    window.player.frame.connect(look)
    QTimer.singleShot(PATIENCE_MILLISECONDS, loop.quit)
    start = time.perf_counter()
    action()
    if not moments:
        loop.exec()
    window.player.frame.disconnect(look)
    if not moments:
        raise SystemExit(f"The window did not answer within {PATIENCE_MILLISECONDS / 1000:.0f} s.")
    return moments[0] - start


def measure(project: Project, clicks: int) -> list[float]:
    """Return the milliseconds of so many clicks on Pause."""
    window = MainWindow(project, use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    button = window.findChild(QToolButton, "play_button")
    if not isinstance(button, QToolButton):
        raise SystemExit("The window has no button to play.")

    def click() -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    window.player.set_pace(Pace())
    seconds_until(window, window.player.play, running=True)
    wait(WARM_UP_SECONDS)
    spare_collections()
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(clicks):
        wait(float(rng.uniform(SHORTEST, LONGEST)))
        found.append(1000.0 * seconds_until(window, click, running=False))
        seconds_until(window, click, running=True)
    window.close()
    return found


def timer_alone(times: int) -> list[float]:
    """Return how many milliseconds a timer of the length of a frame takes, so many times, while nothing happens."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        wait(FRAME_MILLISECONDS / 1000.0)
        found.append(1000.0 * (time.perf_counter() - start))
    return found


def figures(times: list[float]) -> dict[str, float]:
    """Return median, 99th percentile and the longest of these times."""
    return {
        "median_ms": float(np.median(times)),
        "p99_ms": float(np.percentile(times, 99)),
        "longest_ms": max(times),
        "clicks": float(len(times)),
    }


def line(name: str, row: dict[str, float]) -> str:
    """Return one row of the table."""
    return f"{name:<16} {row['median_ms']:10.1f} {row['p99_ms']:10.1f} {row['longest_ms']:10.1f} {row['clicks']:8.0f}"


def verdict(name: str, row: dict[str, float]) -> str:
    """Return how the budget has fared."""
    outcome = "met" if row["p99_ms"] <= MOST else "NOT met"
    return f"{name}: from a click on Pause to standing still ≤ {MOST:.0f} ms, p99: {outcome}"


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time clicks on Pause while the window trains flat out.")
    parser.add_argument("--clicks", type=int, default=100)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()
    table = {"timer alone": figures(timer_alone(options.clicks))}
    table |= {name: figures(measure(project, options.clicks)) for name, project in projects().items()}
    print(f"{'network':<16} {'median ms':>10} {'p99 ms':>10} {'longest ms':>10} {'clicks':>8}")
    for name, row in table.items():
        print(line(name, row))
    for name in projects():
        print(verdict(name, table[name]))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
