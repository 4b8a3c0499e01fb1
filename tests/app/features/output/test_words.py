"""The sentences of the boundary view."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.app.features.output.words import (
    axis_names,
    plane_note,
    points_note,
    reading,
    unit_title,
    view_title,
)
from nnplayground.app.text.titles import FEATURES
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_data, made_maps


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
    assert reading(maps, data, across=-1.25, up=3.4) == "orange, 98 % at x1 −1.25, x2 3.40; output −0.970"
    assert reading(maps, data, across=0.1, up=-6.0) == "blue, 62 % at x1 0.100, x2 −6.00; output 0.250"


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


def penguins() -> Prepared:
    return made_data(
        [[40.0, 17.0, 180.0, 3800.0], [50.0, 15.0, 222.0, 4616.0]], [0.0, 1.0],
        names=("bill length", "bill depth", "flipper length", "body mass"),
        bounds=[(30.0, 60.0), (10.0, 20.0), (170.0, 230.0), (3000.0, 6000.0)],
    )  # fmt: skip


def test_the_inputs_outside_the_plane_are_named_with_their_means() -> None:
    expected = (
        "The map holds the other inputs at their mean, the points have their own: flipper length 201, body mass 4,208"
    )
    assert plane_note(penguins(), MapRequest(0, 1)) == expected
    assert plane_note(two_classes(), MapRequest(0, 1)) == ""


def test_inputs_that_are_set_are_told_apart_from_those_at_their_mean() -> None:
    note = plane_note(penguins(), MapRequest(0, 1, others=((2, 190.0),)))
    assert note == (
        "The map holds the other inputs as you set them, the points have their own: "
        "flipper length 190, body mass 4,208 (mean)"
    )


def test_the_slice_along_the_components_says_what_it_leaves_out() -> None:
    note = plane_note(penguins(), MapRequest(kind="components"))
    # Two samples lie on one line, so the first direction has all of the variance.
    assert note.startswith("Slice through the mean along two principal components (100 % + 0 % of the variance).")
    assert note.endswith("Projected points may lie on a colour not their own.")
    assert axis_names(penguins(), MapRequest(kind="components")) == ("Component 1 (100 %)", "Component 2 (0 %)")
    assert axis_names(penguins(), MapRequest(3, 0)) == ("body mass", "bill length")


def test_on_the_components_the_reading_names_the_scores() -> None:
    data = penguins()
    maps = Maps(0, 1, (-2.0, -1.0), (2.0, 1.0), (halves(np.array([-0.97]), np.array([0.25])),), "components")
    assert (
        reading(maps, data, across=-1.25, up=0.5)
        == "orange, 98 % at component 1 −1.25, component 2 0.500; output −0.970"
    )


def test_the_reading_of_one_neuron_is_its_answer() -> None:
    data = two_classes()
    hidden = np.stack([np.zeros((10, 10)), np.full((10, 10), 0.42)])
    maps = replace(made_maps(data, np.zeros((1, 10, 10))), layers=(hidden, hidden, np.zeros((1, 10, 10))))
    assert reading(maps, data, across=1.0, up=2.0, unit=(1, 1)) == "0.420 at x1 1.00, x2 2.00"


def test_units_are_called_as_in_the_network() -> None:
    data = two_classes()
    assert unit_title(replace(data, features=("x1", "x1^2")), (0, 1), layers=4) == f"Input {FEATURES['x1^2'].name}"
    assert unit_title(data, (1, 2), layers=4) == "Layer 1, neuron 3"
    assert unit_title(data, (3, 0), layers=4) == "Output neuron (blue)"
    three = made_data([[0.0, 0.0]] * 3, [0.0, 1.0, 2.0], classes=("a", "b", "c"), names=("long", "wide"))
    assert unit_title(three, (3, 1), layers=4) == "Output neuron 2 (b)"
    assert unit_title(replace(three, features=("x1", "x2")), (0, 0), layers=4) == "Input long"


def test_only_a_plane_of_classes_has_a_boundary() -> None:
    assert view_title(two_classes()) == "Decision boundary"
    assert view_title(made_data([[0.0, 0.0], [1.0, 1.0]], [-1.0, 2.0], classes=())) == "Output"
    assert view_title(made_data([[0.0], [1.0]], [0.0, 1.0], names=("size",), bounds=[(0.0, 1.0)])) == "Output"


def test_it_is_said_when_not_all_points_are_drawn() -> None:
    assert points_note(20_000, 5_000) == "5,000 of 20,000 points are drawn."
    assert points_note(400, 400) == ""


def test_inputs_that_are_too_many_to_be_named_are_counted() -> None:
    names = tuple(f"pixel {place}" for place in range(64))
    data = made_data([[0.5] * 64, [1.0] * 64], [0.0, 1.0], names=names, bounds=[(0.0, 1.0)] * 64)
    assert plane_note(data, MapRequest(3, 7)) == (
        "The map holds the other 62 inputs at their mean, the points have their own"
    )
    assert plane_note(data, MapRequest(3, 7, others=((9, 1.0),))) == (
        "The map holds the other inputs as you set them, the points have their own: "
        "pixel 9 1.00, 61 inputs at their mean"
    )
