"""The numbers of a named choice, such as an optimizer: one row each, shown only where the choice reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from nnplayground.app.text.titles import SETTINGS
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.project.limits import ONLY_FOR, rule_of


class SettingsRows(QObject):
    """Rows of a form for the fields of one spec that belong to some values of its `name` only.

    `edited(spec)` and `refused(sentence)` follow what the user did.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, kind: type, prefix: str, form: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._shown: Any = kind()
        self.fields: dict[str, NumberField] = {}
        self._readers: dict[str, Iterable[str]] = {}
        for entry in fields(kind):
            if readers := entry.metadata.get(ONLY_FOR):
                self._readers[entry.name] = readers
                self.fields[entry.name] = self._add(kind, prefix, entry.name, parent)

    def show_value(self, spec: Any) -> None:
        """Show the numbers of a spec; this is no news to anybody."""
        self._shown = spec
        for name, field in self.fields.items():
            field.show_value(getattr(spec, name))
            self._form.setRowVisible(field, spec.name in self._readers[name])

    def _add(self, kind: type, prefix: str, name: str, parent: QWidget) -> NumberField:
        field = NumberField(rule_of(kind, name), SETTINGS[name], geometric=True, parent=parent)
        field.setObjectName(f"{prefix}_{name}")
        field.entered.connect(partial(self._change, name))
        field.refused.connect(self.refused)
        self._form.addRow(SETTINGS[name], field)
        return field

    def _change(self, name: str, value: float) -> None:
        self._shown = replace(self._shown, **{name: value})
        self.edited.emit(self._shown)
