"""The scene of the network editor: follows the structure, the frames and the pointer, and never changes anything."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsScene

from nnplayground.app.features.network import hovering
from nnplayground.app.features.network.flow import Flow
from nnplayground.app.features.network.frames import (
    apply_maps,
    apply_numbers,
    due_columns,
    poles_of,
    remember,
    take_over,
)
from nnplayground.app.features.network.items.legend import ABOUT
from nnplayground.app.features.network.items.lift import LEFT_BEHIND, LiftItem
from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.items.marks import RingItem
from nnplayground.app.features.network.layout import FOOT, Box, Layout
from nnplayground.app.features.network.lighting import light_up
from nnplayground.app.features.network.pieces import Pieces, make_pieces, output_heading, place
from nnplayground.app.features.network.pointing import NOTHING, Target, is_drawn, target_at
from nnplayground.app.features.network.probe_marks import ProbeMarks
from nnplayground.app.features.network.reorder import Move
from nnplayground.app.features.network.signs import Signs
from nnplayground.app.features.network.structure import Structure, kept_columns
from nnplayground.app.features.network.values import Values
from nnplayground.app.features.network.words import ADD_LAYER, no_hidden_layer
from nnplayground.app.features.network.zoom import fitting
from nnplayground.app.ui.plots.screen_only import only_on_screen
from nnplayground.project.layer_edits import has_room
from nnplayground.project.parameter_index import FrozenParameters, Selection
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.snapshot import Snapshot

MOST_TRIES = 5


class NetworkScene(QGraphicsScene):
    """All items of one network. What changes where things stand makes the items anew; a frame only updates them.

    `pointed` carries the `Target` under the pointer whenever it is another one.
    """

    pointed = Signal(object)

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
        self._look, self._size, self._zoom = look, (0, 0), 1.0
        self._rows: int | None = None
        self._pointer: QPointF | None = None
        self._visible = self._seen = QRectF()
        self._ring: RingItem | None = None
        self._focused: int | None = None
        self._dropout: int | None = None
        self.values = Values(self)
        self._signs = Signs(self)
        self.probe = ProbeMarks(self)
        self._held: Target | None = None
        self._is_quiet = False
        self._target = NOTHING
        self._move: Move | None = None
        self._lift: LiftItem | None = None
        self.flow = Flow(self)
        self._frame = 0

    def show_structure(self, structure: Structure) -> None:
        """Draw another network; what was there before keeps its maps and weights until the next frame."""
        if structure == self.structure:
            return
        old, self.structure = self.structure, structure
        if self.snapshot is not None and not structure.fits(self.snapshot.architecture):
            self.snapshot = self._maps = None
        self._rebuild(kept_columns(old, structure) if old else {})

    def show_locks(self, frozen: FrozenParameters) -> None:
        """Show which weights and biases are frozen."""
        if frozen != self.values.frozen:
            self._signs.lock(frozen, self.layout, self._look)
        self.values.show_document(self.structure, frozen)

    def show_selection(self, selection: Selection | None) -> None:
        """Set off what is selected."""
        self._signs.select(selection, self.layout, self._look)
        if self._pieces is not None:
            self._signs.follow(self._pieces)

    def show_dropout(self, block: int | None) -> None:
        """Set off a lone dropout, or none."""
        self._dropout = block
        if self._pieces is not None:
            for item in self._pieces.dropouts:
                item.set_selected(selected=item.block == block)
            self._renew()

    def hold(self, target: Target | None) -> None:
        """Take this for what is under the pointer, wherever it is, until it is let go."""
        self._held = target
        self._apply_pointer()

    def hush(self, *, quiet: bool) -> None:
        """Leave the label away while something else tells the same."""
        self._is_quiet = quiet
        self.refresh_label()

    def set_look(self, look: Look) -> None:
        """Draw with another theme, font or resolution."""
        self._look = look
        self.setBackgroundBrush(QColor(look.theme.panel))
        self._rebuild()

    def set_size(self, width: int, height: int, *, zoom: float = 1.0) -> None:
        """Fill a view of this size; where the zoom makes the network small, its picture gets more room."""
        before, self._zoom = (*self._size, min(self._zoom, 1.0)), zoom
        self._size = (width, height)
        if (width, height, min(zoom, 1.0)) != before:
            self._rebuild()

    def fitting(self, width: int, height: int) -> float:
        """Return the zoom at which the whole network is seen in a view of this size, at most 1."""
        if self.structure is None or min(width, height) <= 0:
            return 1.0
        zoom = 1.0
        for _ in range(MOST_TRIES):  # with more room for its picture the network takes a little more of it
            layout = place(self.structure, self._look, width=width, height=height, rows=self._rows, zoom=zoom)
            least = fitting((width, height), (layout.width, layout.height))
            if zoom <= least:
                break
            zoom = least
        return zoom

    def show_part(self, visible: QRectF) -> None:
        """Take note of which part of the picture is in view; what comes into it is brought up to date."""
        self._visible = visible
        if not self._seen.contains(visible):
            self._look_around()
            self._apply()
            self._renew()
        self._pin()

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
        self._maps = snapshot.seen.of(MapRequest) or self._maps
        self.values.show_frame(snapshot)
        self._frame += 1
        self._apply(self._frame if snapshot.running else None)
        self._flow_on()
        self._renew()

    def set_flow(self, *, wanted: bool) -> None:
        """Let dashes run along the strongest weights while the network trains, or not."""
        self.flow.is_wanted = wanted
        if not wanted:
            self.flow.hide()

    def clear_frame(self) -> None:
        """Show no weights, biases and maps any more."""
        self.snapshot = self._maps = None
        self.values.show_frame(None)
        self._rebuild({})

    def target_at(self, position: QPointF | None) -> Target:
        """Return what is at a point of the scene."""
        if position is None or self.layout is None or self.structure is None:
            return NOTHING
        can_insert = has_room(self.structure.layers)
        dropping = [column for column, layer in enumerate(self.structure.hidden, start=1) if layer.dropout]
        return target_at(
            self.layout, position.x(), position.y(), can_insert=can_insert, dropping=dropping,
            has_biases=self.snapshot is not None,
            strengths=[bundle.steps for bundle in self._pieces.bundles] if self._pieces else (),
        )  # fmt: skip

    def explain(self, position: QPointF) -> str:
        """Return what a resting pointer is told of what is no control: the legend, names cut short, two classes."""
        if self._pieces is None:
            return ""
        legend = self._pieces.legend
        if legend.covers((position - legend.pos()) * self._zoom):
            return ABOUT
        scaling = self._pieces.scaling
        texts = [end.explain(position) for end in self._pieces.ends] + ([scaling.explain(position)] if scaling else [])
        return next(filter(None, texts), "")

    def label_area(self) -> QRectF | None:
        """Return what the label beside the pointer covers, if there is one."""
        label = self._pieces.hover if self._pieces is not None else None
        return label.area if label is not None and label.isVisible() else None

    def _target_now(self) -> Target:
        """Return what is held, else what is under the pointer."""
        if self._held is not None and self.layout is not None and is_drawn(self.layout, self._held):
            return self._held
        return self.target_at(self._pointer)

    def show_pointer(self, position: QPointF | None) -> None:
        """Show what is under the pointer, if it is here, and what a click would do."""
        self._pointer = position
        self._apply_pointer()

    def show_move(self, move: Move | None, pointer: QPointF | None) -> None:
        """Show a layer on its way to another place, or that it has been let go."""
        before, self._move, self._pointer = self._move, move, pointer
        if move is None:
            if before is not None:
                self._rebuild()
            return
        self._apply_move()
        self.refresh_label()

    def refresh_label(self) -> None:
        """Tell what is under the pointer, with the numbers of this moment."""
        if self._pieces is None or self.layout is None or self.structure is None:
            return
        target = self._target_now()
        if self._is_quiet:
            what = click = ""
        elif self._move is not None:
            what, click = "", self._move.text
        elif self._rows is None:
            what = hovering.describe(target, self.structure, self.snapshot, self.values)
            click = hovering.click_text(target, self.structure, self.layout, self.values)
        else:
            what, click = hovering.drawing_text(target, self.structure, self.layout), ""
        self._pieces.hover.tell(what, click, self._pointer or QPointF(), self._visible, zoom=self._zoom)
        self._renew()

    def show_focus(self, block: int | None) -> None:
        """Put the ring around a block, -1 for the inputs, or around none."""
        if block != self._focused:
            self._focused = block
            self._apply_focus()
            self._apply_pointer()

    def _rebuild(self, kept: Mapping[int, int] | None = None) -> None:
        """Make all items anew; `kept` gives the old place of each column that was there, by default all of them."""
        shown = remember(self._pieces) if self._pieces else None
        self.clear()
        self._signs.forget()
        self.probe.forget()
        self.flow.forget()
        self._pieces = self._ring = self._lift = None
        if self.structure is None or min(self._size) <= 0:
            return
        width, height = self._size
        self.layout = place(
            self.structure, self._look, width=width, height=height, rows=self._rows, zoom=min(self._zoom, 1.0)
        )
        self.setSceneRect(0, 0, self.layout.width, self.layout.height)
        self._look_around()
        self._pieces = make_pieces(self.structure, self.layout, self._look, width=width)
        for item in (*self._pieces.units(), *self._pieces.drawn()):
            self.addItem(item)
        only_on_screen(*self._pieces.slots, *self._pieces.inserts, *self._pieces.notes, self._pieces.hover)
        if self.snapshot is None and shown is not None:
            take_over(self._pieces, shown, {i: i for i in range(len(self.structure.sizes))} if kept is None else kept)
        self._signs.renew(self._pieces, self.structure, self.layout, self._look)
        self.probe.renew(self._pieces, self.layout, self._look)
        self._apply()
        self.show_dropout(self._dropout)
        self._apply_focus()
        self._apply_pointer()
        self._apply_move()
        self._pin()

    @property
    def legend_width(self) -> int:
        """How many pixels the legend takes of the foot of the view, from its left edge on."""
        return 0 if self._pieces is None else round(self._pieces.legend.bounds.right())

    def _look_around(self) -> None:
        """Count as seen what is in view, and a border around it, so that little is left to do when the view moves."""
        across, up = self._visible.width() / 4, self._visible.height() / 4
        self._seen = self._visible.adjusted(-across, -up, across, up)

    def _pin(self) -> None:
        """Put what belongs to the view, not to the picture, into its place."""
        if self._pieces is not None:
            corner = self._visible.bottomLeft()
            self._pieces.legend.setPos(corner.x(), corner.y() - FOOT / self._zoom)

    def _apply(self, frame: int | None = None) -> None:
        """Hand the items their parts of the last frame; one of a training that goes on has a number."""
        if self._pieces is None or self.layout is None or self.structure is None or self.snapshot is None:
            return
        columns = range(len(self._pieces.neurons)) if frame is None else due_columns(self._pieces, frame)
        if self._maps is not None:
            part = None if self._seen.contains(self.sceneRect()) else self._seen
            apply_maps(self._pieces, self.layout, self._maps, self._look, columns, seen=part)
        apply_numbers(self._pieces, self.layout, self.snapshot, self.structure, columns)
        self._signs.follow(self._pieces)
        activation = self.snapshot.architecture.activations[-1]
        self._pieces.ends[1].show_heading(output_heading(self.structure, activation))
        self._pieces.ends[1].show_poles(poles_of(self.snapshot))
        if self._pieces.scaling is not None:
            self._pieces.scaling.show_scaling(self.snapshot.data.scaling)
        if not self.structure.hidden:
            self._pieces.notes[-1].say(f"{no_hidden_layer(activation)}\n{ADD_LAYER}")

    def _flow_on(self) -> None:
        """Let the flow run on by one frame while the network trains."""
        if self._pieces is None or self.layout is None or self.snapshot is None:
            return
        if self.snapshot.running:
            self.flow.advance([bundle.steps for bundle in self._pieces.bundles], self.layout, self._look)
        else:
            self.flow.hide()

    def _apply_focus(self) -> None:
        """Make the ring anew."""
        if self._ring is not None:
            self.removeItem(self._ring)
            self._ring = None
        frame = None if self._focused is None else self._frame_of(self._focused)
        if frame is not None:
            self._ring = RingItem(self._look, frame)
            self._ring.renew()
            self.addItem(self._ring)

    def _frame_of(self, block: int) -> Box | None:
        """Return the area of a block, -1 for the inputs; `None` where there is no such block."""
        if self.layout is None or self.structure is None or not -1 <= block <= len(self.structure.blocks):
            return None
        column, bar = self.structure.column_of(block), self.layout.bar_of(block)
        if column is not None:
            return self.layout.frame(column)
        return None if bar is None else bar.box

    def _apply_move(self) -> None:
        """Lift the block that is on its way out of its place, and show how far it is."""
        if self._move is None or self._pieces is None or self.layout is None or self.structure is None:
            return
        frame = self._frame_of(self._move.block)
        if self._lift is None and frame is not None:
            for pinned in (self._pieces.legend, self._pieces.hover):
                pinned.setVisible(False)  # they lie over the picture and are no part of the layer
            self._lift = LiftItem(self, self._look, self.layout, frame)
            self._pieces.legend.setVisible(True)
            for item in self._pieces.of_block(self._move.block, self.structure):
                item.setOpacity(LEFT_BEHIND)
            self.refresh_label()
        if self._lift is not None:
            self._lift.show_way(self._move.way, self._move.gap)

    def _apply_pointer(self) -> None:
        """Light up what is under the pointer and preview what a click would do."""
        if self._pieces is None or self.layout is None or self.structure is None or self._move is not None:
            return
        target = self._target_now()
        focused = None if self._focused is None else self.structure.column_of(self._focused)
        light_up(self._pieces, self.layout, self.structure, target=target, focused=focused)
        self.refresh_label()
        if target != self._target:
            self._target = target
            self.pointed.emit(target)

    def _renew(self) -> None:
        """Draw the pictures that are out of date."""
        if self._pieces is not None:
            for piece in self._pieces.drawn():
                piece.renew(self._seen)
