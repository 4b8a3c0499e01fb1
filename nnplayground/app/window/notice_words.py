"""What the window says of an edit that costs something."""

from __future__ import annotations

from nnplayground.project.changes import Cause, Notice

CAUSES = {
    Cause.SEED: "the seed",
    Cause.INITIAL_WEIGHTS: "the initial weights",
    Cause.COST: "the cost function",
    Cause.OUTPUT_ACTIVATION: "the output activation",
    Cause.TARGET_SCALING: "the scaling of the target",
    Cause.DATA: "the data",
}


def notice_text(notice: Notice) -> str:
    """Return the sentence of a notice."""
    if notice.id == "start_values_left_out":
        return (
            "The start values of the file no longer fit and are left out, so Restart draws new ones; "
            "undo brings them back."
        )
    if notice.id == "layers_moved":
        first, last = notice.layers[0] + 1, notice.layers[-1] + 1
        return (
            f"Layers {first} {'and' if len(notice.layers) == 2 else 'to'} {last} changed places: "
            "weights between layers that were not neighbours before start anew, all others are kept."
        )
    if notice.cause is None:
        return "Training started over with new weights, because “Keep weights” is off."
    return f"Training started over, because {CAUSES[notice.cause]} changed."


def notice_kind(notice: Notice) -> str:
    """Return which kind of message it is."""
    return "warning" if notice.id == "start_values_left_out" else "info"


def is_about_training(notice: Notice) -> bool:
    """Tell whether it concerns what has been learned, so that it means nothing before anything has been."""
    return notice.id != "start_values_left_out"
