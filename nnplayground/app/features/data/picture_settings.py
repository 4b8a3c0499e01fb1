"""How the pictures of a folder are brought to one size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.limits import help_of, rule_of
from nnplayground.project.model import ImagesSource


class PictureSettings(QWidget):
    """Shows side and colour; `chosen(source, text)` carries another choice and the words for undo."""

    chosen = Signal(object, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ImagesSource()
        self.side = NumberField(rule_of(ImagesSource, "side"), "Side of the pictures", parent=self)
        self.side.setObjectName("picture_side")
        self.colour = QCheckBox("Colour", self)
        self.colour.setObjectName("picture_colour")
        self.colour.setToolTip(wrapped(help_of(ImagesSource, "colour")))
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(SPACE[1])
        self.form.setVerticalSpacing(SPACE[0])
        self.form.addRow("Side, pixels", self.side)
        self.form.addRow(PlainLabel(self), self.colour)
        self.side.entered.connect(self._change_side)
        self.side.refused.connect(self.refused)
        self.colour.clicked.connect(self._change_colour)

    def show_source(self, source: ImagesSource) -> None:
        """Show the settings of a folder; this is no news to anybody."""
        self._source = source
        self.side.show_value(source.side)
        self.colour.setChecked(source.colour)

    def _change_side(self, side: int) -> None:
        self._change(f"Scale the pictures to {side} pixels", side=side)

    def _change_colour(self, colour: bool) -> None:
        self._change("Use the colours of the pictures" if colour else "Use the pictures in grey", colour=colour)

    def _change(self, text: str, **changes: Any) -> None:
        self._source = replace(self._source, **changes)
        self.chosen.emit(self._source, text)
