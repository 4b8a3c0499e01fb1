"""Many runs at once against the same runs one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from measuring import median_ratio, times_in_turn

from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.training_spec import StopSpec, TrainingSpec
from nnplayground.training.many.batched_runs import BatchedRuns
from nnplayground.training.run.prepare import prepare
from nnplayground.training.run.run import Run

RUNS = (1, 16, 64, 256)

PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=200)),
    training=TrainingSpec(stop=StopSpec(max_epochs=1_000_000_000)),
)
"""The starter network 2-4-2-1 on 160 training samples with batches of 10."""


@dataclass(frozen=True)
class Crowd:
    """What a step of so many runs took together, in microseconds, and how many times faster that is than one by one."""

    runs: int
    microseconds: float
    speed_up: float


def measure_together(runs: int, *, rounds: int) -> Crowd:
    """Time one epoch of all runs together against one epoch of a single run."""
    projects = [replace(PROJECT, seed=seed) for seed in range(runs)]
    together, alone = BatchedRuns(projects, [prepare(project) for project in projects]), Run(PROJECT)
    actions: dict[str, Callable[[], object]] = {
        "together": together.train_epoch,
        "alone": lambda: alone.train(alone.batches),
    }
    times = times_in_turn(actions, rounds=rounds)
    median = sorted(times["together"])[len(times["together"]) // 2]
    ratio = median_ratio(times["alone"], times["together"])
    return Crowd(runs, 1e6 * median / alone.batches, runs * ratio)
