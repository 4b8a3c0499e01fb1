"""A run that goes on from a network that was trained before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.errors import InputError
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.training_spec import ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.run.run import Run
from nnplayground.training.run.trained_state import Standing, TrainedState
from nnplayground.training.thread.session import Session
from nnplayground.training.time_travel.branch_history import BranchHistory

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=40)))


def went_on(project: Project = PROJECT, *, epochs: int = 6) -> tuple[Run, Run]:
    """Return a run after so many epochs, and one that goes on from its network."""
    run = Run(project)
    run.train_epochs(epochs)
    state = TrainedState(run.network.parameters.copy(), run.standing, run.data)
    return run, Run(project, trained=state)


def test_it_stands_where_the_other_one_stood() -> None:
    run, again = went_on()
    assert (again.epoch, again.steps, again.best_epoch) == (6, run.steps, 6)
    assert again.measures() == run.measures()
    assert again.data is run.data


def test_its_own_steps_are_those_of_a_network_with_these_weights() -> None:
    """Json gradient descent over all samples remembers nothing: going on or having gone on is the same."""
    run, again = went_on(replace(PROJECT, training=TrainingSpec(batch_size=40, shuffle=False)))
    run.train_epochs(5)
    again.train_epochs(5)
    assert np.array_equal(again.network.parameters, run.network.parameters)
    assert again.history.last == run.history.last


def test_an_edit_that_keeps_the_weights_keeps_its_curve() -> None:
    _, again = went_on()
    again.train_epochs(2)
    edited = Run(replace(PROJECT, training=TrainingSpec(l2=0.1)), again.data, after=again)
    assert edited.epoch == 8
    assert np.isnan(edited.history.curve().train_cost[:6]).all()
    assert np.isfinite(edited.history.curve().train_cost[6:]).all()


def test_it_can_be_set_back_to_where_it_began_and_no_further() -> None:
    _, again = went_on()
    begun = again.network.parameters.copy()
    branch_history = BranchHistory()
    branch_history.attach(again)
    assert branch_history.moment(again, 2) is None
    again.train_epochs(3)
    moment = branch_history.moment(again, 2)
    assert moment is not None
    again.restore(moment)
    assert again.epoch == 6
    assert np.array_equal(again.network.parameters, begun)


def test_restart_forgets_the_trained_network() -> None:
    run, again = went_on()
    session = Session(again, 1)
    session.restart()
    assert session.run.epoch == 0
    assert np.array_equal(session.run.network.parameters, Run(PROJECT).network.parameters)
    assert session.run.data is run.data


def test_patience_waits_anew() -> None:
    _, again = went_on(replace(PROJECT, training=TrainingSpec(stop=StopSpec(patience=3))))
    assert again.stop is None
    again.train_epochs(1)
    assert again.epoch == 7


def test_epochs_counted_anew_leave_the_schedule_where_it_was() -> None:
    schedule = ScheduleSpec(name="exponential", factor=0.5)
    run, _ = went_on(replace(PROJECT, training=TrainingSpec(schedule=schedule)))
    state = TrainedState(run.network.parameters, run.standing.counted_anew(), run.data)
    again = Run(run.project, trained=state)
    assert again.epoch == 0
    assert again.learning_rate == run.learning_rate == 0.03 * 0.5**6


def test_another_number_of_weights_is_refused_in_one_sentence() -> None:
    run = Run(PROJECT)
    with pytest.raises(InputError, match=r"The trained network has 3 weights and biases, but 25 fit the experiment\."):
        Run(PROJECT, trained=TrainedState(np.zeros(3), Standing(), run.data))
