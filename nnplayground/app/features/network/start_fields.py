"""The numbers with which first weights or biases are drawn: only those that the chosen way reads."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE
from nnplayground.engine.initializers import INITIALIZERS
from nnplayground.project.limits import rule_of
from nnplayground.project.model import BiasInitializerSpec, InitializerSpec

SETTINGS = {"low": "from", "high": "to", "std": "spread", "value": "value"}
NUMBER_WIDTH = 52
StartSpec: TypeAlias = InitializerSpec | BiasInitializerSpec


class StartFields(QWidget):
    """Shows the numbers of a spec; `edited(spec)` and `refused(sentence)` follow what the user did."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: StartSpec, title: str, prefix: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown, self._title = spec, title
        self.is_needed = False
        self.labels = {name: PlainLabel(word, self) for name, word in SETTINGS.items()}
        self.fields = {name: self._field(name, prefix) for name in SETTINGS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        for name, field in self.fields.items():
            row.addWidget(self.labels[name])
            row.addWidget(field)
        self.show_value(spec)

    def show_value(self, spec: StartSpec) -> None:
        """Show the numbers of a spec; this is no news to anybody."""
        self._shown = spec
        used = INITIALIZERS[spec.name].settings
        for name, field in self.fields.items():
            field.show_value(getattr(spec, name))
            for widget in (self.labels[name], field):
                widget.setVisible(name in used)
        self.is_needed = bool(used)

    def _field(self, name: str, prefix: str) -> NumberField:
        field = NumberField(rule_of(type(self._shown), name), f"{self._title}: {SETTINGS[name]}", parent=self)
        field.setObjectName(f"{prefix}_{name}")
        field.setFixedWidth(NUMBER_WIDTH)
        field.refused.connect(self.refused)
        field.entered.connect(partial(self._change, name))
        return field

    def _change(self, name: str, value: float) -> None:
        old = self._shown
        low, high = (value if name == side else getattr(old, side) for side in ("low", "high"))
        if low > high:
            self.refused.emit(
                f"{self._title} from {low:g} to {high:g} is no range; the first number must not be larger."
            )
            self.fields[name].show_value(getattr(old, name))
            return
        changes: dict[str, Any] = {name: value}
        self._shown = replace(old, **changes)
        self.edited.emit(self._shown)
