"""What a run refuses when it is made, with one sentence each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

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
from nnplayground.training.run import Run
from nnplayground.training.streams import Streams

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


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
        points = ((0.0, 0.0, 1.0), *((float(x), 1.0, 0.0) for x in range(5)))
        data = DataSpec(source=PointsSource(classes=("a", "b"), points=points), test_fraction=0.5)
        refused = []
        for seed in range(20):
            part, _ = split_rows(6, test_fraction=0.5, rng=Streams(Project(seed=seed)).split())
            if 0 in part:
                assert len(np.unique(Run(Project(seed=seed, data=data)).data.train_targets)) == 2
            else:
                refused.append(seed)
                with pytest.raises(InputError, match='All 3 training samples are of the class "a"; give samples of'):
                    Run(Project(seed=seed, data=data))
        assert 0 < len(refused) < 20

    def test_one_class_only(self) -> None:
        points = tuple((float(x), 0.0, 1.0) for x in range(12))
        source = PointsSource(classes=("orange", "blue"), points=points)
        with pytest.raises(InputError, match='All samples are of the class "blue"; give samples of at least two'):
            Run(Project(data=DataSpec(source=source)))

    def test_fewer_samples_than_outputs(self) -> None:
        points = tuple((float(x), 0.0, float(x)) for x in range(4))
        source = PointsSource(classes=("a", "b", "c", "d"), points=points)
        with pytest.raises(InputError, match="There are 2 samples to train 4 outputs"):
            Run(Project(data=DataSpec(source=source, test_fraction=0.5)))
        assert Run(Project(data=DataSpec(source=source, test_fraction=0.0))).stop is None

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
