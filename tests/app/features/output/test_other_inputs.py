"""The sliders of the inputs outside the plane, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.other_inputs import InputRow, MeanSlider, OtherInputs, matching
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.theme import DARK
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.run.prepare import Prepared
from tests.app.features.output.views import asked_maps
from tests.app.snapshots import made_data, made_maps, made_snapshot

NAMES = ("bill length", "bill depth", "flipper length", "body mass")
BOUNDS = [(30.0, 60.0), (10.0, 20.0), (170.0, 230.0), (3000.0, 6000.0)]


def penguins() -> Prepared:
    rows = [[40.0, 17.0, 180.0, 3800.0], [50.0, 15.0, 222.0, 4616.0]]
    return made_data(rows, [0.0, 1.0], names=NAMES, bounds=BOUNDS)


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[BoundaryView]:
    view = BoundaryView()
    qtbot.addWidget(view)
    view.resize(460, 460)
    view.show()
    show(view, penguins())
    yield view
    view.close()


def show(view: BoundaryView, data: Prepared) -> None:
    """Answer what the view asks for, as the player does."""
    request = view.map_request
    maps = made_maps(data, np.zeros((1, 20, 20)), across=request.across, up=request.up)
    object.__setattr__(maps, "others", request.others)
    view.show_frame(made_snapshot(data, maps=maps))


def opened(qtbot: QtBot, view: BoundaryView) -> OtherInputs:
    button = view.findChild(QToolButton, "boundary_other_inputs")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    window = view._sliders.sliders
    assert window is not None and window.isVisible()
    qtbot.waitUntil(lambda: window.windowHandle() is not None and window.windowHandle().isExposed())
    return window


def slider(window: OtherInputs, place: int) -> MeanSlider:
    found = window.findChild(MeanSlider, f"other_input_{place}")
    assert found is not None
    return found


def test_there_is_one_slider_for_each_input_outside_the_plane(qtbot: QtBot, view: BoundaryView) -> None:
    window = opened(qtbot, view)
    rows = window.findChildren(InputRow)
    assert [(row.place, row.slider.accessibleName()) for row in rows] == [(2, "flipper length"), (3, "body mass")]
    assert [row._value.text() for row in rows] == ["201", "4,208"]
    assert not any(row.mean.isEnabled() for row in rows)
    window.close()


def test_each_key_asks_for_a_map_with_the_next_round_value(qtbot: QtBot, view: BoundaryView) -> None:
    asked = asked_maps(view)
    window = opened(qtbot, view)
    assert slider(window, 2).hasFocus()
    qtbot.keyClick(slider(window, 2), Qt.Key.Key_Home)
    qtbot.keyClick(slider(window, 2), Qt.Key.Key_Right)
    assert asked == [MapRequest(others=((2, 170.0),)), MapRequest(others=((2, 170.5),))]
    show(view, penguins())
    note = view._others.whole_text()
    assert note.endswith("as you set them, the points have their own: flipper length 170, body mass 4,208 (mean)")
    assert view._choice.others.text() == "1 set…"
    window.close()


def test_dragging_asks_all_the_time_and_keeps_the_handle_under_the_pointer(qtbot: QtBot, view: BoundaryView) -> None:
    asked = asked_maps(view)
    window = opened(qtbot, view)
    handle = slider(window, 2)
    middle = handle.height() // 2
    start = round(handle.width() * (handle.value() + 0.5) / (handle.maximum() + 1))
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(start, middle))
    for step in range(1, 6):
        qtbot.mouseMove(handle, QPoint(start + 8 * step, middle))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(start + 40, middle))
    values = [dict(request.others)[2] for request in asked]
    assert len(values) >= 4
    assert values == sorted(values)
    assert handle.value() == handle.sliderPosition()
    window.close()


def test_the_button_beside_it_and_a_double_click_go_back_to_the_mean(qtbot: QtBot, view: BoundaryView) -> None:
    window = opened(qtbot, view)
    for place in (2, 3):
        qtbot.keyClick(slider(window, place), Qt.Key.Key_End)
    assert dict(view.map_request.others) == {2: 230.0, 3: 6000.0}
    button = window.findChild(QToolButton, "other_input_3_mean")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dict(view.map_request.others) == {2: 230.0}
    qtbot.mouseDClick(slider(window, 2), Qt.MouseButton.LeftButton)
    assert view.map_request.others == ()
    window.close()


def test_all_go_back_at_once_and_escape_closes_the_window(qtbot: QtBot, view: BoundaryView) -> None:
    window = opened(qtbot, view)
    for place in (2, 3):
        qtbot.keyClick(slider(window, place), Qt.Key.Key_End)
    button = window.findChild(QPushButton, "other_inputs_mean")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert view.map_request.others == ()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_values_outlive_a_change_of_the_plane_and_end_with_the_data(qtbot: QtBot, view: BoundaryView) -> None:
    window = opened(qtbot, view)
    qtbot.keyClick(slider(window, 2), Qt.Key.Key_End)
    window.close()
    view.choose_plane(2, 0)
    assert view._choice.others.text() == "Others…"
    view.choose_plane(0, 1)
    assert view.map_request == MapRequest(others=((2, 230.0),))
    other = made_data([[0.0] * 3, [1.0] * 3], [0.0, 1.0], names=("a", "b", "c"), bounds=[(0.0, 1.0)] * 3)
    show(view, other)
    assert view.map_request == MapRequest()


def test_of_many_inputs_some_are_shown_and_the_others_found_by_name(qtbot: QtBot, view: BoundaryView) -> None:
    names = tuple(f"pixel {place}" for place in range(80))
    data = made_data([[0.0] * 80, [1.0] * 80], [0.0, 1.0], names=names, bounds=[(0.0, 1.0)] * 80)
    show(view, data)
    view.choose_plane(0, 1)
    show(view, data)
    window = opened(qtbot, view)
    find = window.findChild(QLineEdit, "other_inputs_find")
    assert find is not None and find.hasFocus()
    assert sum(row.isVisible() for row in window.findChildren(InputRow)) == 40
    assert "40 of 78 inputs" in window._count.text()
    qtbot.keyClicks(find, "Pixel 7")
    found = [row.place for row in window.findChildren(InputRow) if row.isVisible()]
    assert found == [7, *range(70, 80)]
    window.set_theme(DARK)
    window.close()


def test_names_that_begin_with_the_text_come_first() -> None:
    names = ("body mass", "mass of bill", "island_Mass", "year")
    assert matching(names, [0, 1, 2, 3], " MASS ") == [1, 0, 2]
    assert matching(names, [3, 0], "") == [3, 0]
    assert matching(names, [0, 3], "nothing") == []
