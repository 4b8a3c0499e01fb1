"""Snapshots of runs that were really trained, for tests of what is computed from a snapshot."""

from __future__ import annotations

from nnplayground.project.model import Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session


def trained_session(project: Project, epochs: int) -> Session:
    """Return a session that has been trained to the end of so many epochs."""
    session = Session(Run(project), 1)
    if epochs:
        session.train(batches=0, epochs=epochs)
    while session.playing:
        session.advance(1_000)
    return session


def trained_snapshot(project: Project, epochs: int) -> Snapshot:
    """Return the moment after so many epochs, with its past."""
    return trained_session(project, epochs).snapshot(epochs_per_second=0.0)
