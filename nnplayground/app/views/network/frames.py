"""Puts a frame into the items, and carries what they show over to new items when the network changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from nnplayground.app.views.network.items.look import Look
from nnplayground.app.views.network.items.neuron import frame_of
from nnplayground.app.views.network.layout import Layout
from nnplayground.app.views.network.pictures import UNKNOWN, Steps, map_cells, map_pictures, weight_steps
from nnplayground.app.views.network.pieces import Pieces
from nnplayground.training.snapshot import Maps, Snapshot


@dataclass(frozen=True)
class Shown:
    """What the items show at one moment: picture and bias by column and place, steps by bundle."""

    neurons: list[list[tuple[QImage | None, float | None]]]
    bundles: list[Steps]


def apply_numbers(pieces: Pieces, layout: Layout, snapshot: Snapshot) -> None:
    """Hand each bundle its weights and each neuron its bias."""
    for place, (weights, biases) in enumerate(zip(snapshot.weights, snapshot.biases, strict=True)):
        ins, outs = layout.columns[place].shown, layout.columns[place + 1].shown
        pieces.bundles[place].show_steps(weight_steps(weights, outs, ins))
        for neuron, unit in zip(pieces.neurons[place + 1], outs, strict=True):
            neuron.show_bias(float(biases[unit]))


def apply_maps(pieces: Pieces, layout: Layout, maps: Maps, look: Look) -> None:
    """Hand each neuron and input its map."""
    frame = frame_of(look, layout.cell(0, 0))
    layers = zip(layout.columns, maps.layers, strict=True)
    # All layers in one go: between two steps of NumPy the training thread may take the interpreter.
    cells = np.concatenate([map_cells(layer, column.shown, len(frame.pixels)) for column, layer in layers])
    for neuron, picture in zip(pieces.units(), map_pictures(cells, frame, look.table), strict=True):
        neuron.show_picture(picture)


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
