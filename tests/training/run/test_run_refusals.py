"""What a run refuses when it is made, with one sentence each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnplayground.data.samples import Samples
from nnplayground.data.split import split_rows
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    PointsSource,
    Project,
)
from nnplayground.training.run.prepare import prepare_samples
from nnplayground.training.run.run import Run
from nnplayground.training.run.streams import Streams

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


def samples_of(targets: list[int], *, classes: tuple[str, ...]) -> Samples:
    """Return samples of these classes, as a table would give them."""
    inputs = np.array([(float(x), 0.0) for x in range(len(targets))])
    bounds = np.array([(-6.0, 6.0)] * 2)
    return Samples(inputs, np.array(targets, dtype=float), ("x1", "x2"), "class", classes, bounds)


def tuned(project: Project, **changes: Any) -> Project:
    return replace(project, training=replace(project.training, **changes))


class TestRefusals:
    def test_pictures_that_are_not_there(self) -> None:
        with pytest.raises(InputError, match="no such folder"):
            Run(Project(data=DataSpec(source=ImagesSource(path="no such folder"))))

    @pytest.mark.parametrize(
        ("output", "cost", "legal"),
        [("sigmoid", "cross_entropy", "binary_cross_entropy"), ("softmax", "binary_cross_entropy", "cross_entropy")],
    )
    def test_a_cost_that_does_not_fit_the_output(self, output: str, cost: str, legal: str) -> None:
        project = replace(SMALL, network=replace(SMALL.network, output_activation=output))
        with pytest.raises(InputError, match=f"training.cost is .*{legal}"):
            Run(tuned(project, cost=cost))

    @pytest.mark.parametrize(
        ("cost", "output"),
        [
            ("hinge", "identity"),
            ("cross_entropy", "softmax"),
            ("binary_cross_entropy", "sigmoid"),
            ("mse", "sigmoid"),
            ("auto", "sigmoid"),
        ],
    )
    def test_an_output_that_is_left_open_follows_the_cost(self, cost: str, output: str) -> None:
        run = Run(tuned(SMALL, cost=cost))
        assert run.data.rule.activation == output
        run.train_epochs(2)
        assert run.stop is None

    def test_a_training_part_of_one_class(self) -> None:
        samples = samples_of([1, 0, 0, 0, 0, 0], classes=("a", "b"))
        refused = []
        for seed in range(20):
            project = Project(seed=seed, data=DataSpec(test_fraction=0.5))
            part, _ = split_rows(6, test_fraction=0.5, rng=Streams(project).split())
            if 0 in part:
                assert len(np.unique(Run(project, prepare_samples(project, samples)).data.train_targets)) == 2
            else:
                refused.append(seed)
                with pytest.raises(InputError, match='All 3 training samples are of the class "a"; give samples of'):
                    prepare_samples(project, samples)
        assert 0 < len(refused) < 20

    def test_one_class_only(self) -> None:
        with pytest.raises(InputError, match='All samples are of the class "blue"; give samples of at least two'):
            prepare_samples(Project(), samples_of([1] * 12, classes=("orange", "blue")))

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            (PointsSource(), "There are no points yet; draw some, of at least two classes."),
            (PointsSource(task="regression", classes=()), "There are no points yet; draw some to learn from."),
            (PointsSource(points=((0.0, 0.0, 1.0),) * 12), 'All points are of the class "blue"; draw some of another'),
        ],
    )
    def test_a_drawing_that_has_just_begun(self, source: PointsSource, said: str) -> None:
        with pytest.raises(InputError, match=said):
            Run(Project(data=DataSpec(source=source)))

    def test_fewer_samples_than_outputs(self) -> None:
        samples = samples_of([0, 1, 2, 3], classes=("a", "b", "c", "d"))
        with pytest.raises(InputError, match="There are 2 samples to train 4 outputs"):
            prepare_samples(Project(data=DataSpec(test_fraction=0.5)), samples)
        whole = Project(data=DataSpec(test_fraction=0.0))
        assert Run(whole, prepare_samples(whole, samples)).stop is None

    def test_two_drawn_points_are_enough_for_many_classes(self) -> None:
        source = PointsSource(classes=("a", "b", "c", "d"), points=((0.0, 0.0, 0.0), (1.0, 0.0, 3.0)))
        assert Run(Project(data=DataSpec(source=source))).stop is None

    def test_layers_for_pictures_on_a_plane(self) -> None:
        network = NetworkSpec(layers=(Conv2DSpec(), FlattenSpec()))
        with pytest.raises(InputError, match="Layer 1 of 3: A convolution layer cannot stand on 2 values"):
            Run(replace(SMALL, network=network))

    def test_a_dense_layer_straight_on_pictures(self) -> None:
        network = NetworkSpec(layers=(Conv2DSpec(), DenseSpec()))
        with pytest.raises(InputError, match="put a flatten layer between them"):
            Run(Project(data=DataSpec(source=ImagesSource()), network=network))

    def test_an_empty_test_part(self) -> None:
        source = GeneratedSource(samples=10)
        with pytest.raises(InputError, match="test"):
            Run(Project(data=DataSpec(source=source, test_fraction=0.01)))
