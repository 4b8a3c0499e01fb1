"""The layers of a trained model: the kind of each with its numbers as files have them, its activation and its weights.

Dropout is no layer of a model, as it does nothing in prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nnplayground.arrays import Floats
from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Flatten, Layer, MaxPool2D, Shape
from nnplayground.errors import FieldError, InputError
from nnplayground.project.layer_specs import LAYER_KINDS, PADDING, POOL_SIZE, STRIDE, Conv2DSpec, LayerSpec
from nnplayground.project.limits import Choice, Number, Whole, rule_of

RULES: dict[str, Whole | Number] = {
    "kernel_size": rule_of(Conv2DSpec, "kernel_size"),
    "pool_size": POOL_SIZE,
    "stride": STRIDE,
    "padding": PADDING,
}
"""The numbers that describe a layer; a project has the same limits.

A `Whole` is a field `int` of `LayerForm` and whole in every file, a `Number` a field `float` and real in every file.
"""


@dataclass(frozen=True)
class LayerKind:
    """How a file describes the layers of a kind: the names of their numbers, which the engine's layers have as well.

    `make` returns the layer that the engine works with, for the numbers of a form, how many units it has, and its
    activation; without weights these two do not matter.
    """

    make: Callable[[LayerForm, int, str], Layer]
    settings: tuple[str, ...] = ()


KINDS: dict[str, LayerKind] = {
    "dense": LayerKind(lambda form, units, activation: Dense(units, activation)),
    "conv2d": LayerKind(
        lambda form, units, activation: Conv2D(units, form.kernel_size, activation, form.stride, form.padding),
        ("kernel_size", "stride", "padding"),
    ),
    "max_pool2d": LayerKind(
        lambda form, units, activation: MaxPool2D(form.pool_size, form.stride, form.padding),
        ("pool_size", "stride", "padding"),
    ),
    "average_pool2d": LayerKind(
        lambda form, units, activation: AveragePool2D(form.pool_size, form.stride, form.padding),
        ("pool_size", "stride", "padding"),
    ),
    "flatten": LayerKind(lambda form, units, activation: Flatten()),
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
        make_spec(self.kind, self.settings)  # refuses numbers that do not go together

    @property
    def entry(self) -> LayerKind:
        """What holds for all layers of the kind."""
        return KINDS[self.kind]

    @property
    def settings(self) -> dict[str, Any]:
        """The numbers of the layer by name, only those that its kind has."""
        return {name: getattr(self, name) for name in self.entry.settings}

    @property
    def window(self) -> int:
        """How many pixels high and wide the windows are that move over the pictures; 0 where none do."""
        return self.kernel_size or self.pool_size

    @property
    def dimensions(self) -> int:
        """How many dimensions the weights have; 0 without weights."""
        return dimensions_of(self.kind)

    @property
    def reads_pictures(self) -> bool:
        """Whether the layer looks at a sample as a picture."""
        return _smallest(self.kind).reads_pictures

    def check_below(self, below: Shape) -> None:
        """Raise `FieldError` where the layer cannot stand on what is below it, pictures or a row of values."""
        fitting = tuple(kind for kind in KINDS if _can_stand(kind, below))
        if self.kind not in fitting:
            size = " × ".join(map(str, below))
            what = f"pictures of {size} come in" if len(below) == 3 else f"a row of {size} values comes in"
            raise FieldError("kind", self.kind, f"{Choice(fitting, '').legal}, as {what}")
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
        return (below[0], self.window, self.window) if self.window else below


@dataclass(frozen=True, eq=False)
class TrainedLayer:
    """One layer of a trained model; `activation`, `weights` and `biases` are `None` for a kind without weights.

    The weights of a dense layer are `W[out, in]`, those of a convolution `W[filters, channels, kernel, kernel]`, the
    biases `[out]`. Raises `FieldError` where one of the three is missing, or given without need.
    """

    form: LayerForm
    activation: str | None = None
    weights: Floats | None = None
    biases: Floats | None = None

    def __post_init__(self) -> None:
        for name in ("activation", "weights", "biases"):
            if (getattr(self, name) is not None) != (self.form.dimensions > 0):
                legal = "given" if self.form.dimensions else "left out"
                raise FieldError(name, getattr(self, name), f"{legal}, as the layer is of the kind {self.kind}")

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
    weighted = sum(form.dimensions > 0 for form in forms)
    if not len(activations) == len(weights) == len(biases) == weighted >= 1:
        raise FieldError("layers", counts, "at least one layer, with one of each for every layer that has weights")
    numbers = zip(activations, weights, biases, strict=True)
    return tuple(TrainedLayer(form, *(next(numbers) if form.dimensions else ())) for form in forms)


def is_kind(value: object) -> bool:
    """Tell whether a value from a file is the name of a kind of layer."""
    return isinstance(value, str) and value in KINDS


def form_of(layer: Layer) -> LayerForm:
    """Return how a file describes a layer of the engine; a stride that is not given is the size of the window."""
    numbers = {name: getattr(layer, name) for name in KINDS[layer.kind].settings}
    return LayerForm(layer.kind, **{name: layer.window if value is None else value for name, value in numbers.items()})


def checked_form(place: int, kind: str, **settings: Any) -> LayerForm:
    """Return the form of a layer of a file; what is wrong with it is told with its place."""
    try:
        return LayerForm(kind, **settings)
    except FieldError as error:
        raise error.within(f"layers[{place}]") from None


def make_spec(kind: str, settings: Mapping[str, Any]) -> LayerSpec:
    """Return a layer of a project; raises `FieldError` for what it cannot hold."""
    return next(spec for spec in LAYER_KINDS if spec.kind == kind)(**settings)


def dimensions_of(kind: str) -> int:
    """Return how many dimensions the weights of a kind have in a file; 0 for a kind without weights."""
    layer = _smallest(kind)
    if layer.activation is None:
        return 0
    return 4 if layer.window else 2


@cache
def _smallest(kind: str) -> Layer:
    """Return the smallest layer of a kind: the engine's answer to what is so for all of them."""
    lowest: dict[str, Any] = {name: _lowest(RULES[name]) for name in KINDS[kind].settings}
    return KINDS[kind].make(LayerForm(kind, **lowest), 1, "identity")


def _lowest(rule: Whole | Number) -> float:
    """Return the lowest number that a rule takes, or the highest where it leaves out the end of its range."""
    return rule.low if rule.accepts(rule.low) else rule.high


def _can_stand(kind: str, below: Shape) -> bool:
    """Tell whether layers of a kind can stand on this, if they are small enough."""
    try:
        _smallest(kind).shape(below)
    except InputError:
        return False
    return True
