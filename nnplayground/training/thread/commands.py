"""Commands that train: by name with plain arguments, and a player that performs all commands on a session alone.

The window gives the same commands as orders to its thread; the player here does without a thread, and so does whatever
plays commands without a window: tests, scripts, lessons, the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nnplayground.errors import InputError, shown
from nnplayground.project.changes import Consequence, plan
from nnplayground.project.commands import EDITS, Command, check, edited
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import VALUE, ParameterIndex
from nnplayground.training.run.run import Run
from nnplayground.training.thread.next_run import next_run
from nnplayground.training.thread.session import Session

SLICE = 10_000
"""So many batches are trained between two looks at whether a step is done."""


def train(session: Session, epochs: int = 0, batches: int = 0, samples: int = 0) -> None:
    """Train so many samples one by one, to the end of so many epochs, then so many batches."""
    check_steps(epochs, batches, samples)
    if samples:
        session.train_samples(samples)
    if batches or epochs:
        session.train(batches, epochs)
        _finish(session)


def train_until(session: Session, epoch: int) -> None:
    """Train to the end of an epoch, or until the run stops by itself; nothing where it is over already."""
    session.train_until(epoch)
    _finish(session)


def restart(session: Session) -> None:
    """Go back to the first weights of the document."""
    session.restart()


def go_to(session: Session, epoch: int | None = None) -> None:
    """Go to the nearest moment that was kept at or before an epoch, or to the newest one."""
    session.travel(epoch)


def set_weight(session: Session, layer: int, unit: int, source: int | None, value: float) -> None:
    """Give a weight, or with no `source` a bias, a value; training goes on from there."""
    index = ParameterIndex(layer, unit, source)
    check_weight(index, value, exists=session.run.architecture.place(layer, unit, source) is not None)
    session.set_values([(index, float(value))])


def check_steps(epochs: int, batches: int, samples: int) -> None:
    """Raise `InputError` where there is nothing to train."""
    if min(epochs, batches, samples) < 0 or not (epochs or batches or samples):
        raise InputError("There is nothing to train; give a number of epochs, batches or samples of at least 1.")


def check_weight(index: ParameterIndex, value: float, *, exists: bool) -> None:
    """Raise `InputError` where a network has no such weight or bias, or cannot have this value in it."""
    if not exists:
        raise InputError(
            f"There is no such weight or bias: layer {index.layer}, unit {index.unit}, source {index.source}."
        )
    if not VALUE.accepts(value):
        raise InputError(f"A weight cannot be {shown(value)}; it must be {VALUE.legal}.")


RUNS: dict[str, Callable[..., None]] = {
    command.__name__: command for command in (train, train_until, restart, go_to, set_weight)
}
"""The commands that train; each is a function that takes the session first."""

ALL: dict[str, Callable[..., object]] = {**EDITS, **RUNS}
"""Every command there is."""


class CommandPlayer:
    """Performs commands one after another on a document and its session, without a thread or a window."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.session = Session(Run(project), 1)

    def perform(self, command: Command) -> None:
        """Do what a command says, to its end; raises `InputError`, with nothing changed, where that cannot be done."""
        if command.name in EDITS:
            self._go_on_with(edited(self.project, command))
        else:
            check(command, ALL)
            RUNS[command.name](self.session, **command.arguments)

    def perform_all(self, commands: Iterable[Command]) -> None:
        """Perform several commands."""
        for command in commands:
            self.perform(command)

    def _go_on_with(self, project: Project) -> None:
        """Do what an edit of the document means for the training."""
        edit = plan(self.project, project, keep_weights=True)
        session = self.session
        if edit.consequence is Consequence.RETUNE:
            session.retune(edit)
        elif edit.consequence is Consequence.KEEP:
            history = session.branch_history
            self.session = Session(next_run(session.run, edit, history), 1, branch_history=history)
        elif edit.consequence is Consequence.START_OVER:
            self.session = Session(Run(project), 1)
        self.project = project


def _finish(session: Session) -> None:
    while session.playing:
        session.advance(SLICE)
