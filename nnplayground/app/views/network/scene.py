"""The scene of the network editor: follows the structure, the frames and the pointer, and never changes anything."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsScene

from nnplayground.app.views.network import hovering
from nnplayground.app.views.network.edits import has_room
from nnplayground.app.views.network.frames import apply_maps, apply_numbers, remember, take_over
from nnplayground.app.views.network.items.look import Look
from nnplayground.app.views.network.items.marks import RingItem
from nnplayground.app.views.network.layout import Layout
from nnplayground.app.views.network.lighting import light_up
from nnplayground.app.views.network.pieces import Pieces, make_pieces, output_heading, place
from nnplayground.app.views.network.pointing import NOTHING, Target, target_at
from nnplayground.app.views.network.structure import Structure, kept_columns
from nnplayground.training.snapshot import Maps, Snapshot


class NetworkScene(QGraphicsScene):
    """All items of one network. What changes where things stand makes the items anew; a frame only updates them."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # All items go at once, and most are painted in every frame: an index would be made for nothing.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setBackgroundBrush(QColor(look.theme.panel))
        self.structure: Structure | None = None
        self.layout: Layout | None = None
        self.snapshot: Snapshot | None = None
        self._pieces: Pieces | None = None
        self._maps: Maps | None = None
        self._look, self._size = look, (0, 0)
        self._rows: int | None = None
        self._pointer: QPointF | None = None
        self._visible = QRectF()
        self._ring: RingItem | None = None
        self._focused: int | None = None

    def show_structure(self, structure: Structure) -> None:
        """Draw another network; what was there before keeps its maps and weights until the next frame."""
        if structure == self.structure:
            return
        old, self.structure = self.structure, structure
        if self.snapshot is not None and not structure.fits(self.snapshot.architecture):
            self.snapshot = self._maps = None
        self._rebuild(kept_columns(old, structure) if old else {})

    def set_look(self, look: Look) -> None:
        """Draw with another theme, font or resolution."""
        self._look = look
        self.setBackgroundBrush(QColor(look.theme.panel))
        self._rebuild()

    def set_size(self, width: int, height: int) -> None:
        """Fill a picture of this size."""
        if (width, height) != self._size:
            self._size = (width, height)
            self._rebuild()

    def freeze(self, *, frozen: bool) -> None:
        """Keep the grid of rows as it is while somebody draws, or let it follow the sizes again."""
        before, self._rows = self._rows, self.layout.rows if frozen and self.layout else None
        if before is not None and not frozen:
            self._rebuild()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show weights, biases and maps; a frame of another network is left out."""
        if self.structure is None or not self.structure.fits(snapshot.architecture):
            return
        self.snapshot = snapshot
        self._maps = snapshot.maps or self._maps
        self._apply()
        self._renew()

    def clear_frame(self) -> None:
        """Show no weights, biases and maps any more."""
        self.snapshot = self._maps = None
        self._rebuild({})

    def target_at(self, position: QPointF | None) -> Target:
        """Return what is at a point of the scene."""
        if position is None or self.layout is None or self.structure is None:
            return NOTHING
        can_insert = has_room(self.structure.layers)
        dropping = [column for column, layer in enumerate(self.structure.layers, start=1) if layer.dropout]
        return target_at(self.layout, position.x(), position.y(), can_insert=can_insert, dropping=dropping)

    def show_pointer(self, position: QPointF | None, visible: QRectF) -> None:
        """Show what is under the pointer, if it is here, and what a click would do; `visible` is the part in view."""
        self._pointer, self._visible = position, visible
        self._apply_pointer()

    def refresh_label(self) -> None:
        """Tell what is under the pointer, with the numbers of this moment."""
        if self._pieces is None or self.layout is None or self.structure is None:
            return
        target = self.target_at(self._pointer)
        if self._rows is None:
            what = hovering.describe(target, self.structure, self.snapshot)
            click = hovering.click_text(target, self.structure, self.layout)
        else:
            what, click = hovering.drawing_text(target, self.structure, self.layout), ""
        self._pieces.hover.tell(what, click, self._pointer or QPointF(), self._visible)
        self._renew()

    def show_focus(self, layer: int | None) -> None:
        """Put the ring around a hidden layer, or around none."""
        if layer != self._focused:
            self._focused = layer
            self._apply_focus()
            self._apply_pointer()

    def _rebuild(self, kept: Mapping[int, int] | None = None) -> None:
        """Make all items anew; `kept` gives the old place of each column that was there, by default all of them."""
        shown = remember(self._pieces) if self._pieces else None
        self.clear()
        self._pieces = self._ring = None
        if self.structure is None or min(self._size) <= 0:
            return
        width, height = self._size
        self.layout = place(self.structure, self._look, width=width, height=height, rows=self._rows)
        self.setSceneRect(0, 0, self.layout.width, self.layout.height)
        self._pieces = make_pieces(self.structure, self.layout, self._look, width=width)
        for item in (*self._pieces.units(), *self._pieces.drawn()):
            self.addItem(item)
        if self.snapshot is None and shown is not None:
            take_over(self._pieces, shown, {i: i for i in range(len(self.structure.sizes))} if kept is None else kept)
        self._apply()
        self._apply_focus()
        self._apply_pointer()

    def _apply(self) -> None:
        """Hand the items their parts of the last frame."""
        if self._pieces is None or self.layout is None or self.structure is None or self.snapshot is None:
            return
        if self._maps is not None:
            apply_maps(self._pieces, self.layout, self._maps, self._look)
        apply_numbers(self._pieces, self.layout, self.snapshot)
        activation = self.snapshot.architecture.activations[-1]
        self._pieces.ends[1].show_heading(output_heading(self.structure, activation))

    def _apply_focus(self) -> None:
        """Make the ring anew."""
        if self._ring is not None:
            self.removeItem(self._ring)
            self._ring = None
        if self._focused is not None and self.layout is not None and self.layout.is_hidden(self._focused + 1):
            self._ring = RingItem(self._look, self.layout, self._focused + 1)
            self._ring.renew()
            self.addItem(self._ring)

    def _apply_pointer(self) -> None:
        """Light up what is under the pointer and preview what a click would do."""
        if self._pieces is None or self.layout is None or self.structure is None:
            return
        target = self.target_at(self._pointer)
        light_up(self._pieces, self.layout, self.structure, target=target, focused=self._focused)
        self.refresh_label()

    def _renew(self) -> None:
        """Draw the pictures that are out of date."""
        if self._pieces is not None:
            for piece in self._pieces.drawn():
                piece.renew()
