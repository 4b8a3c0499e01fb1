"""What became of the scaling of the targets."""

from __future__ import annotations

from nnplayground.data.target_scaling import needs_scaling
from nnplayground.message import Message
from nnplayground.training.run.prepare import Prepared


def auto_note(choice: str, data: Prepared) -> Message | None:
    """Return what `auto` decided for targets that are numbers, and why; `None` for any other choice."""
    if choice != "auto" or data.samples.classes:
        return None
    names = data.samples.target_names
    if not data.target_scaling.is_used:
        return Message("target_scaling.usual_size", {"targets": len(names)})
    values = data.samples.target_columns[data.train_rows]
    place = int(needs_scaling(values).argmax())
    ends = {"low": float(values[:, place].min()), "high": float(values[:, place].max())}
    return Message("target_scaling.standardized", {"targets": len(names), "target": names[place], **ends})
