"""The moments of a run that are kept: the first, the best and the newest always, all others in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.run import Run
from nnplayground.training.time_travel.checkpoint_memory import size_of
from nnplayground.training.time_travel.timeline import DENSE, Timeline, least_missed

PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=40, noise=0.3)),
    network=NetworkSpec(layers=(DenseSpec(3),)),
    training=TrainingSpec(batch_size=16),
)


def followed(timeline: Timeline, epochs: int, project: Project = PROJECT) -> Run:
    """Train a run that the timeline follows."""
    run = Run(project)
    run.after_epoch = timeline.note
    timeline.begin(run)
    run.train_epochs(epochs)
    return run


def kept(timeline: Timeline, run: Run) -> list[int]:
    return [moment.epoch for moment in timeline.moments(run)]


def test_every_epoch_of_a_short_run_is_kept() -> None:
    timeline = Timeline()
    run = followed(timeline, 2 * DENSE - 1)
    assert kept(timeline, run) == list(range(2 * DENSE))


def test_a_long_run_keeps_few_moments_with_gaps_that_are_a_small_share_of_the_way_done() -> None:
    timeline = Timeline(most_moments=80)
    run = followed(timeline, 3000)
    epochs = kept(timeline, run)
    assert len(epochs) <= 81  # the best comes on top
    assert epochs[0] == 0
    gaps = [after - before for before, after in pairwise(epochs)]
    assert max(gaps) <= 0.06 * 3000  # twice the even share of 40 moments
    assert all(gap <= max(2, before // 3) for before, gap in zip(epochs, gaps, strict=False) if before >= 8)


def test_the_best_moment_stays_even_if_all_around_it_go() -> None:
    timeline = Timeline(most_moments=6)
    # A large step makes the test cost go up and down, so that the best epoch lies in the middle.
    rough = replace(PROJECT, training=TrainingSpec(optimizer=OptimizerSpec(learning_rate=2.0)))
    run = followed(timeline, 400, rough)
    test_cost = run.history.curve().test_cost
    best = int(np.argmin(test_cost))
    assert 0 < best < 400
    assert run.best_epoch == best
    moments = {moment.epoch: moment for moment in timeline.moments(run)}
    assert set(moments) >= {0, best}
    again = Run(rough)
    again.restore(moments[best])
    assert again.measures()[1].cost == pytest.approx(float(test_cost[best]), rel=1e-12)


def test_memory_is_bounded_by_bytes_too() -> None:
    run = Run(PROJECT)
    one = size_of(run.checkpoint())
    timeline = Timeline(most_bytes=10 * one)
    run = followed(timeline, 300)
    assert len(kept(timeline, run)) <= 11


def bytes_of(moments: Sequence[Checkpoint]) -> int:
    """Count the bytes of all arrays of moments, each of them once."""
    arrays = [(one.parameters, one.best, one.last_finite, one.memory, *(one.orders or ())) for one in moments]
    return sum({id(array): array.nbytes for several in arrays for array in several}.values())


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_best_weights_that_the_moments_remember_are_within_the_bound_too(optimizer: str) -> None:
    most = 40_000
    timeline = Timeline(most_bytes=most)
    training = TrainingSpec(optimizer=OptimizerSpec(optimizer, learning_rate=0.3), shuffle=False)
    run = followed(timeline, 300, replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(30),)), training=training))
    moments = timeline.moments(run)
    assert any(moment.best_epoch != moment.epoch for moment in moments)
    assert most / 2 < bytes_of(moments) <= most + size_of(moments[-1])


def test_going_another_way_forgets_what_came_after() -> None:
    timeline = Timeline()
    run = followed(timeline, 50)
    run.restore(timeline.moments(run)[20])
    timeline.forget_after(run)
    assert kept(timeline, run) == list(range(21))


def test_moments_of_another_network_wait_until_it_is_back() -> None:
    timeline = Timeline()
    run = followed(timeline, 5)
    wider = Run(
        Project(data=PROJECT.data, network=NetworkSpec(layers=(DenseSpec(4),)), training=PROJECT.training), after=run
    )
    wider.after_epoch = timeline.note
    timeline.begin(wider)
    wider.train_epochs(3)
    assert kept(timeline, wider) == [5, 6, 7, 8]
    back = Run(PROJECT, run.data, after=wider)
    timeline.begin(back)
    assert kept(timeline, back) == [0, 1, 2, 3, 4, 5, 8]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=60, unique=True).map(sorted))
def test_thinning_never_takes_the_ends(epochs: list[int]) -> None:
    place = least_missed(epochs)
    assert 0 < place < len(epochs) - 1
