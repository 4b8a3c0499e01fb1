"""What lies under the pointer."""

from __future__ import annotations

import pytest

from nnplayground.app.views.network.layout import Box, Layout, lay_out
from nnplayground.app.views.network.pointing import NOTHING, Part, Target, nearest_column, target_at


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
    assert [on(layout, box) for box in layout.inserts] == [Target(Part.INSERT, place) for place in range(3)]
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
