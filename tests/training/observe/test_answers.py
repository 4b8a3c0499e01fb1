"""What the network answers for every sample, against a forward pass written out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.training.observe.answers import AnswersRequest, answers_of
from nnplayground.training.observe.observation import Subject
from nnplayground.training.run.run import Run

DATA = DataSpec(source=GeneratedSource(samples=70, noise=0.3))
PROJECT = Project(data=DATA, network=NetworkSpec(layers=(DenseSpec(4), DenseSpec(2))))


def outputs_by_hand(run: Run) -> np.ndarray:
    """Return the output of tanh layers with a sigmoid or linear end, for all samples in their order."""
    values = run.data.network_inputs(run.data.samples.inputs)
    weights, biases = run.architecture.weights(run.network.parameters), run.architecture.biases(run.network.parameters)
    for layer, (matrix, bias) in enumerate(zip(weights, biases, strict=True)):
        sums = np.einsum("oi,si->so", matrix, values) + bias
        values = np.tanh(sums) if layer < len(weights) - 1 else sums
    return values


def test_two_classes_are_told_by_the_sign_of_the_output() -> None:
    run = Run(PROJECT)
    run.train_epochs(20)
    answers = answers_of(Subject(run))(AnswersRequest())
    logits = outputs_by_hand(run)[:, 0]
    np.testing.assert_array_equal(answers.predicted, (logits > 0.0).astype(float))
    np.testing.assert_allclose(answers.score, np.tanh(logits / 2.0), atol=1e-12)  # 2 sigmoid(z) - 1


def test_a_number_is_told_as_it_is() -> None:
    run = Run(replace(PROJECT, data=DataSpec(source=GeneratedSource("saddle", samples=50))))
    run.train_epochs(5)
    answers = answers_of(Subject(run))(AnswersRequest())
    np.testing.assert_allclose(answers.predicted, outputs_by_hand(run)[:, 0], atol=1e-12)
    assert np.isnan(answers.score).all()


def test_asking_changes_nothing() -> None:
    asked, left_alone = Run(PROJECT), Run(PROJECT)
    ask = answers_of(Subject(asked))
    for _ in range(5):
        ask(AnswersRequest())
        asked.train_epochs(1)
        left_alone.train_epochs(1)
    assert asked.network.parameters.tobytes() == left_alone.network.parameters.tobytes()
