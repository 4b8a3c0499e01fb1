"""The document of an experiment as frozen dataclasses: an edit makes a new one, and `old != new` drives every update.

Values are checked when an object is made, by the rules beside the fields; an illegal one raises `FieldError`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import ClassVar, TypeAlias

from nnplayground.data.datasets import (
    GENERATORS,
    MANY_CLASSES,
    MOST_IMBALANCE,
    MOST_OUTLIERS,
    WITH_ANY_CLASSES,
    WITH_CLASSES,
)
from nnplayground.data.images import IMAGE_SETS
from nnplayground.data.reading import CHOICES, COLUMN_KINDS, RAGGED_RULES, Reading
from nnplayground.data.samples import PARTS
from nnplayground.data.scaling import SCALINGS
from nnplayground.data.table import ColumnChoices
from nnplayground.data.tables import GAP_RULES
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.initializers import INITIALIZERS
from nnplayground.errors import FieldError
from nnplayground.project.feature_list import FeatureList, normal_features
from nnplayground.project.layer_specs import LAYER_KINDS, DenseSpec, LayerSpec
from nnplayground.project.limits import Choice, Flag, Names, Number, Text, Whole, check, limited, part, readers
from nnplayground.project.parameter_index import FrozenParameters, check_locks
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.project.triples import Point, are_plain

MAX_LAYERS = 64
MAX_SEED = 2_147_483_647
MAX_POINTS = 100_000
FARTHEST = 1e9
"""How far from zero the numbers of a point may be."""
MAX_CLASSES = 100
MAX_TEXT = 2_000_000

LOW_READERS, HIGH_READERS, STD_READERS, VALUE_READERS = (
    readers(INITIALIZERS, setting) for setting in ("low", "high", "std", "value")
)

MOST_KEPT, SLACK = 0.95, 1e-9
"""The largest share that the test and the validation part may take together, and what rounding may add to it."""

PART = Choice(PARTS, "The part that a sample belongs to.")
SPLITS = ("random", "given")
TARGET_SCALINGS = ("auto", "none", "standardize")

TASK = Choice(("classification", "regression"), "Whether the target is a class or a number.")
AUTO_TASK = Choice(("auto", *TASK.options), "Whether the target is a class or a number; auto looks at the column.")


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
    classes: int = limited(
        4, Whole(2, len(MANY_CLASSES), "How many classes there are, one blob each."), only_for=WITH_ANY_CLASSES
    )
    imbalance: float = limited(
        0.0,
        Number(
            0.0, MOST_IMBALANCE, "How much rarer each class is than the one before: 0 makes all classes equally large."
        ),
        only_for=WITH_CLASSES,
    )
    outliers: float = limited(
        0.0,
        Number(
            0.0,
            MOST_OUTLIERS,
            "The share of the samples that do not keep to the pattern: their class or value is chance.",
        ),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class PointsSource:
    """Points in the plane given one by one: x1, x2 and the index of the class, or the value.

    There may be none, or those of one class only: a drawing that has just begun, of which nothing can be learned yet.
    """

    kind: ClassVar[str] = "points"
    task: str = limited("classification", TASK)
    classes: tuple[str, ...] = limited(("orange", "blue"), Names("The names of the classes, in order."))
    points: tuple[Point, ...] = ()
    parts: tuple[str, ...] = ()
    """The part of each point, one of `PARTS`, where the split is given; none otherwise."""

    def __post_init__(self) -> None:
        check(self)
        if self.task == "regression" and self.classes:
            raise FieldError("classes", self.classes, "left out when the task is regression")
        if self.task == "classification" and not 2 <= len(self.classes) <= MAX_CLASSES:
            raise FieldError("classes", self.classes, f"2 to {MAX_CLASSES} different names")
        if len(self.points) > MAX_POINTS:
            raise FieldError("points", self.points, f"a list of up to {MAX_POINTS:,} points")
        self._check_parts()
        if not are_plain(self.points, limit=FARTHEST, classes=len(self.classes)):
            for place, point in enumerate(self.points):
                self._check_point(place, point)

    def _check_parts(self) -> None:
        """Refuse parts that are none, and another number of them than there are points."""
        if self.parts and len(self.parts) != len(self.points):
            raise FieldError("parts", self.parts, f"an empty list, or one part for each of {len(self.points):,} points")
        for place, name in enumerate(self.parts):
            if name not in PARTS:
                raise FieldError(f"parts[{place}]", name, PART.legal)

    def _check_point(self, place: int, point: tuple[float, ...]) -> None:
        """Refuse a point that is no triple of finite numbers, or whose class does not exist."""
        coordinate = Number(-FARTHEST, FARTHEST, "")
        if len(point) != 3 or not all(coordinate.accepts(value) for value in point):
            raise FieldError(f"points[{place}]", point, "three numbers x1, x2 and class or value, each within ±1e9")
        if self.task == "classification" and point[2] not in range(len(self.classes)):
            raise FieldError(
                f"points[{place}][2]",
                point[2],
                f"the index of a class, a whole number from 0 to {len(self.classes) - 1}",
            )


@dataclass(frozen=True)
class ColumnKind:
    """What a column of a table holds where that is not to be found by looking: its name and its kind."""

    column: str = limited("", Text(1000, "The column.", 1))
    kind: str = limited("number", Choice(COLUMN_KINDS, "What the column holds, or that it is left out."))

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class TableSource:
    """The columns of a CSV file; no inputs means every column of numbers but the target, or of text if there is none.

    A column of text becomes one input for each of its different values. A table that was pasted has its `text` here
    and no path. How the text is read is found by itself where it is "auto".
    """

    kind: ClassVar[str] = "table"
    path: str = limited("", Text(4096, "The CSV file, or the name of a table that comes with the program."))
    inputs: tuple[str, ...] = limited((), Names("The columns that the network sees; an empty list takes all that fit."))
    targets: tuple[str, ...] = limited(
        (), Names("The column to predict, or several columns of numbers; an empty list finds one by itself.")
    )
    task: str = limited("auto", AUTO_TASK)
    missing: str = limited(
        "drop", Choice(GAP_RULES, "Rows with a missing input are left out (drop), or the gaps are filled (mean).")
    )
    text: str = limited("", Text(MAX_TEXT, "The table itself where it was pasted, as CSV; it then has no path."))
    encoding: str = limited("auto", Choice(CHOICES["encoding"], "How the bytes of the file stand for letters."))
    delimiter: str = limited("auto", Choice(CHOICES["delimiter"], "What stands between two cells of a row."))
    header: str = limited("auto", Choice(CHOICES["header"], "Whether the first line holds the names of the columns."))
    decimal: str = limited("auto", Choice(CHOICES["decimal"], "What stands before the decimals of a number."))
    sheet: str = limited("", Text(255, "The sheet of a workbook (.xlsx, .ods); an empty name takes the first one."))
    kinds: tuple[ColumnKind, ...] = ()
    merged: tuple[str, ...] = limited(
        (), Names("The columns in which texts that differ only in capitals and spaces are one value.")
    )
    values: tuple[str, ...] = limited(
        (), Names("Texts such as NA or none that are values of this table, although they usually mark a missing one.")
    )
    ragged: str = limited(
        "refuse",
        Choice(
            RAGGED_RULES, "Rows with too many or too few cells make the table unreadable (refuse), or are left out."
        ),
    )
    test_path: str = limited("", Text(4096, "A second file with the same columns, all of whose rows test."))
    part: str = limited("", Text(1000, "The column that says the part of each row: train, validation or test."))
    classes: tuple[str, ...] = limited(
        (),
        Names("The order of the classes; without it, or where the target has others, it is that of the alphabet."),
    )

    def __post_init__(self) -> None:
        check(self)
        self._check_kinds()
        if not self.path and not self.text:
            raise FieldError("path", self.path, "the name of a CSV file")
        if self.path and self.text:
            raise FieldError("path", self.path, "left out where the table itself is given as text")

    def _check_kinds(self) -> None:
        """Refuse two kinds for one column."""
        seen: set[str] = set()
        for place, kind in enumerate(self.kinds):
            if kind.column in seen:
                raise FieldError(f"kinds[{place}].column", kind.column, "a column that has no other kind in this list")
            seen.add(kind.column)

    @property
    def reading(self) -> Reading:
        """How the text of the table is read."""
        return Reading(self.encoding, self.delimiter, self.header, self.decimal, self.sheet, self.ragged)

    @property
    def choices(self) -> ColumnChoices:
        """What is said about the columns of the table."""
        return ColumnChoices(tuple((kind.column, kind.kind) for kind in self.kinds), self.merged, self.values)


@dataclass(frozen=True)
class ImagesSource:
    """Pictures with a class each: a set that comes with the program, or a folder with one folder for each class."""

    kind: ClassVar[str] = "images"
    name: str = limited("digits", Choice(tuple(IMAGE_SETS), "The set of pictures, where no folder is given."))
    path: str | None = limited(
        None,
        Text(4096, "The folder whose folders hold the pictures of one class each.", 1, optional=True),
    )
    side: int = limited(16, Whole(4, 128, "To how many pixels, high and wide, the pictures of a folder are brought."))
    colour: bool = limited(False, Flag("Whether the pictures of a folder keep their colours: three channels, not one."))

    def __post_init__(self) -> None:
        check(self)


Source: TypeAlias = GeneratedSource | PointsSource | TableSource | ImagesSource

SOURCES: tuple[type[Source], ...] = (GeneratedSource, PointsSource, TableSource, ImagesSource)


@dataclass(frozen=True)
class DataSpec:
    """Where the samples come from and what is done to them before the network sees them."""

    source: Source = field(default_factory=GeneratedSource, metadata=part(*SOURCES))
    features: tuple[str, ...] = limited(("x1", "x2"), FeatureList("What the network sees of a point of the plane."))
    scaling: str = limited(
        "none",
        Choice(tuple(SCALINGS), "Brings all inputs to a similar size; fitted on the training part only."),
    )
    target_scaling: str = limited(
        "auto",
        Choice(
            TARGET_SCALINGS,
            "Brings targets that are numbers to a usual size for training; auto does so where they lie far from it.",
        ),
    )
    split: str = limited(
        "random",
        Choice(SPLITS, "Which samples test: drawn at random, or given by the data, whose order is then kept."),
    )
    test_fraction: float = limited(
        0.2,
        Number(0.0, 0.9, "The share of the samples that is kept for the test and never trained on; 0 keeps none."),
    )
    validation_fraction: float = limited(
        0.0,
        Number(
            0.0,
            0.9,
            "The share of the samples that chooses the best epoch and tells patience when to stop, so that the test "
            "part stays unseen until the end; it is neither trained on nor tested. 0 keeps none: then the test part "
            "chooses.",
        ),
    )
    split_seed: int | None = limited(
        None,
        Whole(
            0,
            MAX_SEED,
            "The seed that draws which samples are kept for the test; without one the project's seed does.",
            optional=True,
        ),
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "features", normal_features("features", self.features))
        check(self)
        if self.test_fraction + self.validation_fraction > MOST_KEPT + SLACK:
            legal = f"at most {MOST_KEPT - self.test_fraction:.2g}, as the test part takes {self.test_fraction:g}"
            raise FieldError("validation_fraction", self.validation_fraction, f"{legal} and some samples must train")


@dataclass(frozen=True)
class InitializerSpec:
    """How the first weights are drawn. With a `seed` of its own the draw does not follow the project's seed."""

    name: str = limited("xavier_uniform", Choice(tuple(INITIALIZERS), "How the first weights are drawn."))
    low: float = limited(-0.5, Number(-100.0, 100.0, "The smallest number drawn."), only_for=LOW_READERS)
    high: float = limited(0.5, Number(-100.0, 100.0, "The largest number drawn."), only_for=HIGH_READERS)
    std: float = limited(0.5, Number(0.0, 100.0, "The standard deviation of the numbers drawn."), only_for=STD_READERS)
    value: float = limited(0.0, Number(-100.0, 100.0, "The number that is used everywhere."), only_for=VALUE_READERS)
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
    low: float = limited(-0.5, Number(-100.0, 100.0, "The smallest number drawn."), only_for=LOW_READERS)
    high: float = limited(0.5, Number(-100.0, 100.0, "The largest number drawn."), only_for=HIGH_READERS)
    std: float = limited(0.5, Number(0.0, 100.0, "The standard deviation of the numbers drawn."), only_for=STD_READERS)
    value: float = limited(0.0, Number(-100.0, 100.0, "The number that is used everywhere."), only_for=VALUE_READERS)

    def __post_init__(self) -> None:
        check(self)
        _check_order(self.low, self.high)


