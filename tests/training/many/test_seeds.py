"""What many seeds tell: the band, the share that succeeded with its interval, and what a study keeps when it ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.data.progress import Progress
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, InitializerSpec, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.many import seeds as module
from nnplayground.training.many.multi_seed_runs import VARIES, Vary, train_many
from nnplayground.training.many.seeds import (
    MOST_SINGLES,
    QUANTILES,
    Criterion,
    SeedsRequest,
    Study,
    quantiles,
    seeds_from,
    study_seeds,
    wilson,
)

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))
WISH = SeedsRequest(seeds_from(1, 6), "weights", 12)


def study(project: Project = SMALL, wish: SeedsRequest = WISH) -> Study:
    """Study the seeds of a wish, without reports."""
    return study_seeds(project, wish, tell=lambda _study: None)


@pytest.mark.parametrize("runs", [1, 2, 3, 10, 31])
def test_quantiles_are_those_of_numpy(runs: int) -> None:
    values = np.random.default_rng(runs).normal(size=(runs, 4))
    np.testing.assert_allclose(quantiles(values), np.quantile(values, QUANTILES, axis=0), rtol=1e-13)


def test_what_is_infinite_is_larger_than_everything_and_spoils_nothing_else() -> None:
    found = quantiles(np.array([1.0, np.inf, 2.0, 3.0, np.inf]))
    assert found[0] == 1.0
    assert found[3] == 3.0
    assert found[-1] == np.inf
    assert not np.isnan(found).any()


# Computed by hand from the formula of the paper with z = 1.96.
@pytest.mark.parametrize(
    ("successes", "runs", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (27, 30, 0.7438, 0.9654)],
)
def test_the_interval_of_wilson(successes: int, runs: int, low: float, high: float) -> None:
    assert wilson(successes, runs) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("vary", VARIES)
def test_the_band_is_that_of_the_curves(vary: Vary) -> None:
    wish = replace(WISH, vary=vary)
    found = study(SMALL, wish)
    limited = replace(SMALL, training=replace(SMALL.training, stop=StopSpec(max_epochs=12)))
    curves = train_many(limited, wish.seeds, vary=wish.vary).curves
    for part, name in ((found.train, "train_cost"), (found.test, "test_cost")):
        costs = np.array([getattr(curve, name) for curve in curves])
        assert part is not None and part.singles is not None
        np.testing.assert_allclose(part.singles, costs, rtol=1e-12)
        np.testing.assert_allclose(part.quantiles, np.quantile(costs, QUANTILES, axis=0), rtol=1e-10)
    assert found.is_whole
    assert found.epochs == (12,) * 6


def test_a_run_that_has_ended_keeps_its_last_value() -> None:
    stop = StopSpec(target_cost=0.55)
    training = TrainingSpec(stop=stop, optimizer=OptimizerSpec(learning_rate=0.1))
    found = study(replace(SMALL, training=training), replace(WISH, epochs=40))
    assert len(set(found.epochs)) > 1
    assert found.train.singles is not None
    for curve, epoch in zip(found.train.singles, found.epochs, strict=True):
        assert (curve[epoch:] == curve[epoch]).all()
        assert len(curve) == max(found.epochs) + 1


def test_without_a_test_part_the_training_part_counts() -> None:
    found = study(replace(SMALL, data=replace(SMALL.data, test_fraction=0.0)))
    assert found.test is None
    assert found.part == "train"
    assert found.costs.min() == pytest.approx(found.train.quantiles[0, -1])
    assert found.costs.max() == pytest.approx(found.train.quantiles[-1, -1])
    assert np.array_equal(found.scores, found.results[2])


def test_success_is_what_the_criterion_says() -> None:
    found = study()
    assert found.part == "test"
    middle = float(np.median(found.costs))
    assert found.succeeded(Criterion("cost", middle)).sum() == 3
    assert found.succeeded(Criterion("score", 0.0)).all()
    assert not found.succeeded(Criterion("score", 1.01)).any()


def test_runs_that_diverged_have_failed_whatever_their_numbers() -> None:
    network = NetworkSpec(layers=(DenseSpec(8, "relu"), DenseSpec(8, "relu")), output_activation="identity")
    training = TrainingSpec(optimizer=OptimizerSpec(learning_rate=1.0), cost="mse")
    found = study(replace(SMALL, network=network, training=training), replace(WISH, seeds=seeds_from(0, 12)))
    assert 0 < found.diverged.sum() < 12
    assert np.array_equal(found.succeeded(Criterion("score", 0.0)), ~found.diverged)
    assert np.isfinite(found.train.quantiles).all()


def test_many_runs_have_no_single_curves() -> None:
    many = replace(WISH, seeds=seeds_from(1, MOST_SINGLES + 1), epochs=1)
    assert study(SMALL, many).train.singles is None
    assert study(SMALL, replace(many, seeds=seeds_from(1, MOST_SINGLES))).train.singles is not None


def test_everything_varies_also_what_has_a_seed_of_its_own() -> None:
    network = NetworkSpec(initializer=InitializerSpec(seed=7))
    pinned = replace(SMALL, network=network, data=replace(SMALL.data, split_seed=3))
    found = study(pinned, replace(WISH, vary="all"))
    assert np.array_equal(found.results, study(SMALL, replace(WISH, vary="all")).results, equal_nan=True)


def test_what_is_told_on_the_way_never_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TELL_SECONDS", -1.0)
    told: list[Study] = []
    last = study_seeds(SMALL, WISH, tell=told.append)
    assert [len(one.train) for one in told] == [*range(2, 14), 13]
    assert told[-1] is last
    for one in told:
        assert np.array_equal(one.train.quantiles, last.train.quantiles[:, : len(one.train)])
        assert not one.train.quantiles.flags.writeable


def test_to_cancel_keeps_what_is_done_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TELL_SECONDS", -1.0)
    progress, told = Progress(), []

    def tell(one: Study) -> None:
        told.append(one)
        if len(one.train) == 5:
            progress.cancel()

    found = study_seeds(SMALL, WISH, tell=tell, progress=progress)
    assert len(found.train) == 5
    assert told[-1] is found
    assert not found.is_whole
    assert found.epochs == (4,) * 6


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="There is no seed"):
        study(SMALL, replace(WISH, seeds=()))
