"""The layers of a trained model: the kind of each with its numbers as files have them, its activation and its weights.

Dropout is no layer of a model, as it does nothing in prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nnplayground.arrays import Floats
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
class LayerKind:
    """What a file tells of a layer: its numbers, how many dimensions its weights have (0: none), and where it stands.

    A layer can stand on pictures, on rows of values, or on both. `make` returns the layer that the engine works with,
    for the numbers of a form, how many units it has, and its activation.
    """

    make: Callable[[LayerForm, int, str], Layer]
    settings: tuple[str, ...] = ()
    dimensions: int = 0
    on_pictures: bool = True
    on_rows: bool = False


KINDS: dict[str, LayerKind] = {
    "dense": LayerKind(
        lambda form, units, activation: Dense(units, activation), dimensions=2, on_pictures=False, on_rows=True
    ),
    "conv2d": LayerKind(
        lambda form, units, activation: Conv2D(units, form.kernel_size, activation, form.stride, form.padding),
        ("kernel_size", "stride", "padding"),
        dimensions=4,
    ),
    "max_pool2d": LayerKind(
        lambda form, units, activation: MaxPool2D(form.pool_size, form.stride, form.padding),
        ("pool_size", "stride", "padding"),
    ),
    "average_pool2d": LayerKind(
        lambda form, units, activation: AveragePool2D(form.pool_size, form.stride, form.padding),
        ("pool_size", "stride", "padding"),
    ),
    "flatten": LayerKind(lambda form, units, activation: Flatten(), on_rows=True),
}


@dataclass(frozen=True)
class LayerForm:
    """One layer without activation and weights; a number that its kind has no use for is 0.

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
        if self.pool_size and self.padding > self.pool_size // 2:
            raise FieldError("padding", self.padding, f"at most {self.pool_size // 2}, half the pool_size")

    @property
    def entry(self) -> LayerKind:
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


@dataclass(frozen=True, eq=False)
class TrainedLayer:
    """One layer of a trained model; `activation`, `weights` and `biases` are `None` for a kind without weights.

    The weights of a dense layer are `W[out, in]`, those of a convolution `W[filters, channels, kernel, kernel]`, the
    biases `[out]`.
    """

    form: LayerForm
    activation: str | None = None
    weights: Floats | None = None
    biases: Floats | None = None

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.form.kind

    @property
    def units(self) -> int:
        """How many neurons or filters it has; 0 without weights."""
        return 0 if self.biases is None else len(self.biases)

    @property
    def layer(self) -> Layer:
        """The layer that the engine works with."""
        return self.form.entry.make(self.form, self.units, self.activation or "")

    @property
    def words(self) -> str:
        """The layer in a few words, such as `dense 4 tanh`."""
        return self.kind if self.biases is None else f"{self.kind} {self.units} {self.activation}"


def trained_layers(
    forms: Sequence[LayerForm], activations: Sequence[str], weights: Sequence[Floats], biases: Sequence[Floats]
) -> tuple[TrainedLayer, ...]:
    """Return the layers of these forms; activations, weights and biases belong to those with weights, in order.

    Raises `FieldError` where there is another number of them, or no layer at all.
    """
    counts = f"{len(activations)} activations, {len(weights)} weights, {len(biases)} biases"
    weighted = sum(form.entry.dimensions > 0 for form in forms)
    if not len(activations) == len(weights) == len(biases) == weighted >= 1:
        raise FieldError("layers", counts, "at least one layer, with one of each for every layer that has weights")
    numbers = zip(activations, weights, biases, strict=True)
    return tuple(TrainedLayer(form, *(next(numbers) if form.entry.dimensions else ())) for form in forms)


def is_kind(value: object) -> bool:
    """Tell whether a value from a file is the name of a kind of layer."""
    return isinstance(value, str) and value in KINDS


def form_of(layer: Layer) -> LayerForm:
    """Return how a file describes a layer of the engine; a stride that is not given is the size of the window."""
    numbers = {name: getattr(layer, name) for name in KINDS[layer.kind].settings}
    return LayerForm(layer.kind, **{name: layer.window if value is None else value for name, value in numbers.items()})


def checked_form(place: int, kind: str, **settings: int) -> LayerForm:
    """Return the form of a layer of a file; what is wrong with it is told with its place."""
    try:
        return LayerForm(kind, **settings)
    except FieldError as error:
        raise error.within(f"layers[{place}]") from None


def _fits(kind: LayerKind, *, on_pictures: bool) -> bool:
    return kind.on_pictures if on_pictures else kind.on_rows
