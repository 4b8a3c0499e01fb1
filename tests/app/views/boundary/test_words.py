"""The sentences of the boundary view."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.views.boundary.words import others_at_mean, points_note, reading
from nnplayground.arrays import Floats
from nnplayground.training.prepare import Prepared
from tests.app.views.snapshots import made_data, made_maps


def halves(left: Floats, right: Floats) -> Floats:
    outputs = np.empty((len(left), 10, 10))
    outputs[:, :, :5] = left[:, np.newaxis, np.newaxis]
    outputs[:, :, 5:] = right[:, np.newaxis, np.newaxis]
    return outputs


def two_classes() -> Prepared:
    return made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0])


def test_the_reading_names_the_class_its_probability_and_the_inputs() -> None:
    data = two_classes()
    maps = made_maps(data, halves(np.array([-0.97]), np.array([0.25])))
    assert reading(maps, data, across=-1.25, up=3.4) == "orange, 98 % at x1 −1.25, x2 3.40"
    assert reading(maps, data, across=0.1, up=-6.0) == "blue, 62 % at x1 0.100, x2 −6.00"


def test_the_reading_of_more_classes_says_how_probable_the_best_is() -> None:
    data = made_data([[0.0, 0.0]] * 3, [0.0, 1.0, 2.0], classes=("a", "b", "c"))
    maps = made_maps(data, halves(np.array([0.1, 0.7, 0.2]), np.array([0.1, 0.2, 0.7])))
    assert reading(maps, data, across=-1.0, up=0.0).startswith("b, 70 % at")
    assert reading(maps, data, across=1.0, up=0.0).startswith("c, 70 % at")


def test_the_reading_of_a_regression_is_the_value() -> None:
    data = made_data([[0.0, 0.0], [1.0, 1.0]], [-1.0, 2.0], classes=())
    maps = made_maps(data, halves(np.array([-1234.5]), np.array([0.5])))
    assert reading(maps, data, across=-1.0, up=0.0).startswith("value −1,234 at")


@pytest.mark.parametrize(("across", "up"), [(-6.1, 0.0), (6.1, 0.0), (0.0, 7.0), (0.0, -6.01)])
def test_there_is_nothing_to_read_outside_the_map(across: float, up: float) -> None:
    data = two_classes()
    assert reading(made_maps(data, np.zeros((1, 10, 10))), data, across=across, up=up) == ""


def test_an_output_that_is_no_number_is_said_to_be_none() -> None:
    data = two_classes()
    maps = made_maps(data, np.full((1, 10, 10), np.nan))
    assert "no number" in reading(maps, data, across=0.0, up=0.0)


def test_the_inputs_outside_the_plane_are_named_with_their_means() -> None:
    data = made_data(
        [[40.0, 17.0, 180.0, 3800.0], [50.0, 15.0, 222.0, 4616.0]], [0.0, 1.0],
        names=("bill length", "bill depth", "flipper length", "body mass"),
        bounds=[(30.0, 60.0), (10.0, 20.0), (170.0, 230.0), (3000.0, 6000.0)],
    )  # fmt: skip
    assert others_at_mean(data, across=0, up=1) == "Others at their mean: flipper length 201, body mass 4,208"
    assert others_at_mean(two_classes(), across=0, up=1) == ""


def test_it_is_said_when_not_all_points_are_drawn() -> None:
    assert points_note(20_000, 5_000) == "5,000 of 20,000 points are drawn."
    assert points_note(400, 400) == ""


def test_inputs_that_are_too_many_to_be_named_are_counted() -> None:
    names = tuple(f"pixel {place}" for place in range(64))
    data = made_data([[0.5] * 64, [1.0] * 64], [0.0, 1.0], names=names, bounds=[(0.0, 1.0)] * 64)
    assert others_at_mean(data, across=3, up=7) == "The other 62 inputs stay at their mean."
