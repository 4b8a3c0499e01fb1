"""Networks that are no columns: listed with kind, settings, shape and parameters, and safe from the editor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network import NetworkView, edits
from nnplayground.app.features.network.layer_list import LayerRow
from nnplayground.app.features.network.layer_words import HOW_TO_EDIT, Row, known_architecture, layer_rows
from nnplayground.app.text.titles import LAYERS
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D
from nnplayground.project.blocks import blocks_of
from nnplayground.project.layer_specs import (
    LAYER_KINDS,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    LayerSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import DataSpec, ImagesSource, NetworkSpec, Project
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from tests.app.features.network.networks import frame_of, project_of
from tests.projects import projects

LAYERS_OF_IT: tuple[LayerSpec, ...] = (
    Conv2DSpec(filters=8, padding=1), MaxPool2DSpec(), FlattenSpec(), DropoutSpec(0.25), DenseSpec(32, "relu"),
)  # fmt: skip
PROJECT = Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=LAYERS_OF_IT))
ARCHITECTURE = Architecture(
    (1, 8, 8),
    (
        Conv2D(8, 3, "relu", padding=1), MaxPool2D(2), Flatten(), Dropout(0.25), Dense(32, "relu"),
        Dense(10, "softmax"),
    ),
)  # fmt: skip


def frame() -> Snapshot:
    return replace(frame_of(project_of(1)), project=PROJECT, architecture=ARCHITECTURE)


@pytest.fixture
def view(qtbot: QtBot) -> NetworkView:
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(560, 500)
    view.show_project(PROJECT, inputs=("a",), outputs=("0", "1"))
    with qtbot.waitExposed(view):
        view.show()
    return view


def is_editable(view: NetworkView) -> bool:
    return view.is_editable


def texts(view: NetworkView) -> list[str]:
    return [label.text() for label in view.layer_list.findChildren(QLabel)]


class TestWords:
    def test_shapes_and_parameters_are_told_from_the_input_to_the_output(self) -> None:
        rows = layer_rows(PROJECT, ARCHITECTURE)
        assert [(row.title, row.shape, row.parameters) for row in rows] == [
            ("Input", "1 × 8 × 8", ""),
            ("1 · Convolution", "8 × 8 × 8", "80 weights and biases"),  # 8 · (1 · 3² + 1)
            ("2 · Max pooling", "8 × 4 × 4", ""),
            ("3 · Flatten", "128 values", ""),
            ("Dropout", "128 values", ""),
            ("4 · Dense", "32 values", "4,128 weights and biases"),  # 32 · (128 + 1)
            ("5 · Output", "10 values", "330 weights and biases"),  # 10 · (32 + 1)
        ]

    def test_settings_are_told_in_few_words(self) -> None:
        assert [row.settings for row in layer_rows(PROJECT, ARCHITECTURE)] == [
            "pictures of 8 × 8 pixels, 1 channel",
            "8 filters of 3 × 3, stride 1, padding 1 · ReLU",
            "windows of 2 × 2, stride 2, padding 0",
            "",
            "25 % of the values",
            "32 neurons · ReLU",
            "10 neurons · Softmax",
        ]

    @pytest.mark.parametrize("kind", LAYER_KINDS, ids=lambda kind: kind.kind)
    def test_every_kind_is_explained_even_before_the_first_frame(self, kind: type[LayerSpec]) -> None:
        _, row, _ = layer_rows(Project(network=NetworkSpec(layers=(kind(),))), None)
        title = LAYERS[kind.kind]
        assert row.title.endswith(title.name)
        assert (row.about, row.shape) == (title.help, "")

    def test_a_frame_of_another_network_tells_no_shapes(self) -> None:
        assert known_architecture(PROJECT, frame()) is ARCHITECTURE
        assert known_architecture(PROJECT, None) is None
        fewer = replace(PROJECT, network=NetworkSpec(layers=LAYERS_OF_IT[:-1]))
        assert known_architecture(fewer, frame()) is None
        assert known_architecture(replace(PROJECT, data=DataSpec()), frame()) is None

    def test_a_row_in_words(self) -> None:
        assert Row("Dense", "4 neurons", "…", "4 values", "12 weights and biases").in_words() == (
            "Dense, 4 neurons, gives 4 values, 12 weights and biases"
        )


class TestView:
    def test_the_layers_are_listed_at_once_and_their_shapes_with_the_first_frame(self, view: NetworkView) -> None:
        assert not view.is_editable
        assert view.layer_list.isVisible() and not view.canvas.isVisible()
        assert {"1 · Convolution", "3 · Flatten", "Dropout", "4 · Dense", "5 · Output", HOW_TO_EDIT} <= set(texts(view))
        assert "8 × 8 × 8" not in texts(view)
        view.show_frame(frame())
        assert "8 × 8 × 8" in texts(view)
        assert "Convolution, 8 filters of 3 × 3" in view.layer_list.accessibleDescription()

    def test_without_a_network_its_shapes_are_no_longer_told(self, view: NetworkView) -> None:
        view.show_frame(frame())
        view.clear()
        assert "8 × 8 × 8" not in texts(view)
        view.set_theme(DARK)
        assert "8 × 8 × 8" not in texts(view)

    def test_the_same_frame_again_makes_nothing_anew(self, view: NetworkView) -> None:
        view.show_frame(frame())
        rows = view.layer_list.findChildren(LayerRow)
        view.show_frame(frame())
        assert view.layer_list.findChildren(LayerRow) == rows

    def test_the_editor_comes_back_with_a_network_it_can_draw(self, view: NetworkView) -> None:
        view.show_frame(frame())
        view.show_project(project_of(3), inputs=("x1", "x2"), outputs=("blue",))
        assert is_editable(view)
        assert view.canvas.isVisible() and not view.layer_list.isVisible()
        view.show_frame(frame_of(project_of(3), value=0.5))
        view.show_project(PROJECT, inputs=("a",), outputs=("0",))
        assert not is_editable(view)
        assert "8 × 8 × 8" not in texts(view)

    def test_keys_and_menus_left_open_ask_for_nothing(self, qtbot: QtBot, view: NetworkView) -> None:
        asked: list[object] = []
        view.layers_edited.connect(lambda *edit: asked.append(edit))
        view.setFocus()
        for key in (Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Plus):
            qtbot.keyClick(QApplication.focusWidget(), key)
            qtbot.keyClick(view.canvas, key)
        view.canvas.steering.apply(partial(edits.insert, block=0))
        assert asked == []

    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
    def test_the_list_has_the_colours_of_the_theme(self, view: NetworkView, theme: Theme) -> None:
        view.set_theme(theme)
        picture = view.grab().toImage()
        colors = {picture.pixelColor(x, 40).name().upper() for x in range(picture.width())}
        assert theme.window in colors
        assert picture.pixelColor(3, 3).name().upper() != (LIGHT if theme is DARK else DARK).panel


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(project=projects())
def test_any_legal_project_is_shown_as_columns_or_as_a_list_and_asks_for_nothing(
    view: NetworkView, project: Project
) -> None:
    spy = QSignalSpy(view.layers_edited)
    snapshot = Session(Run(project), 1).snapshot([MapRequest(resolution=10)], epochs_per_second=0.0)
    view.show_project(project, inputs=snapshot.data.features, outputs=("a",) * snapshot.architecture.outputs)
    view.show_frame(snapshot)
    assert spy.count() == 0
    if is_editable(view):
        assert view.canvas.network.snapshot is snapshot
    else:
        assert [row.shape for row in view.layer_list.rows if not row.shape] == []
        assert len(view.layer_list.rows) == len(blocks_of(project.network.layers)) + 2
