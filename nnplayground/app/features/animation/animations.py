"""Exporting what a run went through as a moving picture, while the user's window goes on as it does.

1. The dialog shows what can be chosen, of the moments that had been kept when it was opened or an export begun.
2. A studio draws the first and the last frame for it, and draws them anew a moment after the choice has changed.
3. An export takes the studio over; when it ends, in whatever way, the dialog says so, and everything may come again.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.files import absolute
from nnplayground.reading_files import is_there, size_of
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.revisiting import whole_record

if TYPE_CHECKING:
    from nnplayground.app.features.animation.animation import AnimationDialog
    from nnplayground.app.features.animation.animation_choices import AnimationChoices
    from nnplayground.app.features.animation.filming import Film, Filming
    from nnplayground.app.features.animation.studio import Studio
    from nnplayground.app.shell.main_window import MainWindow

NOTHING_YET = "There is nothing to animate yet; train the network first."
REST_MILLISECONDS = 250
"""How long the choice has to rest before the previews are drawn anew."""


class Animations(QObject):
    """Opens the dialog and does what it asks for; `said(sentence, kind)` is for the message bar."""

    said = Signal(str, str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: AnimationDialog | None = None
        self._studio: Studio | None = None
        self._filming: Filming | None = None
        self.last_choices: AnimationChoices | None = None  # of last time
        self._previews: list[tuple[str, int]] = []  # still to be drawn: which one, and the epoch
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._draw_previews)
        window.closing.connect(self.close)

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being written."""
        return self._filming is not None

    def open(self) -> None:
        """Ask what to export; it does not block the window."""
        from nnplayground.app.features.animation.animation import AnimationDialog
        from nnplayground.app.features.animation.animation_choices import AnimationChoices
        from nnplayground.export.mp4 import can_write_video

        moment = self._moment()
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        if moment is None:
            self.said.emit(NOTHING_YET, "info")
            return
        window = self._window
        dialog = AnimationDialog(self._subjects(), self.last_choices or AnimationChoices(), window.theme, window)
        dialog.allow_video(possible=can_write_video())
        dialog.show_epochs(_epochs(moment))
        dialog.changed.connect(self._rest.start)
        dialog.export_wanted.connect(self._ask_and_export)
        dialog.cancel_wanted.connect(self._cancel)
        dialog.finished.connect(self.close)
        self.dialog = dialog
        dialog.show()
        self._rest.start()

    def export_to(self, path: Path) -> None:
        """Write the animation that is chosen in the dialog to a file."""
        from nnplayground.app.features.animation.filming import Film, Filming

        dialog, moment = self.dialog, self._moment()
        if dialog is None or moment is None or self._filming is not None:
            return
        self._rest.stop()
        self._previews.clear()
        dialog.show_epochs(_epochs(moment))  # what has been trained since it was opened is shown as well
        choices, studio = dialog.choices, self._ready_studio(moment)
        studio.forget()
        studio.arrange(choices.what, QSize(*choices.written_size))
        self._filming = Filming(studio, Film(path, dialog.epochs, choices.timing))
        self._filming.advanced.connect(dialog.show_progress)
        self._filming.done.connect(self._tell_done)
        self._filming.failed.connect(partial(self._end_film, kind="error"))
        self._filming.cancelled.connect(partial(self._end_film, "The export was cancelled; no file was written."))
        dialog.show_progress(0.0, 0)
        self._filming.start()

    def close(self, _result: int = 0) -> None:
        """End what is under way and let go of everything; the choices are kept."""
        self._rest.stop()
        self._previews.clear()
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            self.last_choices = dialog.choices
            dialog.hide()
            dialog.deleteLater()
        if self._filming is not None:
            self._filming.close()
            self._filming = None
        if self._studio is not None:
            self._studio.close()
            self._studio.deleteLater()
            self._studio = None

    def _moment(self) -> Snapshot | None:
        """Return the present moment, if there is a past to show."""
        moment = self._window.player.snapshot
        return moment if moment is not None and len(whole_record(moment).checkpoints) > 1 else None

    def _subjects(self) -> dict[str, Title]:
        """Return what can be shown: the whole window, and every view that is open."""
        from nnplayground.app.features.animation.studio import ELSEWHERE, NETWORK, WHOLE

        result = {
            WHOLE: Title("Whole window", "The whole window, with the panels that are open, as in a screen recording."),
            NETWORK: Title("Network", "The network alone: its weights and what each neuron answers."),
        }
        for name, dock in self._window.docks.items():
            is_open = name in ("output", "cost") or dock.widget().isVisible()
            if is_open and name not in ("data", "training", *ELSEWHERE):
                result[name] = Title(dock.windowTitle(), f"{dock.windowTitle()} alone, drawn at the size of the frame.")
        return result

    def _ready_studio(self, moment: Snapshot) -> Studio:
        """Return the studio, with the past of a moment in it."""
        from nnplayground.app.features.animation.studio import Studio

        if self._studio is None:
            self._studio = Studio(self._window, moment)
            self._studio.drawn.connect(self._show_preview)
            self._studio.failed.connect(self._complain)
        else:
            self._studio.revisit(moment)
        return self._studio

    def _draw_previews(self) -> None:
        """Draw the first and the last frame as the dialog has them."""
        dialog, moment = self.dialog, self._moment()
        if dialog is None or moment is None or self._filming is not None:
            return
        studio = self._ready_studio(moment)
        studio.forget()
        studio.arrange(dialog.choices.what, QSize(*dialog.choices.written_size))
        dialog.show_epochs(_epochs(moment))
        self._previews = [("first", dialog.epochs[0]), ("last", dialog.epochs[-1])]
        studio.draw(self._previews[0][1])

    def _show_preview(self, image: QImage) -> None:
        if self.dialog is None or self._studio is None or not self._previews:
            return
        which, _ = self._previews.pop(0)
        self.dialog.show_preview(**{which: image})
        if self._previews:
            self._studio.draw(self._previews[0][1])

    def _ask_and_export(self) -> None:
        """Ask for a file and write the animation to it."""
        from nnplayground.app.ui.file_dialogs import ask_save_animation

        dialog, settings = self.dialog, self._window.settings
        if dialog is None:
            return
        path = ask_save_animation(dialog, settings.last_folder, name=self._window.files.title, kind=dialog.choices.kind)
        if path is not None:
            settings.last_folder = str(absolute(path).parent)
            self.export_to(path)

    def _cancel(self) -> None:
        if self._filming is not None:
            self._filming.cancel()

    def _tell_done(self, film: Film) -> None:
        size = size_of(film.path) if is_there(film.path) else 0
        frames = f"{len(film.epochs):,} frames" if len(film.epochs) != 1 else "1 frame"
        self._end_film(f"Saved as {film.path.name}: {frames}, {size / 1e6:.2g} MB.")
        if self.dialog is not None:
            self.dialog.said.setToolTip(wrapped(str(film.path)))

    def _end_film(self, sentence: str, kind: str = "info") -> None:
        filming, self._filming = self._filming, None
        if filming is not None:
            filming.close()
            filming.deleteLater()
        if self.dialog is not None:
            self.dialog.show_end(sentence, kind)

    def _complain(self, sentence: str) -> None:
        """The studio has no network to draw."""
        if self.dialog is not None and self._filming is None:
            self.dialog.say(sentence, "error")


def _epochs(moment: Snapshot) -> list[int]:
    """Return the epochs of all moments that can be shown."""
    return [one.epoch for one in whole_record(moment).checkpoints]
