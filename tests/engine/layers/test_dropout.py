"""Dropout: what stays, how it is scaled, and that it rests when the network only answers."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Dense, Dropout
from nnplayground.engine.network import Network, with_ones
from nnplayground.errors import InputError
from tests.engine.layers.working import answers, share_below, work_of


def test_about_the_rate_is_dropped_and_the_rest_is_scaled_up() -> None:
    work = work_of(Dropout(0.3), (50,), 400, seeds=(1,))
    found = answers(work, np.ones((400, 50)), (50,))
    kept = found != 0.0
    np.testing.assert_allclose(found[kept], 1.0 / 0.7, rtol=1e-15)
    deviation = np.sqrt(0.3 * 0.7 / found.size)
    assert abs(1.0 - kept.mean() - 0.3) < 4.0 * deviation


def test_every_batch_drops_others_and_a_seed_repeats_them() -> None:
    one, same = (work_of(Dropout(0.5), (20,), 30, seeds=(4,)) for _ in range(2))
    ones = np.ones((30, 20))
    first, second = answers(one, ones, (20,)).copy(), answers(one, ones, (20,)).copy()
    assert not np.array_equal(first, second)
    assert np.array_equal(answers(same, ones, (20,)), first)


def test_the_gradient_goes_where_the_values_went() -> None:
    work = work_of(Dropout(0.5), (20,), 30, seeds=(4,))
    found = answers(work, np.ones((30, 20)), (20,))
    assert np.array_equal(share_below(work, np.full((30, 20), 3.0), (20,)), 3.0 * found)


def test_each_run_draws_from_its_own_generator() -> None:
    architecture = Architecture((6,), (Dropout(0.4), Dense(2, "identity")))
    flat = np.random.default_rng(1).normal(size=(2, architecture.parameter_count))
    inputs = np.random.default_rng(2).normal(size=(9, 6))
    together = Network(architecture, flat).forward(9, generators=[np.random.default_rng(seed) for seed in (5, 6)])
    found = together(with_ones(inputs).T).copy()
    for place, seed in enumerate((5, 6)):
        alone = Network(architecture, flat[place]).forward(9, generators=[np.random.default_rng(seed)])
        np.testing.assert_allclose(found[place], alone(with_ones(inputs).T), rtol=1e-12)


def test_a_network_that_only_answers_drops_nothing() -> None:
    layers = (Dense(5, "tanh"), Dense(2, "identity"))
    plain = Architecture((3,), layers)
    dropping = Architecture((3,), (Dropout(0.2), layers[0], Dropout(0.5), layers[1]))
    flat = np.random.default_rng(1).normal(size=plain.parameter_count)
    inputs = np.random.default_rng(2).normal(size=(7, 3))
    assert np.array_equal(Network(plain, flat).outputs(inputs), Network(dropping, flat).outputs(inputs))


@pytest.mark.parametrize("rate", [-0.1, 1.0, float("nan")])
def test_impossible_rates(rate: float) -> None:
    with pytest.raises(InputError, match="must be a number from 0 to below 1"):
        Dropout(rate)
