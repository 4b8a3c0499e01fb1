"""The generated data sets have the shapes their names promise, and noise moves their points smoothly."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.data.datasets import GENERATORS, generate
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError

EVERY = pytest.mark.parametrize("name", GENERATORS)


def made(name: str, *, samples: int = 400, noise: float = 0.0, seed: int = 7) -> Samples:
    """Return a data set from a fresh random stream."""
    return generate(name, samples=samples, noise=noise, rng=np.random.default_rng(seed))


def parts(samples: Samples) -> tuple[Floats, Floats]:
    """Return the orange and the blue points."""
    return samples.inputs[samples.targets == 0.0], samples.inputs[samples.targets == 1.0]


def test_the_table_holds_the_four_data_sets() -> None:
    assert list(GENERATORS) == ["circle", "xor", "gauss", "spiral"]


@EVERY
def test_every_data_set_has_the_same_names_and_plot_range(name: str) -> None:
    samples = made(name)
    assert samples.classes == ("orange", "blue")
    assert samples.input_names == ("x1", "x2")
    assert samples.bounds.tolist() == [[-6.0, 6.0], [-6.0, 6.0]]
    assert samples.notes == ()


@EVERY
@pytest.mark.parametrize("count", [2, 3, 10, 101])
def test_classes_are_balanced_in_every_prefix(name: str, count: int) -> None:
    targets = made(name, samples=count).targets
    assert len(targets) == count
    for end in range(1, count + 1):
        assert abs(np.sum(targets[:end] == 0.0) - np.sum(targets[:end] == 1.0)) <= 1


@EVERY
@pytest.mark.parametrize("noise", [0.0, 0.5, 1.0])
def test_all_points_lie_in_the_plot_whatever_the_noise(name: str, noise: float) -> None:
    assert np.abs(made(name, samples=5000, noise=noise).inputs).max() <= 6.0


@EVERY
def test_the_same_stream_gives_the_same_bits_and_another_seed_others(name: str) -> None:
    once, again = made(name, noise=0.3), made(name, noise=0.3)
    assert once.inputs.tobytes() == again.inputs.tobytes()
    assert once.inputs.tobytes() != made(name, noise=0.3, seed=8).inputs.tobytes()


@EVERY
def test_more_samples_keep_those_that_were_there(name: str) -> None:
    few, many = made(name, samples=50, noise=0.4), made(name, samples=90, noise=0.4)
    assert np.array_equal(few.inputs, many.inputs[:50])


@EVERY
def test_noise_moves_every_point_in_its_own_direction_in_proportion(name: str) -> None:
    none, little, more = (made(name, noise=noise).inputs for noise in (0.0, 0.01, 0.02))
    inside = np.abs(none).max(axis=1) < 5.5  # far enough from the edge not to be reflected
    assert np.allclose((more - none)[inside], 2.0 * (little - none)[inside], rtol=0.0, atol=1e-12)
    assert np.abs(little - none).max() > 0.0


@EVERY
def test_a_small_step_of_the_noise_slider_moves_points_a_small_way(name: str) -> None:
    for noise in (0.0, 0.25, 0.5, 0.98):
        step = np.abs(made(name, noise=noise + 0.001).inputs - made(name, noise=noise).inputs)
        assert step.max() < 0.02  # 0.001 times the largest spread, 3.75, times five deviations


@EVERY
def test_noise_does_not_change_the_classes(name: str) -> None:
    assert np.array_equal(made(name, noise=0.0).targets, made(name, noise=1.0).targets)


def test_the_circle_is_a_blue_disc_in_an_orange_ring() -> None:
    orange, blue = parts(made("circle", samples=2000))
    outer, inner = np.hypot(*orange.T), np.hypot(*blue.T)
    assert inner.max() <= 2.5 + 1e-9
    assert outer.min() >= 3.5 - 1e-9
    assert outer.max() <= 5.0 + 1e-9
    quadrants = {(bool(x1 > 0), bool(x2 > 0)) for x1, x2 in orange}
    assert len(quadrants) == 4


def test_xor_is_blue_where_the_signs_agree() -> None:
    samples = made("xor", samples=2000)
    assert np.array_equal(samples.inputs.prod(axis=1) > 0.0, samples.targets == 1.0)
    distances = np.abs(samples.inputs)
    assert distances.min() >= 0.3
    assert distances.max() <= 5.0
    for part in parts(samples):
        assert 0.4 < np.mean(part[:, 0] > 0.0) < 0.6


def test_gauss_is_two_normal_clusters() -> None:
    orange, blue = parts(made("gauss", samples=20_000))
    for cluster, centre in ((orange, -2.0), (blue, 2.0)):
        assert np.allclose(cluster.mean(axis=0), centre, atol=0.03)
        assert np.allclose(cluster.std(axis=0), 0.7, atol=0.02)
        assert abs(np.mean((cluster - centre).prod(axis=1))) < 0.03 * 0.7**2
        assert np.mean(np.abs(cluster[:, 0] - centre) < 0.7) == pytest.approx(0.683, abs=0.02)


def test_half_noise_widens_the_clusters_to_a_deviation_of_two() -> None:
    noisy, none = made("gauss", samples=20_000, noise=0.5), made("gauss", samples=20_000)
    moved = np.median(np.abs(noisy.inputs - none.inputs))
    assert moved / 0.6745 == pytest.approx(np.sqrt(2.0**2 - 0.7**2), abs=0.06)


def test_the_spiral_has_two_arms_of_a_turn_and_three_quarters() -> None:
    orange, blue = parts(made("spiral", samples=1000))
    for arm, start in ((blue, np.pi / 2), (orange, -np.pi / 2)):
        radius = np.hypot(*arm.T)
        assert radius.max() <= 5.0
        angle = start - 2.0 * np.pi * 1.75 * radius / 5.0
        expected = np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
        assert np.allclose(arm, expected, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "samples", "noise", "said"),
    [
        ("moons", 10, 0.0, '"moons"; choose one of circle, xor, gauss, spiral'),
        ("circle", 1, 0.0, "samples is 1"),
        ("circle", 10, -0.1, "noise is -0.1"),
        ("circle", 10, 1.5, "between 0 and 1"),
        ("circle", 10, float("nan"), "noise is nan"),
    ],
)
def test_an_impossible_wish_is_refused(name: str, samples: int, noise: float, said: str) -> None:
    with pytest.raises(InputError) as caught:
        made(name, samples=samples, noise=noise)
    assert said in str(caught.value)
