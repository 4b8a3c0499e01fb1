"""Why a run has stopped by itself, as the card says it: the rule with its numbers, the facts, and what can be done."""

from __future__ import annotations

import numpy as np

from nnplayground.app.features.training.stop_card import Notice, Offer
from nnplayground.explain.figures import number_text, tidy
from nnplayground.explain.remedies import SLOWER, rounded_rate
from nnplayground.explain.words import chosen_on, cost_unit, part_word, words_of
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.parts import ALL_PARTS
from nnplayground.training.run.stopping import Rule, Stop

TITLES: dict[Rule, str] = {
    "target_cost": "Stopped: the target cost is reached",
    "flat": "Stopped: the training cost is flat",
    "patience": "Stopped: no longer improving",
    "gradient_norm": "Stopped: the gradient is short enough",
    "max_epochs": "Stopped: all epochs are done",
    "diverged": "Stopped: training diverged",
    "cannot_begin": "Training cannot begin",
}

GO_ON = Offer("Go on", "Train on (Space). The rule that stopped the training is not asked again until you change one.")
RESTART = Offer("Restart", "Go back to epoch 0 and the same initial weights.")
NEW_WEIGHTS = Offer("New weights", "Draw other initial weights.")


def notice_of(snapshot: Snapshot, stop: Stop) -> Notice:
    """Return what the card says of a run that has stopped."""
    facts = "" if stop.rule == "cannot_begin" else _facts(snapshot)
    return Notice(
        TITLES[stop.rule], words_of(stop.message), facts, _offers(snapshot, stop), is_failure=stop.has_diverged
    )


def best_cost(snapshot: Snapshot) -> float | None:
    """Return the cost of the best epoch, of the part that decides, or of training where that was not measured then."""
    best, curve = snapshot.record.best_epoch, snapshot.curve
    if best is None or not 0 <= best < len(curve):
        return None
    deciding = float(curve.cost_of(snapshot.data.deciding)[best])
    return float(curve.train_cost[best]) if np.isnan(deciding) else deciding


def _facts(snapshot: Snapshot) -> str:
    words, unit = [f"Epoch {snapshot.epoch:,}"], cost_unit(snapshot.data.scaled_targets)
    for name in ALL_PARTS:
        value = snapshot.measured.of(name).cost
        if value is not None:
            words.append(f"{name} cost{unit} {number_text(value)}")
    cost = best_cost(snapshot)
    if cost is not None:
        part = snapshot.data.deciding
        best = f"best {part} cost {number_text(cost)} at epoch {snapshot.record.best_epoch:,}"
        words.append(f"{best}, {chosen_on(part)}")
    return " · ".join(words)


def _offers(snapshot: Snapshot, stop: Stop) -> dict[str, Offer]:
    if stop.rule == "cannot_begin":
        return {"new_weights": NEW_WEIGHTS}
    if not stop.has_diverged:
        return {"go_on": GO_ON} | _restoring(snapshot)
    rate = tidy(f"{rounded_rate(snapshot.project.training.optimizer.learning_rate, SLOWER):g}")
    slower = Offer(f"Restart at rate {rate}", "Back to epoch 0 with a tenth of the learning rate; undo brings it back.")
    return {"restart": RESTART, "slower": slower} | _restoring(snapshot)


def _restoring(snapshot: Snapshot) -> dict[str, Offer]:
    """Offer the way back to the best epoch where it was kept and its weights are others than those of now."""
    best = snapshot.record.best_epoch
    moment = snapshot.record.nearest(best) if best else None
    if moment is None or moment.epoch != best or np.array_equal(moment.parameters, snapshot.parameters):
        return {}
    part = snapshot.data.deciding
    help_text = (
        f"Go back to epoch {best:,}, which has the lowest {part_word(part)} cost: the best, {chosen_on(part)}. "
        "Play goes on from there."
    )
    return {"restore": Offer("Restore the best", help_text)}
