"""Tells in the window why nothing is learned: follows the frames, asks for a report on a suspicion, offers the edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject

from nnplayground.explain.not_learning import Situation, find_cause, is_suspicious, since
from nnplayground.explain.remedies import remedy_of
from nnplayground.explain.words import words_of
from nnplayground.message import Message
from nnplayground.project.model import Project
from nnplayground.training.observe.reports import Report, ReportRequest
from nnplayground.training.observe.snapshot import Snapshot

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow

PAUSE = 500
"""Milliseconds between two judgements while the network trains."""


class Causes(QObject):
    """One cause at a time, judged by what was measured since the last edit; a line that was closed stays away."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._line = window, window.cost_view.cause
        self._project: Project | None = None
        self._since = self._epoch = 0
        self._closed = ""  # the id of the message that was closed
        self._age = QElapsedTimer()
        self._line.remedy_wanted.connect(self._mend)
        self._line.closed.connect(self._close)
        window.player.frame.connect(self.show_frame)
        window.player.failed.connect(self._forget)

    def be_silent(self) -> None:
        """Judge nothing any more, in a window that is never shown."""
        self._window.player.frame.disconnect(self.show_frame)
        self._forget()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Judge a moment, not more often than it can be read while the network trains."""
        self._follow_edits(snapshot)
        report = snapshot.seen.of(ReportRequest)
        if snapshot.running and self._age.isValid() and self._age.elapsed() < PAUSE and report is None:
            return
        self._age.start()
        self._judge(snapshot, report)

    def _follow_edits(self, snapshot: Snapshot) -> None:
        """Begin to measure anew with every edit, and with every way back to an earlier epoch."""
        project = replace(snapshot.project, name="")
        if project != self._project:
            self._project, self._since, self._closed = project, snapshot.epoch, ""
        elif snapshot.epoch < self._epoch:
            self._since = min(self._since, snapshot.epoch)
        if snapshot.epoch == 0:
            self._since = 0
        self._epoch = snapshot.epoch

    def _judge(self, snapshot: Snapshot, report: Report | None) -> None:
        has_diverged = snapshot.stop is not None and snapshot.stop.has_diverged
        curve = since(snapshot.curve, self._since)
        situation = Situation(snapshot.project, snapshot.data, curve, report, has_diverged)
        suspicious = is_suspicious(situation)
        self._window.player.want("causes", ReportRequest() if suspicious and not has_diverged else None)
        message = find_cause(situation) if suspicious else None
        if message is None and suspicious and report is None:
            message = self._line.message  # what the last report told
        self._show(message)

    def _show(self, message: Message | None) -> None:
        is_closed = message is not None and message.id == self._closed
        self._line.show_message(None if is_closed else message)

    def _mend(self) -> None:
        """Make the edit, which can be undone."""
        message = self._line.message
        remedy = remedy_of(message) if message else None
        if remedy is None:
            return
        document = self._window.document
        document.edit(remedy.edit(document.project), words_of(remedy.title))
        if remedy.restarts:
            self._window.control.restart()
        self._line.show_message(None)

    def _close(self) -> None:
        self._closed = self._line.message.id if self._line.message else ""
        self._line.show_message(None)

    def _forget(self, *_failure: object) -> None:
        self._line.show_message(None)
