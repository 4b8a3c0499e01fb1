"""What the pointer is told, and what a click there would do: a target in, words and sizes out, without Qt."""

from __future__ import annotations

from typing import Protocol

from nnplayground.app.features.network.block_names import block_name
from nnplayground.app.features.network.edits import larger, smaller
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.place_words import (
    BIAS_HELP,
    EDGE_HELP,
    FROZEN_HELP,
    NEURON_CLICK,
    OFF_HELP,
    capital,
    path_name,
)
from nnplayground.app.features.network.pointing import BETWEEN, Part, Target
from nnplayground.app.features.network.selection import place_of
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.words import (
    activation_title,
    count,
    dropout_help,
    figure,
    lone_dropout_help,
    neuron_text,
    share,
)
from nnplayground.app.text.titles import ACTIVATIONS
from nnplayground.project.blocks import UnitsBlock
from nnplayground.project.layer_edits import new_layer
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.snapshot import Snapshot

NUMBER_CLICK = "Click to edit, drag up or down to change"


class Numbers(Protocol):
    """What is known of single weights and biases."""

    def value(self, place: ParameterIndex) -> float | None:
        """Return a number, if it is known."""
        ...

    def gradient(self, place: ParameterIndex) -> float | None:
        """Return what the last batch asked for at it, if there was one."""
        ...

    def is_frozen(self, place: ParameterIndex) -> bool:
        """Tell whether training leaves it alone."""
        ...


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


def click_text(target: Target, structure: Structure, layout: Layout, numbers: Numbers) -> str:
    """Return what a click on a slot or a number would do, in as few words as possible."""
    place = place_of(target)
    if place is not None:
        return NUMBER_CLICK if numbers.value(place) is not None else ""
    units = preview(target, structure, layout)
    if units is None or units == structure.sizes[target.column]:
        return ""
    return f"Click for {count(units, 'neuron')}"


def drawing_text(target: Target, structure: Structure, layout: Layout) -> str:
    """Return the size that a layer has reached under the pointer of somebody who draws."""
    if target.part in BETWEEN or not layout.is_hidden(target.column):
        return ""
    return f"Layer {target.column}: {count(structure.sizes[target.column], 'neuron')}"


def describe(target: Target, structure: Structure, snapshot: Snapshot | None, numbers: Numbers) -> str:
    """Return what there is to know of a neuron, a bias or an edge; numbers only once a frame has come."""
    place = place_of(target)
    if place is not None:
        return _describe_number(place, structure, numbers)
    if target.part is Part.LONE_DROPOUT:
        name = capital(block_name(structure.blocks, target.block))
        return f"{name}: {share(structure.blocks[target.block].dropout)}"
    return _describe_node(target, structure, snapshot, numbers) if target.part is Part.NODE else ""


def _describe_number(place: ParameterIndex, structure: Structure, numbers: Numbers) -> str:
    """Return the name of a weight or bias, what it is, and in a second line what training wanted of it last."""
    name = path_name(structure, place) if place.source is not None else capital(path_name(structure, place))
    value, gradient = numbers.value(place), numbers.gradient(place)
    if value is None:
        return name
    extras = ["frozen"] if numbers.is_frozen(place) else []
    if _is_idle(place, structure):
        extras.append("switched off")
    elif gradient is not None and not extras:
        extras.append(f"last gradient {figure(gradient)}")
    return "\n".join(filter(None, (f"{name}: {figure(value)}", " · ".join(extras))))


def _is_idle(place: ParameterIndex, structure: Structure) -> bool:
    """Tell whether a number has no effect, because a neuron beside it is off."""
    is_below = place.source is not None and structure.is_off(place.layer, place.source)
    return is_below or structure.is_off(place.layer + 1, place.unit)


def _describe_node(target: Target, structure: Structure, snapshot: Snapshot | None, numbers: Numbers) -> str:
    """Return name, bias and activation of a unit."""
    name = structure.unit_name(target.column, target.unit)
    name = capital(name).replace(" neuron", ", neuron")
    if target.column == 0:
        return name
    if structure.is_off(target.column, target.unit):
        name += " · switched off"
    activation = structure.hidden[target.column - 1].activation if target.column <= len(structure.hidden) else ""
    if snapshot is not None:
        activation = snapshot.architecture.activations[target.column - 1]
    return neuron_text(name, numbers.value(ParameterIndex(target.column - 1, target.unit)), activation)


def tooltip(target: Target, structure: Structure, numbers: Numbers | None = None) -> str:
    """Return the explanation of a control, neuron or edge; empty for everything else."""
    if target.part is Part.INSERT:
        new = new_layer(structure.layers, target.block)
        size, title = count(new.units, "neuron"), activation_title(new.activation)
        return f"Insert a layer here: {size}, {title}"
    if target.part is Part.LONE_DROPOUT:
        return (
            f"{lone_dropout_help(structure.blocks[target.block].dropout)} Click to change it, drag it to another place"
        )
    place = place_of(target)
    if place is not None:
        return ". ".join([EDGE_HELP if target.part is Part.EDGE else BIAS_HELP, *_state(place, structure, numbers)])
    if target.part is Part.NODE:
        is_off = structure.is_off(target.column, target.unit)
        is_hidden = 0 < target.column <= len(structure.hidden)
        return f"{OFF_HELP} {NEURON_CLICK}" if is_off else NEURON_CLICK if is_hidden else ""
    if target.part in BETWEEN or not 0 < target.column <= len(structure.hidden):
        return ""
    units = structure.sizes[target.column]
    layer = structure.hidden[target.column - 1]
    activation, dropout = ACTIVATIONS[layer.activation], f" {dropout_help(layer.dropout)}" if layer.dropout else ""
    texts = {
        Part.NAME: f"Layer {target.column}.{dropout} Drag it to another place, right-click for everything else",
        Part.REMOVE: f"Remove layer {target.column}",
        Part.SMALLER: f"Shrink layer {target.column} to {count(smaller(units), 'neuron')}",
        Part.LARGER: f"Grow layer {target.column} to {count(larger(units), 'neuron')}",
        Part.COUNT: f"Layer {target.column} has {count(units, 'neuron')}{_off_words(layer)}. Click to type a number",
        Part.ACTIVATION: f"Activation {activation.name}. {activation.help}{dropout} Click to change it",
        Part.DROPOUT: f"{dropout.strip()} Click to change it",
        Part.MARKER: f"Not all of the {count(units, 'neuron')} are drawn. Click to type a number",
    }
    return texts.get(target.part, "")


def _state(place: ParameterIndex, structure: Structure, numbers: Numbers | None) -> list[str]:
    """Return what is to be explained about the state of a number."""
    frozen = [FROZEN_HELP.rstrip(".")] if numbers is not None and numbers.is_frozen(place) else []
    return [*frozen, *([OFF_HELP.rstrip(".")] if _is_idle(place, structure) else [])]


def _off_words(layer: UnitsBlock) -> str:
    """Return how many neurons of a layer are switched off, to follow their number."""
    return f", {len(layer.off)} of them switched off" if layer.off else ""
