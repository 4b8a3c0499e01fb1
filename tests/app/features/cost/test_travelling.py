"""Going through time: one travel at a time, then the newest wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import QObject

from nnplayground.app.features.cost.travelling import Traveller
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.session import Session
from tests.training.moments import trained_session

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=50)))


@cache
def session() -> Session:
    return trained_session(SMALL, 8)


def at(epoch: int | None) -> Snapshot:
    """Return the moment to which a travel leads."""
    session().travel(epoch)
    return session().snapshot(epochs_per_second=0.0)


@pytest.fixture(name="owner")
def _owner(qapp: object) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


def made(owner: QObject) -> tuple[Traveller, list[int | None]]:
    traveller, wanted = Traveller(owner), list[int | None]()
    traveller.travel_wanted.connect(wanted.append)
    traveller.arrive(at(None))
    return traveller, wanted


def test_of_many_wishes_the_first_goes_out_and_then_the_last(owner: QObject) -> None:
    traveller, wanted = made(owner)
    for epoch in (6, 5, 4, 2):
        traveller.wish(epoch)
    assert wanted == [6]
    traveller.arrive(at(6))
    assert wanted == [6, 2]
    traveller.arrive(at(2))
    assert wanted == [6, 2]
    assert not traveller.is_under_way


def test_a_frame_that_was_on_its_way_before_answers_nothing(owner: QObject) -> None:
    traveller, wanted = made(owner)
    traveller.wish(6)
    traveller.wish(3)
    traveller.arrive(at(None))
    assert wanted == [6]
    traveller.arrive(at(6))
    assert wanted == [6, 3]


def test_a_travel_that_nobody_answers_does_not_block_the_way(owner: QObject) -> None:
    traveller, wanted = made(owner)
    traveller.wish(6)
    for _ in range(3):
        traveller.arrive(at(None))
    traveller.wish(2)
    assert wanted == [6, 2]


def test_beyond_the_end_lies_the_newest_moment_and_there_is_no_way_to_where_one_is(owner: QObject) -> None:
    traveller, wanted = made(owner)
    traveller.wish(None)
    traveller.wish(8)
    assert wanted == []
    traveller.arrive(at(3))
    traveller.wish(3)
    assert wanted == []
    traveller.wish(99)
    assert wanted == [None]


def test_where_nothing_was_kept_there_is_no_way(owner: QObject) -> None:
    traveller, wanted = made(owner)
    now = at(None)
    traveller.arrive(replace(now, record=replace(now.record, checkpoints=())))
    traveller.wish(3)
    assert wanted == []
    traveller.forget()
    traveller.wish(3)
    assert wanted == []
