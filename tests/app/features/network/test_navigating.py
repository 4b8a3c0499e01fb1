"""Looking at the network from nearer and farther: real wheels, pinches, keys and buttons in, the view out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.navigating import Navigator
from nnplayground.app.features.network.zoom import LARGEST
from tests.app.features.network.networks import LEFT, Host, frame_of, project_of
from tests.app.pointing import insert_position, slot_position

Modifier, Key, Phase = Qt.KeyboardModifier, Qt.Key, Qt.ScrollPhase
NONE = Modifier.NoModifier
PLACE = QPoint(200, 180)


def navigator_of(host: Host) -> Navigator:
    return host.view.canvas.navigator


def turn(
    host: Host, down: int = 0, across: int = 0, *, held: Qt.KeyboardModifier = NONE, pixels: QPoint | None = None
) -> None:
    """Turn the wheel, or with `pixels` let two fingers scroll on a touchpad."""
    place = QPointF(PLACE)
    phase = Phase.NoScrollPhase if pixels is None else Phase.ScrollUpdate
    event = QWheelEvent(
        place, host.viewport.mapToGlobal(place), pixels or QPoint(), QPoint(across, down), Qt.MouseButton.NoButton,
        held, phase, False,
    )  # fmt: skip
    QApplication.sendEvent(host.viewport, event)


def pinch(host: Host, value: float, kind: Qt.NativeGestureType = Qt.NativeGestureType.ZoomNativeGesture) -> None:
    """Pinch on a touchpad, as the system tells it."""
    place = QPointF(PLACE)
    event = QNativeGestureEvent(
        kind, QPointingDevice.primaryPointingDevice(), 2, place, place, host.viewport.mapToGlobal(place), value,
        QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(host.viewport, event)


def scene_place(host: Host, place: QPoint = PLACE) -> QPointF:
    return host.view.canvas.mapToScene(place)


def scrolled(host: Host) -> tuple[int, int]:
    canvas = host.view.canvas
    return canvas.horizontalScrollBar().value(), canvas.verticalScrollBar().value()


SCROLL_BAR = 10  # pixels


def is_filled(host: Host) -> bool:
    """Whether no part of the view lies beside the picture, but for what Qt takes the scroll bars to be wider."""
    canvas = host.view.canvas
    seen = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    margin = SCROLL_BAR / canvas.navigator.zoom
    return bool(canvas.sceneRect().adjusted(-margin, -margin, margin, margin).contains(seen))


def rest(host: Host) -> None:
    """Wait until everything is drawn for the zoom of this moment."""
    zoom = navigator_of(host).zoom
    host.qtbot.waitUntil(lambda: host.view.canvas.network._look.zoom == zoom)


@pytest.fixture
def starter(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(4, 2))


@pytest.fixture
def wide(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(*(3,) * 12))


class TestWheel:
    @pytest.mark.parametrize("held", [NONE, Modifier.ControlModifier, Modifier.MetaModifier])
    def test_the_wheel_zooms_around_the_pointer(self, starter: Host, held: Qt.KeyboardModifier) -> None:
        before = scene_place(starter)
        for _ in range(4):
            turn(starter, 120, held=held)
        assert navigator_of(starter).zoom == pytest.approx(2.0)
        assert (scene_place(starter) - before).manhattanLength() <= 2.0

    def test_back_again_everything_is_as_it_was(self, starter: Host) -> None:
        before = starter.picture()
        turn(starter, 480)
        assert starter.picture() != before
        turn(starter, -480)
        rest(starter)
        starter.hover(QPoint(2, 2))
        assert starter.picture() == before

    def test_a_network_that_is_seen_whole_gets_no_smaller(self, starter: Host) -> None:
        turn(starter, -1200)
        assert navigator_of(starter).zoom == 1.0
        turn(starter, 120)
        assert navigator_of(starter).zoom > 1.1

    def test_a_wide_network_gets_as_small_as_the_view(self, wide: Host) -> None:
        turn(wide, -2400)
        assert 0.4 < navigator_of(wide).zoom < 1.0
        assert navigator_of(wide).zoom == navigator_of(wide).least
        assert wide.view.canvas.horizontalScrollBar().maximum() == 0
        shown = wide.view.canvas.mapToScene(wide.viewport.rect()).boundingRect()
        assert shown.contains(wide.view.canvas.sceneRect().adjusted(1, 1, -1, -1))

    def test_the_zoom_has_an_upper_limit(self, starter: Host) -> None:
        turn(starter, 12000)
        assert navigator_of(starter).zoom == LARGEST

    def test_shift_pans_sideways(self, wide: Host) -> None:
        turn(wide, -120, held=Modifier.ShiftModifier)
        assert scrolled(wide)[0] > 0
        assert navigator_of(wide).zoom == 1.0

    def test_a_wheel_that_tilts_pans_sideways(self, wide: Host) -> None:
        turn(wide, across=-120)
        assert scrolled(wide)[0] > 0

    def test_two_fingers_on_a_touchpad_pan_and_do_not_zoom(self, starter: Host) -> None:
        turn(starter, 480)
        before = scrolled(starter)
        turn(starter, -40, pixels=QPoint(-30, -20))
        assert scrolled(starter) == (before[0] + 30, before[1] + 20)
        assert navigator_of(starter).zoom == pytest.approx(2.0)

    def test_while_somebody_draws_the_wheel_waits(self, qtbot: QtBot, starter: Host) -> None:
        place = slot_position(starter.view, 0, 5)
        qtbot.mousePress(starter.viewport, LEFT, pos=place)
        turn(starter, 480)
        assert navigator_of(starter).zoom == 1.0
        qtbot.mouseRelease(starter.viewport, LEFT, pos=place)


class TestPinch:
    def test_a_pinch_on_a_touchpad_zooms_around_the_fingers(self, starter: Host) -> None:
        before = scene_place(starter)
        for _ in range(10):
            pinch(starter, 0.1)
        assert navigator_of(starter).zoom == pytest.approx(1.1**10)
        assert (scene_place(starter) - before).manhattanLength() <= 3.0

    def test_a_slow_pinch_leaves_100_percent_too(self, starter: Host) -> None:
        for _ in range(20):
            pinch(starter, 0.005)
        assert navigator_of(starter).zoom == pytest.approx(1.005**20)

    def test_a_double_tap_of_two_fingers_goes_near_and_back(self, starter: Host) -> None:
        pinch(starter, 0.0, Qt.NativeGestureType.SmartZoomNativeGesture)
        assert navigator_of(starter).zoom == 2.0
        pinch(starter, 0.0, Qt.NativeGestureType.SmartZoomNativeGesture)
        assert navigator_of(starter).zoom == 1.0

    def test_two_fingers_on_a_screen_zoom(self, starter: Host) -> None:
        screen = QTest.createTouchDevice()
        middle = QPoint(250, 200)

        def fingers(apart: int, act: str) -> None:
            event = QTest.touchEvent(starter.viewport, screen)
            for number, side in enumerate((-1, 1)):
                getattr(event, act)(number, middle + QPoint(side * apart, 0), starter.viewport)
            event.commit()

        fingers(30, "press")
        for apart in range(40, 130, 10):
            fingers(apart, "move")
        fingers(120, "release")
        assert 1.5 < navigator_of(starter).zoom <= LARGEST
        assert starter.edits == []

    def test_one_finger_on_a_screen_still_clicks(self, starter: Host) -> None:
        screen, place = QTest.createTouchDevice(), slot_position(starter.view, 0, 5)
        QTest.touchEvent(starter.viewport, screen).press(0, place, starter.viewport).commit()
        QTest.touchEvent(starter.viewport, screen).release(0, place, starter.viewport).commit()
        assert starter.units == (6, 2)


class TestHand:
    def test_the_middle_button_moves_the_picture(self, qtbot: QtBot, starter: Host) -> None:
        middle = Qt.MouseButton.MiddleButton
        turn(starter, 480)
        before = scrolled(starter)
        qtbot.mousePress(starter.viewport, middle, pos=QPoint(200, 200))
        assert starter.viewport.cursor().shape() is Qt.CursorShape.ClosedHandCursor
        qtbot.mouseMove(starter.viewport, QPoint(170, 190))
        assert scrolled(starter) == (before[0] + 30, before[1] + 10)
        qtbot.mouseRelease(starter.viewport, middle, pos=QPoint(170, 190))
        qtbot.mouseMove(starter.viewport, QPoint(100, 100))
        assert scrolled(starter) == (before[0] + 30, before[1] + 10)
        assert starter.edits == []


class TestGesturesAtEveryZoom:
    @pytest.fixture(params=[0.6, 1.0, 2.5])
    def zoomed(self, qtbot: QtBot, request: pytest.FixtureRequest) -> Host:
        host = Host(qtbot, project_of(*(3,) * 12))
        navigator_of(host).zoom_to(request.param, QPointF(PLACE))
        assert navigator_of(host).zoom == pytest.approx(max(request.param, navigator_of(host).least))
        return host

    def test_a_click_means_the_slot_that_is_seen_there(self, zoomed: Host) -> None:
        zoomed.click(self.seen(zoomed, 2, 1))
        assert zoomed.units == (3, 3, 2, *(3,) * 9)

    def test_hovering_previews_in_the_right_place(self, zoomed: Host) -> None:
        zoomed.hover(self.seen(zoomed, 2, 5))
        pieces = zoomed.view.canvas.network._pieces
        assert pieces is not None
        assert pieces.hover.texts == ("", "Click for 6 neurons")

    def test_a_plus_inserts_where_it_is_seen(self, zoomed: Host) -> None:
        zoomed.view.canvas.ensureVisible(zoomed.layout.inserts[3].x, zoomed.layout.inserts[3].y, 24, 24)
        zoomed.click(insert_position(zoomed.view, 3))
        assert zoomed.texts == ["Insert layer 4"]
        assert is_filled(zoomed)

    def test_a_menu_opens_below_its_control(self, zoomed: Host) -> None:
        box = zoomed.layout.head(3).activation
        zoomed.view.canvas.ensureVisible(box.x, box.y, box.width, box.height)
        zoomed.click(zoomed.middle(box))
        (menu,) = zoomed.view.canvas.findChildren(QMenu, "network_menu")
        below = zoomed.viewport.mapToGlobal(zoomed.view.canvas.mapFromScene(box.x, box.bottom))
        assert (menu.pos() - below).manhattanLength() <= 2
        menu.close()

    def seen(self, host: Host, layer: int, row: int) -> QPoint:
        """Return where a slot is, scrolled into view."""
        box = host.layout.slot(layer + 1, row)
        host.view.canvas.ensureVisible(box.x, box.y, box.width, box.height, 4, 4)
        place = slot_position(host.view, layer, row)
        assert host.viewport.rect().contains(place)
        return place


class TestSharpness:
    def test_at_rest_everything_is_drawn_as_sharp_as_the_screen(self, starter: Host) -> None:
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        before = pieces.heads[0].pixmap().devicePixelRatio()
        turn(starter, 480)
        rest(starter)
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        assert pieces.heads[0].pixmap().devicePixelRatio() == pytest.approx(2 * before)
        assert pieces.neurons[1][0].pixmap().devicePixelRatio() == pytest.approx(2 * before)

    def test_what_comes_into_view_shows_the_last_frame(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(*(3,) * 12))
        host.view.show_frame(frame_of(host.project, value=1.0, weight=2.5))
        for zoom in (3.0, LARGEST):
            navigator_of(host).zoom_to(zoom, QPointF(0, 0))
            rest(host)
            host.view.show_frame(frame_of(host.project, value=-1.0, weight=-2.5))
            box = host.layout.cell(12, 2)
            host.view.canvas.ensureVisible(box.x, box.y, box.width, box.height)
            assert host.color_of(12, 2) == "#D9730D"
            x1, y1, x2, y2 = host.layout.edges(11)[2, 2]
            assert host.color((x1 + x2) / 2, (y1 + y2) / 2) == "#D9730D"

    def test_the_label_keeps_its_size(self, starter: Host) -> None:
        sizes = []
        for _ in range(2):
            starter.hover(slot_position(starter.view, 0, 2))
            pieces = starter.view.canvas.network._pieces
            assert pieces is not None
            area = pieces.hover.area
            sizes.append((area.size() * navigator_of(starter).zoom).toSize())
            navigator_of(starter).zoom_to(2.0)
        assert sizes[0] == sizes[1]


class TestButtons:
    def button(self, host: Host, name: str) -> QToolButton:
        button = host.view.canvas.findChild(QToolButton, name)
        assert isinstance(button, QToolButton)
        return button

    def test_there_are_none_while_the_whole_network_is_seen_at_100_percent(self, starter: Host) -> None:
        assert not starter.view.canvas.zoom_bar.isVisible()
        turn(starter, 120)
        assert starter.view.canvas.zoom_bar.isVisible()
        turn(starter, -120)
        assert not starter.view.canvas.zoom_bar.isVisible()

    def test_they_stand_inside_the_view_and_can_be_hit_with_ease(self, wide: Host) -> None:
        bar = wide.view.canvas.zoom_bar
        assert wide.viewport.geometry().contains(bar.geometry())
        for button in bar.findChildren(QToolButton):
            assert min(button.width(), button.height()) >= 24
            assert button.toolTip()
            assert button.accessibleName()

    def test_each_does_what_it_says(self, qtbot: QtBot, wide: Host) -> None:
        for name, text in (("in", "125 %"), ("out", "100 %"), ("out", "80 %"), ("normal", "100 %")):
            qtbot.mouseClick(self.button(wide, f"zoom_bar_{name}"), LEFT)
            assert self.button(wide, "zoom_bar_normal").text() == text
        qtbot.mouseClick(self.button(wide, "zoom_bar_fit"), LEFT)
        assert navigator_of(wide).zoom == navigator_of(wide).least
        assert not self.button(wide, "zoom_bar_out").isEnabled()

    def test_the_texts_are_not_cut(self, wide: Host) -> None:
        button = self.button(wide, "zoom_bar_normal")
        assert button.fontMetrics().horizontalAdvance("400 %") < button.width() - 8


class TestOtherNetworks:
    def test_a_fitted_network_stays_fitted_whatever_becomes_of_it(self, wide: Host) -> None:
        navigator_of(wide).fit()
        zoom = navigator_of(wide).zoom
        wide.click(insert_position(wide.view, 2))
        assert navigator_of(wide).zoom < zoom
        wide.view.resize(1600, 700)
        assert navigator_of(wide).zoom > zoom
        assert navigator_of(wide).zoom == navigator_of(wide).least
        wide.show(project_of(3))
        assert navigator_of(wide).zoom == 1.0

    @pytest.mark.parametrize("zoom", [0.7, 2.5])
    def test_another_network_keeps_the_zoom_and_fills_the_view(self, wide: Host, zoom: float) -> None:
        navigator_of(wide).zoom_to(zoom, QPointF(PLACE))
        wide.view.canvas.horizontalScrollBar().setValue(10_000)
        wide.show(project_of(*(5,) * 11))
        assert navigator_of(wide).zoom == pytest.approx(zoom)
        assert is_filled(wide)
        wide.show(project_of(2))
        assert navigator_of(wide).zoom == max(zoom, 1.0)
        assert is_filled(wide)

    def test_keys_bring_the_chosen_layer_into_view_without_moving_up_or_down(self, starter: Host) -> None:
        navigator_of(starter).zoom_to(LARGEST, QPointF(0, 480))
        height = scrolled(starter)[1]
        starter.press(Key.Key_Right)
        assert scrolled(starter)[1] == height
        assert starter.viewport.rect().center().x() - slot_position(starter.view, 1, 0).x() < 300


def test_a_bar_that_takes_the_room_for_which_it_came_does_not_come_and_go_for_ever(
    starter: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = starter.view.canvas
    shown: list[bool] = []

    def show_bar_or_not() -> None:
        shown.append(len(shown) % 2 == 0)
        policies = Qt.ScrollBarPolicy
        canvas.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOn if shown[-1] else policies.ScrollBarAlwaysOff)
        if len(shown) > 20:
            pytest.fail("The bar comes and goes.")

    monkeypatch.setattr(canvas, "_show_bar", show_bar_or_not)
    starter.view.resize(starter.view.width() + 30, starter.view.height())
    starter.qtbot.waitUntil(lambda: len(shown) > 1)
    assert len(shown) < 20
