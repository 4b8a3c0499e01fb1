"""What the pointer does to drawn points: spraying, erasing and moving, without any window.

A stroke begins with the points as they are, is told where the pointer goes, and knows the points as they are then.
Places are in units of the data; a `VisiblePlane` says how large a pixel is, because brushes are as large as they look.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.project.drawing import MOST_DRAWN, followed_parts, with_points
from nnplayground.project.model import PointsSource
from nnplayground.project.triples import Point, table_of

PlanePoint = tuple[float, float]

STILL = 4.0
"""How many pixels the pointer may tremble before a click becomes a spray or a drag."""
REACH = 8.0
"""From how many pixels away a point can be caught."""
DIGITS = 4
"""Drawn coordinates are written with so many decimals: far finer than a pixel, and short in the file."""


@dataclass(frozen=True)
class VisiblePlane:
    """The ends (across, up) of the plane on show, and the width and height of a pixel in units of the data."""

    low: PlanePoint
    high: PlanePoint
    pixel: PlanePoint

    def inside(self, place: PlanePoint) -> PlanePoint:
        """Return the place, or the nearest one on the plane."""
        across, up = (min(max(value, low), high) for value, low, high in zip(place, self.low, self.high, strict=True))
        return across, up

    def holds(self, place: PlanePoint) -> bool:
        """Tell whether a place is on the plane."""
        return self.inside(place) == place

    def pixels(self, one: PlanePoint, other: PlanePoint) -> float:
        """Return how many pixels two places are apart."""
        return math.hypot((other[0] - one[0]) / self.pixel[0], (other[1] - one[1]) / self.pixel[1])


class Stroke(Protocol):
    """One gesture of the pointer."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The points as they are by now."""
        ...

    @property
    def kept(self) -> Sequence[int]:
        """Which place each of these points had when the stroke began; -1 for a new one."""
        ...

    def go_to(self, place: PlanePoint) -> None:
        """Follow the pointer."""
        ...


@dataclass(frozen=True)
class Brush:
    """A spray of points: the radius in pixels, and how many it leaves on a way of 100 pixels."""

    radius: float = 24.0
    density: float = 15.0


class Spray:
    """Places one point exactly where it begins, and then points around the way of the pointer, evenly by length.

    The same way with the same `seed` gives the same points. At `MOST_DRAWN` points it `is_full` and adds no more.
    """

    def __init__(
        self,
        points: tuple[Point, ...],
        start: PlanePoint,
        value: float,
        *,
        brush: Brush,
        plane: VisiblePlane,
        seed: int,
    ) -> None:
        self._before, self._value, self._brush, self._plane = points, value, brush, plane
        self._rng = np.random.default_rng(seed)
        self._added: list[Point] = []
        self._start = self._last = plane.inside(start)
        self._sprays = False
        self._due = 0.0
        self._add(self._start)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of before, then those that were sprayed, in their order."""
        return (*self._before, *self._added)

    @property
    def kept(self) -> Sequence[int]:
        """The places of before, then -1 for each new point."""
        return [*range(len(self._before)), *[-1] * len(self._added)]

    @property
    def is_full(self) -> bool:
        """Whether there is no room for more points."""
        return len(self._before) + len(self._added) >= MOST_DRAWN

    def go_to(self, place: PlanePoint) -> None:
        """Spray along the way to a place; what would fall beside the plane is left out."""
        if not self._sprays and self._plane.pixels(self._start, place) <= STILL:
            return
        self._sprays = True
        last, self._last = self._last, self._plane.inside(place)
        self._due += self._plane.pixels(last, self._last) * self._brush.density / 100.0
        count, self._due = int(self._due), self._due % 1.0
        for share, radius, angle in self._rng.random((count, 3)).tolist():
            reach = self._brush.radius * math.sqrt(radius)
            self._add((
                last[0] + share * (self._last[0] - last[0]) + reach * self._plane.pixel[0] * math.cos(math.tau * angle),
                last[1] + share * (self._last[1] - last[1]) + reach * self._plane.pixel[1] * math.sin(math.tau * angle),
            ))  # fmt: skip

    def _add(self, place: PlanePoint) -> None:
        """Add a point, where there is room for it."""
        if self._plane.holds(place) and not self.is_full:
            self._added.append((round(place[0], DIGITS), round(place[1], DIGITS), self._value))


class Erase:
    """Takes away the points within so many pixels of the way of the pointer."""

    def __init__(
        self, points: tuple[Point, ...], start: PlanePoint, *, radius: float, plane: VisiblePlane, has_classes: bool
    ) -> None:
        self._remaining = Remaining(points, has_classes=has_classes)
        self._pixel = np.array(plane.pixel)
        self._places = table_of(points)[:, :2] / self._pixel
        self._is_there = np.ones(len(points), dtype=bool)
        self._radius = radius
        self._last = start
        self.go_to(start)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that are left."""
        return self._remaining.points

    @property
    def kept(self) -> Sequence[int]:
        """The places that the points which are left had before."""
        return self._remaining.kept

    def go_to(self, place: PlanePoint) -> None:
        """Erase along the way to a place."""
        begin, end = np.array(self._last) / self._pixel, np.array(place) / self._pixel
        self._last = place
        hit = (_distances(self._places, begin, end) <= self._radius) & self._is_there
        self._is_there[hit] = False
        for index in np.flatnonzero(hit).tolist():
            self._remaining.remove(index)


