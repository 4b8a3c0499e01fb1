"""What the training thread hands to the window: frozen, complete, numbered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.observation import NOTHING_SEEN, Seen
from nnplayground.training.run.history import NO_CURVE, Curve
from nnplayground.training.run.measures import NOT_MEASURED, Measures, PartMeasures
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.stopping import Stop
from nnplayground.training.run.trained_state import Standing
from nnplayground.training.time_travel.history_record import NO_RECORD, HistoryRecord


@dataclass(frozen=True)
class Snapshot:
    """The state of a run between two batches.

    `generation` tells which load of which document it belongs to, `number` counts snapshots. `epoch` counts whole
    epochs, `batch` the batches done in the current one. `parameters` is the flat vector described by `architecture`.
    `curve` has one entry per whole epoch; `train`, `validation` and `test` are as of this very moment while paused, as
    of the last whole epoch while `running`. `gradient` is laid out like `parameters`: what the last batch asked for,
    penalties included and 0 where a number is frozen, or `None` before the first one. `record` tells how the run came
    here; `sample` is the row of the sample on which alone it was trained last, `None` when that was a batch. `standing`
    is what a run needs to know that goes on from here. `seen` has what was observed of this moment, as far as it was
    wanted and due.
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
    epochs_per_second: float
    gradient: Floats | None = None
    record: HistoryRecord = NO_RECORD
    sample: int | None = None
    standing: Standing | None = None
    validation: Measures = NOT_MEASURED
    seen: Seen = NOTHING_SEEN

    @property
    def measured(self) -> PartMeasures:
        """What was measured of every part."""
        return PartMeasures(self.train, self.test, self.validation)

    @property
    def weights(self) -> tuple[Floats, ...]:
        """`W[out, in]` of every layer."""
        return self.architecture.weights(self.parameters)

    @property
    def biases(self) -> tuple[Floats, ...]:
        """`b[out]` of every layer."""
        return self.architecture.biases(self.parameters)

    def of_target(self, place: int) -> Snapshot:
        """Return the moment for a view of one target at a time: data and observations are those of one target."""
        data = self.data.of_target(place)
        if data is self.data:
            return self
        return replace(self, data=data, seen=self.seen.of_target(self.data, place))

    def slim(self) -> Snapshot:
        """Return the moment without what is large or only for the screen, to keep many of them."""
        return replace(self, seen=NOTHING_SEEN, gradient=None, record=NO_RECORD, curve=NO_CURVE)

    def value_at(self, place: ParameterIndex) -> float | None:
        """Return a weight or bias; `None` where the network has none there."""
        index = self.architecture.place(place.layer, place.unit, place.source)
        return None if index is None else float(self.parameters[index])

    def gradient_at(self, place: ParameterIndex) -> float | None:
        """Return what the last batch asked for at a weight or bias; `None` where there is none, or none yet."""
        index = self.architecture.place(place.layer, place.unit, place.source)
        return None if index is None or self.gradient is None else float(self.gradient[index])


@dataclass(frozen=True)
class Failure:
    """Loading or training failed; `message` is one sentence for the user."""

    generation: int
    message: str
