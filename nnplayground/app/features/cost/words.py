"""What the cost view says in words: events, readings, and where in time one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nnplayground.app.features.cost.ghosts import Ghosts
from nnplayground.app.features.cost.measure import Measure
from nnplayground.app.features.cost.traces import Line, Trace
from nnplayground.app.text.setting_words import difference_text, setting_name, value_text
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.explain.words import chosen_on, words_of
from nnplayground.project.differences import differences
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.parts import Part
from nnplayground.training.time_travel.history_record import Event

MOST_LINES, MOST_SETTINGS = 6, 2


def event_text(event: Event) -> str:
    """Return what happened, in a few words."""
    if event.kind == "changed":
        return "; ".join(map(difference_text, event.changes))
    if event.kind == "edited":
        return "numbers edited by hand"
    if event.kind == "branched":
        return "went back to here and another way on"
    return words_of(event.stop.message) if event.stop else "stopped by itself"


def events_text(events: Sequence[Event], best: int | None, part: Part) -> str:
    """Return what happened at a sign, one line for each epoch and event; `part` chose the best epoch."""
    lines = [] if best is None else [f"Epoch {best:,}: the best so far, {chosen_on(part)}"]
    lines += [f"Epoch {event.epoch:,}: {event_text(event)}" for event in events]
    more = len(lines) - MOST_LINES
    return "\n".join(lines if more <= 0 else [*lines[:MOST_LINES], f"and {more} more"])


def standing_text(snapshot: Snapshot) -> tuple[str, str]:
    """Return where one stands while one has gone back, and the same in short; nothing at the newest moment."""
    record = snapshot.record
    if not record.is_back:
        return "", ""
    where = f"Epoch {snapshot.epoch:,} of {record.last_epoch:,}."
    then = trained_then(snapshot)
    if then is None:
        return f"{where} Play goes on from here.", where
    text = then_text(snapshot, then)
    return f"{where} {text}. Play goes on from here.", f"Epoch {snapshot.epoch:,}, other settings then."


def trained_then(snapshot: Snapshot) -> TrainingSpec | None:
    """Return how this moment was trained, where that is not how training would go on."""
    then = snapshot.record.trained_then
    return None if then is None or then == snapshot.project.training else then


def then_text(snapshot: Snapshot, then: TrainingSpec) -> str:
    """Return in which settings the training of then differs from that of now."""
    found = differences(snapshot.project, replace(snapshot.project, training=then))
    texts = [f"{setting_name(one.path)} {value_text(one.path, one.after)}" for one in found]
    more = len(texts) - MOST_SETTINGS
    return "Then with " + ", ".join(texts[:MOST_SETTINGS]) + (f" and {more} more" if more > 0 else "")


def reading(measure: Measure, traces: Sequence[Trace], ghosts: Ghosts, epoch: int, *, is_back: bool) -> str:
    """Return what all curves of a plot say at an epoch; while one `is_back`, the last that was left is what follows."""
    parts = [text for trace in traces if trace.is_shown for text in _values(measure, [trace], epoch, trace.name)]
    for ghost in ghosts.left:
        follows = is_back and ghost is ghosts.left[-1]
        parts += _values(measure, ghost.lines, epoch, "later" if follows else "left behind")
    for ghost in ghosts.pinned:
        name = ghost.source.name if isinstance(ghost.source, PinnedCurve) else ""
        parts += _values(measure, ghost.lines, epoch, name)
    return ", ".join(parts)


def _values(measure: Measure, lines: Iterable[Line], epoch: int, name: str) -> list[str]:
    """Return a name with the values of its lines at an epoch, of the parts in turn; nothing where there are none."""
    values = [line.value_at(epoch) for line in lines]
    texts = [measure.text(value) for value in values if value is not None]
    return [f"{name} {' · '.join(texts)}"] if texts else []
