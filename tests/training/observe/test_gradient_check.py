"""The gradient check finds what is wrong, says where, and is not fooled by kinks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import dense
from nnplayground.explain.gradient_check import check_message
from nnplayground.explain.words import words_of
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    Project,
)
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.observe.gradient_check import check_gradient, gradient_check
from nnplayground.training.run.prepare import prepare_samples
from nnplayground.training.run.run import Run
from tests.projects import picture_projects, projects

SMALL = Project(network=NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.4), DenseSpec(3, "sigmoid"))))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_the_gradient_of_any_legal_project_is_right(project: Project) -> None:
    run = Run(project)
    run.train(5)
    report = gradient_check(run)
    assert report.passed, words_of(check_message(report))


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(case=picture_projects())
def test_so_is_that_of_any_network_for_pictures(case: tuple[Project, Samples]) -> None:
    project, pictures = case
    report = gradient_check(Run(project, prepare_samples(project, pictures)))
    assert report.passed, words_of(check_message(report))


@pytest.mark.parametrize("seed", range(20))
def test_a_smooth_network_has_no_kinks(seed: int) -> None:
    run = Run(replace(SMALL, seed=seed, network=NetworkSpec(layers=(DenseSpec(4), DenseSpec(2)))))
    run.train(seed * 20)
    report = gradient_check(run)
    assert report.passed
    assert report.direction_kinks + sum(layer.kinks for layer in report.layers) == 0


@pytest.mark.parametrize("seed", range(12))
def test_numbers_beyond_what_can_be_measured_give_no_false_alarm(seed: int) -> None:
    rng = np.random.default_rng(seed)
    architecture = Architecture.dense((2, 4, 3, 1), ("relu", "sine", "identity"))
    parameters = rng.normal(size=architecture.parameter_count) * 10.0 ** rng.uniform(3.0, 20.0)
    data = Run(Project(data=DataSpec(source=GeneratedSource(name="saddle", samples=40)))).data
    assert check_gradient(architecture, parameters, data).passed


@pytest.mark.parametrize("seed", range(40))
def test_a_deep_network_of_relus_gives_no_false_alarm(seed: int) -> None:
    network = NetworkSpec(layers=(DenseSpec(8, "relu"),) * 4, initializer=InitializerSpec(name="he_uniform"))
    optimizer = OptimizerSpec(name="adam", learning_rate=0.005)
    data = DataSpec(source=GeneratedSource(samples=300, noise=0.1))
    run = Run(Project(seed=seed, data=data, network=network, training=TrainingSpec(optimizer=optimizer)))
    run.train_epochs(5)
    report = gradient_check(run)
    assert report.passed, words_of(check_message(report))
    assert sum(layer.compared for layer in report.layers) > 30


def test_numbers_beyond_all_bounds_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    huge = Parameters(weights=(((1e200, 1e200),),), biases=((0.0,),))
    network = NetworkSpec(layers=(), output_activation="identity")
    run = Run(Project(network=network, training=TrainingSpec(cost="mse"), parameters=huge))
    report = gradient_check(run)
    assert not report.passed and report.worst is None
    assert "beyond all bounds" in words_of(check_message(report))
    assert run.penalty() == 0.0


def test_the_run_is_left_as_it_is() -> None:
    checked, other = Run(SMALL), Run(SMALL)
    checked.train(20)
    gradient_check(checked)
    checked.train(20)
    other.train(40)
    assert checked.network.parameters.tobytes() == other.network.parameters.tobytes()


def test_a_wrong_derivative_is_found_and_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets_the_square(delta: Floats, z: Floats, a: Floats, scratch: Floats) -> None:
        np.subtract(1.0, a, scratch)
        np.multiply(delta, scratch, delta)

    wrong = dict(ACTIVATIONS, tanh=replace(ACTIVATIONS["tanh"], backward=forgets_the_square))
    monkeypatch.setattr(dense, "ACTIVATIONS", wrong)
    report = gradient_check(Run(SMALL))
    assert not report.passed
    assert "do NOT agree" in words_of(check_message(report))
    broken, above, output = (layer.worst for layer in report.layers)
    assert broken is not None and broken.relative_error > 0.01 and words_of(broken.place).startswith("layer 1, neuron")
    assert above is not None and above.relative_error < report.tolerance
    assert output is not None and output.relative_error < report.tolerance


def test_kinks_are_counted_and_not_judged() -> None:
    """With zero weights every ReLU sits exactly on its kink, and the weights above it make that felt."""
    network = NetworkSpec(layers=(DenseSpec(4, "relu"),), initializer=InitializerSpec(name="zeros"))
    run = Run(replace(SMALL, network=network))
    run.architecture.weights(run.network.parameters)[1][:] = 1.0
    report = gradient_check(run)
    assert report.passed
    assert report.layers[0].kinks == 12 and report.layers[0].worst is None
    assert report.layers[1].kinks == 0
    assert "were left out" in words_of(check_message(report))


def test_a_convolutional_network_on_the_digits() -> None:
    layers = (Conv2DSpec(4, 3, padding=1), MaxPool2DSpec(2), FlattenSpec(), DenseSpec(10, "tanh"))
    run = Run(Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers)))
    run.train(20)
    report = gradient_check(run)
    assert report.passed, words_of(check_message(report))
    assert len(report.layers) == 3
    places = [words_of(layer.worst.place).split(",")[:2] for layer in report.layers if layer.worst is not None]
    assert [words[0] for words in places] == ["layer 1", "layer 4", "output layer"]
    assert places[0][1].startswith(" filter")
    assert "agree at" in words_of(check_message(report))
