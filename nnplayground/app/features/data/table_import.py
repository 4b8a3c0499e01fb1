"""The dialog in which a table becomes data: how it is read, what is predicted from what, and what will come of it.

The dialog works nothing out by itself. After every choice it asks with `wanted` for a plan, which may take a while; the
answer comes by `show_plan`. What the user agrees to leaves by `used`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.data.table_import_inputs import InputList
from nnplayground.app.features.data.table_import_kinds import KindRow
from nnplayground.app.features.data.table_import_offers import OfferList
from nnplayground.app.features.data.table_import_preview import PreviewTable
from nnplayground.app.features.data.table_import_reading import ReadingRow
from nnplayground.app.text.titles import GAPS, SCALINGS, Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.target_field import TargetField
from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.theme import RADIUS, SPACE, Theme
from nnplayground.app.ui.tooltips import LONGEST_NAME
from nnplayground.data.reading import CHOICES, Reading
from nnplayground.data.table_offers import Offer, offers_of, with_kind, with_offer
from nnplayground.data.table_plan import TablePlan, Wanted
from nnplayground.data.tables import is_workbook
from nnplayground.explain.words import words_of
from nnplayground.project.limits import help_of
from nnplayground.project.model import ColumnKind, DataSpec, TableSource

SIZE = QSize(900, 640)
FRAME = QSize(16, 48)
"""What the frame of a window and its title take of a small screen."""

TASKS = {
    "auto": Title("Find it", "It is found by looking at the column: text and a few whole numbers are classes."),
    "classification": Title("Classes", "Every different value of the column is a class."),
    "regression": Title("A number", "The column holds numbers; the network learns to come close to them."),
}
TARGET_HELP = "The column that the network learns to predict."


class TableImport(QDialog):
    """Shows a table and how it will be used; `used(source, scaling)` carries what was agreed to."""

    wanted = Signal(object)
    used = Signal(object, str)

    def __init__(self, source: TableSource, theme: Theme, parent: QWidget, *, scaling: str = "") -> None:
        """Begin with the choices of a source; `scaling` is "" where the suggested one is to be taken."""
        super().__init__(parent)
        self._source, self._theme = source, theme
        self._choices = choices_of(source)
        self._scaling = scaling
        self._plan = TablePlan()
        self._is_waiting = True
        self._use_when_ready = False
        self.setObjectName("table_import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = one_line(PurePath(source.path).name) if source.path else "the pasted table"
        self.setWindowTitle(f"Use a table as data: {self._name}")
        self.reading = ReadingRow(has_encoding=bool(source.path), is_workbook=is_workbook(source.path), parent=self)
        self.preview = PreviewTable(theme, self)
        self.rows = _note(self, "import_rows")
        self.targets = TargetField("import_target", TARGET_HELP, self)
        self.target = self.targets.one
        self.question = _note(self, "import_question")
        self.question.setProperty("muted", False)
        self.task = self._choice("task", "As", help_of(TableSource, "task"), TASKS)
        self.missing = self._choice("missing", "Missing values", help_of(TableSource, "missing"), GAPS)
        self.gaps = _note(self, "import_gaps")
        self.scaling = self._choice("scaling", "Scaling", help_of(DataSpec, "scaling"), SCALINGS)
        self.advice = _note(self, "import_advice")
        self.inputs = InputList(self)
        self.kinds = KindRow(self)
        self.offers = OfferList(self)
        self._make_foot()
        self.setStyleSheet(_style(theme))
        self.progress.hide()
        self._enable_choices(possible=False)
        self._lay_out()
        self._connect()
        room = self.screen().availableSize() - FRAME
        self.resize(SIZE.boundedTo(room.expandedTo(parent.window().size())))

    def _make_foot(self) -> None:
        """Make what stands at the foot: what will come, how far the reading is, and the buttons."""
        self.summary = PlainLabel(f"Reading {self._name} …", self)
        self.summary.setObjectName("import_summary")
        self.summary.setWordWrap(True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("import_progress")
        self.progress.setAccessibleName("How much of the table has been read")
        self.progress.setMaximumWidth(140)
        self.progress.setFormat("%p %")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.use = self.buttons.addButton("Use this table", QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setObjectName("import_use")
        self.use.setEnabled(False)

    def ask(self) -> None:
        """Ask for a plan of the choices so far."""
        self._is_waiting = True
        self.wanted.emit(self._choices)

    def show_progress(self, share: float) -> None:
        """Show how much of the work on the plan is done."""
        self.progress.setValue(round(100.0 * share))
        self.progress.setVisible(True)

    def show_plan(self, plan: TablePlan) -> None:
        """Show what the choices come to; this is no news to anybody."""
        self._plan, self._is_waiting = plan, plan.is_glance
        self.progress.setVisible(plan.is_glance)
        self.reading.show_reading(self._choices.reading, plan.found, plan.sheets)
        self.preview.show_plan(plan)
        shown, rows = self.preview.cells.rowCount(), plan.preview.rows_in_all
        self.rows.setText(_words_on_rows(shown, rows) if shown else "")
        self._show_targets(plan)
        found = words_of(plan.task) if self._choices.task == "auto" and plan.task else ""
        self.task.setItemText(0, f"Found: {found}" if found else "Find it")
        self.task.show_value(self._choices.task)
        self.inputs.show_inputs([one for one in plan.columns if one.name != plan.part], plan.targets, plan.inputs)
        self.kinds.show_columns(plan.columns, self._choices.choices)
        self.offers.show_offers(offers_of(plan, self._choices))
        self.missing.show_value(self._choices.missing)
        self.gaps.setText(words_of(plan.gaps) if plan.gaps else "")
        self.scaling.show_value(self._scaling or plan.scaling)
        self.advice.setText(_words_on_scaling(plan))
        self._enable_choices(possible=bool(plan.columns))
        self._show_summary(plan)
        if not plan.is_glance and self._use_when_ready:
            self._use_when_ready = False
            self._use()

    def show_failure(self, sentence: str) -> None:
        """Say why there is no plan."""
        self.show_plan(TablePlan(problem=sentence))

    def _show_targets(self, plan: TablePlan) -> None:
        """Show what is predicted, and ask where the guess is unsure."""
        shown = [entry for entry in plan.columns if entry.kind not in ("empty", "left out")]
        columns = {entry.name: f"{one_line(entry.name, LONGEST_NAME)}: {words_of(entry.content)}" for entry in shown}
        numbers = tuple(entry.name for entry in plan.columns if entry.kind == "number")
        self.targets.show_targets(columns, numbers, plan.targets)
        self.question.setText(words_of(plan.question) if plan.question else "")
        self.question.setVisible(plan.question is not None)

    def _enable_choices(self, *, possible: bool) -> None:
        """Let columns be chosen where there are some, and what is done about gaps where there may be some."""
        for part in (self.target, self.targets, self.task, self.scaling, self.inputs, self.kinds):
            part.setEnabled(possible)
        self.missing.setEnabled(possible and (self._plan.has_gaps or bool(self._plan.problem)))

    def _show_summary(self, plan: TablePlan) -> None:
        """Say in one line what will come, or why nothing can."""
        if plan.is_glance:
            self.summary.setText(f"Reading {self._name} …")
        else:
            told = (plan.summary, *plan.notes) if plan.summary else ()
            self.summary.setText(plan.problem or " ".join(map(words_of, told)))
        palette = self.summary.palette()
        color = self._theme.error if plan.problem else self._theme.text
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.summary.setPalette(palette)
        self.use.setEnabled(plan.summary is not None)

    def _use(self) -> None:
        """Hand out what was agreed to; where the last choice is still being looked at, as soon as it has been."""
        if self._is_waiting:
            self._use_when_ready = True
            return
        if self._plan.problem:
            return
        choices, plan = self._choices, self._plan
        reading = {field: getattr(choices.reading, field) for field in (*CHOICES, "sheet", "ragged")}
        source = replace(
            self._source,
            inputs=plan.inputs,
            targets=plan.targets,
            task=choices.task,
            missing=choices.missing,
            kinds=tuple(ColumnKind(column, kind) for column, kind in plan.choices.kinds),
            merged=plan.choices.merged,
            values=plan.choices.values,
            part=plan.part,
            **reading,
        )
        self.used.emit(source, self._scaling or plan.scaling)
        self.accept()

    def _change(self, choices: Wanted) -> None:
        if choices != self._choices:
            self._choices = choices
            self.ask()

    def _choose_reading(self, reading: Reading) -> None:
        self._change(replace(self._choices, reading=reading))

    def _choose_targets(self, names: tuple[str, ...]) -> None:
        """Predict other columns; those before become inputs where the inputs were not chosen by hand."""
        inputs = self._choices.inputs
        if inputs is not None:
            inputs = tuple(used for used in inputs if used not in names) or None
        self._change(replace(self._choices, targets=names, inputs=inputs, task="auto"))

    def _choose_kind(self, column: str, kind: str) -> None:
        self._change(with_kind(self._choices, column, kind))

    def _take_offer(self, offer: Offer, taken: bool) -> None:
        self._change(with_offer(self._choices, offer, taken=taken))

    def _choose_inputs(self, names: tuple[str, ...]) -> None:
        self._change(replace(self._choices, targets=self._plan.targets, inputs=names))

    def _choose_task(self, task: str) -> None:
        self._change(replace(self._choices, task=task))

    def _choose_missing(self, rule: str) -> None:
        self._change(replace(self._choices, missing=rule))

    def _choose_scaling(self, name: str) -> None:
        self._scaling = name

    def _choice(self, name: str, title: str, about: str, options: dict[str, Title]) -> ChoiceField:
        field = ChoiceField(title, about, options, self)
        field.setObjectName(f"import_{name}")
        return field

    def _connect(self) -> None:
        self.reading.chosen.connect(self._choose_reading)
        self.targets.chosen.connect(self._choose_targets)
        self.kinds.chosen.connect(self._choose_kind)
        self.offers.taken.connect(self._take_offer)
        self.preview.column_asked.connect(self.kinds.show_column)
        self.task.chosen.connect(self._choose_task)
        self.missing.chosen.connect(self._choose_missing)
        self.scaling.chosen.connect(self._choose_scaling)
        self.inputs.chosen.connect(self._choose_inputs)
        self.preview.column_clicked.connect(self.inputs.toggle)
        self.buttons.accepted.connect(self._use)
        self.buttons.rejected.connect(self.reject)

    def _lower_part(self) -> QHBoxLayout:
        """Return the choices beside the list of inputs."""
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE[2])
        form.setVerticalSpacing(SPACE[1])
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        predict, asked = PlainLabel("&Predict", self), QVBoxLayout()
        predict.setBuddy(self.target)
        asked.setSpacing(SPACE[0] // 2)
        asked.addWidget(self.targets)
        asked.addWidget(self.question)
        form.addRow(predict, asked)
        form.addRow("&As", self.task)
        for title, field, note in (
            ("&Missing values", self.missing, self.gaps),
            ("&Scaling", self.scaling, self.advice),
        ):
            label, both = PlainLabel(title, self), QVBoxLayout()
            label.setBuddy(field)
            both.setSpacing(SPACE[0] // 2)
            both.addWidget(field)
            both.addWidget(note)
            form.addRow(label, both)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(self.offers)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(SPACE[1])
        right.addWidget(self.inputs, 1)
        right.addWidget(self.kinds)
        lower = QHBoxLayout()
        lower.setSpacing(SPACE[4])
        lower.addLayout(left, 3)
        lower.addLayout(right, 2)
        return lower

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[3])
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.progress)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(SPACE[3],) * 4)
        column.setSpacing(SPACE[1])
        column.addWidget(self.reading)
        column.addWidget(self.preview, 3)
        column.addWidget(self.rows)
        column.addLayout(self._lower_part(), 2)
        column.addLayout(foot)


def _style(theme: Theme) -> str:
    """Return what the dialog adds to the style of the window: frames, and the one button that goes on."""
    box = f"border: 1px solid {theme.border}; border-radius: {RADIUS}px; background: {theme.panel};"
    return f"""
