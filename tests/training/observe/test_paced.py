"""The pace of observations: a few answers a second while training, and one for every change at rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.observation import Subject
from nnplayground.training.observe.paced import MOST_SHARE, PAUSE_SECONDS, Paced
from nnplayground.training.observe.reports import ReportRequest, make_report
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from tests.observed import seen_in

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60)))


@dataclass
class Counted:
    """Answers with how often it was asked, by a clock that only goes on when told; each answer takes `seconds`."""

    now: float = 100.0
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)

    def prepare(self, subject: Subject) -> Callable[[str], int]:
        self.subjects.append(subject)

        def answer(question: str) -> int:
            self.asked.append(question)
            self.now += self.seconds
            return len(self.asked)

        return answer


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def observer(counted: Counted) -> Paced[str, int]:
    return Paced(counted.prepare, lambda: counted.now)


def test_while_training_there_is_a_pause_between_two(counted: Counted, observer: Paced[str, int]) -> None:
    run = Run(PROJECT)
    assert observer.observe("all", Subject(run), busy=True) == 1
    run.train(1)
    counted.now += 0.9 * PAUSE_SECONDS
    assert observer.observe("all", Subject(run), busy=True) is None
    counted.now += 0.2 * PAUSE_SECONDS
    assert observer.observe("all", Subject(run), busy=True) == 2


def test_a_slow_answer_is_given_more_seldom(counted: Counted, observer: Paced[str, int]) -> None:
    counted.seconds = 1.0
    run = Run(PROJECT)
    observer.observe("all", Subject(run), busy=True)
    run.train(1)
    counted.now += 1.0 / MOST_SHARE - 1.1
    assert observer.observe("all", Subject(run), busy=True) is None
    counted.now += 0.2
    assert observer.observe("all", Subject(run), busy=True) == 2


def test_the_pace_is_that_of_the_entry(counted: Counted) -> None:
    observer = Paced(counted.prepare, lambda: counted.now, pause=0.0, most_share=1.0)
    run = Run(PROJECT)
    for expected in (1, 2, 3):
        assert observer.observe("all", Subject(run), busy=True) == expected
        run.train(1)


def test_at_rest_every_change_is_answered_and_nothing_twice(counted: Counted, observer: Paced[str, int]) -> None:
    run = Run(PROJECT)
    assert [observer.observe("all", Subject(run), busy=False) for _ in range(2)] == [1, 1]
    run.train(1)
    assert [observer.observe("all", Subject(run), busy=False) for _ in range(2)] == [2, 2]
    run.retune(replace(PROJECT.training, l2=0.5))
    assert [observer.observe("all", Subject(run), busy=False) for _ in range(2)] == [3, 3]
    assert len(counted.subjects) == 1


def test_another_question_another_run_and_another_start_are_answered_at_once(
    counted: Counted, observer: Paced[str, int]
) -> None:
    run, other = Run(PROJECT), Run(replace(PROJECT, seed=2))
    start = other.checkpoint()
    asked = [("all", Subject(run)), ("one", Subject(run)), ("one", Subject(other)), ("one", Subject(other, start))]
    assert [observer.observe(question, subject, busy=True) for question, subject in asked] == [1, 2, 3, 4]
    assert [subject.run for subject in counted.subjects] == [run, other, other]
    other.train(1)
    assert observer.observe("one", Subject(other, start), busy=True) is None


def test_a_session_tells_how_the_layers_were_when_the_network_got_its_shape() -> None:
    run = Run(PROJECT)
    session = Session(run, 1)
    session.train(batches=0, epochs=3)
    session.advance(1000)
    report = seen_in(session.snapshot([ReportRequest()], epochs_per_second=0.0), ReportRequest)
    assert report.start is not None
    assert (len(report.start), report.start_epoch) == (len(report.layers), 0)
    assert report.start[0].statistics.weight_norm == pytest.approx(
        make_report(Run(PROJECT)).layers[0].statistics.weight_norm
    )
    assert report.start[0].statistics.weight_norm != report.layers[0].statistics.weight_norm
