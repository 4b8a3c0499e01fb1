"""How many samples each part has, in words, and the button that draws the split anew."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.model import MAX_SEED, DataSpec, Project, TableSource

ABOUT = "Draw the split anew: other samples are held out. The weights stay."
NO_TEST = "No sample is held out, so there is no split to draw; make the test or the validation part larger."
ICON = QSize(18, 18)


def counts_in_words(train: int, test: int, validation: int = 0) -> str:
    """Return how many samples train, test and validate, with their shares."""
    if not test and not validation:
        return f"All {train:,} train (100 %),\nnone kept for the test"
    whole = train + test + validation
    lines = [f"{train:,} train ({_share(train, whole)})"]
    lines += [f"{validation:,} validate ({_share(validation, whole)})"] if validation else []
    lines += [f"{test:,} kept for the test ({_share(test, whole)})" if test else "none kept for the test"]
    return ",\n".join(lines)


def _share(part: int, whole: int) -> str:
    """Return the share of a part that is neither nothing nor all."""
    share = f"{round(100 * part / whole)} %"
    return {"0 %": "under 1 %", "100 %": "over 99 %"}.get(share, share)


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
        self._is_given = False
        self._unused = ""
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

    def show_split(self, data: DataSpec) -> None:
        """Allow to draw a split where there is one to draw; emits nothing."""
        self._is_given = data.split == "given"
        path = data.source.test_path if isinstance(data.source, TableSource) and not self._is_given else ""
        self._unused = f"\n{one_line(PurePath(path).name)} is not used: split at random" if path else ""
        can_draw = data.test_fraction > 0.0 or data.validation_fraction > 0.0
        self.button.setEnabled(can_draw)
        self.button.setToolTip(wrapped(ABOUT if can_draw else NO_TEST))
        self.button.setVisible(not self._is_given)

    def show_counts(self, train: int, test: int, validation: int = 0) -> None:
        """Say how many samples each part has."""
        self.button.setVisible(not self._is_given)
        self.counts.setText(counts_in_words(train, test, validation) + self._unused)

    def clear(self) -> None:
        """Say nothing of data that could not be had."""
        self.counts.setText("")
        self.button.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in other colours."""
        self.button.setIcon(icon("dice", theme.text))
