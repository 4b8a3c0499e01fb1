"""A network that is no columns of neurons in words: one row for the input, each block and the output, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import singledispatch

from nnplayground.app.features.network.words import activation_title, count, dropout_help, dropout_text, share
from nnplayground.app.text.layer_numbers import numbered
from nnplayground.app.text.titles import ACTIVATIONS, LAYERS, SCALINGS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Shape
from nnplayground.project.blocks import Block, blocks_of, layer_numbers
from nnplayground.project.changes import same_inputs
from nnplayground.project.layer_specs import (
    AveragePool2DSpec,
    BlockKind,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    LayerSpec,
    MaxPool2DSpec,
)
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
    """Return the rows from the input to the output, one for each block; without an architecture they tell no shapes."""
    hidden = project.network.layers
    blocks = blocks_of(hidden)
    output = _output_row(project, architecture, layer_numbers(hidden)[-1])
    about = [_input_row(project, architecture), *map(_block_row, blocks), output]
    if architecture is None:
        return tuple(about)
    ranges = [block.places for block in blocks] + [range(len(hidden), len(hidden) + 1)]
    shapes = [architecture.steps[0], *(architecture.steps[places.stop] for places in ranges)]
    sizes = [None, *(_matrix_shape(architecture, places.start) for places in ranges)]
    return tuple(
        Row(row.title, row.settings, row.about, _shape(shape), _parameters(size), row.help)
        for row, shape, size in zip(about, shapes, sizes, strict=True)
    )


def _matrix_shape(architecture: Architecture, place: int) -> tuple[int, int] | None:
    """Return the shape (out, in) of the weights of a layer, `None` without any."""
    return architecture.layers[place].matrix_shape(architecture.steps[place])


def _input_row(project: Project, architecture: Architecture | None) -> Row:
    """Return what can be said of the input, and of what is done to it first."""
    kind = project.data.scaling
    scaling = f"scaling: {SCALINGS[kind].name}" if kind != "none" else ""
    pictures = ""
    if architecture is not None and len(architecture.input_shape) > 1:
        channels, height, width = architecture.input_shape
        pictures = f"pictures of {height} × {width} pixels, {count(channels, 'channel')}"
    return Row("Input", ", ".join(filter(None, (pictures, scaling))), INPUT_HELP)


def _block_row(block: Block) -> Row:
    """Return what can be said of a hidden layer by itself, with the dropout that belongs to it."""
    layer = block.layer
    title = LAYERS[layer.kind]
    rules = [f"{entry.name}: {help_of(type(layer), entry.name)}" for entry in fields(layer)]
    settings = [layer_settings(layer)]
    if block.kind is BlockKind.UNITS and block.dropout:
        settings.append(dropout_text(block.dropout))
        rules.append(f"dropout: {dropout_help(block.dropout)}")
    about = " · ".join(filter(None, settings))
    return Row(numbered(block.number, title.name), about, title.help, help="\n".join(rules))


def _output_row(project: Project, architecture: Architecture | None, number: int | None) -> Row:
    """Return what can be said of the output layer."""
    name, title = project.network.output_activation, numbered(number, "Output")
    if architecture is None:
        about = OUTPUT_AUTO if name == "auto" else ACTIVATIONS[name].help
        return Row(title, "" if name == "auto" else activation_title(name), about)
    name = architecture.activations[-1]
    settings = f"{count(architecture.outputs, 'neuron')} · {activation_title(name)}"
    return Row(title, settings, ACTIVATIONS[name].help)


@singledispatch
def layer_settings(_layer: LayerSpec) -> str:
    """Return the settings of a layer in few words; a new kind of layer registers its own."""
    return ""


@layer_settings.register
def _of_dense(layer: DenseSpec) -> str:
    return f"{count(layer.units, 'neuron')} · {activation_title(layer.activation)}"


@layer_settings.register
def _of_dropout(layer: DropoutSpec) -> str:
    return f"{share(layer.rate)} of the values"


@layer_settings.register
def _of_convolution(layer: Conv2DSpec) -> str:
    size, filters = layer.kernel_size, count(layer.filters, "filter")
    moves = f"stride {layer.stride}, padding {layer.padding}"
    return f"{filters} of {size} × {size}, {moves} · {activation_title(layer.activation)}"


@layer_settings.register(MaxPool2DSpec)
@layer_settings.register(AveragePool2DSpec)
def _of_pooling(layer: MaxPool2DSpec | AveragePool2DSpec) -> str:
    size, stride = layer.pool_size, layer.stride or layer.pool_size
    return f"windows of {size} × {size}, stride {stride}, padding {layer.padding}"


def _shape(shape: Shape) -> str:
    """Return a shape as it is written: "8 × 8 × 8" for pictures, "10 values" for a row."""
    return " × ".join(f"{size:,}" for size in shape) if len(shape) > 1 else count(shape[0], "value")


def _parameters(size: tuple[int, int] | None) -> str:
    """Return how many weights and biases a matrix (out, in) has, biases included; nothing for none."""
    return f"{size[0] * (size[1] + 1):,} weights and biases" if size else ""
