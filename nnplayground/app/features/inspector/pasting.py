"""Where pasted numbers go: a block of the matrix, all of it, or all of it with the biases."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.errors import InputError


@dataclass(frozen=True)
class Block:
    """A rectangle of cells of the matrix with its column of biases."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return self.rows, self.columns

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.rows * self.columns


def target(pasted: tuple[int, int], chosen: Block | None, matrix: tuple[int, int]) -> Block:
    """Return where `pasted` rows and columns go in a matrix of (out, in) weights and a column of biases.

    They fill the block that is `chosen`. With no block, or a single cell, they can also be the whole matrix, with or
    without biases. Raises `InputError` with both shapes where they fit nowhere.
    """
    if chosen is not None and pasted == chosen.shape:
        return chosen
    out, below = matrix
    if chosen is None or chosen.cells == 1:
        if pasted in {(out, below), (out, below + 1)}:
            return Block(0, 0, *pasted)
        whole = f"the matrix is {words(matrix)}, or {words((out, below + 1))} with its biases"
        raise InputError(f"The clipboard holds {words(pasted)} numbers, but {whole}; copy as many, or select a block.")
    raise InputError(
        f"The clipboard holds {words(pasted)} numbers, but the selected block is {words(chosen.shape)}; "
        "select a block of that shape, or press Escape to paste over the whole matrix."
    )


def words(shape: tuple[int, int]) -> str:
    """Return a shape in words, rows first."""
    return f"{shape[0]:,} × {shape[1]:,}"
