"""One layer: its matrix W[out, in] with the biases, and in words how its neurons fare."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnplayground.app.features.inspector.cells import Look
from nnplayground.app.features.inspector.matrix_table import MatrixTable
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.page import Page, head_button
from nnplayground.app.features.inspector.sentences import Line, Sentences
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.features.inspector.words import (
    activation_words,
    count,
    layer_state,
    percent,
    shape_words,
    size_words,
)
from nnplayground.app.text.titles import ACTIVATIONS
from nnplayground.app.ui.tooltips import wrapped

COPY_HELP = "Copy the selected block, or the whole matrix with its biases, in full precision."
PASTE_HELP = (
    "Paste numbers from a spreadsheet or from NumPy over the selected block, or over the whole matrix with or without "
    "its biases. Undo takes it back."
)


class LayerPage(Page):
    """Shows the selected layer."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__("inspector_layer", wishes, parent)
        self.sentences = Sentences("inspector_layer_words", "The layer in words", self)
        self.table = MatrixTable(wishes, self)
        self.row.addWidget(self.sentences, 1)
        self.row.addWidget(self.table, 3)
        self.copy = head_button("inspector_copy", "Copy…", f"{COPY_HELP} (Ctrl+C in the table)", self)
        self.copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.copy.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the dots say it
        self.copy.setMenu(self._copy_menu())
        self.paste = head_button("inspector_paste", "Paste", f"{PASTE_HELP} (Ctrl+V in the table)", self)
        self.paste.clicked.connect(self.table.paste)
        self.controls = [self.copy, self.paste]

    def title(self, moment: Moment) -> str:
        """Return the layer, its size and its activation."""
        names, layer = moment.names, moment.layer
        size = count(moment.matrix.shape[0], names.thing(layer))
        return f"{names.layer(layer)} · {size} · {ACTIVATIONS[moment.activation].name}"

    def show_moment(self, moment: Moment) -> None:
        """Show matrix and words."""
        self.moment = moment
        self.table.show_moment(moment)
        self.sentences.show_lines(lines_of(moment))

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        self.sentences.set_theme(look.theme)
        self.table.set_look(look)

    def _copy_menu(self) -> QMenu:
        """Return the forms in which the matrix can be copied."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for text, help_text, act in (
            ("For a &spreadsheet", "Rows of numbers parted by tabs.", self.table.copy),
            ("As &NumPy", "np.array([…]), to go on with in Python.", self.table.copy_numpy),
            ("As &CSV", "Parted by commas, with the names of neurons and inputs.", self.table.copy_csv),
        ):
            menu.addAction(text, act).setToolTip(wrapped(help_text))
        return menu


def lines_of(moment: Moment) -> list[Line]:
    """Return what is said of a layer."""
    names, layer, kind = moment.names, moment.layer, moment.kind
    out, columns = moment.matrix.shape
    thing, found = names.thing(layer), moment.inspection
    lines: list[Line] = [(shape_words(out, columns - 1, thing=thing), False)]
    if kind.window:
        pixels = f"{kind.window} × {kind.window} pixels of each channel"
        lines.append((f"Every row is one filter: its inputs are {pixels}, and it moves over the whole picture.", False))
    if names.below(layer, 0) is None:
        lines.append(("The columns count channel · row · column.", False))
    if found is not None:
        warns = bool(found.dead.any())
        lines += [(text, warns and not place) for place, text in enumerate(_state(moment))]
    lines.append((size_words(moment.matrix), False))
    lines += [(text, False) for text in _switches(moment)]
    return [*lines, (activation_words(moment.activation), False)]


def _state(moment: Moment) -> list[str]:
    """Return how many neurons still learn."""
    found = moment.inspection
    if found is None:
        return []
    return layer_state(found, activation=moment.activation, thing=moment.names.thing(moment.layer))


def _switches(moment: Moment) -> list[str]:
    """Return what is off, frozen and dropped."""
    kind, texts = moment.kind, []
    if kind.off:
        texts.append(f"{count(len(kind.off), 'neuron')} {'is' if len(kind.off) == 1 else 'are'} switched off.")
    frozen = sum(place.layer == moment.layer for place in moment.frozen)
    if frozen:
        texts.append(f"{count(frozen, 'number')} {'is' if frozen == 1 else 'are'} frozen.")
    above = moment.names.places[moment.layer] + 1
    layers = moment.snapshot.architecture.layers
    dropped = layers[above].dropped if above < len(layers) else 0.0
    if dropped:
        texts.append(f"Dropout {percent(dropped)}: every batch does without so many of its values.")
    return texts
