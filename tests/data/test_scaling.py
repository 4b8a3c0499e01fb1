"""A scaling is fitted on the training part and applied to everything."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest

from nnplayground.data.scaling import SCALINGS, Scaling, fit_scaling
from nnplayground.errors import InputError

TRAIN = np.array([[1.0, 100.0], [2.0, 300.0], [6.0, 200.0], [7.0, 1000.0]])
OTHER = np.array([[0.0, 0.0], [13.0, 1900.0]])


def test_standardize_subtracts_the_mean_and_divides_by_the_population_deviation() -> None:
    scaling = fit_scaling("standardize", TRAIN)
    for column, values in enumerate(TRAIN.T.tolist()):
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        expected = [(value - mean) / deviation for value in OTHER[:, column]]
        assert scaling.apply(OTHER)[:, column] == pytest.approx(expected, rel=1e-14)


def test_min_max_brings_the_training_part_to_zero_and_one_exactly() -> None:
    scaling = fit_scaling("min_max", TRAIN)
    assert scaling.apply(TRAIN).min(axis=0).tolist() == [0.0, 0.0]
    assert scaling.apply(TRAIN).max(axis=0).tolist() == [1.0, 1.0]
    assert scaling.apply(OTHER) == pytest.approx(np.array([[-1 / 6, -1 / 9], [2.0, 2.0]]))


def test_none_keeps_every_bit() -> None:
    inputs = np.array([[-0.0, 1e-308], [0.1, -1e300]])
    scaling = fit_scaling("none", inputs)
    assert scaling.apply(inputs).tobytes() == inputs.tobytes()
    assert (scaling.shift, scaling.scale) == ((0.0, 0.0), (1.0, 1.0))


@pytest.mark.parametrize("name", SCALINGS)
@pytest.mark.parametrize("value", [0.0, 0.1, 1e17, -1e50])
def test_a_constant_column_gets_the_scale_one(name: str, value: float) -> None:
    inputs = np.full((7, 1), value)
    scaling = fit_scaling(name, inputs)
    assert scaling.scale == (1.0,)
    assert np.isfinite(scaling.apply(inputs)).all()


@pytest.mark.parametrize("name", SCALINGS)
def test_columns_of_extreme_size_stay_finite(name: str) -> None:
    inputs = np.array([[1e50, 5e-324, 1.0], [-1e50, 0.0, np.nextafter(1.0, 2.0)]])
    assert np.isfinite(fit_scaling(name, inputs).apply(inputs)).all()


def test_a_fitted_scaling_holds_plain_numbers_that_a_file_can_hold() -> None:
    scaling = fit_scaling("standardize", TRAIN)
    assert {type(number) for number in (*scaling.shift, *scaling.scale)} == {float}
    assert Scaling(scaling.name, scaling.shift, scaling.scale) == scaling


@pytest.mark.parametrize(
    ("name", "shift", "scale", "said"),
    [
        ("robust", (0.0,), (1.0,), "choose one of none, standardize, min_max"),
        ("none", (0.0, 0.0), (1.0,), "2 shifts and 1 scales"),
        ("none", (math.nan,), (1.0,), "nan"),
        ("none", (0.0,), (math.inf,), "inf"),
        ("min_max", (0.0,), (0.0,), "scale 0"),
    ],
)
def test_an_illegal_scaling_is_refused(
    name: str, shift: tuple[float, ...], scale: tuple[float, ...], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        Scaling(name, shift, scale)


def test_an_unknown_scaling_cannot_be_fitted() -> None:
    with pytest.raises(InputError, match="robust"):
        fit_scaling("robust", TRAIN)


def test_a_scaling_is_not_applied_to_other_columns() -> None:
    with pytest.raises(InputError, match="3 columns; the scaling was fitted on 2"):
        fit_scaling("standardize", TRAIN).apply(np.zeros((1, 3)))
