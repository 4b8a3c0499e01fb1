"""What can be done to the hidden layers: the edit is right, or there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.network import edits
from nnplayground.app.features.network.layout import WHOLE
from nnplayground.project.layer_specs import MAX_UNITS, DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import MAX_LAYERS

FOUR, TWO = DenseSpec(4), DenseSpec(2, "relu")
TENTH, FIFTH = DropoutSpec(0.1), DropoutSpec(0.2)


def test_a_new_size_changes_one_layer_and_says_which() -> None:
    edit = edits.resize((FOUR, TWO), {1: 5})
    assert edit == edits.Edit((FOUR, DenseSpec(5, "relu")), "Set layer 2 to 5 neurons")


def test_one_neuron_is_not_called_neurons() -> None:
    edit = edits.resize((FOUR,), {0: 1})
    assert edit is not None
    assert edit.text == "Set layer 1 to 1 neuron"


def test_the_size_that_is_there_is_no_edit() -> None:
    assert edits.resize((FOUR, TWO), {0: 4, 1: 2}) is None


def test_sizes_stay_within_the_limits_of_the_document() -> None:
    edit = edits.resize((FOUR, TWO), {0: 0, 1: 10_000_000})
    assert edit is not None
    assert [layer.rows for layer in edit.layers] == [1, MAX_UNITS]


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
    assert edits.insert((), 0) == edits.Edit((DenseSpec(4),), "Insert layer 1")


def test_a_new_layer_beside_a_huge_one_is_small_enough_to_be_seen() -> None:
    edit = edits.insert((DenseSpec(4096),), 1)
    assert edit is not None
    assert edit.layers[1].rows == 12 <= WHOLE


def test_there_is_no_room_beyond_the_limit_of_layers() -> None:
    assert edits.insert((FOUR,) * MAX_LAYERS, 0) is None
    assert edits.insert((FOUR,) * (MAX_LAYERS - 1), 0) is not None


def test_removing_takes_out_one_layer() -> None:
    assert edits.remove((FOUR, TWO), 0) == edits.Edit((TWO,), "Remove layer 1")


def test_another_activation_is_named_by_its_title() -> None:
    edit = edits.activate((FOUR,), 0, "relu")
    assert edit == edits.Edit((DenseSpec(4, "relu"),), "Use ReLU in layer 1")
    assert edits.activate((FOUR,), 0, "tanh") is None


def test_dropout_changes_one_layer_and_says_how_much_of_which() -> None:
    edit = edits.drop((FOUR, TWO), 1, 0.2)
    assert edit == edits.Edit((FOUR, TWO, FIFTH), "Drop 20 % of layer 2")
    none = edits.drop(edit.layers, 1, 0.0)
    assert none == edits.Edit((FOUR, TWO), "Drop nothing of layer 2")


def test_dropout_that_is_there_or_breaks_the_limits_is_no_edit() -> None:
    for layers, unchanged in (((FOUR,), 0.0), ((FOUR, FIFTH), 0.2), ((TENTH, FOUR), 0.1)):
        assert [edits.drop(layers, 0, rate) for rate in (unchanged, -0.1, 0.96, float("nan"))] == [None] * 4


def test_an_inserted_layer_drops_nothing() -> None:
    edit = edits.insert((FOUR, DropoutSpec(0.5)), 1)
    assert edit == edits.Edit((FOUR, DropoutSpec(0.5), FOUR), "Insert layer 2")


def test_a_dropout_counts_as_a_layer_of_the_document() -> None:
    full = (FOUR, TENTH) * (MAX_LAYERS // 2)
    assert edits.insert(full, 0) is None
    assert edits.drop((*full[2:], FOUR, FOUR), MAX_LAYERS // 2, 0.1) is None
    assert edits.drop(full, 0, 0.3) is not None


def test_a_lone_dropout_is_named_by_its_place_and_stays_at_rate_0() -> None:
    layers = (TENTH, FOUR, FIFTH, TENTH, TWO)
    assert edits.drop(layers, 0, 0.0) == edits.Edit(
        (DropoutSpec(0.0), *layers[1:]), "Set the dropout on the inputs to 0 %"
    )
    assert edits.remove(layers, 2) == edits.Edit((TENTH, FOUR, FIFTH, TWO), "Remove the dropout behind layer 1")
    twice = edits.remove((TENTH, *layers), 1)
    assert twice == edits.Edit(layers, "Remove dropout 2 on the inputs")


def test_sizes_and_switches_reach_the_layer_behind_a_lone_dropout() -> None:
    layers = (TENTH, FOUR, DropoutSpec(0.0), TWO)
    assert edits.resize(layers, {1: 3}) == edits.Edit((TENTH, DenseSpec(3), *layers[2:]), "Set layer 1 to 3 neurons")
    switched = edits.switch(layers, 3, 1)
    assert switched is not None
    assert switched == edits.Edit((*layers[:3], DenseSpec(2, "relu", off=(1,))), "Switch off layer 2 neuron 2")
    assert edits.switch(layers, 0, 0) is None


def test_a_move_says_what_is_passed() -> None:
    layers = (TENTH, FOUR, TWO, TENTH, FIFTH)
    moved: dict[tuple[int, int], tuple[tuple[LayerSpec, ...], str]] = {
        (0, 1): ((FOUR, TENTH, TWO, TENTH, FIFTH), "Move the dropout on the inputs behind layer 1"),
        (1, 0): ((FOUR, TENTH, TWO, TENTH, FIFTH), "Move layer 1 past a dropout"),
        (1, 2): ((TENTH, TWO, TENTH, FOUR, FIFTH), "Move layer 1 to place 2"),
        (3, 0): ((FIFTH, TENTH, FOUR, TWO, TENTH), "Move the dropout behind layer 2 to the inputs"),
    }
    for (block, place), (after, text) in moved.items():
        assert edits.move(layers, block, place) == edits.Edit(after, text)


def test_a_dropout_is_inserted_where_there_is_room() -> None:
    assert edits.insert_dropout((FOUR,), 0) == edits.Edit((FIFTH, FOUR), "Insert a dropout")
    assert edits.insert_dropout((FOUR,) * MAX_LAYERS, 0) is None
