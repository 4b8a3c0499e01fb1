"""All generated data sets at once: a small window below the card "More…", for mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from nnplayground.app.panels.cards import SourceCard, make_gallery_cards
from nnplayground.app.theme import SPACE, Theme
from nnplayground.app.titles import Title
from nnplayground.app.widgets.data_card import DataCard
from nnplayground.app.widgets.thumbnails import TilesThumbnail
from nnplayground.project.model import Source

COLUMNS = 4
MORE = Title("More…", "All the data sets that the program can make, of classes and of numbers to predict.")
CARD_WIDTH = 76
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}
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
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE[1], SPACE[1], SPACE[1], SPACE[1])
        grid.setSpacing(SPACE[0])
        for place, card in enumerate(self.cards):
            card.setMinimumWidth(max(CARD_WIDTH, card.minimumWidth()))
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            card.installEventFilter(self)
            card.chosen.connect(self._choose)
            grid.addWidget(card, place // COLUMNS, place % COLUMNS)

    def show_source(self, source: Source) -> SourceCard | None:
        """Show which set is in use and return its card, `None` where it is no generated set."""
        for card in self.cards:
            card.setChecked(card.names(source))
        return next((card for card in self.cards if card.isChecked()), None)

    def open_below(self, widget: QWidget) -> None:
        """Open below a widget, moved as far as it takes to stay on the screen; the set in use has the focus."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + SPACE[0]))
        room = widget.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
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
            wanted = event.key() in (*STEPS, *PRESSING)
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
        place = self.cards.index(card) + STEPS[key]
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, card: SourceCard) -> None:
        self.close()
        self.chosen.emit(card)


class MoreCard(DataCard):
    """A card that opens the gallery; while a set without a card of its own is in use it is checked and shows that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("more", MORE, TilesThumbnail(), parent)
        self._theme: Theme | None = None
        self.gallery = Gallery(self)
        self.clicked.connect(self._open)

    def nextCheckState(self) -> None:
        """A click chooses nothing yet; the card is shown as chosen once its data are."""

    def show_source(self, source: Source, *, has_card: bool) -> None:
        """Show the set of a source unless a card of its own does; this is no news to anybody."""
        card = self.gallery.show_source(source)
        shown = None if has_card else card
        self.setChecked(shown is not None)
        if shown is None:
            self.show_data(MORE, TilesThumbnail(), self._theme)
        else:
            about = f"{shown.title.help}\n{MORE.help}"
            self.show_data(Title(shown.title.name, about), shown.thumbnail, self._theme)
            self.setAccessibleName(f"{shown.title.name}, {MORE.name}")

    def set_theme(self, theme: Theme) -> None:
        """Draw the thumbnail and those of the gallery in the colours of a theme."""
        self._theme = theme
        super().set_theme(theme)
        self.gallery.set_theme(theme)

    def _open(self) -> None:
        self.gallery.open_below(self)
