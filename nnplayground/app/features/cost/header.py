"""The row above the plots: which measure is on show, what cost it is, and the scale of its axis."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QToolButton, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import HIT_AREA, LARGE, NORMAL, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped

LOG_HELP = "Give every power of ten the same height, so that small costs can be told apart."
COST_HELP = "How wrong the network is, after every epoch: the lower the better."
SCALED_HELP = (
    "Targets that are far from the size of 1 are scaled for training, and the cost is that of the scaled targets. "
    "Answers, R² and all errors in the measures are in the units of the data."
)
SCORE_HELP = "How much it gets right after every epoch: the share of right classes, or for numbers R², where 1 is best."

WITH_WORD = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
SLIM_PADDING = 8  # pixels beside the text of a slim button, with its border


class CostHeader(QWidget):
    """Emits `scores_chosen(bool)` as the user switches between cost and score, `log_chosen(bool)` for the axis."""

    scores_chosen = Signal(bool)
    log_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_wide = False
        self._worded: list[QToolButton] = []
        self._names: tuple[Title | None, str, str] = (None, "", "")
        self.title = PlainLabel(self)
        self._choices = QButtonGroup(self)
        self.cost = self._choice("show_cost", "Cost", COST_HELP)
        self.score = self._choice("show_score", "Accuracy", SCORE_HELP)
        self.cost.setChecked(True)
        self._choices.idToggled.connect(self._chosen)
        self.cost_name = ElidedLabel(self)
        self.cost_name.setObjectName("cost_name")
        self.log = QCheckBox("Log scale", self)
        self.log.setObjectName("cost_log_scale")
        self.log.setAccessibleName("Logarithmic cost axis")
        self.log.setToolTip(wrapped(LOG_HELP))
        self.log.toggled.connect(self.log_chosen)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[0])
        for control in (self.title, self.cost, self.score):
            self._row.addWidget(control)
        self._row.addWidget(self.cost_name, 1)
        self._row.addWidget(self.log)
        self.show_wide(wide=False)

    @property
    def shows_scores(self) -> bool:
        """Whether the score was chosen."""
        return self.score.isChecked()

    def choose_scores(self, *, wanted: bool) -> None:
        """Choose the score, or the cost."""
        (self.score if wanted else self.cost).setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the texts."""
        self.title.setFont(scaled(self.font(), LARGE, bold=True))
        for button in (self.cost, self.score):
            button.setFont(scaled(self.font(), NORMAL, bold=True))
        self._keep_readable()
        self.cost_name.setStyleSheet(f"color: {theme.muted};")
        self.cost_name.setFont(tabular(scaled(self.font(), SMALL)))

    def show_names(self, cost: Title | None, score: str, unit: str = "") -> None:
        """Name the cost and the score of the data, or nothing; `unit` says of which targets it is where scaled."""
        if (cost, score, unit) == self._names:
            return
        self._names = cost, score, unit
        self.cost_name.set_whole_text(cost.name + unit if cost else "", cost.brief if cost else "")
        self.cost_name.setToolTip(wrapped(SCALED_HELP if unit else ""))
        self.score.setText("R²" if score.endswith("(R²)") else score)
        self.score.setAccessibleName(score)
        self._keep_readable()
        self.title.setText(f"Cost and {score[0].lower() + score[1:]}")
        self.cost.setToolTip(wrapped(f"{cost.name}{unit}. {COST_HELP}" if cost else COST_HELP))

    def show_wide(self, *, wide: bool) -> None:
        """Let both have a place beside each other, or one be chosen."""
        self._is_wide = wide
        self.title.setVisible(wide)
        for button in (self.cost, self.score):
            button.setVisible(not wide)
        self.log.setText("Log scale" if wide else "Log")
        self._enable_log()

    def add_control(self, control: QWidget) -> None:
        """Put a control of somebody else before the choice of the scale."""
        self._row.insertWidget(self._row.indexOf(self.log), control)
        if isinstance(control, QToolButton) and control.toolButtonStyle() == WITH_WORD:
            self._worded.append(control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the icons alone where there is no room for all words; Qt would cut each in its middle."""
        super().resizeEvent(event)
        fixed = self.log.sizeHint().width() + sum(one.minimumWidth() for one in (self.cost, self.score))
        words = sum(
            one.fontMetrics().horizontalAdvance(one.text()) + one.iconSize().width() + 3 * SLIM_PADDING
            for one in self._worded
        )
        has_room = self.width() >= fixed + words + SPACE[0] * self._row.count()
        for button in self._worded:
            button.setToolButtonStyle(WITH_WORD if has_room else Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _choice(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setProperty("slim", True)
        button.setCheckable(True)
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setToolTip(wrapped(tip))
        self._choices.addButton(button)
        return button

    def _chosen(self, _which: int, is_chosen: bool) -> None:
        """Tell once of each change."""
        if is_chosen:
            self._enable_log()
            self.scores_chosen.emit(self.shows_scores)

    def _keep_readable(self) -> None:
        """Keep room for the names of the measures; everything beside them has an icon, or can give way."""
        for button in (self.cost, self.score):
            words = button.fontMetrics().horizontalAdvance(button.text())
            button.setMinimumWidth(max(HIT_AREA, words + 2 * SLIM_PADDING))

    def _enable_log(self) -> None:
        """Only a cost has a logarithmic axis."""
        self.log.setEnabled(self._is_wide or not self.shows_scores)
