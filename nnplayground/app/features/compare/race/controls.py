"""Which lanes race, and for how many epochs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nnplayground.app.features.compare.job_bar import JobBar
from nnplayground.app.features.compare.race.choices import KINDS
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.limits import Whole
from nnplayground.training.many.race import FEWEST_LANES, MOST_LANES
from nnplayground.training.observe.snapshot import Snapshot

EPOCHS = Whole(
    1, 100_000, "For how many epochs every lane is trained at most; the other rules of “Stop by itself” hold as well."
)
USUAL_EPOCHS = 100
COLUMNS = 3
START_HELP = "Train all lanes from the same first weights on the same data, beside your own run, which stays as it is."


class RaceControls(QWidget):
    """A small form. `started()` and `cancelled()` are wishes; `kind`, `keys` and `epochs` say what for."""

    started = Signal()
    cancelled = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._has_network = False
        self._is_working = False
        self.choice = ChoiceField("What differs", "What differs between the lanes.", _titles(), self)
        self.choice.setObjectName("race_kind")
        self.choice.show_value("optimizers")
        self.epochs = NumberField(EPOCHS, "Epochs", geometric=True, parent=self)
        self.epochs.setObjectName("race_epochs")
        self.epochs.show_value(USUAL_EPOCHS)
        self.boxes = {kind: self._make_boxes(kind) for kind in KINDS}
        self.log = QCheckBox("Log scale", self)
        self.log.setMinimumHeight(HIT_AREA)
        self.log.setObjectName("race_log")
        self.log.setToolTip(wrapped("Give every power of ten of the cost the same height."))
        self.job = JobBar("race", "Start", START_HELP, self)
        self._lay_out()
        self.choice.chosen.connect(self._choose_kind)
        self.epochs.refused.connect(self.refused)
        self.job.started.connect(self._start)
        self.job.cancelled.connect(self.cancelled)
        self._choose_kind(self.kind)

    @property
    def kind(self) -> str:
        """What differs."""
        return self.choice.value

    @property
    def keys(self) -> tuple[str, ...]:
        """The lanes that are chosen."""
        return tuple(key for key, box in self.boxes[self.kind].items() if box.isChecked())

    def show_frame(self, _snapshot: Snapshot) -> None:
        """There is a network that can be trained."""
        if not self._has_network:
            self._has_network = True
            self._allow()

    def clear(self) -> None:
        """There is no network that could be trained."""
        self._has_network = False
        self._allow()

    def show_working(self, *, is_working: bool) -> None:
        """Show that lanes are trained, or that none are."""
        self._is_working = is_working
        self.job.show_working(is_working=is_working)
        for field in (self.choice, self.epochs, *self.boxes[self.kind].values()):
            field.setEnabled(not is_working)
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Recolour the bar."""
        self.job.set_theme(theme)

    def _make_boxes(self, kind: str) -> dict[str, QCheckBox]:
        """Return a check box for each lane there may be."""
        boxes = {}
        for key, title in KINDS[kind].options.items():
            box = QCheckBox(title.brief, self)
            box.setObjectName(f"race_{kind}_{key}")
            box.setMinimumHeight(HIT_AREA)
            box.setChecked(key in KINDS[kind].usual)
            box.setToolTip(wrapped(title.help))
            box.clicked.connect(self._allow_clicked)
            boxes[key] = box
        return boxes

    def _lay_out(self) -> None:
        """Two fields, the boxes of all kinds in one place, and the button."""
        first = QHBoxLayout()
        first.setSpacing(SPACE[1])
        unit = PlainLabel("epochs", self)
        unit.setToolTip(self.epochs.toolTip())
        self.epochs.setFixedWidth(self.epochs.fontMetrics().horizontalAdvance("100,000") + SPACE[2])
        for field in (self.choice, self.epochs):
            field.setMinimumHeight(HIT_AREA)
        first.addWidget(self.choice, 1)
        first.addWidget(self.epochs)
        first.addWidget(unit)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[1])
        grid.setVerticalSpacing(0)
        for boxes in self.boxes.values():
            for place, box in enumerate(boxes.values()):
                grid.addWidget(box, place // COLUMNS, place % COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addLayout(first)
        column.addLayout(grid)
        column.addWidget(self.job)
        column.addWidget(self.log)
        column.addStretch(1)

    def _choose_kind(self, kind: str) -> None:
        """Show the boxes of one kind."""
        for name, boxes in self.boxes.items():
            for box in boxes.values():
                box.setVisible(name == kind)
        self._allow()

    def _allow_clicked(self, _checked: bool) -> None:
        self._allow()

    def _allow(self) -> None:
        """Let as many lanes race as can."""
        chosen = len(self.keys)
        reason = "" if self._has_network else "There is no network to train yet."
        if not FEWEST_LANES <= chosen <= MOST_LANES:
            reason = f"{chosen} lanes are chosen; choose {FEWEST_LANES} to {MOST_LANES}."
        self.job.allow(reason)
        if not self._is_working:
            for box in self.boxes[self.kind].values():
                box.setEnabled(box.isChecked() or chosen < MOST_LANES)

    def _start(self) -> None:
        if not self.epochs.commit():
            return
        self.started.emit()


def _titles() -> dict[str, Title]:
    """Return the kinds by their titles."""
    return {name: kind.title for name, kind in KINDS.items()}
