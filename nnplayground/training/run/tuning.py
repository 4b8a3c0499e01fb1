"""What can change while a run goes on, and what a change of the document means for its inputs and its learning rate."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.engine.schedules import UNSEEN, Plateau, Rate, ScheduleSettings
from nnplayground.errors import InputError
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.start import settings_of


def check_tuning(old: TrainingSpec, new: TrainingSpec) -> None:
    """Refuse what cannot be changed while a run goes on."""
    for name, before, after in (
        ("optimizer", old.optimizer.name, new.optimizer.name),
        ("cost", old.cost, new.cost),
    ):
        if before != after:
            raise InputError(f"The {name} cannot change from {before} to {after} in a run; begin a new run with it.")


def kept_inputs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places (old, new) of the inputs that both networks have, found by their names."""
    return [(old.index(name), place) for place, name in enumerate(new) if name in old]


def rate_of(spec: TrainingSpec, plateau: Plateau = UNSEEN) -> Rate:
    """Return the learning rate that a spec asks for, from its first epoch on, or from what a plateau remembers."""
    rate = Rate(spec.schedule.name, settings_of(spec.schedule, ScheduleSettings), spec.optimizer.learning_rate)
    return rate.remembering(plateau)
