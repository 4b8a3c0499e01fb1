"""What many seeds tell, in sentences with their numbers."""

from __future__ import annotations

import numpy as np

from nnplayground.app.text.titles import Title
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import chosen_on, cost_unit, part_word
from nnplayground.training.many.seeds import Criterion, Study, wilson
from nnplayground.training.run.parts import Part

VARIES = {
    "weights": Title(
        "Only first weights",
        "Data, split and order of samples stay as they are: how much does the initialization matter?",
    ),
    "all": Title("Everything", "Data, split, first weights and order of samples: all that is drawn at random."),
}
SHARE_HELP = (
    "The share of the runs that succeeded. In brackets: where the true share lies with 95 % confidence "
    "(the interval of Wilson, 1927); more seeds make it narrower. A run that diverged has failed."
)


def share_text(study: Study, criterion: Criterion) -> str:
    """Return how many runs succeeded, with the interval once all have ended."""
    runs, good = len(study.seeds), int(study.succeeded(criterion).sum())
    percent = f"{100 * good / runs:.0f}\u00a0%"
    if not study.is_whole:
        return f"{good} of {runs} runs succeed so far: {percent}"
    low, high = wilson(good, runs)
    return f"{good} of {runs} runs succeeded: {percent} ({100 * low:.0f}–{100 * high:.0f}\u00a0%)"


def state_text(study: Study, *, is_working: bool) -> str:
    """Return how far the runs have come; empty when all have ended by themselves."""
    if study.is_whole:
        return ""
    epoch = len(study.train) - 1
    if is_working:
        return f"Epoch {epoch:,} of {study.limit:,}."
    return f"Cancelled after epoch {epoch:,} of {study.limit:,}; this is how far the runs had come."


def criterion_text(study: Study, criterion: Criterion) -> str:
    """Return what counts as success."""
    part, unit = part_word(study.part), cost_unit(study.data.scaled_targets)
    if criterion.goal == "cost":
        return f"Success: a {part} cost{unit} of at most {number_text(criterion.limit)}."
    if study.data.rule.classes:
        return f"Success: a {part} accuracy of at least {100 * criterion.limit:g}\u00a0%."
    return f"Success: a {part} R² of at least {criterion.limit:g}."


def seed_text(study: Study, place: int) -> str:
    """Return what became of one run."""
    stop = study.stops[place]
    name = f"Seed {study.seeds[place]:,}"
    if stop is not None and stop.has_diverged:
        return f"{name}: diverged in epoch {study.epochs[place] + 1:,}"
    score = float(study.scores[place])
    good = f"accuracy {100 * score:.1f} %" if study.data.rule.classes else f"R² {number_text(score)}"
    unit, cost = cost_unit(study.data.scaled_targets), number_text(float(study.costs[place]))
    return f"{name}: {study.part} cost{unit} {cost}, {good}, {study.epochs[place]:,} epochs"


def named_help(name: str, part: Part) -> str:
    """Return what the button of the best, the median or the worst run does."""
    chosen = f" The best is {chosen_on(part)}." if name == "best" else ""
    return f"Choose the {name} run by its final {part_word(part)} cost.{chosen}"


def ranked(study: Study) -> list[int]:
    """Return the places of the runs from the lowest cost to the highest; those that diverged come last."""
    costs = np.where(study.diverged | np.isnan(study.costs), np.inf, study.costs)
    places: list[int] = np.argsort(costs, kind="stable").tolist()
    return places