@dataclass(frozen=True)
class NetworkSpec:
    """The hidden layers, the output, and the start."""

    layers: tuple[LayerSpec, ...] = (DenseSpec(units=4), DenseSpec(units=2))
    output_activation: str = limited(
        "auto",
        Choice(("auto", *ACTIVATIONS), "What the outputs do with their weighted sum; auto fits it to the data."),
    )
    initializer: InitializerSpec = field(default_factory=InitializerSpec, metadata=part(InitializerSpec))
    bias_initializer: BiasInitializerSpec = field(
        default_factory=BiasInitializerSpec, metadata=part(BiasInitializerSpec)
    )
    frozen: FrozenParameters = ()

    def __post_init__(self) -> None:
        check(self)
        for place, layer in enumerate(self.layers):
            if not isinstance(layer, LAYER_KINDS):
                raise FieldError(f"layers[{place}]", layer, f"a layer such as {LAYER_KINDS[0].__name__}")
        if len(self.layers) > MAX_LAYERS:
            raise FieldError("layers", self.layers, f"a list of up to {MAX_LAYERS} hidden layers")
        check_locks(self.frozen)


def _check_numbers(path: str, values: tuple[float, ...]) -> None:
    """Refuse a list that holds anything but finite numbers."""
    if set(map(type, values)) <= {float} and all(map(isfinite, values)) and max(map(abs, values), default=0.0) <= 1e300:
        return  # the usual case, told many times as fast
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
    """Everything about one experiment; the same project gives the same result every time."""

    name: str = limited("", Text(200, "What the experiment is called."))
    seed: int = limited(1, Whole(0, MAX_SEED, "The number that decides every random draw."))
    data: DataSpec = field(default_factory=DataSpec, metadata=part(DataSpec))
    network: NetworkSpec = field(default_factory=NetworkSpec, metadata=part(NetworkSpec))
    training: TrainingSpec = field(default_factory=TrainingSpec, metadata=part(TrainingSpec))
    parameters: Parameters | None = None

    def __post_init__(self) -> None:
        check(self)
        if self.parameters is not None:
            self._check_parameters(self.parameters)

    def _check_parameters(self, parameters: Parameters) -> None:
        """Refuse start values that do not fit the layers; what depends on the data is checked against them later."""
        shapes = [*_known_shapes(self.network.layers), (None, _width(self.network.layers))]
        if len(parameters.weights) != len(shapes):
            legal = f"a list of {len(shapes)}: one matrix for each hidden layer with weights and one for the output"
            raise FieldError("parameters.weights", parameters.weights, legal)
        for layer, (matrix, known) in enumerate(zip(parameters.weights, shapes, strict=True)):
            found = len(matrix), len(matrix[0])
            rows, columns = (wanted or there for wanted, there in zip(known, found, strict=True))
            if found != (rows, columns):
                raise FieldError(
                    f"parameters.weights[{layer}]",
                    f"{found[0]} × {found[1]}",
                    f"{rows} × {columns} (rows × columns), as the layers say",
                )


def _known_shapes(layers: tuple[LayerSpec, ...]) -> Iterator[tuple[int | None, int | None]]:
    """Yield rows and columns of each hidden weight matrix; `None` for columns that depend on the data."""
    for place, layer in enumerate(layers):
        if layer.has_weights:
            yield layer.rows, layer.columns(_width(layers[:place]))


def _width(layers: tuple[LayerSpec, ...]) -> int | None:
    """Return how many values these layers give; `None` where that depends on the data."""
    width = None
    for layer in layers:
        width = layer.width(width)
    return width
