"""How fluid the real window stays while a large table is opened, looked at in the dialog, and used.

Run: python scripts/bench/table.py [--rows N] [--columns N] [--rounds N] [--json FILE]

For 100,000 rows of 20 columns, as medians over the rounds: seconds from opening to the plan in the dialog, seconds from
there to the first frame of the table in the window, seconds until a reading that is cancelled has ended, and the
longest gap between two turns of the event loop in each of these stretches. The floor is the same window while nothing
happens. Without a display the window is drawn off screen by the same code.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from nnplayground.app.features.data.table_import import TableImport
from nnplayground.app.main import application, spare_collections
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource

LARGEST_GAP = 100.0
WARM_UP_SECONDS = 1.0
PATIENCE_SECONDS = 120.0
PULSE_MILLISECONDS = 4
Figures = dict[str, float]


class Pulse:
    """Notes every turn of the event loop."""

    def __init__(self) -> None:
        self._moments: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PULSE_MILLISECONDS)
        self._timer.timeout.connect(self._note)

    def until(self, done: Callable[[], bool]) -> tuple[float, float]:
        """Let the window live until something is done; returns the seconds and the longest gap in milliseconds."""
        start = time.perf_counter()
        self._moments = [start]
        self._timer.start()
        while not done():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() - start > PATIENCE_SECONDS:
                raise TimeoutError("The table did not come; look at the message of the window.")
        self._timer.stop()
        self._moments.append(time.perf_counter())
        return self._moments[-1] - start, 1000.0 * float(np.diff(self._moments).max())

    def during(self, seconds: float) -> tuple[float, float]:
        """Let the window live for a while."""
        end = time.perf_counter() + seconds
        return self.until(lambda: time.perf_counter() >= end)

    def _note(self) -> None:
        self._moments.append(time.perf_counter())


def write_table(path: Path, rows: int, columns: int, seed: int) -> None:
    """Write numbers with a few gaps and a class that they tell something of."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, columns - 1)) * 10.0 ** rng.integers(-1, 4, size=columns - 1)
    classes = np.where(values[:, 0] * values[:, 1] > 0.0, "yes", "no")
    header = ",".join([*(f"column {place}" for place in range(columns - 1)), "class"])
    lines = [
        ",".join([*(f"{value:.6g}" for value in row), name])
        for row, name in zip(values.tolist(), classes.tolist(), strict=True)
    ]
    lines[::1000] = ["," + line.partition(",")[2] for line in lines[::1000]]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def dialog(window: MainWindow) -> TableImport:
    """Return the dialog that is open."""
    assert window.tables.dialog is not None
    return window.tables.dialog


def measure(path: Path) -> Figures:
    """Return the figures of a window in which the table is opened, used, and opened once more and cancelled."""
    project = Project(data=DataSpec(source=GeneratedSource(samples=200)))
    window = MainWindow(project, use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    spare_collections()
    pulse = Pulse()
    pulse.during(WARM_UP_SECONDS)
    _, idle = pulse.during(WARM_UP_SECONDS)

    def is_cancelled() -> bool:
        return not window.tables.busy

    def is_planned() -> bool:
        return window.tables.dialog is not None and window.tables.dialog.use.isEnabled()

    def is_shown() -> bool:
        snapshot = window.player.snapshot
        return snapshot is not None and isinstance(snapshot.project.data.source, TableSource)

    window.tables.open_path(path)
    pulse.during(0.3)
    dialog(window).reject()
    cancelled, cancel_gap = pulse.until(is_cancelled)
    window.tables.open_path(path)
    planned, plan_gap = pulse.until(is_planned)
    dialog(window).use.click()
    shown, show_gap = pulse.until(is_shown)
    _, after = pulse.during(WARM_UP_SECONDS)
    window.close()
    window.deleteLater()
    return {
        "idle_gap_ms": idle, "plan_seconds": planned, "plan_gap_ms": plan_gap, "show_seconds": shown,
        "show_gap_ms": max(show_gap, after), "cancel_seconds": cancelled, "cancel_gap_ms": cancel_gap,
    }  # fmt: skip


def main() -> None:
    """Print the figures, and write them as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time the window while a large table is opened.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds):
            path = Path(folder) / f"table {number}.csv"  # another file each time, as the last one is remembered
            write_table(path, options.rows, options.columns, number)
            found.append(measure(path))
    medians = {key: statistics.median(row[key] for row in found) for key in found[0]}
    print(f"{options.rows:,} rows × {options.columns} columns, medians of {options.rounds}")
    for key, value in medians.items():
        print(f"{key:<16} {value:8.2f}")
    longest = max(medians[key] for key in medians if key.endswith("gap_ms"))
    print(f"longest gap ≤ {LARGEST_GAP:.0f} ms: {'met' if longest <= LARGEST_GAP else 'NOT met'}")
    if options.json:
        options.json.write_text(json.dumps(medians, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
