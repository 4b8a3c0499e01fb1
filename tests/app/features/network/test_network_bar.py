"""The network bar offers only outputs that can be trained, and counts equal neurons wherever they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.network_bar import BIAS_RULE, OUTPUTS, NetworkBar
from nnplayground.engine.costs import COSTS
from nnplayground.errors import FieldError
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec
from nnplayground.project.model import (
    BiasInitializerSpec,
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
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.outputs import output_rule
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

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
    return Session(Run(project), 1).snapshot(epochs_per_second=0.0)


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


class TestBiases:
    def test_they_are_asked_for_only_where_somebody_wants_them_or_has_changed_them(self, bar: NetworkBar) -> None:
        assert not bar.bias_initializer.isVisible()
        bar.show_biases(wanted=True)
        assert bar.bias_initializer.isVisible() and bar.biases.fields["value"].isVisible()
        bar.show_biases(wanted=False)
        assert not bar.details.isVisible()
        bar.show_project(Project(network=NetworkSpec(bias_initializer=BiasInitializerSpec(name="normal", std=0.2))))
        assert bar.bias_initializer.isVisible()
        assert bar.biases.fields["std"].text() == "0.2"
        assert not bar.biases.fields["value"].isVisible()

    @pytest.mark.parametrize("name", BIAS_RULE.options)
    def test_a_choice_is_an_edit_that_leaves_the_weights(self, qtbot: QtBot, bar: NetworkBar, name: str) -> None:
        bar.show_project(Project(network=NetworkSpec(bias_initializer=BiasInitializerSpec(value=0.5))))
        with qtbot.waitSignal(bar.edited) as caught:
            bar.bias_initializer.activated.emit(BIAS_RULE.options.index(name))
        assert caught.args is not None
        assert caught.args[0] == NetworkSpec(bias_initializer=BiasInitializerSpec(name=name))

    def test_a_number_is_an_edit_and_a_range_the_wrong_way_round_is_refused(
        self, qtbot: QtBot, bar: NetworkBar
    ) -> None:
        bar.show_project(Project(network=NetworkSpec(bias_initializer=BiasInitializerSpec(name="uniform"))))
        low = bar.biases.fields["low"]
        edits, refusals = QSignalSpy(bar.edited), QSignalSpy(bar.refused)
        for text in ("-0.1", "3"):
            low.setFocus()
            low.selectAll()
            qtbot.keyClicks(low, text)
            qtbot.keyClick(low, Qt.Key.Key_Return)
        assert edits.count() == 1
        assert edits.at(0)[0].bias_initializer == BiasInitializerSpec(name="uniform", low=-0.1)
        assert refusals.at(0) == ["First biases from 3 to 0.5 is no range; the first number must not be larger."]
        assert low.text() == "-0.1"

    def test_all_of_it_fits_into_the_middle_of_a_small_window(self, bar: NetworkBar) -> None:
        uniform = NetworkSpec(
            initializer=InitializerSpec(name="uniform"), bias_initializer=BiasInitializerSpec(name="uniform")
        )
        bar.show_project(Project(network=uniform))
        assert bar.minimumSizeHint().width() <= 580


@pytest.mark.parametrize(("spare", "is_whole"), [(0, False), (100, True), (600, True)])
def test_the_longest_texts_give_way_only_where_there_is_no_room(qtbot: QtBot, spare: int, is_whole: bool) -> None:
    bar = NetworkBar()
    qtbot.addWidget(bar)
    bar.show_project(Project())
    bar.resize(bar.minimumSizeHint().width() + spare, 30)
    bar.show()
    qtbot.waitUntil(lambda: (bar.keep.text() == "Keep weights") is is_whole)  # the layout takes its time
    assert (bar.initializer.shown_text() == "Xavier uniform") is is_whole
    bar.activation.show_value("leaky_relu")
    assert bar.activation.shown_text() == "Leaky ReLU" or spare < 600
