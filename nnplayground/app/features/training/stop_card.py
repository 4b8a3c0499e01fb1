"""A card that says why training has stopped by itself, and offers what can be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.ui.icons import icon, icon_picture
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped

ICON_SIDE = 18
MOST_BESIDE = 2  # buttons for which there is room beside the facts
OFFERS = ("go_on", "restart", "slower", "new_weights", "restore")


@dataclass(frozen=True)
class Offer:
    """One button: the words on it and what it does."""

    text: str
    help: str


@dataclass(frozen=True)
class Notice:
    """What the card says; `offers` has a button for some of `OFFERS`. A failure is marked as one."""

    title: str
    sentence: str
    facts: str
    offers: Mapping[str, Offer]
    is_failure: bool = False


class StopCard(QFrame):
    """Stands in a layout of its own, so that it covers nothing; `chosen(name)` follows a click on one of the offers.

    It never takes the keyboard by itself. When it goes while one of its buttons has the keyboard, the window gets it.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stop_card")
        self._theme, self._is_failure = LIGHT, False
        self._sign = PlainLabel(self)
        self.title, self.sentence, self.facts = (
            self._label(name) for name in ("stop_title", "stop_sentence", "stop_facts")
        )
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(bold)
        self.facts.setFont(scaled(self.font(), SMALL))
        self.facts.setProperty("muted", True)
        self.buttons = {name: self._button(name) for name in OFFERS}
        self._close = self._closer()
        self._lay_out()
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Say why training has stopped."""
        self._is_failure = notice.is_failure
        for label, text in ((self.title, notice.title), (self.sentence, notice.sentence), (self.facts, notice.facts)):
            label.setText(text)
            label.setVisible(bool(text))
        for name, button in self.buttons.items():
            offer = notice.offers.get(name)
            button.setVisible(offer is not None)
            if offer is not None:
                button.setText(offer.text)
                button.setToolTip(wrapped(offer.help))
        is_crowded = len(notice.offers) > MOST_BESIDE
        self._foot.setDirection(QBoxLayout.Direction.TopToBottom if is_crowded else QBoxLayout.Direction.LeftToRight)
        self.setAccessibleName(f"{notice.title}. {notice.sentence} {notice.facts}")
        self._mark()
        self.show()

    def dismiss(self) -> None:
        """Go away."""
        has_keyboard = any(child.hasFocus() for child in self.findChildren(QWidget))
        self.hide()
        if has_keyboard:
            self.window().setFocus()

    def move_to(self, parent: QWidget) -> None:
        """Stand below what another widget shows, which has its content in a column."""
        is_shown, column = not self.isHidden(), parent.layout()
        if column is not None:
            column.addWidget(self)
        self.setVisible(is_shown)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._close.setIcon(icon("close", theme.muted))
        self._mark()

    def _mark(self) -> None:
        """Show by sign and border whether it went wrong."""
        color = self._theme.error if self._is_failure else self._theme.accent
        name = "error" if self._is_failure else "info"
        self._sign.setPixmap(icon_picture(name, color, ICON_SIDE, self.devicePixelRatioF()))
        if self.property("failure") != self._is_failure:
            self.setProperty("failure", self._is_failure)
            self.style().unpolish(self)
            self.style().polish(self)

    def _label(self, name: str) -> QLabel:
        label = PlainLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        return label

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"stop_{name}")
        button.setMinimumHeight(HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space goes on to play
        button.clicked.connect(partial(self._choose, name))
        return button

    def _closer(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("close_stop_card")
        button.setProperty("slim", True)
        button.setAccessibleName("Close the card")
        button.setToolTip("Close the card")
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.dismiss)
        return button

    def _choose(self, name: str, *_checked: bool) -> None:
        self.chosen.emit(name)

    def _lay_out(self) -> None:
        head, row = QHBoxLayout(), QHBoxLayout()
        self._foot = foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(SPACE[1])
        head.addWidget(self._sign)
        head.addWidget(self.title, 1)
        head.addWidget(self._close)
        row.setSpacing(SPACE[1])
        row.addStretch(1)
        for button in self.buttons.values():
            row.addWidget(button)
        foot.setSpacing(SPACE[0])
        foot.addWidget(self.facts, 1)
        foot.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[0], SPACE[0], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addLayout(foot)
        foot.setContentsMargins(0, 0, SPACE[0], 0)
