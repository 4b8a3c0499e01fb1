"""Drives the training thread for the window: orders in, frames out, at the window's own pace.

At most one frame is asked for at a time; the worker answers between two batches, and the next one is asked for when the
answer has been shown. While nothing trains and nothing has changed, no timer runs.
"""

from __future__ import annotations

import time
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnplayground.app.document import MOST_STEPS
from nnplayground.project.changes import Consequence, EditPlan
from nnplayground.project.edit_step import EditStep
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.observation import Request
from nnplayground.training.observe.snapshot import Failure, Snapshot
from nnplayground.training.run.trained_state import TrainedState
from nnplayground.training.thread.pace import Pace
from nnplayground.training.thread.revisiting import whole_record
from nnplayground.training.thread.undo_memory import UndoMemory, brought_back
from nnplayground.training.thread.worker import (
    Frame,
    Load,
    Order,
    Pause,
    Play,
    Restart,
    Retune,
    Revisit,
    SetPace,
    SetValues,
    Train,
    Travel,
    Worker,
)

Wanted = TypeVar("Wanted", bound=Request[object])

FRAME_MILLISECONDS = 16
RETRY_MILLISECONDS = 3
LOOK_SECONDS = 0.001  # between two looks at what the thread has put down, where the window waits for it


class Player(QObject):
    """Emits `frame(Snapshot)` for every new state of the current document, and `failed(sentence)`.

    `ordering(Order)` comes before an order goes to the thread, so that others can still send one of their own.
    """

    frame = Signal(object)
    failed = Signal(str)
    ordering = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = Worker()
        self.snapshot: Snapshot | None = None
        self._learned: Snapshot | None = None  # the last one of this document, which outlives a failure
        self._undo_memory = UndoMemory(most=MOST_STEPS)
        self._requests: dict[str, Request[object]] = {}  # by who reads the answers
        self._wants: frozenset[Request[object]] = frozenset()  # all of them
        self._first_generation = 0  # since then the weights have been kept
        self._generation = 0
        self._asked = False  # a frame is on its way
        self._ordered: bool | None = None  # whether the last order was to play, until a frame has answered it
        self._is_hurried = False  # somebody has pressed Pause and waits to see training stand still
        self._wanted = False  # something has changed since the last frame was asked for
        self.target: int | None = None  # the epoch to which the last order asked to train
        self.is_behind = False  # whether the last frame was asked for before the last order or wish
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    def load(self, project: Project, *, trained: TrainedState | None = None) -> None:
        """Train this project from now on, a document of its own of which nothing has been learned yet.

        With `trained`, go on from a network that was trained before.
        """
        self._learned, self._undo_memory = None, UndoMemory(most=MOST_STEPS)
        self._load(project, None, trained)

    def apply_edit(self, plan: EditPlan, step: EditStep) -> None:
        """Do what an edit of the document asks for.

        What has no place in the network that is being trained comes back where an undo, a redo or the same gesture
        makes room for it again, with the numbers that it had then.
        """
        wanted = self._undo_memory.pass_step(step, plan, self._learned)
        if plan.consequence is Consequence.RETUNE and self.snapshot is not None:
            self._order(Retune(plan))
        elif plan.consequence is not Consequence.NOTHING:
            self._load(plan.new, plan)
            if wanted is not None and plan.consequence is Consequence.KEEP:
                self._bring_back(plan, wanted)

    def _load(self, project: Project, plan: EditPlan | None, trained: TrainedState | None = None) -> None:
        self._generation += 1
        if plan is None or not plan.keeps_weights:
            self._first_generation = self._generation
        self._asked = False  # what is still on its way belongs to the past
        self._order(Load(project, self._generation, plan, trained))

    def _bring_back(self, plan: EditPlan, wanted: Snapshot) -> None:
        """Give the network the weights and biases of before that the one it follows has no more."""
        before = self.snapshot
        if before is None or wanted.generation < self._first_generation or wanted.steps > before.steps:
            return  # all weights are others since then
        values = brought_back(wanted, before, plan)
        if values:
            self.set_values(values)

    @property
    def is_current(self) -> bool:
        """Whether the snapshot is of the project that was loaded last; the first frame of that may be on its way."""
        return self.snapshot is not None and self.snapshot.generation == self._generation

    @property
    def plays(self) -> bool:
        """Whether training goes on, as was ordered last or, without an order under way, as the last frame tells."""
        if self._ordered is not None:
            return self._ordered
        return self.snapshot is not None and self.snapshot.running

    @property
    def is_at_rest(self) -> bool:
        """Whether everything that was asked for has been shown, and nothing trains."""
        return not self._timer.isActive()

    def play(self) -> None:
        """Train until told otherwise."""
        self._order(Play())
        self._ordered = True

    def pause(self) -> None:
        """Stop training after the current slice."""
        self._ordered = False
        self._order(Pause())

    def step(self, *, samples: int = 0, batches: int = 0, epochs: int = 0) -> None:
        """Train so many samples one by one, so many batches, or to the end of so many epochs."""
        self._order(Train(samples=samples, batches=batches, epochs=epochs))

    def run_to(self, epoch: int) -> None:
        """Train to the end of an epoch, or until the run stops by itself."""
        if self.snapshot is not None and epoch > self.snapshot.epoch:
            self._ordered = True
        self._order(Train(until=epoch))

    def travel(self, epoch: int | None) -> None:
        """Pause and go to the nearest moment that was kept at or before an epoch, or to the newest one."""
        self._ordered = False
        self._order(Travel(epoch))

    def revisit(self, moment: Snapshot) -> None:
        """Have the past of a moment of another player, without a way on: stand at its end, and travel through it."""
        self._generation += 1
        self._first_generation = self._generation
        self._asked = False  # what is still on its way belongs to another document
        self._order(Revisit(moment.project, moment.data, whole_record(moment), self._generation))

    def restart(self) -> None:
        """Go back to the first weights."""
        self._order(Restart())

    def set_values(self, values: tuple[tuple[ParameterIndex, float], ...]) -> None:
        """Change single weights and biases."""
        self._order(SetValues(values))

    def set_pace(self, pace: Pace) -> None:
        """Train at this pace."""
        self._order(SetPace(pace))

    def want(self, reader: str, request: Request[object] | None) -> None:
        """Observe something for a reader from the next frame on, or nothing (`None`), as it does not look any more.

        What several readers want is observed once, and as long as one of them wants it.
        """
        before = self._wants
        self._requests.pop(reader, None)
        if request is not None:
            self._requests[reader] = request
        self._wants = frozenset(self._requests.values())
        if self._wants != before:
            self._ask_again()

    def want_instead(self, request: Request[object]) -> None:
        """Observe this for the reader that has a request of the same kind, in its place."""
        reader = next(reader for reader, have in self._requests.items() if type(have) is type(request))
        self.want(reader, request)

    def wanted(self, kind: type[Wanted]) -> Wanted | None:
        """Return a request of this kind that a reader has, if any."""
        return next((request for request in self._requests.values() if isinstance(request, kind)), None)

    def show_again(self, wanted: bool) -> None:
        """Bring the frame of this moment once more when it is `wanted`, as a view comes back that was hidden."""
        if wanted:
            self._ask_again()

    def wait_for_first(self, seconds: float) -> None:
        """Show the first frame of all before anything else is done, if it comes within so many seconds."""
        end = time.monotonic() + seconds
        while self.snapshot is None and self._asked and time.monotonic() < end:
            self._tick()
            time.sleep(LOOK_SECONDS)

    def close(self) -> None:
        """End the thread; the player is of no use afterwards."""
        self._timer.stop()
        self.worker.close()

    def _order(self, order: Order) -> None:
        if isinstance(order, (Load, Play, Pause, Train, Restart, Travel)):
            self.target = order.until if isinstance(order, Train) else None
        self.ordering.emit(order)
        self._is_hurried = isinstance(order, Pause) and self.snapshot is not None and self.snapshot.running
        self.worker.order(order)
        if self._is_hurried:
            self._ask()  # also where a frame is on its way already: that one is of before the pause
            self._timer.start(RETRY_MILLISECONDS)
        else:
            self._ask_again()

    def _ask_again(self) -> None:
        self._wanted = True
        if not self._asked:
            self._ask()
        self._timer.start()

    def _ask(self) -> None:
        self._asked, self._wanted = True, False
        self.worker.order(Frame(self._wants, hasty=self._is_hurried))

    def _tick(self) -> None:
        answer = self.worker.mailbox.take()
        if answer is not None and answer.generation == self._generation:
            if not (self._is_hurried and isinstance(answer, Snapshot) and answer.running):
                self._show(answer)  # one of before the pause would only take time
        elif not self._asked and self._wanted:
            self._ask()
        elif self._timer.interval() != RETRY_MILLISECONDS:
            self._timer.setInterval(RETRY_MILLISECONDS)  # a frame that is a little late need not wait for a whole one

    def _show(self, answer: Snapshot | Failure) -> None:
        self._asked, self.is_behind = False, self._wanted
        if self._timer.interval() != FRAME_MILLISECONDS:
            self._timer.setInterval(FRAME_MILLISECONDS)
        running = isinstance(answer, Snapshot) and answer.running
        if not self._wanted:
            self._ordered = None  # the answer is younger than the last order
        if self._is_hurried:
            self._wanted, self._is_hurried = True, False  # one with everything follows when this one has been shown
        elif running or self._wanted:
            self._ask()
        else:
            self._timer.stop()
        if isinstance(answer, Snapshot):
            self.snapshot = self._learned = answer
            self.frame.emit(answer)
        else:
            self.snapshot = None
            self.failed.emit(answer.message)
