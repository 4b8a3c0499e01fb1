"""Plans of edits for tests, as a person makes them who keeps the weights."""

from __future__ import annotations

from dataclasses import replace

from nnplayground.project.changes import EditPlan, plan
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import FrozenParameters
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.thread.session import Session


def kept(old: Project, new: Project) -> EditPlan:
    """Return the plan of an edit that keeps what has a place."""
    return plan(old, new, keep_weights=True)


def tuned(project: Project, training: TrainingSpec, frozen: FrozenParameters = ()) -> EditPlan:
    """Return the plan to train in another way, with these numbers frozen."""
    return kept(project, replace(project, training=training, network=replace(project.network, frozen=frozen)))


def retune(session: Session, training: TrainingSpec, frozen: FrozenParameters = ()) -> None:
    """Train a session in another way, with these numbers frozen."""
    session.retune(tuned(session.run.project, training, frozen))
