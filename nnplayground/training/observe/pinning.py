"""Runs that are kept beside the one that is training, frozen as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nnplayground.training.observe.maps import MapMaker, MapRequest, Maps
from nnplayground.training.observe.snapshot import Snapshot

MOST_PINNED = 6


@dataclass(frozen=True, eq=False)
class PinnedRun:
    """A moment of a run, whole: its document, weights and curve, and `maps` of the outputs alone.

    `number` counts pinned runs and never comes again. `color` is the index of the colour of its curve among those of
    classes, free again when the run is let go, and never the first, which is that of the present run. Hidden ones have
    no curve in the plot.
    """

    number: int
    color: int
    name: str
    snapshot: Snapshot
    maps: Maps
    best_epoch: int | None
    is_hidden: bool = False


def pinned(runs: Sequence[PinnedRun], snapshot: Snapshot, request: MapRequest | None, *, number: int) -> PinnedRun:
    """Return the run of a moment, ready to be kept beside others, with the map that is asked for."""
    colors = {run.color for run in runs}
    return PinnedRun(
        number=number,
        color=next(place for place in range(1, len(runs) + 2) if place not in colors),
        name=f"Run {number}",
        snapshot=replace(snapshot.slim(), curve=snapshot.curve),
        maps=output_maps(snapshot, request or MapRequest()),
        best_epoch=snapshot.record.best_epoch,
    )


def output_maps(snapshot: Snapshot, request: MapRequest) -> Maps:
    """Return what the network of a moment answers on a plane, without the maps of its inner neurons."""
    if request in snapshot.seen:
        maps = snapshot.seen[request]
    else:
        maps = MapMaker().make(snapshot.architecture, snapshot.parameters, snapshot.data, request)
    return replace(maps, layers=(maps.layers[-1],))
