"""Where pasted numbers go."""

from __future__ import annotations

import pytest

from nnplayground.app.features.inspector.pasting import Block, target
from nnplayground.errors import InputError

MATRIX = (4, 2)


def test_without_a_selection_the_whole_matrix_is_meant_with_or_without_biases() -> None:
    assert target((4, 2), None, MATRIX) == Block(0, 0, 4, 2)
    assert target((4, 3), None, MATRIX) == Block(0, 0, 4, 3)


def test_a_block_takes_what_has_its_shape() -> None:
    assert target((2, 1), Block(1, 2, 2, 1), MATRIX) == Block(1, 2, 2, 1)


def test_a_single_cell_is_a_place_and_no_obstacle() -> None:
    assert target((1, 1), Block(3, 1, 1, 1), MATRIX) == Block(3, 1, 1, 1)
    assert target((4, 2), Block(3, 1, 1, 1), MATRIX) == Block(0, 0, 4, 2)


@pytest.mark.parametrize("chosen", [None, Block(0, 0, 1, 1), Block(0, 0, 2, 2)])
def test_what_fits_nowhere_is_refused_with_both_shapes(chosen: Block | None) -> None:
    with pytest.raises(InputError) as error:
        target((3, 2), chosen, MATRIX)
    assert "3 × 2" in str(error.value)
    assert ("2 × 2" if chosen == Block(0, 0, 2, 2) else "4 × 2") in str(error.value)
