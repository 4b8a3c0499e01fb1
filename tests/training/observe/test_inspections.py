"""What an inspection tells of a layer, against a forward pass written out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.inspections import InspectionRequest, inspections_of
from nnplayground.training.observe.observation import Subject
from nnplayground.training.observe.reports import STATISTICS_SAMPLES, make_report
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

TANH = Project(
    data=DataSpec(source=GeneratedSource(samples=150, noise=0.1)),
    network=NetworkSpec(layers=(DenseSpec(5, "tanh"), DenseSpec(3, "relu"))),
)


def trained(project: Project = TANH, epochs: int = 5) -> Run:
    run = Run(project)
    run.train_epochs(epochs)
    return run


def sums_by_hand(run: Run) -> list[Floats]:
    """The weighted sums of both hidden layers for all training samples, `[neurons, samples]`."""
    (first, second, _), (b1, b2, _) = (
        run.architecture.weights(run.network.parameters),
        run.architecture.biases(run.network.parameters),
    )
    z1 = np.einsum("oi,si->os", first, run.data.train_inputs) + b1[:, None]
    return [z1, np.einsum("oi,is->os", second, np.tanh(z1)) + b2[:, None]]


def test_the_histogram_is_that_of_the_sums_by_hand() -> None:
    run = trained()
    for layer, unit in ((0, 2), (1, 1)):
        z = sums_by_hand(run)[layer][unit]
        found = inspections_of(Subject(run))(InspectionRequest(layer, unit))
        assert found is not None and found.range is not None
        edges = found.range.histogram.edges
        assert (edges[0], edges[-1]) == pytest.approx((z.min(), z.max()))
        assert found.range.histogram.counts.sum() == len(z) == found.samples
        assert found.range.histogram.mean == pytest.approx(z.mean())
        inside = np.mean((z >= found.range.low - 1e-12) & (z <= found.range.high + 1e-12))
        assert inside == pytest.approx(0.9, abs=2 / len(z))


def test_saturation_of_tanh_counts_the_samples_beyond_its_flat_ends() -> None:
    run = trained()
    run.set_values([(ParameterIndex(0, 0, 0), 4.0)])
    z = sums_by_hand(run)[0]
    found = inspections_of(Subject(run))(InspectionRequest(0))
    assert found is not None and found.range is None
    # tanh' = 1 - tanh² is 5 % of its largest value where |tanh z| = √0.95.
    by_hand = (np.abs(np.tanh(z)) >= np.sqrt(0.95)).mean(axis=1)
    assert found.saturated == pytest.approx(by_hand, abs=1.5 / z.shape[1])
    assert found.saturated[0] > 0.3
    assert not found.dead.any() and found.below_dead is None


def test_a_relu_that_never_answers_is_dead_and_the_layer_above_is_told() -> None:
    run = trained()
    run.set_values([(ParameterIndex(1, 2, source), 0.0) for source in range(5)] + [(ParameterIndex(1, 2), -1.0)])
    own, above = (inspections_of(Subject(run))(InspectionRequest(layer)) for layer in (1, 2))
    assert own is not None and above is not None
    assert own.dead[2] and own.saturated[2] == 1.0
    assert above.below_dead is not None and above.below_dead.tolist() == own.dead.tolist()


def test_layers_fare_as_the_report_says() -> None:
    run = trained()
    for layer, told in enumerate(make_report(run).layers):
        found = inspections_of(Subject(run))(InspectionRequest(layer))
        assert found is not None
        assert found.dead.mean() == told.statistics.dead
        assert found.saturated.mean() == pytest.approx(told.statistics.saturated)


def test_softmax_is_read_at_the_lead_over_the_other_outputs() -> None:
    run = trained(Project(data=DataSpec(source=GeneratedSource(name="rings", samples=150))), epochs=2)
    last = len(run.architecture.shapes) - 1
    outputs = run.network.outputs(run.data.train_inputs)
    lead = np.log(outputs[:, 1] / (outputs[:, 0] + outputs[:, 2]))
    found = inspections_of(Subject(run))(InspectionRequest(last, 1))
    assert found is not None and found.range is not None
    assert (found.range.histogram.edges[0], found.range.histogram.edges[-1]) == pytest.approx((lead.min(), lead.max()))


def test_a_filter_is_taken_over_all_its_places() -> None:
    layers = (Conv2DSpec(filters=3), FlattenSpec(), DenseSpec(4))
    run = Run(Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers)))
    found, above = (inspections_of(Subject(run))(InspectionRequest(layer, 0)) for layer in (0, 1))
    assert found is not None and above is not None and found.range is not None
    assert found.dead.shape == found.saturated.shape == (3,)
    assert found.range.histogram.counts.sum() == found.samples * 6 * 6
    assert above.below_dead is None


def test_at_most_so_many_samples_are_looked_at() -> None:
    run = Run(replace(TANH, data=DataSpec(source=GeneratedSource(samples=3000))))
    found = inspections_of(Subject(run))(InspectionRequest(0, 0))
    assert found is not None and found.samples == STATISTICS_SAMPLES


@pytest.mark.parametrize("request_", [InspectionRequest(3), InspectionRequest(-1), InspectionRequest(0, 5)])
def test_what_is_not_there_is_not_told_of(request_: InspectionRequest) -> None:
    assert inspections_of(Subject(Run(TANH)))(request_) is None


def test_weights_that_have_overflowed_are_told_and_not_raised() -> None:
    run = Run(TANH)
    run.network.parameters[:] = np.nan
    found = inspections_of(Subject(run))(InspectionRequest(0, 0))
    assert found is not None and found.range is not None
    assert found.range.histogram.not_finite == found.samples and np.isnan(found.range.low)


def test_looking_changes_no_bit_of_the_training() -> None:
    watched, alone = Run(TANH), Run(TANH)
    look = inspections_of(Subject(watched))
    for _ in range(4):
        watched.train_epochs(1)
        look(InspectionRequest(1, 0))
    alone.train_epochs(4)
    assert watched.network.parameters.tobytes() == alone.network.parameters.tobytes()


def test_a_session_looks_only_when_asked_and_once_for_every_change_at_rest() -> None:
    session = Session(Run(TANH), 1)
    assert session.snapshot(epochs_per_second=0.0).seen.of(InspectionRequest) is None
    asked = InspectionRequest(0, 1)
    first = session.snapshot([asked], epochs_per_second=0.0).seen.of(InspectionRequest)
    assert first is not None and first.request == asked
    assert session.snapshot([asked], epochs_per_second=0.0).seen.of(InspectionRequest) is first
    other = session.snapshot([InspectionRequest(1)], epochs_per_second=0.0).seen.of(InspectionRequest)
    assert other is not None and other.request == InspectionRequest(1)
    session.run.set_values([(ParameterIndex(1, 0), 0.5)])
    after = session.snapshot([InspectionRequest(1)], epochs_per_second=0.0).seen.of(InspectionRequest)
    assert after is not None and after is not other


def test_after_equal_neurons_were_parted_the_look_is_at_the_new_numbers() -> None:
    run = Run(replace(TANH, network=replace(TANH.network, initializer=replace(TANH.network.initializer, name="zeros"))))
    session = Session(run, 1)
    asked = InspectionRequest(0, 0)
    session.snapshot([asked], epochs_per_second=0.0)
    run.set_values(
        [(ParameterIndex(0, unit, source), float(unit + source + 1)) for unit in range(5) for source in range(2)]
    )
    run.set_values([(ParameterIndex(1, unit, source), 0.1 + unit - source) for unit in range(3) for source in range(5)])
    found = session.snapshot([asked], epochs_per_second=0.0).seen.of(InspectionRequest)
    assert found is not None and found.range is not None
    assert found.range.histogram.standard_deviation == pytest.approx(sums_by_hand(run)[0][0].std())


@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
def test_a_neuron_that_is_switched_off_is_neither_dead_nor_saturated(activation: str) -> None:
    layers = (DenseSpec(4, activation, (1, 2)), DenseSpec(3, activation))
    run = trained(replace(TANH, network=NetworkSpec(layers=layers)))
    run.set_values([(ParameterIndex(0, 1, None), 1_000.0), (ParameterIndex(0, 2, None), -1_000.0)])
    own, above = (inspections_of(Subject(run))(InspectionRequest(layer)) for layer in (0, 1))
    assert own is not None and above is not None and above.below_dead is not None
    assert not own.dead[[1, 2]].any() and not own.saturated[[1, 2]].any()
    assert not above.below_dead[[1, 2]].any()
    assert make_report(run).layers[0].statistics.dead == own.dead.mean()
