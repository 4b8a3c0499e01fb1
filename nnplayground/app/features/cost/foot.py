"""The row below the plots: what is under the pointer or where in time one stands, and the ways back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import HIT_AREA, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.training_spec import TrainingSpec

NOW_HELP = "Show the newest moment again; nothing is lost by having looked back."
USE_HELP = "Train on from here with the settings with which this moment was trained."
FOLLOW_HELP = "Move along with the newest epoch, at the width of now."
ALL_HELP = "Show all epochs again; a double click on the plot does the same."


class CostFoot(QWidget):
    """Emits what its buttons stand for; each is there only while it does something.

    One that goes while it has the focus tells so first: Qt would give it to whatever comes next.
    """

    now_wanted = Signal()
    use_wanted = Signal(object)
    follow_wanted = Signal(bool)
    all_wanted = Signal()
    focus_given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._then: TrainingSpec | None = None
        self.text = ElidedLabel(self)
        self.text.setObjectName("cost_read_out")
        self.use = self._button("use_settings_of_then", "Use these settings", USE_HELP)
        self.now = self._button("back_to_now", "Back to now", NOW_HELP)
        self.follow = self._button("cost_follow", "Follow", FOLLOW_HELP)
        self.follow.setCheckable(True)
        self.all = self._button("cost_show_all", "All", ALL_HELP)
        self.all.setAccessibleName("Show all epochs")
        self.now.clicked.connect(self.now_wanted)
        self.use.clicked.connect(self._use)
        self.follow.toggled.connect(self.follow_wanted)
        self.all.clicked.connect(self.all_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[0])
        self._row.addWidget(self.text, 1)
        for button in (self.use, self.now, self.follow, self.all):
            button.hide()
            self._row.addWidget(button)
        self.setFixedHeight(HIT_AREA)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the text."""
        self.text.setStyleSheet(f"color: {theme.muted};")
        for part in (self.text, self.use, self.now, self.follow, self.all):
            part.setFont(tabular(scaled(self.font(), SMALL)))

    def show_zoom(self, *, shows_all: bool, follows: bool) -> None:
        """Offer to follow and to show all while only a part is in view."""
        if self.follow.isChecked() != follows:
            self.follow.setChecked(follows)
        for button in (self.follow, self.all):
            self._show(button, visible=not shows_all)

    def show_standing(self, *, is_back: bool, then: TrainingSpec | None, words: str = "") -> None:
        """Offer the ways back while one has gone back in time."""
        if then is not self._then and then is not None:
            self.use.setToolTip(wrapped(f"{USE_HELP}\n{words}"))
        self._then = then
        self._show(self.now, visible=is_back)
        self._show(self.use, visible=then is not None)

    def add_control(self, control: QWidget) -> None:
        """Put a control of somebody else at the end, beside the scrubber."""
        self._row.addWidget(control)

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setProperty("chip", True)
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setToolTip(wrapped(tip))
        return button

    def _show(self, button: QToolButton, *, visible: bool) -> None:
        if visible == button.isHidden():
            if button.hasFocus():
                self.focus_given_up.emit()
            button.setVisible(visible)

    def _use(self) -> None:
        if self._then is not None:
            self.use_wanted.emit(self._then)
