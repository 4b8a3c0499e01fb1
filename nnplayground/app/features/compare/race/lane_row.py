"""One lane: rank, name, boundary, how far it has come, cost and score, and the wish to train so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from nnplayground.app.features.compare.race.lines_plot import lane_pen
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.samples.small_map import small_map
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import cost_unit, words_of
from nnplayground.training.many.race import LaneStanding, Standings

PICTURE = 34
SAMPLE = (26, 12)
STEPS = 1000
RATIO = 2
WIDEST = ("6.", "Momentum x", "−1.72e99", "−1.72e99")
WAY = 84

DECIDES = "The cost that decides: that of the validation part, where there is one, else that of the test part."


class LaneRow(QWidget):
    """Shows the lane `place`; `used(place)` is the wish to train as it does."""

    used = Signal(int)

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._place, self._theme, self._target = place, LIGHT, 0
        self._standing: LaneStanding | None = None
        self._standings: Standings | None = None
        self.rank, self.line, self.picture, self.name = (PlainLabel(self) for _ in range(4))
        self.cost, self.score = PlainLabel(self), PlainLabel(self)
        self.state = ElidedLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(5)
        self.use = QPushButton("Use this", self)
        self.use.setMinimumHeight(HIT_AREA)
        self.use.clicked.connect(self._use)
        self._name_parts()
        self._lay_out()

    def show_lane(self, standings: Standings, name: str) -> None:
        """Show pictures and bar; the texts follow with `write`."""
        self._standings, self._standing = standings, standings.lanes[self._place]
        self.name.setText(name)
        self.use.setAccessibleName(f"Use {name}")
        self.bar.setValue(round(STEPS * self._standing.epoch / standings.epochs))
        self._draw()

    def show_target(self, place: int) -> None:
        """Show the answers for one of several targets."""
        self._target = place
        self._draw()

    def write(self) -> None:
        """Write the numbers; not more often than one can read."""
        standing = self._standing
        if standing is None or self._standings is None:
            return
        measures, unit = standing.decides, cost_unit(self._standings.data.scaled_targets)
        self.cost.setToolTip(wrapped(f"The cost{unit} that decides: that of the test part where there is one."))
        self.rank.setText("–" if standing.has_diverged else f"{standing.rank}.")
        self.cost.setText("–" if measures.cost is None else number_text(measures.cost))
        has_classes = bool(self._standings.data.rule.classes)
        self.score.setText(_score_text(measures.score, has_classes=has_classes))
        text, short, help_text = lane_state(standing, self._standings.epochs)
        self.state.set_whole_text(text, short)
        if help_text:
            self.state.setToolTip(wrapped(help_text))

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        small = tabular(scaled(self.font(), SMALL))
        for label in (self.cost, self.score, self.rank):
            label.setFont(tabular(self.font()))
        self.state.setFont(small)
        self.state.setStyleSheet(f"color: {theme.muted};")
        self.bar.setStyleSheet(
            f"QProgressBar {{ border: none; border-radius: 2px; background: {theme.border}; }}"
            f"QProgressBar::chunk {{ border-radius: 2px; background: {theme.accent}; }}"
        )
        self.line.setPixmap(_line_sample(self._place, theme))
        self._draw()

    def _name_parts(self) -> None:
        """Give every part a name and its words."""
        parts = {
            "rank": self.rank, "line": self.line, "picture": self.picture, "name": self.name, "cost": self.cost,
            "score": self.score, "state": self.state, "bar": self.bar, "use": self.use,
        }  # fmt: skip
        for name, part in parts.items():
            part.setObjectName(f"race_{name}_{self._place}")
        self.bar.setAccessibleName("Epochs of this lane")
        self.picture.setAccessibleName("What the network of this lane answers")
        self.rank.setToolTip(wrapped("The place in the race, by the cost; lanes that diverged have none."))
        self.cost.setToolTip(wrapped(DECIDES))
        self.score.setToolTip(wrapped("Accuracy, or R² where numbers are predicted, of the same part."))
        self.picture.setToolTip(wrapped("The decision boundary of this lane at this moment."))
        self.use.setToolTip(wrapped("Train your experiment as this lane is trained; undo takes it back."))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        for text_label, text in zip((self.rank, self.name, self.cost, self.score), WIDEST, strict=True):
            text_label.setFixedWidth(text_label.fontMetrics().horizontalAdvance(text) + SPACE[0])
        for number in (self.cost, self.score):
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFixedSize(*SAMPLE)
        self.picture.setFixedSize(PICTURE, PICTURE)
        way = QWidget(self)
        way.setMinimumWidth(WAY)
        from_to = QVBoxLayout(way)
        from_to.setContentsMargins(0, SPACE[0], 0, SPACE[0])
        from_to.setSpacing(SPACE[0])
        from_to.addWidget(self.bar)
        from_to.addWidget(self.state)
        for label in (self.rank, self.line, self.name, self.picture):
            row.addWidget(label)
        row.addWidget(way, 1)
        row.addWidget(self.cost)
        row.addWidget(self.score)
        row.addWidget(self.use)

    def _draw(self) -> None:
        """Draw what the network of the lane answers."""
        standing = self._standing
        if standing is None or self._standings is None:
            return
        self.picture.setVisible(standing.maps is not None)
        if standing.maps is not None:
            picture = small_map(standing.maps, self._standings.data, self._theme, side=PICTURE, target=self._target)
            self.picture.setPixmap(picture)

    def _use(self) -> None:
        self.used.emit(self._place)


def lane_state(standing: LaneStanding, epochs: int) -> tuple[str, str, str]:
    """Return how far a lane is, the same shorter, and the whole reason where it ended before the others."""
    stop, epoch = standing.stop, f"{standing.epoch:,}"
    if standing.has_diverged and stop is not None:
        return f"diverged in epoch {standing.epoch + 1:,}", "diverged", words_of(stop.message)
    if stop is not None and standing.epoch < epochs:
        return f"stopped at epoch {epoch}", f"stopped: {epoch}", words_of(stop.message)
    return f"epoch {epoch} of {epochs:,}", f"{epoch} of {epochs:,}", ""


def _line_sample(place: int, theme: Theme) -> QPixmap:
    """Return a piece of the line of a lane."""
    width, height = SAMPLE
    result = QPixmap(width * RATIO, height * RATIO)
    result.setDevicePixelRatio(RATIO)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    pen = lane_pen(place, theme)
    pen.setCosmetic(False)
    pen.setWidthF(2.0)
    if pen.dashPattern():
        pen.setDashPattern([length / 2.0 for length in pen.dashPattern()])  # they count in widths of the line
    painter.setPen(pen)
    painter.drawLine(0, height // 2, width, height // 2)
    painter.end()
    return result


def _score_text(score: float | None, *, has_classes: bool) -> str:
    if score is None:
        return "–"
    return f"{100 * score:.1f} %" if has_classes else number_text(score)
