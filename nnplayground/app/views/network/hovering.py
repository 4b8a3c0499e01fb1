"""What the pointer is told, and what a click there would do: a target in, words and sizes out, without Qt."""

from __future__ import annotations

from nnplayground.app.titles import ACTIVATIONS
from nnplayground.app.views.network.edits import inserted, larger, smaller
from nnplayground.app.views.network.layout import Layout
from nnplayground.app.views.network.pointing import BETWEEN, Part, Target
from nnplayground.app.views.network.structure import Structure
from nnplayground.app.views.network.words import activation_title, count, dropout_help, figure, neuron_text
from nnplayground.training.snapshot import Snapshot


def preview(target: Target, structure: Structure, layout: Layout) -> int | None:
    """Return the size that a click would give the layer of the target, or `None` when it would not resize one."""
    if target.part in BETWEEN or not layout.is_hidden(target.column):
        return None
    units, column = structure.sizes[target.column], layout.columns[target.column]
    if target.part is Part.SMALLER:
        return smaller(units)
    if target.part is Part.LARGER:
        return larger(units)
    is_slot = target.part in {Part.NODE, Part.EMPTY_SLOT}
    if is_slot and (column.marker is None or target.row < column.marker):
        return target.row + 1
    return None


def click_text(target: Target, structure: Structure, layout: Layout) -> str:
    """Return what a click on a slot would do, in as few words as possible."""
    units = preview(target, structure, layout)
    if units is None or units == structure.sizes[target.column]:
        return ""
    return f"Click for {count(units, 'neuron')}"


def drawing_text(target: Target, structure: Structure, layout: Layout) -> str:
    """Return the size that a layer has reached under the pointer of somebody who draws."""
    if target.part in BETWEEN or not layout.is_hidden(target.column):
        return ""
    return f"Layer {target.column}: {count(structure.sizes[target.column], 'neuron')}"


def describe(target: Target, structure: Structure, snapshot: Snapshot | None) -> str:
    """Return what there is to know of a neuron or an edge; numbers only once a frame has come."""
    if target.part is Part.NODE:
        return _describe_node(target, structure, snapshot)
    if target.part is not Part.EDGE:
        return ""
    source = structure.unit_name(target.column, target.unit)
    path = f"{source} → {structure.unit_name(target.column + 1, target.row)}"
    if snapshot is None:
        return path
    return f"{path}: {figure(float(snapshot.weights[target.column][target.row, target.unit]))}"


def _describe_node(target: Target, structure: Structure, snapshot: Snapshot | None) -> str:
    """Return name, bias and activation of a unit."""
    name = structure.unit_name(target.column, target.unit)
    name = name[0].upper() + name[1:].replace(" neuron", ", neuron")
    if target.column == 0:
        return name
    activation = structure.layers[target.column - 1].activation if target.column <= len(structure.layers) else ""
    if snapshot is None:
        return neuron_text(name, None, activation)
    bias = float(snapshot.biases[target.column - 1][target.unit])
    return neuron_text(name, bias, snapshot.architecture.activations[target.column - 1])


def tooltip(target: Target, structure: Structure) -> str:
    """Return the explanation of a control; empty for everything else."""
    if target.part is Part.INSERT:
        layer = inserted(structure.layers, target.column)
        size, title = count(layer.units, "neuron"), activation_title(layer.activation)
        return f"Insert a layer here: {size}, {title}"
    if target.part in BETWEEN or not 0 < target.column <= len(structure.layers):
        return ""
    units = structure.sizes[target.column]
    layer = structure.layers[target.column - 1]
    activation, dropout = ACTIVATIONS[layer.activation], f" {dropout_help(layer.dropout)}" if layer.dropout else ""
    texts = {
        Part.NAME: f"Layer {target.column}.{dropout} Right-click for everything that can be done with it",
        Part.REMOVE: f"Remove layer {target.column}",
        Part.SMALLER: f"Shrink layer {target.column} to {count(smaller(units), 'neuron')}",
        Part.LARGER: f"Grow layer {target.column} to {count(larger(units), 'neuron')}",
        Part.COUNT: f"Layer {target.column} has {count(units, 'neuron')}. Click to type a number",
        Part.ACTIVATION: f"Activation {activation.name}. {activation.help}{dropout} Click to change it",
        Part.DROPOUT: f"{dropout.strip()} Click to change it",
        Part.MARKER: f"Not all of the {count(units, 'neuron')} are drawn. Click to type a number",
    }
    return texts.get(target.part, "")
