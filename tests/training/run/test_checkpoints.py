"""A run that is set back to a checkpoint goes on bit for bit as it did the first time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.data.samples import Samples
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.run.checkpoint_bytes import read_checkpoint, write_checkpoint
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.prepare import prepare_samples
from nnplayground.training.run.run import Run
from tests.projects import picture_projects, projects

LAYERS = (DenseSpec(6), DropoutSpec(0.3), DenseSpec(3))
SMALL = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)),
    network=NetworkSpec(layers=LAYERS),
    training=TrainingSpec(batch_size=7),
)


def state(run: Run) -> tuple[object, ...]:
    """Everything that could tell two runs apart, as plain bytes and numbers."""
    moment = run.checkpoint()
    arrays = (moment.parameters, moment.best, moment.last_finite, moment.memory, moment.curve.train_cost)
    numbers = (moment.memory_steps, moment.sample, moment.steps, moment.stop, moment.ignored)
    return *(array.tobytes() for array in arrays), *numbers, str(moment.shuffling), str(moment.dropout)


def through_bytes(checkpoint: Checkpoint) -> Checkpoint:
    """Return what is left of a checkpoint when it is written and read: nothing in it may hang on the run."""
    return read_checkpoint(write_checkpoint(checkpoint))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), before=st.integers(0, 30), after=st.integers(1, 30))
def test_any_legal_project_survives_the_round_trip(project: Project, before: int, after: int) -> None:
    run = Run(project)
    run.train(before)
    checkpoint = through_bytes(run.checkpoint())
    fresh = Run(project)
    fresh.restore(checkpoint)
    assert state(fresh) == state(run)
    run.train(after)
    fresh.train(after)
    assert state(fresh) == state(run)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(case=picture_projects(), before=st.integers(0, 9), after=st.integers(1, 9))
def test_so_does_training_on_pictures(case: tuple[Project, Samples], before: int, after: int) -> None:
    project, pictures = case
    run = Run(project, prepare_samples(project, pictures))
    run.train(before)
    checkpoint = run.checkpoint()
    run.train(after)
    first = state(run)
    run.restore(checkpoint)
    run.train(after)
    assert state(run) == first


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_going_back_repeats_what_came_after(optimizer: str) -> None:
    spec = OptimizerSpec(name=optimizer, learning_rate=0.01)
    schedule = ScheduleSpec(name="reduce_on_plateau", patience=0)
    run = Run(replace(SMALL, training=replace(SMALL.training, optimizer=spec, schedule=schedule)))
    run.train(25)
    checkpoint = run.checkpoint()
    run.train(40)
    first = state(run)
    run.restore(checkpoint)
    assert run.epoch == checkpoint.epoch == 3
    assert run.steps == 25
    run.train(40)
    assert state(run) == first


def test_a_checkpoint_does_not_follow_the_run() -> None:
    run = Run(SMALL)
    run.train(10)
    checkpoint = run.checkpoint()
    before = write_checkpoint(checkpoint)
    run.train(50)
    run.restore(checkpoint)
    run.train(50)
    assert write_checkpoint(checkpoint) == before


def test_a_checkpoint_brings_its_own_numbers_and_another_branch_leaves_it_alone() -> None:
    run = Run(SMALL)
    run.train(16)
    checkpoint = run.checkpoint()
    run.retune(replace(SMALL.training, batch_size=20, optimizer=OptimizerSpec(learning_rate=0.5)))
    run.train(10)
    other = run.network.parameters.copy()
    run.restore(checkpoint)
    assert run.project.training == SMALL.training
    run.train(10)
    assert not np.array_equal(run.network.parameters, other)


def test_a_stop_is_restored_too() -> None:
    run = Run(replace(SMALL, training=TrainingSpec(stop=StopSpec(max_epochs=2))))
    early = run.checkpoint()
    run.train_epochs(5)
    late = run.checkpoint()
    run.restore(early)
    assert early.stop == run.stop is None
    run.restore(late)
    assert (late.stop and late.stop.rule) == "max_epochs"
    assert late.stop == run.stop


def test_a_checkpoint_of_another_network_is_refused() -> None:
    activations = tuple(
        replace(layer, activation="relu") if isinstance(layer, DenseSpec) else layer for layer in LAYERS
    )
    more = GeneratedSource(samples=80)
    others = {
        "another network": replace(SMALL, network=NetworkSpec(layers=(DenseSpec(3),))),
        "another network or cost": replace(SMALL, network=NetworkSpec(layers=activations)),
        "of 64 training samples where there are 48": replace(SMALL, data=DataSpec(source=more)),
    }
    run = Run(SMALL)
    run.train(5)
    before = state(run)
    for words, other in others.items():
        with pytest.raises(InputError, match=words):
            run.restore(Run(other).checkpoint())
        assert state(run) == before
