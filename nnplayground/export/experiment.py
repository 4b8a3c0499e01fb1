"""The experiment that a network was trained in, as a model file holds it beside what predicts.

It is the project as in a project file, how far training had come, and the weights of neurons that are switched off,
which prediction leaves out. The first weights are not among them: they follow from the seed of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.schedules import UNSEEN, Plateau
from nnplayground.errors import MISSING, FieldError, InputError
from nnplayground.export.json_part import JsonPart
from nnplayground.project.codec import as_object, from_object
from nnplayground.project.limits import Whole
from nnplayground.project.model import Project
from nnplayground.training.run.trained_state import Standing

COUNT = Whole(0, (1 << 63) - 1, "")
PLACE = "experiment"


@dataclass(frozen=True)
class Experiment:
    """The `project`, the `standing` of its training, and `off`: the numbers at `left_out` of the architecture.

    Raises `FieldError` with the place in the model file for what no training can have come to.
    """

    project: Project
    standing: Standing
    off: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        standing = self.standing
        for name in ("epoch", "steps"):
            value = getattr(standing, name)
            if not COUNT.accepts(value):
                raise FieldError(f"{PLACE}.{name}", value, COUNT.legal)
        if standing.epoch and not standing.steps:
            raise FieldError(f"{PLACE}.steps", 0, f"at least 1, as {standing.epoch:,} epochs were trained")
        if not -COUNT.high <= standing.schedule_start <= standing.epoch:
            legal = f"a whole number of at most {standing.epoch}, the epoch"
            raise FieldError(f"{PLACE}.schedule_start", standing.schedule_start, legal)
        for place, value in enumerate(self.off):
            if not isfinite(value):
                raise FieldError(f"{PLACE}.off[{place}]", value, "a finite number")
        _check_plateau(standing.plateau)


def _check_plateau(plateau: Plateau) -> None:
    if not 0.0 < plateau.cut <= 1.0:
        raise FieldError(f"{PLACE}.plateau.cut", plateau.cut, "a number above 0, and at most 1")
    if not COUNT.accepts(plateau.waited):
        raise FieldError(f"{PLACE}.plateau.waited", plateau.waited, COUNT.legal)


def left_out(architecture: Architecture) -> Integers:
    """Return the places in the flat vector of the weights that lead on from neurons that are switched off."""
    ones = np.ones(architecture.parameter_count)
    return np.flatnonzero(architecture.without_off(ones) == 0.0)


def experiment_of(project: Project, architecture: Architecture, parameters: Floats, standing: Standing) -> Experiment:
    """Return the experiment of a network with these numbers."""
    return Experiment(project, standing, tuple(parameters[left_out(architecture)].tolist()))


def plain(experiment: Experiment) -> dict[str, Any]:
    """Return an experiment as the JSON object of a model file."""
    standing = experiment.standing
    content: dict[str, Any] = {
        "project": as_object(experiment.project),
        "epoch": standing.epoch,
        "steps": standing.steps,
        "schedule_start": standing.schedule_start,
    }
    if standing.keep_ties:
        content["has_twins"] = True
    if experiment.off:
        content["off"] = list(experiment.off)
    if standing.plateau != UNSEEN:
        plateau = standing.plateau
        best = plateau.best if isfinite(plateau.best) else None
        content["plateau"] = {"best": best, "waited": plateau.waited, "cut": plateau.cut}
    return content


def are_same(one: Experiment | None, other: Experiment | None) -> bool:
    """Tell whether a file says the same of two experiments: settings that another one makes meaningless do not count.

    The patience of a schedule that has none is such a setting; project files leave it out.
    """
    return one is other or (one is not None and other is not None and plain(one) == plain(other))


def read(part: JsonPart) -> Experiment:
    """Return the experiment in an object of a model file; raises `FieldError` with the place of what is wrong."""
    part.knows("project", "epoch", "steps", "schedule_start", "off", "plateau", "has_twins")
    start = part.get("schedule_start")
    if isinstance(start, bool) or not isinstance(start, int):
        raise FieldError(part.place("schedule_start"), start, "a whole number")
    twins = part.get("has_twins")
    if twins is not MISSING and not isinstance(twins, bool):
        raise FieldError(part.place("has_twins"), twins, "true or false")
    standing = Standing(part.whole("epoch"), part.whole("steps"), start, _plateau(part), twins is True)
    return Experiment(
        project=_project(part.place("project"), part.get("project")),
        standing=standing,
        off=() if part.get("off") is MISSING else tuple(part.numbers("off").tolist()),
    )


def _project(place: str, content: Any) -> Project:
    if not isinstance(content, dict):
        raise FieldError(place, content, "an object in curly brackets")
    try:
        return from_object(dict(content))
    except FieldError as error:
        raise error.within(place) from None
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def _plateau(part: JsonPart) -> Plateau:
    if part.get("plateau") is MISSING:
        return UNSEEN
    inner = part.part("plateau")
    inner.knows("best", "waited", "cut")
    best, cut = inner.number_or_null("best"), inner.number_or_null("cut")
    return Plateau(inf if best is None else best, inner.whole("waited"), 0.0 if cut is None else cut)
