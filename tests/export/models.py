"""Models to export: of a table with three classes, and of the plane with two."""

from __future__ import annotations

from functools import cache

from nnplayground.export.model import TrainedModel
from nnplayground.headless import model_of
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.training.run.run import Run

PENGUINS = Project(data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize"))
CIRCLE = Project(data=DataSpec(source=GeneratedSource(samples=40), features=("x1", "x2", "x1^2"), scaling="min_max"))


@cache
def trained(project: Project, *, epochs: int = 3) -> tuple[Run, TrainedModel]:
    """Return a run after so many epochs, and its model; they are shared and must not be changed."""
    run = Run(project)
    run.train_epochs(epochs)
    return run, model_of(run)
