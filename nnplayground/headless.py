"""The main job without a window: train, report, export."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from nnplayground.explain.figures import short
from nnplayground.explain.not_learning import Situation, find_cause
from nnplayground.explain.words import words_of
from nnplayground.export.model import TrainedModel
from nnplayground.export.reopening import Opened
from nnplayground.export.trained import facts_of, trained_model
from nnplayground.json_values import Json
from nnplayground.message import Facts
from nnplayground.project.model import Project
from nnplayground.training.observe.report_as_json import report_as_json, scaling_as_json
from nnplayground.training.observe.reports import Report, make_report
from nnplayground.training.run.run import Run

DEFAULT_EPOCHS = 100
BAR_WIDTH = 30
INVISIBLE = ("offscreen", "minimal", "minimalegl")
REFRESH_SECONDS = 0.1


def with_epochs(project: Project, epochs: int | None) -> Project:
    """Return the project limited to so many epochs; `None` leaves its own limit, or sets one where it has none."""
    limit = epochs or project.training.stop.max_epochs or DEFAULT_EPOCHS
    stop = replace(project.training.stop, max_epochs=limit)
    return replace(project, training=replace(project.training, stop=stop))


def run_of(opened: Opened, epochs: int | None) -> Run:
    """Return the run of what was opened, limited to so many epochs; a trained network goes on for so many more.

    Without `epochs` the limit of the experiment itself holds: a trained network that has reached it stays as it is.
    """
    trained = opened.trained
    if trained is None:
        return Run(with_epochs(opened.project, epochs))
    limit = opened.project.training.stop.max_epochs if epochs is None else None
    return Run(
        with_epochs(opened.project, limit or trained.standing.epoch + (epochs or DEFAULT_EPOCHS)), trained=trained
    )


def train(run: Run, *, progress: Callable[[int, int], None]) -> Json:
    """Train until the run stops by itself; `progress(epoch, epochs)` is told now and then.

    The run must have an epoch limit. Returns the figures that `train --json` prints.
    """
    epochs = run.project.training.stop.max_epochs or DEFAULT_EPOCHS
    start, first_steps, samples = time.perf_counter(), run.steps, 0
    while run.stop is None:
        before = run.epoch
        run.train_epochs(1)
        samples += len(run.data.train_rows) if run.epoch > before else 0
        progress(run.epoch, epochs)
    seconds = time.perf_counter() - start
    return _figures(run, seconds=seconds, samples=samples if run.steps > first_steps else 0)


def model_of(run: Run) -> TrainedModel:
    """Return the trained network of a run."""
    facts = facts_of(run.project, run.data, run.epoch, run.measures_by_part())
    parameters, standing = run.network.parameters, run.standing
    return trained_model(run.architecture, parameters, run.data, facts, project=run.project, standing=standing)


class ProgressBar:
    """One line on stderr that is drawn over and over; silent where stderr is no terminal, but for the end."""

    def __init__(self, *, label: str, unit: str = "epoch") -> None:
        self._label, self._unit = label, unit
        self._drawn = 0.0
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` epochs, or whatever the unit is, are done."""
        now = time.perf_counter()
        if self._live and now - self._drawn > REFRESH_SECONDS:
            self._drawn = now
            print("\r" + self._line(done, total), end="", file=sys.stderr, flush=True)

    def finish(self, done: int, total: int) -> None:
        """Draw the line for the last time and leave it standing."""
        print(("\r" if self._live else "") + self._line(done, total), file=sys.stderr, flush=True)

    def _line(self, done: int, total: int) -> str:
        filled = BAR_WIDTH * done // max(total, 1)
        return f"{self._label} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {self._unit} {done:,} of {total:,}"


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window can be shown: always outside Linux, there when a display server answers.

    A Qt platform that was chosen by hand (`QT_QPA_PLATFORM`) counts as a display, unless it is one that draws nowhere.
    """
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform or not sys.platform.startswith("linux"):
        return platform not in INVISIBLE
    wayland = environment.get("WAYLAND_DISPLAY")
    if wayland and _answers(Path(environment.get("XDG_RUNTIME_DIR", "/run"), wayland)):
        return True
    return _has_x_server(environment.get("DISPLAY", ""))


def _has_x_server(display: str) -> bool:
    """Tell whether the X server of `DISPLAY` (`host:number.screen`) takes connections."""
    host, colon, number = display.rpartition(":")
    digits = number.split(".")[0]
    if not colon or not digits.isdigit():
        return False
    if host and host != "unix":
        return _answers((host, 6000 + int(digits)))
    local = f"/tmp/.X11-unix/X{digits}"  # where every X server puts its socket
    return _answers(Path(local)) or _answers("\0" + local)


def _answers(address: Path | str | tuple[str, int]) -> bool:
    """Tell whether something listens at a socket file, an abstract socket or a host and port."""
    family = socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX
    place = str(address) if isinstance(address, Path) else address
    try:
        with socket.socket(family, socket.SOCK_STREAM) as connection:
            connection.settimeout(1.0)
            connection.connect(place)
    except OSError:
        return False
    return True


def _figures(run: Run, *, seconds: float, samples: int) -> Json:
    train_part, test_part, validation = run.measures_by_part()
    classes, report = bool(run.data.rule.classes), make_report(run)
    return {
        "epochs": run.epoch,
        "train_cost": train_part.cost,
        "test_cost": test_part.cost,
        "train_accuracy": train_part.score if classes else None,
        "test_accuracy": test_part.score if classes else None,
        "validation_cost": validation.cost,
        "validation_accuracy": validation.score if classes else None,
        "best_epoch": run.best_epoch,
        "best_chosen_on": run.data.deciding,
        "stop_reason": run.stop.reason if run.stop else None,
        "seconds": seconds,
        "samples_per_second": samples / seconds if samples else None,
        **report_as_json(report, run.data.rule.classes),
        "target_scaling": scaling_as_json(run.data.target_scaling),
        "findings": _findings(run, report),
    }


def _findings(run: Run, report: Report) -> list[Json]:
    """Return what keeps the network from learning, as an id, its facts and a sentence; nothing if it learns."""
    has_diverged = run.stop is not None and run.stop.has_diverged
    cause = find_cause(Situation(run.project, run.data, run.history.curve(), report, has_diverged))
    if cause is None:
        return []
    return [{"id": cause.id, "facts": _facts_as_json(cause.facts), "sentence": words_of(cause)}]


def _facts_as_json(facts: Facts) -> Json:
    """Return the facts of a finding; the ends of values are written as its sentence has them."""
    return {
        name: short(fact) if name in ("low", "high") and isinstance(fact, float) else fact
        for name, fact in facts.items()
    }
