"""The public names for notebooks and scripts, in one place: describe an experiment, train it, look at it, take it away.

    import nnplayground.api as nn

    run = nn.Run(nn.Project(data=nn.DataSpec(nn.GeneratedSource("spiral"))))
    run.train_epochs(200)

A `Project` is a frozen description that checks itself; everything random follows from its `seed`. A `Run` trains it.
What does not fit is refused with one sentence, as `UserError`. The guide is `docs/notebook.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError, UserError
from nnplayground.explain.gradient_check import check_message
from nnplayground.explain.words import words_of
from nnplayground.export.formats import export, read_model
from nnplayground.export.model import TrainedModel
from nnplayground.export.opening import open_project
from nnplayground.export.reopening import DataNotFoundError
from nnplayground.headless import model_of
from nnplayground.project.layer_specs import (
    AveragePool2DSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import (
    BiasInitializerSpec,
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex
from nnplayground.project.storage import load, save
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.many.multi_seed_runs import ManyRuns, train_many
from nnplayground.training.observe.gradient_check import GradientReport, gradient_check
from nnplayground.training.observe.maps import MapRequest, grid
from nnplayground.training.observe.reports import Report, make_report
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.history import Curve
from nnplayground.training.run.prepare import Prepared, prepare, prepare_samples
from nnplayground.training.run.run import Run

__all__ = [
    "AveragePool2DSpec",
    "BiasInitializerSpec",
    "Checkpoint",
    "Conv2DSpec",
    "Curve",
    "DataNotFoundError",
    "DataSpec",
    "DenseSpec",
    "DropoutSpec",
    "FlattenSpec",
    "FrozenParameter",
    "GeneratedSource",
    "GradientReport",
    "ImagesSource",
    "InitializerSpec",
    "InputError",
    "ManyRuns",
    "MaxPool2DSpec",
    "NetworkSpec",
    "OptimizerSpec",
    "ParameterIndex",
    "Parameters",
    "Plane",
    "PointsSource",
    "Prepared",
    "Project",
    "Report",
    "Run",
    "Samples",
    "ScheduleSpec",
    "StopSpec",
    "TableSource",
    "TrainedModel",
    "TrainingSpec",
    "UserError",
    "check_message",
    "export",
    "gradient_check",
    "load",
    "make_report",
    "model_of",
    "open_run",
    "plane",
    "prepare",
    "prepare_samples",
    "read_model",
    "save",
    "save_model",
    "train_many",
    "words_of",
]


@dataclass(frozen=True, eq=False)
class Plane:
    """What a network answers on a grid over two of its inputs, ready for a contour plot.

    `x` and `y` are `[side]`, in the units of the data; `outputs` is `[outputs, side, side]`, rows along `y`, those that
    are numbers to predict in the units of the data, too. `leaning` `[side, side]` runs, for two classes, from -1 (the
    first) to 1 (the second); otherwise it is the first output.
    """

    x: Floats
    y: Floats
    outputs: Floats
    leaning: Floats


def plane(run: Run, *, across: int = 0, up: int = 1, side: int = 100) -> Plane:
    """Return the answers of a run's network over the plane of two inputs; all others stay at their mean.

    `across` and `up` are the places of the inputs among those of the data. Raises `InputError` where there is no such
    input.
    """
    names = run.data.samples.input_names
    for place in (across, up):
        if not 0 <= place < len(names):
            raise InputError(
                f"There is no input number {place}; there are 0 to {len(names) - 1}: {', '.join(names[:5])}."
            )
    if side < 2:
        raise InputError(f"A plane of {side} × {side} cells shows nothing; take at least 2.")
    cells = grid(run.data, MapRequest(across, up, side))
    outputs = run.network.outputs(run.data.network_inputs(cells)).T.reshape(-1, side, side)
    answers = run.data.answers(outputs)
    rule = run.data.rule
    leaning = rule.leaning(answers) if len(rule.classes) == 2 else answers[0]
    return Plane(cells[:side, across], cells[::side, up], answers, np.ascontiguousarray(leaning))


def open_run(path: Path | str, *, data: Path | str | None = None) -> Run:
    """Return a run of the experiment in a file; a model file goes on from the network as it was trained.

    `data` is where the table or the folder of pictures lies, if it is not to be looked for beside the file. Raises
    `DataNotFoundError` where there are no data that fit.
    """
    opened = open_project(Path(path), data=None if data is None else Path(data))
    return Run(opened.project, trained=opened.trained)


def save_model(run: Run, path: Path | str) -> None:
    """Write the trained network of a run with its whole experiment to a file, from which `open_run` goes on.

    The ending of the name chooses the format (`.npz`, `.model.json`).
    """
    export(model_of(run), Path(path))
