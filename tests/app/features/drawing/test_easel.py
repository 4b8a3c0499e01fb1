"""The easel asks for edits at a calm pace, and the document has the last word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nnplayground.app.features.drawing.easel import PATIENCE, Easel
from nnplayground.project.model import PointsSource
from nnplayground.project.strokes import Brush, Spray, VisiblePlane

PLANE = VisiblePlane(low=(-6.0, -6.0), high=(6.0, 6.0), pixel=(0.03, 0.03))
EMPTY = PointsSource(classes=("A", "B"))


def words(count: int) -> str:
    return f"{count} more"


class Listener:
    """Hears every wish; grants it at once unless told otherwise."""

    def __init__(self, easel: Easel) -> None:
        self.wishes: list[tuple[PointsSource, str, int]] = []
        self.grants = True
        self._easel = easel
        easel.wished.connect(self._hear)

    def _hear(self, source: PointsSource, text: str, gesture: int) -> None:
        self.wishes.append((source, text, gesture))
        if self.grants:
            self._easel.show_source(source)


@pytest.fixture
def parent() -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


@pytest.fixture
def easel(qtbot: QtBot, parent: QObject) -> Iterator[Easel]:
    easel = Easel(parent)
    easel.show_source(EMPTY)
    yield easel
    easel.cancel()


def spray(easel: Easel, x: float = -5.0) -> None:
    stroke = Spray(easel.source.points, (x, 0.0), 0.0, brush=Brush(10.0, 100.0), plane=PLANE, seed=1)
    easel.begin(stroke, words)


def test_the_first_wish_goes_at_once_the_next_ones_wait_for_the_frame(easel: Easel) -> None:
    listener = Listener(easel)
    spray(easel)
    assert [text for _, text, _ in listener.wishes] == ["1 more"]
    easel.go_to((-4.0, 0.0))
    easel._pause_over()
    assert len(listener.wishes) == 1
    easel.answered(listener.wishes[0][0])
    easel._pause_over()
    assert len(listener.wishes) == 2
    assert listener.wishes[1][0].points == easel.points
    easel.end()


def test_a_frame_of_older_points_is_no_answer_a_failure_is(easel: Easel) -> None:
    listener = Listener(easel)
    spray(easel)
    easel.go_to((-4.0, 0.0))
    easel.answered(EMPTY)
    easel._pause_over()
    assert len(listener.wishes) == 1
    easel.answered(None)
    easel._pause_over()
    assert len(listener.wishes) == 2


def test_it_does_not_wait_for_ever(easel: Easel) -> None:
    listener = Listener(easel)
    spray(easel)
    easel.go_to((-4.0, 0.0))
    for _ in range(PATIENCE):
        easel._pause_over()
    assert len(listener.wishes) == 2


def test_the_end_of_a_stroke_asks_for_what_is_left_with_the_same_gesture(easel: Easel) -> None:
    listener = Listener(easel)
    spray(easel)
    easel.go_to((5.0, 0.0))
    easel.end()
    spray(easel)
    easel.end()
    gestures = [gesture for _, _, gesture in listener.wishes]
    assert gestures == [1, 1, 2] and listener.wishes[-1][0].points == easel.points


def test_points_of_somebody_else_end_the_stroke(easel: Easel) -> None:
    Listener(easel)
    spray(easel)
    other = PointsSource(classes=("A", "B"), points=((3.0, 3.0, 1.0),))
    easel.show_source(other)
    assert easel.stroke is None
    assert easel.points == other.points


def test_taking_a_stroke_back_asks_for_the_points_of_before(easel: Easel) -> None:
    listener = Listener(easel)
    spray(easel)
    easel.cancel()
    assert listener.wishes[-1][0] == EMPTY
    assert listener.wishes[-1][2] == listener.wishes[0][2]
    assert easel.points == ()


def test_a_stroke_that_was_never_granted_is_taken_back_without_a_word(easel: Easel) -> None:
    listener = Listener(easel)
    listener.grants = False
    spray(easel)
    easel.cancel()
    assert len(listener.wishes) == 1
    assert easel.points == ()


def test_an_edit_that_changes_nothing_is_not_asked_for(easel: Easel) -> None:
    listener = Listener(easel)
    easel.ask(PointsSource(classes=("A", "B")), "Nothing")
    assert listener.wishes == []


def test_the_timer_rests_when_nothing_is_due(qtbot: QtBot, easel: Easel) -> None:
    listener = Listener(easel)
    spray(easel)
    qtbot.waitUntil(lambda: not easel._timer.isActive())
    easel.go_to((-3.0, 0.0))
    assert len(listener.wishes) == 2
