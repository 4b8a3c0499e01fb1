"""What is seen in a snapshot, for tests: taken out of it, or put into it by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from nnplayground.training.observe.observation import Request, Seen
from nnplayground.training.observe.snapshot import Snapshot

AnswerT = TypeVar("AnswerT")


def seen_in(snapshot: Snapshot | None, kind: type[Request[AnswerT]]) -> AnswerT:
    """Return the answer of this kind, which must be there."""
    found = None if snapshot is None else snapshot.seen.of(kind)
    assert found is not None
    return found


def with_answer(snapshot: Snapshot, request: Request[AnswerT], answer: AnswerT | None) -> Snapshot:
    """Return a snapshot in which this is the answer to a request, or in which there is none."""
    answers = {**snapshot.seen.answers, request: answer}
    return replace(snapshot, seen=Seen({asked: found for asked, found in answers.items() if found is not None}))
