"""How the cost falls and the score rises, by epoch; and the way back in time along the epochs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.features.cost.cause_line import CauseLine
from nnplayground.app.features.cost.curve_plot import CurvePlot
from nnplayground.app.features.cost.foot import CostFoot
from nnplayground.app.features.cost.header import CostHeader
from nnplayground.app.features.cost.measure import ACCURACY, COST, FIT, Measure
from nnplayground.app.features.cost.travelling import Traveller
from nnplayground.app.features.cost.words import event_text, standing_text, then_text, trained_then
from nnplayground.app.features.cost.zoom import Zoom
from nnplayground.app.text.titles import COSTS
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import LIGHT, SPACE, Theme
from nnplayground.explain.words import cost_unit
from nnplayground.training.observe.snapshot import Snapshot

EMPTY = "Press Play: the cost appears here after the first epoch."
UNKNOWN = "not known, as the network was opened with this epoch behind it"
IDLE = "Point at the curve to read it, scroll to zoom."
WIDE = 640
"""From this width on, in pixels, cost and score stand beside each other."""


class CostView(QWidget):
    """Plots cost and score by epoch, and lets one go back in time.

    `travel_wanted(epoch)` asks for the moment at or before an epoch, or with `None` for the newest one;
    `training_wanted(TrainingSpec)` for other settings. `log_scale_changed` and `scores_chosen` tell of choices to
    remember.
    """

    travel_wanted = Signal(object)
    training_wanted = Signal(object)
    log_scale_changed = Signal(bool)
    scores_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cost_view")
        self.setAccessibleName("Cost")
        self._theme, self._is_wide = LIGHT, False
        self._snapshot: Snapshot | None = None
        self._shown: Snapshot | None = None  # what is on the screen
        self._drawn: tuple[object, ...] = ()  # what decides whether it has changed
        self._epoch: int | None = None  # under the pointer
        self._pinned: tuple[PinnedCurve, ...] = ()
        self._score_plot: CurvePlot | None = None  # made when it is first wanted
        self._zoom = Zoom()
        self._traveller = Traveller(self)
        self._traveller.travel_wanted.connect(self.travel_wanted)
        self._build()
        self._labels_pacer = Pacer(self._write_labels, self)
        self._read_out_pacer = Pacer(self._show_reading, self)
        self._growth_pacer = Pacer(self._draw_newest, self)
        self.set_theme(LIGHT)

    @property
    def log_scale(self) -> bool:
        """Whether the cost axis is logarithmic."""
        return self._header.log.isChecked()

    @log_scale.setter
    def log_scale(self, log: bool) -> None:
        self._header.log.setChecked(log)

    @property
    def shows_scores(self) -> bool:
        """Whether the score was chosen where there is no room for both."""
        return self._header.shows_scores

    @shows_scores.setter
    def shows_scores(self, wanted: bool) -> None:
        self._header.choose_scores(wanted=wanted)

    @property
    def plots(self) -> tuple[CurvePlot, ...]:
        """The plots on show, from the left."""
        both = [self._plot] if self._is_wide or not self.shows_scores else []
        if self._score_plot is not None and (self._is_wide or self.shows_scores):
            both.append(self._score_plot)
        return tuple(both)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Draw a snapshot; while hidden, only keep it."""
        self._snapshot = snapshot
        if self.isVisible():
            self._traveller.arrive(snapshot)
            if self._is_hardly_longer(snapshot):
                self._growth_pacer.ask()
            else:
                self._draw(snapshot)

    def show_pinned(self, curves: Sequence[PinnedCurve]) -> None:
        """Draw the curves of these other runs over that of the run, and no others."""
        self._pinned = tuple(curves)
        for plot in self._all_plots():
            plot.show_pinned(self._pinned)
        self._draw_anew()

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._shown = self._epoch = None
        self._drawn = ()
        self._traveller.forget()
        for plot in self._all_plots():
            plot.clear()
        self._header.show_names(None, ACCURACY.title)
        self._foot.show_standing(is_back=False, then=None)
        self._empty.setText(NO_NETWORK)
        self._show_plots(possible=False)
        self._show_reading()

    def add_control(self, control: QWidget) -> None:
        """Put a control of somebody else into the header, before the choice of the scale."""
        self._header.add_control(control)

    def add_scrubber_control(self, control: QWidget) -> None:
        """Put a control of somebody else below the plot, at the end of the row of the scrubber."""
        self._foot.add_control(control)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        self._header.set_theme(theme)
        self._foot.set_theme(theme)
        self.cause.set_theme(theme)
        for plot in self._all_plots():
            plot.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._traveller.arrive(self._snapshot)
            self._draw(self._snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both plots where there is room."""
        super().resizeEvent(event)
        if (self.width() >= WIDE) != self._is_wide:
            self._is_wide = self.width() >= WIDE
            self._arrange()

    def _build(self) -> None:
        """Make the parts and lay them out below each other; plots and empty state share a place."""
        self._header, self._foot, self.cause = CostHeader(self), CostFoot(self), CauseLine(self)
        self._empty = empty_label("cost_empty", EMPTY, self)
        area = QWidget(self)
        self._row = QHBoxLayout(area)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[1])
        self._plot = self._made_plot("cost_plot", COST)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[0])
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._foot)
        layout.addWidget(self.cause)
        self._header.log_chosen.connect(self._log_chosen)
        self._header.scores_chosen.connect(self._scores_chosen)
        self._foot.now_wanted.connect(partial(self._traveller.wish, None))
        self._foot.use_wanted.connect(self.training_wanted)
        self._foot.follow_wanted.connect(self._follow)
        self._foot.all_wanted.connect(self._show_all)
        self._foot.focus_given_up.connect(self._focus_scrubber)

    def _made_plot(self, name: str, measure: Measure) -> CurvePlot:
        """Return a new plot at the right end, connected."""
        plot = CurvePlot(measure, self)
        plot.setObjectName(name)
        plot.setAccessibleName(f"{measure.title} by epoch, of the parts of the data")
        plot.scrubber.setObjectName(f"{name}_scrubber")
        plot.scrubber.setAccessibleName("Moment in time")
        for pointed, left in (
            (plot.pointed, plot.left_plot),
            (plot.scrubber.pointed, plot.scrubber.left_track),
        ):
            pointed.connect(self._point)
            left.connect(self._point_nowhere)
        plot.scrubber.wanted.connect(self._traveller.wish)
        plot.scrubber.zoomed.connect(self._zoom_middle)
        plot.scrubber.panned.connect(self._pan_by_share)
        for source in (plot.hand.zoomed, plot.scrubber.zoomed_at):
            source.connect(self._zoom_at)
        plot.hand.panned.connect(self._pan)
        for wish in (plot.hand.all_wanted, plot.scrubber.all_wanted):
            wish.connect(self._show_all)
        self._row.addWidget(plot, 1)
        return plot

    def _all_plots(self) -> list[CurvePlot]:
        """Return the plots that exist."""
        return [self._plot] if self._score_plot is None else [self._plot, self._score_plot]

    def _arrange(self) -> None:
        """Show the plots that were chosen, or both."""
        if self._score_plot is None and (self._is_wide or self.shows_scores):
            self._score_plot = self._made_plot("score_plot", ACCURACY)
            self._score_plot.set_theme(self._theme)
            self._score_plot.show_pinned(self._pinned)
        self._header.show_wide(wide=self._is_wide)
        has_focus = any(plot.scrubber.hasFocus() for plot in self._all_plots())
        for plot in self._all_plots():
            plot.setVisible(plot in self.plots)
        if has_focus:
            self._focus_scrubber()
        self._draw_anew()

    def _focus_scrubber(self) -> None:
        """Keep the keyboard at the plots, when what had it goes."""
        self.plots[0].scrubber.setFocus()

    def _draw_anew(self) -> None:
        """Draw the present moment on all plots on show, whatever was drawn."""
        self._drawn = ()
        self._draw_newest()

    def _draw_newest(self) -> None:
        if self._snapshot is not None and self.isVisible():
            self._draw(self._snapshot)

    def _is_hardly_longer(self, snapshot: Snapshot) -> bool:
        """Tell whether nothing has happened but that the curve has grown by less than a pixel."""
        shown, record = self._shown, snapshot.record
        return (
            shown is not None
            and snapshot.running
            and snapshot.generation == shown.generation
            and 0 <= len(snapshot.curve) - len(shown.curve) < self.plots[0].places.per_pixel
            and record.events is shown.record.events
            and record.branches is shown.record.branches
        )

    def _draw(self, snapshot: Snapshot) -> None:
        """Draw what has changed."""
        record, curve = snapshot.record, snapshot.curve
        drawn = (
            snapshot.generation, len(curve), curve.train_cost[-1:].tobytes(), record.checkpoints, record.branches,
            record.events, record.best_epoch, record.last_epoch, record.is_back, snapshot.project.training,
            snapshot.data.deciding,
        )  # fmt: skip
        if drawn == self._drawn:
            return
        self._drawn, self._shown = drawn, snapshot
        title, score = COSTS[snapshot.data.rule.cost], ACCURACY if snapshot.data.rule.classes else FIT
        self._header.show_names(title, score.title, cost_unit(snapshot.data.scaled_targets))
        goes_on = [plot.take(snapshot, score if plot is self._score_plot else COST) for plot in self.plots]
        self._empty.setText(EMPTY)
        self._show_plots(possible=self._last > 0)
        then = trained_then(snapshot)
        self._foot.show_standing(is_back=record.is_back, then=then, words=then_text(snapshot, then) if then else "")
        self._look()
        if all(goes_on) and snapshot.running:
            self._labels_pacer.ask()
        else:
            self._labels_pacer.now()
        self._read_out_pacer.ask()

    @property
    def _last(self) -> int:
        """The last epoch that any curve reaches."""
        return max((plot.last for plot in self.plots), default=0)

    @property
    def _moment(self) -> tuple[int, int]:
        """The epoch of the moment on show, and the last one of all."""
        return (len(self._shown.curve) - 1 if self._shown is not None else 0), self._last

    def _look(self) -> None:
        """Let all plots show the same epochs."""
        window = self._zoom.window(*self._moment)
        for plot in self.plots:
            plot.look_at(window, whole=self._zoom.shows_all)
        self._foot.show_zoom(shows_all=self._zoom.shows_all, follows=self._zoom.follows)

    def _show_plots(self, *, possible: bool) -> None:
        """Show the plots, or what to do first."""
        if possible != bool(self._stack.currentIndex()):
            if any(plot.scrubber.hasFocus() for plot in self.plots):
                self.window().setFocus()  # so that Space plays, and does not press what comes next
            self._stack.setCurrentIndex(int(possible))
            for plot in reversed(self._all_plots()):  # until now they had no place by which to find their turn
                QWidget.setTabOrder(self._header.log, plot.scrubber)

    def _write_labels(self) -> None:
        for plot in self.plots:
            plot.write_labels()

    def _show_reading(self) -> None:
        """Write the values at the epoch under the pointer, or where one stands, or how to get there."""
        snapshot = self._snapshot
        if snapshot is None or self._stack.currentIndex() == 0:
            self._foot.text.set_whole_text("")
        elif self._epoch is not None:
            events = map(event_text, self.plots[0].marks.events_near(self._epoch))
            parts = [plot.reading(self._epoch) for plot in self.plots]
            parts[1:] = [f"{self.plots[1].measure.title.lower()} {part}" for part in parts[1:] if part]
            first = f"epoch {self._epoch:,}: " + (parts[0] or UNKNOWN)
            self._foot.text.set_whole_text("; ".join([first, *parts[1:], *events]))
        elif snapshot.record.is_back:
            self._foot.text.set_whole_text(*standing_text(snapshot))
        else:
            self._foot.text.set_whole_text(IDLE)

    def _point(self, epoch: int) -> None:
        """Read the curves at an epoch."""
        self._epoch = min(epoch, self._last)
        for plot in self.plots:
            plot.show_pointer(self._epoch)
        self._read_out_pacer.ask()

    def _point_nowhere(self) -> None:
        """Say again where one stands."""
        for plot in self.plots:
            plot.show_pointer(None)
        if self._epoch is not None:
            self._epoch = None
            self._read_out_pacer.ask()

    def _zoom_at(self, factor: float, epoch: float) -> None:
        """Show a part so many times narrower, with an epoch where it is."""
        self._zoom.zoom(factor, epoch, *self._moment)
        self._look_elsewhere()

    def _zoom_middle(self, factor: float) -> None:
        self._zoom_at(factor, sum(self._zoom.window(*self._moment)) / 2.0)

    def _pan(self, epochs: float) -> None:
        """Show another part, so many epochs later."""
        self._zoom.pan(epochs, *self._moment)
        self._look_elsewhere()

    def _pan_by_share(self, share: float) -> None:
        left, right = self._zoom.window(*self._moment)
        self._pan(share * (right - left))

    def _show_all(self) -> None:
        self._zoom.show_all()
        self._look_elsewhere()

    def _follow(self, wanted: bool) -> None:
        """Move along with the newest epoch, or no longer."""
        if wanted != self._zoom.follows:
            self._zoom.follow(wanted=wanted)
            self._look_elsewhere()

    def _look_elsewhere(self) -> None:
        self._look()
        self._labels_pacer.ask()

    def _log_chosen(self, checked: bool) -> None:
        """Switch the axis and tell of it."""
        self._plot.show_log(log=checked)
        self.log_scale_changed.emit(checked)

    def _scores_chosen(self, wanted: bool) -> None:
        """Switch to the other plot and tell of it."""
        self._arrange()
        self.scores_chosen.emit(wanted)
