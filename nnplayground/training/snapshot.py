"""What the training thread hands to the window: frozen, complete, numbered."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.project.model import Project
from nnplayground.training.history import Curve
from nnplayground.training.prepare import Prepared
from nnplayground.training.reports import Report
from nnplayground.training.stopping import Stop


@dataclass(frozen=True)
class MapRequest:
    """Which maps of the input space the window wants to see.

    `across` and `up` are the indices of the two raw inputs that span the plane (all others stay at their mean);
    `resolution` is the number of grid cells on each side.
    """

    across: int = 0
    up: int = 1
    resolution: int = 100


@dataclass(frozen=True)
class Maps:
    """What every neuron answers on a grid over a plane of the input space.

    `layers[0]` holds the network's inputs (features after scaling), then one entry per layer, the last is the output;
    each is `[units, rows, columns]`, row 0 at the bottom (lowest `up`), column 0 at the left (lowest `across`).
    `low` and `high` are the corners (across, up) in the units of the data. `across` equals `up` for data with one
    input: then the vertical direction has no meaning and all rows are equal.
    """

    across: int
    up: int
    low: tuple[float, float]
    high: tuple[float, float]
    layers: tuple[Floats, ...]


@dataclass(frozen=True)
class Measures:
    """Cost and score (accuracy or R²) of one part of the data; `None` where there is none."""

    cost: float | None
    score: float | None


@dataclass(frozen=True)
class Snapshot:
    """The state of a run between two batches.

    `generation` tells which load of which document it belongs to, `number` counts snapshots. `epoch` counts whole
    epochs, `batch` the batches done in the current one. `parameters` is the flat vector described by `architecture`.
    `curve` has one entry per whole epoch; `train` and `test` are as of this very moment while paused,
    as of the last whole epoch while `running`. `report` is there when one was asked for and due, and is of this moment.
    """

    generation: int
    number: int
    project: Project
    data: Prepared
    architecture: Architecture
    parameters: Floats
    epoch: int
    batch: int
    batches: int
    steps: int
    running: bool
    train: Measures
    test: Measures
    penalty: float
    curve: Curve
    stop: Stop | None
    maps: Maps | None
    epochs_per_second: float
    report: Report | None = None

    @property
    def weights(self) -> tuple[Floats, ...]:
        """`W[out, in]` of every layer."""
        return self.architecture.weights(self.parameters)

    @property
    def biases(self) -> tuple[Floats, ...]:
        """`b[out]` of every layer."""
        return self.architecture.biases(self.parameters)


@dataclass(frozen=True)
class Failure:
    """Loading or training failed; `message` is one sentence for the user."""

    generation: int
    message: str
