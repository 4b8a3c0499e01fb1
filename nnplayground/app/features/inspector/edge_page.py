"""One weight: where it leads, its number, its last gradient, and what the next step would do to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QToolButton, QWidget

from nnplayground.app.features.inspector.cells import Look, exact
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.page import Page
from nnplayground.app.features.inspector.sentences import Sentences
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.features.inspector.words import gradient_words, step_words
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel, menu_text
from nnplayground.app.ui.theme import HIT_AREA
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.parameter_index import VALUE, ParameterIndex, Selection

STEP = 0.1
FIRST_GESTURE = 1_000_000
"""The gestures of the inspector are counted from here, as those of the network editor from 1."""

LOCK_HELP = "A frozen weight stays as it is: training leaves it alone, and Restart starts with this number."
LEFT = Qt.AlignmentFlag.AlignLeft


class WeightField(NumberField):
    """Steps by 0.1; all steps as long as the field has the focus are one gesture, what is typed is one of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(VALUE, "Weight", parent=parent)
        self.setObjectName("inspector_weight")
        self.gesture = 0
        self._gestures = FIRST_GESTURE

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin another gesture."""
        self._gestures += 1
        super().focusInEvent(event)

    def step(self, *, up: bool) -> None:
        """Go one step up or down."""
        value = round(float(self._typed() or 0.0) + (STEP if up else -STEP), 12)
        if self.rule.accepts(value):
            self.value = value
            self._write()
            self.gesture = self._gestures
            self.entered.emit(value)
            self.gesture = 0


class EdgePage(Page):
    """Shows the selected weight."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__("inspector_edge", wishes, parent)
        self.source, self.target = self._link("inspector_source"), self._link("inspector_target")
        self.field = WeightField(self)
        self.field.setMinimumHeight(HIT_AREA)
        self.field.setFixedWidth(200)
        self.frozen = QCheckBox("Frozen", self)
        self.frozen.setObjectName("inspector_frozen")
        self.frozen.setToolTip(wrapped(LOCK_HELP))
        self.frozen.setMinimumHeight(HIT_AREA)
        self.sentences = Sentences("inspector_edge_words", "The weight in words", self)
        self.row.addWidget(self._form())
        self.row.addWidget(self.sentences, 1)
        self.field.entered.connect(self._set)
        self.field.refused.connect(wishes.refused)
        self.frozen.clicked.connect(self._lock)
        self.source.clicked.connect(self._show_source)
        self.target.clicked.connect(self._show_target)

    def title(self, moment: Moment) -> str:
        """Return from where to where the weight leads."""
        text = moment.names.weight(place_of(moment))
        return text[0].upper() + text[1:]

    def show_moment(self, moment: Moment) -> None:
        """Show the number and the words."""
        self.moment = moment
        place, names = place_of(moment), moment.names
        value, gradient = moment.value(place), moment.snapshot.gradient_at(place)
        is_frozen = place in moment.frozen
        self.field.show_value(value)
        self.frozen.setChecked(is_frozen)
        source = names.source(place.layer, place.source or 0)
        before = names.below(place.layer, place.source or 0)
        self.source.setText(menu_text(source))
        self.source.setEnabled(before is not None)
        self.source.setToolTip(wrapped(f"Show {source}"))
        self.target.setText(menu_text(names.unit(place.layer, place.unit)))
        self.target.setToolTip(wrapped(f"Show {names.unit(place.layer, place.unit)}"))
        step = step_words(value, gradient, moment.project.training, frozen=is_frozen)
        last = gradient_words(gradient, frozen=is_frozen)
        self.sentences.show_lines([(text, False) for text in (last, step, f"In full precision: {exact(value)}")])

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        self.sentences.set_theme(look.theme)

    def _form(self) -> QWidget:
        """Return the labelled controls."""
        form = QWidget(self)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setLabelAlignment(LEFT)
        ends, number = QHBoxLayout(), QHBoxLayout()
        for widget in (self.source, PlainLabel("→", form), self.target):
            ends.addWidget(widget)
        ends.addStretch(1)
        number.addWidget(self.field)
        number.addWidget(self.frozen)
        number.addStretch(1)
        rows.addRow("Leads from", ends)
        rows.addRow("Weight", number)
        return form

    def _link(self, name: str) -> QToolButton:
        """Return a button that names a neuron and shows it."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("chip", True)
        button.setMinimumHeight(HIT_AREA)
        return button

    def _set(self, value: float) -> None:
        if self.moment is not None:
            self.wishes.set_number(self.moment, place_of(self.moment), float(value), self.field.gesture)

    def _lock(self, is_wanted: bool) -> None:
        if self.moment is not None:
            self.wishes.lock(self.moment, [place_of(self.moment)], is_wanted)

    def _show_source(self) -> None:
        place = place_of(self.moment) if self.moment else None
        before = self.moment.names.below(place.layer, place.source or 0) if self.moment and place else None
        if before is not None:
            self.wishes.selection_asked.emit(before)

    def _show_target(self) -> None:
        if self.moment is not None:
            place = place_of(self.moment)
            self.wishes.selection_asked.emit(Selection(place.layer, place.unit))


def place_of(moment: Moment) -> ParameterIndex:
    """Return the weight that is selected."""
    selection = moment.selection
    return ParameterIndex(selection.layer, selection.unit or 0, selection.source)
