"""How many samples train and how many are kept for the test, in words, and the button that draws the split anew."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplayground.app.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.widgets.icons import icon
from nnplayground.app.widgets.plain_text import PlainLabel
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.project.model import MAX_SEED, Project

ABOUT = "Draw the split anew: other samples are kept for the test. The weights stay."
NO_TEST = "No sample is kept for the test, so there is no split to draw; make the test part larger."
ICON = QSize(18, 18)


def counts_in_words(train: int, test: int) -> str:
    """Return how many samples train and test, with their shares."""
    if not test:
        return f"All {train:,} train (100 %),\nnone kept for the test"
    shares = [f"{round(100 * part / (train + test))} %" if part else "" for part in (train, test)]
    shares = ["under 1 %" if share == "0 %" else share for share in shares]
    shares = ["over 99 %" if share == "100 %" else share for share in shares]
    return f"{train:,} train ({shares[0]}),\n{test:,} kept for the test ({shares[1]})"


def next_split(project: Project) -> int:
    """Return the seed of the split after the one that a project uses."""
    seed = project.seed if project.data.split_seed is None else project.data.split_seed
    return (seed + 1) % (MAX_SEED + 1)


class SplitRow(QWidget):
    """The counts in words beside the button; `drawn_anew` follows a click on it."""

    drawn_anew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("split")
        self.counts = PlainLabel("\n", self)
        self.counts.setObjectName("data_counts")
        self.counts.setProperty("muted", True)
        self.counts.setWordWrap(True)
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QToolButton(self)
        self.button.setObjectName("draw_split")
        self.button.setAccessibleName("Draw the split anew")
        self.button.setToolTip(wrapped(ABOUT))
        self.button.setIconSize(ICON)
        self.button.setMinimumSize(HIT_AREA, HIT_AREA)
        self.button.clicked.connect(self.drawn_anew)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(self.counts, 1)
        row.addWidget(self.button)

    def show_fraction(self, test_fraction: float) -> None:
        """Allow to draw a split where there is one; this is no news to anybody."""
        self.button.setEnabled(test_fraction > 0.0)
        self.button.setToolTip(wrapped(ABOUT if test_fraction > 0.0 else NO_TEST))

    def show_counts(self, train: int, test: int) -> None:
        """Say how many samples each part has."""
        self.button.show()
        self.counts.setText(counts_in_words(train, test))

    def clear(self) -> None:
        """Say nothing of data that could not be had."""
        self.counts.setText("")
        self.button.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in other colours."""
        self.button.setIcon(icon("dice", theme.text))
