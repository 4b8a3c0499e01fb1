"""What to do where something failed."""

from __future__ import annotations

from nnplayground.message import Message
from nnplayground.project.layer_specs import look_at_pictures
from nnplayground.project.model import ImagesSource, Project


def advice_on(project: Project) -> Message | None:
    """Return what to do, to follow the sentence of a failure, where the network needs pictures and gets none."""
    if not look_at_pictures(project.network.layers) or isinstance(project.data.source, ImagesSource):
        return None
    return Message("advice.pictures")
