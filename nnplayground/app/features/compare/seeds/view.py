"""The page of many seeds: what to find out on the left, the band beside it, and what it tells on the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.compare.folding import Folding
from nnplayground.app.features.compare.in_turn import InTurn
from nnplayground.app.features.compare.seeds.band_plot import BandPlot
from nnplayground.app.features.compare.seeds.controls import SeedsControls
from nnplayground.app.features.compare.seeds.strip_plot import StripPlot
from nnplayground.app.features.compare.seeds.words import (
    SHARE_HELP,
    criterion_text,
    named_help,
    ranked,
    seed_text,
    share_text,
    state_text,
)
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.read_outs import ElidedLabel, Pacer
from nnplayground.app.ui.theme import HIT_AREA, LARGE, LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.luck import luck_in
from nnplayground.explain.words import words_of
from nnplayground.project.model import Project
from nnplayground.training.many.seeds import Study, free
from nnplayground.training.observe.snapshot import Snapshot

EMPTY = (
    "Press Train: the experiment is trained from many seeds at once. The band of their curves shows how much of a "
    "result is luck."
)
IDLE = "Each dot is one seed at its final cost; click one to choose it."
NAMED = {"best": 0.0, "median": 0.5, "worst": 1.0}
SIDE_BY_SIDE = 720  # pixels; in a narrower dock the parts stand below each other
FORM_WIDTH, TELL_WIDTH = 284, 300
OTHER_SETTINGS = "Your experiment has other settings by now; train again to compare."


class SeedsPage(QWidget):
    """Shows a study. Wishes: `start_requested(SeedsWish)`, `cancel_requested()`, `seed_chosen(seed, what varied)`."""

    start_requested = Signal(object)
    cancel_requested = Signal()
    seed_chosen = Signal(int, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Many seeds")
        self._theme = LIGHT
        self._study: Study | None = None
        self._snapshot: Snapshot | None = None
        self._is_working = False
        self._place: int | None = None
        self._pointed: int | None = None
        self._make_parts()
        self._lay_out()
        self._in_turn = InTurn(self)
        self._texts = Pacer(self._write, self)
        self._seed_pacer = Pacer(self._write_seed, self)
        self._connect()
        self.set_theme(LIGHT)

    @property
    def study(self) -> Study | None:
        """What is shown."""
        return self._study

    def show_frame(self, snapshot: Snapshot) -> None:
        """Follow the run that is training, from which the wishes begin."""
        is_other = self._snapshot is None or self._snapshot.project != snapshot.project
        self._snapshot = snapshot
        self.controls.show_frame(snapshot)
        if self._study is None:
            self._empty.setText(EMPTY)
        elif is_other:
            self._texts.ask()

    def clear(self) -> None:
        """Say that there is no network any more; what was found out stays."""
        self._snapshot = None
        self.controls.clear()
        self._empty.setText(NO_NETWORK)

    def show_study(self, study: Study) -> None:
        """Show what is known of the runs so far; a few times a second at most."""
        if self._study is None or self._study.seeds != study.seeds:
            self._choose(None)
        self._study = study
        for name, button in self.named.items():
            button.setToolTip(wrapped(named_help(name, study.part)))
        self._stack.setCurrentIndex(1)
        if self.isVisible():
            self._draw(study)

    def show_working(self, *, is_working: bool) -> None:
        """Show that runs are trained, or that none are."""
        self._is_working = is_working
        self.controls.show_working(is_working=is_working)
        self._texts.now()

    def show_share(self, share: float) -> None:
        """Show how much is done."""
        self.controls.job.show_share(share)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.controls.set_theme(theme)
        self.band.set_theme(theme)
        self.strip.set_theme(theme)
        self.share.setFont(tabular(scaled(self.font(), LARGE, bold=True)))
        for label in (self.told, self.seed_line):
            label.setFont(tabular(scaled(self.font(), SMALL)))
            label.setStyleSheet(f"color: {theme.muted};")

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        if self._study is not None:
            self._draw(self._study)

    def _make_parts(self) -> None:
        self.controls = SeedsControls(self)
        self.band, self.strip = BandPlot(self), StripPlot(self)
        self.share = PlainLabel(self)
        self.share.setObjectName("seeds_share")
        self.share.setToolTip(wrapped(SHARE_HELP))
        self.told = PlainLabel(self)
        self.told.setObjectName("seeds_told")
        for label in (self.share, self.told):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.seed_line = ElidedLabel(self)
        self.seed_line.setObjectName("seeds_line")
        self.named = {name: self._named_button(name) for name in NAMED}
        self.use = QPushButton("Use this seed", self)
        self.use.setObjectName("seeds_use")
        self.use.setMinimumHeight(HIT_AREA)
        self.use.setToolTip(wrapped("Make the seed of the chosen run that of your experiment; undo takes it back."))
        self.use.setEnabled(False)
        self._empty = empty_label("seeds_empty", EMPTY, self)

    def _named_button(self, name: str) -> QToolButton:
        """Return a button that chooses the best, the median or the worst run."""
        button = QToolButton(self)
        button.setObjectName(f"seeds_{name}")
        button.setText(name.capitalize())
        button.setProperty("slim", True)
        button.setMinimumSize(max(HIT_AREA, button.sizeHint().width()), HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(wrapped(named_help(name, "test")))
        return button

    def _lay_out(self) -> None:
        """Form, band and what is told in a row; without a study there is a hint."""
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[0])
        for button in self.named.values():
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.use)
        tell = QWidget(self)
        column = QVBoxLayout(tell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self.share)
        column.addWidget(self.told)
        column.addWidget(self.strip, 1)
        column.addStretch()
        column.addWidget(self.seed_line)
        column.addLayout(foot)
        tell.setMinimumWidth(TELL_WIDTH)
        results = QWidget(self)
        beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, results)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE[2])
        beside.addWidget(self.band, 1)
        beside.addWidget(tell, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(results)
        folding = Folding(self.controls, self._stack, [beside], form_width=FORM_WIDTH, narrowest=SIDE_BY_SIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(folding)

    def _connect(self) -> None:
        self.controls.started.connect(self.start_requested)
        self.controls.cancelled.connect(self.cancel_requested)
        self.controls.criterion_changed.connect(self._criterion_changed)
        self.controls.refused.connect(self.refused)
        self.strip.chosen.connect(self._choose)
        self.strip.pointed.connect(self._point)
        self.controls.log.toggled.connect(self._show_log)
        self.use.clicked.connect(self._use)
        for name, button in self.named.items():
            button.clicked.connect(partial(self._choose_named, name))

    def _draw(self, study: Study) -> None:
        """Draw both plots and write what they tell; while runs are under way, each part in a frame of its own."""
        parts = (self._draw_band, self._draw_strip, self._texts.ask, self._seed_pacer.ask)
        (self._in_turn.do_now if study.is_whole or not self._is_working else self._in_turn.do)(parts)

    def _draw_band(self) -> None:
        if self._study is not None:
            self.band.show_study(self._study)

    def _draw_strip(self) -> None:
        if self._study is not None:
            self.strip.show_study(self._study, self.controls.criterion)

    def _write(self) -> None:
        """Write the sentences."""
        study = self._study
        if study is None:
            return
        criterion = self.controls.criterion
        self.share.setText(share_text(study, criterion))
        self.share.setToolTip(wrapped(f"{criterion_text(study, criterion)} {SHARE_HELP}"))
        parts = [state_text(study, is_working=self._is_working), words_of(luck_in(study, criterion))]
        if self._is_stale(study):
            parts.insert(0, OTHER_SETTINGS)
        self.told.setText(" ".join(filter(None, parts)))

    def _is_stale(self, study: Study) -> bool:
        """Tell whether the experiment differs from the one that was studied in more than seeds."""
        return self._snapshot is not None and _compared(study.project) != _compared(self._snapshot.project)

    def _write_seed(self) -> None:
        """Write what became of the run under the pointer, or else of the chosen one."""
        place = self._place if self._pointed is None else self._pointed
        known = self._study is not None and place is not None and place < len(self._study.seeds)
        text = seed_text(self._study, place) if known and self._study is not None and place is not None else IDLE
        self.seed_line.set_whole_text(text)

    def _criterion_changed(self) -> None:
        """Count anew; nothing has to be trained again."""
        if self._study is not None:
            self.strip.show_study(self._study, self.controls.criterion)
            self._texts.now()

    def _show_log(self, checked: bool) -> None:
        self.band.show_log(log=checked)
        self.strip.show_log(log=checked)

    def _choose(self, place: int | None) -> None:
        """Choose a run."""
        self._place = place
        self.strip.show_seed(place)
        self.band.show_seed(place)
        self.use.setEnabled(place is not None)
        self._seed_pacer.now()

    def _choose_named(self, name: str) -> None:
        """Choose the best, the median or the worst run."""
        if self._study is not None:
            order = ranked(self._study)
            self._choose(order[round(NAMED[name] * (len(order) - 1))])

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self._seed_pacer.now()

    def _use(self) -> None:
        """Ask for the seed of the chosen run."""
        if self._study is not None and self._place is not None:
            self.seed_chosen.emit(self._study.seeds[self._place], self._study.vary)


def _compared(project: Project) -> Project:
    """Return a project without its seeds, its name and its limit of epochs."""
    stop = replace(project.training.stop, max_epochs=None)
    return replace(free(project), seed=0, name="", training=replace(project.training, stop=stop))
