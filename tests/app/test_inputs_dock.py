"""The inputs in the window: closed at first, one key away, and joined with the output view."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.other_inputs import MeanSlider
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.model import DataSpec, ImagesSource, Project, TableSource
from nnplayground.training.observe.maps import MapRequest, Maps, PlaneKind
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.observed import seen_in

PENGUINS = Project(data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize"))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot, PENGUINS) as window:
        yield window


def press_button(qtbot: QtBot, window: MainWindow) -> None:
    button = window.findChild(QToolButton, "inputs_button")
    assert button is not None and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown_maps(window: MainWindow) -> Maps:
    return seen_in(window.player.snapshot, MapRequest)


def is_on_plane(kind: PlaneKind, snapshot: Snapshot) -> bool:
    maps = snapshot.seen.of(MapRequest)
    return maps is not None and maps.kind == kind


def test_a_button_beside_the_plane_opens_them_over_the_network_and_closes_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert not window.inputs_view.isVisible()
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: len(window.inputs_view.picture.cell_areas()) == 10, timeout=PATIENCE)
    dock = window.docks["inputs"]
    assert dock.isFloating()
    assert dock.width() > 400
    assert window.commands["inputs"].isChecked()
    press_button(qtbot, window)
    assert not window.inputs_view.isVisible()
    assert not window.commands["inputs"].isChecked()


def test_its_place_and_size_are_kept_until_the_layout_is_reset(qtbot: QtBot, window: MainWindow) -> None:
    dock = window.docks["inputs"]
    window.commands["inputs"].trigger()
    first = dock.geometry()
    for width, height in ((700, 520), (320, 300)):
        dock.setGeometry(40, 50, width, height)
        window.commands["inputs"].trigger()
        window.commands["inputs"].trigger()
        assert (dock.width(), dock.height()) == (width, height)
    window.commands["reset_layout"].trigger()
    assert not window.inputs_view.isVisible()
    window.commands["inputs"].trigger()
    assert dock.geometry() == first


def test_a_click_on_a_plot_shows_its_plane_in_the_output_view(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["inputs"].trigger()
    picture = window.inputs_view.picture
    qtbot.waitUntil(lambda: (1, 3) in picture.cell_areas(), timeout=PATIENCE)
    place = picture.cell_areas()[1, 3].center().toPoint()
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place)
    wait_for(
        qtbot,
        window,
        lambda snapshot: snapshot.seen.of(MapRequest) is not None and seen_in(snapshot, MapRequest).up == 3,
    )
    assert (shown_maps(window).across, shown_maps(window).up) == (1, 3)
    up = window.findChild(QComboBox, "boundary_up")
    assert up is not None and up.currentText() == "body_mass_g"
    assert picture._plane == (1, 3)


def test_sliders_and_components_change_the_map_of_the_network_as_it_trains(qtbot: QtBot, window: MainWindow) -> None:
    window.toggle_play()
    button = window.findChild(QToolButton, "boundary_other_inputs")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    sliders = window.boundary_view._sliders.sliders
    assert sliders is not None
    slider = sliders.findChild(MeanSlider, "other_input_3")
    assert slider is not None
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    snapshot = wait_for(
        qtbot, window, lambda snapshot: bool(snapshot.seen.of(MapRequest) and seen_in(snapshot, MapRequest).others)
    )
    assert snapshot.running
    assert shown_maps(window).others[0][0] == 3
    sliders.close()
    across = window.findChild(QComboBox, "boundary_across")
    assert across is not None
    across.setFocus()
    qtbot.keyClick(across, Qt.Key.Key_Home)
    wait_for(
        qtbot,
        window,
        lambda snapshot: (
            snapshot.seen.of(MapRequest) is not None and seen_in(snapshot, MapRequest).kind == "components"
        ),
    )
    assert window.boundary_view._others.whole_text().startswith("Slice through the mean")
    window.toggle_play()


def test_pictures_begin_with_their_components_and_a_plane_with_its_inputs(qtbot: QtBot, window: MainWindow) -> None:
    window.document.replace(Project(data=DataSpec(source=ImagesSource(name="digits"))), None)
    wait_for(
        qtbot,
        window,
        lambda snapshot: (
            snapshot.seen.of(MapRequest) is not None and seen_in(snapshot, MapRequest).kind == "components"
        ),
    )
    window.document.replace(SMALL, None)
    wait_for(qtbot, window, partial(is_on_plane, "inputs"))
    button = window.findChild(QToolButton, "inputs_button")
    assert button is not None and not button.isVisible()


def test_data_that_fail_leave_a_hint(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["inputs"].trigger()
    missing = Project(data=DataSpec(source=TableSource(path="missing.csv", targets=("species",))))
    window.document.replace(missing, None)
    qtbot.waitUntil(window.inputs_view._empty.isVisible, timeout=PATIENCE)
    window.document.replace(PENGUINS, None)
    qtbot.waitUntil(window.inputs_view.picture.isVisible, timeout=PATIENCE)
