"""Performs commands in the window: edits as undoable steps of the document, training as orders to the thread.

They are the commands of `training.thread.commands`, which a session alone can perform as well; each parameter has the
name that it has there.
"""

from __future__ import annotations

from collections.abc import Callable

from nnplayground.app.document import Document
from nnplayground.app.player import Player
from nnplayground.project.commands import EDITS, Command, check, edited
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.thread.commands import ALL, RUNS, check_steps, check_weight


class Performer:
    """Performs commands on a document and the player that trains it."""

    def __init__(self, document: Document, player: Player) -> None:
        self._document, self._player = document, player
        self._runs: dict[str, Callable[..., None]] = {
            "train": self._train,
            "train_until": self._player.run_to,
            "restart": self._player.restart,
            "go_to": self._go_to,
            "set_weight": self._set_weight,
        }
        assert self._runs.keys() == RUNS.keys()

    def perform(self, command: Command) -> None:
        """Begin to do what a command says; raises `InputError`, with nothing changed, where that cannot be done."""
        if command.name in EDITS:
            text = command.name.replace("_", " ").capitalize()
            self._document.edit(edited(self._document.project, command), text)
        else:
            check(command, ALL)
            self._runs[command.name](**command.arguments)

    def _train(self, epochs: int = 0, batches: int = 0, samples: int = 0) -> None:
        check_steps(epochs, batches, samples)
        self._player.step(samples=samples, batches=batches, epochs=epochs)

    def _go_to(self, epoch: int | None = None) -> None:
        self._player.travel(epoch)

    def _set_weight(self, layer: int, unit: int, source: int | None, value: float) -> None:
        index = ParameterIndex(layer, unit, source)
        before = self._player.snapshot.value_at(index) if self._player.snapshot is not None else None
        check_weight(index, value, exists=before is not None)
        assert before is not None
        self._document.set_values([(index, before)], [(index, float(value))], "Set weight")
