"""The document of the window: one immutable project, and the undo stack through which every edit goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nnplayground.project.changes import plan
from nnplayground.project.edit_step import Direction, EditStep
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.run.trained_state import TrainedState

NO_MERGE, MAY_MERGE, MAY_MERGE_VALUES = -1, 1, 2
MOST_STEPS = 300  # that can be undone; each keeps a document
Gesture = tuple[str, int]  # where it is made, and its number there
Values = Sequence[tuple[ParameterIndex, float]]


class Edit(QUndoCommand):
    """The one kind of undo command: from one project to another.

    Edits of the same gesture (a drag) merge into one step; a gesture that ends where it began leaves none.
    """

    def __init__(self, document: Document, new: Project, text: str, gesture: Gesture | None, step: EditStep) -> None:
        super().__init__(text)
        self._document = document
        self._old, self.new = document.project, new
        self.gesture = gesture
        self._next_step = self.step = step  # as which it is taken next, and the first time

    def id(self) -> int:
        """Qt asks commands of equal id whether they merge; -1 never do."""
        return NO_MERGE if self.gesture is None else MAY_MERGE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the other edit's result as one's own."""
        if not isinstance(other, Edit) or other.gesture != self.gesture:
            return False
        self.new = other.new
        self.setText(other.text())
        self.setObsolete(self.new == self._old)
        return True

    def redo(self) -> None:
        """Go to the new project."""
        self._document.become(self.new, self._next_step)
        self._next_step = EditStep(self.step.number, Direction.REDO)

    def undo(self) -> None:
        """Go back to the old one."""
        self._document.become(self._old, EditStep(self.step.number, Direction.UNDO))


class ValueEdit(QUndoCommand):
    """Changes weights and biases of the network that is being trained, which is no part of the document.

    Edits of the same gesture merge into one step, which undo takes back to the values before the first of them.
    """

    def __init__(self, document: Document, old: Values, new: Values, text: str, gesture: Gesture | None) -> None:
        super().__init__(text)
        self._document = document
        self._old, self.new = dict(old), dict(new)
        self.gesture = gesture

    def id(self) -> int:
        """Qt asks commands of equal id whether they merge; -1 never do."""
        return NO_MERGE if self.gesture is None else MAY_MERGE_VALUES

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the other edit's values as one's own."""
        if not isinstance(other, ValueEdit) or other.gesture != self.gesture or set(other.new) != set(self.new):
            return False
        self.new = other.new
        self.setText(other.text())
        self.setObsolete(self.new == self._old)
        return True

    def redo(self) -> None:
        """Set the new values."""
        self._document.values_set.emit(tuple(self.new.items()))

    def undo(self) -> None:
        """Set the old ones."""
        self._document.values_set.emit(tuple(self._old.items()))


def _always() -> bool:
    return True


class Document(QObject):
    """Holds the project; `changed(plan, step)` follows every edit, undo and redo.

    The `EditPlan` says what the step from the old to the new project means, and is made here, once; `keep_weights` asks
    for the person's wish that edits keep what was learned. The `EditStep` is the step of the undo history.

    `values_set` carries weights and biases that are set by hand, `((ParameterIndex, value), ...)`, also on undo and
    redo.
    `replaced(trained)` follows when another document is opened, whose undo history starts empty; it carries the trained
    network that was opened with it, or `None`. `title` is the name of the file that both came from.
    """

    changed = Signal(object, object)
    values_set = Signal(object)
    replaced = Signal(object)

    def __init__(
        self, project: Project, parent: QObject | None = None, *, keep_weights: Callable[[], bool] = _always
    ) -> None:
        super().__init__(parent)
        self.project = self._saved = project
        self.path: Path | None = None
        self.title = ""
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(MOST_STEPS)
        self._keep_weights = keep_weights
        self._numbers = count(1)

    def edit(self, new: Project, text: str, gesture: Gesture | None = None) -> None:
        """Make one undoable step to another project; edits of the same gesture in a row are one step."""
        if new != self.project:
            self.undo_stack.push(Edit(self, new, text, gesture, self._step_of(gesture)))

    def _step_of(self, gesture: Gesture | None) -> EditStep:
        """Return the next step; one that goes on with a gesture is the step of that, unless it was saved meanwhile."""
        stack = self.undo_stack
        last = stack.command(stack.index() - 1)
        if gesture is None or not isinstance(last, Edit) or last.gesture != gesture:
            return EditStep(next(self._numbers))
        began = last.step.number
        return EditStep(next(self._numbers) if stack.isClean() else began, began=began)

    def set_values(self, old: Values, new: Values, text: str, gesture: Gesture | None = None) -> None:
        """Make one undoable step from old values of weights and biases to new ones."""
        if dict(old) != dict(new):
            self.undo_stack.push(ValueEdit(self, old, new, text, gesture))

    @property
    def is_modified(self) -> bool:
        """Whether the document is another one than its file holds."""
        return self.project != self._saved

    def replace(
        self, project: Project, path: Path | None, *, trained: TrainedState | None = None, title: str = ""
    ) -> None:
        """Open another document."""
        self.project, self.path = project, path
        self.title = title
        self._saved = project
        self.undo_stack.clear()
        self.replaced.emit(trained)

    def saved_as(self, path: Path) -> None:
        """Note that the project of this moment is what the file holds."""
        self.path, self._saved = path, self.project
        self.undo_stack.setClean()

    def become(self, project: Project, step: EditStep) -> None:
        """Hold another project; only the undo commands call this."""
        old, self.project = self.project, project
        if old != project:
            self.changed.emit(plan(old, project, keep_weights=self._keep_weights()), step)


def gesture_at(place: str, number: int) -> Gesture | None:
    """Return the gesture of a panel or view; number 0 means that there is none."""
    return (place, number) if number else None
