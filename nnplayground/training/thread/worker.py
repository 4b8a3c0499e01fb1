"""The training thread.

The protocol, one step from the slider to the plot:

1. The window puts orders into the inbox: `Load`, `Retune`, `SetValues`, `Play`, `Pause`, `Train`, `Restart`, `Travel`,
   `Revisit`, `Frame`.
2. The thread trains a slice of a few milliseconds, yields, obeys all orders that have come in, and goes on.
   While nothing trains it sleeps until the next order.
3. A `Frame` order is answered between two batches by one frozen, numbered `Snapshot` (or a `Failure`) in the mailbox;
   it replaces one that was not taken yet.
4. The owner of the worker takes from the mailbox at any time, and drops what belongs to an older generation.

Nothing here knows Qt. Errors travel by the same mailbox and the thread lives on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Any

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import UserError, surprise
from nnplayground.project.changes import EditPlan
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.observation import Request
from nnplayground.training.observe.snapshot import Failure, Snapshot
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.run import Run
from nnplayground.training.run.trained_state import TrainedState
from nnplayground.training.thread.next_run import next_run
from nnplayground.training.thread.pace import Pace, Slicer
from nnplayground.training.thread.session import Session
from nnplayground.training.time_travel.branch_history import BranchHistory
from nnplayground.training.time_travel.history_record import HistoryRecord

Answer = Snapshot | Failure


@dataclass(frozen=True)
class Load:
    """Train this project from now on, as the `plan` of the edit that made it says; without one, from its first weights.

    With `trained`, go on from a network that was trained before.
    """

    project: Project
    generation: int
    plan: EditPlan | None = None
    trained: TrainedState | None = None


@dataclass(frozen=True)
class Retune:
    """Use the numbers for the training after an edit from the next batch on, and freeze what is frozen then."""

    plan: EditPlan


@dataclass(frozen=True)
class SetValues:
    """Change single weights and biases between two batches."""

    values: tuple[tuple[ParameterIndex, float], ...]


@dataclass(frozen=True)
class Play:
    """Train until told otherwise or until the run stops by itself."""


@dataclass(frozen=True)
class Pause:
    """Stop after the current slice."""


@dataclass(frozen=True)
class Train:
    """Train so many samples one by one, so many batches, or so many epochs, or up to the epoch `until`, and pause."""

    samples: int = 0
    batches: int = 0
    epochs: int = 0
    until: int | None = None


@dataclass(frozen=True)
class Restart:
    """Go back to the first weights."""


@dataclass(frozen=True)
class Travel:
    """Pause and show the nearest moment that was kept at or before an epoch, or the newest one."""

    epoch: int | None


@dataclass(frozen=True)
class Revisit:
    """Stand where the past of another run ends, to travel through it: to show it elsewhere, while that one goes on."""

    project: Project
    data: Prepared
    record: HistoryRecord
    generation: int


@dataclass(frozen=True)
class SetPace:
    """Train at this pace from now on."""

    pace: Pace


@dataclass(frozen=True)
class Frame:
    """Hand out a snapshot, with the observations that are wanted, each as often as is good for training.

    A `hasty` one leaves out, at rest as well, what would take long.
    """

    wants: frozenset[Request[object]] = frozenset()
    hasty: bool = False


@dataclass(frozen=True)
class Close:
    """End the thread."""


Order = Load | Retune | SetValues | Play | Pause | Train | Restart | Travel | Revisit | SetPace | Frame


class Mailbox:
    """Holds the latest answer; a newer one replaces it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: Answer | None = None

    def put(self, answer: Answer) -> None:
        """Leave an answer."""
        with self._lock:
            self._latest = answer

    def take(self) -> Answer | None:
        """Return the latest answer, once."""
        with self._lock:
            answer, self._latest = self._latest, None
        return answer


