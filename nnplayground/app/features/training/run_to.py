"""A small window that asks for the epoch to which training shall run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nnplayground.app.ui import popups
from nnplayground.app.ui.fields.decimal_sign import decimal_sign
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.fields.steps import whole_or_number
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, SPACE
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.limits import Whole
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.written_numbers import NotANumberError

RULE = Whole(1, 1_000_000_000, "The epoch at whose end training pauses.")
FIRST = 100
WIDTH = 320
GO_BACK = "Go back"
RUN = "Run"
ABOUT = {
    RUN: "Train to the end of this epoch as fast as the machine can, then pause.",
    GO_BACK: "Show the moment of this epoch again; Play goes on from there.",
}


def next_round(epoch: int) -> int:
    """Return the next round number of epochs: 100, 200, ... 1,000, 2,000 and so on."""
    step = max(FIRST, int(10 ** (len(str(epoch)) - 1)))
    return (epoch // step + 1) * step


class RunToPopup(QFrame):
    """Asks for an epoch; Enter or the button emit `run_wanted(epoch)`, or `travel_wanted(epoch)` for one that is past.

    `moment` tells where training stands, which goes on while somebody types. It closes and is deleted by itself.
    """

    run_wanted = Signal(int)
    travel_wanted = Signal(int)

    def __init__(self, moment: Callable[[], Snapshot | None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("run_to_popup")
        self.setAccessibleName("Run to epoch")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._moment = moment
        self.field = NumberField(RULE, "Epoch", geometric=True, parent=self)
        self.field.setObjectName("run_to_epoch")
        self.button = QPushButton(RUN, self)
        self.button.setObjectName("run_to_start")
        self.button.setMinimumHeight(HIT_AREA)
        self.words = PlainLabel(self)
        self.words.setObjectName("run_to_words")
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._lay_out()
        self.field.textChanged.connect(self._judge)
        self.field.refused.connect(self._complain)
        self.field.returnPressed.connect(self._accept)  # after the field has taken what was typed
        self.button.clicked.connect(self._accept)

    def open_below(self, widget: QWidget) -> None:
        """Open below a widget, with the next round number ready to be replaced."""
        snapshot = self._moment()
        self.field.show_value(next_round(snapshot.epoch if snapshot else 0))
        self._judge()
        popups.open_below(self, widget)
        self.field.setFocus()
        self.field.selectAll()

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        label = PlainLabel("Run to &epoch", self)
        label.setBuddy(self.field)
        row.addWidget(label)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        column.addLayout(row)
        column.addWidget(self.words)

    def _wanted(self) -> int | None:
        """Return the epoch that stands in the field, `None` where it is none."""
        try:
            epoch = whole_or_number(self.field.text().strip(), whole=True, decimal=decimal_sign())
        except NotANumberError:
            return None
        return int(epoch) if RULE.accepts(epoch) else None

    def _judge(self, _text: str = "") -> None:
        """Say what would happen with the number that stands here."""
        epoch, snapshot = self._wanted(), self._moment()
        if epoch is None or snapshot is None:
            self._show(
                RUN,
                f"Type {self.field.legal_words()}." if snapshot else "There is nothing to train yet.",
                possible=False,
            )
        elif epoch > snapshot.epoch:
            self._show(RUN, f"Training stands at epoch {snapshot.epoch:,}. A rule of its own may stop it sooner.")
        elif epoch == snapshot.epoch:
            self._show(RUN, f"Training stands at epoch {epoch:,} already.", possible=False)
        else:
            self._judge_past(epoch, snapshot)

    def _judge_past(self, epoch: int, snapshot: Snapshot) -> None:
        """Offer the moment that was kept for an epoch that is over."""
        moment = snapshot.record.nearest(epoch)
        words = f"Epoch {epoch:,} is over: training stands at epoch {snapshot.epoch:,}."
        if moment is None:
            self._show(GO_BACK, words, possible=False)
        else:
            near = "" if moment.epoch == epoch else f" The nearest moment that was kept is epoch {moment.epoch:,}."
            self._show(GO_BACK, words + near)

    def _show(self, verb: str, words: str, *, possible: bool = True) -> None:
        self.button.setText(verb)
        self.button.setToolTip(wrapped(ABOUT[verb]))
        self.button.setEnabled(possible)
        self.words.setText(words)

    def _complain(self, sentence: str) -> None:
        self.words.setText(sentence)

    def _accept(self) -> None:
        """Take what stands in the field, if anything can be done with it by now."""
        if self.field.property("invalid"):
            return
        self._judge()
        epoch = self._wanted()
        if epoch is not None and self.button.isEnabled():
            signal = self.run_wanted if self.button.text() == RUN else self.travel_wanted
            self.close()
            signal.emit(epoch)
