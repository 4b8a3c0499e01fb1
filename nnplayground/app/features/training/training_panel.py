"""How the network learns: rate, batches, cost, penalties, and when it stops by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.app.text.titles import COSTS, OPTIMIZERS, SCHEDULES, Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.section import Section
from nnplayground.app.ui.settings_rows import SettingsRows
from nnplayground.app.ui.theme import SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.engine.costs import COSTS as COST_TABLE
from nnplayground.errors import FieldError
from nnplayground.explain.pairs import pair_note
from nnplayground.explain.words import words_of
from nnplayground.project.limits import help_of, rule_of
from nnplayground.project.model import Project
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.outputs import output_rule

STOP_FIELDS = {
    "max_epochs": "Epochs",
    "target_cost": "Cost reached",
    "patience": "Patience",
    "flat_epochs": "Flat for",
    "gradient_norm": "Gradient",
    "min_delta": "Improvement",
}
AUTO = Title("Auto", "Fits the data: cross-entropy for classes, mean squared error for numbers.")
CHOICES = {"auto": AUTO} | COSTS
PENALTIES = {"l1": "L1 penalty", "l2": "L2 penalty"}


class TrainingPanel(QWidget):
    """Shows the `TrainingSpec`; `edited` carries a new one, the words for undo and the number of the gesture."""

    edited = Signal(object, str, int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_panel")
        self._project = Project()
        self._shown = TrainingSpec()
        self.learning_rate = self._number(OptimizerSpec, "learning_rate", "Learning rate", geometric=True)
        self.optimizer = ChoiceField("Optimizer", help_of(OptimizerSpec, "name"), OPTIMIZERS, self)
        self.optimizer.setObjectName("optimizer")
        self.batch_size = self._number(TrainingSpec, "batch_size", "Batch size", geometric=True)
        self.cost = ChoiceField("Cost", help_of(TrainingSpec, "cost"), CHOICES, self)
        self.cost.setObjectName("cost")
        self.cost_note = _note("cost_note", self)
        self.penalties = {
            name: self._number(TrainingSpec, name, title, geometric=True) for name, title in PENALTIES.items()
        }
        self.schedule = ChoiceField("Rate over time", help_of(ScheduleSpec, "name"), SCHEDULES, self)
        self.schedule.setObjectName("schedule")
        self.clip_norm = self._number(TrainingSpec, "clip_norm", "Clip gradient", geometric=True)
        self.shuffle = QCheckBox("Shuffle every epoch", self)
        self.shuffle.setObjectName("shuffle")
        self.shuffle.setToolTip(wrapped(help_of(TrainingSpec, "shuffle")))
        self.stops = {name: self._number(StopSpec, name, title, geometric=True) for name, title in STOP_FIELDS.items()}
        self.penalty = _note("penalty", self)
        self._lay_out()
        self._connect()

    def show_project(self, project: Project) -> None:
        """Show the training of a project; this is no news to anybody."""
        self._project = project
        self._shown = spec = project.training
        self.learning_rate.show_value(spec.optimizer.learning_rate)
        self.optimizer.show_value(spec.optimizer.name)
        self.optimizer_settings.show_value(spec.optimizer)
        self.schedule.show_value(spec.schedule.name)
        self.schedule_settings.show_value(spec.schedule)
        self.clip_norm.show_value(spec.clip_norm)
        self.batch_size.show_value(spec.batch_size)
        self.cost.show_value(spec.cost)
        for name, field in self.penalties.items():
            field.show_value(getattr(spec, name))
        self.shuffle.setChecked(spec.shuffle)
        for name, field in self.stops.items():
            field.show_value(getattr(spec.stop, name))
        self.penalty.setVisible(bool(spec.l1 or spec.l2))

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show the penalty of this moment, and which costs fit the outputs."""
        rule = snapshot.data.rule
        self.penalty.setText(f"Penalty now {snapshot.penalty:.3g}; the costs shown leave it out.")
        self.cost.allow(_unfit(self._project, rule.classes))
        note = pair_note(rule, snapshot.data.learned_targets)
        self.cost_note.setText(words_of(note) if note else "")
        self.cost_note.setVisible(bool(note))

    def set_theme(self, theme: Theme) -> None:
        """Nothing here has colours of its own."""

    def _number(self, kind: type, field: str, title: str, *, geometric: bool) -> NumberField:
        number = NumberField(rule_of(kind, field), title, geometric=geometric, parent=self)
        number.setObjectName(field)
        number.refused.connect(self.refused)
        return number

    def _lay_out(self) -> None:
        form = _form()
        form.addRow("Learning rate", self.learning_rate)
        form.addRow("Optimizer", self.optimizer)
        form.addRow("Batch size", self.batch_size)
        form.addRow("Cost", self.cost)
        form.addRow(self.cost_note)
        for name, field in self.penalties.items():
            form.addRow(PENALTIES[name], field)
        form.addRow(self.penalty)
        self.refining, self.stopping = self._refining_section(), self._stopping_section()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[1], SPACE[0], SPACE[1], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addLayout(form)
        column.addWidget(self.refining)
        column.addWidget(self.stopping)
        column.addStretch(1)

    def _refining_section(self) -> Section:
        """The finer points of the optimizer, folded away."""
        content, form = QWidget(self), _form()
        content.setLayout(form)
        self.optimizer_settings = SettingsRows(OptimizerSpec, "optimizer", form, content)
        form.addRow("Rate over time", self.schedule)
        self.schedule_settings = SettingsRows(ScheduleSpec, "schedule", form, content)
        form.addRow("Clip gradient", self.clip_norm)
        form.addRow(self.shuffle)
        return Section("Fine tuning", "The finer points of the optimizer and its learning rate.", content)

    def _stopping_section(self) -> Section:
        """The rules that end training, folded away."""
        content, form = QWidget(self), _form()
        content.setLayout(form)
        for name, field in self.stops.items():
            form.addRow(STOP_FIELDS[name], field)
        return Section("Stop by itself", "Rules that end training without you; all are off at first.", content)

    def _connect(self) -> None:
        for settings in (self.optimizer_settings, self.schedule_settings):
            settings.refused.connect(self.refused)
        self.optimizer_settings.edited.connect(partial(self._change, "optimizer", "Tune the optimizer"))
        self.schedule_settings.edited.connect(partial(self._change, "schedule", "Tune the rate over time"))
        self.schedule.chosen.connect(self._change_schedule)
        self.clip_norm.entered.connect(partial(self._change, "clip_norm", "Change gradient clipping"))
        self.learning_rate.entered.connect(partial(self._change_optimizer, "learning_rate", "Change the learning rate"))
        self.optimizer.chosen.connect(partial(self._change_optimizer, "name", "Change the optimizer"))
        self.batch_size.entered.connect(partial(self._change, "batch_size", "Change the batch size"))
        self.cost.chosen.connect(partial(self._change, "cost", "Change the cost"))
        for name, field in self.penalties.items():
            field.entered.connect(partial(self._change, name, f"Change the {PENALTIES[name]}"))
        self.shuffle.clicked.connect(self._change_shuffle)
        for name, field in self.stops.items():
            field.entered.connect(partial(self._change_stop, name, "Change when training stops"))

    def _change(self, name: str, text: str, value: Any) -> None:
        self._ask(replace(self._shown, **{name: value}), text)

    def _change_shuffle(self, shuffle: bool) -> None:
        self._ask(replace(self._shown, shuffle=shuffle), "Shuffle" if shuffle else "Do not shuffle")

    def _change_optimizer(self, name: str, text: str, value: Any) -> None:
        self._ask(replace(self._shown, optimizer=replace(self._shown.optimizer, **{name: value})), text)

    def _change_schedule(self, name: str) -> None:
        self._ask(replace(self._shown, schedule=ScheduleSpec(name=name)), f"Rate over time {SCHEDULES[name].name}")

    def _change_stop(self, name: str, text: str, value: Any) -> None:
        self._ask(replace(self._shown, stop=replace(self._shown.stop, **{name: value})), text)

    def _ask(self, training: TrainingSpec, text: str) -> None:
        if training != self._shown:
            self._shown = training
            self.edited.emit(training, text, 0)


def _note(name: str, parent: QWidget) -> QLabel:
    """Return a quiet line of text, hidden until there is something to say."""
    label = PlainLabel(parent)
    label.setObjectName(name)
    label.setProperty("muted", True)
    label.setWordWrap(True)
    label.hide()
    return label


def _form() -> QFormLayout:
    """Return a form whose labels and fields stand on one grid."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE[1])
    form.setVerticalSpacing(SPACE[0])
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _unfit(project: Project, classes: tuple[str, ...]) -> dict[str, str]:
    """Return why some costs cannot be chosen now, by the rule that decides when a project is loaded."""
    result = {}
    for name, entry in COST_TABLE.items():
        try:
            output_rule(replace(project, training=replace(project.training, cost=name)), classes)
        except FieldError:
            outputs = " or ".join(entry.outputs)
            chosen = project.network.output_activation
            is_task = entry.for_classes and not classes
            result[name] = (
                "This cost is for classes; the target is a number."
                if is_task
                else f"This cost needs {outputs} outputs; the network has {chosen}."
            )
    return result
