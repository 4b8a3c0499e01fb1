"""When a map is due by itself, with a clock that is set by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnplayground.app.features.surface.following import PAUSE, SHARE, Following
from tests.app.features.surface.made import HERE, made_moment, made_surface


class Clock:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_at_rest_a_map_is_due_when_there_is_none_or_one_of_other_weights(clock: Clock) -> None:
    following = Following(clock)
    assert following.is_due(None, made_moment())
    assert not following.is_due(made_surface(), made_moment())
    assert following.is_due(made_surface(), made_moment(epoch=121))
    assert following.is_due(made_surface(), made_moment(parameters=HERE + 0.1))
    assert following.is_due(made_surface(), replace(made_moment(), generation=2))


def test_while_training_a_map_is_due_now_and_then(clock: Clock) -> None:
    following, moment = Following(clock), made_moment(epoch=200, running=True)
    assert following.is_due(made_surface(), moment)
    following.begin()
    following.end()
    assert not following.is_due(made_surface(), moment)
    clock.now += PAUSE
    assert following.is_due(made_surface(), moment)


def test_a_map_that_takes_long_is_made_more_rarely(clock: Clock) -> None:
    following, moment = Following(clock), made_moment(epoch=200, running=True)
    following.begin()
    clock.now += 20.0
    following.end()
    clock.now += 20.0 / SHARE - 1.0
    assert not following.is_due(made_surface(), moment)
    clock.now += 1.0
    assert following.is_due(made_surface(), moment)
