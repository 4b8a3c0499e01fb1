"""A network that is no columns of neurons in words: one row for the input, each layer and the output, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, fields

from nnplayground.app.titles import ACTIVATIONS, LAYERS, SCALINGS
from nnplayground.app.views.layer_numbers import layer_numbers, numbered
from nnplayground.app.views.network.words import activation_title, count, share
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Shape
from nnplayground.project.changes import same_inputs
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, LayerSpec
from nnplayground.project.limits import help_of
from nnplayground.project.model import Project
from nnplayground.training.observe.snapshot import Snapshot

HOW_TO_EDIT = (
    "The layers of a network like this one are changed in the project file, in the list "
    "“layers”. Everything else in this window works as always."
)
INPUT_HELP = "What the network is given of one sample."
OUTPUT_AUTO = "Fits the data: one neuron for each class, or one for two classes or a number."


@dataclass(frozen=True)
class Row:
    """What is said of one layer. `shape` is what it gives for one sample, empty as long as that is not known.

    `parameters` is the number of its weights and biases in words, and `help` explains its settings.
    """

    title: str
    settings: str
    about: str
    shape: str = ""
    parameters: str = ""
    help: str = ""

    def in_words(self) -> str:
        """Return the row as a text, for those who do not see it."""
        shape = f"gives {self.shape}" if self.shape else ""
        return ", ".join(part for part in (self.title, self.settings, shape, self.parameters) if part)


def known_architecture(project: Project, snapshot: Snapshot | None) -> Architecture | None:
    """Return the network of a frame where it is the one of the project; `None` as long as no such frame has come."""
    if snapshot is None or not same_inputs(snapshot.project.data, project.data):
        return None
    old, new = snapshot.project.network, project.network
    same = (old.layers, old.output_activation) == (new.layers, new.output_activation)
    return snapshot.architecture if same else None


def layer_rows(project: Project, architecture: Architecture | None) -> tuple[Row, ...]:
    """Return the rows from the input to the output; without an architecture they tell no shapes."""
    hidden = project.network.layers
    *numbers, last = layer_numbers(hidden)
    rows = (_layer_row(layer, number) for layer, number in zip(hidden, numbers, strict=True))
    about = [_input_row(project, architecture), *rows, _output_row(project, architecture, last)]
    if architecture is None:
        return tuple(about)
    below = [None, *architecture.steps[:-1]]
    layers = [None, *architecture.layers]
    sizes = (
        None if layer is None or under is None else layer.matrix_shape(under)
        for layer, under in zip(layers, below, strict=True)
    )
    return tuple(
        Row(row.title, row.settings, row.about, _shape(shape), _parameters(size), row.help)
        for row, shape, size in zip(about, architecture.steps, sizes, strict=True)
    )


def _input_row(project: Project, architecture: Architecture | None) -> Row:
    """Return what can be said of the input, and of what is done to it first."""
    kind = project.data.scaling
    scaling = f"scaling: {SCALINGS[kind].name}" if kind != "none" else ""
    pictures = ""
    if architecture is not None and len(architecture.input_shape) > 1:
        channels, height, width = architecture.input_shape
        pictures = f"pictures of {height} × {width} pixels, {count(channels, 'channel')}"
    return Row("Input", ", ".join(filter(None, (pictures, scaling))), INPUT_HELP)


def _layer_row(layer: LayerSpec, number: int | None) -> Row:
    """Return what can be said of a hidden layer by itself."""
    title = LAYERS[layer.kind]
    rules = "\n".join(f"{entry.name}: {help_of(type(layer), entry.name)}" for entry in fields(layer))
    return Row(numbered(number, title.name), _settings(layer), title.help, help=rules)


def _output_row(project: Project, architecture: Architecture | None, number: int | None) -> Row:
    """Return what can be said of the output layer."""
    name, title = project.network.output_activation, numbered(number, "Output")
    if architecture is None:
        about = OUTPUT_AUTO if name == "auto" else ACTIVATIONS[name].help
        return Row(title, "" if name == "auto" else activation_title(name), about)
    name = architecture.activations[-1]
    settings = f"{count(architecture.outputs, 'neuron')} · {activation_title(name)}"
    return Row(title, settings, ACTIVATIONS[name].help)


def _settings(layer: LayerSpec) -> str:
    """Return the settings of a layer in few words."""
    if isinstance(layer, DenseSpec):
        return f"{count(layer.units, 'neuron')} · {activation_title(layer.activation)}"
    if isinstance(layer, DropoutSpec):
        return f"{share(layer.rate)} of the values"
    if isinstance(layer, FlattenSpec):
        return ""
    if isinstance(layer, Conv2DSpec):
        size, filters = layer.kernel_size, count(layer.filters, "filter")
        moves = f"stride {layer.stride}, padding {layer.padding}"
        return f"{filters} of {size} × {size}, {moves} · {activation_title(layer.activation)}"
    size, stride = layer.pool_size, layer.stride or layer.pool_size
    return f"windows of {size} × {size}, stride {stride}, padding {layer.padding}"


def _shape(shape: Shape) -> str:
    """Return a shape as it is written: "8 × 8 × 8" for pictures, "10 values" for a row."""
    return " × ".join(f"{size:,}" for size in shape) if len(shape) > 1 else count(shape[0], "value")


def _parameters(size: tuple[int, int] | None) -> str:
    """Return how many weights and biases a matrix (out, in) has, biases included; nothing for none."""
    return f"{size[0] * (size[1] + 1):,} weights and biases" if size else ""
