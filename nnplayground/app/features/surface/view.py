"""The cost surface as one view: the map, its scale and its words, and what can be chosen for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.features.surface import words
from nnplayground.app.features.surface.colour_bar import ColourBar
from nnplayground.app.features.surface.controls import Controls
from nnplayground.app.features.surface.following import Following
from nnplayground.app.features.surface.plot import SurfacePlot
from nnplayground.app.text.names import Names
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.read_outs import ElidedLabel, Pacer
from nnplayground.app.ui.theme import LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.explain.words import cost_unit
from nnplayground.project.model import Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface import Surface, SurfaceRequest

BESIDE_WIDTH, BESIDE_SHAPE = 720, 1.7
"""From this width on, and where the view is so many times as wide as high, the controls stand beside the map."""
CONTROLS_WIDTH = 404
WIDEST = 16_777_215
"""Qt's word for any width."""
NOTCH = 120
"""What Qt calls the turn of a wheel by one notch, in eighths of a degree."""
REACH = 9.0
"""A moment of the path is read from so many pixels away."""
MOST_EVERY_FRAME = 200_000
"""Larger networks are not projected in every frame, but at the pace of texts."""


class SurfaceView(QWidget):
    """Shows cost surfaces. `wanted(SurfaceRequest)` asks for one of now, `unwanted()` lets go of the one under way."""

    wanted = Signal(object)
    unwanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, following: Following | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface_view")
        self.setAccessibleName("Cost surface")
        self._theme = LIGHT
        self._ends: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._snapshot: Snapshot | None = None
        self._names: Names | None = None
        self._surface: Surface | None = None
        self._axes = ("", "")
        self._wheel = 0
        self._is_busy = False
        self._asked_at: Snapshot | None = None
        self._pointed: tuple[float, float] | None = None
        self._following = following or Following()
        self.controls, self.plot = Controls(self), SurfacePlot(self)
        self._lay_out()
        self._connect()
        self._pacer = Pacer(self._write, self)
        self.set_theme(LIGHT)

    def show_project(self, project: Project, *, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Take note of what inputs and outputs are called."""
        self._ends = inputs, outputs
        self._name_again()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show where the network is now, and ask for a map of it if one is due; while hidden, only keep it."""
        before, self._snapshot = self._snapshot, snapshot
        if not self.isVisible():
            return
        if before is None or before.project is not snapshot.project or before.data is not snapshot.data:
            self._name_again()
        if len(snapshot.parameters) <= MOST_EVERY_FRAME:
            self._show_now(snapshot)
        self._pacer.ask()
        if before is None and self._surface is None and not self._is_busy:
            self._ask()
        else:
            self._follow()

    def show_surface(self, surface: Surface) -> None:
        """Draw a map, or the coarse beginning of one, which does not replace a finished one of the same request."""
        if self._names is None or surface.architecture != self._names.architecture:
            self._drop(surface)
            return
        before = self._surface
        is_worse = before is not None and before.done and not surface.done and before.request == surface.request
        if is_worse and before is not None and before.generation == surface.generation:
            return
        self._surface, self._axes = surface, words.axis_names(surface, self._names)
        self.plot.show_surface(surface, self._axes)
        self._bar.show_scale(self.plot.scale)
        self._note.setText(f"{words.slice_sentence(surface)} {words.LOOK_FOR[surface.plane.kind]}")
        self._stack.setCurrentIndex(1)
        if self._snapshot is not None:
            self._show_now(self._snapshot)
        self._pacer.now()
        if surface.done:
            self.show_idle()
            self._follow()

    def show_problem(self, sentence: str) -> None:
        """Say why there is no map of what was asked for."""
        self.show_idle()
        self._surface = None
        self._say(sentence)
        if self._snapshot is not self._asked_at:
            self._follow()  # what was not possible then may be by now

    def show_progress(self, share: float) -> None:
        """Show how much of the map under way has been computed."""
        self.controls.show_progress(share)

    def show_idle(self) -> None:
        """Take note that nothing is being computed any more."""
        if self._is_busy:
            self._is_busy = False
            self._following.end()
            self.controls.show_busy(busy=False)

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._surface = self._names = None
        self._cancel()
        self._say(NO_NETWORK)

    def export_table(self) -> dict[str, Floats]:
        """Return the points of the map as columns of equal length."""
        return self.plot.export_table() if self._surface is not None else {}

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        for label in (self._read_out, self._about, self._note):
            label.setStyleSheet(f"color: {theme.muted};")
            label.setFont(tabular(scaled(self.font(), SMALL)))
        for part in (self.controls, self.plot, self._bar):
            part.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._name_again()
            self._show_now(self._snapshot)
            self._pacer.now()
            if self._surface is None and not self._is_busy:
                self._ask()
            else:
                self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing that nobody sees."""
        super().hideEvent(event)
        self._cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls beside or above the map."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE_WIDTH and self.width() > BESIDE_SHAPE * self.height()
        direction = QBoxLayout.Direction.RightToLeft if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            self._side.setMaximumWidth(CONTROLS_WIDTH if beside else WIDEST)
            side, column = self._columns
            (side if beside else column).addWidget(self._note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with the wheel over the map."""
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent) and event.angleDelta().y():
            self._turn(event.angleDelta().y())
            return True
        return False

    def _lay_out(self) -> None:
        """Put the controls, the map and the words together; without a map there is a sentence in its place."""
        self._read_out, self._about = ElidedLabel(self), ElidedLabel(self)
        self._read_out.setObjectName("surface_read_out")
        self._about.setObjectName("surface_about")
        self._bar, self._note = ColourBar(self), PlainLabel(self)
        self._note.setObjectName("surface_note")
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty = empty_label("surface_empty", words.EMPTY, self)
        map_part = QWidget(self)
        column = QVBoxLayout(map_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self.plot, 1)
        scale = QHBoxLayout()
        scale.setSpacing(SPACE[2])
        scale.addWidget(self._bar)
        scale.addWidget(self._about, 1)
        column.addLayout(scale)
        column.addWidget(self._read_out)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(SPACE[0])
        side.addWidget(self.controls)
        side.setAlignment(self.controls, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._note)
        self._columns = side, column
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(map_part)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        self._row.setSpacing(SPACE[1])
        self._row.addWidget(self._side)
        self._row.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.controls.request_changed.connect(self._ask)
        self.controls.updated.connect(self._ask)
        self.controls.cancelled.connect(self._stop)
        self.controls.look_changed.connect(self._show_look)
        self.controls.follow_changed.connect(self._follow)
        self.plot.pointed.connect(self._point)
        self.plot.left_plot.connect(self._point_away)
        self.plot.frame.canvas.viewport().installEventFilter(self)
        self.plot.setToolTip(wrapped("Turn the wheel to zoom around the present weights."))

    def _name_again(self) -> None:
        """Use the present names of the network's parts."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        self._names = Names(snapshot.architecture, snapshot.project.network.layers, *self._ends)
        spec = snapshot.project.training
        self.controls.show_names(self._names, parts=snapshot.data.present, has_penalty=bool(spec.l1 or spec.l2))

    def _follow(self) -> None:
        """Ask for a map if it is wanted by itself, and due."""
        snapshot = self._snapshot
        if snapshot is None or self._is_busy or not self.isVisible() or not self.controls.follows:
            return
        if self._following.is_due(self._surface, snapshot):
            self._ask()

    def _ask(self, _request: SurfaceRequest | None = None) -> None:
        """Ask for a map of what is chosen."""
        if self._snapshot is None:
            return
        self._is_busy, self._asked_at = True, self._snapshot
        self._following.begin()
        self.controls.show_busy(busy=True)
        if self._surface is None:
            self._say(words.WORKING)
        self.wanted.emit(self.controls.request)

    def _stop(self) -> None:
        """Compute no more until somebody asks."""
        self.controls.stop_following()
        self._cancel()
        if self._surface is None:
            self._say(words.CANCELLED)

    def _cancel(self) -> None:
        """Let go of the map under way."""
        if self._is_busy:
            self.show_idle()
            self.unwanted.emit()

    def _drop(self, surface: Surface) -> None:
        """Leave out a map of a network that has another shape by now."""
        if surface.done:
            self.show_idle()
            self._follow()

    def _turn(self, angle: int) -> None:
        """Zoom by a step for each notch of the wheel; touch pads send many small parts of one."""
        self._wheel = angle + (self._wheel if self._wheel * angle > 0 else 0)
        if abs(self._wheel) >= NOTCH:
            self.controls.zoom_by(1 if self._wheel > 0 else -1)
            self._wheel = 0

    def _show_look(self) -> None:
        """Draw the same map in another way."""
        self.plot.show_look(log=self.controls.log, relief=self.controls.relief)
        self._bar.show_scale(self.plot.scale)
        self._pacer.now()

    def _show_now(self, snapshot: Snapshot) -> None:
        """Move the mark of the present network."""
        surface = self._surface
        if surface is None:
            return
        if snapshot.architecture != surface.architecture:
            self.plot.hide_now()
            return
        across, up = surface.plane.coordinates(snapshot.parameters).tolist()
        self.plot.show_now((across, up))

    def _write(self) -> None:
        """Write of which moment the map is, or what is under the pointer."""
        surface, snapshot = self._surface, self._snapshot
        if surface is None or snapshot is None:
            self._read_out.set_whole_text("")
            return
        if len(snapshot.parameters) > MOST_EVERY_FRAME:
            self._show_now(snapshot)
        self._about.set_whole_text(
            words.cost_words(surface, self.plot.scale, unit=cost_unit(snapshot.data.scaled_targets))
        )
        self._read_out.set_whole_text(self._reading(surface) or words.moment_words(surface, snapshot))

    def _reading(self, surface: Surface) -> str:
        """Return what is under the pointer; "" for nothing."""
        if self._pointed is None:
            return ""
        point = self.plot.cost_at(*self._pointed)
        if point is None:
            return ""
        moment = self.plot.moment_at(*self._pointed, reach=REACH)
        if moment is not None:
            return words.path_words(surface, moment, point[2])
        return words.point_words(self._axes, point)

    def _point(self, across: float, up: float) -> None:
        self._pointed = (across, up)
        self._pacer.ask()

    def _point_away(self) -> None:
        if self._pointed is not None:
            self._pointed = None
            self._pacer.ask()

    def _say(self, sentence: str) -> None:
        """Show a sentence in place of the map."""
        self._empty.setText(sentence)
        self._note.setText("")
        self._stack.setCurrentIndex(0)
