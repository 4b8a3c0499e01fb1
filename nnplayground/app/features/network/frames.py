"""Puts a frame into the items, and carries what they show over to new items when the network changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from nnplayground.app.features.network.items.look import Look, rectangle
from nnplayground.app.features.network.items.neuron import NeuronItem, frame_of
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.pictures import UNKNOWN, Steps, map_cells, map_pictures, weight_steps
from nnplayground.app.features.network.pieces import Pieces
from nnplayground.app.features.network.structure import Structure
from nnplayground.training.observe.maps import Maps
from nnplayground.training.observe.snapshot import Snapshot

MANY_LINES = 150


@dataclass(frozen=True)
class Shown:
    """What the items show at one moment: picture and bias by column and place, steps by bundle."""

    neurons: list[list[tuple[QImage | None, float | None]]]
    bundles: list[Steps]


def due_columns(pieces: Pieces, frame: int) -> range:
    """Return the columns that are brought up to date in a frame of a running training, which is soon followed by more.

    A network of many lines takes turns: half of it in each frame takes half the time, and sixty halves a second look
    as fluid as thirty wholes.
    """
    is_large = sum(bundle.steps.size for bundle in pieces.bundles) > MANY_LINES
    return range(frame % 2, len(pieces.neurons), 2) if is_large else range(len(pieces.neurons))


def apply_numbers(
    pieces: Pieces, layout: Layout, snapshot: Snapshot, structure: Structure, columns: Collection[int]
) -> None:
    """Hand the bundles right of these columns their weights, and the neurons behind them their biases.

    The weights around a neuron that is off stay neutral.
    """
    for place, (weights, biases) in enumerate(zip(snapshot.weights, snapshot.biases, strict=True)):
        if place not in columns:
            continue
        ins, outs = layout.columns[place].shown, layout.columns[place + 1].shown
        steps = weight_steps(weights, outs, ins)
        if structure.off(place) or structure.off(place + 1):
            steps[np.isin(outs, structure.off(place + 1))] = UNKNOWN
            steps[:, np.isin(ins, structure.off(place))] = UNKNOWN
        pieces.bundles[place].show_steps(steps)
        for neuron, unit in zip(pieces.neurons[place + 1], outs, strict=True):
            neuron.show_bias(float(biases[unit]))


def apply_maps(
    pieces: Pieces, layout: Layout, maps: Maps, look: Look, columns: Collection[int], *, seen: QRectF | None = None
) -> None:
    """Hand each neuron and input of these columns its map, or only those in the part of the scene that is `seen`."""
    frame = frame_of(look, layout.cell(0, 0))
    near = [_near(pieces.neurons[place], layout.columns[place].shown, seen) for place in columns]
    if not any(near):
        return
    layers = zip((maps.layers[place] for place in columns), near, strict=True)
    # All layers in one go: between two steps of NumPy the training thread may take the interpreter.
    cells = np.concatenate(
        [map_cells(layer, [unit for _, unit in found], len(frame.pixels)) for layer, found in layers if found]
    )
    for (neuron, _), picture in zip(chain.from_iterable(near), map_pictures(cells, frame, look.table), strict=True):
        neuron.show_picture(picture)


def _near(neurons: Sequence[NeuronItem], units: Sequence[int], seen: QRectF | None) -> list[tuple[NeuronItem, int]]:
    """Return the neurons of a column that are in the part of the scene which is seen, each with its unit."""
    pairs = zip(neurons, units, strict=True)
    return [pair for pair in pairs if seen is None or seen.intersects(rectangle(pair[0].box))]


def poles_of(snapshot: Snapshot) -> tuple[str, str] | None:
    """Return what a low and a high answer mean where a single output tells two classes apart."""
    classes = snapshot.data.rule.classes
    return (classes[0], classes[1]) if len(classes) == 2 and snapshot.architecture.outputs == 1 else None


def remember(pieces: Pieces) -> Shown:
    """Return what the items show, to outlive them."""
    neurons = [[(neuron.picture, neuron.bias) for neuron in column] for column in pieces.neurons]
    return Shown(neurons, [bundle.steps for bundle in pieces.bundles])


def take_over(pieces: Pieces, old: Shown, kept: Mapping[int, int]) -> None:
    """Show again what was shown before; `kept` gives the old place of each column that was there."""
    for column, before in kept.items():
        for neuron, (picture, bias) in zip(pieces.neurons[column], old.neurons[before], strict=False):
            neuron.show_picture(picture)
            neuron.show_bias(bias)
        if kept.get(column + 1) == before + 1:
            bundle, steps = pieces.bundles[column], old.bundles[before]
            bundle.show_steps(_overlaid(np.full_like(bundle.steps, UNKNOWN), steps))


def _overlaid(ground: Steps, steps: Steps) -> Steps:
    """Return the ground with the steps laid over it as far as both reach."""
    rows, columns = (min(pair) for pair in zip(ground.shape, steps.shape, strict=True))
    ground[:rows, :columns] = steps[:rows, :columns]
    return ground
