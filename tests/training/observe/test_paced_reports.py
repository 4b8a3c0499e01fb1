"""Reports come a few times a second while training, and for every change at rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.paced_reports import PAUSE_SECONDS, PacedReports
from nnplayground.training.observe.reports import Report, Reporter, make_report
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60)))


class Clock:
    """A clock that only goes on when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reports(clock: Clock) -> PacedReports:
    return PacedReports(clock)


def test_while_training_there_is_a_pause_between_two(clock: Clock, reports: PacedReports) -> None:
    run = Run(PROJECT)
    assert reports.make(run, training=True) is not None
    run.train(1)
    clock.now += 0.9 * PAUSE_SECONDS
    assert reports.make(run, training=True) is None
    clock.now += 0.2 * PAUSE_SECONDS
    assert reports.make(run, training=True) is not None


def test_a_slow_report_is_made_more_seldom(
    clock: Clock, reports: PacedReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_a_second(reporter: Reporter) -> Report:
        clock.now += 1.0
        return real(reporter)

    real = Reporter.report
    monkeypatch.setattr(Reporter, "report", take_a_second)
    run = Run(PROJECT)
    reports.make(run, training=True)
    run.train(1)
    clock.now += 8.0
    assert reports.make(run, training=True) is None
    clock.now += 1.1
    assert reports.make(run, training=True) is not None


def test_at_rest_every_change_is_reported_and_nothing_twice(reports: PacedReports) -> None:
    run = Run(PROJECT)
    first = reports.make(run, training=False)
    assert reports.make(run, training=False) is first
    run.train(1)
    second = reports.make(run, training=False)
    assert second is not None and second is not first
    run.retune(replace(PROJECT.training, l2=0.5))
    third = reports.make(run, training=False)
    assert third is not None and third.penalty > 0.0


def test_another_run_and_a_pause_of_looking_begin_anew(reports: PacedReports) -> None:
    run, other = Run(PROJECT), Run(replace(PROJECT, seed=2))
    first = reports.make(run, training=True)
    assert reports.make(other, training=True) is not first
    reports.forget()
    assert reports.make(other, training=True) is not None


def test_a_session_tells_how_the_layers_were_when_the_network_got_its_shape() -> None:
    run = Run(PROJECT)
    session = Session(run, 1)
    session.train(batches=0, epochs=3)
    session.advance(1000)
    report = session.snapshot(None, report=True, epochs_per_second=0.0).report
    assert report is not None and report.start is not None
    assert (len(report.start), report.start_epoch) == (len(report.layers), 0)
    assert report.start[0].statistics.weight_norm == pytest.approx(
        make_report(Run(PROJECT)).layers[0].statistics.weight_norm
    )
    assert report.start[0].statistics.weight_norm != report.layers[0].statistics.weight_norm


def test_another_start_is_reported_at_once(clock: Clock, reports: PacedReports) -> None:
    run = Run(PROJECT)
    start = run.checkpoint()
    assert reports.make(run, training=True, start=start) is not None
    run.train_epochs(1)
    assert reports.make(run, training=True, start=start) is None
    later = reports.make(run, training=True, start=run.checkpoint())
    assert later is not None and later.start_epoch == 1
