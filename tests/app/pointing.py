"""Where to click in the network editor."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from nnplayground.app.features.network.view import NetworkView


def slot_position(view: NetworkView, layer: int, row: int) -> QPoint:
    """Return where slot `row` of hidden layer `layer` is, both counted from 0, in the viewport of the canvas."""
    layout = view.canvas.network.layout
    assert layout is not None
    return view.canvas.mapFromScene(*layout.slot(layer + 1, row).middle)


def insert_position(view: NetworkView, place: int) -> QPoint:
    """Return where the button is that inserts hidden layer `place`, in the viewport of the canvas."""
    layout = view.canvas.network.layout
    assert layout is not None
    return view.canvas.mapFromScene(*layout.inserts[place].middle)
