"""Pictures, convolution and dropout in the real window: opened, shown, trained, and left again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.edits import with_data, with_layers
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.storage import load
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.observed import seen_in

CONVOLUTION = {
    "format": "nnplayground/project",
    "version": 1,
    "data": {"source": {"kind": "images", "name": "digits"}},
    "network": {
        "layers": [
            {"kind": "conv2d", "filters": 4, "kernel_size": 3, "activation": "relu"},
            {"kind": "max_pool2d", "pool_size": 2},
            {"kind": "flatten"},
            {"kind": "dropout", "rate": 0.2},
            {"kind": "dense", "units": 8, "activation": "relu"},
        ]
    },
    "training": {"batch_size": 64},
}


@pytest.fixture
def convolution(tmp_path: Path) -> Path:
    path = tmp_path / "digits.nnp.json"
    path.write_text(json.dumps(CONVOLUTION), encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


@pytest.fixture
def shades(tmp_path: Path) -> Path:
    """Return a folder of two classes, bright and dark pictures."""
    folder = tmp_path / "shades"
    for name, grey in (("bright", 200), ("dark", 40)):
        (folder / name).mkdir(parents=True)
        for number in range(6):
            pixels = np.full((8, 8), grey + 5 * number, np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
    return folder


def says(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.messages.text and window.messages.isVisible(), timeout=PATIENCE)


def listed(window: MainWindow) -> set[str]:
    """Return the texts of the list of layers."""
    return {label.text() for label in window.network_view.layer_list.findChildren(QLabel)}


def is_of(kind: type, snapshot: Snapshot) -> bool:
    return isinstance(snapshot.project.data.source, kind)


class TestConvolution:
    def test_a_project_file_is_opened_listed_and_trained(
        self, qtbot: QtBot, window: MainWindow, convolution: Path
    ) -> None:
        window.files.open_path(convolution)
        wait_for(qtbot, window, lambda snapshot: is_of(ImagesSource, snapshot))
        assert not window.network_view.is_editable
        assert {"1 × 8 × 8", "4 × 6 × 6", "4 × 3 × 3", "36 values", "8 values", "10 values"} <= listed(window)
        window.commands["play"].trigger()
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch >= 1)
        assert len(seen_in(snapshot, MapRequest).layers[-1]) == 10
        window.commands["play"].trigger()
        wait_for(qtbot, window, lambda snapshot: not snapshot.running)
        assert not window.messages.isVisible()

    def test_the_hidden_activation_of_all_layers_is_chosen_in_one_place(self, qtbot: QtBot, convolution: Path) -> None:
        with window_of(qtbot, load(convolution)) as window:
            field = window.network_bar.activation
            assert field.value == "relu"
            field.chosen.emit("tanh")
            snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.architecture.activations[0] == "tanh")
            assert snapshot.architecture.activations == ("tanh", "tanh", "softmax")
            assert "4 filters of 3 × 3, stride 1, padding 0 · Tanh" in listed(window)

    def test_data_without_pictures_are_refused_in_words_and_undo_brings_all_back(
        self, qtbot: QtBot, convolution: Path
    ) -> None:
        with window_of(qtbot, load(convolution)) as window:
            first = wait_for(qtbot, window, lambda snapshot: True)
            card = next(card for card in window.data_panel.cards if card.key == "circle")
            qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
            says(qtbot, window, "Choose pictures as data, such as the digits, or undo.")
            assert not window.commands["play"].isEnabled()
            assert "1 · Convolution" in listed(window)
            assert "4 × 6 × 6" not in listed(window)
            window.commands["undo"].trigger()
            again = wait_for(qtbot, window, lambda snapshot: snapshot.generation > first.generation)
            assert again.parameters.tobytes() == first.parameters.tobytes()
            assert window.commands["play"].isEnabled()
            assert "4 × 6 × 6" in listed(window)
            assert not window.messages.isVisible()

    def test_the_window_goes_back_and_forth_between_list_and_editor(self, qtbot: QtBot, convolution: Path) -> None:
        project = load(convolution)
        with window_of(qtbot, project) as window:
            for _ in range(2):
                dense = with_layers(window.document.project, (DenseSpec(4),))
                window.document.edit(dense, "Draw instead")
                wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes == (64, 4, 10))
                assert window.network_view.is_editable
                window.commands["undo"].trigger()
                wait_for(qtbot, window, lambda snapshot: snapshot.architecture.input_shape == (1, 8, 8))
                assert not window.network_view.is_editable


class TestDigits:
    def test_the_card_trains_dense_layers_on_all_pixels_and_another_card_leads_back(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        cards = {card.key: card for card in window.data_panel.cards}
        qtbot.mouseClick(cards["digits"], Qt.MouseButton.LeftButton)
        snapshot = wait_for(qtbot, window, lambda snapshot: is_of(ImagesSource, snapshot))
        assert (snapshot.architecture.sizes, snapshot.architecture.activations[-1]) == ((64, 4, 2, 10), "softmax")
        window.train_epochs(1)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 1)
        qtbot.mouseClick(cards["spiral"], Qt.MouseButton.LeftButton)
        snapshot = wait_for(qtbot, window, lambda snapshot: is_of(GeneratedSource, snapshot))
        assert snapshot.architecture.sizes == (2, 4, 2, 1)

    def test_the_plane_is_that_of_the_components_and_else_one_of_pixels_that_vary(self, qtbot: QtBot) -> None:
        with window_of(qtbot, Project(data=DataSpec(source=ImagesSource()))) as window:
            wait_for(
                qtbot,
                window,
                lambda snapshot: (
                    snapshot.seen.of(MapRequest) is not None and seen_in(snapshot, MapRequest).kind == "components"
                ),
            )
            across, up = window.boundary_view._choice._plane
            window.boundary_view.choose_plane(across, up)
            snapshot = wait_for(
                qtbot,
                window,
                lambda snapshot: snapshot.seen.of(MapRequest) is not None and seen_in(snapshot, MapRequest).across > 1,
            )
            spread = snapshot.data.samples.inputs.std(axis=0)
            assert (
                min(spread[[seen_in(snapshot, MapRequest).across, seen_in(snapshot, MapRequest).up]])
                >= np.sort(spread)[-2]
            )


class TestFolder:
    def test_a_folder_becomes_the_data_and_can_be_undone(self, qtbot: QtBot, window: MainWindow, shades: Path) -> None:
        window.files.open_path(shades)
        snapshot = wait_for(qtbot, window, lambda snapshot: is_of(ImagesSource, snapshot))
        assert snapshot.data.samples.classes == ("bright", "dark")
        assert snapshot.data.samples.image_shape == (1, 16, 16)
        says(qtbot, window, "shades: each folder in it is a class; its pictures are scaled to 16 pixels, in grey.")
        assert window.data_panel.source_label.text() == "Pictures in shades"
        window.commands["undo"].trigger()
        wait_for(qtbot, window, lambda snapshot: is_of(GeneratedSource, snapshot))

    def test_the_next_folder_has_the_size_and_colours_of_the_one_before(
        self, qtbot: QtBot, window: MainWindow, shades: Path
    ) -> None:
        before = DataSpec(source=ImagesSource(path=str(shades), side=8, colour=True))
        window.document.edit(with_data(window.document.project, before), "Open")
        wait_for(qtbot, window, lambda snapshot: is_of(ImagesSource, snapshot))
        other = shades.rename(shades.with_name("others"))
        window.files.open_path(other)
        source = ImagesSource(path=str(other), side=8, colour=True)
        wait_for(qtbot, window, lambda snapshot: snapshot.project.data.source == source)

    def test_a_folder_that_is_of_no_use_is_told_in_one_sentence(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        window.files.open_path(tmp_path)
        says(qtbot, window, "there must be 2 to")
        assert window.document.undo_stack.count() == 0

    def test_the_menu_asks_for_a_folder(
        self, qtbot: QtBot, window: MainWindow, shades: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("nnplayground.app.features.files.files.ask_folder", lambda *_: shades)
            window.commands["open_pictures"].trigger()
        wait_for(qtbot, window, lambda snapshot: is_of(ImagesSource, snapshot))
        assert Path(window.settings.last_folder) == shades.parent


class TestDropout:
    @pytest.mark.parametrize("keep", [True, False])
    def test_it_changes_while_training_without_losing_weights_or_history(self, qtbot: QtBot, keep: bool) -> None:
        project = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(6), DenseSpec(3))))
        with window_of(qtbot, project) as window:
            window.settings.keep_weights = keep
            window.train_epochs(3)
            before = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
            layers = (DenseSpec(6), DropoutSpec(0.2), DenseSpec(3))
            window.edits.edit_layers(layers, "Drop 20 % of layer 1", 0)
            after = wait_for(qtbot, window, lambda snapshot: snapshot.project.network.layers == layers)
            assert after.parameters.tobytes() == before.parameters.tobytes()
            assert after.curve.train_cost.tolist() == before.curve.train_cost.tolist()
            window.train_epochs(1)
            wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 4)
            assert window.commands["undo"].text() == "&Undo “Drop 20 % of layer 1”"
            assert not window.messages.isVisible()


def test_a_deep_network_scrolls_sideways_only(qtbot: QtBot) -> None:
    project = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(5),) * 12))
    with window_of(qtbot, project) as window:
        canvas = window.network_view.canvas
        qtbot.waitUntil(canvas.horizontalScrollBar().isVisible, timeout=PATIENCE)
        assert not canvas.verticalScrollBar().isVisible()
        assert canvas.network.sceneRect().height() <= canvas.viewport().height()
