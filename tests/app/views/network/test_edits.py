"""What can be done to the hidden layers: the edit is right, or there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.views.network import edits
from nnplayground.project.columns import Column
from nnplayground.project.layer_specs import MAX_UNITS
from nnplayground.project.model import MAX_LAYERS

FOUR, TWO = Column(units=4), Column(units=2, activation="relu")


def test_a_new_size_changes_one_layer_and_says_which() -> None:
    edit = edits.resize((FOUR, TWO), {1: 5})
    assert edit == edits.Edit((FOUR, Column(units=5, activation="relu")), "Set layer 2 to 5 neurons")


def test_one_neuron_is_not_called_neurons() -> None:
    edit = edits.resize((FOUR,), {0: 1})
    assert edit is not None
    assert edit.text == "Set layer 1 to 1 neuron"


def test_the_size_that_is_there_is_no_edit() -> None:
    assert edits.resize((FOUR, TWO), {0: 4, 1: 2}) is None


def test_sizes_stay_within_the_limits_of_the_document() -> None:
    edit = edits.resize((FOUR, TWO), {0: 0, 1: 10_000_000})
    assert edit is not None
    assert [layer.units for layer in edit.layers] == [1, MAX_UNITS]


@given(st.integers(1, MAX_UNITS))
def test_the_steps_up_and_down_move_within_the_limits(units: int) -> None:
    assert edits.larger(units) > units or units == MAX_UNITS
    assert edits.smaller(units) < units or units == 1
    assert 1 <= edits.smaller(units) <= edits.larger(units) <= MAX_UNITS


def test_the_largest_size_is_a_few_steps_away_and_small_ones_are_counted_one_by_one() -> None:
    sizes = [1]
    while sizes[-1] < MAX_UNITS:
        sizes.append(edits.larger(sizes[-1]))
    assert sizes[:16] == list(range(1, 17))
    assert len(sizes) < 40
    assert [edits.smaller(size) for size in sizes[1:]] == sizes[:-1]


def test_a_new_layer_is_like_its_neighbour() -> None:
    edit = edits.insert((FOUR, TWO), 2)
    assert edit == edits.Edit((FOUR, TWO, TWO), "Insert layer 3")
    first = edits.insert((TWO, FOUR), 0)
    assert first is not None
    assert first.layers == (TWO, TWO, FOUR)


def test_the_first_layer_of_all_has_four_neurons() -> None:
    assert edits.insert((), 0) == edits.Edit((Column(),), "Insert layer 1")
    assert Column().units == 4


def test_a_new_layer_beside_a_huge_one_is_small_enough_to_be_seen() -> None:
    edit = edits.insert((Column(units=4096),), 1)
    assert edit is not None
    assert edit.layers[1].units == 12


def test_there_is_no_room_beyond_the_limit_of_layers() -> None:
    assert edits.insert((FOUR,) * MAX_LAYERS, 0) is None
    assert edits.insert((FOUR,) * (MAX_LAYERS - 1), 0) is not None


def test_removing_takes_out_one_layer() -> None:
    assert edits.remove((FOUR, TWO), 0) == edits.Edit((TWO,), "Remove layer 1")


def test_another_activation_is_named_by_its_title() -> None:
    edit = edits.activate((FOUR,), 0, "relu")
    assert edit == edits.Edit((Column(units=4, activation="relu"),), "Use ReLU in layer 1")
    assert edits.activate((FOUR,), 0, "tanh") is None


def test_dropout_changes_one_layer_and_says_how_much_of_which() -> None:
    edit = edits.drop((FOUR, TWO), 1, 0.2)
    assert edit == edits.Edit((FOUR, Column(units=2, activation="relu", dropout=0.2)), "Drop 20 % of layer 2")
    none = edits.drop(edit.layers, 1, 0.0)
    assert none == edits.Edit((FOUR, TWO), "Drop nothing of layer 2")


def test_dropout_that_is_there_or_breaks_the_limits_is_no_edit() -> None:
    assert [edits.drop((FOUR,), 0, share) for share in (0.0, -0.1, 0.96, float("nan"))] == [None] * 4


def test_an_inserted_layer_drops_nothing() -> None:
    edit = edits.insert((Column(units=4, dropout=0.5),), 1)
    assert edit is not None
    assert [layer.dropout for layer in edit.layers] == [0.5, 0.0]


def test_a_dropout_counts_as_a_layer_of_the_document() -> None:
    full = (Column(dropout=0.1),) * (MAX_LAYERS // 2)
    assert edits.insert(full, 0) is None
    assert edits.drop((*full[1:], FOUR, FOUR), MAX_LAYERS // 2, 0.1) is None
    assert edits.drop(full, 0, 0.3) is not None
