"""How single weights and biases are called, and what is done to them in the words of the undo menu."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.words import activation_title, count, figure
from nnplayground.project.parameter_index import ParameterIndex, Selection

FROZEN_HELP = "A frozen number stays as it is: training leaves it alone, and Restart keeps it."
OFF_HELP = (
    "A neuron that is switched off answers 0 to everything, and nothing around it learns. Its weights are kept and "
    "work again as soon as it is switched on."
)
EDGE_HELP = (
    "A weight: how strongly the left one counts for the right one. Orange is negative, blue positive, thicker is "
    "larger. Click to type a number, drag up or down to change it"
)
BIAS_HELP = (
    "The bias: what is added to the sum of the weighted inputs. The dot shows it in the colours of the scale. "
    "Click to type a number, drag up or down to change it"
)
NEURON_CLICK = "Ctrl+click selects a neuron and leaves the size of its layer as it is"


def path_name(structure: Structure, place: ParameterIndex) -> str:
    """Return what a number is called, such as "layer 1 neuron 3 → layer 2 neuron 1" or "bias of layer 1 neuron 3"."""
    target = structure.unit_name(place.layer + 1, place.unit)
    if place.source is None:
        return f"bias of {target}"
    return f"{structure.unit_name(place.layer, place.source)} → {target}"


def thing_name(structure: Structure, place: ParameterIndex) -> str:
    """Return the same with the kind of the number in front, for the middle of a sentence."""
    return path_name(structure, place) if place.source is None else f"weight {path_name(structure, place)}"


def layer_name(structure: Structure, layer: int) -> str:
    """Return what a layer is called within a sentence."""
    if layer < 0:
        return "inputs"
    return f"layer {layer + 1}" if layer < len(structure.hidden) else "outputs"


def capital(text: str) -> str:
    """Return a sentence with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def set_text(structure: Structure, place: ParameterIndex, value: float) -> str:
    """Return "Set weight … to −0.42"."""
    return f"Set {thing_name(structure, place)} to {figure(value)}"


def freeze_text(structure: Structure, places: Sequence[ParameterIndex], *, frozen: bool) -> str:
    """Return what freezing these numbers is called, or letting them go."""
    verb = "Freeze" if frozen else "Unfreeze"
    if len(places) == 1:
        return f"{verb} {thing_name(structure, places[0])}"
    layers = {place.layer for place in places}
    units = {(place.layer, place.unit) for place in places}
    if len(units) == 1:
        return f"{verb} the weights into {structure.unit_name(places[0].layer + 1, places[0].unit)}"
    if len(layers) == 1:
        return f"{verb} {layer_name(structure, places[0].layer)}"
    return f"{verb} {count(len(places), 'number')}"


def selection_words(structure: Structure, selection: Selection) -> str:
    """Return what is selected as a sentence, for those who do not see the picture."""
    layer, unit, source = selection.layer, selection.unit, selection.source
    if unit is None:
        column = layer + 1
        size = count(structure.sizes[column], "input" if not column else "neuron")
        title = activation_title(structure.hidden[layer].activation) if 0 <= layer < len(structure.hidden) else ""
        return f"Selected: {layer_name(structure, layer)}, {', '.join(filter(None, (size, title)))}."
    if source is not None:
        return f"Selected: weight {path_name(structure, ParameterIndex(layer, unit, source))}."
    off = ", switched off" if structure.is_off(layer + 1, unit) else ""
    return f"Selected: {structure.unit_name(layer + 1, unit)}{off}."
