"""The drawing mode of the output view: joins the bar, the hand on the plot, the easel and the marks."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.drawing.bar import DrawingBar
from nnplayground.app.features.drawing.easel import Easel
from nnplayground.app.features.drawing.hand import Hand
from nnplayground.app.features.drawing.hint import EMPTY, EMPTY_VALUES, ONE_CLASS, Hint, offer_words
from nnplayground.app.features.drawing.marks import DrawnMarks
from nnplayground.app.features.drawing.tools import Tool
from nnplayground.app.features.output.map_plot import MapPlot
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Integers
from nnplayground.data.points import bounds_around
from nnplayground.data.samples import PARTS, Samples
from nnplayground.errors import FieldError
from nnplayground.project.drawing import (
    MOST_CLASSES,
    can_be_taken,
    invitation,
    marked,
    taken_points,
    value_ends,
    with_class_added,
    with_class_renamed,
    with_task,
    without_class,
)
from nnplayground.project.model import PointsSource, Project
from nnplayground.project.triples import table_of
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import drawn_parts


class DrawingMode(QObject):
    """Lets points be drawn on a plot. `edited(source, words, gesture)` asks for other points in the document.

    `toggled(is_on)` tells that the mode has begun or ended, `refused(sentence)` that something is not possible.
    """

    edited = Signal(object, str, int)
    refused = Signal(str)
    toggled = Signal(bool)

    def __init__(self, plot: MapPlot, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_on = False
        self.project = Project()
        self._plot, self._theme = plot, LIGHT
        self._class, self._value = 0, 1.0
        self._offer: Samples | None = None
        self.bar = DrawingBar(parent)
        self.bar.hide()
        self.easel = Easel(self)
        self.hand = Hand(plot, plot.frame, self.easel)
        self.marks = DrawnMarks(plot.frame.box)
        self.hint = Hint(plot, plot.frame)
        self._keys = [self._number_key(number) for number in range(1, MOST_CLASSES + 1)]
        self._connect()

    @property
    def has_plane(self) -> bool:
        """Whether the plane must stay on show even while there is nothing to learn from."""
        return isinstance(self.project.data.source, PointsSource)

    def offer(self, offer: Samples | None) -> None:
        """Offer points of before to begin with, if they lie in a plane."""
        self._offer = offer if offer is not None and can_be_taken(offer) else None

    def enter(self) -> None:
        """Begin to draw, where the document has drawn points or will have them."""
        if self.is_on or not self.has_plane:
            return
        self.is_on = True
        if invitation(self.project.data.source):
            self._show_plane()  # now, as the next click may come before the training thread has found nothing to train
        self._switch()
        self._plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Put the tools away; the points stay."""
        if self.is_on:
            self.is_on = False
            self._switch()

    def show_project(self, project: Project) -> None:
        """Follow the document. Without drawn points there is nothing to draw on; with none yet, drawing begins."""
        old, self.project = self.project, project
        source = project.data.source
        if not isinstance(source, PointsSource):
            self.leave()
            return
        self.easel.show_source(source)
        self.easel.part = self.bar.part if project.data.split == "given" else ""
        self.bar.show_parts(given=project.data.split == "given")
        if self.is_on and old.data != project.data:
            self._show_source()
        if self.is_on and _parts_follow(old) != _parts_follow(project):
            self._show_points()
        elif not self.is_on and not source.points:
            self.enter()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Hear which points have arrived in the training."""
        self.easel.answered(snapshot.project.data.source)

    def show_failure(self) -> None:
        """Keep the plane and its axes on show although nothing learns."""
        self.easel.answered(None)
        self._plot.clear_maps()
        self._show_plane()

    def _show_plane(self) -> None:
        """Show the plane that holds the drawn points."""
        source = self.project.data.source
        if isinstance(source, PointsSource):
            low, high = bounds_around(table_of(source.points)[:, :2]).T.tolist()
            self._plot.show_plane((low[0], low[1]), (high[0], high[1]), ("x1", "x2"), to_scale=True)

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points that are kept for the test."""
        self.marks.show_test(visible=visible)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        for part in (self.bar, self.hand, self.hint):
            part.set_theme(theme)
        if self.is_on:
            self._show_points()

    def _connect(self) -> None:
        bar, easel = self.bar, self.easel
        easel.wished.connect(self.edited)
        easel.changed.connect(self._show_points)
        easel.is_busy.connect(self._plot.hold_plane)
        easel.refused.connect(self.refused)
        bar.refused.connect(self.refused)
        bar.tool_chosen.connect(self.hand.use)
        bar.brush_changed.connect(self.hand.set_brush)
        bar.value_chosen.connect(self._choose_value)
        bar.part_chosen.connect(self._choose_part)
        bar.task_chosen.connect(self._choose_task)
        bar.cleared.connect(self._clear)
        bar.done.connect(self.leave)
        bar.classes.chosen.connect(self._choose_class)
        bar.classes.add_wanted.connect(self._add_class)
        bar.classes.rename_wanted.connect(self._rename_class)
        bar.classes.remove_wanted.connect(self._remove_class)
        self.hand.tool_wanted.connect(bar.choose_tool)
        self.hand.size_wanted.connect(bar.step_size)
        self.hint.taken.connect(self._take_offer)
        self._plot.frame.resized.connect(self._show_points)

    def _number_key(self, number: int) -> QShortcut:
        """Return the key of a number, which works in the whole window while somebody draws."""
        shortcut = QShortcut(QKeySequence(str(number)), self._plot)
        shortcut.setEnabled(False)
        shortcut.activated.connect(partial(self._choose_number, number))
        return shortcut

    def _switch(self) -> None:
        """Show or put away everything that belongs to the mode."""
        self.bar.setVisible(self.is_on)
        for key in self._keys:
            key.setEnabled(self.is_on)
        self.hand.set_on(self.is_on)
        self._plot.points.set_aside(self.is_on)
        if self.is_on:
            QWidget.setTabOrder(self.bar.classes.add, self._plot)
            self._show_source()
            self._show_points()
        else:
            self.marks.clear()
            self.hint.show_text("")
        self.toggled.emit(self.is_on)

    def _show_source(self) -> None:
        """Show classes or value of the drawing, and what a press would draw."""
        source = self.easel.source
        self._class = min(self._class, max(0, len(source.classes) - 1))
        self.bar.show_source(source, current=self._class)
        if source.classes:
            self.hand.value = float(self._class)
        else:
            low, high = value_ends(source.points)
            self._value = min(max(self._value, low), high)
            self.bar.show_value(self._value)
            self.hand.value = self._value

    def _show_points(self) -> None:
        """Draw the points as they are by now, before the document and the training know them."""
        if not self.is_on:
            return
        table, classes = table_of(self.easel.points), len(self.easel.source.classes)
        groups = table[:, 2].astype(np.int64) if classes else np.zeros(len(table), dtype=np.int64)
        area = self._plot.frame.box.rect()
        side = min(area.width(), area.height())
        self.marks.show(table, self._parts_of(groups), classes=classes, theme=self._theme, side=side)
        self._show_hint(groups)

    def _parts_of(self, groups: Integers) -> Integers:
        """Return the part of each point: as it is marked, or as it is drawn by its rank in its class."""
        if self.project.data.split == "given" and len(self.easel.parts) == len(groups):
            return np.array([PARTS.index(part) for part in self.easel.parts], dtype=np.int64)
        return drawn_parts(self.project, groups)

    def _show_hint(self, groups: Integers) -> None:
        """Say what is missing until there is something to learn from."""
        has_classes = bool(self.easel.source.classes)
        if not len(groups):
            self.hint.show_text(EMPTY if has_classes else EMPTY_VALUES, offer_words(self._offer))
        else:
            self.hint.show_text("")
        one_class = has_classes and len(groups) > 0 and bool((groups == groups[0]).all())
        self.bar.show_note(ONE_CLASS if one_class else "")

    def _choose_number(self, number: int) -> None:
        """Take the class of a number key; the first free number adds a class. Values are taken evenly."""
        source = self.easel.source
        if not source.classes:
            low, high = value_ends(source.points)
            self._choose_value(round(low + (high - low) * (number - 1) / (MOST_CLASSES - 1), 2))
        elif number <= len(source.classes):
            self._choose_class(number - 1)
        elif number == len(source.classes) + 1:
            self._add_class()

    def _choose_class(self, place: int) -> None:
        self._class = place
        self._show_source()
        self.bar.choose_tool(Tool.PLACE)

    def _choose_value(self, value: float) -> None:
        self._value = value
        self._show_source()
        self.bar.choose_tool(Tool.PLACE)

    def _choose_task(self, task: str) -> None:
        self.easel.ask(with_task(self.easel.source, task), "Draw values" if task == "regression" else "Draw classes")

    def _choose_part(self, part: str) -> None:
        """Let the points that are drawn next belong to this part."""
        self.easel.part = part if self.project.data.split == "given" else ""
        self.bar.choose_tool(Tool.PLACE)

    def _add_class(self) -> None:
        source = with_class_added(self.easel.source)
        self._class = len(source.classes) - 1
        self.easel.ask(source, "Add a class")
        self._choose_class(len(self.easel.source.classes) - 1)

    def _rename_class(self, place: int, name: str) -> None:
        try:
            source = with_class_renamed(self.easel.source, place, name)
        except FieldError:
            self.refused.emit(f"A class cannot be called “{name}”; give a name that no other class has.")
            return
        self.easel.ask(source, f"Rename the class to “{name}”")

    def _remove_class(self, place: int) -> None:
        name = self.easel.source.classes[place]
        self.easel.ask(without_class(self.easel.source, place), f"Remove the class “{name}”")

    def _clear(self) -> None:
        self.easel.clear("Clear the drawing")

    def _take_offer(self) -> None:
        if self._offer is not None:
            taken = taken_points(self._offer)
            if self.easel.part:
                taken = marked(taken, [0] * len(taken.points))
            self.easel.ask(taken, "Begin with the points of before")
        self._plot.setFocus(Qt.FocusReason.OtherFocusReason)


def _parts_follow(project: Project) -> object:
    """What decides, besides the points themselves, which of them test and how they look."""
    source = project.data.source
    classes = len(source.classes) if isinstance(source, PointsSource) else 0
    data = project.data
    return project.seed, data.split_seed, data.test_fraction, data.validation_fraction, data.split, classes
