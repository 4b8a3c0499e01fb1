"""The gradients of the layers over the epochs, below one sentence on what there is to see or to read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.app.features.inside.explanations import OVER_TIME
from nnplayground.app.features.inside.gradient_plot import GradientPlot
from nnplayground.app.features.inside.sentence import Sentence
from nnplayground.app.text.figures import number
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import SMALL, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.explain.gradient_trend import trend_finding
from nnplayground.explain.layer_names import LayerName
from nnplayground.explain.words import layer_word

SENTENCE_LINES = 2


class GradientsPart(QWidget):
    """Title, sentence and plot; while the pointer is on the plot the sentence reads it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._norms: Floats = np.empty((0, 0))
        self._layers: tuple[LayerName, ...] = ()
        self._epoch: int | None = None
        self._title = PlainLabel(OVER_TIME.name, self)
        self._title.setToolTip(wrapped(OVER_TIME.help))
        self.sentence = Sentence("inside_gradient_sentence", OVER_TIME.help, self, lines=SENTENCE_LINES)
        self.plot = GradientPlot(self)
        self.plot.setObjectName("inside_gradient_plot")
        self.plot.setAccessibleName("Length of the gradient of each layer by epoch")
        self._pacer = Pacer(self._write, self)
        self.plot.pointed.connect(self._pointed)
        self.plot.left_plot.connect(self._pointer_left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, stretch in ((self._title, 0), (self.sentence, 0), (self.plot, 1)):
            layout.addWidget(part, stretch)
        self.use_font(self.font())

    def show_norms(self, norms: Floats, layers: Sequence[LayerName], *, later: Floats | None) -> None:
        """Draw the lengths of the gradients `[layers, epochs + 1]`; the sentence follows at a pace that can be read."""
        self._norms, self._layers = norms, tuple(layers)
        self.plot.show_norms(norms, tuple(map(layer_word, layers)), later=later)
        self._pacer.ask()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self.plot.set_theme(theme)
        self.sentence.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        self._title.setFont(scaled(font, SMALL, bold=True))
        self.sentence.use_font(tabular(scaled(font, SMALL)))

    def _pointed(self, epoch: int) -> None:
        self._epoch = epoch
        self._pacer.ask()

    def _pointer_left(self) -> None:
        self._epoch = None
        self._pacer.ask()

    def _write(self) -> None:
        """Write what is under the pointer, or else what there is to see."""
        if self._epoch is not None and self._epoch < self._norms.shape[1]:
            self.sentence.show_text(self._reading(self._epoch))
        else:
            self.sentence.show_finding(trend_finding(self._norms, self._layers))

    def _reading(self, epoch: int) -> str:
        """Return the lengths at an epoch."""
        lengths = self._norms[:, epoch].tolist()
        each = [f"{layer_word(layer)} {number(length)}" for layer, length in zip(self._layers, lengths, strict=True)]
        return f"epoch {epoch:,}: {', '.join(each)}"
