"""The sentences of many seeds: their numbers, and where the thresholds lie."""

from __future__ import annotations

from nnplayground.app.features.compare.seeds.words import (
    criterion_text,
    ranked,
    seed_text,
    share_text,
    state_text,
)
from nnplayground.training.many.seeds import Criterion
from tests.app.features.compare.seeds.studies import DONE, LOST, made_study

ACCURATE, EASY = Criterion("score", 0.95), Criterion("score", 0.0)


def falling_to(*ends: float) -> list[list[float]]:
    """Return curves that begin at 1 and end at these costs."""
    return [[1.0, 0.8, 0.6, end] for end in ends]


def test_the_share_has_its_interval_once_all_runs_have_ended() -> None:
    scores = [1.0] * 27 + [0.5] * 3
    study = made_study(falling_to(*[0.1] * 30), scores)
    assert share_text(study, ACCURATE) == "27 of 30 runs succeeded: 90\u00a0% (74–97\u00a0%)"
    under_way = made_study(falling_to(*[0.1] * 30), scores, stops=[None] * 30)
    assert share_text(under_way, ACCURATE) == "27 of 30 runs succeed so far: 90\u00a0%"


def test_how_far_the_runs_have_come() -> None:
    curves, open_ended = falling_to(0.1, 0.2), [None, None]
    under_way = made_study(curves, stops=open_ended, limit=1000)
    assert state_text(under_way, is_working=True) == "Epoch 3 of 1,000."
    assert state_text(under_way, is_working=False).startswith("Cancelled after epoch 3 of 1,000;")
    assert state_text(made_study(curves), is_working=False) == ""


def test_what_counts_as_success() -> None:
    curves = falling_to(0.1, 0.2)
    assert criterion_text(made_study(curves), ACCURATE) == "Success: a test accuracy of at least 95\u00a0%."
    without = made_study(curves, test=False)
    assert criterion_text(without, Criterion("cost", 0.25)) == "Success: a training cost of at most 0.250."
    numbers = made_study(curves, classes=False)
    assert criterion_text(numbers, Criterion("score", 0.9)) == "Success: a test R² of at least 0.9."


def test_what_became_of_one_seed() -> None:
    study = made_study(falling_to(0.1, 0.2), [0.985, 0.5], stops=[DONE, LOST])
    assert seed_text(study, 0) == "Seed 10: test cost 0.100, accuracy 98.5 %, 3 epochs"
    assert seed_text(study, 1) == "Seed 11: diverged in epoch 4"


def test_the_order_from_best_to_worst_ends_with_those_that_diverged() -> None:
    study = made_study(falling_to(0.3, 0.01, 0.1, 0.2), stops=[DONE, LOST, DONE, DONE])
    assert ranked(study) == [2, 3, 0, 1]