class Move:
    """Takes one point along, which keeps the distance that it had from the pointer."""

    def __init__(self, points: tuple[Point, ...], index: int, start: PlanePoint, *, plane: VisiblePlane) -> None:
        self._points, self._index, self._start, self._plane = points, index, start, plane
        self._moves = False

    @property
    def points(self) -> tuple[Point, ...]:
        """All points, in the order of before."""
        return self._points

    @property
    def kept(self) -> Sequence[int]:
        """The places of before, as all points keep theirs."""
        return range(len(self._points))

    @property
    def place(self) -> PlanePoint:
        """Where the point is by now."""
        return self._points[self._index][:2]

    def go_to(self, place: PlanePoint) -> None:
        """Move the point by as much as the pointer has moved, as far as the plane goes."""
        if not self._moves and self._plane.pixels(self._start, place) <= STILL / 2.0:
            return
        self._moves = True
        was = self._points[self._index]
        target = (was[0] + place[0] - self._start[0], was[1] + place[1] - self._start[1])
        self._start = place
        across, up = self._plane.inside(target)
        moved = (round(across, DIGITS), round(up, DIGITS), was[2])
        # What the edge of the plane held back is held back from the pointer too, until it comes back.
        self._start = (place[0] - (target[0] - moved[0]), place[1] - (target[1] - moved[1]))
        self._points = (*self._points[: self._index], moved, *self._points[self._index + 1 :])


class Remaining:
    """Points of which some are taken away, so that the others change as little as can be.

    Which points train follows from their rank in their class. So the last point of a class takes the place of one that
    goes: all others keep their rank, and the part that they belong to.
    """

    def __init__(self, points: Sequence[Point], *, has_classes: bool) -> None:
        self._groups = [int(point[2]) if has_classes else 0 for point in points]
        self._points = points
        self._held: dict[int, list[int]] = {}
        self._slots: dict[int, list[int]] = {}
        self._places = []  # of each point among those of its class
        for index, group in enumerate(self._groups):
            self._places.append(len(self._held.setdefault(group, [])))
            self._held[group].append(index)
            self._slots.setdefault(group, []).append(index)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that are left."""
        return tuple(self._points[index] for index in self.kept)

    @property
    def kept(self) -> list[int]:
        """The places that the points which are left had at first, in the order that they have."""
        pairs = [
            (slot, index)
            for group, held in self._held.items()
            for slot, index in zip(self._slots[group], held, strict=True)
        ]
        return [index for _, index in sorted(pairs)]

    def remove(self, index: int) -> None:
        """Take away the point that had this index at first."""
        group = self._groups[index]
        held = self._held[group]
        place, last = self._places[index], held.pop()
        self._slots[group].pop()
        if last != index:
            held[place], self._places[last] = last, place


def nearest(points: Sequence[Point], place: PlanePoint, plane: VisiblePlane) -> int | None:
    """Return the index of the point that is nearest to a place; `None` where none is within reach."""
    if not points:
        return None
    distances = np.hypot(*((table_of(points)[:, :2] - place) / plane.pixel).T)
    index = int(distances.argmin())
    return index if distances[index] <= REACH else None


def without(source: PointsSource, index: int) -> PointsSource:
    """Return the drawing without one of its points."""
    remaining = Remaining(source.points, has_classes=bool(source.classes))
    remaining.remove(index)
    return with_points(source, remaining.points, followed_parts(source.parts, remaining.kept, ""))


def _distances(places: Floats, begin: Floats, end: Floats) -> Floats:
    """Return how far each of the places `[points, 2]` is from the line from `begin` to `end`."""
    way = end - begin
    length = float(way @ way)
    shares = np.clip((places - begin) @ way / length, 0.0, 1.0) if length > 0.0 else np.zeros(len(places))
    away = places - begin - shares[:, np.newaxis] * way
    result: Floats = np.hypot(away[:, 0], away[:, 1])
    return result
