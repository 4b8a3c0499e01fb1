"""When targets are brought to a usual size, and to which."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.datasets import GENERATORS, generate
from nnplayground.data.scaling import AS_THEY_ARE
from nnplayground.data.target_scaling import fit_target_scaling, needs_scaling


def two_values(mean: float, deviation: float) -> np.ndarray:
    """Return one target of two values with exactly this mean and deviation."""
    return np.array([[mean - deviation], [mean + deviation]])


@pytest.mark.parametrize(
    ("mean", "deviation", "needed"),
    [
        (0.0, 0.125, False), (0.0, 0.0625, True), (0.0, 8.0, False), (0.0, 16.0, True),
        (9.0, 1.0, False), (10.0, 1.0, False), (11.0, 1.0, True), (-11.0, 1.0, True), (337_500.0, 150_000.0, True),
    ],
)  # fmt: skip
def test_a_target_needs_it_by_its_deviation_and_by_its_mean_in_deviations(
    mean: float, deviation: float, needed: bool
) -> None:
    assert needs_scaling(two_values(mean, deviation)).tolist() == [needed]


@pytest.mark.parametrize(("value", "needed"), [(0.0, False), (0.1, False), (10.0, False), (10.5, True)])
def test_a_target_that_never_changes_counts_as_one_with_the_deviation_1(value: float, needed: bool) -> None:
    assert needs_scaling(np.full((5, 1), value)).tolist() == [needed]


@pytest.mark.parametrize("value", [0.3, 75_000.3, -1e9 / 7, 1e40])
def test_values_that_differ_by_rounding_only_are_one_value(value: float) -> None:
    targets = np.array([[value], [np.nextafter(value, np.inf)]])
    assert needs_scaling(targets).tolist() == needs_scaling(np.full((2, 1), value)).tolist()
    assert fit_target_scaling("standardize", targets).scale == (1.0,)


def test_auto_leaves_usual_targets_alone_and_standardizes_others() -> None:
    assert fit_target_scaling("auto", two_values(0.0, 1.0)) == AS_THEY_ARE
    found = fit_target_scaling("auto", two_values(300.0, 20.0))
    assert (found.name, found.shift, found.scale) == ("standardize", (300.0,), (20.0,))


def test_where_one_of_several_needs_it_all_are_standardized() -> None:
    targets = np.hstack([two_values(0.0, 1.0), two_values(300.0, 20.0)])
    found = fit_target_scaling("auto", targets)
    assert (found.shift, found.scale) == ((0.0, 300.0), (1.0, 20.0))


def test_the_choice_beats_what_auto_would_decide() -> None:
    assert fit_target_scaling("none", two_values(300.0, 20.0)) == AS_THEY_ARE
    assert fit_target_scaling("standardize", two_values(0.5, 0.5)).scale == (0.5,)


def test_a_coarse_one_stays_while_single_samples_come() -> None:
    values = np.where(np.arange(40) % 2, 380.0, 260.0).reshape(-1, 1)  # with the mean 320 and the deviation 60
    found = {fit_target_scaling("auto", values[:count], coarsely=True) for count in range(20, 41)}
    assert found == {fit_target_scaling("auto", values, coarsely=True)}
    (scaling,) = found
    assert (scaling.shift, scaling.scale) == ((320.0,), (64.0,))  # 5 scales; the power of 2 that is nearest to 60


@pytest.mark.parametrize("name", GENERATORS)
@pytest.mark.parametrize(("noise", "outliers"), [(0.0, 0.0), (1.0, 0.0), (0.5, 0.3)])
def test_no_generated_set_needs_it_whatever_its_noise(name: str, noise: float, outliers: float) -> None:
    rng = np.random.default_rng(1)
    samples = generate(name, samples=300, noise=noise, outliers=outliers, rng=rng)
    if not samples.classes:
        assert fit_target_scaling("auto", samples.target_columns) == AS_THEY_ARE
