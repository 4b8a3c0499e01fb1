"""The document of the window: one immutable project, and the undo stack through which every edit goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nnplayground.project.model import Project

NO_MERGE, MAY_MERGE = -1, 1
Gesture = tuple[str, int]  # where it is made, and its number there


class Edit(QUndoCommand):
    """The one kind of undo command: from one project to another.

    Edits of the same gesture (a drag) merge into one step; a gesture that ends where it began leaves none.
    """

    def __init__(self, document: Document, new: Project, text: str, gesture: Gesture | None) -> None:
        super().__init__(text)
        self._document = document
        self._old, self.new = document.project, new
        self.gesture = gesture

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
        self._document.become(self.new)

    def undo(self) -> None:
        """Go back to the old one."""
        self._document.become(self._old)


class Document(QObject):
    """Holds the project; `changed(old, new)` follows every edit, undo and redo.

    `replaced` follows when another document is opened, whose undo history starts empty.
    """

    changed = Signal(object, object)
    replaced = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.path: Path | None = None
        self.undo_stack = QUndoStack(self)

    def edit(self, new: Project, text: str, gesture: Gesture | None = None) -> None:
        """Make one undoable step to another project; edits of the same gesture in a row are one step."""
        if new != self.project:
            self.undo_stack.push(Edit(self, new, text, gesture))

    def replace(self, project: Project, path: Path | None) -> None:
        """Open another document."""
        self.project, self.path = project, path
        self.undo_stack.clear()
        self.replaced.emit()

    def saved_as(self, path: Path) -> None:
        """Note that the project of this moment is what the file holds."""
        self.path = path
        self.undo_stack.setClean()

    def become(self, project: Project) -> None:
        """Hold another project; only the undo commands call this."""
        old, self.project = self.project, project
        if old != project:
            self.changed.emit(old, project)


def gesture_at(place: str, number: int) -> Gesture | None:
    """Return the gesture of a panel or view; number 0 means that there is none."""
    return (place, number) if number else None
