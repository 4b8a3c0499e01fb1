"""The features of a point of the plane that the network sees, as a row of chips."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from nnplayground.app.theme import HIT_AREA, SPACE
from nnplayground.app.titles import FEATURES
from nnplayground.app.widgets.tooltips import wrapped

CHIPS_IN_A_ROW = 4


class FeatureRow(QWidget):
    """One chip for each feature; `changed(names)` follows a click. At least one stays on."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("features")
        self.chips = {name: self._chip(name) for name in FEATURES}
        label = QLabel("Features", self)
        label.setToolTip(wrapped("What the network sees of a point. More features can make a hard pattern easy."))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, SPACE[0], 0, 0)
        grid.setSpacing(SPACE[0])
        grid.addWidget(label, 0, 0)
        for place, chip in enumerate(self.chips.values(), start=1):  # the label has the first place
            grid.addWidget(chip, place // CHIPS_IN_A_ROW, place % CHIPS_IN_A_ROW)
        for column in range(CHIPS_IN_A_ROW):
            grid.setColumnStretch(column, 1)

    def show_value(self, names: tuple[str, ...]) -> None:
        """Show which features are on; this is no news to anybody."""
        for name, chip in self.chips.items():
            chip.setChecked(name in names)
            last = names == (name,)
            chip.setToolTip(wrapped(FEATURES[name].help + (" The network needs at least one feature." if last else "")))

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"feature_{name}")
        chip.setText(FEATURES[name].name)
        chip.setAccessibleName(name)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setMinimumHeight(HIT_AREA)
        chip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chip.clicked.connect(self._tell)
        return chip

    def _tell(self) -> None:
        names = tuple(name for name, chip in self.chips.items() if chip.isChecked())
        if names:
            self.changed.emit(names)
            return
        sender = self.sender()
        if isinstance(sender, QToolButton):
            sender.setChecked(True)
