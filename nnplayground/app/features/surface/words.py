"""What a cost surface says in words: what it is a slice of, of which moment it is, and what it leaves out."""

from __future__ import annotations

import numpy as np

from nnplayground.app.features.surface.shading import CostScale
from nnplayground.app.text.names import Names
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import part_word
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface import Surface

EMPTY = "The cost around the present weights appears here as soon as there is a network that can be trained."
WORKING = "Computing the first points …"
CANCELLED = "Cancelled. Press Update to compute the map."
OTHER_NETWORK = "The network has another shape by now; press Update to compute its map."
LOOK_FOR = {
    "random": "Look how wide the valley is: where it is wide, small changes of the weights cost little.",
    "path": "Look at the valley along the path: a long narrow one makes training slow, and large steps jump across it.",
    "places": "Look whether the valley is slanted: then one of the two numbers can make up for the other.",
}
ABOUT = {
    "random": "directions, random ones, where 1 is as long as the weights of each neuron",
    "path": "directions, those in which the path so far runs the farthest",
    "places": "weights and biases; all others stay as they are",
}
NEGLIGIBLE = 1e-3
"""A path that leaves its slice by less than this share of its length is not said to leave it."""


def axis_names(surface: Surface, names: Names) -> tuple[str, str]:
    """Return what the axes of a map are called."""
    plane = surface.plane
    if plane.places is not None:
        across, up = (names.weight(place) for place in plane.places)
        return f"{across[0].upper()}{across[1:]}", f"{up[0].upper()}{up[1:]}"
    if plane.shares is not None:
        across, up = (f"Path component {place} ({percent(share)})" for place, share in enumerate(plane.shares, 1))
        return across, up
    return "Random direction 1", "Random direction 2"


def slice_sentence(surface: Surface) -> str:
    """Return of how many directions the map shows two, and how far the path that it shows is really off it."""
    plane, path = surface.plane, surface.path
    text = f"A slice: 2 of {plane.free:,} {ABOUT[plane.kind]}"
    if plane.shares is not None:
        text += " ({} and {} of its squared distances from here)".format(*map(percent, plane.shares))
    text += "."
    farthest = path.farthest_off
    if farthest is None or len(path) < 2:
        return text
    off, distance = float(path.off[farthest]), float(path.distances[farthest])
    if off <= NEGLIGIBLE * distance:
        return f"{text} The path is projected onto it, and runs in it."
    return (
        f"{text} The path is projected onto it; it runs up to {number_text(off)} off it, "
        f"at epoch {path.epochs[farthest]:,} ({percent(off / distance)} of its distance from here)."
    )


def moment_words(surface: Surface, snapshot: Snapshot) -> str:
    """Return of which moment the map is, and where the network is now."""
    text = f"Around epoch {surface.epoch:,}" + (f", batch {surface.batch:,}" if surface.batch else "")
    if snapshot.architecture != surface.architecture:
        return f"{text}. {OTHER_NETWORK}"
    if snapshot.generation != surface.generation:
        return f"{text}, before the last change. Press Update for a map of now."
    if (snapshot.epoch, snapshot.batch) == (surface.epoch, surface.batch):
        return f"{text}, where the network is now."
    text += f"; the network is at epoch {snapshot.epoch:,} now"
    off, distance = (float(length[0]) for length in surface.plane.distances(snapshot.parameters[np.newaxis]))
    text += f", {number_text(off)} off the slice" if off > NEGLIGIBLE * distance else ""
    return text + ("." if is_on_map(surface, *surface.plane.coordinates(snapshot.parameters)) else ", outside the map.")


def is_on_map(surface: Surface, across: float, up: float) -> bool:
    """Tell whether coordinates are on the map."""
    return bool(surface.across[0] <= across <= surface.across[-1] and surface.up[0] <= up <= surface.up[-1])


def cost_words(surface: Surface, scale: CostScale, *, unit: str = "") -> str:
    """Return of what the cost is, on how many points and samples, and what the colours leave out.

    `unit` says of which targets the cost is where these are scaled.
    """
    request = surface.request
    text = f"{part_word(request.part).capitalize()} cost{unit}"
    text += " with penalty" if request.penalized else ""
    text += f", {len(surface.across)} × {len(surface.up)} points"
    if surface.samples < surface.part_samples:
        text += f", on {surface.samples:,} of {surface.part_samples:,} samples, spread evenly"
    if scale.above:
        text += f"; {percent(scale.above)} of the points cost more than {number_text(scale.high)} and have its colour"
    if scale.beyond:
        text += f"; for {percent(scale.beyond)} the cost is beyond all numbers (grey)"
    return f"{text}."


def point_words(names: tuple[str, str], point: tuple[float, float, float]) -> str:
    """Return the cost and the coordinates of a point of the map."""
    across, up, cost = (number_text(value) for value in point)
    if not np.isfinite(point[2]):
        cost = "beyond all numbers"
    return f"cost {cost} at ({across}, {up}): {names[0]}, {names[1]}"


def path_words(surface: Surface, moment: int, costs_here: float) -> str:
    """Return what a moment of the path really cost, what the slice has at its shadow, and how far away it was."""
    path = surface.path
    text = f"epoch {path.epochs[moment]:,} of the path: really {number_text(float(path.costs[moment]))}"
    if path.off[moment] <= NEGLIGIBLE * max(path.distances.max(), 1e-300):
        return f"{text}, on the slice"
    return f"{text}; {number_text(float(path.off[moment]))} off the slice, which has {number_text(costs_here)} here"


def percent(share: float) -> str:
    """Return a share in per cent with sensible digits; what is not quite all or nothing is not called so."""
    value = 100.0 * share
    if 0.0 < value < 0.1:
        return "under 0.1 %"
    if 99.9 < value < 100.0:
        return "over 99.9 %"
    return f"{value:.1f} %" if value % 1.0 > 0.05 and value < 99.95 else f"{value:.0f} %"
