"""The columns of a table that are neither input nor target, and why: nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.data.columns import names_rows
from nnplayground.data.table import Table
from nnplayground.message import Facts, Message

REASONS = ("text", "date", "row number", "part", "empty", "left out", "number")
"""What a column holds that is not used, in the order in which it is told."""

UNUSED = {"text": "phrase.text_in", "date": "phrase.dates_in", "row number": "phrase.row_numbers_in"}
"""What is told of columns that could have been inputs, by what they hold."""


@dataclass(frozen=True)
class LeftOut:
    """A column that is not used, and why: one of `REASONS`."""

    name: str
    reason: str

    @property
    def content(self) -> Message:
        """What the column holds, as the reason why it is not used."""
        return Message(f"unused.{self.reason.replace(' ', '_')}")


def columns_left_out(table: Table, used: Sequence[str], targets: Sequence[str], part: str) -> tuple[LeftOut, ...]:
    """Return the columns of a table that are not used, in its order."""
    taken = {*used, *targets}
    return tuple(
        LeftOut(name, "part" if name == part else _reason(table, name)) for name in table.columns if name not in taken
    )


def _reason(table: Table, name: str) -> str:
    return "row number" if names_rows(table, name) else table.kind(name)


def note_on_guess(inputs: Sequence[str], left_out: Sequence[LeftOut]) -> tuple[Message, ...]:
    """Tell which inputs were taken without being chosen, if a column was not that could have been one."""
    unused = []
    for reason, name in UNUSED.items():
        columns = tuple(entry.name for entry in left_out if entry.reason == reason)
        if columns:
            unused.append(Message(name, {"columns": columns}))
    facts: Facts = {"inputs": tuple(inputs), "unused": tuple(unused)}
    return (Message("data.inputs_guessed", facts),) if unused else ()
