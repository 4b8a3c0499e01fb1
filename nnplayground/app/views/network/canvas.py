"""The canvas of the network editor: hands events to the steering, and keeps the picture as large as itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from nnplayground.app.theme import Theme
from nnplayground.app.views.network import hovering, menu
from nnplayground.app.views.network.items.look import Look
from nnplayground.app.views.network.pointing import Part, Target, nearest_column
from nnplayground.app.views.network.scene import NetworkScene
from nnplayground.app.views.network.steering import Steering
from nnplayground.app.views.network.structure import Structure
from nnplayground.app.widgets.tooltips import wrapped

COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
CLICKABLE = {
    Part.NODE, Part.EMPTY_SLOT, Part.MARKER, Part.COUNT, Part.REMOVE, Part.SMALLER, Part.LARGER, Part.ACTIVATION,
    Part.DROPOUT,
}  # fmt: skip
MENUS = {
    Part.COUNT: menu.size_menu, Part.MARKER: menu.size_menu, Part.ACTIVATION: menu.activation_menu,
    Part.DROPOUT: menu.dropout_menu,
}  # fmt: skip


class Canvas(QGraphicsView):
    """Shows the scene pixel by pixel, laid out for the size at hand."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.network = NetworkScene(self._look(), self)
        self.steering = Steering(self.network, self)
        self.steering.chosen.connect(self._bring_into_view)
        self.setScene(self.network)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    def show_structure(self, structure: Structure) -> None:
        """Show another network."""
        self.network.show_structure(structure)
        self.steering.follow()

    def set_theme(self, theme: Theme) -> None:
        """Show the same in other colours."""
        self._theme = theme
        self.network.set_look(self._look())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Do what the button under the pointer says, or begin to draw sizes."""
        layout = self.network.layout
        if event.button() != Qt.MouseButton.LeftButton or layout is None:
            event.ignore()
            return
        self.steering.show_ring(shown=False)
        position = self._position(event)
        target = self.network.target_at(position)
        if self._belongs_to_layer(target):
            self.steering.choose(target.column - 1)
        action = self.steering.button(target)
        if action is not None:
            action()
        elif target.part in MENUS and self._belongs_to_layer(target):
            self._open_below(target)
        elif layout.top <= position.y() < layout.bottom:
            self.steering.begin_draw(position)
        self._show_pointer(position)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two fast clicks for a click like any other."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing, or preview what a click would do."""
        if self.steering.is_drawing:
            self.steering.continue_draw(self._position(event))
        self._show_pointer(self._position(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End drawing."""
        if event.button() == Qt.MouseButton.LeftButton and self.steering.is_drawing:
            self.steering.end_draw()
            self._show_pointer(self._position(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Preview nothing any more."""
        self.network.show_pointer(None, QRectF())
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the layer under the pointer, or of the chosen one when a key asked."""
        layout, layers = self.network.layout, self.steering.layers
        if layout is None or self.steering.is_drawing:
            return
        column, position = nearest_column(layout, self.mapToScene(event.pos()).x()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            column = self.steering.layer + 1
            position = self._on_screen(*layout.cell(column, 0).middle)
        if layout.is_hidden(column):
            self.steering.choose(column - 1)
            apply = partial(self.steering.apply, gesture=self.steering.begin_gesture())
            menu.layer_menu(self, layers, column - 1, apply).popup(position)
        else:
            menu.insert_menu(self, layers, min(column, len(layers)), self.steering.apply).popup(position)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain the control under a resting pointer."""
        structure = self.network.structure
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and structure is not None:
            text = hovering.tooltip(self.network.target_at(self.mapToScene(event.pos())), structure)
            QToolTip.showText(event.globalPos(), wrapped(text), self)
            return True
        return bool(super().viewportEvent(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a layer with Left and Right; change it with Up, Down, +, -, Insert and Delete."""
        is_command = bool(event.modifiers() & COMMANDS)
        action = None if is_command else self.steering.key(Qt.Key(event.key()), is_repeat=event.isAutoRepeat())
        if action is None:
            event.ignore()
            return
        self.steering.show_ring(shown=True)
        action()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which layer the keyboard acts on, when the keyboard brought the focus."""
        super().focusInEvent(event)
        self.steering.show_ring(shown=event.reason() in BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.steering.show_ring(shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new size."""
        super().resizeEvent(event)
        for _ in range(2):  # the picture may call for a bar, which takes room from it without another event
            self.network.set_size(self.viewport().width(), self.viewport().height())
            self._show_bar()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font, and the screen the window has moved to."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.network.set_look(self._look())

    def event(self, event: QEvent) -> bool:
        """Follow the resolution of the screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.network.set_look(self._look())
        return bool(super().event(event))

    def _show_bar(self) -> None:
        """Scroll up and down only where the picture is higher than the canvas.

        Qt would do so as soon as it scrolls sideways: it takes the bar to be as high as the platform's, and the style
        sheet draws it flatter.
        """
        layout, policies = self.network.layout, Qt.ScrollBarPolicy
        is_higher = layout is not None and layout.height > self.viewport().height()
        self.setVerticalScrollBarPolicy(policies.ScrollBarAsNeeded if is_higher else policies.ScrollBarAlwaysOff)

    def _look(self) -> Look:
        return Look(self._theme, self.font(), self.devicePixelRatioF())

    def _position(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())

    def _on_screen(self, x: float, y: float) -> QPoint:
        return self.viewport().mapToGlobal(self.mapFromScene(x, y))

    def _belongs_to_layer(self, target: Target) -> bool:
        """Tell whether the target is a part of a hidden layer that can be clicked."""
        return target.part in CLICKABLE and 0 < target.column <= len(self.steering.layers)

    def _show_pointer(self, position: QPointF) -> None:
        """Light up what is under the pointer."""
        target = self.network.target_at(position)
        self.network.show_pointer(position, self.mapToScene(self.viewport().rect()).boundingRect())
        is_hand = target.part is Part.INSERT or self._belongs_to_layer(target)
        shape = Qt.CursorShape.PointingHandCursor if is_hand else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _open_below(self, target: Target) -> None:
        """Open the menu of a control in the head, below it."""
        layout = self.network.layout
        if layout is None:
            return
        head = layout.head(target.column)
        boxes = {Part.COUNT: head.count, Part.ACTIVATION: head.activation, Part.DROPOUT: head.dropout}
        box = boxes.get(target.part) or layout.cell(target.column, target.row)
        apply = partial(self.steering.apply, gesture=self.steering.begin_gesture())
        made = MENUS[target.part](self, self.steering.layers, target.column - 1, apply)
        made.popup(self._on_screen(box.x, box.bottom))

    def _bring_into_view(self, layer: int) -> None:
        """Scroll to the chosen layer when the network is wider than the canvas."""
        layout = self.network.layout
        if layout is not None and layout.is_hidden(layer + 1) and layout.width > self.viewport().width():
            box = layout.slots(layer + 1)
            self.ensureVisible(QRectF(box.x, 0, box.width, 1), int(layout.pitch), 0)
