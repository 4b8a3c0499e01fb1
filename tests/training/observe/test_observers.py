"""Everything that can be observed, and how an observation is added."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pytest

from nnplayground.explain.words import words_of
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec
from nnplayground.training.observe.answers import AnswersRequest
from nnplayground.training.observe.inspections import InspectionRequest, inspections_of
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.observation import NOTHING_SEEN, Request, Subject
from nnplayground.training.observe.observers import OBSERVATIONS, Observers
from nnplayground.training.observe.paced import Paced, paced
from nnplayground.training.observe.probes import ProbeRequest
from nnplayground.training.observe.reports import ReportRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from nnplayground.training.thread.worker import Frame, Load, Worker

PATIENCE = 30.0  # seconds until a test gives up; nothing waits that long
PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)),
    network=NetworkSpec(layers=(DenseSpec(4), DropoutSpec(0.3), DenseSpec(3))),
)
WITH_VALUES: dict[type[Request[object]], Request[object]] = {
    InspectionRequest: InspectionRequest(0, 1),
    ProbeRequest: ProbeRequest((0.5, -1.0)),
}
"""An example of each kind of request that cannot do without a value."""


@pytest.fixture(params=OBSERVATIONS, ids=lambda kind: kind.__name__)
def request_(request: pytest.FixtureRequest) -> Request[object]:
    """Return a request of each kind in the table."""
    kind: type[Request[object]] = request.param
    return WITH_VALUES[kind] if kind in WITH_VALUES else kind()


class TestEachObservation:
    def test_it_is_there_only_when_it_is_wanted(self, request_: Request[object]) -> None:
        session = Session(Run(PROJECT), 1)
        assert request_ not in session.snapshot(epochs_per_second=0.0).seen
        snapshot = session.snapshot({request_}, epochs_per_second=0.0)
        assert request_ in snapshot.seen
        assert snapshot.seen.of(type(request_)) is snapshot.seen[request_]
        assert request_ not in session.snapshot(epochs_per_second=0.0).seen

    def test_it_leaves_the_run_bit_for_bit_as_it_was(self, request_: Request[object]) -> None:
        training = replace(PROJECT.training, optimizer=OptimizerSpec(name="adam", learning_rate=0.01), l2=0.01)
        project = replace(PROJECT, training=training)
        watched, alone = Session(Run(project), 1), Session(Run(project), 1)
        for session in (watched, alone):
            session.play()
        for _ in range(30):
            watched.advance(1)
            watched.snapshot({request_}, epochs_per_second=0.0, hasty=False)
            alone.advance(1)
            alone.snapshot(epochs_per_second=0.0)
        for session in (watched, alone):
            session.pause()
            session.snapshot({request_} if session is watched else (), epochs_per_second=0.0)
        assert watched.run.network.parameters.tobytes() == alone.run.network.parameters.tobytes()
        assert watched.run.network.gradient.tobytes() == alone.run.network.gradient.tobytes()
        one, other = watched.run.history.curve(), alone.run.history.curve()
        assert one.train_cost.tobytes() == other.train_cost.tobytes()
        assert one.test_cost.tobytes() == other.test_cost.tobytes()

    def test_it_belongs_to_its_moment(self, request_: Request[object]) -> None:
        session = Session(Run(PROJECT), 1)
        before = session.snapshot({request_}, epochs_per_second=0.0)
        session.train_samples(1)
        after = session.snapshot({request_}, epochs_per_second=0.0)
        assert after.seen[request_] is not before.seen[request_]

    def test_a_kept_moment_holds_nothing_of_it(self, request_: Request[object]) -> None:
        snapshot = Session(Run(PROJECT), 1).snapshot({request_}, epochs_per_second=0.0)
        assert snapshot.slim().seen is NOTHING_SEEN

    def test_weights_that_have_overflowed_do_no_harm(self, request_: Request[object]) -> None:
        run = Run(PROJECT)
        run.network.parameters[:] = np.nan
        assert request_ in Session(run, 1).snapshot({request_}, epochs_per_second=0.0).seen


class TestObservers:
    def test_two_requests_of_a_kind_are_answered_side_by_side(self) -> None:
        session = Session(Run(PROJECT), 1)
        first, second = InspectionRequest(0), InspectionRequest(1, 2)
        seen = session.snapshot({first, second}, epochs_per_second=0.0).seen
        assert (seen[first].request, seen[second].request) == (first, second)

    def test_each_of_two_keeps_to_its_pace(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stopped = InspectionRequest.observed_by(partial(Paced, inspections_of, lambda: 0.0))
        monkeypatch.setitem(OBSERVATIONS, InspectionRequest, stopped)
        run, observers = Run(PROJECT), Observers()
        wants = {InspectionRequest(0), InspectionRequest(1)}
        assert len(observers.see(wants, Subject(run), busy=True).answers) == 2
        run.train(1)
        assert len(observers.see(wants, Subject(run), busy=True).answers) == 0

    def test_what_is_not_wanted_for_a_frame_begins_anew(self) -> None:
        run, observers = Run(PROJECT), Observers()
        first = observers.see({ReportRequest()}, Subject(run), busy=True)
        observers.see((), Subject(run), busy=True)
        assert observers.see({ReportRequest()}, Subject(run), busy=True)[ReportRequest()] is not first[ReportRequest()]

    def test_of_several_targets_the_answers_for_one_are_taken(self) -> None:
        source = TableSource(path="penguins.csv", targets=("body_mass_g", "flipper_length_mm"))
        run = Run(Project(data=DataSpec(source=source, scaling="standardize")))
        wants = (MapRequest(resolution=10), AnswersRequest(), ReportRequest())
        whole = Session(run, 1).snapshot(wants, epochs_per_second=0.0)
        one = whole.of_target(1)
        assert len(whole.seen[wants[0]].layers[-1]) == 2 and len(one.seen[wants[0]].layers[-1]) == 1
        assert np.array_equal(one.seen[wants[1]].predicted, whole.seen[wants[1]].predicted[:, 1], equal_nan=True)
        assert one.seen[wants[2]] is whole.seen[wants[2]]

    def test_a_probe_of_other_data_has_no_answer(self) -> None:
        request = ProbeRequest((1.0, 2.0, 3.0))
        assert request not in Session(Run(PROJECT), 1).snapshot({request}, epochs_per_second=0.0).seen


@dataclass(frozen=True)
class LengthRequest(Request[float]):
    """How long the weights and biases are together; with a layer, those of that layer alone."""

    layer: int | None = None


def lengths_of(subject: Subject) -> Callable[[LengthRequest], float | None]:
    """Return what measures the parameters of a run."""
    run = subject.run

    def measure(request: LengthRequest) -> float | None:
        matrices = run.architecture.matrices(run.network.parameters)
        if request.layer is None:
            return float(np.linalg.norm(run.network.parameters))
        return float(np.linalg.norm(matrices[request.layer])) if request.layer < len(matrices) else None

    return measure


class TestANewObservation:
    """All that it takes: the request, what answers it, and the entry."""

    @pytest.fixture(autouse=True)
    def _entry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(OBSERVATIONS, LengthRequest, LengthRequest.observed_by(paced(lengths_of)))

    def test_a_session_sees_it(self) -> None:
        session = Session(Run(PROJECT), 1)
        seen = session.snapshot({LengthRequest(), LengthRequest(1), LengthRequest(9)}, epochs_per_second=0.0).seen
        flat = session.run.network.parameters
        assert seen[LengthRequest()] == pytest.approx(np.sqrt((flat**2).sum()))
        assert 0.0 < seen[LengthRequest(1)] < seen[LengthRequest()]
        assert LengthRequest(9) not in seen

    def test_one_that_fails_has_no_answer_and_the_others_have_theirs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        calls = []

        def failing(_subject: Subject) -> Callable[[LengthRequest], float | None]:
            def measure(request: LengthRequest) -> float:
                calls.append(request)
                raise MemoryError("no room")

            return measure

        monkeypatch.setattr(Observers, "see", inspect.unwrap(Observers.see))  # other tests are told of every failure
        monkeypatch.setitem(OBSERVATIONS, LengthRequest, LengthRequest.observed_by(paced(failing)))
        session, wants = Session(Run(PROJECT), 1), {LengthRequest(), ReportRequest()}
        for _ in range(2):
            seen = session.snapshot(wants, epochs_per_second=0.0).seen
            assert ReportRequest() in seen and LengthRequest() not in seen
            assert "(MemoryError in measure, line " in " ".join(map(words_of, seen.problems))
            session.run.train(1)
        assert calls == [LengthRequest()]  # until it is asked for anew
        assert session.snapshot({ReportRequest()}, epochs_per_second=0.0).seen.problems == ()
        session.snapshot(wants, epochs_per_second=0.0)
        assert len(calls) == 2

    def test_it_comes_through_the_thread(self, worker: Worker) -> None:
        worker.order(Load(PROJECT, 1))
        worker.order(Frame(frozenset({LengthRequest()})))
        snapshot = next_snapshot(worker)
        found = snapshot.seen.of(LengthRequest)
        assert found == pytest.approx(float(np.linalg.norm(snapshot.parameters)))


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def next_snapshot(worker: Worker) -> Snapshot:
    """Return what the worker puts down next."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE / 0.002)):
        answer = worker.mailbox.take()
        if answer is not None:
            assert isinstance(answer, Snapshot)
            return answer
        waiting.wait(0.002)
    pytest.fail("The worker gave no answer.")
