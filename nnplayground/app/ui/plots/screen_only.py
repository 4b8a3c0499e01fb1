"""What is there for the hand and the pointer, and is left out of pictures for other places."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsItem

SCREEN_ONLY = 1
"""Under this number an item notes that it is only there for the screen."""


def only_on_screen(*items: QGraphicsItem) -> None:
    """Leave these items out of pictures that are saved or copied."""
    for item in items:
        item.setData(SCREEN_ONLY, True)


def is_only_on_screen(item: QGraphicsItem) -> bool:
    """Tell whether an item is left out of pictures."""
    return bool(QGraphicsItem.data(item, SCREEN_ONLY))  # pyqtgraph's items of points keep these in their `data`
