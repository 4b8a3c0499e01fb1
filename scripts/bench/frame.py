"""How fluid the real window is while it trains flat out.

Run: python scripts/bench/frame.py [--seconds S] [--rounds N] [--json FILE]

For 2-4-2-1 and 2-8×6-1 on 200 points with batch 10, all default docks visible at 1280×720: frames a second, the
longest and the 99th percentile gap between two frames, and epochs a second, as medians over the rounds. 2-128×4-1 on
20,000 points has only to give 30 frames a second. Without a budget of their own follow the first network with the
measures open, the second with a neuron in the inspector, and a small convolutional network on the digits.

The editor's share is what the network editor takes of a frame: from handing it a snapshot to the end of painting it, by
the clock, so that waiting for the training thread counts too, and by the time the processor worked for it.

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
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from convnet import BATCH, LAYERS
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGraphicsView

from nnplayground.app.features.network.canvas import Canvas
from nnplayground.app.features.network.view import NetworkView
from nnplayground.app.main import application
from nnplayground.app.player import FRAME_MILLISECONDS
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.parameter_index import Selection
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.pace import Pace

MEASURES, INSPECTOR = "with measures", "with inspector"
CONVNET = "digits convnet"
BUDGETS = {"2-4-2-1": 1000, "2-8×6-1": 250}
LEAST_FRAMES, LARGEST_GAP = 50.0, 25.0
LARGE, LARGE_FRAMES, LARGE_SAMPLES = "2-128×4-1, 20k", 30.0, 20_000
SHARES = {"2-8×6-1": 8.0}  # milliseconds of the editor in a frame, median by the clock
WARM_UP_SECONDS = 1.5


class EditorClock:
    """Times all network editors that are made from now on: what each frame takes in Python and in painting."""

    def __init__(self) -> None:
        self._frames: list[tuple[float, float]] = []  # seconds by the clock and of the processor
        self._show, self._paint = NetworkView.show_frame, QGraphicsView.paintEvent
        clock = self

        def show_frame(view: NetworkView, snapshot: Snapshot) -> None:
            clock._frames.append((0.0, 0.0))
            clock._time(lambda: clock._show(view, snapshot))

        def paint_event(canvas: Canvas, event: QPaintEvent) -> None:
            clock._time(lambda: clock._paint(canvas, event))

        for kind, name, method in ((NetworkView, "show_frame", show_frame), (Canvas, "paintEvent", paint_event)):
            setattr(kind, name, method)

    def forget(self) -> None:
        """Begin anew."""
        self._frames.clear()

    def figures(self) -> dict[str, float]:
        """Return the editor's share of a frame in milliseconds; nothing where no editor was shown."""
        if not self._frames:
            return {}
        clock, processor = 1000.0 * np.array(self._frames).T
        return {
            "editor_ms": float(np.median(clock)),
            "editor_p95_ms": float(np.percentile(clock, 95)),
            "editor_cpu_ms": float(np.median(processor)),
        }

    def _time(self, action: Callable[[], None]) -> None:
        """Add the time that something takes to the frame of this moment."""
        start, worked = time.perf_counter(), time.thread_time()
        action()
        if self._frames:
            before = self._frames[-1]
            spent = time.perf_counter() - start, time.thread_time() - worked
            self._frames[-1] = before[0] + spent[0], before[1] + spent[1]


EDITOR = EditorClock()


def planar(*units: int, samples: int = 200) -> Project:
    """Return a project with these hidden layers on so many points."""
    network = NetworkSpec(layers=tuple(DenseSpec(units=count) for count in units))
    return Project(data=DataSpec(source=GeneratedSource(samples=samples, noise=0.2)), network=network)


def projects() -> dict[str, Project]:
    """Return what is measured."""
    digits = Project(
        data=DataSpec(source=ImagesSource()),
        network=NetworkSpec(layers=LAYERS),
        training=TrainingSpec(batch_size=BATCH),
    )
    return {
        "2-4-2-1": planar(4, 2),
        "2-8×6-1": planar(*(8,) * 6),
        LARGE: planar(*(128,) * 4, samples=LARGE_SAMPLES),
        MEASURES: planar(4, 2),
        INSPECTOR: planar(*(8,) * 6),
        CONVNET: digits,
    }


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


def measure(project: Project, seconds: float, *, measures: bool, inspects: bool) -> dict[str, float]:
    """Return the figures of the window while it trains this project flat out, with details open or closed."""
    window = MainWindow(project, use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    if measures:
        window.details.toggle_measures()
    if inspects:
        window.details.show_inspector()
        window.inspector_view.selection_asked.emit(Selection(2, 3))
    window.player.set_pace(Pace())
    window.player.play()
    wait(WARM_UP_SECONDS)
    moments: list[float] = []
    epochs: list[int] = []

    def note(snapshot: Snapshot) -> None:
        moments.append(time.perf_counter())
        epochs.append(snapshot.epoch)

    window.player.frame.connect(note)
    EDITOR.forget()
    wait(seconds)
    window.player.frame.disconnect(note)
    window.close()
    return figures(moments, epochs[-1] - epochs[0]) | EDITOR.figures()


def median(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def line(name: str, row: dict[str, float]) -> str:
    """Return one row of the table."""
    return (
        f"{name:<14} {row['frames_per_second']:9.1f} {row['p99_gap_ms']:11.1f} {row['longest_gap_ms']:11.1f} "
        f"{row['epochs_per_second']:9.0f} {_share(row, 'editor_ms')} {_share(row, 'editor_p95_ms')} "
        f"{_share(row, 'editor_cpu_ms')}"
    )


def _share(row: dict[str, float], key: str) -> str:
    """Return one figure of the editor, or a dash where there is none."""
    return f"{row[key]:10.2f}" if key in row else f"{'–':>10}"


def _verdict(*, met: bool) -> str:
    """Return how a budget has fared."""
    return "met" if met else "NOT met"


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
            open_parts = {"measures": name == MEASURES, "inspects": name == INSPECTOR}
            rows[name].append(measure(project, options.seconds, **open_parts))
    table = {name: median(found) for name, found in rows.items()}
    heading = f"{'network':<14} {'frames/s':>9} {'p99 gap ms':>11} {'longest ms':>11} {'epochs/s':>9}"
    print(f"{heading} {'editor ms':>10} {'p95 ms':>10} {'cpu ms':>10}")
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
        print(f"{name}: {budget}: {_verdict(met=met)}")
    print(f"{LARGE}: ≥ {LARGE_FRAMES:.0f} frames/s: {_verdict(met=table[LARGE]['frames_per_second'] >= LARGE_FRAMES)}")
    for name, most in SHARES.items():
        print(
            f"{name}: the editor's share of a frame ≤ {most:.0f} ms: {_verdict(met=table[name]['editor_ms'] <= most)}"
        )
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
