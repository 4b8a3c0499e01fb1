"""Which samples are marked on the map: wrong answers, a selection from elsewhere, and the one trained alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnplayground.app.ui.samples.point_marks import NOWHERE, Marked
from nnplayground.arrays import Integers
from nnplayground.explain.words import part_word
from nnplayground.training.observe.answers import Answers, AnswersRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared


class Marking:
    """Follows the frames and tells `show` of every other set of marks; while none changes it costs nothing."""

    def __init__(self, show: Callable[[Marked], None]) -> None:
        self._show = show
        self._data: Prepared | None = None
        self._marked = Marked(NOWHERE)
        self._wrong = NOWHERE  # also while their rings are switched off
        self._rings_wrong = True
        self.answers: Answers | None = None

    @property
    def selected(self) -> Integers | None:
        """The rows that are selected, `None` if none are."""
        return self._marked.selected

    def follow(self, snapshot: Snapshot) -> bool:
        """Take the answers of a frame, and return whether the set of wrong rows is another one."""
        before = self._wrong
        if snapshot.data is not self._data:
            self._data, self.answers, self._wrong = snapshot.data, None, NOWHERE
            self._mark(self._wrong_shown(), None, None)
        answers = snapshot.seen.of(AnswersRequest)
        if answers is not None and answers is not self.answers:
            self.answers, self._wrong = answers, wrong_rows(snapshot.data, answers)
        if not np.array_equal(before, self._wrong) or snapshot.sample != self._marked.sample:
            self._mark(self._wrong_shown(), self._marked.selected, snapshot.sample)
        return not np.array_equal(before, self._wrong)

    def forget(self) -> None:
        """There are no answers any more, and nothing that could be marked."""
        self._data, self.answers, self._wrong = None, None, NOWHERE
        self._mark(NOWHERE, None, None)

    def ring_wrong(self, wanted: bool) -> None:
        """Ring wrong answers, or do not."""
        self._rings_wrong = wanted
        self._mark(self._wrong_shown(), self._marked.selected, self._marked.sample)

    def select(self, rows: Integers | None) -> None:
        """Set off these rows against all others, or none."""
        self._mark(self._marked.wrong, rows, self._marked.sample)

    def words(self) -> str:
        """Return how many answers are wrong in each part; "" where that is not known, or not the question."""
        if self._data is None or self.answers is None or not self._data.samples.classes:
            return ""
        return wrong_words(self._data, self._wrong)

    def _wrong_shown(self) -> Integers:
        return self._wrong if self._rings_wrong else NOWHERE

    def _mark(self, wrong: Integers, selected: Integers | None, sample: int | None) -> None:
        marked = Marked(wrong, selected, sample)
        if not marked.is_like(self._marked):
            self._marked = marked
            self._show(marked)


def wrong_rows(data: Prepared, answers: Answers) -> Integers:
    """Return the rows of the samples that are taken for another class than their own; of values there are none."""
    if not data.samples.classes or len(answers.predicted) != len(data.samples.targets):
        return NOWHERE
    differs = np.isfinite(answers.predicted) & (answers.predicted != data.samples.targets)
    return np.flatnonzero(differs).astype(np.int64)


def wrong_words(data: Prepared, wrong: Integers) -> str:
    """Return "12 of 400 wrong in training, 5 of 100 in test"."""
    words = []
    for part in data.present:
        rows = data.rows_of(part)
        said = "wrong in" if part == "train" else "in"
        words.append(f"{int(np.isin(rows, wrong).sum()):,} of {len(rows):,} {said} {part_word(part)}")
    return ", ".join(words)
