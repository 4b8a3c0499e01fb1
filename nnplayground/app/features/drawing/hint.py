"""What stands on an empty plane: what to do, and the offer to begin with the points of before."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.theme import HIT_AREA, RADIUS, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.data.samples import Samples
from nnplayground.project.drawing import MOST_DRAWN

EMPTY = "Click to place points, drag to spray.\nLearning begins with the second class."
EMPTY_VALUES = "Click to place points, drag to spray.\nThe slider above sets their value."
ONE_CLASS = "Now another class"
WIDEST = 260


class Hint(QObject):
    """A sentence over the plot that lets the pointer through, and below it a button that does not.

    `taken` follows a click on the button, which offers points to begin with.
    """

    taken = Signal()

    def __init__(self, plot: QWidget, frame: PlotFrame) -> None:
        super().__init__(plot)
        self._plot, self._frame = plot, frame
        self.label = PlainLabel(plot)
        self.label.setObjectName("drawing_hint")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setWordWrap(True)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.button = QPushButton(plot)
        self.button.setObjectName("take_points")
        self.button.setToolTip(
            wrapped("Begin with the points that were on show before, and draw on. Undo takes that back.")
        )
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.taken)
        self.label.hide()
        self.button.hide()
        frame.resized.connect(self._place)

    def show_text(self, text: str, offer: str = "") -> None:
        """Show a sentence, and an offer where there is one; without text both are hidden."""
        if (text, offer) == (self.label.text(), self.button.text()):
            return
        self.label.setText(text)
        self.button.setText(offer)
        self.button.setAccessibleName(offer)
        self.label.setVisible(bool(text))
        self.button.setVisible(bool(text and offer))
        self._place()

    def set_theme(self, theme: Theme) -> None:
        """Recolour the sentence."""
        self.label.setStyleSheet(
            f"color: {theme.text}; background: {theme.panel}; border: 1px solid {theme.border}; "
            f"border-radius: {RADIUS}px; padding: 6px 10px;"
        )

    def _place(self) -> None:
        """Lie in the upper part of the plane, the button under the sentence; a small plane is covered by both."""
        area = self._frame.box.sceneBoundingRect()
        width = min(WIDEST, self._plot.width() - 2 * SPACE[1])
        height = self.label.heightForWidth(width)
        middle, top = int(area.center().x()), int(area.top() + max(SPACE[3], area.height() / 10.0))
        self.label.setGeometry(middle - width // 2, top, width, height)
        size = self.button.sizeHint()
        self.button.setGeometry(
            middle - size.width() // 2, top + height + SPACE[1], size.width(), max(size.height(), HIT_AREA)
        )
        for part in (self.label, self.button):
            part.raise_()


def offer_words(samples: Samples | None) -> str:
    """Return what the button offers: the points of before, or as many of them as can be drawn."""
    if samples is None:
        return ""
    count = len(samples.targets)
    several = f"the {count:,}" if count <= MOST_DRAWN else f"{MOST_DRAWN:,} of the {count:,}"
    return f"Begin with {several} points of before"
