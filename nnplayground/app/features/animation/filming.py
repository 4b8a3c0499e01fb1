"""One animation under way: moments are drawn one after the other and handed to the thread that writes the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, Full, Queue

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from nnplayground.app.features.animation.studio import Studio
from nnplayground.app.ui.background import Background
from nnplayground.data.progress import Progress
from nnplayground.export.animation import write_animation
from nnplayground.export.moving import Picture, Timing

WAITING = 2
"""Pictures that wait for the thread at most; the next one is drawn when there is room."""

PATIENCE = 5  # milliseconds until it is looked again whether there is room
CANCEL_SECONDS = 0.05  # after which the thread looks whether anybody still wants the file


@dataclass(frozen=True)
class Film:
    """What is to be written: to which file, the epoch of each picture, and how fast they follow each other."""

    path: Path
    epochs: Sequence[int]
    timing: Timing


class Filming(QObject):
    """Writes a film with the pictures of a studio. `done(Film)`, `failed(sentence)` or `cancelled()` ends it.

    `advanced(share, pictures)` tells how much is done, 0 to 1, and how many pictures have been drawn.
    """

    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    advanced = Signal(float, int)

    def __init__(self, studio: Studio, film: Film) -> None:
        super().__init__(studio)
        self._studio, self._film = studio, film
        self._number = 0  # of the picture that is being drawn
        self._last: tuple[int, QImage] | None = None  # the epoch and the picture of the one before
        self._complaint = ""
        self._feed = Feed(Progress())
        self._writer = Background(self)
        self._writer.done.connect(self._finish)
        self._writer.failed.connect(self._fail)
        self._writer.cancelled.connect(self._give_up)
        self._writer.advanced.connect(self._tell)
        self._next = QTimer(self)
        self._next.setInterval(PATIENCE)
        self._next.timeout.connect(self._go_on)
        studio.drawn.connect(self._take)
        studio.failed.connect(self._complain)

    def start(self) -> None:
        """Begin."""
        film, progress = self._film, self._feed.progress
        count = len(film.epochs)
        job = partial(write_animation, film.path, self._feed, film.timing, count=count, progress=progress)
        self._writer.start(job, progress)
        self._next.start()

    def cancel(self) -> None:
        """Let go of it; the file is not written, and what stood in its place stays."""
        self._stop_drawing()
        self._writer.cancel()

    def close(self) -> None:
        """Cancel and wait for the end of the thread; nothing more is told."""
        self._stop_drawing()
        self._writer.close()

    def _go_on(self) -> None:
        """Draw the next picture if there is room for it; the same moment once more need not be drawn."""
        if self._studio.is_busy or self._feed.is_full:
            return
        if self._number == len(self._film.epochs):
            self._next.stop()
            self._feed.end()
            return
        epoch = self._film.epochs[self._number]
        if self._last is not None and self._last[0] == epoch:
            self._hand_over(self._last[1])
        else:
            self._studio.draw(epoch)

    def _take(self, image: QImage) -> None:
        """Hand a picture that has been drawn to the thread."""
        if self._next.isActive():
            self._last = self._film.epochs[self._number], image
            self._hand_over(image)

    def _hand_over(self, image: QImage) -> None:
        self._feed.put(image)
        self._number += 1

    def _stop_drawing(self) -> None:
        self._next.stop()
        self._studio.forget()

    def _complain(self, sentence: str) -> None:
        """The network could not be made: there will be no more pictures."""
        self._complaint = sentence
        self.cancel()

    def _tell(self, share: float) -> None:
        self.advanced.emit(share, self._number)

    def _finish(self, _result: object) -> None:
        self.done.emit(self._film)

    def _fail(self, sentence: str) -> None:
        self._stop_drawing()
        self.failed.emit(sentence)

    def _give_up(self) -> None:
        if self._complaint:
            self.failed.emit(self._complaint)
        else:
            self.cancelled.emit()


class Feed:
    """Hands pictures from the window's thread to the one that writes, a few at a time."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self._queue: Queue[QImage | None] = Queue(WAITING + 1)

    @property
    def is_full(self) -> bool:
        """Whether as many pictures wait as may."""
        return self._queue.qsize() >= WAITING

    def put(self, image: QImage) -> None:
        """Hand over one more, on which nobody paints any more."""
        self._queue.put_nowait(image)

    def end(self) -> None:
        """There are no more."""
        try:
            self._queue.put_nowait(None)
        except Full as error:
            raise ValueError("the feed is full; look at `is_full` before") from error

    def __iter__(self) -> Iterator[Picture]:
        while True:
            try:
                image = self._queue.get(timeout=CANCEL_SECONDS)
            except Empty:
                self.progress.at(self.progress.share)  # ends the work when nobody wants it any more
                continue
            if image is None:
                return
            yield pixels_of(image)


def pixels_of(image: QImage) -> Picture:
    """Return red, green and blue `[height, width, 3]` of a picture."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return lines[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()
