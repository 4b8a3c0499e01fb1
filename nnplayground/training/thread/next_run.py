"""The run that goes on after an edit, from where the last one stands."""

from __future__ import annotations

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.project.changes import EditPlan
from nnplayground.training.run.run import Run
from nnplayground.training.time_travel.branch_history import BranchHistory


def next_run(previous: Run, edit: EditPlan, history: BranchHistory, progress: Progress = UNWATCHED) -> Run:
    """Return the run after an edit that keeps weights, and note in the `history` what has changed.

    The edit may begin at another project than the last good run has, where loads in between have failed.
    """
    step = edit.since(previous.project)
    prepared = previous.data if step.same_data else None
    run = Run(step.new, prepared, after=previous.transferred(step), progress=progress)
    history.branch(previous)
    history.record_changes(run.epoch, step.differences)
    return run
