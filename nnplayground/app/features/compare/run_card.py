"""One run as a card: its name, what its network answers, how far it came, and what can be done with it."""

from __future__ import annotations

from operator import is_

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.samples.small_map import small_map
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SMALL, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import cost_unit
from nnplayground.training.observe.maps import Maps
from nnplayground.training.observe.pinning import PinnedRun
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.parts import Part
from nnplayground.training.run.prepare import Prepared

SIDE, LARGEST_SIDE = 108, 240  # pixels of the picture
SWATCH = QSize(14, 12)
MANY = 8  # the colours of classes for more than two
LONGEST_NAME = 40

ACTIONS = {
    "use": ("Use these &settings", "Change the experiment to the settings of this run; undo takes them back."),
    "start": (
        "Start from these &weights",
        "Change the experiment to the settings of this run and begin with its weights; undo takes it back.",
    ),
    "remove": ("&Let go", "Take this run off the table; its curve goes with it."),
}


class RunCard(QWidget):
    """Shows a pinned run, or with `number` 0 the present one.

    `renamed(number, name)`, `shown_changed(number, is_shown)` and `wished(number, what)` with `what` from `ACTIONS`
    tell what somebody wants.
    """

    renamed = Signal(int, str)
    shown_changed = Signal(int, bool)
    wished = Signal(int, str)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._theme = number, LIGHT
        self._title = ""  # the name of the run, whatever is being typed
        self._color: int | None = None
        self._target = 0
        self._maps: Maps | None = None
        self._data: Prepared | None = None
        self._drawn: tuple[object, ...] = ()  # what the card on the screen was drawn for
        self._side = 0
        self._build()
        self.set_side(SIDE)

    def show_run(self, run: PinnedRun) -> None:
        """Show a pinned run."""
        self._color = run.color
        self._title = run.name
        if self.name.text() != run.name and not self.name.hasFocus():
            self.name.setText(run.name)
            self.name.setCursorPosition(0)
        self.name.setAccessibleName(f"Name of {one_line(run.name)}")
        self._more.setAccessibleName(f"What can be done with {one_line(run.name)}")
        self._shown.setChecked(not run.is_hidden)
        self._show_moment(run.snapshot, run.maps)

    def show_present(self, snapshot: Snapshot, maps: Maps | None) -> None:
        """Show the run that is training."""
        self._show_moment(snapshot, maps)

    def show_target(self, place: int) -> None:
        """Show the answers for one of several targets."""
        self._target = place
        self._draw()

    def set_side(self, side: int) -> None:
        """Make the picture so many pixels high and wide, within limits."""
        side = min(max(side, SIDE), LARGEST_SIDE)
        if side != self._side:
            self._side, self._drawn = side, ()
            self.picture.setFixedSize(side, side)
            self.setFixedWidth(side)
            self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme, self._drawn = theme, ()
        self.caption.setFont(tabular(scaled(self.font(), SMALL)))
        self.caption.setStyleSheet(f"color: {theme.muted};")
        self.name.setFont(scaled(self.font(), SMALL, bold=True))
        self.name.setStyleSheet(
            f"QLineEdit {{ border: none; background: transparent; padding: 0; color: {theme.text}; }}"
            f"QLineEdit:focus {{ border-bottom: 1px solid {theme.accent}; }}"
        )
        self._draw()

    def _build(self) -> None:
        self.setObjectName(f"run_card_{self._number}")
        self.name, self.picture, self.caption = QLineEdit("Now", self), PlainLabel(self), PlainLabel(self)
        self.name.setObjectName(f"run_name_{self._number}")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMinimumHeight(HIT_AREA)
        self.picture.setObjectName(f"run_picture_{self._number}")
        self.picture.setAccessibleName("What the network of this run answers")
        self.caption.setObjectName(f"run_caption_{self._number}")
        self._shown = self._make_shown()
        self._more = self._make_more()
        head = QHBoxLayout()
        head.setSpacing(0)
        for part in (self._shown, self.name, self._more):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.picture)
        column.addWidget(self.caption)
        column.addStretch(1)
        if self._number == 0:
            self._become_present()

    def _become_present(self) -> None:
        """Be the run that is training, which has neither a name of its own nor a curve to hide."""
        self._shown.hide()
        self._more.hide()
        self.name.setReadOnly(True)
        self.name.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name.setAccessibleName("The run that is training")

    def _make_shown(self) -> QToolButton:
        """Return the swatch that shows and hides the curve."""
        button = QToolButton(self)
        button.setObjectName(f"run_shown_{self._number}")
        button.setAccessibleName("Show the curve of this run")
        button.setToolTip(
            wrapped("The colour of its curve. Click to hide the curve in the cost plot, or show it again.")
        )
        button.setCheckable(True)
        button.setChecked(True)
        button.setAutoRaise(True)
        button.setFixedSize(HIT_AREA, HIT_AREA)
        button.setIconSize(SWATCH)
        button.toggled.connect(self._shown_toggled)
        self.name.editingFinished.connect(self._name_edited)
        return button

    def _make_more(self) -> QToolButton:
        """Return the button with everything else that can be done."""
        button = QToolButton(self)
        button.setObjectName(f"run_more_{self._number}")
        button.setText("⋯")
        button.setStyleSheet("QToolButton { padding: 0; } QToolButton::menu-indicator { image: none; }")
        button.setToolTip("What can be done with this run")
        button.setAutoRaise(True)
        button.setFixedSize(HIT_AREA, HIT_AREA)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for name, (text, help_text) in ACTIONS.items():
            action = menu.addAction(text)
            action.setData(name)
            action.setObjectName(f"run_{name}_{self._number}")
            action.setToolTip(wrapped(help_text))
        menu.triggered.connect(self._chosen)
        button.setMenu(menu)
        return button

    def _show_moment(self, snapshot: Snapshot, maps: Maps | None) -> None:
        self._maps, self._data = maps, snapshot.data
        part: Part = "train" if snapshot.test.cost is None else "test"
        cost, unit = snapshot.measured.of(part).cost, cost_unit(snapshot.data.scaled_targets)
        self.caption.setText(f"{part} {number_text(cost)}" if cost is not None else "")
        self.caption.setToolTip(wrapped(f"The {part} cost{unit} at epoch {snapshot.epoch:,}."))
        self._draw()

    def _draw(self) -> None:
        """Draw picture and swatch, if they are others than those on the screen."""
        drawn = (self._maps, self._data, self._color, self._shown.isChecked(), self._theme, self._target)
        if len(self._drawn) == len(drawn) and all(map(is_, drawn, self._drawn)):
            return
        self._drawn = drawn
        if self._maps is not None and self._data is not None:
            picture = small_map(self._maps, self._data, self._theme, side=self._side, target=self._target)
            self.picture.setPixmap(picture)
        if self._color is not None:
            self._shown.setIcon(_swatch(self._theme.class_color(self._color, MANY), filled=self._shown.isChecked()))

    def _shown_toggled(self, shown: bool) -> None:
        self._draw()
        self.shown_changed.emit(self._number, shown)

    def _name_edited(self) -> None:
        """Call the run by what was typed, seen from its beginning; without a name it keeps the old one."""
        self._title = self.name.text().strip() or self._title
        self.name.setText(self._title)
        self.name.setCursorPosition(0)
        self.renamed.emit(self._number, self._title)

    def _chosen(self, action: object) -> None:
        data = getattr(action, "data", None)
        self.wished.emit(self._number, str(data()) if data is not None else "")


def _swatch(color: QColor, *, filled: bool) -> QPixmap:
    """Return a piece of the curve's colour, or its outline while the curve is hidden."""
    picture = QPixmap(SWATCH * 2)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(color)
    if filled:
        painter.setBrush(color)
    painter.drawRoundedRect(1, 3, SWATCH.width() - 2, SWATCH.height() - 6, 2, 2)
    painter.end()
    return picture
