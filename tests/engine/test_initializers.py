"""Initial weights have the spread that their authors derived."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.engine.initializers import INITIALIZERS, InitializerSettings

OUT, BELOW = 300, 200
SETTINGS = InitializerSettings(low=-0.2, high=0.6, std=0.3, value=0.25)
MEAN_AND_VARIANCE = {
    "xavier_uniform": (0.0, 2.0 / (OUT + BELOW)),
    "xavier_normal": (0.0, 2.0 / (OUT + BELOW)),
    "he_uniform": (0.0, 2.0 / BELOW),
    "he_normal": (0.0, 2.0 / BELOW),
    "lecun_uniform": (0.0, 1.0 / BELOW),
    "lecun_normal": (0.0, 1.0 / BELOW),
    "orthogonal": (0.0, 1.0 / OUT),
    "zeros": (0.0, 0.0),
    "uniform": (0.2, 0.8**2 / 12.0),
    "normal": (0.0, 0.09),
    "constant": (0.25, 0.0),
}
BOUNDS = {
    "xavier_uniform": (6.0 / (OUT + BELOW)) ** 0.5,
    "he_uniform": (6.0 / BELOW) ** 0.5,
    "lecun_uniform": (3.0 / BELOW) ** 0.5,
    "orthogonal": 1.0,
    "zeros": 0.0,
    "uniform": 0.6,
    "constant": 0.25,
}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_mean_variance_and_bounds(name: str) -> None:
    drawn = INITIALIZERS[name].draw(np.random.default_rng(3), (OUT, BELOW), SETTINGS)
    mean, variance = MEAN_AND_VARIANCE[name]
    assert drawn.shape == (OUT, BELOW)
    assert drawn.mean() == pytest.approx(mean, abs=4.0 * (variance / drawn.size) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.03)
    assert np.abs(drawn).max() <= BOUNDS.get(name, np.inf)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_same_stream_gives_same_weights(name: str) -> None:
    one, other = (INITIALIZERS[name].draw(np.random.default_rng(5), (3, 2), SETTINGS) for _ in range(2))
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4)])
def test_orthogonal_directions_have_length_one_and_right_angles(shape: tuple[int, int]) -> None:
    matrix = INITIALIZERS["orthogonal"].draw(np.random.default_rng(1), shape, SETTINGS)
    product = matrix.T @ matrix if shape[0] >= shape[1] else matrix @ matrix.T
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-12)
