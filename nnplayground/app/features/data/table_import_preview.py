"""The first rows of a table, with what each column holds and what it is used for in its head."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.theme import Theme
from nnplayground.app.ui.tooltips import LONGEST_NAME, wrapped
from nnplayground.data.cells import is_missing, is_no_number_known
from nnplayground.data.table_columns import ColumnFacts
from nnplayground.data.table_plan import Preview, TablePlan
from nnplayground.explain.words import words_of

MISSING = "–"
LONGEST = 60
NARROWEST, WIDEST, PADDING = 72, 200, 18
MEASURED_ROWS, MEASURED_COLUMNS = 30, 60
TINT = 40  # of 255, how strongly the column that is predicted is coloured
MOST_CELLS, LEAST_ROWS = 6_000, 10
ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole


class PreviewModel(QStandardItemModel):
    """The cells of a preview on one line each; missing ones are marked, columns that are not used are muted.

    All of it lies in items of Qt: a model that answers in Python would wait for the interpreter at every cell that is
    painted while a table is being read.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.preview = Preview()
        self._uses: dict[str, str] = {}
        self._shown: tuple[object, ...] = ()
        self._metrics = parent.fontMetrics()
        self._muted, self._text = QBrush(QColor(theme.muted)), QBrush(QColor(theme.text))
        tint = QColor(theme.accent)
        tint.setAlpha(TINT)
        self._tint = QBrush(tint)

    def show_plan(self, plan: TablePlan) -> bool:
        """Show another plan; returns whether the columns are others than before."""
        shown = (plan.preview, tuple(entry.kind for entry in plan.columns), plan.choices.values)
        anew = shown != self._shown or not self.columnCount()
        self._shown = shown
        if anew:
            self._fill(plan)
        facts = {entry.name: entry for entry in plan.columns}
        for place, name in enumerate(plan.preview.columns):
            use, before = use_of(name, plan), self._uses.get(name, "")
            if use != before:
                self._uses[name] = use
                self._show_use(place, use, before)
            self._show_head(place, name, facts.get(name), use)
        return anew

    def _fill(self, plan: TablePlan) -> None:
        """Take the cells of another preview; of a wide table fewer rows are shown."""
        self.preview, self._uses = plan.preview, {}
        numbers = {entry.name for entry in plan.columns if entry.kind == "number"}
        kept = {value.lower() for value in plan.choices.values}
        columns = plan.preview.columns
        self.clear()
        self.setColumnCount(len(columns))
        for row in plan.preview.rows[: max(LEAST_ROWS, MOST_CELLS // max(1, len(columns)))]:
            cells = (*row, *("",) * (len(columns) - len(row)))
            pairs = zip(columns, cells, strict=True)
            self.appendRow([self._item(cell, kept, is_number=name in numbers) for name, cell in pairs])

    def _item(self, cell: str, kept: Collection[str], *, is_number: bool) -> QStandardItem:
        is_gap = is_no_number_known(cell) if is_number else is_missing(cell) and cell.lower() not in kept
        item = QStandardItem(MISSING if is_gap else one_line(cell, LONGEST))
        if is_number:
            item.setTextAlignment(side_of(is_number=True))
        if is_gap:
            item.setAccessibleText("missing")
            item.setForeground(self._muted)
        return item

    def _show_use(self, place: int, use: str, before: str) -> None:
        """Colour the cells of a column by what it is used for; missing ones stay muted."""
        items = [self.item(row, place) for row in range(self.rowCount())]
        if "predicted" in (use, before):
            for item in items:
                item.setData(self._tint if use == "predicted" else None, Qt.ItemDataRole.BackgroundRole)
        if "not used" in (use, before):
            text = self._muted if use == "not used" else self._text
            for item in items:
                if not item.accessibleText():
                    item.setForeground(text)

    def _show_head(self, place: int, name: str, facts: ColumnFacts | None, use: str) -> None:
        """Write name, content and use into the head of a column."""
        role = Qt.ItemDataRole
        shown = head_name(name, self._metrics)
        content = words_of(facts.content) if facts else ""
        text = "\n".join(filter(None, (shown, content, use)))
        if self.headerData(place, Qt.Orientation.Horizontal) == text:
            return
        missing = f"{facts.missing:,} of its values are missing. " if facts and facts.missing else ""
        notes = "".join(f"\n{words_of(note)}" for note in facts.notes) if facts else ""
        about = f"{one_line(name, LONGEST_NAME)}: {content}. {missing}Click to use it as an input or not.{notes}"
        help_text = about if facts else ""
        side = side_of(is_number=facts is not None and facts.kind == "number")
        for what, value in ((role.DisplayRole, text), (role.ToolTipRole, wrapped(help_text)), (ALIGNMENT, side)):
            self.setHeaderData(place, Qt.Orientation.Horizontal, value, what)


def head_name(name: str, metrics: QFontMetrics) -> str:
    """Return the name of a column, cut with … to what the widest column has room for."""
    return metrics.elidedText(one_line(name, LONGEST), Qt.TextElideMode.ElideRight, WIDEST - PADDING)


def use_of(name: str, plan: TablePlan) -> str:
    """Return what a column is used for, nothing where that is not known."""
    if not plan.targets:
        return ""
    if name in plan.targets:
        return "predicted"
    return "input" if name in plan.inputs else "gives the parts" if name == plan.part else "not used"


class PreviewTable(QTableView):
    """Shows a `PreviewModel`; `column_clicked(name)` follows a click on the head of a column.

    `column_asked(name)` follows a right click there.
    """

    column_clicked = Signal(str)
    column_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("import_preview")
        self.setAccessibleName("First rows of the table")
        self.cells = PreviewModel(theme, self)
        self.setModel(self.cells)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionClicked.connect(self._click)
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().customContextMenuRequested.connect(self._ask)

    def show_plan(self, plan: TablePlan) -> None:
        """Show the first rows of another plan."""
        if self.cells.show_plan(plan):
            for place in range(min(self.cells.columnCount(), MEASURED_COLUMNS)):
                self.setColumnWidth(place, self._width(place))

    def _width(self, place: int) -> int:
        """Return how wide a column must be for its first rows and its head, within limits."""
        preview = self.cells.preview
        texts = [one_line(row[place], LONGEST) for row in preview.rows[:MEASURED_ROWS] if place < len(row)]
        head = str(self.cells.headerData(place, Qt.Orientation.Horizontal)).split("\n")
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in (*texts, *head, "predicted"))
        return min(max(widest + PADDING, NARROWEST), WIDEST)

    def _click(self, place: int) -> None:
        self.column_clicked.emit(self.cells.preview.columns[place])

    def _ask(self, where: QPoint) -> None:
        place = self.horizontalHeader().logicalIndexAt(where)
        if 0 <= place < len(self.cells.preview.columns):
            self.column_asked.emit(self.cells.preview.columns[place])


def side_of(*, is_number: bool) -> Qt.AlignmentFlag:
    """Return where a cell and the head of its column stand: numbers to the right, so that their sizes can be seen."""
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
