"""All generated data sets at once: a small window below the card "More…", for mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from nnplayground.app.features.data.cards import SourceCard, make_gallery_cards
from nnplayground.app.features.data.data_card import DataCard
from nnplayground.app.features.data.thumbnails import TilesThumbnail
from nnplayground.app.text.titles import Title
from nnplayground.app.ui import popups
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SMALL, SPACE, Theme, scaled
from nnplayground.data.datasets import WITH_CLASSES
from nnplayground.project.model import GeneratedSource, Source

COLUMNS = 5
GROUPS = {"Classes to tell apart": True, "Numbers to predict": False}
MORE = Title("More…", "All the data sets that the program can make, of classes and of numbers to predict.")
CARD_WIDTH = 76
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ROW_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Gallery(QFrame):
    """A popup with a card for every generated set; `chosen(card)` follows a choice, after which it is closed.

    Arrows and Tab go from card to card, Enter and Space choose, Escape closes.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("gallery")
        self.setAccessibleName("Generated data sets")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # so a click on "More…" closes it for good
        self.cards = make_gallery_cards(self)
        self.rows: list[list[SourceCard]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE[1], SPACE[1], SPACE[1], SPACE[1])
        self._grid.setSpacing(SPACE[0])
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        for title, has_classes in GROUPS.items():
            self._add_group(title, [card for card in self.cards if (card.key in WITH_CLASSES) == has_classes])

    def _add_group(self, title: str, cards: list[SourceCard]) -> None:
        """Put cards below a heading, row by row."""
        heading = PlainLabel(title, self)
        heading.setProperty("muted", True)
        heading.setFont(scaled(heading.font(), SMALL))
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, COLUMNS)
        top = self._grid.rowCount()
        for place, card in enumerate(cards):
            card.setMinimumWidth(max(CARD_WIDTH, card.minimumWidth()))
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            card.installEventFilter(self)
            card.chosen.connect(self._choose)
            self._grid.addWidget(card, top + place // COLUMNS, place % COLUMNS)
        self.rows += [cards[start : start + COLUMNS] for start in range(0, len(cards), COLUMNS)]

    def show_source(self, source: Source) -> SourceCard | None:
        """Show which set is in use and return its card, `None` where it is no generated set."""
        for card in self.cards:
            card.setChecked(card.names(source))
        return next((card for card in self.cards if card.isChecked()), None)

    def open_below(self, widget: QWidget) -> None:
        """Open below a widget, moved as far as it takes to stay on the screen; the set in use has the focus."""
        popups.open_below(self, widget)
        used = next((card for card in self.cards if card.isChecked()), self.cards[0])
        used.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Draw the window and its cards in other colours."""
        self.setStyleSheet(
            f"QFrame#gallery {{ background: {theme.window}; border: 1px solid {theme.border}; }}"
            f'QToolButton[card="true"]:focus {{ border: 2px solid {theme.text}; padding: 3px 0 1px 0; }}'
        )
        for card in self.cards:
            card.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the keys that move and choose; Qt by itself would go through the cards one by one."""
        if isinstance(watched, SourceCard) and isinstance(event, QKeyEvent):
            wanted = event.key() in (*STEPS, *ROW_STEPS, *PRESSING)
            if wanted and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if wanted and event.type() == QEvent.Type.KeyPress:
                self._press(watched, Qt.Key(event.key()))
                return True
        return False

    def _press(self, card: SourceCard, key: Qt.Key) -> None:
        """Choose the card, or go to the next one in a direction, where there is one."""
        if key in PRESSING:
            card.click()
            return
        target = self._in_row(card, ROW_STEPS[key]) if key in ROW_STEPS else self._beside(card, STEPS[key])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _beside(self, card: SourceCard, step: int) -> SourceCard | None:
        """Return the card so many places on, `None` at the ends."""
        place = self.cards.index(card) + step
        return self.cards[place] if 0 <= place < len(self.cards) else None

    def _in_row(self, card: SourceCard, step: int) -> SourceCard | None:
        """Return the card above or below, the last one of a row that is too short, `None` at the ends."""
        row = next(number for number, cards in enumerate(self.rows) if card in cards)
        if not 0 <= row + step < len(self.rows):
            return None
        cards = self.rows[row + step]
        return cards[min(self.rows[row].index(card), len(cards) - 1)]

    def _choose(self, card: SourceCard) -> None:
        self.close()
        self.chosen.emit(card)


class MoreCard(DataCard):
    """A card that opens the gallery; while a set without a card of its own is in use it is checked and shows that.

    `chosen(card)` follows a choice in the gallery.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("more", MORE, TilesThumbnail(), parent)
        self._gallery: Gallery | None = None
        self._source: Source | None = None
        self.clicked.connect(self._open)

    @property
    def gallery(self) -> Gallery:
        """The gallery; it is made when somebody first wants to see it or one of its cards."""
        if self._gallery is None:
            self._gallery = Gallery(self)
            self._gallery.chosen.connect(self.chosen)
            if self._source is not None:
                self._gallery.show_source(self._source)
            if self._theme is not None:
                self._gallery.set_theme(self._theme)
        return self._gallery

    def nextCheckState(self) -> None:
        """A click chooses nothing yet; the card is shown as chosen once its data are."""

    def show_source(self, source: Source, *, has_card: bool) -> None:
        """Show the set of a source unless a card of its own does; this is no news to anybody."""
        self._source, shown = source, None
        if isinstance(source, GeneratedSource) and not has_card:
            shown = self.gallery.show_source(source)
        elif self._gallery is not None:
            self._gallery.show_source(source)
        self.setChecked(shown is not None)
        if shown is None:
            self.show_data(MORE, TilesThumbnail())
        else:
            about = f"{shown.title.help}\n{MORE.help}"
            self.show_data(Title(shown.title.brief, about), shown.thumbnail)
            self.setAccessibleName(f"{shown.title.name}, {MORE.name}")

    def set_theme(self, theme: Theme) -> None:
        """Draw the thumbnail and those of the gallery in the colours of a theme."""
        super().set_theme(theme)
        if self._gallery is not None:
            self._gallery.set_theme(theme)

    def _open(self) -> None:
        self.gallery.open_below(self)
