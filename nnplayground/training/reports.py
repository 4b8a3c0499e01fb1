"""What is told of a network at one moment: how good it is, and how its layers fare."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.arrays import Integers
from nnplayground.engine.metrics import ClassReport
from nnplayground.engine.statistics import LayerStatistics


@dataclass(frozen=True, eq=False)
class PartReport:
    """The figures of one part of the data, computed on all its `samples`; not finite where the network overflows.

    For classes there are `accuracy`, `balanced_accuracy`, `confusion` `[true class, predicted class]` and `by_class`;
    for numbers `r_squared` and `mean_absolute_error`, the latter in the unit of the target. The others are `None`.
    """

    samples: int
    cost: float
    accuracy: float | None = None
    balanced_accuracy: float | None = None
    confusion: Integers | None = None
    by_class: ClassReport | None = None
    r_squared: float | None = None
    mean_absolute_error: float | None = None


@dataclass(frozen=True, eq=False)
class LayerReport:
    """One layer: `place` counts from 1 among the layers of the project, the output is the last and `is_output`.

    `activation` is `None` for a layer without one (pooling). `units` is how many values the layer gives for a sample,
    `neurons` how many rows of weights it has: for a convolution its filters, `None` for a layer without weights.
    """

    place: int
    kind: str
    is_output: bool
    activation: str | None
    units: int
    neurons: int | None
    statistics: LayerStatistics


@dataclass(frozen=True, eq=False)
class Report:
    """All figures of one moment; `test` is `None` without a test part.

    `penalty` is what l1 and l2 add to the cost in training. The gradient in `layers` is that of the cost over the whole
    training part, without dropout and penalties; everything else there is taken on `layer_samples` training samples.
    Dropout and flatten layers are left out of `layers`.
    """

    train: PartReport
    test: PartReport | None
    penalty: float
    layers: tuple[LayerReport, ...]
    layer_samples: int
