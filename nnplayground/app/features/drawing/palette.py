"""The classes to draw with: a chip each, with colour, mark and name; the numbers 1 to 8 choose them."""

from __future__ import annotations

from functools import partial

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import menu_text, one_line
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SPACE, Theme, marker
from nnplayground.app.ui.tooltips import name_entry, wrapped
from nnplayground.project.drawing import FEWEST_CLASSES, MOST_CLASSES

MARK, RATIO = 12, 2.0
CHIP_FRAME = 12
LONGEST_NAME = 72
LONGEST_ON_MORE = 16  # characters
ADD = "Add a class. Training starts over, because the network gets another output."
RENAME = "Double-click or F2 to rename it."


class Palette(QWidget):
    """One chip for each class; `chosen(place)` follows a click.

    `add_wanted()`, `rename_wanted(place, name)` and `remove_wanted(place)` ask for other classes.
    """

    chosen = Signal(int)
    add_wanted = Signal()
    rename_wanted = Signal(int, str)
    remove_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("class_palette")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = LIGHT
        self._classes: tuple[str, ...] = ()
        self._current = 0
        self.chips: list[QToolButton] = []
        self.add = self._make_add()
        self.more = self._make_more()
        self._name = QLineEdit(self)
        self._name.setObjectName("class_name")
        self._name.setAccessibleName("Name of the class")
        self._name.hide()
        self._name.editingFinished.connect(self._named)
        self._name.installEventFilter(self)
        self._renamed = -1
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self.more)
        self._row.addWidget(self.add)
        self._row.addStretch(1)

    def show_classes(self, classes: tuple[str, ...], *, current: int) -> None:
        """Show these classes, with one of them chosen; this is no news to anybody."""
        if classes != self._classes:
            self._classes = classes
            self._end_naming()
            while len(self.chips) > min(len(classes), MOST_CLASSES):
                self.chips.pop().deleteLater()
            while len(self.chips) < min(len(classes), MOST_CLASSES):
                self._add_chip()
            self._name_chips()
        self._current = current
        for place, chip in enumerate(self.chips):
            chip.setChecked(place == current)
        self.more.setVisible(len(classes) > MOST_CLASSES)
        self.more.setText(menu_text(classes[current], LONGEST_ON_MORE) if current >= MOST_CLASSES else "More")
        self.add.setVisible(len(classes) < MOST_CLASSES)
        self._fit_names()

    def set_theme(self, theme: Theme) -> None:
        """Draw the marks in other colours."""
        self._theme = theme
        self.add.setIcon(icon("plus", theme.text))
        self._name_chips()

    def rename(self, place: int) -> None:
        """Let the user write another name over the chip."""
        chip = self.chips[place]
        self._renamed = place
        self._name.setText(self._classes[place])
        width = max(chip.width(), LONGEST_NAME + CHIP_FRAME)
        left = min(chip.x(), self.width() - width)
        self._name.setGeometry(left, chip.y(), width, chip.height())
        self._name.show()
        self._name.raise_()
        self._name.selectAll()
        self._name.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many names as fit."""
        super().resizeEvent(event)
        self._fit_names()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rename on a double click or F2, offer more on a right click, and let Escape end the renaming."""
        if watched is self._name:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                else:
                    self._end_naming()
                return True
            return False
        if watched not in self.chips:
            return False
        place = self.chips.index(watched)
        if event.type() == QEvent.Type.MouseButtonDblClick or (
            event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2
        ):
            self.rename(place)
            return True
        if isinstance(event, QContextMenuEvent):
            self._open_menu(place, event.globalPos())
            return True
        return False

    def _make_add(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("add_class")
        button.setAccessibleName("Add a class")
        button.setToolTip(wrapped(ADD))
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.add_wanted)
        return button

    def _make_more(self) -> QToolButton:
        """Return the list of the classes that have no chip."""
        button = QToolButton(self)
        button.setObjectName("more_classes")
        button.setAccessibleName("More classes")
        button.setToolTip(wrapped("Choose one of the classes that have no number."))
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(QMenu(button))
        button.menu().aboutToShow.connect(self._fill_more)
        return button

    def _fill_more(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for place in range(MOST_CLASSES, len(self._classes)):
            action = name_entry(menu.addAction(self._mark(place), ""), self._classes[place])
            action.triggered.connect(partial(self.chosen.emit, place))

    def _add_chip(self) -> None:
        """Put one more chip before the button that adds classes."""
        place = len(self.chips)
        chip = QToolButton(self)
        chip.setObjectName(f"class_{place + 1}")
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setMinimumSize(HIT_AREA, HIT_AREA)
        chip.clicked.connect(partial(self._choose, place))
        chip.installEventFilter(self)
        self.chips.append(chip)
        self._row.insertWidget(place, chip)
        if place:
            QWidget.setTabOrder(self.chips[place - 1], chip)

    def _choose(self, place: int) -> None:
        for other, chip in enumerate(self.chips):
            chip.setChecked(other == place)
        self.chosen.emit(place)

    def _name_chips(self) -> None:
        """Draw all marks and say what each chip does."""
        for place, (chip, name) in enumerate(zip(self.chips, map(one_line, self._classes), strict=False)):
            chip.setIcon(self._mark(place))
            chip.setAccessibleName(f"Class {name}")
            chip.setToolTip(wrapped(f"Draw points of the class “{name}” ({place + 1}). {RENAME}"))

    def _fit_names(self) -> None:
        """Show the names of all classes, or where they do not fit only that of the chosen one."""
        metrics = self.fontMetrics()
        names = [
            metrics.elidedText(one_line(name), Qt.TextElideMode.ElideRight, LONGEST_NAME) for name in self._classes
        ]
        names = names[: len(self.chips)]
        widths = [metrics.horizontalAdvance(name) + MARK + CHIP_FRAME + 8 for name in names]
        fits = sum(widths) + HIT_AREA + SPACE[1] <= self.width()
        for place, (chip, name) in enumerate(zip(self.chips, names, strict=True)):
            text = name if fits or place == self._current else ""
            style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
            chip.setText(text.replace("&", "&&"))
            chip.setToolButtonStyle(style)

    def _mark(self, place: int) -> QIcon:
        """Return the mark of a class as it stands on the map."""
        picture = QPixmap(round(MARK * RATIO), round(MARK * RATIO))
        picture.setDevicePixelRatio(RATIO)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(MARK / 2.0, MARK / 2.0)
        color = self._theme.class_color(place, len(self._classes))
        pen, brush = pg.mkPen(QColor(color), width=0.0), pg.mkBrush(color)
        pg.graphicsItems.ScatterPlotItem.drawSymbol(painter, marker(place), MARK - 2.0, pen, brush)
        painter.end()
        return QIcon(picture)

    def _open_menu(self, place: int, where: QPoint) -> None:
        """Offer to rename a class or to take it away."""
        menu = QMenu(self)
        menu.setObjectName("class_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename…").triggered.connect(partial(self.rename, place))
        remove = menu.addAction("Remove with its points")
        remove.setEnabled(len(self._classes) > FEWEST_CLASSES)
        remove.triggered.connect(partial(self.remove_wanted.emit, place))
        menu.popup(where)

    def _named(self) -> None:
        """Ask for the name that was written."""
        place, name = self._renamed, self._name.text().strip()
        self._end_naming()
        if place >= 0 and name != self._classes[place]:
            self.rename_wanted.emit(place, name)

    def _end_naming(self) -> None:
        self._renamed = -1
        self._name.hide()
