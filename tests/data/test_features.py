"""Each feature is the formula that its name spells."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnplayground.data.features import (
    FEATURES,
    check_features,
    compute_features,
    feature_map,
    feature_names,
    normal_name,
)
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


@pytest.mark.parametrize(
    ("names", "said"),
    [((), "No feature"), (("x3",), "x3 is not known"), (("x1", "x2", "x1"), "only once"), (("x1^2", "x1**2"), "once")],
)
def test_a_senseless_choice_of_features_is_refused(names: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        compute_features(POINTS, names)


def test_formulas_stand_among_the_usual_features() -> None:
    features = compute_features(POINTS, ("x1", "x1**2 + sin(3*x2)"))
    expected = [[x1, x1 * x1 + math.sin(3.0 * x2)] for x1, x2 in POINTS.tolist()]
    assert features == pytest.approx(np.array(expected), rel=1e-14)


@pytest.mark.parametrize("name", FEATURES)
def test_a_usual_feature_has_the_same_name_and_values_when_it_is_typed(name: str) -> None:
    assert normal_name(name.replace("^", " ** ").replace("*x2", " * x2")) == name
    typed = compute_features(POINTS, (f"({name}) + 0",))
    assert typed == pytest.approx(compute_features(POINTS, (name,)), rel=1e-15)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("log(x1)", "The feature log(x1) has no value at the sample x1 = −1.5, x2 = −6; take log() and sqrt()"),
        ("1/(x1 - 3)", "The feature 1/(x1 - 3) is infinite at the sample x1 = 3, x2 = 0.25; divide by what is never 0"),
        ("10^(x1*70)", "is 1e+210, too large to compute with, at the sample x1 = 3, x2 = 0.25; keep it within ±1e100"),
    ],
)
def test_a_feature_without_a_value_at_a_sample_is_refused_with_the_first_such_sample(name: str, said: str) -> None:
    names = ("x1", name)
    values = compute_features(POINTS, names)
    with pytest.raises(InputError) as caught:
        check_features(POINTS, names, values)
    assert said in str(caught.value)
    assert str(caught.value).endswith(", or leave the feature out.")


def test_features_with_values_everywhere_and_other_data_are_let_through() -> None:
    check_features(POINTS, ("x1", "exp(x1)"), compute_features(POINTS, ("x1", "exp(x1)")))
    columns = np.full((2, 3), np.nan)
    check_features(columns, ("x1", "x2"), columns)


def test_a_map_holds_the_feature_at_the_middle_of_every_cell_from_the_bottom_up() -> None:
    cells = feature_map("x1 + 10*x2", np.array([[0.0, 4.0], [0.0, 2.0]]), 2)
    assert cells.tolist() == [[1.0 + 5.0, 3.0 + 5.0], [1.0 + 15.0, 3.0 + 15.0]]
    assert np.isnan(feature_map("log(x1)", np.array([[-6.0, 6.0], [-6.0, 6.0]]), 4)[:, :2]).all()
