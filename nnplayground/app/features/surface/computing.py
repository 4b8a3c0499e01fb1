"""Computes cost surfaces of the network on show, in the background, from a snapshot that nothing changes any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nnplayground.app.player import Player
from nnplayground.app.ui.background import Newest
from nnplayground.data.progress import Progress
from nnplayground.training.observe.observation import NOTHING_SEEN
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface import Surface, SurfaceRequest, surfaces

if TYPE_CHECKING:
    from nnplayground.app.features.surface.view import SurfaceView
    from nnplayground.app.shell.main_window import MainWindow


class Surfaces(QObject):
    """Takes requests and emits `found(Surface)`, coarse maps first, `failed(sentence)` and `advanced(share)`.

    A newer request takes the place of the one under way.
    """

    found = Signal(object)
    failed = Signal(str)
    advanced = Signal(float)

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._newest: list[Surface] = []  # the job adds what is ready, one map after the other
        self._work = Newest(self)
        self._work.done.connect(self.found)
        self._work.failed.connect(self.failed)
        self._work.advanced.connect(self._advance)

    def start(self, request: SurfaceRequest) -> None:
        """Compute the map that is asked for, around the weights on show."""
        snapshot = self._player.snapshot
        if snapshot is None:
            return
        self._newest = []
        light = replace(snapshot, seen=NOTHING_SEEN, gradient=None)
        self._work.start(partial(_finest, light, request, self._newest))

    def cancel(self) -> None:
        """Let go of what is under way."""
        self._newest = []
        self._work.cancel()

    def close(self) -> None:
        """Wait for the end of what is under way."""
        self._work.close()

    def _advance(self, share: float) -> None:
        """Tell how far it is, and hand on what is ready."""
        ready, self._newest[:] = self._newest[-1:], []
        for surface in ready:
            self.found.emit(surface)
        self.advanced.emit(share)


def connect_surface(view: SurfaceView, window: MainWindow) -> None:
    """Let a view have its maps computed for as long as the window is open."""
    work = Surfaces(window.player, view)
    view.wanted.connect(work.start)
    view.unwanted.connect(work.cancel)
    work.found.connect(view.show_surface)
    work.failed.connect(view.show_problem)
    work.advanced.connect(view.show_progress)
    window.closing.connect(work.close)


def _finest(snapshot: Snapshot, request: SurfaceRequest, ready: list[Surface], progress: Progress) -> Surface:
    """Return the finest map; the coarser ones go into `ready` as they come."""
    return _last(surfaces(snapshot, request, progress), ready)


def _last(maps: Iterator[Surface], ready: list[Surface]) -> Surface:
    for surface in maps:
        if surface.done:
            return surface
        ready.append(surface)
    raise AssertionError("The last map is always done.")
