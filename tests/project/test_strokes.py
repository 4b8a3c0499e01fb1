"""What the pointer does to points, without a window: spraying, erasing, moving."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.drawn_split import split_drawn
from nnplayground.project.drawing import MOST_DRAWN
from nnplayground.project.model import PointsSource
from nnplayground.project.strokes import Brush, Erase, Move, Remaining, Spray, Stroke, VisiblePlane, nearest, without
from nnplayground.project.triples import Point

PLANE = VisiblePlane(low=(-6.0, -6.0), high=(6.0, 6.0), pixel=(0.04, 0.02))
"""A plane of 300 by 600 pixels, on which a pixel is twice as wide as it is high."""
PLACES = st.tuples(st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))
DRAWN = st.lists(st.tuples(*[st.integers(-5, 5).map(float)] * 2, st.integers(0, 2).map(float)), max_size=40).map(tuple)


def spray(start: tuple[float, float] = (0.0, 0.0), *, seed: int = 1, points: tuple[Point, ...] = ()) -> Spray:
    return Spray(points, start, 1.0, brush=Brush(radius=20.0, density=10.0), plane=PLANE, seed=seed)


def in_pixels(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return math.hypot((one[0] - other[0]) / 0.04, (one[1] - other[1]) / 0.02)


class TestSpray:
    def test_a_click_places_one_point_exactly_there(self) -> None:
        assert spray((1.25, -2.5)).points == ((1.25, -2.5, 1.0),)

    def test_a_hand_that_trembles_still_clicks(self) -> None:
        stroke = spray()
        stroke.go_to((0.1, 0.0))
        stroke.go_to((0.0, 0.06))
        assert len(stroke.points) == 1

    def test_a_drag_sprays_by_the_length_of_its_way(self) -> None:
        stroke = spray((-4.0, 0.0))
        for place in np.linspace(-4.0, 4.0, 41)[1:]:
            stroke.go_to((float(place), 0.0))
        # 200 pixels at 10 points for 100 pixels, and the first one.
        assert len(stroke.points) == 1 + 20

    def test_points_lie_within_the_brush_around_the_way(self) -> None:
        stroke = spray((-4.0, 0.0))
        stroke.go_to((4.0, 0.0))
        for across, up, value in stroke.points:
            assert value == 1.0
            assert in_pixels((across, up), (min(max(across, -4.0), 4.0), 0.0)) <= 20.01

    def test_what_was_drawn_before_comes_first(self) -> None:
        stroke = spray(points=((5.0, 5.0, 0.0),))
        assert stroke.points[0] == (5.0, 5.0, 0.0) and len(stroke.points) == 2

    @given(st.lists(PLACES, min_size=1, max_size=10), st.integers(0, 9))
    def test_the_same_way_gives_the_same_points_and_all_are_on_the_plane(
        self, way: list[tuple[float, float]], seed: int
    ) -> None:
        one, other = spray(way[0], seed=seed), spray(way[0], seed=seed)
        for place in way[1:]:
            one.go_to(place)
            other.go_to(place)
        assert one.points == other.points
        assert all(PLANE.holds(point[:2]) for point in one.points)

    def test_beside_the_plane_it_keeps_to_the_edge(self) -> None:
        assert spray((99.0, -99.0)).points == ((6.0, -6.0, 1.0),)

    def test_it_is_full_at_some_time(self) -> None:
        stroke = spray(points=((0.0, 0.0, 0.0),) * (MOST_DRAWN - 3))
        full = [stroke.is_full]
        stroke.go_to((5.0, 5.0))
        assert [*full, stroke.is_full] == [False, True]
        assert len(stroke.points) == MOST_DRAWN


class TestErase:
    @given(DRAWN, PLACES, st.lists(PLACES, max_size=3))
    def test_it_takes_what_is_near_the_way_and_nothing_else(
        self, points: tuple[Point, ...], start: tuple[float, float], way: list[tuple[float, float]]
    ) -> None:
        stroke = Erase(points, start, radius=30.0, plane=PLANE, has_classes=True)
        for place in way:
            stroke.go_to(place)
        ends = list(zip([start, *way], [*way, way[-1] if way else start], strict=True))
        steps = np.linspace(0.0, 1.0, 400)
        reached = [(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])) for a, b in ends for share in steps]
        left = Counter(stroke.points)
        for point, count in Counter(points).items():
            distance = min(in_pixels(point, place) for place in reached)
            if distance <= 29.0:
                assert left[point] == 0
            elif distance > 31.0:
                assert left[point] == count

    def test_a_fast_move_jumps_over_nothing(self) -> None:
        stroke = Erase(((0.0, 0.0, 0.0),), (-5.0, 0.0), radius=5.0, plane=PLANE, has_classes=True)
        counts = [len(stroke.points)]
        stroke.go_to((5.0, 0.0))
        assert [*counts, len(stroke.points)] == [1, 0]

    @given(DRAWN.filter(bool), st.data(), st.sampled_from([0.2, 0.5]))
    def test_points_that_stay_hardly_ever_change_their_part(
        self, points: tuple[Point, ...], data: st.DataObject, fraction: float
    ) -> None:
        gone = data.draw(st.sets(st.integers(0, len(points) - 1), max_size=5))
        marked = tuple((float(place), 0.0, point[2]) for place, point in enumerate(points))
        remaining = Remaining(marked, has_classes=True)
        for index in gone:
            remaining.remove(index)
        left = remaining.points
        assert sorted(left) == sorted(point for place, point in enumerate(marked) if place not in gone)
        changed = kept_for_test(marked, fraction) ^ kept_for_test(left, fraction)
        assert len({point for point in changed if point in left}) <= len(gone)


def kept_for_test(points: tuple[Point, ...], fraction: float) -> set[Point]:
    """Return the points that are kept for the test."""
    groups = np.array([point[2] for point in points], dtype=np.int64)
    _, rows = split_drawn(groups, test_fraction=fraction, rng=np.random.default_rng(5))
    return {points[row] for row in rows}


class TestMove:
    POINTS = ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (2.0, 2.0, 0.0))

    def test_the_point_keeps_its_distance_from_the_pointer_and_its_order(self) -> None:
        stroke = Move(self.POINTS, 1, (1.1, 0.9), plane=PLANE)
        stroke.go_to((3.1, -0.1))
        assert stroke.points == (self.POINTS[0], (3.0, 0.0, 1.0), self.POINTS[2])
        assert stroke.place == (3.0, 0.0)

    def test_a_hand_that_trembles_moves_nothing(self) -> None:
        stroke = Move(self.POINTS, 1, (1.0, 1.0), plane=PLANE)
        stroke.go_to((1.05, 1.0))
        assert stroke.points == self.POINTS

    def test_it_stays_on_the_plane_and_comes_back_with_the_pointer(self) -> None:
        stroke = Move(self.POINTS, 1, (1.0, 1.0), plane=PLANE)
        stroke.go_to((9.0, 1.0))
        assert stroke.place == (6.0, 1.0)
        stroke.go_to((5.0, 1.0))
        assert stroke.place == pytest.approx((5.0, 1.0))


class TestNearest:
    def test_a_point_is_caught_from_eight_pixels_away(self) -> None:
        points = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
        assert nearest(points, (1.3, 0.0), PLANE) == 1
        assert nearest(points, (1.33, 0.0), PLANE) is None
        assert nearest(points, (0.0, 0.17), PLANE) is None
        assert nearest((), (0.0, 0.0), PLANE) is None

    def test_without_takes_one_away(self) -> None:
        source = PointsSource(points=((0.0, 0.0, 0.0), (1.0, 0.0, 1.0)))
        assert without(source, 0).points == ((1.0, 0.0, 1.0),)


@given(st.lists(st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0), st.sampled_from([0.0, 1.0])), max_size=20))
def test_every_stroke_tells_where_its_points_were_before(points: list[Point]) -> None:
    before = tuple(points)
    strokes: list[Stroke] = [
        Spray(before, (0.0, 0.0), 1.0, brush=Brush(), plane=PLANE, seed=1),
        Erase(before, (0.0, 0.0), radius=60.0, plane=PLANE, has_classes=True),
    ]
    if before:
        strokes.append(Move(before, len(before) - 1, before[-1][:2], plane=PLANE))
    for stroke in strokes:
        stroke.go_to((3.0, 3.0))
        moved = len(before) - 1 if isinstance(stroke, Move) else None
        assert len(stroke.kept) == len(stroke.points)
        for place, point in zip(stroke.kept, stroke.points, strict=True):
            assert place in (-1, moved) or before[place] == point


def test_a_point_that_goes_takes_its_part_along() -> None:
    points = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (2.0, 0.0, 0.0))
    source = PointsSource(points=points, parts=("train", "test", "validation"))
    left = without(source, 0)
    assert dict(zip(left.points, left.parts, strict=True)) == {points[1]: "test", points[2]: "validation"}
