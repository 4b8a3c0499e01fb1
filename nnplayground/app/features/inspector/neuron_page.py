"""One neuron: the weights into it and away from it, its activation curve, and whether it still learns."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from nnplayground.app.features.inspector.cells import Look
from nnplayground.app.features.inspector.curve_plot import CurvePlot
from nnplayground.app.features.inspector.formulas import FORMULAS, MOST_TERMS, sum_formula
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.page import Page, head_button
from nnplayground.app.features.inspector.sentences import Line, Sentences
from nnplayground.app.features.inspector.weights_model import Weights
from nnplayground.app.features.inspector.weights_table import ComingIn, GoingOut
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.features.inspector.words import below_words, neuron_state, range_words
from nnplayground.app.text.names import BIAS
from nnplayground.app.text.titles import ACTIVATIONS
from nnplayground.explain.figures import number_text
from nnplayground.project.parameter_index import ParameterIndex, Selection

OFF_HELP = (
    "A neuron that is switched off answers 0 to everything, and nothing around it learns. Its weights are kept and "
    "work again as soon as it is switched on."
)
SORT_HELP = "Show the largest weights first. While the network trains the rows keep their places."


class NeuronPage(Page):
    """Shows the selected neuron or filter."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__("inspector_neuron", wishes, parent)
        self.sentences = Sentences("inspector_neuron_words", "The neuron in words", self)
        self.coming, self.going = ComingIn(wishes, self), GoingOut(wishes, self)
        self.curve = CurvePlot(self)
        self.row.addWidget(self.sentences, 2)
        self.row.addWidget(self.coming, 3)
        self.row.addWidget(self.going, 2)
        self.row.addWidget(self.curve, 2)
        self.by_size = head_button("inspector_by_size", "Largest first", SORT_HELP, self)
        self.by_size.setCheckable(True)
        self.by_size.toggled.connect(self.coming.model_of_rows.sort_by_size)
        self.by_size.toggled.connect(self.going.model_of_rows.sort_by_size)
        self.off = head_button("inspector_off", "Switch off", OFF_HELP, self)
        self.off.setCheckable(True)
        self.off.clicked.connect(self._switch)
        self.whole = head_button("inspector_whole_layer", "Whole layer", "Show all neurons of this layer.", self)
        self.whole.clicked.connect(self._show_layer)
        self.controls = [self.by_size, self.off, self.whole]

    def title(self, moment: Moment) -> str:
        """Return the name and the activation."""
        unit = moment.selection.unit or 0
        return f"{moment.names.title(moment.layer, unit)} · {ACTIVATIONS[moment.activation].name}"

    def show_moment(self, moment: Moment) -> None:
        """Show weights, words and curve."""
        self.moment = moment
        frozen, may_sort = frozenset(moment.frozen), not moment.snapshot.running
        self.coming.show_weights(moment, coming_in(moment), frozen, may_sort=may_sort)
        going = going_out(moment)
        self.going.setVisible(going is not None)
        if going is not None:
            self.going.show_weights(moment, going, frozen, may_sort=may_sort)
        self.off.setVisible(moment.kind.can_switch_units and moment.layer != moment.names.last)
        self.off.setChecked(moment.is_off)
        self.off.setText("Switched off" if moment.is_off else "Switch off")
        found = moment.inspection.range if moment.inspection else None
        self.curve.show_range(moment.activation, found)
        self.sentences.show_lines(lines_of(moment))

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        self.sentences.set_theme(look.theme)
        self.curve.set_theme(look.theme)
        for table in (self.coming, self.going):
            table.set_look(look)

    def _switch(self) -> None:
        """Ask to switch the neuron; the button shows what is so, not what was asked for."""
        if self.moment is not None:
            self.off.setChecked(self.moment.is_off)
            self.wishes.switch_requested.emit(self.moment.selection)

    def _show_layer(self) -> None:
        if self.moment is not None:
            self.wishes.selection_asked.emit(Selection(self.moment.layer))


def lines_of(moment: Moment) -> list[Line]:
    """Return what is said of a neuron."""
    unit, activation = moment.selection.unit or 0, moment.activation
    row, names = moment.matrix[unit], moment.names
    few = range(min(MOST_TERMS + 1, len(row) - 1))
    terms = [names.short_source(moment.layer, source) for source in few]
    formula = sum_formula(terms, row[:-1].tolist(), float(row[-1]))
    lines: list[Line] = []
    found = moment.inspection
    if found is not None:
        lines.append(neuron_state(found, unit, activation=activation, is_off=moment.is_off))
        if found.range is not None:
            symbol = "the lead over the other outputs" if activation == "softmax" else "z"
            lines.append((range_words(found.range, found.samples, symbol=symbol), False))
        lines.append((below_words(found), False))
    answer = answer_line(moment, unit)
    return [
        *lines,
        *([(answer, False)] if answer else []),
        (formula, False),
        (FORMULAS[activation], False),
        (ACTIVATIONS[activation].help, False),
    ]


def answer_line(moment: Moment, unit: int) -> str:
    """Return how the answer in the unit of the data follows from an output of a scaled target; "" for all others."""
    data = moment.snapshot.data
    if moment.layer != moment.names.last or not data.target_scaling.is_used:
        return ""
    name, shift, scale = (
        data.samples.target_names[unit],
        data.target_scaling.shift[unit],
        data.target_scaling.scale[unit],
    )
    sign = "+" if shift >= 0.0 else "−"
    return f"The target is scaled for training: {name} = {number_text(scale)} · a {sign} {number_text(abs(shift))}"


def coming_in(moment: Moment) -> Weights:
    """Return the weights into a neuron, its bias as the last row."""
    layer, unit, names = moment.layer, moment.selection.unit or 0, moment.names
    last = moment.matrix.shape[1] - 1

    def place(row: int) -> ParameterIndex:
        return ParameterIndex(layer, unit, None if row == last else row)

    def name(row: int) -> str:
        return BIAS if row == last else names.source(layer, row)

    gradients = None if moment.gradients is None else moment.gradients[unit]
    return Weights(("in", layer, unit, names), moment.matrix[unit], gradients, place, name)


def going_out(moment: Moment) -> Weights | None:
    """Return the weights away from the selected unit; `None` where they are not one for each neuron above."""
    leaving, unit, names = moment.leaving, moment.selection.unit or 0, moment.names
    if leaving is None:
        return None
    above = moment.layer + 1

    def place(row: int) -> ParameterIndex:
        return ParameterIndex(above, row, unit)

    return Weights(("out", above, unit, names), *leaving, place, partial(names.unit, above))
