"""Turns what the hand wants into edits: buttons, keys, menus and drawing, for whichever layers are on show.

Nothing here changes the network. An edit goes up as a signal; when the window agrees, the scene is told.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from nnplayground.app.features.network import edits
from nnplayground.app.features.network.edits import Edit
from nnplayground.app.features.network.gestures import Draw
from nnplayground.app.features.network.pointing import Part, Target
from nnplayground.app.features.network.scene import NetworkScene
from nnplayground.project.blocks import Block, UnitsBlock
from nnplayground.project.layer_edits import Layers

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
        self._block = self._count = 0
        self._shows_ring = False

    @property
    def layers(self) -> Layers:
        """The hidden layers on show."""
        return self._scene.structure.layers if self._scene.structure else ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The hidden layers on show as blocks."""
        return self._scene.structure.blocks if self._scene.structure else ()

    @property
    def block(self) -> int:
        """The chosen block: -1 are the inputs, hidden layers and lone dropouts count from 0, then comes the output."""
        return self._block

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

    def choose(self, block: int) -> None:
        """Choose the block that the keyboard acts on."""
        self._block = min(max(block, -1), len(self.blocks))
        self._scene.show_focus(self._block if self._shows_ring and self._scene.structure else None)
        self.chosen.emit(self._block)

    def show_ring(self, *, shown: bool) -> None:
        """Show or hide the ring around the chosen block."""
        self._shows_ring = shown
        self.choose(self._block)

    def insert(self, block: int) -> None:
        """Insert a layer before a block, and choose it."""
        self.apply(partial(edits.insert, block=block))
        self.choose(block)

    def remove(self, block: int) -> None:
        """Remove a hidden layer or a lone dropout; the block that takes its place is chosen."""
        if 0 <= block < len(self.blocks):
            self.apply(partial(edits.remove, block=block))
            self.choose(min(block, max(len(self.blocks) - 1, 0)))

    def step(self, block: int, to: Callable[[int], int], gesture: int = 0) -> None:
        """Make a layer one step larger or smaller."""
        found = self.blocks[block] if 0 <= block < len(self.blocks) else None
        if isinstance(found, UnitsBlock):
            self.apply(partial(edits.resize, sizes={block: to(found.units)}), gesture)

    def button(self, target: Target) -> Action | None:
        """Return what a press on a button does, or `None` where there is none."""
        if self._scene.structure is None or target.part is Part.NOTHING:
            return None
        if target.part is Part.INSERT:
            return partial(self.insert, target.block)
        block = self._scene.structure.block_of(target.column)
        actions: dict[Part, Action] = {
            Part.REMOVE: partial(self.remove, block),
            Part.SMALLER: partial(self.step, block, edits.smaller),
            Part.LARGER: partial(self.step, block, edits.larger),
            Part.NAME: partial(self.choose, block),
        }
        return actions.get(target.part)

    def key(self, key: Qt.Key, *, is_repeat: bool) -> Action | None:
        """Return what a key does, or `None` for the keys of others; a key held down is one gesture."""
        gesture = self._gesture if is_repeat else self.begin_gesture()
        grow = partial(self.step, self._block, edits.larger, gesture)
        shrink = partial(self.step, self._block, edits.smaller, gesture)
        remove = partial(self.remove, self._block)
        actions: dict[Qt.Key, Action] = {
            **dict.fromkeys((Key.Key_Plus, Key.Key_Equal), grow),
            **dict.fromkeys((Key.Key_Minus, Key.Key_Underscore), shrink),
            Key.Key_Insert: partial(self.insert, min(self._block + 1, len(self.blocks))),
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
        was_output = self._block > 0 and self._block == self._count
        self._count = len(self.blocks)
        self.choose(self._count if was_output else min(self._block, max(self._count - 1, 0)))

    def _ask(self, draw: Draw, edit: Edit | None) -> None:
        """Ask for the edit of a drawing."""
        if edit is not None:
            self.edited.emit(edit.layers, edit.text, draw.number)
