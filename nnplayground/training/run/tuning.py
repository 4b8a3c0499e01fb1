"""What can change while a run goes on, and the learning rate that a spec asks for."""

from __future__ import annotations

from nnplayground.engine.schedules import UNSEEN, Plateau, Rate, ScheduleSettings
from nnplayground.errors import InputError
from nnplayground.project.changes import FIXED
from nnplayground.project.differences import value_at
from nnplayground.project.model import Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.start import settings_of


def check_tuning(old: Project, new: Project) -> None:
    """Refuse what cannot be changed while a run goes on."""
    for name, path in FIXED.items():
        before, after = value_at(old, path), value_at(new, path)
        if before != after:
            raise InputError(f"The {name} cannot change from {before} to {after} in a run; begin a new run with it.")


def rate_of(spec: TrainingSpec, plateau: Plateau = UNSEEN) -> Rate:
    """Return the learning rate that a spec asks for, from its first epoch on, or from what a plateau remembers."""
    rate = Rate(spec.schedule.name, settings_of(spec.schedule, ScheduleSettings), spec.optimizer.learning_rate)
    return rate.remembering(plateau)
