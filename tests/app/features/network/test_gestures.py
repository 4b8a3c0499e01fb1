"""Drawing sizes: every column that the pointer passes becomes as tall as the pointer is low."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.network.gestures import Draw
from nnplayground.app.features.network.layout import lay_out
from nnplayground.project.layer_specs import DenseSpec


def draw(*units: int) -> Draw:
    layout = lay_out((2, *units, 1), width=560, height=480)
    return Draw(layout, tuple(DenseSpec(size) for size in units), number=7)


def at(gesture: Draw, column: int, row: int) -> tuple[float, float]:
    return gesture.layout.slot(column, row).middle


def sizes(gesture: Draw) -> list[int]:
    return [layer.rows or 0 for layer in gesture.layers]


def test_a_press_on_a_slot_makes_the_layer_that_tall() -> None:
    gesture = draw(4, 2)
    edit = gesture.move(*at(gesture, 1, 5))
    assert edit is not None
    assert edit.text == "Set layer 1 to 6 neurons"
    assert sizes(gesture) == [6, 2]


def test_a_fast_pointer_leaves_no_column_out() -> None:
    gesture = draw(1, 1, 1, 1)
    gesture.move(*at(gesture, 1, 4))
    edit = gesture.move(*at(gesture, 4, 4))
    assert sizes(gesture) == [5, 5, 5, 5]
    assert edit is not None
    assert edit.text == "Draw the layer sizes"


def test_a_slanted_stroke_draws_a_staircase() -> None:
    gesture = draw(1, 1, 1)
    gesture.move(*at(gesture, 1, 7))
    gesture.move(*at(gesture, 3, 1))
    first, second, third = sizes(gesture)
    assert first >= second >= third
    assert first > third == 2


def test_leaving_a_column_on_a_slant_does_not_change_it() -> None:
    gesture = draw(1, 1)
    (x, y), (goal_x, goal_y) = at(gesture, 1, 1), at(gesture, 2, 4)
    for step in range(21):
        gesture.move(x + step / 20 * (goal_x - x), y + step / 20 * (goal_y - y))
    assert sizes(gesture) == [2, 5]


def test_a_shaky_hand_still_draws_upright_at_the_edge_of_a_slot() -> None:
    gesture = draw(1)
    x, y = at(gesture, 1, 0)
    for step in range(20):
        gesture.move(x + gesture.layout.reach - 3 + step % 2, y + step / 20 * 6 * gesture.layout.row_height)
    assert sizes(gesture) == [7]


def test_going_up_and_down_in_one_column_ends_at_the_last_height() -> None:
    gesture = draw(4)
    for row in (5, 7, 2):
        gesture.move(*at(gesture, 1, row))
    assert sizes(gesture) == [3]


def test_between_columns_nothing_changes() -> None:
    gesture = draw(4, 2)
    x = (gesture.layout.columns[1].center + gesture.layout.columns[2].center) / 2
    assert gesture.move(x, at(gesture, 1, 6)[1]) is None


def test_the_same_height_is_no_news() -> None:
    gesture = draw(4)
    gesture.move(*at(gesture, 1, 5))
    assert gesture.move(*at(gesture, 1, 5)) is None


def test_back_at_the_start_the_layers_are_as_before() -> None:
    gesture = draw(4)
    gesture.move(*at(gesture, 1, 5))
    edit = gesture.move(*at(gesture, 1, 3))
    assert edit is not None
    assert sizes(gesture) == [4]
    assert gesture.cancel() is None


def test_giving_up_takes_everything_back() -> None:
    gesture = draw(4, 2)
    gesture.move(*at(gesture, 1, 5))
    gesture.move(*at(gesture, 2, 5))
    edit = gesture.cancel()
    assert edit is not None
    assert [layer.rows for layer in edit.layers] == [4, 2]


def test_the_lower_part_of_a_condensed_layer_keeps_its_size() -> None:
    gesture = draw(256)
    marker = gesture.layout.columns[1].marker
    assert marker is not None
    assert gesture.move(*at(gesture, 1, marker)) is None
    gesture.move(*at(gesture, 1, 2))
    assert sizes(gesture) == [3]


@given(st.lists(st.tuples(st.floats(-200, 800), st.floats(-200, 700)), min_size=1, max_size=12))
def test_whatever_the_stroke_the_layers_stay_legal_and_the_same_in_number(stroke: list[tuple[float, float]]) -> None:
    gesture = draw(4, 2, 64)
    for x, y in stroke:
        edit = gesture.move(x, y)
        assert edit is None or edit.layers == gesture.layers
    assert len(gesture.layers) == 3
    assert all(1 <= units <= max(64, gesture.layout.rows) for units in sizes(gesture))
