"""What the epoch loop asks of a kernel, and what the stopping rules remember."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.network import Network
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.run.epoch_samples import EpochSamples
from nnplayground.training.run.kernel import Done
from nnplayground.training.run.numpy_kernel import NumpyKernel
from nnplayground.training.run.prepare import architecture_of, prepare
from nnplayground.training.run.run import Run
from nnplayground.training.run.start import initial_parameters
from nnplayground.training.run.stopping import Improvement, Rules, epoch_of

PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.2)),
    network=NetworkSpec(layers=(DenseSpec(5, "relu"), DenseSpec(3, "relu"))),
    training=TrainingSpec(batch_size=7, optimizer=OptimizerSpec("momentum", learning_rate=0.05)),
)
DATA = prepare(PROJECT)
SAMPLES = len(DATA.train_rows)


def kernel_of(project: Project = PROJECT, *, runs: int = 0) -> NumpyKernel:
    """Return a kernel for one network, or for several that start from different weights."""
    architecture = architecture_of(project, DATA)
    starts = [initial_parameters(replace(project, seed=seed), architecture) for seed in range(max(1, runs))]
    network = Network(architecture, np.array(starts) if runs else starts[0])
    samples = EpochSamples(DATA.train_inputs, DATA.train_targets)
    return NumpyKernel(network, samples, project.training, cost=DATA.rule.cost)


def parameters(kernel: NumpyKernel) -> Floats:
    return kernel.network.parameters.copy()


def test_batches_may_be_taken_in_one_call_or_in_many() -> None:
    whole, parts, single = kernel_of(), kernel_of(), kernel_of()
    assert whole.train(0, 7, 7) == Done(7)  # 48 samples: the last batch is shorter
    assert (parts.train(0, 7, 3), parts.train(21, 7, 4)) == (Done(3), Done(4))
    calls: list[Floats] = []
    single.train(0, 7, 7, lambda: calls.append(parameters(single)))
    assert len(calls) == 7
    for one in (parts, single):
        assert np.array_equal(parameters(one), parameters(whole))


def test_a_sample_alone_in_between_leaves_the_next_epoch_its_batches() -> None:
    one, other = kernel_of(), kernel_of()
    for kernel in (one, other):
        kernel.train(0, 7, 2)
        kernel.train(14, 1, 1)
    one.train(15, 7, 5)
    for start, size in ((15, 7), (22, 7), (29, 7), (36, 7), (43, 5)):
        other.train(start, size, 1)
    assert SAMPLES == 48
    assert (one.train(0, 7, 7), other.train(0, 7, 7)) == (Done(7), Done(7))
    assert np.array_equal(parameters(one), parameters(other))


def test_a_single_run_does_not_take_a_step_beyond_all_bounds() -> None:
    kernel = kernel_of()
    kernel.train(0, 7, 1)
    kernel.network.parameters[0] = np.inf
    before = parameters(kernel)
    with np.errstate(all="ignore"):
        assert kernel.train(7, 7, 5) == Done(0, (0,))
    assert np.array_equal(parameters(kernel), before)


def test_of_several_runs_only_the_one_beyond_all_bounds_keeps_its_parameters() -> None:
    kernel, alone = kernel_of(runs=3), kernel_of(runs=3)
    with np.errstate(all="ignore"):
        kernel.network.parameters[1] = np.nan
        before = parameters(kernel)
        assert kernel.train(0, 7, 5) == Done(1, (1,))
        after = parameters(kernel)
        assert np.array_equal(after[1], before[1], equal_nan=True)
        assert kernel.train(7, 7, 4) == Done(4)  # it has been told of once
    alone.train(0, 7, 5)
    for run in (0, 2):
        assert np.array_equal(parameters(kernel)[run], parameters(alone)[run])


def test_runs_that_are_left_keep_their_parameters_and_the_others_go_on() -> None:
    kernel, alone = kernel_of(runs=3), kernel_of(runs=3)
    start = parameters(kernel)
    kernel.leave((0, 2))
    kernel.train(0, 7, 7)
    alone.train(0, 7, 7)
    assert np.array_equal(parameters(kernel)[[0, 2]], start[[0, 2]])
    assert np.array_equal(parameters(kernel)[1], parameters(alone)[1])


def test_a_run_says_how_far_the_epoch_is() -> None:
    run = Run(PROJECT)
    run.train(3)
    run.train_sample()
    assert (run.batch, run.batches, run.batches_left) == (3, 7, 4)  # 26 samples are left
    run.retune(replace(run.project.training, batch_size=20))
    assert (run.batch, run.batches_left) == (1, 2)
    run.train_epochs(1)
    assert (run.epoch, run.batch, run.batches_left) == (1, 0, 3)


def test_rules_are_values_and_the_lowest_cost_needs_no_fall_by_min_delta() -> None:
    spec, rules = StopSpec(min_delta=0.1), Rules()
    for number, cost in enumerate((1.0, 0.95, 0.8, 0.9)):
        before, rules = rules, rules.watched(spec, epoch_of(number, (cost + 1.0, cost, *[float("nan")] * 4)))
        assert before is not rules
    assert rules == Rules(Improvement(2, 0.8), Improvement(2, 1.8), Improvement(2, 0.8))
    assert rules.best_epoch == 2
    assert rules.waiting_anew() == Rules(lowest=Improvement(2, 0.8))


@pytest.mark.parametrize("cost", [float("nan"), float("inf")])
def test_the_first_cost_is_the_lowest_whatever_it_is(cost: float) -> None:
    first = Improvement(epoch=4).watched(cost, 5)
    assert (first.epoch, repr(first.best)) == (5, repr(cost))
