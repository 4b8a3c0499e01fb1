"""The inputs among themselves: what is drawn, and planes chosen from it with real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inputs.picture import InputsPicture
from nnplayground.app.features.inputs.view import InputsView
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_data, made_maps, made_snapshot

NAMES = ("length", "depth", "mass")


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[InputsView]:
    view = InputsView()
    qtbot.addWidget(view)
    view.resize(520, 460)
    view.show()
    yield view
    view.close()


def corners(count: int = 3, *, classes: tuple[str, ...] = ("orange", "blue")) -> Prepared:
    """Return two samples: the first at the low end of every input, the second at the high end."""
    rows = [[0.0] * count, [1.0] * count]
    names = (NAMES + tuple("abcdefghij"))[:count]
    return made_data(rows, [0.0, 1.0], classes=classes, names=names, bounds=[(0.0, 1.0)] * count)


def press(qtbot: QtBot, view: InputsView, name: str) -> None:
    button = view.findChild(QToolButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def middle(picture: InputsPicture, across: int, up: int) -> QPoint:
    return picture.cell_areas()[across, up].center().toPoint()


def chosen(view: InputsView) -> list[tuple[int, int]]:
    heard: list[tuple[int, int]] = []
    view.plane_chosen.connect(lambda *plane: heard.append(plane))
    return heard


def near(picture: QImage, place: QPoint, color: str | QColor, *, reach: int = 6) -> bool:
    """Tell whether a colour is found around a place."""
    wanted = QColor(color)
    inside = QRect(place - QPoint(reach, reach), place + QPoint(reach, reach)) & picture.rect()
    for x in range(inside.left(), inside.right() + 1):
        for y in range(inside.top(), inside.bottom() + 1):
            seen = picture.pixelColor(x, y)
            pairs = ((seen.red(), wanted.red()), (seen.green(), wanted.green()), (seen.blue(), wanted.blue()))
            if max(abs(one - other) for one, other in pairs) < 25:
                return True
    return False


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_pair_has_a_plot_with_the_samples_in_the_colours_of_their_classes(
    view: InputsView, theme: object
) -> None:
    view.set_theme(DARK if theme is DARK else LIGHT)
    view.show_frame(made_snapshot(corners()))
    areas = view.picture.cell_areas()
    assert set(areas) == {(0, 1), (0, 2), (1, 2)}
    picture = view.picture.grab().toImage()
    colors = [view._theme.class_color(place, 2) for place in range(2)]
    for area in areas.values():
        low, high = area.bottomLeft().toPoint() + QPoint(5, -5), area.topRight().toPoint() + QPoint(-5, 5)
        assert near(picture, low, colors[0])
        assert near(picture, high, colors[1])
        assert not near(picture, area.center().toPoint(), colors[0])


def test_a_click_on_a_plot_chooses_its_plane(qtbot: QtBot, view: InputsView) -> None:
    view.show_frame(made_snapshot(corners()))
    heard = chosen(view)
    for pair in ((0, 2), (1, 2), (0, 1)):
        qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=middle(view.picture, *pair))
    assert heard == [(0, 2), (1, 2), (0, 1)]
    qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=QPoint(view.picture.width() - 4, 4))
    qtbot.mouseClick(view.picture, Qt.MouseButton.RightButton, pos=middle(view.picture, 0, 2))
    assert len(heard) == 3


def test_the_pointer_is_told_what_a_click_does(qtbot: QtBot, view: InputsView) -> None:
    view.show_frame(made_snapshot(corners()))
    qtbot.mouseMove(view.picture, middle(view.picture, 0, 2))
    assert view._read_out.whole_text() == "Click to show mass over length in the output view"
    assert view.picture.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(view.picture, QPoint(view.picture.width() - 4, 4))
    assert view._read_out.whole_text() == "Click a plot to show its plane in the output view."


def test_the_arrows_go_from_plot_to_plot_and_enter_chooses(qtbot: QtBot, view: InputsView) -> None:
    view.show_frame(made_snapshot(corners(4)))
    heard = chosen(view)
    keys = Qt.Key
    for key in (keys.Key_Down, keys.Key_Return, keys.Key_Down, keys.Key_Right, keys.Key_Return, keys.Key_Up):
        qtbot.keyClick(view.picture, key)
    qtbot.keyClick(view.picture, keys.Key_Enter)
    qtbot.keyClick(view.picture, keys.Key_Down)
    qtbot.keyClick(view.picture, keys.Key_Left)
    qtbot.keyClick(view.picture, keys.Key_Return)
    assert heard == [(0, 1), (1, 2), (1, 2), (0, 3)]


def test_the_plane_of_the_output_view_is_marked_either_way_round(view: InputsView) -> None:
    data = corners()

    def marked() -> list[tuple[int, int]]:
        picture = view.picture.grab().toImage()
        tops = {
            pair: QPoint(round(area.center().x()), round(area.top()) + 1)
            for pair, area in view.picture.cell_areas().items()
        }
        return [pair for pair, top in tops.items() if near(picture, top, LIGHT.accent, reach=1)]

    nothing = np.zeros((1, 10, 10))
    for across, up in ((0, 2), (2, 0)):
        view.show_frame(made_snapshot(data, maps=made_maps(data, nothing, across=across, up=up)))
        assert marked() == [(0, 2)]
    view.show_frame(made_snapshot(data, maps=Maps(0, 1, (-1.0, -1.0), (1.0, 1.0), (nothing,), "components")))
    assert marked() == []


def test_parallel_coordinates_draw_a_line_for_each_sample_between_axes(qtbot: QtBot, view: InputsView) -> None:
    rows = [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]
    view.show_frame(made_snapshot(made_data(rows, [0.0, 1.0], names=NAMES, bounds=[(0.0, 1.0)] * 3)))
    press(qtbot, view, "inputs_parallel")
    areas = view.picture.cell_areas()
    assert set(areas) == {(0, 1), (1, 2)}
    picture, area = view.picture.grab().toImage(), areas[0, 1]
    quarter = QPoint(round(area.left() + area.width() / 4), round(area.bottom() - area.height() / 4))
    mirrored = QPoint(quarter.x(), round(area.top() + area.height() / 4))

    def reddish(place: QPoint) -> int:
        pixels = [picture.pixelColor(place + QPoint(0, step)) for step in range(-3, 4)]
        return max((pixel.red() - pixel.blue() for pixel in pixels), key=abs)

    assert reddish(quarter) > 40
    assert reddish(mirrored) < -40
    heard = chosen(view)
    qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=middle(view.picture, 1, 2))
    assert heard == [(1, 2)]
    press(qtbot, view, "inputs_matrix")
    assert (0, 2) in view.picture.cell_areas()


def test_it_is_only_drawn_again_for_other_data(view: InputsView) -> None:
    data = corners()
    view.show_frame(made_snapshot(data))
    view.grab()
    before = view.picture._pixmap.cacheKey()
    view.show_frame(made_snapshot(data))
    view.grab()
    assert view.picture._pixmap.cacheKey() == before
    view.resize(600, 500)
    view.grab()
    assert view.picture._pixmap.cacheKey() != before


def test_new_data_are_shown_at_a_pace_that_can_be_read(qtbot: QtBot, view: InputsView) -> None:
    view.show_frame(made_snapshot(corners(3)))
    view.show_frame(made_snapshot(corners(5)))
    qtbot.waitUntil(lambda: len(view.picture.cell_areas()) == 10)


def test_while_hidden_nothing_is_drawn(qtbot: QtBot) -> None:
    view = InputsView()
    qtbot.addWidget(view)
    view.show_frame(made_snapshot(corners()))
    assert view.picture.cell_areas() == {}
    view.show()
    assert len(view.picture.cell_areas()) == 3
    view.close()


def test_numbers_as_target_and_many_samples_and_inputs_are_drawn(qtbot: QtBot, view: InputsView) -> None:
    values = np.random.default_rng(3).random((1_500, 12))
    names = tuple(f"a long name of input {place}" for place in range(12))
    data = made_data(
        values.tolist(), values[:, 0].tolist(), classes=(), names=names, bounds=[(0.0, 1.0)] * 12, test=range(300)
    )
    view.show_frame(made_snapshot(data))
    assert view._read_out.whole_text().startswith("The 8 first of 12 inputs and 1,000 of 1,500 samples are drawn.")
    assert len(view.picture.cell_areas()) == 28
    view.grab()
    press(qtbot, view, "inputs_parallel")
    view.grab()


def test_one_input_and_no_network_are_said_in_words(view: InputsView) -> None:
    view.show_frame(made_snapshot(corners(1)))
    assert "single input" in view._empty.text()
    assert view._empty.isVisible()
    view.clear()
    assert "single input" not in view._empty.text()
    assert view._empty.isVisible()
    view.set_theme(DARK)


def test_the_arrows_choose_the_kind_of_picture(qtbot: QtBot, view: InputsView) -> None:
    view.show_frame(made_snapshot(corners()))
    kinds = [view.findChild(QToolButton, name) for name in ("inputs_matrix", "inputs_parallel")]
    assert kinds[0] is not None and kinds[1] is not None
    kinds[0].setFocus()
    qtbot.keyClick(kinds[0], Qt.Key.Key_Right)
    assert kinds[1].isChecked()
    assert set(view.picture.cell_areas()) == {(0, 1), (1, 2)}
    assert view.picture.accessibleName() == "Parallel coordinates of the inputs"


def test_every_control_has_a_name_and_explains_itself(view: InputsView) -> None:
    buttons = view.findChildren(QToolButton)
    for control in (*buttons, view.picture):
        assert control.objectName()
        assert control.accessibleName()
    assert all(button.toolTip() for button in buttons)
    # Of buttons that exclude each other the Tab key reaches the one that is chosen, and the arrows the others.
    for control in (view.picture, *(button for button in buttons if button.isChecked())):
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
