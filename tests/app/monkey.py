"""A seeded monkey: plays with whatever the window shows, with real mouse, wheel and key events."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QTableView,
    QWidget,
)

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.errors import InputError
from tests.commands import edit_by_chance, run_by_chance

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTableView)
KEYS = [
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
    Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space,
    Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_8, Qt.Key.Key_0, Qt.Key.Key_Period, Qt.Key.Key_Home,
    *(Qt.Key(code) for code in range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)),
]  # fmt: skip
BUTTONS = [Qt.MouseButton.LeftButton] * 6 + [Qt.MouseButton.RightButton] * 2 + [Qt.MouseButton.MiddleButton]
MODIFIERS = [Qt.KeyboardModifier.NoModifier] * 6 + [
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
]  # fmt: skip
IN_TIME = [
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0,
]  # fmt: skip
PLOTS = {"cost_plot", "score_plot", "surface_plot", "seeds_band", "seeds_strip", "race_curves", "inside_gradient_plot"}
STARTS = {"seeds_start", "race_start"}
POPUP_MILLISECONDS = 5
NOT_FOR_MONKEYS = {
    "quit",
    "new",
    "open",
    "open_pictures",
    "save",
    "save_as",
    "export",
    "export_animation",
    "close_dock",
}
"""Actions that end the experiment or ask for a file."""


class Monkey:
    """Makes one gesture after another; the same seed makes the same ones on the same window.

    What pops up meanwhile, a menu or a dialog, is answered by chance, too, a moment later.
    """

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self._gestures: list[Callable[[], None]] = [
            *[self._in_network] * 8, *[self._in_output] * 5, *[self._at_control] * 8, *[self._press_key] * 3,
            *[self._trigger] * 3, *[self._in_time] * 3, self._perform, self._compare, self._ask_for_menu, self._resize,
        ]  # fmt: skip
        self.last = ""
        self._popups = QTimer(window)
        self._popups.setInterval(POPUP_MILLISECONDS)
        self._popups.timeout.connect(self._answer)
        self._popups.start()

    def close(self) -> None:
        """Answer what is still open and stop."""
        for _ in range(10):
            if self._open() is None:
                break
            self._answer()
        self._popups.stop()

    def play(self) -> None:
        """Make one gesture."""
        self._chance.choice(self._gestures)()
        QApplication.processEvents()

    def _in_network(self) -> None:
        """Use the mouse, the wheel or the keyboard in the editor."""
        self._play_on(self._window.network_view.canvas)

    def _in_output(self) -> None:
        """Use the mouse, the wheel or the keyboard in the output."""
        plots = [view for view in self._window.boundary_view.findChildren(QGraphicsView) if _is_usable(view)]
        if plots:
            self._play_on(self._chance.choice(plots))

    def _in_time(self) -> None:
        """Scrub, replay, or use the mouse and the wheel in the plots by epoch and of the cost surface."""
        chance, window = self._chance, self._window
        kind = chance.choice(["scrub", "scrub", "step", "plot", "plot", "replay"])
        if kind == "replay":
            self._do("replay")
            return
        views = [view for view in window.findChildren(QGraphicsView) if view.objectName() in PLOTS and _is_usable(view)]
        scrubbers = [slider for slider in window.cost_view.findChildren(QAbstractSlider) if _is_usable(slider)]
        if kind == "plot" and views:
            self._play_on(chance.choice(views))
        elif scrubbers:
            scrubber = chance.choice(scrubbers)
            self.last = f"{kind} with {scrubber.objectName()}"
            if kind == "scrub":
                start, stop = self._spot(scrubber), self._spot(scrubber)
                self._drag(scrubber, Qt.MouseButton.LeftButton, MODIFIERS[0], start, stop)
            else:
                QTest.keyClick(scrubber, chance.choice(IN_TIME))

    def _perform(self) -> None:
        """Give a command, as a lesson would; one that is refused says so and changes nothing."""
        window, chance = self._window, self._chance
        command = run_by_chance(chance) if chance.random() < 0.3 else edit_by_chance(window.document.project, chance)
        self.last = f"command {command}"
        with suppress(InputError):
            window.perform(command)

    def _compare(self) -> None:
        """Look at the pinned runs, many seeds, a race or a cost surface, and begin or cancel what can be begun."""
        chance, window = self._chance, self._window
        name = chance.choice(["pin", "compare", "surface", "inside", "start", "start"])
        if name != "start":
            self._do(name)
            return
        starts = [one for one in window.findChildren(QAbstractButton) if one.objectName() in STARTS and _is_usable(one)]
        if starts:
            button = chance.choice(starts)
            self.last = f"press {button.objectName()}"
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _ask_for_menu(self) -> None:
        """Ask for the menu of something in the window, as a right click does, such as that which exports a plot."""
        found = [one for one in self._window.findChildren(QGraphicsView) if _is_usable(one)]
        if found:
            view = self._chance.choice(found)
            area, place = view.viewport(), self._spot(view.viewport())
            self.last = f"menu of {view.objectName()} at {place.toTuple()}"
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, area.mapToGlobal(place))
            QApplication.sendEvent(area, event)

    def _do(self, name: str) -> None:
        """Choose an entry of the menus, if it can be chosen."""
        self.last = f"action {name}"
        if self._window.commands[name].isEnabled():
            self._window.commands[name].trigger()

    def _play_on(self, view: QGraphicsView) -> None:
        chance, area = self._chance, view.viewport()
        if not _is_usable(area):
            return
        start, stop = self._spot(area), self._spot(area)
        button, modifier = chance.choice(BUTTONS), chance.choice(MODIFIERS)
        kind = chance.choice(["click", "click", "drag", "drag", "double", "wheel", "hover", "key"])
        self.last = f"{kind} in {view.objectName()} from {start.toTuple()} to {stop.toTuple()}, {button}, {modifier}"
        if kind == "click":
            QTest.mouseClick(area, button, modifier, start)
        elif kind == "double":
            QTest.mouseDClick(area, button, modifier, start)
        elif kind == "hover":
            QTest.mouseMove(area, start)
        elif kind == "wheel":
            self._turn_wheel(area, start, modifier)
        elif kind == "key":
            QTest.keyClick(view, chance.choice(KEYS), modifier)
        else:
            self._drag(area, button, modifier, start, stop)

    def _drag(
        self, area: QWidget, button: Qt.MouseButton, modifier: Qt.KeyboardModifier, start: QPoint, stop: QPoint
    ) -> None:
        QTest.mousePress(area, button, modifier, start)
        for step in range(1, 5):
            way = QPointF(stop - start) * step / 4
            QTest.mouseMove(area, (QPointF(start) + way).toPoint())
            QApplication.processEvents()
        if self._chance.random() < 0.1:
            QTest.keyClick(area, Qt.Key.Key_Escape)
        QTest.mouseRelease(area, button, modifier, stop)

    def _turn_wheel(self, area: QWidget, spot: QPoint, modifier: Qt.KeyboardModifier) -> None:
        turn = QPoint(0, self._chance.choice([-240, -120, 120, 240]))
        event = QWheelEvent(
            QPointF(spot), QPointF(area.mapToGlobal(spot)), QPoint(), turn, Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(area, event)

    def _at_control(self) -> None:
        """Click, drag or type at some control of the window."""
        controls = [child for child in self._window.findChildren(QWidget) if self._is_for_monkeys(child)]
        if not controls:
            return
        control, chance = self._chance.choice(controls), self._chance
        self.last = f"{type(control).__name__} {control.objectName()}"
        area = control.viewport() if isinstance(control, QTableView) else control
        if isinstance(control, QAbstractSlider):
            self._drag(area, Qt.MouseButton.LeftButton, MODIFIERS[0], self._spot(area), self._spot(area))
        elif isinstance(control, QLineEdit | QAbstractSpinBox):
            control.setFocus()
            QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(control, chance.choice(["1", "0.5", "-3", "1e9", "x", "x1*x2", "sin(x1)+", "", "#", "07"]))
            QTest.keyClick(control, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(area, chance.choice(BUTTONS), chance.choice(MODIFIERS), self._spot(area))

    def _press_key(self) -> None:
        """Press a key where the focus is."""
        key, modifier = self._chance.choice(KEYS), self._chance.choice(MODIFIERS)
        if modifier != Qt.KeyboardModifier.NoModifier and key.value >= Qt.Key.Key_A.value:
            modifier = Qt.KeyboardModifier.NoModifier  # those are the commands for files
        target = QApplication.focusWidget() or self._window
        self.last = f"{key} {modifier} at {target.objectName()}"
        QTest.keyClick(target, key, modifier)

    def _trigger(self) -> None:
        """Choose some entry of the menus."""
        names = [name for name, action in self._window.commands.items() if action.isEnabled()]
        name = self._chance.choice([name for name in names if name not in NOT_FOR_MONKEYS])
        self.last = f"action {name}"
        self._window.commands[name].trigger()

    def _resize(self) -> None:
        """Make the window larger or smaller."""
        width, height = self._chance.choice([(1280, 720), (1440, 900), (1920, 1080), (1100, 640)])
        self.last = f"resize to {width} × {height}"
        self._window.resize(width, height)

    def _is_for_monkeys(self, widget: QWidget) -> bool:
        if not isinstance(widget, CONTROLS) or not _is_usable(widget) or widget.window() is not self._window:
            return False
        action = widget.defaultAction() if hasattr(widget, "defaultAction") else None
        names = {widget.objectName(), action.objectName() if action is not None else ""}
        return not names & (NOT_FOR_MONKEYS | {"open_csv", "open_folder"})

    def _spot(self, area: QWidget) -> QPoint:
        return QPoint(self._chance.randrange(max(1, area.width())), self._chance.randrange(max(1, area.height())))

    def _open(self) -> QWidget | None:
        """Return the menu, popup or dialog that waits for an answer."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()

    def _answer(self) -> None:
        """Answer what has popped up: choose something, type something, or close it."""
        popup = self._open()
        if popup is None:
            return
        target = next((child for child in popup.findChildren(QWidget) if child.hasFocus()), popup)
        for _ in range(self._chance.randrange(4)):
            QTest.keyClick(target, Qt.Key.Key_Down)
        if isinstance(target, QLineEdit):
            QTest.keyClicks(target, self._chance.choice(["0.25", "-1", "nonsense", "x1**2", "3"]))
        QTest.keyClick(target, self._chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))
        still = self._open()
        if still is popup:
            still.close()


def _is_usable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.width() > 0 and widget.height() > 0
