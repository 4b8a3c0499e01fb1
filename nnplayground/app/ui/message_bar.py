"""One place in which the window says what happened, without stopping anybody from working."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from nnplayground.app.ui.icons import icon, icon_picture
from nnplayground.app.ui.plain_text import PlainLabel, readable
from nnplayground.app.ui.theme import LIGHT, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped

INFO_MILLISECONDS = 7000
ICON_SIDE = 18
LEAST_HEIGHT, LEAST_WIDTH = 40, 200
LONGEST = 100_000  # pixels: so wide that every text is one line
FOLLOWED = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}
LONGEST_MESSAGE = 1_000  # characters
SIGNS = {"info": "info", "busy": "info", "warning": "warning", "error": "error"}


class MessageBar(QFrame):
    """Lies over the foot of its parent, where there is nothing to operate; `kind` is one of `SIGNS`.

    It stands on the widget that `stand_on` names, if that is on show, and a short text leaves free what `spare` asks
    for at the left.

    Information goes away by itself. What went wrong ("warning", "error") stays until it is closed or something else is
    said, and what is under way ("busy") until its outcome is. `cancelled()` follows where the user ends that.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._theme, self._kind = LIGHT, "info"
        self._is_dismissed = False  # the words on the work under way were closed by hand
        self._ground: QWidget | None = None
        self._spared: Callable[[], int] = int
        self._sign = PlainLabel(self)
        self._label = PlainLabel(self)
        self._label.setObjectName("message")
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._answer: Callable[[], object] | None = None  # what the button at the end does
        self._offer = QPushButton(self)
        self._offer.setObjectName("message_offer")
        self._offer.clicked.connect(self._take_offer)
        self._offer.hide()
        self._close = self._button("close_message", "Close the message", "Close the message")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self._dismiss)
        self._cancel = self._button(
            "cancel_work", "Cancel what is under way", "End the reading of the file; nothing changes."
        )
        self._cancel.setText("Cancel")
        self._cancel.clicked.connect(self.cancelled)
        self._cancel.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[2], SPACE[1], SPACE[1], SPACE[1])
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)
        row.addWidget(self._offer)
        row.addWidget(self._cancel)
        row.addWidget(self._close)
        parent.installEventFilter(self)
        self.hide()

    def _button(self, name: str, words: str, about: str) -> QToolButton:
        """Return a button at the end of the line."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(wrapped(about))
        return button

    @property
    def text(self) -> str:
        """What is said, or was said last."""
        return self._label.text()

    @property
    def kind(self) -> str:
        """How serious it is."""
        return self._kind

    def show_work(self, text: str) -> None:
        """Say how far a work is that can be cancelled."""
        if self._is_dismissed or (text == self.text and not self._cancel.isHidden()):
            return
        self.show_message(text, "busy")
        self._cancel.show()
        self.place()

    def _dismiss(self) -> None:
        """Close what is said; of a work under way no more is said until its outcome."""
        self._is_dismissed = not self._cancel.isHidden()
        self._cancel.hide()
        self.hide()

    def end_work(self) -> None:
        """Take back what was said of a work that could be cancelled."""
        self._is_dismissed = False
        if not self._cancel.isHidden():
            self._cancel.hide()
            self.hide()

    def show_message(self, text: str, kind: str = "info") -> None:
        """Say something."""
        self._cancel.hide()
        self._offer.hide()
        self._answer = None
        self._say(text, kind)

    def show_offer(self, text: str, words: str, answer: Callable[[], object]) -> None:
        """Say what went wrong, with a button of these words that mends it."""
        self._cancel.hide()
        self._answer = answer
        self._offer.setText(words)
        self._offer.setAccessibleName(words)
        self._offer.setToolTip(wrapped(words))
        self._offer.show()
        self._say(text, "error")

    def _take_offer(self) -> None:
        """Do what the button says."""
        answer = self._answer
        self.hide()
        if answer is not None:
            answer()

    def _say(self, text: str, kind: str) -> None:
        self._kind, self._is_dismissed = kind, False
        text = readable(text, LONGEST_MESSAGE)
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._show_sign()
        self.show()
        self.raise_()
        self.place()
        if kind == "info":
            self._timer.start(INFO_MILLISECONDS)
        else:
            self._timer.stop()

    def withdraw(self, text: str | None = None) -> None:
        """Take back what went wrong, or only this text; anything else may stay until it goes by itself."""
        said = None if text is None else readable(text, LONGEST_MESSAGE)
        if self._kind in ("warning", "error") and said in (None, self.text):
            self.hide()

    def withdraw_answered(self) -> None:
        """Take back what went wrong, as somebody has gone on meanwhile."""
        self.withdraw()

    def clear(self) -> None:
        """Take back all that was said, but not what is still under way."""
        if self._kind != "busy":
            self.hide()

    def move_to(self, parent: QWidget) -> None:
        """Lie over another widget from now on; what is said stays on show."""
        is_shown, before = not self.isHidden(), self.parentWidget()
        if before is not None:
            before.removeEventFilter(self)
        self.setParent(parent)
        parent.installEventFilter(self)
        self.setVisible(is_shown)
        self.raise_()
        self.place()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._close.setIcon(icon("close", theme.muted))
        self._show_sign()

    def stand_on(self, ground: QWidget) -> None:
        """Lie above this widget while it is on show at the foot of the same parent."""
        self._ground = ground
        ground.installEventFilter(self)

    def spare(self, pixels: Callable[[], int]) -> None:
        """Leave so many pixels at the left free where the text needs no more than two lines beside them."""
        self._spared = pixels

    def place(self) -> None:
        """Lie over the foot of the parent, as high as the text needs."""
        parent = self.parentWidget()
        if parent is None or not self.isVisible():
            return
        left = self._spared()
        if self._height(parent.width() - left) > self._height(LONGEST) + self._label.fontMetrics().lineSpacing():
            left = 0
        width, height = max(LEAST_WIDTH, parent.width() - left - 2 * SPACE[2]), self._height(parent.width() - left)
        self.setGeometry(left + SPACE[2], self._foot(parent) - height - SPACE[2], width, height)

    def _height(self, room: int) -> int:
        """Return how high it is where there is room for this width and the space on both sides."""
        beside = self._sign.sizeHint().width() + self._close.sizeHint().width() + 3 * SPACE[2]
        for button in (self._offer, self._cancel):
            if not button.isHidden():
                beside += button.sizeHint().width() + SPACE[2]
        width = max(LEAST_WIDTH, room - 2 * SPACE[2])
        return max(LEAST_HEIGHT, self._label.heightForWidth(width - beside) + 2 * SPACE[2])

    def _foot(self, parent: QWidget) -> int:
        ground = self._ground
        return ground.y() if ground and ground.isVisible() and ground.parentWidget() is parent else parent.height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the parent and the place of what it stands on."""
        if event.type() in FOLLOWED:
            self.place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks from what lies below."""
        event.accept()

    def _show_sign(self) -> None:
        color = {"error": self._theme.error, "warning": self._theme.warning}.get(self._kind, self._theme.accent)
        self._sign.setPixmap(icon_picture(SIGNS[self._kind], color, ICON_SIDE, self.devicePixelRatioF()))
