"""The features of a point of the plane that the network sees, as chips with their maps, and the way to more."""

from __future__ import annotations

from operator import itemgetter

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nnplayground.app.features.data.feature_chip import FeatureChip, FormulaChip
from nnplayground.app.features.data.formula_popup import FormulaPopup
from nnplayground.app.text.titles import FEATURES, feature_title
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.data.samples import PLANE, Samples
from nnplayground.project.feature_list import MOST_FEATURES

ROWS = (("x1", "x2", "x1^2", "x2^2"), ("x1*x2", "sin(x1)", "sin(x2)"))
ABOUT = "What the network sees of a point. More features can make a hard pattern easy."
ADD = "Let the network see a formula of your own, such as x1**2 + sin(3*x2)."
FULL = f" There are {MOST_FEATURES} features, which is as many as there can be; leave one out first."


class FeatureRow(QWidget):
    """One chip for each feature; `changed(names, words for undo)` follows what the user did. At least one stays on.

    A formula that is clicked off keeps its chip, so that it can be clicked on again, until it is removed or another
    document is opened.
    """

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("features")
        self._names: tuple[str, ...] = ()
        self._waiting: dict[str, int] = {}  # formulas that are off, and their place among the formulas
        self._editing = ""
        self._theme = LIGHT
        self._bounds: Floats = np.array(PLANE)
        self._samples: Floats | None = None
        self.chips: dict[str, FeatureChip] = {name: FeatureChip(name, self) for name in FEATURES}
        self.add = self._add_button()
        self.popup = FormulaPopup(self)
        self.popup.accepted.connect(self._take_formula)
        self._formulas = QVBoxLayout()
        self._lay_out()
        for chip in self.chips.values():
            chip.clicked.connect(self._toggle)

    def show_value(self, names: tuple[str, ...]) -> None:
        """Show which features are on; this is no news to anybody."""
        self._names = names
        self._waiting = {name: place for name, place in self._waiting.items() if name not in names}
        formulas = [name for name in names if name not in FEATURES]
        for name, place in sorted(self._waiting.items(), key=itemgetter(1)):
            formulas.insert(place, name)
        self._show_formulas(formulas)
        for name, chip in self.chips.items():
            chip.setChecked(name in names)
            chip.explain(is_last=names == (name,))
        is_full = len(names) >= MOST_FEATURES
        self.add.setEnabled(not is_full)
        self.add.setToolTip(wrapped(ADD + (FULL if is_full else "")))

    def show_samples(self, samples: Samples) -> None:
        """Take the samples for which formulas must have a value, and draw the maps over their plane."""
        if len(samples.input_names) != len(PLANE):
            return
        self._samples = samples.inputs
        if not np.array_equal(self._bounds, samples.bounds):
            self._bounds = samples.bounds
            self._draw_maps()

    def forget(self) -> None:
        """Forget the formulas that are off; they belong to another document."""
        self._waiting.clear()
        self._samples = None
        self.show_value(self._names)

    def set_theme(self, theme: Theme) -> None:
        """Draw the maps in other colours."""
        self._theme = theme
        self.add.setIcon(icon("plus", theme.text))
        self.popup.set_theme(theme)
        self._draw_maps()

    def _draw_maps(self) -> None:
        for chip in self.chips.values():
            chip.draw_map(self._theme, self._bounds)

    def _add_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("add_formula")
        button.setText("Formula…")
        button.setAccessibleName("Add a formula as a feature")
        button.setProperty("slim", True)
        button.setMinimumHeight(HIT_AREA)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self._open_new)
        return button

    def _lay_out(self) -> None:
        label = PlainLabel("Features", self)
        label.setToolTip(wrapped(ABOUT))
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self.add)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE[0])
        rows.addLayout(head)
        for names in ROWS:
            row = QHBoxLayout()
            row.setSpacing(SPACE[0])
            for name in names:
                row.addWidget(self.chips[name])
            rows.addLayout(row)
        self._formulas.setSpacing(SPACE[0])
        rows.addLayout(self._formulas)

    def _show_formulas(self, names: list[str]) -> None:
        """Have a chip for each of these formulas, in this order, and for no other."""
        shown = [name for name in self.chips if name not in FEATURES]
        if shown == names:
            return
        for name in shown:
            self._formulas.removeWidget(self.chips[name])
            if name not in names:
                gone = self.chips[name]
                gone.hide()
                gone.deleteLater()
        kept = {name: self.chips[name] for name in names if name in self.chips}
        self.chips = {name: self.chips[name] for name in FEATURES}
        before: QWidget = next(reversed(self.chips.values()))
        for name in names:
            chip = kept.get(name) or self._formula_chip(name)
            self.chips[name] = chip
            self._formulas.addWidget(chip)
            chip.show()  # Qt by itself shows it a moment later, and Tab would pass it over until then
            QWidget.setTabOrder(before, chip)
            before = chip

    def _formula_chip(self, name: str) -> FormulaChip:
        chip = FormulaChip(name, self)
        chip.draw_map(self._theme, self._bounds)
        chip.clicked.connect(self._toggle)
        chip.change_wanted.connect(self._open_change)
        chip.removal_wanted.connect(self._remove)
        return chip

    def _toggle(self) -> None:
        chip = self.sender()
        if not isinstance(chip, FeatureChip):
            return
        name, is_on = chip.name, chip.isChecked()
        is_last, is_full = not is_on and self._names == (name,), is_on and len(self._names) >= MOST_FEATURES
        if is_last or is_full:
            chip.setChecked(not is_on)
            return
        if not is_on and name not in FEATURES:
            self._waiting[name] = [known for known in self.chips if known not in FEATURES].index(name)
        others = [known for known in self.chips if known in self._names and known != name]
        wanted = {*others, name} if is_on else set(others)
        self._ask([known for known in self.chips if known in wanted], f"{'Use' if is_on else 'Leave out'}", name)

    def _ask(self, names: list[str], what: str, name: str) -> None:
        self.changed.emit(tuple(names), f"{what} {feature_title(name)}")

    def _open_new(self) -> None:
        self._open("", self.add)

    def _open_change(self, name: str) -> None:
        self._open(name, self.chips[name])

    def _open(self, old: str, below: QWidget) -> None:
        self._editing = old
        self.popup.open_below(below, old=old, taken=self._names, samples=self._samples, bounds=self._bounds)

    def _take_formula(self, name: str) -> None:
        """Put a formula in the place of the one that was edited, or at the end."""
        old = self._editing
        self._waiting.pop(old, None)
        if old in self._names:
            self._ask([name if known == old else known for known in self._names], "Change a formula to", name)
        else:
            self._ask([*self._names, name], "Add the formula", name)

    def _remove(self, name: str) -> None:
        """Take a formula away; the last feature stays."""
        if name in self._waiting:
            del self._waiting[name]
            self.show_value(self._names)
        elif self._names != (name,):
            self._ask([known for known in self._names if known != name], "Remove the formula", name)
