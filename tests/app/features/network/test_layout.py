"""Where things stand: nothing overlaps, everything can be hit, whatever the network and the window."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.network.layout import FOOT, HIT, WHOLE, Box, Layout, lay_out
from nnplayground.app.ui.theme import HIT_AREA

SIZES = st.lists(st.sampled_from([1, 2, 3, 4, 8, 12, 13, 14, 16, 64, 4096]), min_size=2, max_size=12)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Layouts of networks of all sizes in windows of all sizes, with lone dropouts anywhere."""
    sizes = draw(SIZES)
    gaps = draw(st.lists(st.integers(0, 2), min_size=len(sizes) - 1, max_size=len(sizes) - 1))
    width, height = draw(st.integers(100, 1600)), draw(st.integers(100, 1200))
    before, after = draw(st.integers(0, 150)), draw(st.integers(0, 150))
    return lay_out(sizes, width=width, height=height, before=before, after=after, gaps=gaps)


LAYOUTS = layouts()


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def cells(layout: Layout) -> list[Box]:
    return [layout.cell(i, row) for i, column in enumerate(layout.columns) for row in column.rows]


def buttons(layout: Layout) -> list[Box]:
    heads = [layout.head(i) for i in range(1, len(layout.columns) - 1)]
    return [*layout.inserts, *(b for head in heads for b in (head.remove, head.smaller, head.larger, head.activation))]


@given(LAYOUTS)
def test_no_two_nodes_overlap(layout: Layout) -> None:
    assert not any(overlap(one, other) for one, other in combinations(cells(layout), 2))


@given(LAYOUTS)
def test_no_two_buttons_overlap_and_each_can_be_hit_with_ease(layout: Layout) -> None:
    boxes = buttons(layout)
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert min(min(box.width, box.height) for box in boxes) >= HIT == HIT_AREA


@given(LAYOUTS)
def test_bars_overlap_no_column_and_no_other_bar(layout: Layout) -> None:
    boxes = [*(bar.box for bar in layout.bars), *(layout.slots(column) for column in range(len(layout.columns)))]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert not any(overlap(bar.box, cell) for bar in layout.bars for cell in cells(layout))


@given(LAYOUTS)
def test_a_layer_can_be_inserted_before_and_behind_every_block(layout: Layout) -> None:
    ends = layout.columns[0].center, layout.columns[-1].center
    places = [ends[0], *layout.centers, ends[1]]
    assert len(layout.inserts) == len(layout.centers) + 1
    middles = [box.middle[0] for box in layout.inserts]
    assert all(left < middle < right for left, middle, right in zip(places, middles, places[1:], strict=False))


@given(LAYOUTS)
def test_blocks_are_counted_from_left_to_right(layout: Layout) -> None:
    assert [layout.centers[bar.block] for bar in layout.bars] == [bar.box.middle[0] for bar in layout.bars]
    assert [bar.column for bar in layout.bars] == [
        column for column, bars in enumerate(layout.gaps) for _ in range(bars)
    ]
    hidden = [block for block in range(len(layout.centers)) if layout.bar_of(block) is None]
    assert [layout.centers[block] for block in hidden] == [column.center for column in layout.columns[1:-1]]


@given(LAYOUTS)
def test_slots_are_large_enough_to_be_hit_and_lie_between_head_and_foot(layout: Layout) -> None:
    for column in range(1, len(layout.columns) - 1):
        slots = layout.slots(column)
        assert layout.slot(column, 0).height >= HIT
        assert slots.width >= HIT
        assert slots.y >= layout.head(column).activation.bottom
        assert slots.bottom <= layout.height - FOOT


@given(LAYOUTS)
def test_everything_lies_inside_the_picture(layout: Layout) -> None:
    picture = Box(0, 0, layout.width, layout.height)
    for box in (*cells(layout), *buttons(layout)):
        assert picture.contains(box.x, box.y)
        assert picture.contains(box.right - 1, box.bottom - 1)


@given(LAYOUTS)
def test_a_pointer_in_a_slot_means_its_row(layout: Layout) -> None:
    for row in range(layout.rows):
        assert layout.row_at(layout.slot(0, row).middle[1]) == row
    assert layout.row_at(-1000) == 0
    assert layout.row_at(100_000) == layout.rows - 1


@given(LAYOUTS)
def test_every_unit_has_a_place_or_a_sign_says_how_many_there_are(layout: Layout) -> None:
    for column in layout.columns:
        assert len(column.shown) == len(column.rows) == len(set(column.rows))
        assert max(column.rows) < layout.rows
        if column.marker is None:
            assert column.shown == tuple(range(column.units))
        else:
            assert column.marker not in column.rows
            assert column.shown[-1] == column.units - 1
            assert column.units > layout.rows


@given(st.integers(1, WHOLE), st.integers(480, 1200))
def test_there_is_always_an_empty_slot_for_the_next_larger_size(units: int, height: int) -> None:
    assert lay_out((2, units, 1), width=560, height=height).rows > units


def test_there_are_at_least_eight_slots() -> None:
    assert lay_out((2, 1, 1), width=10, height=10).rows == 8


def test_the_starter_network_fits_a_small_window_with_room_to_see_the_maps() -> None:
    layout = lay_out((2, 4, 2, 1), width=560, height=480, before=20, after=30)
    assert (layout.width, layout.height) == (560, 480)
    assert layout.side >= 36


def test_six_layers_of_eight_fit_a_small_window() -> None:
    layout = lay_out((2, *(8,) * 6, 1), width=560, height=480, before=16, after=24)
    assert layout.width == 560
    assert layout.side >= 28


def test_a_network_too_wide_for_the_window_makes_the_picture_wider() -> None:
    assert lay_out((2, *(4,) * 20, 1), width=560, height=480).width > 560


def test_columns_stand_in_order_at_even_distances() -> None:
    centers = [column.center for column in lay_out((2, 4, 4, 4, 1), width=700, height=480).columns]
    gaps = {b - a for a, b in pairwise(centers)}
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("units", [12, 30])
def test_a_drawing_under_way_keeps_its_rows(units: int) -> None:
    assert lay_out((2, units, 1), width=560, height=480, rows=9).rows == 9


def test_edges_run_from_the_right_side_of_one_node_to_the_left_side_of_the_next() -> None:
    layout = lay_out((2, 3, 1), width=560, height=480)
    start, end = layout.cell(0, 1), layout.cell(1, 2)
    assert layout.edges(0).shape == (3, 2, 4)
    assert tuple(layout.edges(0)[2, 1]) == (start.right, start.middle[1], end.x, end.middle[1])
