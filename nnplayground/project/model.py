"""The document of an experiment as frozen dataclasses: an edit makes a new one, and `old != new` drives every update.

Values are checked when an object is made, by the rules beside the fields; an illegal one raises `FieldError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, TypeAlias

from nnplayground.data.datasets import GENERATORS
from nnplayground.data.features import FEATURES
from nnplayground.data.scaling import SCALINGS
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.costs import COSTS
from nnplayground.engine.initializers import INITIALIZERS
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from nnplayground.errors import FieldError
from nnplayground.project.limits import Choice, Flag, Names, Number, Text, Whole, check, limited

MAX_LAYERS = 64
MAX_UNITS = 4096
MAX_SEED = 2_147_483_647
MAX_POINTS = 100_000
MAX_CLASSES = 100

TASK = Choice(("classification", "regression"), "Whether the target is a class or a number.")
AUTO_TASK = Choice(("auto", *TASK.options), "Whether the target is a class or a number; auto looks at the column.")


class _WithSettings(Protocol):
    """An entry of a table of choices that says which numbers it reads."""

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the numbers."""
        ...


def _using(setting: str, table: Mapping[str, _WithSettings] = INITIALIZERS) -> tuple[str, ...]:
    """Return the names of the choices that read this setting."""
    return tuple(name for name, entry in table.items() if setting in entry.settings)


def _check_order(low: float, high: float) -> None:
    """Refuse a range that ends before it starts."""
    if low > high:
        raise FieldError("low", low, f"at most high, which is {high:g}")


