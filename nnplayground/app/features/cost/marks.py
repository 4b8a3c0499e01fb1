"""Small signs above the curves for what has happened, and a star for the best epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem

from nnplayground.app.features.cost.places import Places
from nnplayground.app.features.cost.words import events_text
from nnplayground.app.ui.theme import Theme
from nnplayground.training.run.parts import Part
from nnplayground.training.time_travel.history_record import Event

SIZE = 3.5
"""Half the width of a sign, in pixels."""
APART = 9.0
"""Signs nearer to each other than this become one."""
REACH = 7.0
"""How far from its middle a sign can be pointed at."""
ABOVE = 6.0
"""How far above the plot the middle of a sign lies."""
UNDER_CURVES, OVER_ALL = 8.0, 9.0


@dataclass(frozen=True)
class Sign:
    """One sign at a place across, for one event or for several that lie close together."""

    across: float
    events: tuple[Event, ...]

    @property
    def kind(self) -> str:
        """What kind of events it stands for; "several" if they differ."""
        kinds = {event.kind for event in self.events}
        return kinds.pop() if len(kinds) == 1 else "several"


def signs_of(events: Sequence[Event], places: Places) -> tuple[Sign, ...]:
    """Return a sign for each event in view; those that would touch the one before share its sign."""
    signs: list[Sign] = []
    for event in sorted(events, key=lambda event: event.epoch):
        if not places.holds(event.epoch):
            continue
        across = places.across(event.epoch)
        if signs and across - signs[-1].across < APART:
            signs[-1] = Sign(signs[-1].across, (*signs[-1].events, event))
        else:
            signs.append(Sign(across, (event,)))
    return tuple(signs)


class Marks:
    """Draws the signs into the scene of a plot; they are moved only when events or axes change."""

    def __init__(self, scene: Any) -> None:
        self._events: tuple[Event, ...] = ()
        self._places = Places()
        self._signs: tuple[Sign, ...] = ()
        self._best: int | None = None
        self._part: Part = "train"
        self._signs_item, self._star = QGraphicsPathItem(), QGraphicsPathItem(_star())
        for item, height in ((self._signs_item, UNDER_CURVES), (self._star, OVER_ALL)):
            item.setZValue(height)
            scene.addItem(item)
        self._star.hide()

    def set_theme(self, theme: Theme) -> None:
        """Recolour the signs."""
        for item, color in ((self._signs_item, theme.muted), (self._star, theme.warning)):
            item.setBrush(pg.mkBrush(color))
            item.setPen(pg.mkPen(theme.panel, width=1.0))

    def show(self, events: tuple[Event, ...], best: int | None, places: Places, *, part: Part) -> None:
        """Put the signs where their epochs are; the cost of a `part` has chosen the best one."""
        self._part = part
        if events is not self._events or places != self._places:
            self._events = events
            self._signs = signs_of(events, places)
            self._signs_item.setPath(_signs_path(self._signs, places.top - ABOVE))
        if best != self._best or places != self._places:
            self._best = best
            self._star.setVisible(best is not None and places.holds(best))
            if best is not None:
                self._star.setPos(places.across(best), places.top - ABOVE)
        self._places = places

    def text_at(self, across: float, down: float) -> str:
        """Return what happened at the sign under the pointer; nothing where there is none."""
        if not self._places.top - 2.0 * ABOVE <= down <= self._places.top + 2.0:
            return ""
        near = [sign for sign in self._signs if abs(sign.across - across) <= REACH]
        events = min(near, key=lambda sign: abs(sign.across - across)).events if near else ()
        is_best = self._star.isVisible() and abs(self._star.x() - across) <= REACH
        return events_text(events, self._best if is_best else None, self._part)

    def events_near(self, epoch: int) -> tuple[Event, ...]:
        """Return the events of the sign above an epoch."""
        across = self._places.across(epoch)
        return tuple(event for sign in self._signs if abs(sign.across - across) <= REACH / 2.0 for event in sign.events)


def _signs_path(signs: Sequence[Sign], middle: float) -> QPainterPath:
    """Return all signs as one path, at a height in pixels of the scene."""
    path = QPainterPath()
    for sign in signs:
        path.addPath(_shape(sign.kind).translated(sign.across, middle))
    return path


def _shape(kind: str) -> QPainterPath:
    """Return the sign of a kind of event around the origin: settings are a diamond, hands a triangle, a stop a square.

    A way that was left is a triangle pointing down, and several events of different kinds are a disc.
    """
    corners = {
        "changed": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
        "edited": ((0, -1), (1, 0.9), (-1, 0.9)),
        "branched": ((-1, -0.9), (1, -0.9), (0, 1)),
        "stopped": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    }.get(kind)
    path = QPainterPath()
    if corners is None:
        path.addEllipse(QPointF(0.0, 0.0), SIZE, SIZE)
    else:
        path.addPolygon(QPolygonF([QPointF(SIZE * across, SIZE * down) for across, down in corners]))
        path.closeSubpath()
    return path


def _star() -> QPainterPath:
    """Return a star of five points around the origin."""
    path = QPainterPath()
    points = []
    for place in range(10):
        angle, reach = pi * place / 5.0, (0.45 if place % 2 else 1.0) * 1.5 * SIZE
        points.append(QPointF(reach * sin(angle), -reach * cos(angle)))
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path
