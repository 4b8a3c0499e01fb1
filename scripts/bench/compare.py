"""Time the frames of the window while many seeds or a race are trained beside it, and what that costs the training.

Run: python scripts/bench/compare.py [--seconds S] [--json FILE]

For 2-4-2-1 on 200 points with batch 10, at 1280×720: frames a second, the 99th percentile of the gaps between frames
and epochs a second, with nothing beside it, with 30 and with 256 seeds, and with a race of six optimizers; each while
the run trains flat out, and for the works also how many epochs a second they do themselves, with the run paused too.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from frame import figures, planar, wait

from nnplayground.app.features.compare.race.choices import KINDS
from nnplayground.app.features.compare.race.view import RacePage
from nnplayground.app.features.compare.seeds.view import SeedsPage
from nnplayground.app.main import application
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import COMPARE
from nnplayground.app.ui.theme import LIGHT
from nnplayground.training.many.multi_seed_runs import VARIES
from nnplayground.training.many.seeds import SeedsRequest, seeds_from
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.pace import Pace

ENDLESS = 100_000
WARM_UP_SECONDS = 1.5
Start = Callable[[MainWindow], Callable[[], int]]


def nothing(_window: MainWindow) -> Callable[[], int]:
    """Start nothing."""
    return int


def seeds(count: int) -> Start:
    """Return what starts so many seeds; what that returns tells how many epochs they have done."""

    def start(window: MainWindow) -> Callable[[], int]:
        view = window.details.view(COMPARE)
        view.show_page("seeds")
        page = view.page("seeds")
        assert isinstance(page, SeedsPage)
        page.start_requested.emit(SeedsRequest(seeds_from(1, count), VARIES[0], ENDLESS))
        return lambda: len(page.study.train) if page.study else 0

    return start


def race(window: MainWindow) -> Callable[[], int]:
    """Start a race of six optimizers."""
    view = window.details.view(COMPARE)
    view.show_page("race")
    page = view.page("race")
    assert isinstance(page, RacePage)
    kind = KINDS["optimizers"]
    lanes = kind.lanes(window.document.project.training, list(kind.options)[:6])
    page.start_requested.emit(lanes, ENDLESS)
    return lambda: page.standings.lanes[0].epoch if page.standings else 0


def measure(start: Start, seconds: float, *, trains: bool) -> dict[str, float]:
    """Return the figures of the window with a work beside it, while the run trains flat out or is paused."""
    window = MainWindow(planar(4, 2), use_theme(application(), LIGHT.name), Settings(remembers=False))
    window.files.asks_before_discarding = False
    window.resize(1280, 720)
    window.reset_layout()
    window.show()
    window.details.show(COMPARE)
    window.player.set_pace(Pace())
    if trains:
        window.player.play()
    wait(WARM_UP_SECONDS)
    done = start(window)
    wait(WARM_UP_SECONDS)
    moments: list[float] = []
    epochs: list[int] = []

    def note(snapshot: Snapshot) -> None:
        moments.append(time.perf_counter())
        epochs.append(snapshot.epoch)

    window.player.frame.connect(note)
    before, began = done(), time.perf_counter()
    wait(seconds)
    work = (done() - before) / (time.perf_counter() - began)
    window.player.frame.disconnect(note)
    window.close()
    result = figures(moments, epochs[-1] - epochs[0]) if trains else {}
    return result | {"work_epochs_per_second": work}


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time the frames of the window while works run beside it.")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    application()
    works = {"nothing": nothing, "30 seeds": seeds(30), "256 seeds": seeds(256), "race of six": race}
    table = {}
    heading = f"{'beside it':<14} {'frames/s':>9} {'p99 gap ms':>11} {'longest ms':>11} {'epochs/s':>9}"
    print(f"{heading} {'work/s':>8} {'paused':>8}")
    for name, start in works.items():
        row = measure(start, options.seconds, trains=True)
        row["work_while_paused"] = measure(start, options.seconds, trains=False)["work_epochs_per_second"]
        table[name] = row
        print(
            f"{name:<14} {row['frames_per_second']:9.1f} {row['p99_gap_ms']:11.1f} {row['longest_gap_ms']:11.1f} "
            f"{row['epochs_per_second']:9.0f} {row['work_epochs_per_second']:8.1f} {row['work_while_paused']:8.1f}"
        )
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
