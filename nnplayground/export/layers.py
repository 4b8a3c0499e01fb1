"""The layers of a trained model as its files have them: the kind, and the numbers that the weights do not tell.

Only networks that look at pictures need this; any other is a stack of dense layers, of which the weights tell it all.
Dropout is no layer of a model, as it does nothing in prediction.
"""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Flatten, Layer, MaxPool2D, Shape
from nnplayground.errors import FieldError
from nnplayground.project.layer_specs import PADDING, POOL_SIZE, STRIDE, Conv2DSpec
from nnplayground.project.limits import Choice, Whole, rule_of

RULES: dict[str, Whole] = {
    "kernel_size": rule_of(Conv2DSpec, "kernel_size"),
    "pool_size": POOL_SIZE,
    "stride": STRIDE,
    "padding": PADDING,
}
"""The numbers that describe a layer; a project has the same limits."""


@dataclass(frozen=True)
class Kind:
    """What a file tells of a layer: its numbers, how many dimensions its weights have (0: none), and where it stands.

    A layer can stand on pictures, on rows of values, or on both.
    """

    settings: tuple[str, ...] = ()
    dimensions: int = 0
    on_pictures: bool = True
    on_rows: bool = False


KINDS: dict[str, Kind] = {
    "dense": Kind(dimensions=2, on_pictures=False, on_rows=True),
    "conv2d": Kind(("kernel_size", "stride", "padding"), dimensions=4),
    "max_pool2d": Kind(("pool_size", "stride", "padding")),
    "average_pool2d": Kind(("pool_size", "stride", "padding")),
    "flatten": Kind(on_rows=True),
}

POOLS: dict[str, type[MaxPool2D] | type[AveragePool2D]] = {
    "max_pool2d": MaxPool2D,
    "average_pool2d": AveragePool2D,
}


@dataclass(frozen=True)
class ModelLayer:
    """One layer without its weights; a number that its kind has no use for is 0.

    Raises `FieldError` for an unknown kind and for numbers outside the limits of a project.
    """

    kind: str
    kernel_size: int = 0
    pool_size: int = 0
    stride: int = 0
    padding: int = 0

    def __post_init__(self) -> None:
        if not is_kind(self.kind):
            raise FieldError("kind", self.kind, Choice(tuple(KINDS), "").legal)
        for name, rule in RULES.items():
            value = getattr(self, name)
            if name not in self.entry.settings and value != 0:
                raise FieldError(name, value, f"0, as a {self.kind} layer has no {name}")
            if name in self.entry.settings and not rule.accepts(value):
                raise FieldError(name, value, rule.legal)
        if self.kind in POOLS and self.padding > self.pool_size // 2:
            raise FieldError("padding", self.padding, f"at most {self.pool_size // 2}, half the pool_size")

    @property
    def entry(self) -> Kind:
        """What holds for all layers of the kind."""
        return KINDS[self.kind]

    @property
    def settings(self) -> dict[str, int]:
        """The numbers of the layer by name, only those that its kind has."""
        return {name: getattr(self, name) for name in self.entry.settings}

    @property
    def window(self) -> int:
        """How many pixels high and wide the windows are that move over the pictures; 0 where none do."""
        return self.kernel_size or self.pool_size

    def check_below(self, below: Shape) -> None:
        """Raise `FieldError` where the layer cannot stand on what is below it, pictures or a row of values."""
        on_pictures = len(below) == 3
        legal = Choice(tuple(name for name, kind in KINDS.items() if _fits(kind, on_pictures=on_pictures)), "").legal
        if not _fits(self.entry, on_pictures=on_pictures):
            size = " × ".join(map(str, below))
            what = f"pictures of {size} come in" if on_pictures else f"a row of {size} values comes in"
            raise FieldError("kind", self.kind, f"{legal}, as {what}")
        if self.window:
            self._check_window(*(length + 2 * self.padding for length in below[1:]))

    def _check_window(self, height: int, width: int) -> None:
        """Refuse windows that are larger than the pictures with their margin."""
        name = "kernel_size" if self.kernel_size else "pool_size"
        if self.window > min(height, width):
            seen = f"the pictures that come in are {height} × {width} with their margin"
            raise FieldError(name, self.window, f"at most {min(height, width)}, as {seen}")

    def weights_shape(self, below: Shape) -> tuple[int, ...]:
        """Return the shape of the weights of one neuron or filter."""
        return below if self.kind == "dense" else (below[0], self.kernel_size, self.kernel_size)

    def engine_layer(self, *, units: int, activation: str) -> Layer:
        """Return the layer that the engine works with; without weights, `units` and `activation` do not matter."""
        if self.kind == "dense":
            return Dense(units, activation)
        if self.kind == "conv2d":
            return Conv2D(units, self.kernel_size, activation, self.stride, self.padding)
        if self.kind in POOLS:
            return POOLS[self.kind](self.pool_size, self.stride, self.padding)
        return Flatten()


def is_kind(value: object) -> bool:
    """Tell whether a value from a file is the name of a kind of layer."""
    return isinstance(value, str) and value in KINDS


def model_layer(layer: Layer) -> ModelLayer:
    """Return how a file describes a layer of the engine."""
    if isinstance(layer, Conv2D):
        return ModelLayer(layer.kind, kernel_size=layer.kernel_size, stride=layer.stride, padding=layer.padding)
    if isinstance(layer, MaxPool2D | AveragePool2D):
        return ModelLayer(layer.kind, pool_size=layer.pool_size, stride=layer.grid.stride, padding=layer.padding)
    return ModelLayer(layer.kind)


def checked_layer(place: int, kind: str, **settings: int) -> ModelLayer:
    """Return a layer of a file; what is wrong with it is told with its place."""
    try:
        return ModelLayer(kind, **settings)
    except FieldError as error:
        raise error.within(f"layers[{place}]") from None


def _fits(kind: Kind, *, on_pictures: bool) -> bool:
    return kind.on_pictures if on_pictures else kind.on_rows
