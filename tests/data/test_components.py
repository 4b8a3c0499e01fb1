"""Principal components: held against the singular values of NumPy and against data whose directions are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.arrays import Floats
from nnplayground.data import components as components_module
from nnplayground.data.components import principal_components, score_bounds


def cloud(rows: int, columns: int, *, seed: int = 1) -> Floats:
    rng = np.random.default_rng(seed)
    mixed: Floats = rng.normal(size=(rows, columns)) @ rng.normal(size=(columns, columns)) + rng.normal(size=columns)
    return mixed


@pytest.mark.parametrize(("rows", "columns"), [(40, 3), (200, 7), (12, 30)])
def test_directions_and_shares_are_those_of_the_singular_values(rows: int, columns: int) -> None:
    inputs = cloud(rows, columns)
    found = principal_components(inputs)
    standardized = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    _, sizes, expected = np.linalg.svd(standardized, full_matrices=False)
    assert found.shares == pytest.approx(((sizes**2) / (sizes**2).sum())[:2].tolist())
    for ours, theirs in zip(found.directions, expected[:2], strict=True):
        assert abs(float(ours @ theirs)) == pytest.approx(1.0, abs=1e-9)


@given(rows=st.integers(2, 30), columns=st.integers(2, 12), seed=st.integers(0, 99))
def test_directions_are_orthogonal_of_length_1_and_lean_to_the_positive(rows: int, columns: int, seed: int) -> None:
    found = principal_components(cloud(rows, columns, seed=seed))
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2), atol=1e-9)
    for direction in found.directions:
        assert direction[np.argmax(np.abs(direction))] > 0.0
    assert 0.0 <= found.shares[1] <= found.shares[0] + 1e-12
    assert sum(found.shares) <= 1.0 + 1e-9


def test_the_unit_of_an_input_does_not_matter() -> None:
    inputs = cloud(60, 4)
    grams = inputs * np.array([1.0, 1000.0, 1.0, 0.01])
    assert principal_components(grams).shares == pytest.approx(principal_components(inputs).shares)
    np.testing.assert_allclose(
        principal_components(grams).directions, principal_components(inputs).directions, atol=1e-9
    )


def test_pixels_share_a_unit_and_the_one_that_varies_most_leads() -> None:
    rng = np.random.default_rng(2)
    pixels = rng.normal(size=(80, 3)) * np.array([0.01, 5.0, 0.3])
    found = principal_components(pixels, same_unit=True)
    assert np.argmax(found.directions[0]) == 1
    assert np.argmax(found.directions[1]) == 2
    assert found.spread.tolist() == [1.0, 1.0, 1.0]


def test_scores_lead_back_to_inputs_that_have_these_scores() -> None:
    inputs = cloud(50, 5)
    found = principal_components(inputs)
    places = np.array([[0.0, 0.0], [1.5, -2.0], [-0.3, 0.7]])
    np.testing.assert_allclose(found.scores(found.inputs(places)), places, atol=1e-9)
    np.testing.assert_allclose(found.inputs(places)[0], inputs.mean(axis=0))


def test_what_has_two_dimensions_is_shown_whole() -> None:
    rng = np.random.default_rng(4)
    flat = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 6))
    found = principal_components(flat, same_unit=True)
    assert sum(found.shares) == pytest.approx(1.0)
    np.testing.assert_allclose(found.inputs(found.scores(flat)), flat, atol=1e-9)


@pytest.mark.parametrize(
    "inputs",
    [np.full((5, 4), 3.0), np.ones((1, 3)), np.column_stack((np.arange(6.0), np.arange(6.0), np.full(6, 0.1)))],
)
def test_samples_that_do_not_spread_still_give_a_plane(inputs: Floats) -> None:
    found = principal_components(inputs)
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2), atol=1e-9)
    assert np.isfinite(found.scores(inputs)).all()
    assert found.shares[1] == pytest.approx(0.0)


def test_many_samples_are_sampled_and_the_directions_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = np.random.default_rng(7).normal(size=(5_000, 4)) @ np.diag([8.0, 4.0, 1.0, 1.0])
    with monkeypatch.context() as patch:
        patch.setattr(components_module, "MOST_ROWS", 10_000)
        whole = principal_components(inputs, same_unit=True)
    sampled = principal_components(inputs, same_unit=True)
    again = principal_components(inputs, same_unit=True)
    assert (np.abs((whole.directions * sampled.directions).sum(axis=1)) > 0.99).all()
    assert sampled.directions.tolist() == again.directions.tolist()


def test_the_plot_reaches_a_little_beyond_the_outermost_scores() -> None:
    bounds = score_bounds(np.array([[-2.0, 5.0], [8.0, 5.0], [0.0, 5.0]]))
    assert bounds.tolist() == [[-2.5, 8.5], [4.0, 6.0]]
