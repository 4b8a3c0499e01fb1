"""Panels: a project in, `edited` out, and never an answer to themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionSlider, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.app.features.network.network_bar import NetworkBar
from nnplayground.app.features.training.training_panel import TrainingPanel
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.slider_field import SliderField
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    InitializerSpec,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from tests.projects import projects

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=100, noise=0.1)))
Panels = tuple[DataPanel, TrainingPanel, NetworkBar]


@pytest.fixture
def panels(qtbot: QtBot) -> Iterator[Panels]:
    made = DataPanel(), TrainingPanel(), NetworkBar()
    for panel in made:
        qtbot.addWidget(panel)
        panel.show_project(SMALL)
        panel.show()
    yield made
    for panel in made:
        panel.hide()


def snapshot_of(project: Project) -> Snapshot:
    return Session(Run(project), 1).snapshot(epochs_per_second=0.0)


def choose(field: QComboBox, key: str) -> None:
    """Choose as a user does: the list tells which entry was activated."""
    assert isinstance(field, ChoiceField)
    place = field._keys.index(key)
    field.setCurrentIndex(place)
    field.activated.emit(place)


def type_in(qtbot: QtBot, field: Any, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def edited(qtbot: QtBot, panel: Any, action: Any) -> Any:
    with qtbot.waitSignal(panel.edited) as caught:
        action()
    assert caught.args is not None
    return caught.args[0]


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(project=projects())
def test_showing_any_legal_project_asks_for_nothing(panels: Panels, project: Project) -> None:
    snapshot = snapshot_of(project)
    for panel in panels:
        spies = [QSignalSpy(panel.edited), QSignalSpy(panel.refused)]
        panel.show_project(project)
        panel.show_frame(snapshot)
        panel.show_project(project)
        assert [spy.count() for spy in spies] == [0, 0]


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(project=projects())
def test_numbers_are_shown_exactly(panels: Panels, project: Project) -> None:
    data, training, network = panels
    for panel in panels:
        panel.show_project(project)
    assert training.learning_rate.value == project.training.optimizer.learning_rate
    assert float(training.learning_rate.text()) == project.training.optimizer.learning_rate
    assert float(data.test.number.text()) == project.data.test_fraction
    for name, field in network.weights.fields.items():
        assert float(field.text()) == getattr(project.network.initializer, name)


class TestData:
    def test_a_card_chooses_a_set_and_keeps_samples_and_noise(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[0]
        card = next(card for card in panel.cards if card.key == "spiral")
        data = edited(qtbot, panel, lambda: qtbot.mouseClick(card, Qt.MouseButton.LeftButton))
        assert data.source == GeneratedSource(name="spiral", samples=100, noise=0.1)
        assert data.scaling == "none"

    def test_the_penguins_come_with_their_inputs_brought_to_one_size(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[0]
        card = next(card for card in panel.cards if card.key == "penguins")
        data = edited(qtbot, panel, lambda: qtbot.mouseClick(card, Qt.MouseButton.LeftButton))
        assert isinstance(data.source, TableSource)
        assert len(data.source.inputs) == 4
        assert data.scaling == "standardize"

    def test_target_and_inputs_of_a_table_are_chosen(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[0]
        source = TableSource(path="penguins.csv", inputs=("bill_length_mm", "body_mass_g"), targets=("species",))
        project = Project(data=DataSpec(source=source, scaling="standardize"))
        panel.show_project(project)
        panel.show_frame(snapshot_of(project))
        assert panel.table.isVisible()
        assert panel.table.inputs.text() == "2 of 7 columns"
        actions = {action.text(): action for action in panel.table._menu.actions()}
        assert [name for name, action in actions.items() if action.isChecked()] == ["bill_length_mm", "body_mass_g"]
        data = edited(qtbot, panel, actions["flipper_length_mm"].trigger)
        assert data.source.inputs == ("bill_length_mm", "flipper_length_mm", "body_mass_g")
        panel.show_project(project)
        data = edited(qtbot, panel, lambda: choose(panel.table.target, "body_mass_g"))
        assert (data.source.targets, data.source.inputs) == (("body_mass_g",), ("bill_length_mm",))
        assert Run(replace(project, data=data)).data.samples.task == "regression"

    def test_a_drag_of_the_noise_is_one_gesture(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[0]
        spy = QSignalSpy(panel.edited)
        drag_slider(qtbot, panel.noise)
        gestures = {spy.at(place)[2] for place in range(spy.count())}
        assert spy.count() > 1
        assert len(gestures) == 1
        assert 0 not in gestures

    def test_features_are_toggled_and_one_stays(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[0]
        chips = panel.features.chips
        data = edited(qtbot, panel, lambda: qtbot.mouseClick(chips["x1^2"], Qt.MouseButton.LeftButton))
        assert data.features == ("x1", "x2", "x1^2")
        panel.show_project(replace(SMALL, data=replace(SMALL.data, features=("x1",))))
        with qtbot.assertNotEmitted(panel.edited):
            qtbot.mouseClick(chips["x1"], Qt.MouseButton.LeftButton)
        assert chips["x1"].isChecked()

    def test_what_does_not_belong_to_a_source_is_hidden(self, panels: Panels) -> None:
        panel = panels[0]
        panel.show_project(Project(data=DataSpec(source=TableSource(path="penguins.csv"))))
        assert not panel.noise.isVisible()
        assert not panel.features.isVisible()
        assert "penguins.csv" in panel.source_label.text()
        panel.show_project(Project(data=DataSpec(source=PointsSource(points=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))))))
        assert "2 drawn points" in panel.source_label.text()
        assert panel.features.isVisible()

    def test_counts_and_notes_are_told(self, panels: Panels) -> None:
        panel = panels[0]
        panel.show_frame(snapshot_of(SMALL))
        assert panel.split.counts.text() == "80 train (80 %),\n20 kept for the test (20 %)"
        penguins = Project(data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",))))
        panel.show_project(penguins)
        panel.show_frame(snapshot_of(penguins))
        assert "left out" in panel.notes.text()


class TestTraining:
    def test_the_learning_rate_is_typed(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[1]
        training = edited(qtbot, panel, lambda: type_in(qtbot, panel.learning_rate, "0.5"))
        assert training.optimizer.learning_rate == 0.5

    def test_a_million_times_too_large_is_allowed_but_zero_is_refused(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[1]
        edited(qtbot, panel, lambda: type_in(qtbot, panel.learning_rate, "1e6"))
        with qtbot.waitSignal(panel.refused) as caught:
            type_in(qtbot, panel.learning_rate, "0")
        assert caught.args == ["Learning rate is 0; it must be a number above 0 and up to 10,000,000."]

    def test_penalties_stops_and_shuffle(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[1]
        assert edited(qtbot, panel, lambda: type_in(qtbot, panel.penalties["l2"], "0.01")).l2 == 0.01
        panel.stopping.set_open(True)
        training = edited(qtbot, panel, lambda: type_in(qtbot, panel.stops["max_epochs"], "30"))
        assert training.stop == StopSpec(max_epochs=30)
        training = edited(qtbot, panel, panel.shuffle.click)
        assert training.shuffle is False

    def test_costs_that_do_not_fit_are_switched_off_with_the_reason(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[1]
        project = replace(SMALL, network=replace(SMALL.network, output_activation="sigmoid"))
        panel.show_project(project)
        panel.show_frame(snapshot_of(project))
        model: Any = panel.cost.model()
        states = {key: model.item(place) for place, key in enumerate(panel.cost._keys)}
        assert states["binary_cross_entropy"].isEnabled()
        assert not states["cross_entropy"].isEnabled()
        assert "softmax" in states["cross_entropy"].toolTip()
        assert edited(qtbot, panel, lambda: choose(panel.cost, "mse")).cost == "mse"

    def test_settings_belong_to_their_optimizer_and_schedule(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[1]
        panel.refining.set_open(True)
        training = edited(qtbot, panel, lambda: choose(panel.optimizer, "adam"))
        assert training.optimizer == OptimizerSpec(name="adam")
        panel.show_project(replace(SMALL, training=training))
        visible = {name for name, field in panel.optimizer_settings.fields.items() if field.isVisible()}
        assert visible == {"beta1", "beta2", "epsilon"}
        training = edited(qtbot, panel, lambda: type_in(qtbot, panel.optimizer_settings.fields["beta1"], "0.5"))
        assert training.optimizer.beta1 == 0.5
        training = edited(qtbot, panel, lambda: choose(panel.schedule, "cosine"))
        assert training.schedule == ScheduleSpec(name="cosine")
        training = edited(qtbot, panel, lambda: type_in(qtbot, panel.clip_norm, "1"))
        assert training.clip_norm == 1.0

    def test_the_penalty_is_shown_beside_the_cost(self, panels: Panels) -> None:
        panel = panels[1]
        project = replace(SMALL, training=TrainingSpec(l2=0.1))
        panel.show_project(project)
        snapshot = snapshot_of(project)
        panel.show_frame(snapshot)
        assert f"{snapshot.penalty:.3g}" in panel.penalty.text()


class TestNetwork:
    def test_one_choice_sets_all_hidden_layers(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[2]
        network = edited(qtbot, panel, lambda: choose(panel.activation, "relu"))
        assert {layer.activation for layer in network.layers} == {"relu"}

    def test_different_layers_are_shown_as_mixed(self, panels: Panels) -> None:
        panel = panels[2]
        layers = (DenseSpec(activation="relu"), DenseSpec(activation="tanh"))
        panel.show_project(replace(SMALL, network=NetworkSpec(layers=layers)))
        assert panel.activation.currentText() == "Mixed"

    def test_settings_appear_with_their_initializer(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[2]
        network = edited(qtbot, panel, lambda: choose(panel.initializer, "uniform"))
        assert network.initializer == InitializerSpec(name="uniform")
        panel.show_project(replace(SMALL, network=network))
        visible = {name for name, field in panel.weights.fields.items() if field.isVisible()}
        assert visible == {"low", "high"}
        with qtbot.waitSignal(panel.refused) as caught:
            type_in(qtbot, panel.weights.fields["low"], "3")
        assert caught.args is not None
        assert "from 3 to 0.5 is no range" in caught.args[0]

    def test_equal_neurons_are_counted(self, panels: Panels) -> None:
        panel = panels[2]
        network = NetworkSpec(initializer=InitializerSpec(name="constant", value=0.1))
        project = replace(SMALL, network=network)
        panel.show_project(project)
        panel.show_frame(snapshot_of(project))
        assert panel.twins.isVisible()
        assert panel.twins.text() == "distinct neurons: 1 of 4"
        panel.show_frame(snapshot_of(SMALL))
        assert not panel.twins.isVisible()

    def test_keeping_weights_is_asked_for_and_shown(self, qtbot: QtBot, panels: Panels) -> None:
        panel = panels[2]
        with qtbot.assertNotEmitted(panel.keep_weights_changed):
            panel.set_keep_weights(True)
        with qtbot.waitSignal(panel.keep_weights_changed) as caught:
            panel.keep.click()
        assert caught.args == [False]


def drag_slider(qtbot: QtBot, field: SliderField) -> None:
    """Drag the handle of a slider to the right."""
    slider = field.slider
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    part = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    start = part.center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        move(qtbot, slider, start + QPoint(8 * step, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))


def move(qtbot: QtBot, widget: QWidget, position: QPoint) -> None:
    qtbot.mouseMove(widget, position)
