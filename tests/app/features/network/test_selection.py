"""What can be selected, and where the arrows go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.network.pointing import NOTHING, Part, Target
from nnplayground.app.features.network.selection import (
    Shown,
    along_edge,
    is_there,
    number_of,
    place_of,
    selection_at,
    sideways,
    up_or_down,
)
from nnplayground.project.parameter_index import ParameterIndex, Selection

# Two inputs, four neurons, a condensed layer of 64, one output.
SHOWN: Shown = [(0, 1), (0, 1, 2, 3), (0, 1, 2, 63), (0,)]
SIZES = (2, 4, 64, 1)
LEFT, RIGHT, UP, DOWN = -1, 1, -1, 1


def test_what_is_under_the_pointer_is_what_a_click_selects() -> None:
    assert selection_at(Target(Part.NODE, 2, 3, 63)) == Selection(1, 63)
    assert selection_at(Target(Part.NODE, 0, 1, 1)) == Selection(-1, 1)
    assert selection_at(Target(Part.EDGE, 1, row=2, unit=3)) == Selection(1, 2, 3)
    assert selection_at(Target(Part.NAME, 2)) == Selection(1)
    assert selection_at(Target(Part.EMPTY_SLOT, 1, 5)) is None
    assert selection_at(NOTHING) is None


def test_edges_and_dots_are_numbers_and_nothing_else_is() -> None:
    assert place_of(Target(Part.EDGE, 1, row=2, unit=3)) == ParameterIndex(1, 2, 3)
    assert place_of(Target(Part.BIAS, 2, 3, 63)) == ParameterIndex(1, 63)
    assert place_of(Target(Part.NODE, 2, 3, 63)) is None


def test_enter_edits_a_weight_or_a_bias_but_an_input_has_none() -> None:
    assert number_of(Selection(1, 2, 3)) == ParameterIndex(1, 2, 3)
    assert number_of(Selection(1, 2)) == ParameterIndex(1, 2)
    assert number_of(Selection(-1, 1)) is None
    assert number_of(Selection(1)) is None
    assert number_of(None) is None


def test_what_has_gone_is_not_there() -> None:
    assert is_there(Selection(0, 3), SIZES)
    assert not is_there(Selection(0, 4), SIZES)
    assert is_there(Selection(1, 0, 3), SIZES)
    assert not is_there(Selection(1, 0, 4), SIZES)
    assert not is_there(Selection(3), SIZES)
    assert not is_there(Selection(-1, 0, 0), SIZES)


def test_from_a_layer_down_to_its_neurons_and_up_again() -> None:
    assert up_or_down(Selection(0), 0, DOWN, SHOWN) == Selection(0, 0)
    assert up_or_down(Selection(0, 0), 0, DOWN, SHOWN) == Selection(0, 1)
    assert up_or_down(Selection(0, 0), 0, UP, SHOWN) == Selection(0)
    assert up_or_down(Selection(0, 3), 0, DOWN, SHOWN) == Selection(0, 3)


def test_in_a_condensed_layer_the_arrows_go_through_what_is_drawn() -> None:
    assert up_or_down(Selection(1, 2), 1, DOWN, SHOWN) == Selection(1, 63)
    assert up_or_down(Selection(1, 63), 1, UP, SHOWN) == Selection(1, 2)


def test_sideways_a_neuron_keeps_its_height_as_far_as_there_are_neurons() -> None:
    assert sideways(Selection(0, 1), RIGHT, SHOWN) == Selection(1, 1)
    assert sideways(Selection(0, 3), LEFT, SHOWN) == Selection(-1, 1)
    assert sideways(Selection(1, 63), LEFT, SHOWN) == Selection(0, 3)
    assert sideways(Selection(2, 0), RIGHT, SHOWN) == Selection(2, 0)


def test_an_edge_leads_to_the_neurons_at_its_ends_and_to_its_neighbours() -> None:
    edge = Selection(1, 2, 3)
    assert sideways(edge, LEFT, SHOWN) == Selection(0, 3)
    assert sideways(edge, RIGHT, SHOWN) == Selection(1, 2)
    assert up_or_down(edge, 1, UP, SHOWN) == Selection(1, 2, 2)
    assert up_or_down(edge, 1, DOWN, SHOWN) == edge


def test_shift_goes_from_a_neuron_into_its_edges() -> None:
    assert along_edge(Selection(1, 2), LEFT, SHOWN) == Selection(1, 2, 0)
    assert along_edge(Selection(1, 2), RIGHT, SHOWN) == Selection(2, 0, 2)
    assert along_edge(Selection(-1, 1), LEFT, SHOWN) is None
    assert along_edge(Selection(2, 0), RIGHT, SHOWN) is None
    assert along_edge(Selection(1), LEFT, SHOWN) is None


@given(st.lists(st.sampled_from(["left", "right", "up", "down", "into", "out"]), max_size=40))
def test_wherever_the_arrows_go_there_is_something(keys: list[str]) -> None:
    selection, layer = None, 0
    for key in keys:
        if key in {"left", "right"}:
            if selection is not None and selection.unit is not None:
                selection = sideways(selection, LEFT if key == "left" else RIGHT, SHOWN)
        elif key in {"up", "down"}:
            selection = up_or_down(selection, layer, UP if key == "up" else DOWN, SHOWN)
        else:
            selection = along_edge(selection, LEFT if key == "into" else RIGHT, SHOWN) or selection
        if selection is not None:
            layer = selection.layer
            assert is_there(selection, SIZES)
