"""Carries a layer or a lone dropout from one place to another, from the press to the release."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPointF

from nnplayground.app.features.network import edits
from nnplayground.app.features.network.reorder import Move
from nnplayground.app.features.network.scene import NetworkScene
from nnplayground.app.features.network.steering import Steering


class Mover(QObject):
    """The hand that carries; the edit goes through the steering, which also chooses the block in its new place."""

    def __init__(self, scene: NetworkScene, steering: Steering, parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self._steering = scene, steering
        self._move: Move | None = None

    @property
    def is_holding(self) -> bool:
        """Whether a block is pressed."""
        return self._move is not None

    @property
    def is_carrying(self) -> bool:
        """Whether a block is on its way."""
        return self._move is not None and self._move.is_lifted

    def press(self, block: int, position: QPointF) -> None:
        """Take hold of a block."""
        if self._scene.layout is not None:
            self._move = Move(self._scene.layout, self._steering.layers, block, position.x())

    def drag(self, position: QPointF, *, zoom: float) -> None:
        """Carry it to this point of the scene."""
        if self._move is not None:
            self._move.drag(position.x(), zoom=zoom)
            if self._move.is_lifted:
                self._scene.show_move(self._move, position)

    def release(self) -> None:
        """Put it down where it is."""
        move = self._move
        self.cancel()
        if move is not None and move.place != move.block:
            self.put(move.block, move.place)

    def put(self, block: int, place: int) -> None:
        """Give a block another place at once, if there are both."""
        blocks = self._steering.blocks
        if 0 <= block < len(blocks) and 0 <= place < len(blocks):
            others = [one for one in blocks if one.index != block]
            moved = sum(len(one.places) for one in others[:place])  # its place among the layers of the document
            self._steering.apply(partial(edits.move, block=block, place=place))
            self._steering.choose(next((one.index for one in self._steering.blocks if moved in one.places), place))

    def cancel(self) -> None:
        """Let go; nothing has changed."""
        if self.is_carrying:
            self._scene.show_move(None, None)
        self._move = None

    def follow(self) -> None:
        """Take note that other layers are on show: what was held may not be there any more."""
        if self._move is not None and self._move.layers != self._steering.layers:
            self.cancel()
