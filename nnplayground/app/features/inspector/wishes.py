"""What somebody wants changed in the inspector becomes a wish with the words for undo, or one clear sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from nnplayground.app.features.inspector.matrix_text import read_matrix, read_number
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.pasting import Block, target, words
from nnplayground.app.ui.fields.decimal_sign import decimal_sign
from nnplayground.arrays import Floats
from nnplayground.errors import InputError
from nnplayground.explain.figures import number_text
from nnplayground.project.parameter_index import ParameterIndex, locked, unlocked

Pairs = tuple[tuple[ParameterIndex, float], ...]


class Wishes(QObject):
    """Tells of wishes; `refused` carries a sentence about what cannot be done."""

    values_edited = Signal(object, object, str, int)
    locks_edited = Signal(object, str, int)
    selection_asked = Signal(object)
    switch_requested = Signal(object)
    refused = Signal(str)

    def take_text(self, moment: Moment, place: ParameterIndex, text: str) -> None:
        """Set a number to what was typed."""
        try:
            self.set_number(moment, place, read_number(text, decimal_sign()))
        except InputError as error:
            self.refused.emit(str(error))

    def set_number(self, moment: Moment, place: ParameterIndex, value: float, gesture: int = 0) -> None:
        """Set one number; a gesture other than 0 is part of a longer one."""
        old = moment.value(place)
        if value == old:
            return
        kind = "" if place.source is None else "weight "
        words_for_undo = f"Set {kind}{moment.names.weight(place)} to {number_text(value)}"
        self.values_edited.emit(((place, old),), ((place, value),), words_for_undo, gesture)

    def lock(self, moment: Moment, places: Sequence[ParameterIndex], is_wanted: bool) -> None:
        """Freeze numbers at their values of this moment, or let them go."""
        what = moment.names.weight(places[0]) if len(places) == 1 else f"{len(places):,} numbers"
        locks = moment.project.network.frozen
        try:
            new = locked(locks, moment.freezable(places)) if is_wanted else unlocked(locks, places)
        except InputError as error:
            self.refused.emit(str(error))
            return
        if new != locks:
            self.locks_edited.emit(new, f"{'Freeze' if is_wanted else 'Unfreeze'} {what}", 0)

    def paste(self, moment: Moment, text: str, chosen: Block | None) -> None:
        """Set a block of the matrix to the numbers in a text; what is frozen stays."""
        try:
            numbers = read_matrix(text, decimal_sign())
            out, columns = moment.matrix.shape
            block = target((len(numbers), len(numbers[0])), chosen, (out, columns - 1))
        except InputError as error:
            self.refused.emit(str(error))
            return
        old, new, frozen = _changes(moment, block, numbers)
        if new:
            what = f"Paste {words(block.shape)} weights"
            self.values_edited.emit(old, new, what, 0)
        if frozen:
            stayed = (
                "1 frozen number stayed as it is" if frozen == 1 else f"{frozen:,} frozen numbers stayed as they are"
            )
            self.refused.emit(f"{stayed}; unfreeze first what is to be pasted over.")


def _changes(moment: Moment, block: Block, numbers: Floats) -> tuple[Pairs, Pairs, int]:
    """Return the old and the new values of what changes, and how many numbers do not change as they are frozen."""
    old, new, frozen = [], [], 0
    bias = moment.matrix.shape[1] - 1
    for row, line in enumerate(numbers.tolist(), start=block.row):
        for column, value in enumerate(line, start=block.column):
            place = ParameterIndex(moment.layer, row, None if column == bias else column)
            before = moment.value(place)
            if repr(before) == repr(value):  # 0 and −0 are different bits
                continue
            if place in moment.frozen:
                frozen += 1
                continue
            old.append((place, before))
            new.append((place, value))
    return tuple(old), tuple(new), frozen
