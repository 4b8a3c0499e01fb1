"""What makes generated sets harder: rare classes and outliers, each without redrawing the other points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.datasets import GENERATORS, WITH_ANY_CLASSES, WITH_CLASSES, generate
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError

EVERY = pytest.mark.parametrize("name", GENERATORS)
SOME_CLASSES = pytest.mark.parametrize("name", WITH_CLASSES)
VALUES = [name for name in GENERATORS if name not in WITH_CLASSES]


def made(name: str, *, samples: int = 2000, noise: float = 0.2, seed: int = 7, **wishes: Any) -> Samples:
    return generate(name, samples=samples, noise=noise, rng=np.random.default_rng(seed), **wishes)


def sizes(samples: Samples) -> list[int]:
    return [int(np.sum(samples.targets == index)) for index in range(len(samples.classes))]


def moved(one: Samples, other: Samples) -> set[int]:
    """Return the numbers of the samples that differ."""
    same = (one.inputs == other.inputs).all(axis=1) & (one.targets == other.targets)
    return set(np.flatnonzero(~same).tolist())


@SOME_CLASSES
@pytest.mark.parametrize("imbalance", [0.1, 0.5, 0.9])
def test_each_class_has_only_so_much_of_the_one_before(name: str, imbalance: float) -> None:
    counts = sizes(made(name, samples=8000, imbalance=imbalance))
    shares = np.array([(1.0 - imbalance) ** place for place in range(len(counts))])
    expected = 8000 * shares / shares.sum()
    assert np.abs(np.array(counts) - expected).max() <= len(counts) + 2


@given(st.integers(2, 8), st.floats(0.0, 0.9), st.floats(0.0, 0.3), st.integers(8, 60))
def test_every_class_keeps_a_sample(classes: int, imbalance: float, outliers: float, samples: int) -> None:
    [name] = WITH_ANY_CLASSES
    points = made(name, samples=samples, classes=classes, imbalance=imbalance, outliers=outliers)
    assert min(sizes(points)) >= 1
    assert sum(sizes(points)) == samples


@SOME_CLASSES
def test_more_imbalance_moves_points_to_earlier_classes_and_leaves_the_others_alone(name: str) -> None:
    even, little, much = (made(name, imbalance=imbalance) for imbalance in (0.0, 0.3, 0.31))
    assert (little.targets <= even.targets).all()
    assert (much.targets <= little.targets).all()
    for one, other in ((even, little), (little, much)):
        assert moved(one, other) == set(np.flatnonzero(one.targets != other.targets).tolist())
    assert len(moved(little, much)) < 40


@EVERY
def test_more_samples_keep_those_that_were_there(name: str) -> None:
    wishes: dict[str, Any] = {"outliers": 0.2} | ({"imbalance": 0.5} if name in WITH_CLASSES else {})
    few, many = made(name, samples=50, **wishes), made(name, samples=90, **wishes)
    assert np.array_equal(few.inputs, many.inputs[:50])
    assert np.array_equal(few.targets, many.targets[:50])


@EVERY
@pytest.mark.parametrize("share", [0.05, 0.3])
def test_the_share_of_outliers_is_the_one_that_was_asked_for(name: str, share: float) -> None:
    changed = moved(made(name), made(name, outliers=share))
    assert len(changed) == pytest.approx(2000 * share, abs=12)


@EVERY
def test_more_outliers_keep_those_that_were_there_and_leave_the_others_alone(name: str) -> None:
    none, few, many = (made(name, outliers=share) for share in (0.0, 0.1, 0.2))
    assert moved(none, few) < moved(none, many)
    kept = sorted(moved(none, few))
    assert np.array_equal(few.inputs[kept], many.inputs[kept])
    assert np.array_equal(few.targets[kept], many.targets[kept])


@SOME_CLASSES
def test_outliers_lie_evenly_in_the_square_with_any_class(name: str) -> None:
    none, many = made(name, samples=8000), made(name, samples=8000, outliers=0.3)
    strays = sorted(moved(none, many))
    places, classes = many.inputs[strays], many.targets[strays]
    assert np.abs(places).max() <= 6.0
    assert np.abs(places.mean(axis=0)).max() < 0.3
    assert places.std(axis=0) == pytest.approx(12.0 / np.sqrt(12.0), abs=0.2)
    for index in range(len(many.classes)):
        assert np.mean(classes == index) == pytest.approx(1.0 / len(many.classes), abs=0.05)


@pytest.mark.parametrize("name", VALUES)
def test_outliers_of_values_stay_where_they_are_with_any_value(name: str) -> None:
    none, many = made(name, samples=8000, noise=0.0), made(name, samples=8000, noise=0.0, outliers=0.3)
    assert np.array_equal(none.inputs, many.inputs)
    values = many.targets[sorted(moved(none, many))]
    assert np.abs(values).max() <= 1.0
    assert values.mean() == pytest.approx(0.0, abs=0.05)
    assert values.std() == pytest.approx(2.0 / np.sqrt(12.0), abs=0.03)


@EVERY
def test_noise_leaves_outliers_alone(name: str) -> None:
    calm, noisy = (made(name, noise=noise, outliers=0.3) for noise in (0.0, 0.8))
    strays = sorted(moved(made(name, noise=0.0), calm))
    assert np.array_equal(calm.inputs[strays], noisy.inputs[strays])
    assert np.array_equal(calm.targets[strays], noisy.targets[strays])


def test_a_sine_wave_has_one_input_and_follows_it() -> None:
    samples = made("sine", noise=0.0)
    assert samples.inputs.shape == (2000, 1)
    assert samples.targets == pytest.approx(np.sin(samples.inputs[:, 0]), abs=1e-15)
    assert samples.inputs.min() < -5.9
    assert samples.inputs.max() > 5.9


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"imbalance": 0.95}, "The imbalance is 0.95; it must lie between 0 and 0.9."),
        ({"imbalance": -0.1}, "The imbalance is -0.1"),
        ({"outliers": 0.5}, "The share of outliers is 0.5; it must lie between 0 and 0.3."),
        ({"outliers": float("nan")}, "The share of outliers is nan"),
    ],
)
def test_an_impossible_wish_is_refused(wish: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        made("circle", **wish)
