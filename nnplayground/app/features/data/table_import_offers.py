"""Ticks for what can be mended in a table with one click."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.data.table_offers import Offer
from nnplayground.explain.words import words_of


class OfferList(QWidget):
    """Shows offers; `taken(offer, is_taken)` follows a tick that was set or taken away."""

    taken = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()
        self.boxes: list[QCheckBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[0])

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Show these offers, with a tick at those that are taken."""
        self._offers = offers
        while len(self.boxes) < len(offers):
            self.boxes.append(self._box(len(self.boxes)))
        for box, offer in zip(self.boxes, offers, strict=False):
            text = words_of(offer.text)
            box.setText(text.replace("&", "&&"))
            box.setAccessibleName(text)
            box.setToolTip(wrapped(words_of(offer.help)))
            box.setChecked(offer.is_taken)
        for place, box in enumerate(self.boxes):
            box.setVisible(place < len(offers))
        self.setVisible(bool(offers))

    def _box(self, place: int) -> QCheckBox:
        box = QCheckBox(self)
        box.setObjectName(f"import_offer_{place}")
        box.clicked.connect(self._tell)
        self._column.addWidget(box)
        return box

    def _tell(self, is_taken: bool) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self.taken.emit(self._offers[self.boxes.index(box)], is_taken)
