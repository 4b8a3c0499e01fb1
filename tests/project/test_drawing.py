"""What becomes of a drawing as a whole: classes, values, taking over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.samples import Samples
from nnplayground.errors import FieldError
from nnplayground.project.changes import Consequence
from nnplayground.project.drawing import (
    MOST_DRAWN,
    can_be_taken,
    empty_drawing,
    followed_parts,
    invitation,
    marked,
    taken_points,
    unmarked,
    value_ends,
    with_class_added,
    with_class_renamed,
    with_points,
    with_task,
    without_class,
)
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project
from tests.plans import kept

A, B, C = (0.0, 1.0, 0.0), (2.0, 3.0, 1.0), (4.0, 5.0, 2.0)
THREE = PointsSource(classes=("A", "B", "C"), points=(A, B, C, A))


def samples_of(count: int, *, inputs: int = 2, classes: tuple[str, ...] = ("no", "yes")) -> Samples:
    """Return samples whose first input counts them."""
    table = np.zeros((count, inputs))
    table[:, 0] = np.arange(count)
    names = tuple(f"x{place + 1}" for place in range(inputs))
    bounds = np.tile([-6.0, 6.0], (inputs, 1))
    return Samples(table, (np.arange(count) % 2).astype(np.float64), names, "target", classes, bounds)


def drawn(source: PointsSource) -> Project:
    return Project(data=DataSpec(source=source))


class TestInvitation:
    @pytest.mark.parametrize("source", [THREE, GeneratedSource(), PointsSource("regression", (), (A,))])
    def test_nothing_is_missing_where_something_can_be_learned(self, source: PointsSource | GeneratedSource) -> None:
        assert invitation(source) == ""

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            (empty_drawing(), "at least two classes"),
            (PointsSource("regression", ()), "no points yet"),
            (with_points(THREE, [B, B]), 'of the class "B"'),
        ],
    )
    def test_what_is_missing_is_said(self, source: PointsSource, said: str) -> None:
        assert said in invitation(source)


class TestClasses:
    def test_a_class_that_is_added_takes_the_first_free_letter(self) -> None:
        assert with_class_added(empty_drawing()).classes == ("A", "B", "C")
        assert with_class_added(PointsSource(classes=("B", "A"))).classes == ("B", "A", "C")
        assert with_class_added(PointsSource(classes=("orange", "blue"))).classes == ("orange", "blue", "A")

    def test_a_name_changes_and_the_points_stay(self) -> None:
        renamed = with_class_renamed(THREE, 1, "bee")
        assert (renamed.classes, renamed.points) == (("A", "bee", "C"), THREE.points)

    @pytest.mark.parametrize("name", ["A", "a\0b"])
    def test_a_name_that_cannot_be_is_refused(self, name: str) -> None:
        with pytest.raises(FieldError):
            with_class_renamed(THREE, 1, name)

    def test_a_class_goes_with_its_points_and_the_next_ones_move_up(self) -> None:
        left = without_class(THREE, 1)
        assert left == PointsSource(classes=("A", "C"), points=(A, (4.0, 5.0, 1.0), A))

    def test_more_points_and_other_names_keep_what_was_learned_another_class_does_not(self) -> None:
        more, renamed = with_points(THREE, [*THREE.points, B]), with_class_renamed(THREE, 0, "ay")
        for source in (more, renamed):
            assert kept(drawn(THREE), drawn(source)).consequence is Consequence.KEEP
            assert kept(drawn(THREE), drawn(source)).only_points
        for source in (with_class_added(THREE), with_task(THREE, "regression")):
            assert kept(drawn(THREE), drawn(source)).consequence is Consequence.START_OVER
            assert not kept(drawn(THREE), drawn(source)).only_points


class TestTask:
    def test_classes_become_values_spread_evenly(self) -> None:
        values = with_task(THREE, "regression")
        assert (values.task, values.classes) == ("regression", ())
        assert [point[2] for point in values.points] == [-1.0, 0.0, 1.0, -1.0]
        assert [point[:2] for point in values.points] == [point[:2] for point in THREE.points]

    def test_two_classes_come_back_as_they_were(self) -> None:
        two = PointsSource(classes=("A", "B"), points=(A, B, B, A))
        assert with_task(with_task(two, "regression"), "classification") == two

    def test_the_task_that_it_has_changes_nothing(self) -> None:
        assert with_task(THREE, "classification") is THREE

    @given(st.lists(st.floats(-100.0, 100.0), max_size=20))
    def test_the_ends_hold_all_values_and_at_least_the_usual_ones(self, values: list[float]) -> None:
        low, high = value_ends([(0.0, 0.0, value) for value in values])
        assert low <= -1.0 and high >= 1.0
        assert all(low <= value <= high for value in values)
        assert low in (-1.0, *values) and high in (1.0, *values)


class TestTaking:
    def test_samples_of_the_plane_become_points(self) -> None:
        source = taken_points(samples_of(5))
        assert source.classes == ("no", "yes")
        assert source.points == tuple((float(place), 0.0, place % 2 * 1.0) for place in range(5))

    def test_values_stay_values(self) -> None:
        source = taken_points(samples_of(4, classes=()))
        assert (source.task, source.classes, len(source.points)) == ("regression", (), 4)

    def test_of_very_many_some_are_taken_from_everywhere(self) -> None:
        source = taken_points(samples_of(2 * MOST_DRAWN))
        places = [point[0] for point in source.points]
        assert len(places) == len(set(places)) == MOST_DRAWN
        assert max(places) >= 2 * MOST_DRAWN - 2 and max(np.diff(places)) == 2.0

    @pytest.mark.parametrize(("inputs", "possible"), [(1, False), (2, True), (3, False)])
    def test_only_what_lies_in_a_plane_can_be_taken(self, inputs: int, possible: bool) -> None:
        assert can_be_taken(samples_of(3, inputs=inputs)) is possible


class TestParts:
    MARKED = PointsSource(classes=("A", "B", "C"), points=(A, B, C, A), parts=("train", "test", "validation", "test"))

    def test_a_class_that_goes_takes_the_parts_of_its_points_along(self) -> None:
        left = without_class(self.MARKED, 1)
        assert left.parts == ("train", "validation", "test")

    @pytest.mark.parametrize("task", ["regression", "classification"])
    def test_another_task_keeps_the_parts(self, task: str) -> None:
        assert with_task(with_task(self.MARKED, "regression"), task).parts == self.MARKED.parts

    def test_other_classes_keep_the_parts(self) -> None:
        assert with_class_added(self.MARKED).parts == self.MARKED.parts
        assert with_class_renamed(self.MARKED, 0, "Z").parts == self.MARKED.parts

    def test_points_are_marked_and_unmarked(self) -> None:
        assert marked(THREE, [0, 2, 1, 2]) == self.MARKED
        assert unmarked(self.MARKED) == THREE

    @given(st.lists(st.sampled_from(["train", "validation", "test"]), max_size=8), st.data())
    def test_each_point_keeps_its_part_and_new_ones_get_theirs(self, parts: list[str], data: st.DataObject) -> None:
        kept = data.draw(st.lists(st.integers(-1, len(parts) - 1), max_size=8))
        found = followed_parts(parts, kept, "test")
        assert list(found) == [parts[place] if place >= 0 else "test" for place in kept]
        if not parts:
            assert followed_parts(parts, kept, "") == ()
