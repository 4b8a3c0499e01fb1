"""The generated data sets have the shapes their names promise: without noise every point lies where it should."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.data.datasets import generate
from nnplayground.data.samples import Samples


def made(name: str, *, samples: int = 400, noise: float = 0.0, seed: int = 7) -> Samples:
    """Return a data set from a fresh random stream."""
    return generate(name, samples=samples, noise=noise, rng=np.random.default_rng(seed))


def parts(samples: Samples) -> tuple[Floats, ...]:
    """Return the points of each class."""
    return tuple(samples.inputs[samples.targets == index] for index in range(len(samples.classes)))


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


def test_the_moons_are_two_half_circles_that_reach_into_each_other() -> None:
    orange, blue = parts(made("moons", samples=1000))
    assert np.allclose(np.hypot(orange[:, 0] + 1.5, orange[:, 1] + 0.75), 3.0)
    assert np.allclose(np.hypot(blue[:, 0] - 1.5, blue[:, 1] - 0.75), 3.0)
    assert orange[:, 1].min() >= -0.75 - 1e-9
    assert blue[:, 1].max() <= 0.75 + 1e-9
    for moon in (orange, blue):  # whole half circles, from end to end
        assert np.ptp(moon[:, 0]) == pytest.approx(6.0, abs=0.01)
        assert np.ptp(moon[:, 1]) == pytest.approx(3.0, abs=0.02)


def test_neighbouring_squares_of_the_checkerboard_are_of_different_classes() -> None:
    samples = made("checkerboard", samples=8000)
    columns, rows = np.floor((samples.inputs + 5.0) / 2.5).astype(int).T
    assert np.array_equal((columns + rows) % 2, samples.targets)
    counts = np.bincount(4 * columns + rows, minlength=16)
    assert len(counts) == 16
    assert np.abs(counts / 500.0 - 1.0).max() < 0.2


def test_the_squares_of_the_checkerboard_are_filled_evenly_but_for_their_borders() -> None:
    inside = ((made("checkerboard", samples=8000).inputs + 5.0) / 2.5) % 1.0
    assert inside.min() >= 0.05 - 1e-9
    assert inside.max() <= 0.95 + 1e-9
    assert np.allclose(inside.mean(axis=0), 0.5, atol=0.02)
    assert np.allclose(inside.std(axis=0), 0.9 / math.sqrt(12.0), atol=0.01)


def test_each_ring_has_its_radii_and_goes_all_around() -> None:
    for ring, (low, high) in zip(parts(made("rings", samples=3000)), ((0, 1), (2, 3), (4, 5)), strict=True):
        radius = np.hypot(*ring.T)
        assert radius.min() >= low - 1e-9
        assert radius.max() <= high + 1e-9
        assert radius.mean() == pytest.approx((low + high) / 2.0, abs=0.03)
        eighths = np.floor(np.arctan2(ring[:, 1], ring[:, 0]) / (math.pi / 4.0))
        assert len(set(eighths.tolist())) == 8


def test_the_blobs_are_normal_clusters_evenly_around_the_middle() -> None:
    centres = ((0.0, 3.8), (-3.8, 0.0), (0.0, -3.8), (3.8, 0.0))
    for blob, centre in zip(parts(made("blobs", samples=40_000)), centres, strict=True):
        assert np.allclose(blob.mean(axis=0), centre, atol=0.02)
        assert np.allclose(blob.std(axis=0), 0.55, atol=0.02)
        assert np.mean(np.abs(blob[:, 0] - centre[0]) < 0.55) == pytest.approx(0.683, abs=0.02)


def test_the_three_arms_are_one_arm_turned_by_thirds() -> None:
    for place, arm in enumerate(parts(made("three_spirals", samples=1500))):
        radius = np.hypot(*arm.T)
        assert 4.9 < radius.max() <= 5.0 + 1e-9
        angle = math.radians(90.0 + 120.0 * place) - math.radians(450.0) * radius / 5.0
        assert np.allclose(arm[:, 0], radius * np.cos(angle), atol=1e-9)
        assert np.allclose(arm[:, 1], radius * np.sin(angle), atol=1e-9)


@pytest.mark.parametrize("name", ["plane", "hills", "saddle"])
def test_points_with_values_lie_evenly_in_the_square(name: str) -> None:
    samples = made(name, samples=16_000)
    columns, rows = np.floor((samples.inputs + 6.0) / 3.0).astype(int).T
    counts = np.bincount(4 * columns + rows, minlength=16)
    assert len(counts) == 16
    assert np.abs(counts / 1000.0 - 1.0).max() < 0.15
    assert -1.05 < samples.targets.min() < -0.9
    assert 0.9 < samples.targets.max() < 1.05


def test_the_plane_has_the_same_slope_everywhere() -> None:
    samples = made("plane", samples=300)
    with_one = np.column_stack((samples.inputs, np.ones(300)))
    slopes, residual, *_ = np.linalg.lstsq(with_one, samples.targets)
    assert np.allclose(slopes, (1.0 / 12.0, 1.0 / 12.0, 0.0))
    assert residual[0] < 1e-20


def test_the_hills_add_up_one_bump_at_a_time() -> None:
    tops = {(-4.0, 2.5): 1, (0.0, 2.5): -1, (4.0, 2.5): 1, (-4.0, -2.5): -1, (0.0, -2.5): 1, (4.0, -2.5): -1}
    samples = made("hills", samples=200)
    for point, value in zip(samples.inputs.tolist(), samples.targets.tolist(), strict=True):
        bumps = [sign * math.exp(-((math.dist(point, top) / 1.2) ** 2) / 2.0) for top, sign in tops.items()]
        assert value == pytest.approx(sum(bumps), abs=1e-12)


def test_the_saddle_is_zero_on_both_diagonals_and_rises_to_the_sides() -> None:
    samples = made("saddle", samples=1000)
    for (across, up), value in zip(samples.inputs.tolist(), samples.targets.tolist(), strict=True):
        assert value == pytest.approx((across - up) * (across + up) / 36.0, abs=1e-12)
        assert (value > 0.0) == (abs(across) > abs(up))
