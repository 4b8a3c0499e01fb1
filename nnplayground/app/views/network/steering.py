"""Turns what the hand wants into edits: buttons, keys, menus and drawing, for whichever layers are on show.

Nothing here changes the network. An edit goes up as a signal; when the window agrees, the scene is told.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from nnplayground.app.views.network import edits
from nnplayground.app.views.network.edits import Edit, Layers
from nnplayground.app.views.network.gestures import Draw
from nnplayground.app.views.network.pointing import Part, Target
from nnplayground.app.views.network.scene import NetworkScene

Key = Qt.Key
Make = Callable[[Layers], Edit | None]
Action = Callable[[], None]


class Steering(QObject):
    """The hands on the network. `edited` carries new hidden layers, the words for undo, and the gesture number."""

    edited = Signal(object, str, int)
    chosen = Signal(int)

    def __init__(self, scene: NetworkScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._draw: Draw | None = None
        self._gesture = 0
        self._layer = self._count = 0
        self._shows_ring = False

    @property
    def layers(self) -> Layers:
        """The hidden layers on show."""
        return self._scene.structure.layers if self._scene.structure else ()

    @property
    def layer(self) -> int:
        """The chosen layer: -1 are the inputs, hidden layers count from 0, and the next number is the output."""
        return self._layer

    @property
    def is_drawing(self) -> bool:
        """Whether sizes are being drawn."""
        return self._draw is not None

    def begin_gesture(self) -> int:
        """Return a number that no edit had before; edits that share it are undone together."""
        self._gesture += 1
        return self._gesture

    def apply(self, make: Make, gesture: int = 0) -> None:
        """Ask for the edit that `make` makes of the layers of this moment, if it makes one."""
        edit = make(self.layers)
        if edit is not None:
            self.edited.emit(edit.layers, edit.text, gesture)

    def choose(self, layer: int) -> None:
        """Choose the layer that the keyboard acts on."""
        self._layer = min(max(layer, -1), len(self.layers))
        self._scene.show_focus(self._layer if self._shows_ring and self._scene.structure else None)
        self.chosen.emit(self._layer)

    def show_ring(self, *, shown: bool) -> None:
        """Show or hide the ring around the chosen layer."""
        self._shows_ring = shown
        self.choose(self._layer)

    def insert(self, place: int) -> None:
        """Insert a layer and choose it."""
        self.apply(partial(edits.insert, place=place))
        self.choose(place)

    def remove(self, layer: int) -> None:
        """Remove a hidden layer; the one that takes its place is chosen."""
        if 0 <= layer < len(self.layers):
            self.apply(partial(edits.remove, layer=layer))
            self.choose(min(layer, max(len(self.layers) - 1, 0)))

    def step(self, layer: int, to: Callable[[int], int], gesture: int = 0) -> None:
        """Make a layer one step larger or smaller."""
        if 0 <= layer < len(self.layers):
            self.apply(partial(edits.resize, sizes={layer: to(self.layers[layer].units)}), gesture)

    def button(self, target: Target) -> Action | None:
        """Return what a press on a button does, or `None` where there is none."""
        layer = target.column - 1
        actions: dict[Part, Action] = {
            Part.INSERT: partial(self.insert, target.column),
            Part.REMOVE: partial(self.remove, layer),
            Part.SMALLER: partial(self.step, layer, edits.smaller),
            Part.LARGER: partial(self.step, layer, edits.larger),
            Part.NAME: partial(self.choose, layer),
        }
        return actions.get(target.part)

    def key(self, key: Qt.Key, *, is_repeat: bool) -> Action | None:
        """Return what a key does, or `None` for the keys of others; a key held down is one gesture."""
        gesture = self._gesture if is_repeat else self.begin_gesture()
        grow = partial(self.step, self._layer, edits.larger, gesture)
        shrink = partial(self.step, self._layer, edits.smaller, gesture)
        remove = partial(self.remove, self._layer)
        actions: dict[Qt.Key, Action] = {
            **dict.fromkeys((Key.Key_Plus, Key.Key_Equal), grow),
            **dict.fromkeys((Key.Key_Minus, Key.Key_Underscore), shrink),
            Key.Key_Insert: partial(self.insert, min(self._layer + 1, len(self.layers))),
            **dict.fromkeys((Key.Key_Delete, Key.Key_Backspace), remove),
        }
        if self._draw is not None:
            return self.cancel_draw if key == Key.Key_Escape else None
        return actions.get(key)

    def begin_draw(self, position: QPointF) -> None:
        """Begin to draw sizes; the grid stays as it is until the end."""
        if self._scene.layout is not None:
            self._scene.freeze(frozen=True)
            self._draw = Draw(self._scene.layout, self.layers, self.begin_gesture())
            self.continue_draw(position)

    def continue_draw(self, position: QPointF) -> None:
        """Draw on to this point of the scene."""
        if self._draw is not None:
            self._ask(self._draw, self._draw.move(position.x(), position.y()))

    def cancel_draw(self) -> None:
        """Give up what has been drawn."""
        if self._draw is not None:
            self._ask(self._draw, self._draw.cancel())
            self.end_draw()

    def end_draw(self) -> bool:
        """Let the grid follow the sizes again; returns whether the drawing has changed any."""
        has_changed = self._draw is not None and self._draw.has_changed
        self._draw = None
        self._scene.freeze(frozen=False)
        return has_changed

    def follow(self) -> None:
        """Take note that other layers are on show: a drawing of another number of layers is over."""
        if self._draw is not None and len(self.layers) != len(self._draw.layers):
            self.end_draw()
        was_output = self._layer > 0 and self._layer == self._count
        self._count = len(self.layers)
        self.choose(self._count if was_output else min(self._layer, max(self._count - 1, 0)))

    def _ask(self, draw: Draw, edit: Edit | None) -> None:
        """Ask for the edit of a drawing."""
        if edit is not None:
            self.edited.emit(edit.layers, edit.text, draw.number)
