"""What is looked at while a run is trained: asked for by a value and answered by a value.

1. A view asks with a request, a frozen value whose class names the type of the answer (`MapRequest` asks for `Maps`).
2. Every order for a frame carries the requests that are wanted at that moment; what is not wanted costs nothing.
3. Between two batches an observer answers each of them, if that is due; `OBSERVATIONS` in `observers.py` has its maker.
4. The answers come back in `Snapshot.seen`.

A new observation is one file, with the request, the answer and what finds it, and one entry in `OBSERVATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, Self, TypeVar, cast, runtime_checkable

from nnplayground.message import Message
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.run import Run

AnswerT = TypeVar("AnswerT")
AnswerT_co = TypeVar("AnswerT_co", covariant=True)
RequestT_contra = TypeVar("RequestT_contra", contravariant=True)


class Request(Generic[AnswerT_co]):
    """The base of all requests, each a frozen dataclass that can be hashed; two equal ones ask for the same."""

    @classmethod
    def observed_by(cls, make: Callable[[], Observer[Self, AnswerT_co]]) -> Observation:
        """Return the entry for requests of this class, which the observers that `make` returns answer."""
        return Observation(cls, make)


@dataclass(frozen=True, eq=False)
class Subject:
    """What is observed: a run, and the moment at which its network got its present shape, where that is known."""

    run: Run
    start: Checkpoint | None = None


class Observer(Protocol[RequestT_contra, AnswerT_co]):
    """Answers the requests of one reader about one session; what it keeps for the next answer goes with it.

    It only looks: it computes on buffers of its own and draws no random numbers.
    """

    def observe(self, request: RequestT_contra, subject: Subject, *, busy: bool) -> AnswerT_co | None:
        """Return the answer with the weights of this moment; `None` if none is due, or where there is none.

        It is called between two batches. While `busy`, training or the window waits for it.
        """
        ...


@dataclass(frozen=True)
class Observation:
    """An entry of `OBSERVATIONS`: a class of requests, and what makes an observer for one of them.

    Only `Request.observed_by` makes it, which holds the types of request, observer and answer together.
    """

    kind: type[Request[object]]
    make: Callable[[], Observer[Any, object]]  # Any: it takes requests of `kind`


@runtime_checkable
class OfSeveralTargets(Protocol):
    """An answer that tells of all targets, and can be reduced to one."""

    def of_target(self, data: Prepared, place: int) -> object:
        """Return what it tells of one target, for `data.of_target(place)`."""
        ...


@dataclass(frozen=True, eq=False)
class Seen:
    """What was observed at one moment, by its request; what was wanted but not due is missing.

    Each answer has the type that its request names. `problems` are those of requests that cannot be answered.
    """

    answers: Mapping[Request[object], object] = field(default_factory=dict)
    problems: tuple[Message, ...] = ()

    def of(self, kind: type[Request[AnswerT]]) -> AnswerT | None:
        """Return the answer to a request of this class, if there is one; of several, ask by the request itself."""
        for request, answer in self.answers.items():
            if isinstance(request, kind):
                return cast(AnswerT, answer)
        return None

    def __getitem__(self, request: Request[AnswerT]) -> AnswerT:
        """Return the answer to a request; raises `KeyError` where there is none."""
        return cast(AnswerT, self.answers[request])

    def __contains__(self, request: Request[object]) -> bool:
        return request in self.answers

    def of_target(self, data: Prepared, place: int) -> Seen:
        """Return the same for `data.of_target(place)`; answers that tell nothing of targets stay as they are."""
        return Seen(
            {
                request: answer.of_target(data, place) if isinstance(answer, OfSeveralTargets) else answer
                for request, answer in self.answers.items()
            },
            self.problems,
        )


NOTHING_SEEN = Seen()
