"""Writes one animation of a window that nobody uses, and waits until it is done: for the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize

from nnplayground.app.features.animation.filming import Film, Filming
from nnplayground.app.features.animation.studio import Studio
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.errors import WorkError, named
from nnplayground.export.moments import spaced
from nnplayground.export.moving import Timing
from nnplayground.training.thread.revisiting import whole_record


def write_film(
    window: MainWindow,
    path: Path,
    *,
    what: str,
    size: tuple[int, int],
    frames: int,
    timing: Timing,
    progress: Callable[[int], object],
) -> None:
    """Write what the network of a window went through; `progress` is told how many frames have been drawn.

    `what` is "window", "network" or the name of a dock. Raises `WorkError` when the file cannot be written.
    """
    moment = window.player.snapshot
    if moment is None:
        raise WorkError(f"{named(path)} was not written: there is no network to show.")
    epochs = [one.epoch for one in whole_record(moment).checkpoints]
    studio, loop = Studio(window, moment), QEventLoop()
    filming = Filming(studio, Film(path, spaced(epochs, frames, "beginning"), timing))
    problems: list[str] = []
    filming.failed.connect(problems.append)
    filming.advanced.connect(lambda _share, drawn: progress(drawn))
    for ended in (filming.done, filming.failed):
        ended.connect(lambda _result: loop.quit())
    try:
        studio.arrange(what, QSize(*size))
        filming.start()
        loop.exec()
    finally:
        filming.close()
        studio.close()
    if problems:
        raise WorkError(problems[0])
