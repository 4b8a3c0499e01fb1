"""Maps of the neurons: right in every cell, honest about the plane, and frozen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.data.scaling import fit_scaling
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D
from nnplayground.engine.network import Network
from nnplayground.training.observe import maps as maps_module
from nnplayground.training.observe.maps import MapMaker, MapRequest, affordable_resolution, grid, legal_request
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.prepare import Prepared


def prepared_data(
    inputs: Floats, bounds: Floats, *, features: tuple[str, ...] = ("x1", "x2"), scaling: str = "none"
) -> Prepared:
    names = tuple(f"input {number}" for number in range(inputs.shape[1]))
    samples = Samples(inputs, np.where(np.arange(len(inputs)) % 2, 1.0, 0.0), names, "class", ("a", "b"), bounds)
    rows = np.arange(len(inputs), dtype=np.int64)
    nothing = np.empty((0, 1))
    return Prepared(
        samples=samples, train_rows=rows, test_rows=rows[:0],
        features=features if inputs.shape[1] == 2 else names, scaling=fit_scaling(scaling, inputs),
        rule=OutputRule("tanh", "half_mse", ("a", "b")),
        train_inputs=nothing, train_targets=nothing, test_inputs=nothing, test_targets=nothing,
    )  # fmt: skip


def plane() -> Prepared:
    return prepared_data(np.array([[-1.0, 2.0], [3.0, 0.5]]), np.array([[-6.0, 6.0], [-3.0, 9.0]]))


def penguins() -> Prepared:
    inputs = np.array([[39.0, 18.0, 181.0, 3750.0], [46.0, 15.0, 211.0, 4800.0], [50.0, 16.5, 190.0, 3700.0]])
    bounds = np.column_stack((inputs.min(axis=0) - 1.0, inputs.max(axis=0) + 1.0))
    return prepared_data(inputs, bounds, scaling="standardize")


def drawn(architecture: Architecture, *, seed: int = 5) -> Floats:
    return np.random.default_rng(seed).normal(size=architecture.parameter_count)


def test_cells_hold_what_the_formula_written_out_gives() -> None:
    architecture = Architecture.dense((2, 2, 1), ("tanh", "sigmoid"))
    flat = np.array([0.3, -0.2, 0.1, 0.5, 0.4, -0.6, 1.5, -0.7, 0.2])
    maps = MapMaker().make(architecture, flat, plane(), MapRequest(resolution=12))
    for row, column in [(0, 0), (11, 0), (3, 7), (11, 11)]:
        x1, x2 = -6.0 + (column + 0.5) * 1.0, -3.0 + (row + 0.5) * 1.0
        first = math.tanh(0.3 * x1 - 0.2 * x2 + 0.1)
        second = math.tanh(0.5 * x1 + 0.4 * x2 - 0.6)
        output = 1.0 / (1.0 + math.exp(-(1.5 * first - 0.7 * second + 0.2)))
        assert [layer[:, row, column].tolist() for layer in maps.layers] == [
            pytest.approx([x1, x2], abs=1e-6),
            pytest.approx([first, second], abs=1e-6),
            pytest.approx([output], abs=1e-6),
        ]


@pytest.mark.parametrize("output", ["softmax", "identity", "tanh"])
def test_every_layer_is_what_the_network_itself_answers(output: str) -> None:
    data = penguins()
    architecture = Architecture.dense((4, 5, 3), ("relu", output))
    flat, request = drawn(architecture), MapRequest(2, 0, 20)
    maps = MapMaker().make(architecture, flat, data, request)
    expected = Network(architecture, flat).layer_outputs(data.network_inputs(grid(data, request)))
    for ours, theirs in zip(maps.layers[1:], expected, strict=True):
        np.testing.assert_allclose(ours.reshape(len(theirs), -1), theirs, atol=2e-5)


def test_the_inputs_outside_the_plane_stay_at_their_mean() -> None:
    data = penguins()
    cells = grid(data, MapRequest(2, 0, 20)).reshape(20, 20, 4)
    assert np.ptp(cells[..., 1]) == 0.0
    assert cells[0, 0, 3] == pytest.approx((3750.0 + 4800.0 + 3700.0) / 3.0)
    assert cells[0, :, 2].tolist() == pytest.approx([180.0 + (place + 0.5) * 1.6 for place in range(20)])
    assert cells[:, 0, 0].tolist() == pytest.approx([38.0 + (place + 0.5) * 0.65 for place in range(20)])


def test_inputs_outside_the_plane_stand_where_the_request_fixes_them() -> None:
    data = penguins()
    cells = grid(data, MapRequest(2, 0, 20, others=((3, 5_000.0),))).reshape(20, 20, 4)
    assert (cells[..., 3] == 5_000.0).all()
    assert cells[0, 0, 1] == pytest.approx((18.0 + 15.0 + 16.5) / 3.0)


def test_a_map_with_fixed_inputs_is_the_answer_to_inputs_written_out_by_hand() -> None:
    data = penguins()
    architecture = Architecture.dense((4, 3), ("tanh",))
    flat = drawn(architecture)
    maps = MapMaker().make(architecture, flat, data, MapRequest(0, 1, 10, others=((2, 200.0), (3, 4_100.0))))
    low, high = data.samples.bounds.T
    raw = np.array([low[0] + 0.35 * (high[0] - low[0]), low[1] + 0.75 * (high[1] - low[1]), 200.0, 4_100.0])
    inputs = data.samples.inputs
    seen = (raw - inputs.mean(axis=0)) / inputs.std(axis=0)
    weights, biases = architecture.weights(flat)[0], architecture.biases(flat)[0]
    np.testing.assert_allclose(maps.layers[-1][:, 7, 3], np.tanh(weights @ seen + biases), atol=1e-5)
    assert maps.others == ((2, 200.0), (3, 4_100.0))


def test_the_plane_of_the_components_is_the_mean_moved_by_the_scores() -> None:
    data = penguins()
    architecture = Architecture.dense((4, 3), ("tanh",))
    flat = drawn(architecture)
    maps = MapMaker().make(architecture, flat, data, MapRequest(resolution=10, kind="components"))
    assert maps.kind == "components"
    inputs = data.samples.inputs
    standardized = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    _, _, directions = np.linalg.svd(standardized, full_matrices=False)
    signs = np.sign(directions[np.arange(2), np.abs(directions[:2]).argmax(axis=1)])
    first, second = directions[:2] * signs[:, np.newaxis]
    scores = [standardized @ first, standardized @ second]
    for place, own in enumerate(scores):
        margin = 0.05 * np.ptp(own)
        assert (maps.low[place], maps.high[place]) == pytest.approx((own.min() - margin, own.max() + margin))
    across = maps.low[0] + 0.25 * (maps.high[0] - maps.low[0])
    up = maps.low[1] + 0.85 * (maps.high[1] - maps.low[1])
    # The network standardizes its inputs in the same way, so it sees the scores along the directions themselves.
    seen = across * first + up * second
    weights, biases = architecture.weights(flat)[0], architecture.biases(flat)[0]
    np.testing.assert_allclose(maps.layers[-1][:, 8, 2], np.tanh(weights @ seen + biases), atol=1e-5)


def test_data_with_two_inputs_has_no_other_plane_than_theirs() -> None:
    legal = legal_request(MapRequest(0, 1, 20, "components"), plane().samples)
    assert (legal.kind, legal.across, legal.up) == ("inputs", 0, 1)
    assert plane().components is None


def test_values_for_inputs_that_cannot_be_fixed_are_left_out() -> None:
    wanted = ((0, 1.0), (2, 190.0), (3, float("nan")), (7, 1.0), (-1, 1.0))
    legal = legal_request(MapRequest(0, 1, 20, others=wanted), penguins().samples)
    assert legal.others == ((2, 190.0),)


def test_maps_say_which_plane_they_show_in_the_units_of_the_data() -> None:
    architecture = Architecture.dense((4, 3), ("softmax",))
    maps = MapMaker().make(architecture, drawn(architecture), penguins(), MapRequest(3, 1))
    assert (maps.across, maps.up) == (3, 1)
    assert maps.low == (3699.0, 14.0)
    assert maps.high == (4801.0, 19.0)
    assert [layer.shape for layer in maps.layers] == [(4, 100, 100), (3, 100, 100)]


def test_with_one_input_all_rows_are_equal() -> None:
    data = prepared_data(np.array([[1.0], [4.0]]), np.array([[0.0, 5.0]]))
    architecture = Architecture.dense((1, 3, 1), ("tanh", "identity"))
    maps = MapMaker().make(architecture, drawn(architecture), data, MapRequest(0, 1, 30))
    assert maps.across == maps.up == 0
    assert maps.low == (0.0, 0.0)
    for layer in maps.layers:
        assert (layer == layer[:, :1, :]).all()
    assert maps.layers[0][0, 0, 0] == pytest.approx(5.0 * 0.5 / 30)


@pytest.mark.parametrize(
    ("across", "up", "expected"),
    [(0, 1, (0, 1)), (3, 9, (3, 2)), (9, 3, (3, 2)), (-1, 0, (0, 1)), (2, 2, (2, 1))],
)
def test_a_request_beyond_the_data_becomes_the_nearest_legal_one(
    across: int, up: int, expected: tuple[int, int]
) -> None:
    legal = legal_request(MapRequest(across, up, 7), penguins().samples)
    assert (legal.across, legal.up, legal.resolution) == (*expected, 10)


def test_maps_are_frozen_and_do_not_follow_the_training() -> None:
    architecture = Architecture.dense((2, 4, 1), ("tanh", "tanh"))
    flat, data, maker = drawn(architecture), plane(), MapMaker()
    first = maker.make(architecture, flat, data, MapRequest())
    kept = [layer.copy() for layer in first.layers]
    flat[:] = 0.0
    second = maker.make(architecture, flat, data, MapRequest())
    assert all((now == then).all() for now, then in zip(first.layers, kept, strict=True))
    assert (second.layers[-1] == 0.0).all()
    for layer in first.layers:
        with pytest.raises(ValueError, match="read-only"):
            layer[0, 0, 0] = 1.0


def test_one_maker_serves_another_plane_other_data_and_another_network() -> None:
    maker = MapMaker()
    architecture = Architecture.dense((4, 1), ("tanh",))
    for data, request in [
        (penguins(), MapRequest(0, 1)),
        (penguins(), MapRequest(0, 1)),
        (penguins(), MapRequest(3, 2)),
        (penguins(), MapRequest(3, 2, others=((0, 41.0),))),
        (penguins(), MapRequest(3, 2, kind="components")),
    ]:
        flat = drawn(architecture)
        ours = maker.make(architecture, flat, data, request)
        fresh = MapMaker().make(architecture, flat, data, request)
        np.testing.assert_array_equal(ours.layers[-1], fresh.layers[-1])
    wider = Architecture.dense((2, 6, 1), ("relu", "tanh"))
    assert maker.make(wider, drawn(wider), plane(), MapRequest()).layers[1].shape == (6, 100, 100)


def test_features_are_computed_on_the_grid() -> None:
    data = replace(plane(), features=("x1*x2", "x1^2"))
    architecture = Architecture.dense((2, 1), ("identity",))
    maps = MapMaker().make(architecture, np.array([1.0, 0.0, 0.0]), data, MapRequest(resolution=12))
    assert maps.layers[-1][0, 3, 7] == pytest.approx((-6.0 + 7.5) * (-3.0 + 3.5))


def test_weights_that_overflow_give_maps_all_the_same() -> None:
    architecture = Architecture.dense((2, 2, 1), ("relu", "identity"))
    maps = MapMaker().make(architecture, np.full(architecture.parameter_count, 1e300), plane(), MapRequest())
    assert not np.isfinite(maps.layers[-1]).all()


def test_inputs_far_from_zero_are_told_apart_cell_by_cell() -> None:
    data = prepared_data(np.array([[1.7e9, 0.0], [1.7e9 + 50.0, 1.0]]), np.array([[1.7e9, 1.7e9 + 50.0], [0.0, 1.0]]))
    architecture = Architecture.dense((2, 1), ("identity",))
    maps = MapMaker().make(architecture, np.array([1.0, 0.0, -1.7e9]), data, MapRequest(resolution=50))
    np.testing.assert_allclose(maps.layers[-1][0, 0], np.arange(50) + 0.5, atol=1e-3)


def test_a_huge_network_gets_a_coarser_grid_and_a_small_one_what_it_asks_for() -> None:
    small = Architecture.dense((2, *[8] * 6, 1), ("tanh",) * 7)
    huge = Architecture.dense((2, *[512] * 6, 1), ("tanh",) * 7)
    assert affordable_resolution(small, 100) == 100
    assert 10 <= affordable_resolution(huge, 100) < 50


def looking() -> Architecture:
    """Return a small network that looks at pictures."""
    layers = (Conv2D(3, 2, "relu"), MaxPool2D(2, 1), Flatten(), Dropout(0.5), Dense(5, "tanh"), Dense(2, "softmax"))
    return Architecture((1, 4, 4), layers)


def pictures() -> Prepared:
    inputs = np.random.default_rng(3).random((6, 16))
    return prepared_data(inputs, np.tile((0.0, 1.0), (16, 1)))


def test_of_a_network_that_looks_at_pictures_inputs_and_outputs_have_maps() -> None:
    data, architecture, request = pictures(), looking(), MapRequest(5, 2, 20)
    flat = drawn(architecture)
    maps = MapMaker().make(architecture, flat, data, request)
    seen = data.network_inputs(grid(data, request))
    assert [layer.shape for layer in maps.layers] == [(16, 20, 20), (2, 20, 20)]
    np.testing.assert_allclose(maps.layers[0].reshape(16, -1), seen.T, atol=1e-6)
    np.testing.assert_allclose(maps.layers[1].reshape(2, -1), Network(architecture, flat).outputs(seen).T, atol=2e-5)


@pytest.mark.parametrize("values", [1, 700, 12_345])
def test_a_grid_cut_into_parts_gives_the_same_maps(values: int, monkeypatch: pytest.MonkeyPatch) -> None:
    architecture = looking()
    data, request = pictures(), MapRequest(5, 2, 11)
    whole = MapMaker().make(architecture, drawn(architecture), data, request)
    with monkeypatch.context() as patch:
        patch.setattr(maps_module, "affordable_resolution", lambda _architecture, wanted: wanted)
        patch.setattr(maps_module, "MOST_ON_THE_WAY", values)
        cut = MapMaker().make(architecture, drawn(architecture), data, request)
    np.testing.assert_allclose(cut.layers[-1], whole.layers[-1], atol=1e-6)


def test_filters_on_large_pictures_get_a_coarser_grid_than_the_same_number_of_parameters() -> None:
    dense = Architecture.dense((2, 27, 1), ("tanh", "tanh"))
    large = Architecture((1, 64, 64), (Conv2D(16, 3, "relu"), Flatten(), Dense(2, "softmax")))
    assert affordable_resolution(dense, 100) == 100
    assert affordable_resolution(large, 100) < 30
