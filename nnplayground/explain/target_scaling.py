"""What became of the scaling of the targets, in a sentence."""

from __future__ import annotations

from nnplayground.data.scaling_advice import short
from nnplayground.data.target_scaling import needs_scaling
from nnplayground.training.run.prepare import Prepared


def auto_note(choice: str, data: Prepared) -> str:
    """Return what `auto` decided for targets that are numbers, and why; "" for any other choice."""
    if choice != "auto" or data.samples.classes:
        return ""
    names = data.samples.target_names
    if not data.target_scaling.is_used:
        each = "the target is" if len(names) == 1 else "the targets are"
        return f"Auto: not scaled, as {each} of a usual size."
    needing = needs_scaling(data.samples.target_columns[data.train_rows])
    place = int(needing.argmax())
    what = "standardized" if len(names) == 1 else "all standardized"
    return f"Auto: {what}, as {names[place]} lies between {span_words(data, place)}."


def span_words(data: Prepared, place: int) -> str:
    """Return the lowest and the highest value of a target in the training part: "75,000 and 600,000"."""
    values = data.samples.target_columns[data.train_rows, place]
    return f"{short(values.min())} and {short(values.max())}"
