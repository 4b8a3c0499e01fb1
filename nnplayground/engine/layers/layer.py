"""What the network asks of a layer, and what it gives it to work with.

Values travel between layers as `[..., units + 1, samples]`: one column per sample, and a row of ones below them,
so that a bias is one more weight. Pictures lie in the rows as channel, row, column, the last running fastest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from numbers import Integral, Real
from typing import Any, ClassVar, Protocol, TypeAlias

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.errors import InputError

Shape: TypeAlias = tuple[int, ...]
"""What a layer gives for one sample: (units,), or (channels, height, width) for pictures."""

Product: TypeAlias = Callable[[Any, Any, Any], object]
BackwardStep: TypeAlias = Callable[[Floats], None]


@dataclass(frozen=True)
class LayerContext:
    """What a layer gets to work with on batches of `samples` samples.

    `matrix` is the view `[..., out, in + 1]` of its parameters, `None` for a layer without any. `below` and `shape`
    are what one sample has below the layer and in it. `generators` holds one random generator per run while
    training and nothing otherwise: a layer that draws must then not draw.
    """

    below: Shape
    shape: Shape
    samples: int
    lead: tuple[int, ...]
    matrix: Floats | None
    product: Product
    generators: Sequence[np.random.Generator]
    dtype: np.dtype[Any]

    def empty(self, units: int, samples: int | None = None) -> Floats:
        """Return a buffer `[..., units, samples]` whose content is arbitrary."""
        return np.empty((*self.lead, units, self.samples if samples is None else samples), self.dtype)

    def outputs_with_ones(self) -> Floats:
        """Return a buffer for the layer's answers `[..., units + 1, samples]`, full of ones."""
        return np.ones((*self.lead, prod(self.shape) + 1, self.samples), self.dtype)

    def weights(self) -> Floats:
        """Return the parameters `[..., out, in + 1]` of a layer that has some."""
        if self.matrix is None:
            raise InputError("The layer got no parameters, but it works with weights; give it its matrix.")
        return self.matrix


class LayerBuffers(Protocol):
    """One layer at work on batches of one size: its answers, and the way back from them."""

    @property
    def outputs_with_ones(self) -> Floats:
        """The answers `[..., units + 1, samples]`, the last row ones; overwritten by the next `forward`."""
        ...

    @property
    def preactivations(self) -> Floats | None:
        """The weighted sums z `[..., units, samples]`; `None` for a layer without weights."""
        ...

    def forward(self, below: Floats) -> None:
        """Fill `outputs_with_ones` for the answers `[..., units below + 1, samples]` of the layer below."""
        ...

    def make_backward(
        self, delta: Floats, gradient: Floats | None, lower: Floats | None, *, at_sums: bool
    ) -> BackwardStep:
        """Return the function that carries the derivative of the cost back through the layer.

        It finds dC/da of this layer in `delta` `[..., units, samples]`; with `at_sums` that already is dC/dz. A layer
        with an activation leaves dC/dz there, any other leaves it as it is. It writes the derivative for the parameters
        to `gradient` `[..., out, in + 1]` and, unless `lower` is `None`, dC/da of the layer below to `lower`
        `[..., units below + 1, samples]`, whose last row (that of the ones) is anything. It is called with what the
        layer saw, transposed: `[..., samples, units below + 1]`.
        """
        ...


class Layer(Protocol):
    """The frozen description of a layer; it answers all that is asked of it, so that its class need not be known."""

    @property
    def kind(self) -> str:
        """The name of the kind, as files have it."""
        ...

    @property
    def activation(self) -> str | None:
        """The name of its activation; `None` for a layer without weights."""
        ...

    @property
    def off(self) -> tuple[int, ...]:
        """The neurons that are switched off; only those of dense layers can be."""
        ...

    @property
    def unit_name(self) -> str:
        """What one row of its weights is called: "neuron" or "filter"; "value" without weights."""
        ...

    @property
    def can_switch_units(self) -> bool:
        """Whether single neurons can be switched off."""
        ...

    @property
    def fan_out(self) -> int:
        """How many sums each of its inputs takes part in, as PyTorch counts it; 0 without weights."""
        ...

    @property
    def window(self) -> int:
        """How many pixels high and wide the windows are that move over pictures; 0 where none do."""
        ...

    @property
    def dropped(self) -> float:
        """The share of the values below that training does without."""
        ...

    @property
    def is_counted(self) -> bool:
        """Whether people count it as a layer; a dropout is to them a property of the layer below."""
        ...

    @property
    def hands_on(self) -> bool:
        """Whether it hands on the values below as they are when the network answers."""
        ...

    @property
    def reads_pictures(self) -> bool:
        """Whether it looks at a sample as a picture."""
        ...

    def shape(self, below: Shape) -> Shape:
        """Return the shape of the answers to one sample; raises `InputError` where the layer cannot stand."""
        ...

    def matrix_shape(self, below: Shape) -> tuple[int, int] | None:
        """Return (out, in) of the weights without the column of biases; `None` for a layer without weights."""
        ...

    def make_buffers(self, context: LayerContext) -> LayerBuffers | None:
        """Set up the work; `None` where the layer hands on what it gets."""
        ...

    def values(self, below: Shape) -> int:
        """Return about how many numbers the work holds for each sample."""
        ...


class Weightless:
    """The answers of a layer without weights that changes the values below."""

    activation: ClassVar[None] = None
    off: ClassVar[tuple[int, ...]] = ()
    unit_name: ClassVar[str] = "value"
    can_switch_units: ClassVar[bool] = False
    fan_out: ClassVar[int] = 0
    is_counted: ClassVar[bool] = True
    hands_on: ClassVar[bool] = False
    reads_pictures: ClassVar[bool] = False

    @property
    def window(self) -> int:
        """No window moves over pictures."""
        return 0

    @property
    def dropped(self) -> float:
        """Nothing is dropped."""
        return 0.0

    def matrix_shape(self, below: Shape) -> None:
        """There are no weights."""
        return


def check_activation(name: str) -> None:
    """Refuse an activation that does not exist."""
    if name not in ACTIVATIONS:
        raise InputError(f'There is no activation "{name}"; there are {", ".join(ACTIVATIONS)}.')


def check_whole(name: str, value: object, *, low: int) -> None:
    """Refuse what is no whole number, and a number below the lowest possible one."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < low:
        raise InputError(f"The {name} of a layer must be a whole number of at least {low}, not {value}.")


def check_share(name: str, value: object) -> None:
    """Refuse what is no number from 0 to below 1."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0.0 <= float(value) < 1.0:
        raise InputError(f"The {name} of a layer must be a number from 0 to below 1, not {value}.")


def words(shape: Shape) -> str:
    """Return a shape in words: "12 values" or "3 × 8 × 8 values"."""
    return " × ".join(map(str, shape)) + " values"
