"""Making the weights of this moment the start of the experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnplayground.project.model import Parameters

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow
    from nnplayground.training.observe.snapshot import Snapshot

# The document holds every number of its start by itself, and is compared as a whole with each edit.
MOST_NUMBERS = 200_000
NOT_YET = "The network has just become another one; choose it again when its weights are on show."
DONE = "Training starts over from these weights, and Restart returns to them; undo brings the old start back."


def start_from_present(window: MainWindow) -> None:
    """Let the experiment start from the weights on show, or say why it cannot."""
    snapshot = window.player.snapshot
    if snapshot is None:
        return
    sentence = reason_against(snapshot) if window.player.is_current else NOT_YET
    if sentence:
        window.messages.show_message(sentence, "warning")
        return
    window.edits.start_from(parameters_of(snapshot))
    window.messages.show_message(DONE)


def reason_against(snapshot: Snapshot) -> str:
    """Return why a document cannot start from these weights, or nothing when it can."""
    numbers = snapshot.architecture.parameter_count
    if numbers > MOST_NUMBERS:
        return (
            f"This network has {numbers:,} weights and biases; a project can hold a start of up to {MOST_NUMBERS:,}. "
            "Export the trained network instead, which opens as what it is."
        )
    if not np.isfinite(snapshot.parameters).all():
        return "Some of these weights are no numbers any more, so nothing can start from them. Press Restart first."
    return ""


def parameters_of(snapshot: Snapshot) -> Parameters:
    """Return the weights and biases of a moment as the document holds them: one row for each neuron or filter."""
    return Parameters(
        weights=tuple(
            tuple(map(tuple, weights.astype(float).reshape(len(weights), -1).tolist())) for weights in snapshot.weights
        ),
        biases=tuple(tuple(biases.astype(float).tolist()) for biases in snapshot.biases),
    )
