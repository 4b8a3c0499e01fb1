"""One feature as a chip with its map: a click switches it on and off, a formula can also be changed and removed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from nnplayground.app.text.titles import FEATURES, feature_title
from nnplayground.app.ui.theme import HIT_AREA, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.app.ui.value_picture import value_icon
from nnplayground.arrays import Floats
from nnplayground.data.features import feature_map

MAP_SIDE, MAP_CELLS = 14, 28
FRAME = 18  # borders, padding and the gap between icon and text
NOT_TEXT = 34  # border, padding, gap and the arrow of the menu
LAST = " The network needs at least one feature."
FORMULA_KEYS = "A click leaves it out or takes it back; the arrow, F2 and Delete change and remove it."


class FeatureChip(QToolButton):
    """A checkable button that names a feature and shows its map."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(f"feature_{name}")
        self.setAccessibleName(f"Feature {feature_title(name)}")
        self.setCheckable(True)
        self.setProperty("chip", True)
        self.setMinimumHeight(HIT_AREA)
        self.setIconSize(QSize(MAP_SIDE, MAP_SIDE))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(feature_title(name))
        # Qt by itself leaves more room around icon and text than there is beside each other.
        self.setMinimumWidth(MAP_SIDE + self.fontMetrics().horizontalAdvance(self.text()) + FRAME)
        self.explain()

    def explain(self, *, is_last: bool = False) -> None:
        """Say what the feature is, and that it must stay when it is the last one."""
        self.setToolTip(wrapped(FEATURES[self.name].help + (LAST if is_last else "")))

    def draw_map(self, theme: Theme, bounds: Floats) -> None:
        """Draw the map of the feature over the plane, `bounds` `[2, 2]` from low to high of x1 and of x2."""
        self.setIcon(value_icon(feature_map(self.name, bounds, MAP_CELLS), theme, MAP_SIDE))


class FormulaChip(FeatureChip):
    """The chip of a formula that somebody typed; `change_wanted` and `removal_wanted` tell its name."""

    change_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setProperty("formula", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(HIT_AREA)
        menu = QMenu(self)
        menu.setObjectName("formula_menu")
        menu.addAction("Change formula…\tF2", self._want_change).setObjectName("change_formula")
        menu.addAction("Remove formula\tDel", self._want_removal).setObjectName("remove_formula")
        self.setMenu(menu)

    def explain(self, *, is_last: bool = False) -> None:
        """Show the whole formula, which may be too long for the chip, and what can be done to it."""
        self.setToolTip(wrapped(f"{self.name}\n{FORMULA_KEYS}{LAST if is_last else ''}"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the formula as there is room for."""
        super().resizeEvent(event)
        room = event.size().width() - MAP_SIDE - NOT_TEXT
        self.setText(self.fontMetrics().elidedText(feature_title(self.name), Qt.TextElideMode.ElideRight, room))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the same menu as the arrow."""
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the formula with F2, remove it with Delete, open the menu with the arrow down."""
        if event.key() == Qt.Key.Key_F2:
            self._want_change()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._want_removal()
        elif event.key() == Qt.Key.Key_Down:
            self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def _want_change(self) -> None:
        self.change_wanted.emit(self.name)

    def _want_removal(self) -> None:
        self.removal_wanted.emit(self.name)
