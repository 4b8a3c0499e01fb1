"""The canvas of the network editor: hands events to the steering, and keeps the picture as large as itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QMenu, QToolTip, QWidget

from nnplayground.app.features.network import hovering, menu
from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.mover import Mover
from nnplayground.app.features.network.navigating import Navigator
from nnplayground.app.features.network.picking import Picker
from nnplayground.app.features.network.pointing import Part, Target, nearest_column
from nnplayground.app.features.network.scene import NetworkScene
from nnplayground.app.features.network.selection import selection_at
from nnplayground.app.features.network.steering import Steering
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.touching import Touch
from nnplayground.app.features.network.zoom import LARGEST
from nnplayground.app.features.network.zoom_bar import ZoomBar
from nnplayground.app.ui.theme import Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.parameter_index import Selection

COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
TOOLTIP_RISE = 10  # Qt puts a tooltip at least 16 pixels below the place it is told
CLICKABLE = {
    Part.NODE, Part.EMPTY_SLOT, Part.MARKER, Part.COUNT, Part.REMOVE, Part.SMALLER, Part.LARGER, Part.ACTIVATION,
    Part.DROPOUT, Part.LONE_DROPOUT,
}  # fmt: skip
MENUS = {
    Part.COUNT: menu.size_menu, Part.MARKER: menu.size_menu, Part.ACTIVATION: menu.activation_menu,
    Part.DROPOUT: menu.dropout_menu, Part.LONE_DROPOUT: menu.block_menu,
}  # fmt: skip


class Canvas(QGraphicsView):
    """Shows the scene pixel by pixel, laid out for the size at hand; `menu_opening` carries the menu of a layer."""

    menu_opening = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pressed = theme, Part.NOTHING
        self._is_filling = False
        self.network = NetworkScene(Look(theme, self.font(), self.devicePixelRatioF()), self)
        self.navigator = Navigator(self, self.network)
        self.steering = Steering(self.network, self)
        self.mover = Mover(self.network, self.steering, self)
        self.setScene(self.network)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.picker = Picker(self.network, self.steering, self)
        self.touch = Touch(self.viewport(), self.navigator)
        self.zoom_bar = self._make_zoom_bar()
        self.navigator.changed.connect(self._show_zoom)
        self.navigator.changed.connect(self.picker.editor.leave)
        self.navigator.rested.connect(self._rest)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._show_view)

    def show_structure(self, structure: Structure) -> None:
        """Show another network."""
        self.network.show_structure(structure)
        self.steering.follow()
        self.mover.follow()
        self.picker.follow()
        self.navigator.follow()
        self._show_view()

    def set_theme(self, theme: Theme) -> None:
        """Show the same in other colours."""
        self._theme = theme
        self.network.set_look(self._look())
        self.zoom_bar.set_theme(theme)
        self.picker.editor.set_theme(theme)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Do what the button under the pointer says, begin to draw sizes, or take the picture into the hand."""
        layout = self.network.layout
        if event.button() == Qt.MouseButton.MiddleButton and not self._is_busy:
            self.navigator.hold(event.position())
            return
        if event.button() != Qt.MouseButton.LeftButton or layout is None or self.navigator.is_panning:
            event.ignore()
            return
        self.steering.show_ring(shown=False)
        position = self._position(event)
        target = self.network.target_at(position)
        self._pressed = target.part
        if not self.picker.press(target, position, event.modifiers()):
            self._press(target, position, layout)
        self._show_pointer(position)

    def _press(self, target: Target, position: QPointF, layout: Layout) -> None:
        """Do what a press here means when it is no weight, bias or neuron that is pressed."""
        if self._belongs_to_layer(target):
            self.steering.choose(self._block_of(target))
        action = self.steering.button(target)
        if action is not None:
            action()
        elif target.part is Part.LONE_DROPOUT:
            self.mover.press(target.block, position)
        elif target.part in MENUS and self._belongs_to_layer(target):
            self._open_below(target)
        elif layout.top <= position.y() < layout.bottom:
            self.steering.begin_draw(position)
        else:
            self.picker.select(None)
        if target.part is Part.NAME:
            self.mover.press(self._block_of(target), position)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two fast clicks for another click, unless the first has put a new layer below it."""
        if self._pressed is not Part.INSERT or self.network.target_at(self._position(event)).part is Part.INSERT:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing, or preview what a click would do."""
        if self.navigator.is_panning:
            self.navigator.drag(event.position())
            return
        if self.mover.is_holding:
            self._carry(self._position(event))
            return
        if self.picker.hand.target is not None:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self.picker.move(self._position(event), fine=is_fine):
                self.steering.begin_draw(self.picker.pressed_at)
        if self.steering.is_drawing:
            self.steering.continue_draw(self._position(event))
        self._show_pointer(self._position(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End drawing or panning."""
        if event.button() == Qt.MouseButton.MiddleButton and self.navigator.is_panning:
            self.navigator.hold(None)
            self._show_pointer(self._position(event))
        if event.button() == Qt.MouseButton.LeftButton and self.mover.is_holding:
            was_clicked = not self.mover.is_carrying
            self.mover.release()
            self._show_pointer(self._position(event))
            if was_clicked and self._pressed is Part.LONE_DROPOUT:
                self._open_below(self.network.target_at(self._position(event)))
        if event.button() == Qt.MouseButton.LeftButton and self.picker.hand.target is not None:
            self.picker.release()
            self._show_pointer(self._position(event))
        if event.button() == Qt.MouseButton.LeftButton and self.steering.is_drawing:
            if not self.steering.end_draw():
                self.picker.click(self._position(event))
            self._show_pointer(self._position(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Preview nothing any more."""
        self.network.show_pointer(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom or pan; not while somebody draws, who would lose the place."""
        event.accept()
        if not self._is_busy:
            self.navigator.wheel(event)
            self._show_pointer(self.mapToScene(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the layer under the pointer, or of the chosen one when a key asked."""
        layout, structure = self.network.layout, self.network.structure
        if layout is None or structure is None or self._is_busy:
            return
        target, position = self.network.target_at(self.mapToScene(event.pos())), event.globalPos()
        selection, block = selection_at(target), target.block
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            selection, block = self.picker.selection, self.steering.block
            position = self._menu_position(block)
        elif target.part is not Part.LONE_DROPOUT:
            block = structure.block_of(nearest_column(layout, self.mapToScene(event.pos()).x()))
        if selection is not None:
            block = structure.block_of(selection.layer + 1)
        column = structure.column_of(block)
        if selection is not None or column is None:
            self.picker.select(selection) if selection is not None else self.picker.select_block(block)
        self.steering.choose(block)
        made = self._block_menu(block)
        if column is not None:
            self.picker.extend_menu(made, selection or Selection(column - 1))
        self.menu_opening.emit(made)
        made.popup(position)

    def _block_menu(self, block: int) -> QMenu:
        """Return the menu of a block, or what can be inserted beside the inputs or the outputs."""
        layers, last = self.steering.layers, len(self.steering.blocks)
        if not 0 <= block < last:
            return menu.insert_menu(self, layers, min(block + 1, last), self.steering.apply)
        return menu.block_menu(self, layers, block, partial(self.steering.apply, gesture=self.steering.begin_gesture()))

    def _menu_position(self, block: int) -> QPoint:
        """Return where on the screen a key opens the menu of what is selected, or of a block."""
        layout, structure, place = self.network.layout, self.network.structure, self.picker.menu_place()
        if place is not None or layout is None or structure is None:
            return self.viewport().mapToGlobal(place or QPoint())
        column, bar = structure.column_of(block), layout.bar_of(block)
        if column is None:
            return self._on_screen(*bar.box.middle) if bar else QPoint()
        return self._on_screen(*layout.cell(column, 0).middle)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain the control under a resting pointer."""
        structure = self.network.structure
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and structure is not None:
            place = self.mapToScene(event.pos())
            text = hovering.tooltip(self.network.target_at(place), structure, self.network.values)
            text = text or self.network.explain(place)
            QToolTip.showText(self._below_label(event.globalPos()), wrapped(text), self)
            return True
        if isinstance(event, QTouchEvent):
            self.touch.take(event)
            return True
        if isinstance(event, QNativeGestureEvent) and not self._is_busy and self.navigator.take(event):
            return True
        return bool(super().viewportEvent(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select with the arrows and move a layer with Alt; change it with +, -, Insert and Delete."""
        is_command = bool(event.modifiers() & COMMANDS)
        if self.mover.is_holding and event.key() == Qt.Key.Key_Escape:
            self.mover.cancel()
            return
        way = MOVES.get(Qt.Key(event.key())) if event.modifiers() & COMMANDS == ALT else None
        if way is not None and not self._is_busy:
            self.steering.show_ring(shown=True)
            self.mover.put(self.steering.block, self.steering.block + way)
            self._bring_into_view(self.steering.block)
            return
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        action = None
        if not is_command and not self.steering.is_drawing:
            action = self.picker.key(Qt.Key(event.key()), shift=is_shifted)
            if event.key() in ENTER and self.picker.dropout is not None:
                action = partial(self._open_dropout, self.picker.dropout)
        if not is_command and action is None and self.picker.hand.target is None:
            action = self.steering.key(Qt.Key(event.key()), is_repeat=event.isAutoRepeat())
        if action is None:
            event.ignore()
            return
        self.steering.show_ring(shown=True)
        action()
        self._bring_into_view(self.steering.block)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which layer the keyboard acts on, when the keyboard brought the focus."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.picker.editor.leave()
        self.steering.show_ring(shown=event.reason() in BY_KEYBOARD)
        if event.reason() in BY_KEYBOARD:
            self._bring_into_view(self.steering.block)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.steering.show_ring(shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new size."""
        super().resizeEvent(event)
        if self._is_filling:
            return  # a bar has come or gone
        self.mover.cancel()  # the places of the layers are others now
        self._fill()
        self.navigator.follow()
        self._show_view()

    def _fill(self) -> None:
        """Give the picture the size of the view; one that is larger than that anyway does not mind the bars.

        The picture may call for a bar, which takes room from it, and need none in less room: that must not go on.
        """
        zoom, self._is_filling = self.navigator.zoom, True
        try:
            for _ in range(2):
                room = self.maximumViewportSize() if zoom > 1.0 else self.viewport().size()
                self.network.set_size(room.width(), room.height(), zoom=zoom)
                self._show_bar()
        finally:
            self._is_filling = False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font, and the screen the window has moved to."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.network.set_look(self._look())

    def event(self, event: QEvent) -> bool:
        """Follow the resolution of the screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.network.set_look(self._look())
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.picker.claims(event):
            event.accept()
            return True
        return bool(super().event(event))

    def _show_bar(self) -> None:
        """Scroll up and down only where the picture is higher than the canvas.

        Qt would do so as soon as it scrolls sideways: it takes the bar to be as high as the platform's, and the style
        sheet draws it flatter.
        """
        layout, policies = self.network.layout, Qt.ScrollBarPolicy
        is_higher = layout is not None and layout.height * self.navigator.zoom > self.viewport().height()
        self.setVerticalScrollBarPolicy(policies.ScrollBarAsNeeded if is_higher else policies.ScrollBarAlwaysOff)

    def _look(self) -> Look:
        zoom = self.navigator.zoom
        return Look(self._theme, self.font(), self.devicePixelRatioF() * zoom, zoom)

    def _position(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())

    def _below_label(self, pointer: QPoint) -> QPoint:
        """Return where on the screen a tooltip leaves the label beside the pointer to be read."""
        label = self.network.label_area()
        foot = pointer.y() if label is None else self._on_screen(label.x(), label.bottom()).y() - TOOLTIP_RISE
        return QPoint(pointer.x(), max(pointer.y(), foot))

    def _on_screen(self, x: float, y: float) -> QPoint:
        return self.viewport().mapToGlobal(self.mapFromScene(x, y))

    @property
    def _is_busy(self) -> bool:
        """Whether the left button draws or carries something, which nothing else may disturb."""
        return self.steering.is_drawing or self.mover.is_holding or self.picker.hand.target is not None

    def _carry(self, position: QPointF) -> None:
        """Carry a layer, and scroll along where the network is wider than the view."""
        self.mover.drag(position, zoom=self.navigator.zoom)
        if self.mover.is_carrying:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.ensureVisible(QRectF(position.x(), self._shown_part().center().y(), 1, 1), 24, 0)

    def _belongs_to_layer(self, target: Target) -> bool:
        """Tell whether the target is a lone dropout, or a part of a hidden layer that can be clicked."""
        is_hidden = self.network.layout is not None and self.network.layout.is_hidden(target.column)
        return target.part is Part.LONE_DROPOUT or (target.part in CLICKABLE and is_hidden)

    def _block_of(self, target: Target) -> int:
        """Return the block that a target belongs to."""
        if target.part is Part.LONE_DROPOUT or self.network.structure is None:
            return target.block
        return self.network.structure.block_of(target.column)

    def _show_pointer(self, position: QPointF) -> None:
        """Light up what is under the pointer."""
        target = self.picker.hand.target or self.network.target_at(position)
        self.network.show_pointer(position)
        is_hand = target.part in {Part.INSERT, Part.NODE} or self._belongs_to_layer(target)
        shape = Qt.CursorShape.PointingHandCursor if is_hand else Qt.CursorShape.ArrowCursor
        shape = Qt.CursorShape.OpenHandCursor if target.part is Part.NAME else shape
        shape = Qt.CursorShape.SizeVerCursor if self.picker.is_number(target) else shape
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _open_below(self, target: Target) -> None:
        """Open the menu of a control in the head, below it."""
        layout = self.network.layout
        if layout is None:
            return
        if target.part is Part.LONE_DROPOUT:
            self._open_dropout(target.block)
            return
        head = layout.head(target.column)
        boxes = {Part.COUNT: head.count, Part.ACTIVATION: head.activation, Part.DROPOUT: head.dropout}
        box = boxes.get(target.part) or layout.cell(target.column, target.row)
        apply = partial(self.steering.apply, gesture=self.steering.begin_gesture())
        made = MENUS[target.part](self, self.steering.layers, self._block_of(target), apply)
        made.popup(self._on_screen(box.x, box.bottom))

    def _open_dropout(self, block: int) -> None:
        """Open the menu of a lone dropout, to the right of its text."""
        bar = self.network.layout.bar_of(block) if self.network.layout else None
        if bar is not None:
            made = self._block_menu(block)
            made.popup(self._on_screen(bar.box.right, bar.box.middle[1]))

    def _bring_into_view(self, block: int) -> None:
        """Scroll to the chosen block when the network is wider than the view."""
        layout, structure = self.network.layout, self.network.structure
        if layout is None or structure is None or not -1 <= block <= len(structure.blocks):
            return
        shown = self._shown_part()
        column, bar = structure.column_of(block), layout.bar_of(block)
        box = layout.slots(column) if column is not None else bar.box if bar else None
        if box is not None and layout.width > shown.width() + 1.0:
            margin = min(int(layout.pitch * self.navigator.zoom), self.viewport().width() // 4)
            self.ensureVisible(QRectF(box.x, shown.center().y(), box.width, 1), margin, 0)

    def _shown_part(self) -> QRectF:
        """Return the part of the scene that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def _show_view(self) -> None:
        """Tell what is in view, and offer the zoom where there is more or less than the whole network at 100 %."""
        self.network.show_part(self._shown_part())
        navigator = self.navigator
        self.zoom_bar.setVisible(not navigator.is_whole)
        self.zoom_bar.show_zoom(navigator.zoom, least=navigator.least, most=LARGEST)
        self.zoom_bar.put(self.viewport())

    def _show_zoom(self) -> None:
        """Follow the zoom at once, with pictures that are not sharp yet."""
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._fill()
        self._show_view()

    def _rest(self) -> None:
        """Draw everything as sharp as the screen is."""
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, enabled=False)
        self.network.set_look(self._look())

    def _make_zoom_bar(self) -> ZoomBar:
        navigator = self.navigator
        return ZoomBar(
            self,
            smaller=navigator.zoom_out,
            normal=navigator.zoom_normal,
            larger=navigator.zoom_in,
            fit=navigator.fit,
        )
