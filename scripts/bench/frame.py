"""How fluid the real window is while it trains flat out.

Run: python scripts/bench/frame.py [--seconds S] [--rounds N] [--json FILE]

For 2-4-2-1 and 2-8×6-1 on 200 points with batch 10, all default docks visible at 1280×720: frames a second, the
longest and the 99th percentile gap between two frames, and epochs a second, as medians over the rounds. Without a
budget of their own follow the first network with the measures open, and a small convolutional network on the digits.
A frame counts when the window has taken a snapshot and shown it in every visible view; the next one cannot be taken
before that is painted, so slow painting shows in the gaps. Without a display the window is drawn off screen by the
same code.

The floor is the timer alone: the same window while nothing trains and nothing is drawn.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from convnet import BATCH, LAYERS
from PySide6.QtCore import QEventLoop, Qt, QTimer

from nnplayground.app.main import application
from nnplayground.app.player import FRAME_MILLISECONDS
from nnplayground.app.settings import Settings
from nnplayground.app.theme import LIGHT
from nnplayground.app.window.look import use_theme
from nnplayground.app.window.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.pace import Pace
from nnplayground.training.snapshot import Snapshot

MEASURES = "with measures"
CONVNET = "digits convnet"
BUDGETS = {"2-4-2-1": 1000, "2-8×6-1": 250}
LEAST_FRAMES, LARGEST_GAP = 50.0, 25.0
WARM_UP_SECONDS = 1.5


def planar(*units: int) -> Project:
    """Return a project with these hidden layers on 200 points."""
    network = NetworkSpec(layers=tuple(DenseSpec(units=count) for count in units))
    return Project(data=DataSpec(source=GeneratedSource(samples=200, noise=0.2)), network=network)


def projects() -> dict[str, Project]:
    """Return what is measured."""
    digits = Project(
        data=DataSpec(source=ImagesSource()),
        network=NetworkSpec(layers=LAYERS),
        training=TrainingSpec(batch_size=BATCH),
    )
    return {"2-4-2-1": planar(4, 2), "2-8×6-1": planar(*(8,) * 6), MEASURES: planar(4, 2), CONVNET: digits}


def wait(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def figures(moments: list[float], epochs: int) -> dict[str, float]:
    """Return frames a second, gaps in milliseconds and epochs a second."""
    gaps = 1000.0 * np.diff(moments)
    span = moments[-1] - moments[0]
    return {
        "frames_per_second": len(gaps) / span,
        "p99_gap_ms": float(np.percentile(gaps, 99)),
        "longest_gap_ms": float(gaps.max()),
        "epochs_per_second": epochs / span,
    }


def timer_alone(seconds: float) -> dict[str, float]:
    """Return the figures of a timer as the player uses it, with nothing to do."""
    moments: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(FRAME_MILLISECONDS)
    timer.timeout.connect(lambda: moments.append(time.perf_counter()))
    timer.start()
    wait(seconds)
    timer.stop()
    return figures(moments, 0)


def measure(project: Project, seconds: float, *, measures: bool) -> dict[str, float]:
    """Return the figures of the window while it trains this project flat out, with the measures open or closed."""
    window = MainWindow(project, use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    if measures:
        window.toggle_measures()
    window.player.set_pace(Pace())
    window.player.play()
    wait(WARM_UP_SECONDS)
    moments: list[float] = []
    epochs: list[int] = []

    def note(snapshot: Snapshot) -> None:
        moments.append(time.perf_counter())
        epochs.append(snapshot.epoch)

    window.player.frame.connect(note)
    wait(seconds)
    window.player.frame.disconnect(note)
    window.close()
    return figures(moments, epochs[-1] - epochs[0])


def median(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def line(name: str, row: dict[str, float]) -> str:
    """Return one row of the table."""
    return (
        f"{name:<14} {row['frames_per_second']:9.1f} {row['p99_gap_ms']:11.1f} {row['longest_gap_ms']:11.1f} "
        f"{row['epochs_per_second']:9.0f}"
    )


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time the frames of the window while it trains flat out.")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in ("timer alone", *projects())}
    for _ in range(options.rounds):
        rows["timer alone"].append(timer_alone(options.seconds))
        for name, project in projects().items():
            rows[name].append(measure(project, options.seconds, measures=name == MEASURES))
    table = {name: median(found) for name, found in rows.items()}
    print(f"{'network':<14} {'frames/s':>9} {'p99 gap ms':>11} {'longest ms':>11} {'epochs/s':>9}")
    for name, row in table.items():
        print(line(name, row))
    for name, least in BUDGETS.items():
        row = table[name]
        met = (
            row["frames_per_second"] >= LEAST_FRAMES
            and row["p99_gap_ms"] <= LARGEST_GAP
            and row["epochs_per_second"] >= least
        )
        budget = f"≥ {LEAST_FRAMES:.0f} frames/s, p99 gap ≤ {LARGEST_GAP:.0f} ms, ≥ {least} epochs/s"
        print(f"{name}: {budget}: {'met' if met else 'NOT met'}")
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
