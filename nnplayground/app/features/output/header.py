"""The header of the boundary view: its name, what is shown on the map, and whether it is a surface."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nnplayground.app.ui.plain_text import menu_text, one_line
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import HIT_AREA, LARGE, SPACE, scaled
from nnplayground.app.ui.tooltips import name_entry, wrapped
from nnplayground.training.run.prepare import Prepared

HELD_HELP = (
    "Show the points that are held out: rings test the network, rings with a cross choose the best epoch. It never "
    "trains on them."
)
TEST_HELP = "Show the points kept for the test, as rings. The network never trains on them."
WRONG_HELP = "Put a ring around each point that the network takes for another class than its own."
RELIEF_HELP = (
    "Show the answer as a surface in the room: how high it stands is how large the value is, or how far the network "
    "leans to one of two classes. Drag to turn it."
)
TARGET_HELP = "The target whose answers are shown, of the several that the network predicts."
LONGEST_TARGET = 18
NO_RELIEF = "A surface shows one number at each place; for more than two classes there is none."


class Header(QWidget):
    """`test_toggled`, `wrong_toggled` and `relief_toggled` tell what a person has switched.

    `target_chosen(place)` tells which of several targets is to be shown.
    """

    test_toggled = Signal(bool)
    wrong_toggled = Signal(bool)
    relief_toggled = Signal(bool)
    target_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(self)
        self.title.setObjectName("boundary_title")
        self.title.set_whole_text("Decision boundary")
        self.show_menu = self._button("boundary_show", "Show", "Choose which points are shown on the map.")
        self.show_menu.setAccessibleName("Points on the map")
        menu = QMenu(self.show_menu)
        menu.setToolTipsVisible(True)
        self.test_points = _choice(menu, "boundary_test_points", "Test points", TEST_HELP)
        self.wrong_points = _choice(menu, "boundary_wrong_points", "Rings around wrong answers", WRONG_HELP)
        self.show_menu.setMenu(menu)
        self.show_menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.target = self._button("boundary_target", "Target", TARGET_HELP)
        self.target.setAccessibleName("Target on show")
        self.target.setMenu(QMenu(self.target))
        self.target.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.target.hide()
        self._names: tuple[str, ...] = ()
        self.relief = self._button("boundary_relief_button", "3-D", RELIEF_HELP)
        self.relief.setAccessibleName("Show as a surface")
        self.relief.setCheckable(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[0])
        self._row.addWidget(self.title, 1)
        self._row.addWidget(self.target)
        self._row.addWidget(self.show_menu)
        self._row.addWidget(self.relief)
        self.test_points.toggled.connect(self.test_toggled)
        self.wrong_points.toggled.connect(self.wrong_toggled)
        self.relief.toggled.connect(self.relief_toggled)

    def add_control(self, control: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(control)

    def refresh_font(self) -> None:
        """Write the name in the size of names."""
        self.title.setFont(scaled(self.font(), LARGE, bold=True))

    def offer(self, data: Prepared) -> None:
        """Offer what there is to choose for these data."""
        is_held, has_classes = len(data.present) > 1, bool(data.samples.classes)
        has_validation = "validation" in data.present
        can_be_relief = len(data.samples.classes) <= 2
        self.test_points.setVisible(is_held)
        self.test_points.setText("Validation and test points" if has_validation else "Test points")
        self.test_points.setToolTip(wrapped(HELD_HELP if has_validation else TEST_HELP))
        self.wrong_points.setVisible(has_classes)
        self.show_menu.setVisible(is_held or has_classes)
        self.relief.setVisible(len(data.samples.input_names) > 1)
        self.relief.setEnabled(can_be_relief)
        self.relief.setToolTip(wrapped(RELIEF_HELP if can_be_relief else NO_RELIEF))

    def offer_targets(self, names: tuple[str, ...], shown: int) -> None:
        """Offer the targets by their names, where there are several, and name the one that is shown."""
        self.target.setVisible(len(names) > 1)
        if len(names) < 2:
            self._names = ()
            return
        if names != self._names:
            self._names = names
            self._make_targets()
        for place, action in enumerate(self.target.menu().actions()):
            action.setChecked(place == shown)
        self.target.setText(f"Target: {menu_text(one_line(names[shown], LONGEST_TARGET))}")
        self.target.setAccessibleName(f"Target on show: {one_line(names[shown])}")

    def _make_targets(self) -> None:
        """Fill the menu with the targets, of which one is chosen."""
        menu = self.target.menu()
        menu.clear()
        group = QActionGroup(menu)
        for place, name in enumerate(self._names):
            action = name_entry(QAction(menu), name)
            menu.addAction(action)
            action.setObjectName(f"boundary_target_{place}")
            action.setCheckable(True)
            action.triggered.connect(partial(self._choose_target, place))
            group.addAction(action)

    def _choose_target(self, place: int, *_checked: bool) -> None:
        self.target_chosen.emit(place)

    def offer_nothing(self) -> None:
        """Offer no choice while there is nothing to show."""
        self.show_menu.hide()
        self.relief.hide()
        self.target.hide()

    def _button(self, name: str, text: str, tooltip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(wrapped(tooltip))
        button.setProperty("slim", True)
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


def _choice(menu: QMenu, name: str, text: str, tooltip: str) -> QAction:
    """Return an entry of a menu that is on at first."""
    action = menu.addAction(text)
    action.setObjectName(name)
    action.setToolTip(wrapped(tooltip))
    action.setCheckable(True)
    action.setChecked(True)
    return action
