"""The hidden layers of the document, one frozen dataclass for each kind.

Each makes the layer that the engine works with, and answers what the rest of the program asks of a layer, so that
its class need not be known. `LAYER_KINDS` is the table that the file reader and the window go by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Self, TypeAlias

from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from nnplayground.errors import FieldError
from nnplayground.project.limits import Choice, Number, Places, Whole, check, limited

MAX_UNITS = 4096
MAX_FILTERS = 512
MAX_WINDOW = 32
MAX_PADDING = 16

OFF = Places("The neurons that are switched off, counted from 0: they answer 0 and do not learn.")
ACTIVATION = Choice(HIDDEN_ACTIVATIONS, "What each neuron of the layer does with its weighted sum.")
STRIDE = Whole(1, MAX_WINDOW, "By how many pixels the filters move.")
PADDING = Whole(0, MAX_PADDING, "How wide a margin of zeros is laid around the picture.")
POOL_SIZE = Whole(1, MAX_WINDOW, "How many pixels high and wide the windows are that become one value each.")
POOL_STRIDE = Whole(
    1, MAX_WINDOW, "By how many pixels the windows move; null moves them by their own size.", optional=True
)
POOL_PADDING = Whole(0, MAX_PADDING, "How wide a margin is laid around the picture; at most half the window.")


class BlockKind(Enum):
    """The ways in which the editor draws layers."""

    UNITS = "units"
    DROPOUT = "dropout"
    FEATURE_MAPS = "feature maps"
    POOLING = "pooling"
    FLATTEN = "flatten"


class _Layer:
    """What can be asked of every layer; a kind overrides what is different about it."""

    block: ClassVar[BlockKind]
    """How the editor draws it."""
    has_weights: ClassVar[bool] = False
    """Whether it has weights, biases and an activation."""
    needs_pictures: ClassVar[bool] = False
    """Whether it looks at a sample as a picture."""
    keeps_shape: ClassVar[bool] = False
    """Whether what it gives has the shape of what it gets, whatever that is."""
    is_counted: ClassVar[bool] = True
    """Whether people count it as a layer."""

    @property
    def rows(self) -> int | None:
        """How many rows its weight matrix has, one for each neuron or filter; `None` without weights."""
        return None

    @property
    def dropped(self) -> float | None:
        """The share of the values below that training does without; `None` where the layer is no dropout."""
        return None

    @property
    def used_activation(self) -> str | None:
        """The name of its activation; `None` without one."""
        return None

    def columns(self, below: int | None) -> int | None:
        """Return how many columns its weight matrix has above so many values.

        `below` is `None` where that depends on the data; so is the answer there, and for pictures.
        """
        return None

    def width(self, below: int | None) -> int | None:
        """Return how many values it gives for each sample above so many; `None` where that depends on the data."""
        return None

    def with_activation(self, name: str) -> Self:
        """Return the layer with another activation; one without weights stays as it is."""
        return self

    def without_switches(self) -> Self | None:
        """Return the layer with all its neurons on; `None` for one that is itself but a switch, as a dropout."""
        return self

    def start_shape(self) -> Self:
        """Return the layer with nothing but what decides which start values it can have."""
        return self


@dataclass(frozen=True)
class DenseSpec(_Layer):
    """A layer every neuron of which sees every value of the layer before."""

    kind: ClassVar[str] = "dense"
    block: ClassVar[BlockKind] = BlockKind.UNITS
    has_weights: ClassVar[bool] = True
    units: int = limited(4, Whole(1, MAX_UNITS, "How many neurons the layer has."))
    activation: str = limited("tanh", ACTIVATION)
    off: tuple[int, ...] = limited((), OFF)

    def __post_init__(self) -> None:
        check(self)
        if self.off and self.off[-1] >= self.units:
            raise FieldError("off", self.off, f"neurons of the layer, 0 to {self.units - 1}")

    def layer(self) -> Dense:
        """Return the layer that the engine works with."""
        return Dense(self.units, self.activation, self.off)

    @property
    def rows(self) -> int:
        """One row for each neuron."""
        return self.units

    @property
    def used_activation(self) -> str:
        """The name of its activation."""
        return self.activation

    def columns(self, below: int | None) -> int | None:
        """Return one column for each value below."""
        return below

    def width(self, below: int | None) -> int:
        """Return how many neurons there are: each gives one value."""
        return self.units

    def with_activation(self, name: str) -> Self:
        """Return the layer with another activation."""
        return replace(self, activation=name)

    def with_units(self, units: int) -> Self:
        """Return the layer with so many neurons; of those that are off, the ones that have gone are left out."""
        return replace(self, units=units, off=tuple(unit for unit in self.off if unit < units))

    def switched(self, unit: int) -> Self:
        """Return the layer with a neuron off that was on, or on that was off."""
        return replace(self, off=tuple(sorted(set(self.off) ^ {unit})))

    def without_switches(self) -> Self:
        """Return the layer with all its neurons on."""
        return replace(self, off=())

    def start_shape(self) -> Self:
        """Return as many neurons, all of them on, with an activation that does not matter."""
        return replace(self, activation="relu", off=())


@dataclass(frozen=True)
class DropoutSpec(_Layer):
    """Switches off values of the layer before at random while training, a cure for overfitting."""

    kind: ClassVar[str] = "dropout"
    block: ClassVar[BlockKind] = BlockKind.DROPOUT
    keeps_shape: ClassVar[bool] = True
    is_counted: ClassVar[bool] = False
    rate: float = limited(
        0.2, Number(0.0, 0.95, "The share of the values of the layer before that every batch trains without.")
    )

    def __post_init__(self) -> None:
        check(self)

    def layer(self) -> Dropout:
        """Return the layer that the engine works with."""
        return Dropout(self.rate)

    @property
    def dropped(self) -> float:
        """The share of the values below that training does without."""
        return self.rate

    def width(self, below: int | None) -> int | None:
        """Return as many values as below."""
        return below

    def without_switches(self) -> Self | None:
        """Return nothing: a dropout is but a switch."""
        return None


@dataclass(frozen=True)
class Conv2DSpec(_Layer):
    """Filters that move over pictures and look for the same small pattern everywhere."""

    kind: ClassVar[str] = "conv2d"
    block: ClassVar[BlockKind] = BlockKind.FEATURE_MAPS
    has_weights: ClassVar[bool] = True
    needs_pictures: ClassVar[bool] = True
    filters: int = limited(8, Whole(1, MAX_FILTERS, "How many patterns the layer looks for."))
    kernel_size: int = limited(3, Whole(1, MAX_WINDOW, "How many pixels high and wide the filters are."))
    stride: int = limited(1, STRIDE)
    padding: int = limited(0, PADDING)
    activation: str = limited("relu", ACTIVATION)

    def __post_init__(self) -> None:
        check(self)

    def layer(self) -> Conv2D:
        """Return the layer that the engine works with."""
        return Conv2D(self.filters, self.kernel_size, self.activation, self.stride, self.padding)

    @property
    def rows(self) -> int:
        """One row for each filter."""
        return self.filters

    @property
    def used_activation(self) -> str:
        """The name of its activation."""
        return self.activation

    def with_activation(self, name: str) -> Self:
        """Return the layer with another activation."""
        return replace(self, activation=name)

    def start_shape(self) -> Self:
        """Return the same filters with an activation that does not matter."""
        return self.with_activation("relu")


@dataclass(frozen=True)
class _Pool2DSpec(_Layer):
    """What both kinds of pooling have in common."""

    block: ClassVar[BlockKind] = BlockKind.POOLING
    needs_pictures: ClassVar[bool] = True
    pool_size: int = limited(2, POOL_SIZE)
    stride: int | None = limited(None, POOL_STRIDE)
    padding: int = limited(0, POOL_PADDING)

    def __post_init__(self) -> None:
        check(self)
        if self.padding > self.pool_size // 2:
            raise FieldError("padding", self.padding, f"at most {self.pool_size // 2}, half the pool_size")


@dataclass(frozen=True)
class MaxPool2DSpec(_Pool2DSpec):
    """Makes pictures smaller: of each window only the largest value stays."""

    kind: ClassVar[str] = "max_pool2d"

    def layer(self) -> MaxPool2D:
        """Return the layer that the engine works with."""
        return MaxPool2D(self.pool_size, self.stride, self.padding)


@dataclass(frozen=True)
class AveragePool2DSpec(_Pool2DSpec):
    """Makes pictures smaller: each window becomes its mean."""

    kind: ClassVar[str] = "average_pool2d"

    def layer(self) -> AveragePool2D:
        """Return the layer that the engine works with."""
        return AveragePool2D(self.pool_size, self.stride, self.padding)


@dataclass(frozen=True)
class FlattenSpec(_Layer):
    """Lays the values of all pictures of a sample in one row, so that a dense layer can follow."""

    kind: ClassVar[str] = "flatten"
    block: ClassVar[BlockKind] = BlockKind.FLATTEN
    needs_pictures: ClassVar[bool] = True

    def layer(self) -> Flatten:
        """Return the layer that the engine works with."""
        return Flatten()


LayerSpec: TypeAlias = DenseSpec | DropoutSpec | Conv2DSpec | MaxPool2DSpec | AveragePool2DSpec | FlattenSpec

LAYER_KINDS: tuple[type[LayerSpec], ...] = (
    DenseSpec,
    DropoutSpec,
    Conv2DSpec,
    MaxPool2DSpec,
    AveragePool2DSpec,
    FlattenSpec,
)


def dense_of(layer: LayerSpec) -> DenseSpec | None:
    """Return the layer where it is a dense one."""
    return layer if isinstance(layer, DenseSpec) else None


def weighted(layers: Sequence[LayerSpec]) -> tuple[LayerSpec, ...]:
    """Return the layers that have weights; a `ParameterIndex` counts these."""
    return tuple(layer for layer in layers if layer.has_weights)


def start_shapes(layers: Sequence[LayerSpec]) -> list[LayerSpec]:
    """Return what decides which start values layers can have; an activation and a dropout layer do not."""
    return [layer.start_shape() for layer in weighted(layers)]


def look_at_pictures(layers: Sequence[LayerSpec]) -> bool:
    """Tell whether one of the layers looks at samples as pictures, so that pictures have to go in."""
    return any(layer.needs_pictures for layer in layers)