class Worker:
    """Owns the thread. `order` and `mailbox` may be used from any other thread; `close` ends it."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._inbox: SimpleQueue[Order | Close] = SimpleQueue()
        self._aside: deque[Order | Close] = deque()  # what has come in but must wait until the slice is done
        self._session: Session | None = None
        self._last_run: Run | None = None  # outlives a failed load, so that the next good one can carry on
        self._branch_history = BranchHistory()  # and so does this
        self._failure: Failure | None = None
        self._generation = 0
        self._plays_on = False  # outlives a failed load as well, so that the next good one goes on playing
        self._slicer = Slicer()
        self._reading = Progress()
        self._obey: dict[type, Callable[[Any], None]] = {
            Load: self._load,
            Retune: self._retune,
            SetValues: self._set_values,
            Play: self._play,
            Pause: self._pause,
            Train: self._train,
            Restart: self._restart,
            Travel: self._travel,
            Revisit: self._revisit,
            SetPace: self._set_pace,
            Frame: self._answer,
        }
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._thread.start()

    def order(self, order: Order) -> None:
        """Put an order into the inbox and return at once."""
        self._inbox.put(order)

    def close(self) -> None:
        """End the thread and wait for it; a file that is being read is left."""
        self._reading.cancel()
        self._inbox.put(Close())
        self._thread.join()

    def _work(self) -> None:
        while True:
            training = self._session is not None and self._session.playing
            order = self._next_order(self._wait() if training else None)
            if isinstance(order, Close):
                return
            self._guarded(order)
            if order is None:
                time.sleep(0)  # waits for nothing: it only offers the interpreter to the window's thread

    def _wait(self) -> float:
        """Seconds until the next slice is due; a step is due at once."""
        return 0.0 if self._session is not None and self._session.is_stepping else self._slicer.pause

    def _next_order(self, wait: float | None) -> Order | Close | None:
        """Return the next order; `None` when none comes within `wait` seconds and training is due.

        Without a `wait`, sleep until an order comes.
        """
        if self._aside:
            return self._aside.popleft()
        try:
            if wait is None:
                return self._inbox.get()
            return self._inbox.get(timeout=wait) if wait > 0.0 else self._inbox.get_nowait()
        except Empty:
            return None

    def _guarded(self, order: Order | None) -> None:
        """Obey an order, or train a slice; whatever goes wrong becomes a message in the mailbox."""
        try:
            if order is not None:
                self._obey[type(order)](order)
            elif self._session is not None:
                self._train_slice(self._session)
        except CancelledError:
            pass  # the thread is about to end, and no caller waits for an answer
        except UserError as error:
            self._fail(str(error))
        except MemoryError:
            self._fail(
                "There is too little memory for this network and these data; make the layers or the batches smaller."
            )
        except Exception as error:  # noqa: BLE001  # the thread must outlive every surprise, which is told in full
            self._fail(f"Training failed with an error of the program ({surprise(error)}).")

    def _train_slice(self, session: Session) -> None:
        """Train a slice; one at whose end many samples are measured takes long, so the window is not kept waiting."""
        run = session.run
        run.between = self._answer_meanwhile
        try:
            self._slicer.train(session)
        finally:
            run.between = None

    def _answer_meanwhile(self) -> None:
        """Pause and hand out snapshots in the middle of a slice; with any other order all orders wait for its end."""
        while not self._aside:
            order = self._next_order(0.0)
            if order is None:
                return
            if isinstance(order, Pause):
                self._pause(order)
            elif isinstance(order, Frame):
                self._answer(replace(order, hasty=True))
            else:
                self._aside.append(order)

    def _fail(self, message: str) -> None:
        self._session = None
        self._failure = Failure(self._generation, message)
        self.mailbox.put(self._failure)

    def _load(self, order: Load) -> None:
        session = self._session
        # A step ends with the network for which it was asked for; playing goes on.
        playing = self._plays_on if session is None else session.playing and not session.is_stepping
        self._plays_on = playing
        if order.plan is None or not order.plan.keeps_weights:
            self._last_run, self._branch_history = None, BranchHistory()
        self._session, self._failure, self._generation = None, None, order.generation
        self._slicer.reset()
        if order.plan is None or self._last_run is None:
            run = Run(order.project, trained=order.trained, progress=self._reading)
        else:
            run = next_run(self._last_run, order.plan, self._branch_history, self._reading)
        self._last_run = run
        self._session = Session(run, order.generation, playing=playing, branch_history=self._branch_history)
        self._plays_on = False

    def _retune(self, order: Retune) -> None:
        if self._session is None:  # what failed may go well with the new settings
            self._load(Load(order.plan.new, self._generation, order.plan))
        else:
            self._session.retune(order.plan)
            self._slicer.reset()

    def _set_values(self, order: SetValues) -> None:
        if self._session is not None:
            self._session.set_values(order.values)

    def _play(self, _order: Play) -> None:
        if self._session is not None:
            self._session.play()

    def _pause(self, _order: Pause) -> None:
        self._plays_on = False
        if self._session is not None:
            self._session.pause()

    def _train(self, order: Train) -> None:
        if self._session is not None:
            if order.samples:
                self._session.train_samples(order.samples)
            if order.batches or order.epochs:
                self._session.train(order.batches, order.epochs)
            if order.until is not None:
                self._session.train_until(order.until)

    def _restart(self, _order: Restart) -> None:
        if self._session is not None:
            self._session.restart()
            self._slicer.reset()
            self._last_run, self._branch_history = self._session.run, self._session.branch_history

    def _travel(self, order: Travel) -> None:
        if self._session is not None:
            self._session.travel(order.epoch)
            self._last_run = self._session.run

    def _revisit(self, order: Revisit) -> None:
        self._session, self._failure, self._generation = None, None, order.generation
        run = Run(order.project, order.data)
        run.restore(order.record.checkpoints[-1])
        self._last_run, self._branch_history = run, BranchHistory.known(order.record)
        self._session = Session(run, order.generation, branch_history=self._branch_history)

    def _set_pace(self, order: SetPace) -> None:
        self._slicer.set_pace(order.pace)

    def _answer(self, order: Frame) -> None:
        if self._session is not None:
            speed = self._slicer.epochs_per_second
            self.mailbox.put(self._session.snapshot(order.wants, hasty=order.hasty, epochs_per_second=speed))
        elif self._failure is not None:
            self.mailbox.put(self._failure)