QTableView, QListWidget {{ {box} gridline-color: {theme.border}; }}
QTableView:focus, QListWidget:focus {{ border-color: {theme.accent}; }}
QListWidget::item:selected {{ background: transparent; color: {theme.text}; }}
QListWidget::item:focus {{ border: 1px solid {theme.accent}; border-radius: 4px; }}
QHeaderView::section:horizontal {{ color: {theme.text}; padding: 3px 4px; border: none;
                                   border-right: 1px solid {theme.border}; border-bottom: 1px solid {theme.muted}; }}
QHeaderView::section:vertical {{ padding: 0 4px; }}
QLabel#import_question {{ color: {theme.accent}; font-weight: 600; }}
QProgressBar {{ {box} height: 12px; margin-right: 40px; text-align: right; color: {theme.text}; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: {RADIUS - 1}px; }}
QPushButton#import_use {{ background: {theme.accent}; color: {theme.on_accent}; padding: 4px 14px; font-weight: 600; }}
QPushButton#import_use:focus {{ border: 2px solid {theme.text}; }}
QPushButton#import_use:disabled {{ background: {theme.border}; color: {theme.muted}; }}
"""


def choices_of(source: TableSource) -> Wanted:
    """Return the choices that a source stands for."""
    return Wanted(
        source.reading,
        source.targets,
        source.inputs or None,
        source.task,
        source.missing,
        source.choices,
        source.part,
    )


def _words_on_scaling(plan: TablePlan) -> str:
    """Return which scaling is suggested, and why."""
    if plan.scaling_reason is None:
        return ""
    return f"Suggested: {SCALINGS[plan.scaling].name}, because {words_of(plan.scaling_reason)}."


def _words_on_rows(shown: int, rows: int) -> str:
    if not rows:
        return "The first rows. A dash stands for a missing value."
    which = f"The first {shown:,} of {rows:,} rows" if shown < rows else f"All {rows:,} rows"
    return (
        f"{which}. A dash stands for a missing value; a click on the head of a column uses it as an input or not, "
        "and a right click shows its kind."
    )


def _note(parent: QWidget, name: str) -> QLabel:
    """Return a quiet line of text."""
    label = PlainLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setProperty("muted", True)
    return label
