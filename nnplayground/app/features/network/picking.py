"""Selects neurons, edges and layers, and lets single weights and biases be changed, frozen and switched off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsView, QMenu, QToolTip

from nnplayground.app.features.network import edits
from nnplayground.app.features.network import selection as moves
from nnplayground.app.features.network.neuron_menu import TOO_MANY, Tools, add_entries
from nnplayground.app.features.network.pointing import Part, Target
from nnplayground.app.features.network.scene import NetworkScene
from nnplayground.app.features.network.selection import number_of, place_of, selection_at, selection_of
from nnplayground.app.features.network.steering import Steering
from nnplayground.app.features.network.value_drag import THRESHOLD
from nnplayground.app.features.network.value_editor import ValueEditor
from nnplayground.app.features.network.value_hand import Moved, ValueHand
from nnplayground.project.parameter_index import ParameterIndex, Selection

Key = Qt.Key
Action = Callable[[], None]
MARGIN = 40  # pixels that are left between what is selected and the border of the view
LETTERS = frozenset({Key.Key_K, Key.Key_O})
NODES = frozenset({Part.NODE, Part.BIAS})


class Picker(QObject):
    """Holds the selection, and the block of a lone dropout that is selected instead of it.

    `selected` carries the new selection, `inspect_asked` the part whose numbers are asked for.
    """

    selected = Signal(object)
    inspect_asked = Signal(object)

    def __init__(self, scene: NetworkScene, steering: Steering, view: QGraphicsView) -> None:
        super().__init__(view)
        self._scene, self._steering, self._view = scene, steering, view
        self.values = scene.values
        self.selection: Selection | None = None
        self.dropout: int | None = None
        self.hand = ValueHand(self.values, self)
        self.hand.clicked.connect(self._click_number)
        self.editor = ValueEditor(self.values, view)
        self.editor.closed.connect(partial(scene.hush, quiet=False))
        self._pressed: tuple[Target, QPointF] | None = None
        self._sizes: tuple[int, ...] = ()

    def select(self, selection: Selection | None) -> None:
        """Select this, or nothing."""
        self._set_off(None)
        if selection is not None:
            self._choose(selection)  # also where it was selected before
        if selection != self.selection:
            self.show_selection(selection)
            self.selected.emit(selection)

    def select_block(self, block: int) -> None:
        """Select a layer as a whole, or a lone dropout; of those that do not exist, the nearest."""
        structure = self._scene.structure
        if structure is None:
            return
        block = min(max(block, -1), len(structure.blocks))
        column = structure.column_of(block)
        self.select(None if column is None else Selection(column - 1))
        if column is None:
            self._steering.choose(block)
            self._set_off(block)

    def _set_off(self, block: int | None) -> None:
        """Take a lone dropout for what is selected, or none."""
        self.dropout = block
        self._scene.show_dropout(block)

    def _choose(self, selection: Selection) -> None:
        """Choose the block in which something is selected."""
        if self._scene.structure is not None:
            self._steering.choose(self._scene.structure.block_of(selection.layer + 1))

    def show_selection(self, selection: Selection | None) -> None:
        """Show what is selected; this is no news to anybody."""
        structure = self._scene.structure
        if selection is not None and (structure is None or not moves.is_there(selection, structure.sizes)):
            selection = None
        self.selection = selection
        if selection is not None:
            self._set_off(None)
            self._choose(selection)
        self._scene.show_selection(selection)

    def follow(self) -> None:
        """Take note that another network is on show: what is not there any more is not selected either."""
        structure = self._scene.structure
        if structure is not None and structure.sizes != self._sizes:
            self._sizes = structure.sizes
            self._scene.hold(None)
            self.hand.drop()
        if self.selection is not None and structure and not moves.is_there(self.selection, structure.sizes):
            self.select(None)
        if self.dropout is not None and structure and structure.column_of(self.dropout) is not None:
            self._set_off(None)
        place = self.editor.place
        if place is not None and structure and not moves.is_there(selection_of(place), structure.sizes):
            self.editor.leave()

    def press(self, target: Target, position: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Take in a press of the mouse; returns whether it is meant for a neuron or a number and not for the sizes."""
        self._pressed = target, position
        if self.editor.place is not None:
            self.editor.leave()
            if place_of(target) is None:
                self._pressed = None
                return True  # a click that only closes the editor must not change a size as well
        if target.part in NODES and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.select(selection_at(target))
            self._pressed = None
            return True
        if target.part is Part.NAME:
            self.select(selection_at(target))
            return False
        if target.part is Part.LONE_DROPOUT:
            self.select_block(target.block)
            return False
        if self.hand.press(target, position * self._zoom, self._steering.begin_gesture()):
            self._scene.hold(target)
            return True
        return False

    def move(self, position: QPointF, *, fine: bool) -> bool:
        """Follow the pointer with a number in the hand; returns whether the press was meant to draw sizes after all."""
        is_drawing = self.hand.move(position * self._zoom, fine=fine) is Moved.DRAWING
        if is_drawing:
            self._scene.hold(None)
        return is_drawing

    @property
    def pressed_at(self) -> QPointF:
        """Where in the scene the number in the hand was pressed."""
        return self.hand.start / self._zoom

    @property
    def _zoom(self) -> float:
        """How many pixels of the view make one of the scene; the hand goes by those that are seen."""
        return self._view.transform().m11()

    def release(self) -> None:
        """Let go of the number."""
        self._scene.hold(None)
        self.hand.release()

    def click(self, position: QPointF) -> None:
        """Select what was pressed, after a press that has changed no size; a drag selects nothing."""
        if self._pressed is None:
            return
        target, start = self._pressed
        if (position - start).manhattanLength() * self._zoom < THRESHOLD:
            self.select(selection_at(target))

    def key(self, key: Qt.Key, *, shift: bool = False) -> Action | None:
        """Return what a key does to the selection, or `None` for the keys of others."""
        if self.hand.target is not None:
            return self._cancel if key == Key.Key_Escape else None
        along = {Key.Key_Left: -1, Key.Key_Right: 1}
        upright = {Key.Key_Up: -1, Key.Key_Down: 1}
        if key in along:
            return partial(self._go_sideways, along[key], shift=shift)
        if key in upright:
            return partial(self._go_upright, upright[key])
        if self.selection is None:
            is_left = key == Key.Key_Escape and self.dropout is not None
            return partial(self._set_off, None) if is_left else None
        actions: dict[Qt.Key, Action] = {
            **dict.fromkeys((Key.Key_Return, Key.Key_Enter), self._edit_selected),
            Key.Key_K: self._toggle_lock,
            Key.Key_O: self._toggle_off,
            Key.Key_Escape: partial(self.select, None),
        }
        return actions.get(key)

    def claims(self, event: QKeyEvent) -> bool:
        """Tell whether a letter means something for the selection, so that no shortcut of the window may take it."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return is_plain and self.selection is not None and event.key() in LETTERS

    def is_number(self, target: Target) -> bool:
        """Tell whether it is a weight or bias that can be changed."""
        place = place_of(target)
        return place is not None and self.values.value(place) is not None

    def menu_place(self) -> QPoint | None:
        """Return where the menu of the selected neuron or edge opens, in the view; `None` while none is selected."""
        return None if self.selection is None or self.selection.unit is None else self._point_of(self.selection)

    def extend_menu(self, menu: QMenu, selection: Selection) -> None:
        """Put what can be done with a neuron, an edge or a layer at the top of a menu."""
        if self._scene.structure is not None:
            tools = Tools(self._inspect, self.edit, self._switch)
            add_entries(menu, selection, self._scene.structure, self.values, tools)

    def _inspect(self, selection: Selection) -> None:
        """Select it, and ask for its numbers to be shown."""
        self.select(selection)
        self.inspect_asked.emit(selection)

    def edit(self, place: ParameterIndex, pointer: QPoint | None = None) -> None:
        """Open the editor of a number, at a point of the view or beside what it belongs to."""
        if self._scene.structure is None:
            return
        self.select(selection_of(place))
        beside = self._point_of(selection_of(place)) if pointer is None else pointer
        self.editor.open(place, self._scene.structure, beside, self._steering.begin_gesture())
        self._scene.hush(quiet=self.editor.place is not None)

    def _click_number(self, target: Target) -> None:
        """Edit the number that was clicked."""
        place = place_of(target)
        if place is not None:
            self.edit(place, self._view.mapFromScene(self.pressed_at))

    def _cancel(self) -> None:
        self.hand.cancel()
        self._scene.hold(None)

    def _go_sideways(self, step: int, *, shift: bool) -> None:
        """Go to the next layer, or with Shift to the first edge on that side of the neuron."""
        edge = moves.along_edge(self.selection, step, self._shown()) if shift else None
        if edge is not None:
            self.select(edge)
        elif self.selection is None or self.selection.unit is None:
            self.select_block(self._steering.block + step)
        elif shown := self._shown():
            self.select(moves.sideways(self.selection, step, shown))
        self._bring_into_view()

    def _go_upright(self, step: int) -> None:
        """Go to the next neuron or edge; a lone dropout has none."""
        structure, shown = self._scene.structure, self._shown()
        column = structure.column_of(self._steering.block) if structure else None
        if shown and column is not None:
            self.select(moves.up_or_down(self.selection, column - 1, step, shown))
            self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Scroll to the selected neuron or edge, where the network is larger than the view."""
        if self.selection is not None and self.selection.unit is not None:
            place = self._view.mapToScene(self._point_of(self.selection))
            self._view.ensureVisible(QRectF(place.x(), place.y(), 1, 1), MARGIN, MARGIN)

    def _shown(self) -> moves.Shown:
        """Return the units that have a place, by column."""
        return [column.shown for column in self._scene.layout.columns] if self._scene.layout else []

    def _edit_selected(self) -> None:
        place = number_of(self.selection)
        if place is not None:
            self.edit(place)

    def _toggle_lock(self) -> None:
        """Freeze the selected weight, the bias of the selected neuron, or all numbers of the selected layer."""
        if self.selection is None:
            return
        place = number_of(self.selection)
        places: tuple[ParameterIndex, ...] = (place,) if place is not None else ()
        if self.selection.unit is None:
            places = self.values.numbers_of(self.selection.layer)
            if not places and self.selection.layer >= 0:
                QToolTip.showText(self._view.mapToGlobal(self._point_of(self.selection)), TOO_MANY, self._view)
        if places:
            self.values.toggle(places)

    def _toggle_off(self) -> None:
        """Switch the selected neuron off, or on again."""
        selection = self.selection
        if selection is not None and selection.unit is not None and selection.source is None:
            self._switch(selection.layer + 1, selection.unit)

    def _switch(self, column: int, unit: int) -> None:
        structure = self._scene.structure
        if structure is not None and 0 < column <= len(structure.hidden):
            self._steering.apply(partial(edits.switch, block=structure.block_of(column), unit=unit))

    def _point_of(self, selection: Selection) -> QPoint:
        """Return where a neuron, or the middle of an edge, is in the view."""
        layout = self._scene.layout
        if layout is None:
            return QPoint()
        x, y = layout.cell(selection.layer + 1, self._row(selection.layer + 1, selection.unit)).middle
        if selection.source is not None:
            x1, y1 = layout.cell(selection.layer, self._row(selection.layer, selection.source)).middle
            x, y = (x + x1) / 2, (y + y1) / 2
        return self._view.mapFromScene(x, y)

    def _row(self, column: int, unit: int | None) -> int:
        """Return the row of a unit, or of the sign that stands for it."""
        layout = self._scene.layout
        shown = layout.columns[column] if layout else None
        if shown is None or unit is None:
            return 0
        return shown.rows[shown.shown.index(unit)] if unit in shown.shown else shown.marker or 0