@dataclass(frozen=True)
class GeneratedSource:
    """Points in the plane, made by a formula and the seed."""

    kind: ClassVar[str] = "generated"
    name: str = limited("circle", Choice(tuple(GENERATORS), "The pattern that the points form."))
    samples: int = limited(500, Whole(10, 20_000, "How many points there are in all."))
    noise: float = limited(
        0.0,
        Number(0.0, 1.0, "How far the points stray from the pattern: 0 is clean, 1 hardly a pattern any more."),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class PointsSource:
    """Points in the plane given one by one: x1, x2 and the index of the class, or the value."""

    kind: ClassVar[str] = "points"
    task: str = limited("classification", TASK)
    classes: tuple[str, ...] = limited(("orange", "blue"), Names("The names of the classes, in order."))
    points: tuple[tuple[float, float, float], ...] = ()

    def __post_init__(self) -> None:
        check(self)
        if self.task == "regression" and self.classes:
            raise FieldError("classes", self.classes, "left out when the task is regression")
        if self.task == "classification" and not 2 <= len(self.classes) <= MAX_CLASSES:
            raise FieldError("classes", self.classes, f"2 to {MAX_CLASSES} different names")
        if not 1 <= len(self.points) <= MAX_POINTS:
            raise FieldError("points", self.points, f"a list of 1 to {MAX_POINTS:,} points")
        for place, point in enumerate(self.points):
            self._check_point(place, point)

    def _check_point(self, place: int, point: tuple[float, ...]) -> None:
        """Refuse a point that is no triple of finite numbers, or whose class does not exist."""
        coordinate = Number(-1e9, 1e9, "")
        if len(point) != 3 or not all(coordinate.accepts(value) for value in point):
            raise FieldError(f"points[{place}]", point, "three numbers x1, x2 and class or value, each within ±1e9")
        if self.task == "classification" and point[2] not in range(len(self.classes)):
            raise FieldError(
                f"points[{place}][2]",
                point[2],
                f"the index of a class, a whole number from 0 to {len(self.classes) - 1}",
            )


@dataclass(frozen=True)
class TableSource:
    """The columns of a CSV file; no inputs means every column of numbers but the target."""

    kind: ClassVar[str] = "table"
    path: str = limited("", Text(4096, "The CSV file, or the name of a table that comes with the program.", 1))
    inputs: tuple[str, ...] = limited((), Names("The columns that the network sees; an empty list takes all that fit."))
    target: str = limited("", Text(1000, "The column to predict; an empty name finds one by itself."))
    task: str = limited("auto", AUTO_TASK)

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class ImagesSource:
    """Pictures with a class each. The file format knows them; this version cannot train on them yet."""

    kind: ClassVar[str] = "images"
    name: str = limited("digits", Text(200, "The set of pictures.", 1))

    def __post_init__(self) -> None:
        check(self)


Source: TypeAlias = GeneratedSource | PointsSource | TableSource | ImagesSource


@dataclass(frozen=True)
class DataSpec:
    """Where the samples come from and what is done to them before the network sees them."""

    source: Source = field(default_factory=GeneratedSource)
    features: tuple[str, ...] = limited(
        ("x1", "x2"), Names("What the network sees of a point of the plane.", tuple(FEATURES), 1)
    )
    scaling: str = limited(
        "none",
        Choice(tuple(SCALINGS), "Brings all inputs to a similar size; fitted on the training part only."),
    )
    test_fraction: float = limited(
        0.2,
        Number(0.0, 0.9, "The share of the samples that is kept for the test and never trained on; 0 keeps none."),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class LayerSpec:
    """One hidden layer, every neuron of which sees every output of the layer before."""

    kind: str = limited("dense", Choice(("dense",), "How the neurons of the layer are connected."))
    units: int = limited(4, Whole(1, MAX_UNITS, "How many neurons the layer has."))
    activation: str = limited(
        "tanh", Choice(HIDDEN_ACTIVATIONS, "What each neuron of the layer does with its weighted sum.")
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class InitializerSpec:
    """How the first weights are drawn. With a `seed` of its own the draw does not follow the project's seed."""

    name: str = limited("xavier_uniform", Choice(tuple(INITIALIZERS), "How the first weights are drawn."))
    low: float = limited(-0.5, Number(-100.0, 100.0, "The smallest number drawn."), only_for=_using("low"))
    high: float = limited(0.5, Number(-100.0, 100.0, "The largest number drawn."), only_for=_using("high"))
    std: float = limited(
        0.5, Number(0.0, 100.0, "The standard deviation of the numbers drawn."), only_for=_using("std")
    )
    value: float = limited(0.0, Number(-100.0, 100.0, "The number that is used everywhere."), only_for=_using("value"))
    seed: int | None = limited(
        None,
        Whole(
            0,
            MAX_SEED,
            "The seed of the first weights alone; null follows the project's seed.",
            optional=True,
        ),
    )

    def __post_init__(self) -> None:
        check(self)
        _check_order(self.low, self.high)


@dataclass(frozen=True)
class BiasInitializerSpec:
    """What the first biases are; usually all zero."""

    name: str = limited("constant", Choice(("constant", "uniform", "normal"), "How the first biases are drawn."))
    low: float = limited(-0.5, Number(-100.0, 100.0, "The smallest number drawn."), only_for=_using("low"))
    high: float = limited(0.5, Number(-100.0, 100.0, "The largest number drawn."), only_for=_using("high"))
    std: float = limited(
        0.5, Number(0.0, 100.0, "The standard deviation of the numbers drawn."), only_for=_using("std")
    )
    value: float = limited(0.0, Number(-100.0, 100.0, "The number that is used everywhere."), only_for=_using("value"))

    def __post_init__(self) -> None:
        check(self)
        _check_order(self.low, self.high)


@dataclass(frozen=True)
class NetworkSpec:
    """The hidden layers, the output, and the start."""

    layers: tuple[LayerSpec, ...] = (LayerSpec(units=4), LayerSpec(units=2))
    output_activation: str = limited(
        "auto",
        Choice(("auto", *ACTIVATIONS), "What the outputs do with their weighted sum; auto fits it to the data."),
    )
    initializer: InitializerSpec = InitializerSpec()
    bias_initializer: BiasInitializerSpec = BiasInitializerSpec()

    def __post_init__(self) -> None:
        check(self)
        if len(self.layers) > MAX_LAYERS:
            raise FieldError("layers", self.layers, f"a list of up to {MAX_LAYERS} hidden layers")


@dataclass(frozen=True)
class OptimizerSpec:
    """How the gradient becomes a step."""

    name: str = limited("sgd", Choice(tuple(OPTIMIZERS), "How the gradient becomes a step."))
    learning_rate: float = limited(
        0.03,
        Number(0.0, 1e7, "How far each step goes along the gradient; too large and training diverges.", above_low=True),
    )
    momentum: float = limited(
        0.9,
        Number(0.0, 0.9999, "How much of the last step's speed is kept."),
        only_for=_using("momentum", OPTIMIZERS),
    )
    decay: float = limited(
        0.99,
        Number(0.0, 0.9999, "How slowly the mean of the squared gradients forgets."),
        only_for=_using("decay", OPTIMIZERS),
    )
    beta1: float = limited(
        0.9, Number(0.0, 0.9999, "How slowly the mean gradient forgets."), only_for=_using("beta1", OPTIMIZERS)
    )
    beta2: float = limited(
        0.999,
        Number(0.0, 0.999999, "How slowly the mean of the squared gradients forgets."),
        only_for=_using("beta2", OPTIMIZERS),
    )
    epsilon: float = limited(
        1e-8,
        Number(0.0, 1.0, "Keeps the division by a tiny number in bounds.", above_low=True),
        only_for=_using("epsilon", OPTIMIZERS),
    )
    weight_decay: float = limited(
        0.01,
        Number(0.0, 100.0, "How much every weight shrinks on its own in each step."),
        only_for=_using("weight_decay", OPTIMIZERS),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class ScheduleSpec:
    """How the learning rate changes from epoch to epoch."""

    name: str = limited("constant", Choice(tuple(SCHEDULES), "How the learning rate changes from epoch to epoch."))
    every: int = limited(
        50, Whole(1, 1_000_000, "After how many epochs the rate is cut."), only_for=_using("every", SCHEDULES)
    )
    factor: float = limited(
        0.5, Number(0.0, 1.0, "What the rate is multiplied by.", above_low=True), only_for=_using("factor", SCHEDULES)
    )
    period: int = limited(
        200, Whole(1, 1_000_000, "How many epochs the way down takes."), only_for=_using("period", SCHEDULES)
    )
    lowest: float = limited(
        0.0, Number(0.0, 1.0, "The share of the rate that is left at the end."), only_for=_using("lowest", SCHEDULES)
    )
    epochs: int = limited(
        10, Whole(1, 1_000_000, "How many epochs the way up takes."), only_for=_using("epochs", SCHEDULES)
    )
    start: float = limited(
        0.1, Number(0.0, 1.0, "The share of the rate at the start."), only_for=_using("start", SCHEDULES)
    )
    patience: int = limited(
        10,
        Whole(0, 1_000_000, "After how many epochs without a better cost the rate is cut."),
        only_for=_using("patience", SCHEDULES),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class StopSpec:
    """When training stops by itself; null switches a rule off."""

    max_epochs: int | None = limited(
        None, Whole(1, 1_000_000_000, "Stop after this many passes through the training data.", optional=True)
    )
    patience: int | None = limited(
        None,
        Whole(
            1,
            1_000_000,
            "Stop when the test cost (without a test part, the training cost) has not improved for this many epochs.",
            optional=True,
        ),
    )
    flat_epochs: int | None = limited(
        None,
        Whole(1, 1_000_000, "Stop when the training cost has not fallen for this many epochs.", optional=True),
    )
    gradient_norm: float | None = limited(
        None,
        Number(0.0, 1e9, "Stop when the gradient over all training samples is not longer than this.", optional=True),
    )
    min_delta: float = limited(0.0001, Number(0.0, 1e6, "The smallest fall of the cost that counts as an improvement."))
    target_cost: float | None = limited(
        None, Number(0.0, 1e9, "Stop when the training cost has fallen to this.", optional=True)
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class TrainingSpec:
    """How the network learns."""

    cost: str = limited(
        "auto", Choice(("auto", *COSTS), "The number that training makes small; auto fits it to the data.")
    )
    optimizer: OptimizerSpec = OptimizerSpec()
    schedule: ScheduleSpec = ScheduleSpec()
    batch_size: int = limited(10, Whole(1, 100_000, "How many samples are averaged for one step."))
    shuffle: bool = limited(True, Flag("Whether the samples are put in a new order for every epoch."))
    l1: float = limited(
        0.0, Number(0.0, 100.0, "Penalty on the size of the weights; drives useless ones to exactly zero.")
    )
    l2: float = limited(0.0, Number(0.0, 100.0, "Penalty on the squares of the weights; keeps all of them small."))
    clip_norm: float | None = limited(
        None,
        Number(
            0.0,
            1e9,
            "The longest gradient that is used; a longer one is shortened to this.",
            optional=True,
            above_low=True,
        ),
    )
    stop: StopSpec = StopSpec()

    def __post_init__(self) -> None:
        check(self)


def _check_numbers(path: str, values: tuple[float, ...]) -> None:
    """Refuse a list that holds anything but finite numbers."""
    rule = Number(-1e300, 1e300, "")
    for place, value in enumerate(values):
        if not rule.accepts(value):
            raise FieldError(f"{path}[{place}]", value, rule.legal)


@dataclass(frozen=True)
class Parameters:
    """Start values: `weights[layer][out][in]` and `biases[layer][out]`, one entry per hidden layer and the output."""

    weights: tuple[tuple[tuple[float, ...], ...], ...]
    biases: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if not self.weights:
            raise FieldError("weights", self.weights, "a list of at least one matrix: one for each layer")
        if len(self.weights) != len(self.biases):
            legal = f"a list of as many layers as weights has ({len(self.weights)})"
            raise FieldError("biases", self.biases, legal)
        for layer, (matrix, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            self._check_layer(layer, matrix, bias)

    def _check_layer(self, layer: int, matrix: tuple[tuple[float, ...], ...], bias: tuple[float, ...]) -> None:
        """Refuse rows of different length, a bias too many or too few, and numbers that are not finite."""
        if not matrix or not matrix[0]:
            raise FieldError(f"weights[{layer}]", matrix, "a list with at least one row of at least one number")
        for out, row in enumerate(matrix):
            if len(row) != len(matrix[0]):
                raise FieldError(f"weights[{layer}][{out}]", row, f"a row of {len(matrix[0])} numbers like the first")
            _check_numbers(f"weights[{layer}][{out}]", row)
        if len(bias) != len(matrix):
            legal = f"a list of {len(matrix)} numbers, one for each row of weights[{layer}]"
            raise FieldError(f"biases[{layer}]", bias, legal)
        _check_numbers(f"biases[{layer}]", bias)


@dataclass(frozen=True)
class Project:
    """Everything about one experiment; the same project gives the same result on every machine."""

    name: str = limited("", Text(200, "What the experiment is called."))
    seed: int = limited(1, Whole(0, MAX_SEED, "The number that decides every random draw."))
    data: DataSpec = DataSpec()
    network: NetworkSpec = NetworkSpec()
    training: TrainingSpec = TrainingSpec()
    parameters: Parameters | None = None

    def __post_init__(self) -> None:
        check(self)
        if self.parameters is not None:
            self._check_parameters(self.parameters)

    def _check_parameters(self, parameters: Parameters) -> None:
        """Refuse start values that do not fit the layers; inputs and outputs are checked against the data later."""
        units = [layer.units for layer in self.network.layers]
        if len(parameters.weights) != len(units) + 1:
            legal = f"a list of {len(units) + 1}: one matrix for each hidden layer and one for the output"
            raise FieldError("parameters.weights", parameters.weights, legal)
        for layer, matrix in enumerate(parameters.weights):
            rows = units[layer] if layer < len(units) else len(matrix)
            columns = units[layer - 1] if layer else len(matrix[0])
            if (len(matrix), len(matrix[0])) != (rows, columns):
                found = f"{len(matrix)} × {len(matrix[0])}"
                raise FieldError(
                    f"parameters.weights[{layer}]",
                    found,
                    f"{rows} × {columns} (rows × columns), as the layers say",
                )
