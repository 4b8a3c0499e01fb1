"""The plane of a map: what of it decides where the points lie, and where they do."""

from __future__ import annotations

from nnplayground.app.ui.samples.points import positions
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, Maps, PlaneKind
from nnplayground.training.run.prepare import Prepared


def plane_of(maps: Maps) -> MapRequest:
    """Return the plane that maps show."""
    return MapRequest(maps.across, maps.up, kind=maps.kind, others=maps.others)


def axes_of(plane: MapRequest) -> tuple[PlaneKind, int, int]:
    """Return what of a plane decides where the points lie."""
    return plane.kind, plane.across, plane.up


def point_places(data: Prepared, plane: MapRequest) -> Floats:
    """Return the place of each sample `[samples, 2]` on a legal plane; that of the components has them projected."""
    if plane.kind == "components" and data.scores is not None:
        return data.scores
    return positions(data, across=plane.across, up=plane.up)


def with_fixed(request: MapRequest, place: int, value: float | None) -> tuple[tuple[int, float], ...]:
    """Return the `others` of a request with one input fixed at another value, or at its mean again."""
    others = dict(request.others)
    others.pop(place, None)
    if value is not None:
        others[place] = value
    return tuple(sorted(others.items()))


def fixed_count(request: MapRequest) -> int:
    """Return how many inputs outside the plane are fixed."""
    return sum(place not in (request.across, request.up) for place, _ in request.others)
