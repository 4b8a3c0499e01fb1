"""What to do where something failed."""

from __future__ import annotations

from nnplayground.message import Message
from nnplayground.project.layer_specs import SPATIAL
from nnplayground.project.model import ImagesSource, Project


def advice_on(project: Project) -> Message | None:
    """Return what to do, to follow the sentence of a failure, where the network needs pictures and gets none."""
    looks_at_pictures = any(isinstance(layer, SPATIAL) for layer in project.network.layers)
    if not looks_at_pictures or isinstance(project.data.source, ImagesSource):
        return None
    return Message("advice.pictures")
