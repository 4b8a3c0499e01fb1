"""The network bar offers only outputs that can be trained, and counts equal neurons wherever they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from nnplayground.app.panels.network_bar import OUTPUTS, NetworkBar
from nnplayground.engine.costs import COSTS
from nnplayground.errors import FieldError
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    Source,
)
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.outputs import output_rule
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Snapshot

CORNERS = ((-1.0, -1.0, 0.0), (1.0, 1.0, 1.0), (1.0, -1.0, 2.0), (0.5, 1.0, 0.0), (0.1, 0.2, 1.0), (0.3, -1.0, 2.0))
SOURCES: dict[str, tuple[Source, tuple[str, ...]]] = {
    "numbers": (PointsSource(task="regression", classes=(), points=CORNERS), ()),
    "two classes": (GeneratedSource(samples=20), ("orange", "blue")),
    "three classes": (PointsSource(classes=("a", "b", "c"), points=CORNERS), ("a", "b", "c")),
}


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[NetworkBar]:
    bar = NetworkBar()
    qtbot.addWidget(bar)
    bar.show_project(Project())
    bar.show()
    yield bar
    bar.hide()


def snapshot_of(project: Project) -> Snapshot:
    return Session(Run(project), 1).snapshot(None, epochs_per_second=0.0)


def offered(bar: NetworkBar) -> set[str]:
    """Return the outputs that can be chosen."""
    model = bar.output.model()
    assert isinstance(model, QStandardItemModel)
    return {key for place, key in enumerate(OUTPUTS) if model.item(place).isEnabled()}


def trainable(project: Project, classes: tuple[str, ...]) -> set[str]:
    """Return the outputs with which loading the project would not be refused."""
    result = set()
    for key in OUTPUTS:
        try:
            output_rule(replace(project, network=replace(project.network, output_activation=key)), classes)
        except FieldError:
            continue
        result.add(key)
    return result


@pytest.mark.parametrize("data", SOURCES)
def test_with_a_cost_that_fits_itself_every_output_that_can_be_trained_is_offered(bar: NetworkBar, data: str) -> None:
    source, classes = SOURCES[data]
    project = Project(data=DataSpec(source=source))
    bar.show_project(project)
    bar.show_frame(snapshot_of(project))
    assert offered(bar) == trainable(project, classes)


@pytest.mark.parametrize("cost", COSTS)
def test_with_a_chosen_cost_no_output_is_offered_that_would_be_refused(bar: NetworkBar, cost: str) -> None:
    source, classes = SOURCES["two classes"]
    output = (COSTS[cost].outputs or ("tanh",))[0]
    project = Project(
        data=DataSpec(source=source),
        network=NetworkSpec(output_activation=output),
        training=TrainingSpec(cost=cost),
    )
    bar.show_project(project)
    bar.show_frame(snapshot_of(project))
    assert output in offered(bar)
    assert offered(bar) == trainable(project, classes)


def test_equal_neurons_are_counted_when_they_come_from_the_project_file(bar: NetworkBar) -> None:
    layers = (DenseSpec(units=3),)
    same = Parameters(weights=(((0.1, 0.2),) * 3, ((0.3, 0.3, 0.3),)), biases=((0.0,) * 3, (0.0,)))
    project = Project(network=NetworkSpec(layers=layers), parameters=same)
    bar.show_project(project)
    bar.show_frame(snapshot_of(project))
    assert bar.twins.isVisible()
    assert bar.twins.text() == "distinct neurons: 1 of 3"
    bar.show_project(Project())
    bar.show_frame(snapshot_of(Project()))
    assert not bar.details.isVisible()


def test_it_fits_into_the_middle_of_a_small_window(bar: NetworkBar) -> None:
    assert bar.minimumSizeHint().width() <= 570


def test_equal_filters_are_counted_as_filters(bar: NetworkBar) -> None:
    layers = (Conv2DSpec(filters=4), FlattenSpec(), DenseSpec(2))
    network = NetworkSpec(layers=layers, initializer=InitializerSpec(name="constant", value=0.1))
    project = Project(data=DataSpec(source=ImagesSource()), network=network)
    bar.show_project(project)
    bar.show_frame(snapshot_of(project))
    assert bar.twins.text() == "distinct filters: 1 of 4"
