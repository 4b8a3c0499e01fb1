"""Which samples a place in the confusion matrix stands for, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.app.ui.plain_text import one_line
from nnplayground.arrays import Integers, read_only
from nnplayground.explain.words import part_word
from nnplayground.training.observe.reports import Report
from nnplayground.training.run.parts import Part
from nnplayground.training.run.prepare import Prepared


@dataclass(frozen=True)
class Choice:
    """A cell of the matrix; with `true` or `predicted` left out a whole column or row, the other way round."""

    true: int | None
    predicted: int | None

    def holds(self, true: int, predicted: int) -> bool:
        """Tell whether a cell is part of the choice."""
        return self.true in (None, true) and self.predicted in (None, predicted)


def chosen_rows(choice: Choice, report: Report, data: Prepared, *, part: Part) -> Integers | None:
    """Return the rows of `data.samples` that a choice counts in a part, or `None` where the report does not tell.

    Report and data must be of the same moment.
    """
    found, rows = report.of(part), data.rows_of(part)
    if found is None or found.predicted is None or len(found.predicted) != len(rows):
        return None
    true = data.samples.targets[rows]
    kept = np.ones(len(rows), dtype=bool)
    if choice.true is not None:
        kept &= true == choice.true
    if choice.predicted is not None:
        kept &= found.predicted == choice.predicted
    return read_only(rows[kept])


def choice_words(choice: Choice, count: int, classes: tuple[str, ...], *, part: Part) -> str:
    """Return "12 test samples of class a taken for b"."""
    classes = tuple(map(one_line, classes))
    samples = f"{count:,} {part_word(part)} sample{'' if count == 1 else 's'}"
    if choice.true is None:
        return f"{samples} taken for {classes[choice.predicted or 0]}"
    of_class = f"{samples} of class {classes[choice.true]}"
    if choice.predicted is None:
        return of_class
    if choice.true == choice.predicted:
        return f"{of_class} recognized"
    return f"{of_class} taken for {classes[choice.predicted]}"
