"""Whether samples are split at random or as the data say, and the second file of a table, all of whose rows test."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from nnplayground.app.text.titles import SPLITS
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel, menu_text, one_line
from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.limits import help_of
from nnplayground.project.model import DataSpec, PointsSource, TableSource

OPEN = (
    "Choose a second file with the same columns, all of whose rows test the network; the rows of this table train it."
)
UNUSED = "It is not used while the table is split at random; choose As the data say to test with it."
REMOVE = "Use this table alone again, split at random or by its column of parts."
NO_FILE = "Choose…"


class SplitChoice(QWidget):
    """Shows how a `DataSpec` is split; `chosen(split)` follows the user.

    `file_wanted()` asks for a second file of a table, `file_removed()` to do without it.
    """

    chosen = Signal(str)
    file_wanted = Signal()
    file_removed = Signal()

    def __init__(self, parent: QWidget, *, label_width: int) -> None:
        super().__init__(parent)
        self.setObjectName("split_choice")
        self.field = ChoiceField("Split", help_of(DataSpec, "split"), SPLITS, self)
        self.field.setObjectName("split_kind")
        self.file = QPushButton(NO_FILE, self)
        self.file.setObjectName("test_file")
        self.file.setAccessibleName("Test file")
        self.file.setToolTip(wrapped(OPEN))
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.file.setMinimumHeight(HIT_AREA)
        self.remove = QToolButton(self)
        self.remove.setObjectName("remove_test_file")
        self.remove.setAccessibleName("Remove the test file")
        self.remove.setToolTip(wrapped(REMOVE))
        self.remove.setMinimumSize(HIT_AREA, HIT_AREA)
        self._label, self._file_label = (_label(text, self, width=label_width) for text in ("Split", "Test file"))
        self._label.setBuddy(self.field)
        self._label.setToolTip(self.field.toolTip())
        self._file_label.setBuddy(self.file)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[1])
        grid.setVerticalSpacing(SPACE[0])
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.field, 0, 1, 1, 2)
        grid.addWidget(self._file_label, 1, 0)
        grid.addWidget(self.file, 1, 1)
        grid.addWidget(self.remove, 1, 2)
        grid.setColumnStretch(1, 1)
        self.field.chosen.connect(self.chosen)
        self.file.clicked.connect(self.file_wanted)
        self.remove.clicked.connect(self.file_removed)

    def show_data(self, data: DataSpec, *, gives_parts: bool) -> None:
        """Show how data are split; without parts of their own there is nothing to choose, but a file for a table."""
        source = data.source
        is_table = isinstance(source, TableSource)
        has_file = isinstance(source, TableSource) and bool(source.test_path)
        can_choose = gives_parts or data.split == "given" or has_file or isinstance(source, PointsSource)
        self.setVisible(can_choose or is_table)
        self.field.setVisible(can_choose)
        self._label.setVisible(can_choose)
        self.field.show_value(data.split)
        for part in (self.file, self._file_label):
            part.setVisible(is_table)
        self.remove.setVisible(has_file)
        path = source.test_path if isinstance(source, TableSource) else ""
        self._show_file(path, is_used=data.split == "given")

    def _show_file(self, path: str, *, is_used: bool) -> None:
        """Show the second file, and whether it has an effect."""
        name = menu_text(one_line(PurePath(path).name))
        self.file.setText(name or NO_FILE)
        self.file.setToolTip(wrapped("\n".join((path, OPEN, *(() if is_used else (UNUSED,)))) if path else OPEN))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in other colours."""
        self.remove.setIcon(icon("close", theme.text))


def _label(text: str, parent: QWidget, *, width: int) -> PlainLabel:
    """Return the name of a row, as wide as those of all rows."""
    label = PlainLabel(text, parent)
    label.setFixedWidth(width)
    return label
