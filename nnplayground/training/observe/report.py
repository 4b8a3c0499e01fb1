"""What is told of a network at one moment: how good it is, and how its layers fare."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.arrays import Integers
from nnplayground.engine.metrics import ClassReport, RocCurve
from nnplayground.engine.statistics import LayerStatistics
from nnplayground.training.run.parts import Part


@dataclass(frozen=True)
class TargetReport:
    """How well one target that is a number is met: R², and two means of its errors in its own unit."""

    name: str
    r_squared: float
    root_mean_squared_error: float
    mean_absolute_error: float


@dataclass(frozen=True, eq=False)
class PartReport:
    """The figures of one part of the data, computed on all its `samples`; not finite where the network overflows.

    For classes there are `accuracy`, `balanced_accuracy`, `confusion` `[true class, predicted class]`, `by_class` and
    `predicted` `[samples]`, the class for which each sample of the part is taken, in the order of its rows; for numbers
    `by_target`, and `r_squared` as their mean. `mean_absolute_error` and `root_mean_squared_error` are those of the
    only target, in its unit; of several units there is no mean. For two classes `roc` tells how the second is found, by
    scores from 0 (surely the first) to 1 (surely the second), where both occur. The others are `None`.
    """

    samples: int
    cost: float
    accuracy: float | None = None
    balanced_accuracy: float | None = None
    confusion: Integers | None = None
    by_class: ClassReport | None = None
    r_squared: float | None = None
    mean_absolute_error: float | None = None
    root_mean_squared_error: float | None = None
    by_target: tuple[TargetReport, ...] = ()
    predicted: Integers | None = None
    roc: RocCurve | None = None


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
    """All figures of one moment; `validation` and `test` are `None` without such a part.

    `penalty` is what l1 and l2 add to the cost in training. The gradient in `layers` is that of the cost over the whole
    training part, without dropout and penalties; everything else there is taken on `layer_samples` training samples.
    Dropout and flatten layers are left out of `layers`. `start` are the same layers with the weights of `start_epoch`,
    when the network got its present shape; `None` where nobody has said which these are.
    """

    train: PartReport
    test: PartReport | None
    penalty: float
    layers: tuple[LayerReport, ...]
    layer_samples: int
    start: tuple[LayerReport, ...] | None = None
    start_epoch: int = 0
    validation: PartReport | None = None

    def of(self, part: Part) -> PartReport | None:
        """Return the figures of one part, where there is one."""
        return {"train": self.train, "validation": self.validation, "test": self.test}[part]
