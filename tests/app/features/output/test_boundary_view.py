"""The boundary view: a hand-made snapshot in, pixels out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.run.prepare import Prepared
from tests.app.features.output.views import asked_maps
from tests.app.snapshots import made_data, made_maps, made_snapshot

SIDE = 60
FOUR = ("bill length", "bill depth", "flipper length", "body mass")
FOUR_BOUNDS = [(30.0, 60.0), (10.0, 20.0), (170.0, 230.0), (3000.0, 6000.0)]

Make = Callable[..., BoundaryView]


@pytest.fixture(name="make_view")
def _make_view(qtbot: QtBot) -> Iterator[Make]:
    # Held until it is closed: a window that nobody holds may be collected as garbage while it paints itself.
    views: list[BoundaryView] = []

    def make(*, width: int = 420, height: int = 460, theme: Theme = LIGHT) -> BoundaryView:
        view = BoundaryView()
        views.append(view)
        qtbot.addWidget(view)
        view.set_theme(theme)
        view.resize(width, height)
        view.show()
        return view

    yield make
    for view in views:
        view.close()


def across_map() -> tuple[Floats, Floats]:
    """Return the places of the cells of a map of the usual plane."""
    centres = -6.0 + 12.0 * (np.arange(SIDE) + 0.5) / SIDE
    x, y = np.meshgrid(centres, centres)
    return x, y


def halves(data: Prepared) -> Floats:
    """Return outputs that say the first class left of zero, the second right of it."""
    across, _ = across_map()
    return np.tanh(across)[np.newaxis]


def two_classes() -> Prepared:
    return made_data([[-4.0, 4.0], [4.0, 4.0], [-4.0, -4.0], [4.0, -4.0]], [1.0, 0.0, 0.0, 1.0], test=[2, 3])


def position(view: BoundaryView, across: float, up: float) -> QPoint:
    """Return where a place of the data lies in the view."""
    frame = view._plot.frame
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(across, up)))
    place: QPoint = frame.canvas.viewport().mapTo(view, inside)
    return place


def pixel(view: BoundaryView, across: float, up: float) -> QColor:
    return view.grab().toImage().pixelColor(position(view, across, up))


def is_like(color: QColor, other: QColor | str, *, within: int = 40) -> bool:
    wanted = QColor(other)
    differences = (color.red() - wanted.red(), color.green() - wanted.green(), color.blue() - wanted.blue())
    return max(map(abs, differences)) <= within


def scatters(view: BoundaryView) -> list[pg.ScatterPlotItem]:
    return [*view._plot.points._train, *view._plot.points._test]


def label(view: BoundaryView, name: str) -> ElidedLabel:
    found = view.findChild(ElidedLabel, name)
    assert isinstance(found, ElidedLabel)
    return found


def hover(qtbot: QtBot, view: BoundaryView, across: float, up: float) -> None:
    viewport = view._plot.frame.canvas.viewport()
    place = viewport.mapFrom(view, position(view, across, up))
    qtbot.mouseMove(viewport, place + QPoint(3, 3))
    qtbot.mouseMove(viewport, place)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_left_half_is_orange_the_right_half_blue_with_a_crisp_line_between(make_view: Make, theme: Theme) -> None:
    view, data = make_view(theme=theme), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    left, line, right = (pixel(view, across, 1.0) for across in (-3.0, 0.0, 3.0))
    assert left.red() > left.blue() + 40
    assert right.blue() > right.red() + 40
    assert is_like(line, theme.text)
    assert not is_like(pixel(view, 0.4, 1.0), theme.text)


def test_up_is_up(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    _, up = across_map()
    view.show_frame(made_snapshot(data, maps=made_maps(data, np.tanh(up)[np.newaxis])))
    above, below = pixel(view, 2.0, 3.0), pixel(view, 2.0, -3.0)
    assert above.blue() > above.red()
    assert below.red() > below.blue()


def test_a_plane_of_generated_data_is_drawn_to_scale_at_any_size(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    for width, height in [(320, 300), (700, 400), (380, 700)]:
        view.resize(width, height)
        view.grab()
        corner, origin = position(view, 6.0, 6.0), position(view, -6.0, -6.0)
        assert corner.x() - origin.x() == pytest.approx(origin.y() - corner.y(), abs=2)
        assert corner.x() - origin.x() > 120
        assert view.rect().contains(corner)
        assert view.rect().contains(origin)


def test_in_a_tall_view_the_legend_follows_the_map_at_once(make_view: Make) -> None:
    view, data = make_view(width=380, height=700), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    view.resize(380, 720)
    view.grab()
    assert view._legend.y() - position(view, 0.0, -6.0).y() < 60
    assert view.rect().contains(view._read_out.geometry())


def test_training_points_are_filled_and_test_points_are_rings_in_the_shape_of_their_class(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    assert is_like(pixel(view, -4.0, 4.0), LIGHT.class_color(1, 2), within=10)
    assert is_like(pixel(view, 4.0, 4.0), LIGHT.class_color(0, 2), within=10)
    assert is_like(pixel(view, -4.0, -4.0), LIGHT.panel, within=10)
    assert {item.opts["symbol"] for item in scatters(view)} == {"o", "s"}
    by_symbol = {item.opts["symbol"]: item.getData()[0].tolist() for item in scatters(view) if item.zValue() == 10}
    assert by_symbol == {"o": [4.0], "s": [-4.0]}


def choice(view: BoundaryView, name: str) -> QAction:
    """Return an entry of the menu that says which points are shown."""
    found = view.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def test_the_menu_hides_the_test_points_and_new_data_keeps_them_hidden(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    entry = choice(view, "boundary_test_points")
    entry.trigger()
    assert not is_like(pixel(view, -4.0, -4.0), LIGHT.panel, within=10)
    other = two_classes()
    view.show_frame(made_snapshot(other, maps=made_maps(other, halves(other))))
    assert not is_like(pixel(view, -4.0, -4.0), LIGHT.panel, within=10)
    entry.trigger()
    assert is_like(pixel(view, -4.0, -4.0), LIGHT.panel, within=10)


def test_three_classes_have_three_colours_three_shapes_and_lines_between(make_view: Make) -> None:
    view = make_view()
    data = made_data([[-4.0, 0.0], [0.0, 0.0], [4.0, 0.0]], [0.0, 1.0, 2.0], classes=("a", "b", "c"))
    across, _ = across_map()
    logits = np.stack([-4.0 * across - 8.0, 0.0 * across, 4.0 * across - 8.0])
    outputs = np.exp(logits) / np.exp(logits).sum(axis=0)
    view.show_frame(made_snapshot(data, maps=made_maps(data, outputs)))
    for place, expected in zip((-4.0, 0.0, 4.0), range(3), strict=True):
        color = LIGHT.class_color(expected, 3)
        assert is_like(pixel(view, place, 0.0), color, within=10)
        soft = pixel(view, place, 3.0)
        assert soft.saturation() > 40
        assert abs(soft.hue() - color.hue()) < 12
    assert is_like(pixel(view, -2.0, 3.0), LIGHT.text)
    assert is_like(pixel(view, 2.0, 3.0), LIGHT.text)
    assert {item.opts["symbol"] for item in scatters(view)} == {"o", "s", "t1"}


def test_a_regression_shows_the_value_on_a_fixed_scale_and_is_called_output(make_view: Make) -> None:
    view = make_view()
    data = made_data([[-4.0, 4.0], [4.0, 4.0]], [-2.0, 2.0], classes=())
    across, _ = across_map()
    view.show_frame(made_snapshot(data, maps=made_maps(data, (2.0 * np.sign(across))[np.newaxis])))
    left, right = pixel(view, -2.0, -2.0), pixel(view, 2.0, -2.0)
    assert left.red() > left.blue() + 40
    assert right.blue() > right.red() + 40
    assert any(found.text() == "Output" for found in view.findChildren(QLabel))
    legend = view._legend.accessibleName()
    assert "−2.00 to 2.00" in legend


def test_planar_data_offers_no_choice_and_other_data_two_boxes(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    assert not view._choice.isVisible()
    assert not label(view, "boundary_others").isVisible()
    table = four_inputs()
    view.show_frame(made_snapshot(table, maps=made_maps(table, np.zeros((1, SIDE, SIDE)))))
    assert view._choice.isVisible()
    others = label(view, "boundary_others")
    assert others.isVisible()
    assert others.whole_text().endswith("points have their own: flipper length 201, body mass 4,208")


def four_inputs() -> Prepared:
    rows = [[40.0, 17.0, 180.0, 3800.0], [50.0, 15.0, 222.0, 4616.0]]
    return made_data(rows, [0.0, 1.0], names=FOUR, bounds=FOUR_BOUNDS)


def test_choosing_an_input_asks_for_its_plane(make_view: Make) -> None:
    view, data = make_view(), four_inputs()
    asked = asked_maps(view)
    view.show_frame(made_snapshot(data, maps=made_maps(data, np.zeros((1, SIDE, SIDE)))))
    assert asked == []
    choose(view, "boundary_across", "body mass")
    choose(view, "boundary_up", "body mass")
    assert asked == [MapRequest(3, 1), MapRequest(1, 3)]
    assert view.map_request == MapRequest(1, 3)
    view.show_frame(made_snapshot(data, maps=made_maps(data, np.zeros((1, SIDE, SIDE)), across=1, up=3)))
    assert label(view, "boundary_others").whole_text().endswith("own: bill length 45.0, flipper length 201")
    assert scatters(view)[0].getData()[1].tolist() == [3800.0]


def choose(view: BoundaryView, name: str, text: str) -> None:
    """Choose an entry as a user does, which a box tells of in its own way."""
    box = view.findChild(QComboBox, name)
    assert isinstance(box, QComboBox)
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def test_the_components_are_chosen_like_an_input_and_the_points_projected(make_view: Make) -> None:
    view, data = make_view(), four_inputs()
    asked = asked_maps(view)
    view.show_frame(made_snapshot(data, maps=made_maps(data, np.zeros((1, SIDE, SIDE)))))
    choose(view, "boundary_across", "Principal components")
    assert asked == [MapRequest(0, 1, kind="components")]
    maps = Maps(0, 1, (-3.0, -1.0), (3.0, 1.0), (np.zeros((1, SIDE, SIDE)),), "components")
    view.show_frame(made_snapshot(data, maps=maps))
    # Two samples lie on the first component, one standard deviation of each of four inputs from the middle.
    across, up = np.concatenate([np.column_stack(item.getData()) for item in scatters(view) if item.zValue() == 10]).T
    assert sorted(across.tolist()) == pytest.approx([-2.0, 2.0])
    assert up.tolist() == pytest.approx([0.0, 0.0])
    assert view._plot.frame._labels == {"bottom": "Component 1 (100 %)", "left": "Component 2 (0 %)"}
    assert label(view, "boundary_others").whole_text().startswith("Slice through the mean along two principal")
    view.choose_plane(2, 3)
    assert asked[1:] == [MapRequest(2, 3)]
    assert [box.isVisible() for box in view.findChildren(QComboBox, "boundary_up")] == [True]


def test_other_data_begins_with_its_first_two_inputs(make_view: Make) -> None:
    view, data = make_view(), four_inputs()
    view.show_frame(made_snapshot(data, maps=made_maps(data, np.zeros((1, SIDE, SIDE)))))
    choose(view, "boundary_up", "body mass")
    asked = asked_maps(view)
    planar = two_classes()
    view.show_frame(made_snapshot(planar, maps=made_maps(planar, halves(planar))))
    assert asked == [MapRequest(0, 1)]


def test_hovering_reads_the_map_and_leaving_gives_the_hint_back(make_view: Make, qtbot: QtBot) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    hover(qtbot, view, 4.0, -2.0)
    read_out = label(view, "boundary_read_out")
    qtbot.waitUntil(lambda: "blue, 100 %" in read_out.whole_text())
    assert " at x1 " in read_out.whole_text()
    qtbot.mouseMove(view._plot.frame.canvas.viewport(), QPoint(1, 1))
    qtbot.waitUntil(lambda: "Point at the map" in read_out.whole_text())


def test_neither_wheel_nor_drag_moves_the_plane(make_view: Make, qtbot: QtBot) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    viewport = view._plot.frame.canvas.viewport()
    before = view._plot.frame.box.viewRange()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
    qtbot.mouseMove(viewport, viewport.rect().center() + QPoint(40, 40))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center() + QPoint(40, 40))
    assert view._plot.frame.box.viewRange() == before


def test_a_hidden_view_does_nothing_until_it_is_shown(qtbot: QtBot) -> None:
    view, data = BoundaryView(), two_classes()
    qtbot.addWidget(view)
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    assert scatters(view) == []
    view.show()
    assert len(scatters(view)) > 0
    view.close()


def test_points_are_only_set_anew_for_other_data(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    before = scatters(view)
    view.show_frame(made_snapshot(data, maps=made_maps(data, -halves(data))))
    assert scatters(view) == before
    again = two_classes()
    view.show_frame(made_snapshot(again, maps=made_maps(again, halves(again))))
    assert not set(map(id, scatters(view))) & set(map(id, before))


def test_the_theme_changes_at_once(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data, maps=made_maps(data, halves(data))))
    view.set_theme(DARK)
    assert is_like(pixel(view, 0.0, 1.0), DARK.text)
    assert is_like(pixel(view, -4.0, 4.0), DARK.class_color(1, 2), within=10)


def test_without_maps_the_points_are_shown_alone_and_outputs_that_overflow_do_no_harm(make_view: Make) -> None:
    view, data = make_view(), two_classes()
    view.show_frame(made_snapshot(data))
    assert is_like(pixel(view, -2.0, 1.0), LIGHT.panel, within=10)
    for bad in (np.nan, np.inf):
        view.show_frame(made_snapshot(data, maps=made_maps(data, np.full((1, SIDE, SIDE), bad))))
        view.grab()
    three = made_data([[0.0, 0.0]] * 3, [0.0, 1.0, 2.0], classes=("a", "b", "c"))
    for bad in (np.nan, np.inf):
        view.show_frame(made_snapshot(three, maps=made_maps(three, np.full((3, SIDE, SIDE), bad))))
        view.grab()


@pytest.mark.parametrize(("height", "ticks"), [(200, 3), (700, 6)])
def test_a_small_map_has_fewer_ticks(qtbot: QtBot, make_view: Make, height: int, ticks: int) -> None:
    view = make_view()
    view.resize(900, height)
    data = made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0], bounds=[(0.0, 1.0), (0.0, 1.0)])
    view.show_frame(made_snapshot(data))
    frame = view._plot.frame
    qtbot.waitUntil(lambda: (len(frame._ticks["bottom"]), len(frame._ticks["left"])) == (ticks, ticks))


def test_more_than_5000_points_are_drawn_in_part_and_that_is_said(make_view: Make) -> None:
    view = make_view()
    places = np.random.default_rng(1).uniform(-6.0, 6.0, (12_000, 2))
    data = made_data(places.tolist(), (np.arange(12_000) % 2).tolist(), test=range(0, 12_000, 5))
    view.show_frame(made_snapshot(data))
    assert sum(len(item.data) for item in scatters(view) if item.zValue() in (10, 12)) == 5_000
    assert label(view, "boundary_read_out").whole_text().startswith("5,000 of 12,000 points are drawn.")


def test_names_of_columns_are_no_markup(make_view: Make) -> None:
    view = make_view()
    data = made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0], names=("<b>a</b> &", "x<y"))
    view.show_frame(made_snapshot(data))
    assert view._plot.frame.axes["bottom"].label.toPlainText().strip() == "<b>a</b> &"


def test_every_control_has_a_name_and_explains_itself(make_view: Make) -> None:
    view = make_view()
    controls: list[QWidget] = [*view._header.findChildren(QToolButton), *view.findChildren(QComboBox)]
    assert len(controls) >= 4
    for control in controls:
        assert control.objectName()
        assert control.accessibleName()
        assert control.toolTip()
