"""The hidden layers of the document, one frozen dataclass for each kind.

Each makes the layer that the engine works with. `LAYER_KINDS` is the table that the file reader and the window go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

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


@dataclass(frozen=True)
class DenseSpec:
    """A layer every neuron of which sees every value of the layer before."""

    kind: ClassVar[str] = "dense"
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


@dataclass(frozen=True)
class DropoutSpec:
    """Switches off values of the layer before at random while training, a cure for overfitting."""

    kind: ClassVar[str] = "dropout"
    rate: float = limited(
        0.2, Number(0.0, 0.95, "The share of the values of the layer before that every batch trains without.")
    )

    def __post_init__(self) -> None:
        check(self)

    def layer(self) -> Dropout:
        """Return the layer that the engine works with."""
        return Dropout(self.rate)


@dataclass(frozen=True)
class Conv2DSpec:
    """Filters that move over pictures and look for the same small pattern everywhere."""

    kind: ClassVar[str] = "conv2d"
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


@dataclass(frozen=True)
class _Pool2DSpec:
    """What both kinds of pooling have in common."""

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
class FlattenSpec:
    """Lays the values of all pictures of a sample in one row, so that a dense layer can follow."""

    kind: ClassVar[str] = "flatten"

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

WEIGHTED = (DenseSpec, Conv2DSpec)
"""The kinds that have weights and an activation."""
