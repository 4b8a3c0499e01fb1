"""What lies under the pointer."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.network.layout import Box, Layout, lay_out
from nnplayground.app.features.network.pictures import UNKNOWN
from nnplayground.app.features.network.pointing import (
    NOTHING,
    Part,
    Target,
    dot_box,
    is_drawn,
    nearest_column,
    target_at,
)


@pytest.fixture
def layout() -> Layout:
    return lay_out((2, 4, 64, 1), width=560, height=480)


def on(layout: Layout, box: Box) -> Target:
    return target_at(layout, *box.middle)


def test_nodes_empty_slots_and_the_sign_of_a_condensed_layer(layout: Layout) -> None:
    marker = layout.columns[2].marker
    assert marker is not None
    assert on(layout, layout.cell(0, 1)) == Target(Part.NODE, 0, 1, 1)
    assert on(layout, layout.cell(1, 3)) == Target(Part.NODE, 1, 3, 3)
    assert on(layout, layout.cell(1, 4)) == Target(Part.EMPTY_SLOT, 1, 4)
    assert on(layout, layout.cell(2, marker)) == Target(Part.MARKER, 2, marker)
    assert on(layout, layout.cell(2, marker + 1)) == Target(Part.NODE, 2, marker + 1, 63)


def test_the_outer_columns_have_no_slots_to_fill(layout: Layout) -> None:
    assert on(layout, layout.cell(0, 5)) == NOTHING
    assert on(layout, layout.cell(3, 5)) == NOTHING


def test_the_controls_of_a_head(layout: Layout) -> None:
    head = layout.head(1)
    found = {on(layout, box).part for box in (head.remove, head.smaller, head.count, head.larger, head.activation)}
    assert found == {Part.REMOVE, Part.SMALLER, Part.COUNT, Part.LARGER, Part.ACTIVATION}
    assert target_at(layout, head.name.x + 1, head.name.y + 1) == Target(Part.NAME, 1)


def test_insertions_are_counted_from_the_inputs_and_can_be_switched_off(layout: Layout) -> None:
    assert [on(layout, box) for box in layout.inserts] == [Target(Part.INSERT, block=place) for place in range(3)]
    assert target_at(layout, *layout.inserts[0].middle, can_insert=False) == NOTHING


def test_an_edge_is_known_by_its_two_units(layout: Layout) -> None:
    x1, y1, x2, y2 = layout.edges(0)[3, 0]
    found = target_at(layout, x1 + 0.6 * (x2 - x1), y1 + 0.6 * (y2 - y1))
    assert found == Target(Part.EDGE, 0, row=3, unit=0)


def test_an_edge_of_a_condensed_layer_names_the_unit_and_not_its_place(layout: Layout) -> None:
    x1, y1, x2, y2 = layout.edges(1)[-1, 3]
    found = target_at(layout, x1 + 0.75 * (x2 - x1), y1 + 0.75 * (y2 - y1))
    assert found == Target(Part.EDGE, 1, row=63, unit=3)


def test_far_from_everything_there_is_nothing(layout: Layout) -> None:
    middle = (layout.columns[2].center + layout.columns[3].center) / 2
    assert target_at(layout, layout.width - 2, layout.bottom - 2) == NOTHING
    assert target_at(layout, middle, layout.height - 2) == NOTHING


def test_the_nearest_column(layout: Layout) -> None:
    assert nearest_column(layout, -50) == 0
    assert nearest_column(layout, layout.columns[2].center + 5) == 2
    assert nearest_column(layout, 5000) == 3


def test_the_dot_at_the_lower_left_is_the_bias_where_there_are_biases(layout: Layout) -> None:
    for place, row, unit in ((1, 2, 2), (2, layout.rows - 1, 63), (3, 0, 0)):
        cell = layout.cell(place, row)
        x, y = cell.x + 1.5, cell.bottom - 1.5
        assert target_at(layout, x, y, has_biases=True) == Target(Part.BIAS, place, row, unit)
        assert target_at(layout, x, y) == Target(Part.NODE, place, row, unit)


def test_inputs_have_no_bias(layout: Layout) -> None:
    cell = layout.cell(0, 0)
    assert target_at(layout, cell.x + 1.5, cell.bottom - 1.5, has_biases=True) == Target(Part.NODE, 0, 0, 0)


@pytest.mark.parametrize("height", [320, 480, 900])
def test_a_dot_is_large_enough_to_hit_and_leaves_the_middle_of_the_neuron(height: int) -> None:
    layout = lay_out((2, 12, 3, 1), width=560, height=height)
    for row in layout.columns[1].rows:
        box = dot_box(layout, 1, row)
        assert min(box.width, box.height) >= 16
        assert target_at(layout, *layout.cell(1, row).middle, has_biases=True).part is Part.NODE


def test_of_edges_that_are_equally_near_the_strongest_is_meant(layout: Layout) -> None:
    # Near the neuron where they meet, all edges into it are within a pixel or two.
    x1, y1, x2, y2 = layout.edges(0)[1, 0]
    x, y = x1 + 0.94 * (x2 - x1), y1 + 0.94 * (y2 - y1)
    for strong in (0, 1):
        steps = np.zeros((4, 2), dtype=np.int64)
        steps[1, strong] = -20
        assert target_at(layout, x, y, strengths=[steps]) == Target(Part.EDGE, 0, row=1, unit=strong)


def test_an_edge_that_is_not_known_or_off_is_not_a_strong_one(layout: Layout) -> None:
    x1, y1, x2, y2 = layout.edges(0)[1, 0]
    steps = np.full((4, 2), UNKNOWN)
    steps[1, 1] = 3
    found = target_at(layout, x1 + 0.94 * (x2 - x1), y1 + 0.94 * (y2 - y1), strengths=[steps])
    assert found == Target(Part.EDGE, 0, row=1, unit=1)


def test_what_has_no_place_any_more_is_not_drawn(layout: Layout) -> None:
    assert is_drawn(layout, Target(Part.EDGE, 1, row=63, unit=3))
    assert not is_drawn(layout, Target(Part.EDGE, 1, row=40, unit=3))
    assert not is_drawn(layout, Target(Part.EDGE, 3, row=0, unit=0))
    assert is_drawn(layout, Target(Part.BIAS, 2, 0, 63))
    assert not is_drawn(layout, Target(Part.BIAS, 2, 0, 40))
    assert not is_drawn(layout, Target(Part.BIAS, 9, 0, 0))
