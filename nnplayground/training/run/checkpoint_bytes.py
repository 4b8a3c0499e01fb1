"""A checkpoint as bytes and back, bit for bit: a run that is restored from them goes on as the one that wrote them."""

from __future__ import annotations

from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.state_archive import StateReader, StateWriter

FORMAT = "nnplayground/checkpoint"


def write_checkpoint(checkpoint: Checkpoint) -> bytes:
    """Return the checkpoint as an archive; its form is told in `state_archive`."""
    return StateWriter().archive(FORMAT, Checkpoint, checkpoint)


def read_checkpoint(content: bytes) -> Checkpoint:
    """Return the checkpoint in an archive.

    Raises `InputError` with one sentence for what is no such archive, is damaged, or would take too much memory.
    """
    checkpoint: Checkpoint = StateReader(content, FORMAT).value(Checkpoint)
    return checkpoint
