"""The curves beside that of the run: pale the ones that were left behind, thin and coloured those of pinned runs.

They do not grow, so they are drawn anew only when they change or the axes move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

from nnplayground.app.features.cost.measure import COST, PARTS, Measure
from nnplayground.app.features.cost.traces import TEST_DASHES, VALIDATION_DASHES, Line, added
from nnplayground.app.ui.plots.end_labels import EndLabel, room_for_labels
from nnplayground.app.ui.plots.frame import thin_pen
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.training.run.history import Curve
from nnplayground.training.time_travel.history_record import Branch

PALE = 0.45
MANY = 8
"""As many class colours as there are; with two, a theme would take the ends of its scale of values."""


@dataclass(eq=False)
class Ghost:
    """One curve beside, its lines of the train, the validation and the test part, and whose it is."""

    source: Curve | PinnedCurve
    lines: tuple[Line, Line, Line]
    label: EndLabel | None = None


class Ghosts:
    """Keeps the curves beside in a view box; `version` changes whenever they do."""

    def __init__(self, box: Any, scene: Any) -> None:
        self._box, self._scene = box, scene
        self._theme, self._font = LIGHT, QFont()
        self.left: list[Ghost] = []
        self.pinned: list[Ghost] = []
        self.version = 0

    @property
    def lines(self) -> list[Line]:
        """All lines."""
        return [line for ghost in (*self.left, *self.pinned) for line in ghost.lines]

    @property
    def last(self) -> int:
        """The last epoch that any of them reaches."""
        return max((len(line.values) for line in self.lines), default=1) - 1

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Recolour everything."""
        self._theme, self._font = theme, font
        for ghost in (*self.left, *self.pinned):
            self._color(ghost)

    def show_left(self, branches: Sequence[Branch], measure: Measure) -> None:
        """Show the curves that were left, each from where it was left on."""
        known = {id(ghost.source): ghost for ghost in self.left}
        before = [(ghost.source, ghost.lines[0].start) for ghost in self.left]
        if before == [(branch.curve, branch.start) for branch in branches]:
            return
        kept = []
        for branch in branches:
            ghost = known.pop(id(branch.curve), None) or self._made(branch.curve, measure.values(branch.curve)[:PARTS])
            for line in ghost.lines:
                line.start = branch.start
            kept.append(ghost)
        self._remove(list(known.values()))
        self.left = kept
        self.version += 1

    def show_pinned(self, curves: Sequence[PinnedCurve], measure: Measure) -> None:
        """Show pinned runs, whole."""
        self._remove(self.pinned)
        self.pinned = []
        for curve in curves:
            costs, scores = (
                (curve.train, curve.validation, curve.test),
                (curve.train_score, curve.validation_score, curve.test_score),
            )
            values = costs if measure is COST else scores
            self.pinned.append(self._made(curve, values))
        self.version += 1

    def forget(self) -> None:
        """Take what was left behind away: what is shown now is measured in another way."""
        self._remove(self.left)
        self.left = []
        self.version += 1

    def draw(self, path: Callable[[Line], QPainterPath]) -> None:
        """Draw all lines."""
        for line in self.lines:
            line.item.setPath(path(line) if line.is_shown else QPainterPath())

    def _made(self, source: Curve | PinnedCurve, values: Sequence[Floats]) -> Ghost:
        lines = Line(added(self._box, 2)), Line(added(self._box, 1.5)), Line(added(self._box, 1))
        for line, numbers in zip(lines, values, strict=True):
            line.follow(numbers)
        ghost = Ghost(source, lines, EndLabel(self._scene) if isinstance(source, PinnedCurve) else None)
        self._color(ghost)
        return ghost

    def _color(self, ghost: Ghost) -> None:
        theme, source = self._theme, ghost.source
        colors = [theme.accent, theme.text, theme.muted]
        if isinstance(source, PinnedCurve):
            colors = [theme.class_color(source.color, MANY).name()] * PARTS
        for line, color, dashes in zip(ghost.lines, colors, (None, VALIDATION_DASHES, TEST_DASHES), strict=True):
            line.item.setPen(thin_pen(color, dashes=dashes))
            line.item.setOpacity(PALE if ghost.label is None else 1.0)
        if isinstance(source, PinnedCurve) and ghost.label is not None:
            ghost.label.set_look(colors[0], self._font)
            metrics, room = QFontMetricsF(self._font), room_for_labels(self._font)
            ghost.label.show_text(metrics.elidedText(source.name, Qt.TextElideMode.ElideRight, room - 12.0))

    def _remove(self, ghosts: Sequence[Ghost]) -> None:
        for ghost in ghosts:
            for line in ghost.lines:
                self._box.removeItem(line.item)
            if ghost.label is not None:
                self._scene.removeItem(ghost.label.item)
