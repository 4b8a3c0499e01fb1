"""A probe: a place of the plane that somebody holds on to, to see what every neuron answers there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnplayground.app.features.output.curve_page import CurvePage
from nnplayground.app.features.output.curves import answer_heights
from nnplayground.app.features.output.map_plot import MapPlot
from nnplayground.app.features.output.probe_hand import ProbeHand
from nnplayground.app.features.output.relief_plot import ReliefPlot
from nnplayground.app.features.output.words import answer_words, probe_note
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, corners
from nnplayground.training.observe.probes import Prober, inputs_at, place_of
from nnplayground.training.observe.snapshot import Snapshot


class Probe(QObject):
    """Keeps the raw inputs of the probe, and what the network of each frame answers to them.

    `answered` carries the activations as `Prober` tells them, with every frame and every move, or `None` when there is
    no probe. `shown(is_there)` tells that it has been dropped or removed.
    """

    answered = Signal(object)
    shown = Signal(bool)

    def __init__(self, plot: MapPlot, curve: CurvePage, relief: ReliefPlot) -> None:
        super().__init__(plot)
        self.raw: Floats | None = None
        self._curve, self._relief = curve, relief
        self._theme = LIGHT
        self._is_on = True
        self._names: tuple[str, ...] = ()
        self._plane: MapRequest | None = None
        self._snapshot: Snapshot | None = None
        self._target = 0
        self._activations: tuple[Floats, ...] = ()
        self._prober = Prober()
        self._hands: list[ProbeHand] = []
        self._join(ProbeHand(plot, plot.frame))
        curve.made.connect(self._join_curve)
        relief.chosen.connect(self.move_to)
        self._pacer = Pacer(self._write, self)

    @property
    def is_there(self) -> bool:
        """Whether there is a probe."""
        return self.raw is not None

    def set_theme(self, theme: Theme) -> None:
        """Recolour marks and words."""
        self._theme = theme
        for hand in self._hands:
            hand.set_theme(theme)

    def set_on(self, *, is_on: bool) -> None:
        """Show the probe, or leave the plots to somebody else who uses mouse and keys there."""
        self._is_on = is_on
        for hand in self._hands:
            hand.set_on(is_on=is_on)
        self.answered.emit(self._activations if self.is_there and is_on else None)

    def follow(self, snapshot: Snapshot, plane: MapRequest, *, target: int = 0) -> None:
        """Answer with the network of this frame, for one of several targets.

        On another plane the probe goes to where its inputs lie there. Inputs outside the plane are those of the plane.
        Of other inputs nothing is left.
        """
        names = snapshot.data.samples.input_names
        if names != self._names:
            self.remove()
            self._names = names
        is_moved = plane != self._plane or self._snapshot is None or snapshot.data is not self._snapshot.data
        self._snapshot, self._plane, self._target = snapshot, plane, target
        if self.raw is not None and is_moved:
            self.raw = inputs_at(snapshot.data, plane, place_of(snapshot.data, plane, self.raw))
        if self.raw is not None:
            self._answer()
            self._pacer.ask()

    def move_to(self, across: float, up: float) -> None:
        """Put the probe to a place of the plane, in units of the data; it is dropped there if there is none yet."""
        if self._snapshot is None or self._plane is None or not self._is_on:
            return
        if self._plane.across == self._plane.up:
            up = across
        is_new = self.raw is None
        self.raw = inputs_at(self._snapshot.data, self._plane, (across, up))
        self._answer()
        if is_new:
            self._pacer.now()
            self.shown.emit(True)
        else:
            self._pacer.ask()

    def toggle(self, place: tuple[float, float] | None) -> None:
        """Drop the probe at a place, or in the middle of the plane, and give it the keyboard; or take it away."""
        if self.raw is not None:
            self.remove()
        elif self._snapshot is not None and self._plane is not None:
            low, high = corners(self._snapshot.data, self._plane)
            self.move_to(*(place or ((low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0)))
            for hand in self._hands:
                hand.take_keyboard()

    def remove(self) -> None:
        """Take the probe away."""
        if self.raw is None:
            return
        self.raw, self._activations = None, ()
        self._show_place(None)
        self.answered.emit(None)
        self.shown.emit(False)

    def forget(self) -> None:
        """Take note that there is no network any more; the probe waits for the next one."""
        self._snapshot = None
        self._show_place(None)
        self.answered.emit(None)

    def hide(self) -> None:
        """Take note that nobody sees the probe, until the next frame."""
        if self.is_there:
            self.answered.emit(None)

    def _answer(self) -> None:
        """Ask the network and show where the probe is."""
        snapshot, plane, raw = self._snapshot, self._plane, self.raw
        if snapshot is None or plane is None or raw is None:
            return
        self._activations = self._prober.activations(snapshot.architecture, snapshot.parameters, snapshot.data, raw)
        place = place_of(snapshot.data, plane, raw)
        if plane.across == plane.up:
            answers = snapshot.data.answers_for(self._target, self._activations[-1][:, np.newaxis])
            heights = answer_heights(answers, snapshot.data.rule)
            place = place[0], float(np.nan_to_num(np.max(heights)))
        self._show_place(place)
        if self._is_on:
            self.answered.emit(self._activations)

    def _show_place(self, place: tuple[float, float] | None) -> None:
        """Show in all plots where the probe is, or nowhere."""
        for hand in self._hands:
            hand.show_place(place)
        self._relief.show_probe(place)

    def _write(self) -> None:
        """Write what the network answers beside the probe."""
        if self._snapshot is None or not self._activations:
            return
        data = self._snapshot.data
        answers = data.answers_for(self._target, self._activations[-1])
        text = answer_words(answers, data.of_target(self._target))
        for hand in self._hands:
            hand.say(text, tooltip=probe_note(self._snapshot))
        self._relief.say(text)

    def _join_curve(self) -> None:
        """Listen to the curve as well, which is made when data with one input first come."""
        if self._curve.plot is not None:
            self._join(ProbeHand(self._curve.plot, self._curve.plot.frame))

    def _join(self, hand: ProbeHand) -> None:
        hand.moved.connect(self.move_to)
        hand.removed.connect(self.remove)
        hand.set_theme(self._theme)
        hand.set_on(is_on=self._is_on)
        self._hands.append(hand)
