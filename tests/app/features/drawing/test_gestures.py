"""Drawing with real mouse and keyboard events: the view, a document, and nothing that trains."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.features.drawing.easel import FULL
from nnplayground.app.features.drawing.tools import Tool
from nnplayground.project.drawing import MOST_DRAWN
from nnplayground.project.strokes import REACH
from tests.app.features.drawing.desk import FOUR, SPOTS, Desk
from tests.app.features.drawing.pointer import LEFT, RIGHT


def near(point: tuple[float, ...], place: tuple[float, ...]) -> bool:
    """Tell whether a point is at a place, to the digits that are kept."""
    return hypot(point[0] - place[0], point[1] - place[1]) < 2e-4


class TestPlacing:
    def test_an_empty_drawing_begins_by_itself_and_shows_its_plane(self, desk: Desk) -> None:
        assert desk.view.drawing.is_on
        assert desk.view.drawing.bar.isVisible()
        assert desk.pointer.plot.isVisible()
        assert desk.control("drawing_hint").isVisible()

    def test_the_hint_is_whole_where_there_is_little_room(self, desk: Desk) -> None:
        desk.view.resize(420, 250)
        desk.view.grab()
        hint, plot = desk.control("drawing_hint"), desk.pointer.plot
        assert plot.rect().contains(hint.geometry())
        assert hint.height() >= hint.heightForWidth(hint.width())

    def test_a_click_places_one_point_exactly_there(self, desk: Desk) -> None:
        desk.pointer.click((1.5, -2.5))
        assert len(desk.points) == desk.marks() == 1
        assert near(desk.points[0], desk.pointer.place((1.5, -2.5)))
        assert desk.points[0][2] == 0.0
        assert not desk.control("drawing_hint").isVisible()

    def test_a_drag_sprays_in_one_step_of_undo(self, desk: Desk) -> None:
        desk.pointer.drag([(-4.0, 0.0), (4.0, 0.0)])
        count = len(desk.points)
        assert count > 10
        assert desk.marks() == count
        assert desk.document.undo_stack.count() == 1
        assert desk.document.undo_stack.undoText() == f"Draw {count} points"
        desk.document.undo_stack.undo()
        assert desk.points == ()
        assert desk.marks() == 0
        desk.document.undo_stack.redo()
        assert len(desk.points) == desk.marks() == count

    def test_points_appear_under_the_brush_before_the_document_has_them(self, desk: Desk) -> None:
        desk.view.drawing.edited.disconnect()
        desk.pointer.press((0.0, 0.0))
        desk.pointer.move((3.0, 0.0), pressed=True)
        assert desk.points == ()
        assert desk.marks() > 1

    def test_a_wider_brush_and_a_denser_spray(self, desk: Desk) -> None:
        bar = desk.view.drawing.bar
        bar.radius.setValue(10)
        desk.pointer.drag([(-4.0, 3.0), (4.0, 3.0)])
        thin = desk.points
        bar.radius.setValue(60)
        bar.density.setValue(4 * bar.density.value())
        desk.pointer.drag([(-4.0, -3.0), (4.0, -3.0)])
        thick = desk.points[len(thin) :]
        assert 3.5 * len(thin) < len(thick) < 4.5 * len(thin)
        assert max(abs(point[1] - 3.0) for point in thin) < 0.5 < max(abs(point[1] + 3.0) for point in thick)

    def test_beside_the_plane_nothing_begins(self, desk: Desk) -> None:
        desk.pointer.click((-9.0, 0.0))
        assert desk.points == ()

    def test_a_drag_that_leaves_the_plane_stays_on_it(self, desk: Desk) -> None:
        desk.pointer.drag([(5.0, 0.0), (12.0, 0.0), (12.0, 5.0)])
        assert all(-6.0 <= value <= 6.0 for point in desk.points for value in point[:2])

    def test_escape_takes_the_stroke_back(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.pointer.press((0.0, 0.0))
        desk.pointer.move((3.0, 0.0), pressed=True)
        assert len(desk.points) > 4
        desk.pointer.key(Qt.Key.Key_Escape)
        assert desk.points == SPOTS
        assert desk.marks() == 4
        assert desk.document.undo_stack.count() == 0
        desk.pointer.move((4.0, 0.0), pressed=True)
        desk.pointer.release((4.0, 0.0))
        assert desk.points == SPOTS

    def test_an_undo_in_the_middle_of_a_stroke_ends_it(self, desk: Desk) -> None:
        desk.pointer.press((0.0, 0.0))
        desk.document.undo_stack.undo()
        desk.pointer.move((4.0, 0.0), pressed=True)
        desk.pointer.release((4.0, 0.0))
        assert desk.points == ()
        assert desk.marks() == 0

    def test_a_release_that_got_lost_ends_the_stroke_all_the_same(self, desk: Desk) -> None:
        desk.pointer.press((0.0, 0.0))
        desk.pointer.move((4.0, 0.0))
        assert len(desk.points) == 1
        assert desk.view.drawing.easel.stroke is None

    def test_when_there_is_no_room_it_says_so(self, desk: Desk) -> None:
        desk.show(replace(FOUR, points=((0.0, 0.0, 0.0),) * (MOST_DRAWN - 1)))
        desk.pointer.drag([(1.0, 1.0), (3.0, 3.0)])
        assert len(desk.points) == MOST_DRAWN
        assert desk.said == [FULL]
        desk.pointer.click((1.0, 1.0))
        assert len(desk.points) == MOST_DRAWN
        assert desk.said == [FULL, FULL]

    def test_the_wheel_changes_the_brush(self, desk: Desk) -> None:
        viewport = desk.pointer.plot.frame.canvas.viewport()
        before = desk.view.drawing.hand.brush.radius
        place = QPointF(desk.pointer.position((0.0, 0.0)))
        wheel = QWheelEvent(
            place, viewport.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, wheel)
        assert desk.view.drawing.hand.brush.radius == before + 2.0


class TestErasing:
    def test_the_right_button_takes_the_nearest_point_away(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.pointer.click((3.95, 3.95), RIGHT)
        assert set(desk.points) == set(SPOTS) - {SPOTS[1]}
        assert desk.document.undo_stack.undoText() == "Erase a point"
        desk.pointer.click((0.0, 0.0), RIGHT)
        assert len(desk.points) == 3

    def test_the_eraser_takes_what_it_passes_in_one_step_of_undo(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.use(Tool.ERASE)
        desk.pointer.drag([(-5.0, 4.0), (5.0, 4.0)])
        assert set(desk.points) == {SPOTS[2], SPOTS[3]}
        assert desk.marks() == 2
        assert desk.document.undo_stack.undoText() == "Erase 2 points"
        desk.document.undo_stack.undo()
        assert desk.points == SPOTS

    def test_an_eraser_that_meets_nothing_is_no_edit(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.use(Tool.ERASE)
        desk.pointer.drag([(0.0, 0.0), (1.0, 0.0)])
        assert desk.document.undo_stack.count() == 0

    def test_clear_takes_all_and_undo_brings_them_back(self, qtbot: QtBot, desk: Desk) -> None:
        desk.show(FOUR)
        qtbot.mouseClick(desk.control("clear_drawing"), LEFT)
        assert desk.points == ()
        assert not desk.control("clear_drawing").isEnabled()
        desk.document.undo_stack.undo()
        assert desk.points == SPOTS


class TestMoving:
    def test_a_point_is_dragged_in_one_step_of_undo(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.use(Tool.MOVE)
        start, end = desk.pointer.place((4.0, 4.0)), desk.pointer.place((1.0, 2.0))
        desk.pointer.drag([start, end])
        moved = (4.0 + end[0] - start[0], 4.0 + end[1] - start[1])
        assert near(desk.points[1], moved)
        assert (desk.points[0], *desk.points[2:]) == (SPOTS[0], *SPOTS[2:])
        assert desk.document.undo_stack.count() == 1
        desk.document.undo_stack.undo()
        assert desk.points == SPOTS

    def test_the_point_under_the_pointer_is_marked_and_the_pointer_is_a_hand(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.use(Tool.MOVE)
        viewport = desk.pointer.plot.frame.canvas.viewport()
        aids = desk.view.drawing.hand.aids
        desk.pointer.move((0.0, 0.0))
        seen = [(aids.ring_is_shown, viewport.cursor().shape())]
        desk.pointer.move((4.0, 4.0))
        seen.append((aids.ring_is_shown, viewport.cursor().shape()))
        desk.pointer.press((4.0, 4.0))
        seen.append((aids.ring_is_shown, viewport.cursor().shape()))
        desk.pointer.release((4.0, 4.0))
        shapes = Qt.CursorShape
        assert seen == [(False, shapes.ArrowCursor), (True, shapes.OpenHandCursor), (True, shapes.ClosedHandCursor)]

    def test_beside_all_points_nothing_moves(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.use(Tool.MOVE)
        pixel = desk.view.drawing.hand.plane().pixel[0]
        desk.pointer.drag([(4.0 - (REACH + 3.0) * pixel, 4.0), (0.0, 0.0)])
        assert desk.points == SPOTS


class TestKeyboard:
    def test_arrows_move_a_cross_and_enter_places_there(self, desk: Desk) -> None:
        desk.pointer.plot.setFocus(Qt.FocusReason.TabFocusReason)
        pixel = desk.view.drawing.hand.plane().pixel
        for _ in range(3):
            desk.pointer.key(Qt.Key.Key_Right)
        desk.pointer.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        desk.pointer.key(Qt.Key.Key_Return)
        assert near(desk.points[0], (18.0 * pixel[0], 30.0 * pixel[1]))
        desk.pointer.key(Qt.Key.Key_Delete)
        assert desk.points == ()

    def test_enter_takes_a_point_up_and_puts_it_down(self, desk: Desk) -> None:
        desk.show(replace(FOUR, points=((0.0, 0.0, 0.0),)))
        desk.pointer.plot.setFocus(Qt.FocusReason.TabFocusReason)
        desk.pointer.key(Qt.Key.Key_V)
        desk.pointer.key(Qt.Key.Key_Enter)
        desk.pointer.key(Qt.Key.Key_Right)
        desk.pointer.key(Qt.Key.Key_Enter)
        desk.pointer.key(Qt.Key.Key_Right)
        assert near(desk.points[0], (6.0 * desk.view.drawing.hand.plane().pixel[0], 0.0))

    def test_the_mouse_does_not_pull_at_a_point_that_the_keyboard_moves(self, desk: Desk) -> None:
        desk.show(replace(FOUR, points=((0.0, 0.0, 0.0),)))
        desk.pointer.plot.setFocus(Qt.FocusReason.TabFocusReason)
        desk.pointer.key(Qt.Key.Key_V)
        desk.pointer.key(Qt.Key.Key_Right)
        desk.pointer.key(Qt.Key.Key_Enter)
        desk.pointer.move((4.0, 4.0))
        desk.pointer.key(Qt.Key.Key_Enter)
        assert desk.points == ((0.0, 0.0, 0.0),)

    @pytest.mark.parametrize(("key", "tool"), [("P", Tool.PLACE), ("X", Tool.ERASE), ("V", Tool.MOVE)])
    def test_letters_choose_the_tool(self, desk: Desk, key: str, tool: Tool) -> None:
        desk.pointer.key(Qt.Key(ord(key)))
        assert desk.view.drawing.bar.tool is tool
        assert desk.view.drawing.hand.tool is tool

    def test_keys_of_the_window_stay_with_the_window(self, desk: Desk) -> None:
        for key in (Qt.Key.Key_Space, Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_Escape):
            event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
            event.ignore()
            QApplication.sendEvent(desk.pointer.plot, event)
            assert not event.isAccepted()

    def test_the_cross_goes_with_the_keyboard(self, desk: Desk) -> None:
        desk.control("tool_erase").setFocus()
        desk.pointer.plot.setFocus(Qt.FocusReason.TabFocusReason)
        cross = [desk.view.drawing.hand._cross]
        desk.control("tool_erase").setFocus()
        assert [*cross, desk.view.drawing.hand._cross] == [(0.0, 0.0), None]
