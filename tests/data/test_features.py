"""Each feature is the formula that its name spells."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnplayground.data.features import FEATURES, compute_features, feature_names
from nnplayground.data.points import from_points
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError

POINTS = np.array([[0.5, -2.0], [3.0, 0.25], [-1.5, -6.0]])


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_what_its_name_says(name: str) -> None:
    formula = name.replace("^", "**")
    expected = [eval(formula, {"x1": x1, "x2": x2, "sin": math.sin}) for x1, x2 in POINTS.tolist()]
    assert compute_features(POINTS, (name,)) == pytest.approx(np.array(expected)[:, np.newaxis], rel=1e-15)


def test_the_table_holds_the_features_of_a_playground() -> None:
    assert list(FEATURES) == ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]


def test_features_come_in_the_order_in_which_they_are_named() -> None:
    features = compute_features(POINTS, ("x2", "x1*x2", "x1"))
    assert features.tolist() == [[-2.0, -1.0, 0.5], [0.25, 0.75, 3.0], [-6.0, 9.0, -1.5]]


def test_plain_inputs_keep_their_bits() -> None:
    assert compute_features(POINTS, ("x1", "x2")).tobytes() == POINTS.tobytes()


def test_other_data_than_points_in_the_plane_is_its_own_feature() -> None:
    inputs = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(compute_features(inputs, ("x1", "x2")), inputs)
    samples = Samples(inputs, np.zeros(2), ("a", "b", "c"), "y", (), np.array([[0.0, 9.0]] * 3))
    assert feature_names(samples, ("x1", "x2")) == ("a", "b", "c")


def test_features_of_the_plane_are_called_by_their_names() -> None:
    samples = from_points([(0.0, 0.0, 0.0)], classes=())
    assert feature_names(samples, ("x1^2", "x2")) == ("x1^2", "x2")


@pytest.mark.parametrize(("names", "said"), [((), "No feature"), (("x3",), '"x3"'), (("x1", "x2", "x1"), "only once")])
def test_a_senseless_choice_of_features_is_refused(names: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        compute_features(POINTS, names)
