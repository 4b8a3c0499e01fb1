"""Which epochs the plots show: all of them, a part that stays where it is, or one that moves along with the newest."""

from __future__ import annotations

from math import ceil

from nnplayground.app.ui.plots.scales import SHORTEST, epoch_range

STEPS = 16
"""A window that follows moves on by such a part of its width, so that the plot stands still in between."""


class Zoom:
    """A window on the epochs; `last` is always the last epoch that any curve reaches, `newest` the moment shown."""

    def __init__(self) -> None:
        self._window: tuple[float, float] | None = None
        self.follows = False

    @property
    def shows_all(self) -> bool:
        """Whether everything is in view."""
        return self._window is None

    def show_all(self) -> None:
        """Go back to everything."""
        self._window, self.follows = None, False

    def follow(self, *, wanted: bool) -> None:
        """Move along with the newest epoch from now on, at the width of now, or stand still."""
        self.follows = wanted

    def window(self, newest: int, last: int) -> tuple[float, float]:
        """Return the ends of the axis."""
        if self._window is not None and not self.follows and self._window[0] >= max(last, 1):
            self._window = None  # the run has begun anew, and there is nothing in view any more
        if self._window is None:
            return epoch_range(last)
        if self.follows:
            left, right = self._window
            width = right - left
            step = width / STEPS
            right = max(ceil(newest / step) * step, width)
            self._window = right - width, right
        return self._window

    def zoom(self, factor: float, at: float, newest: int, last: int) -> None:
        """Make the window so many times narrower, with the epoch `at` staying where it is."""
        left, right = self.window(newest, last)
        width, whole = max((right - left) / factor, float(SHORTEST)), epoch_range(last)[1]
        if width >= whole:
            self.show_all()
            return
        share = (at - left) / (right - left)
        self._put(at - share * width, width, whole)

    def pan(self, epochs: float, newest: int, last: int) -> None:
        """Move the window by so many epochs; it then stands still."""
        if self._window is not None:
            left, right = self.window(newest, last)
            self.follows = False
            self._put(left + epochs, right - left, epoch_range(last)[1])

    def _put(self, left: float, width: float, whole: float) -> None:
        """Put the window where it stays inside everything."""
        left = min(max(left, 0.0), max(whole - width, 0.0))
        self._window = left, left + width
