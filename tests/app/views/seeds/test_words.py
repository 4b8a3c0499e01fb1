"""The sentences of many seeds: their numbers, and where the thresholds lie."""

from __future__ import annotations

import pytest

from nnplayground.app.views.seeds.words import (
    criterion_text,
    ranked,
    seed_text,
    share_text,
    state_text,
    verdict,
)
from nnplayground.training.many.seeds import Criterion
from tests.app.views.seeds.studies import DONE, LOST, made_study

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


# The median falls from 1 to 0.5; the middle 80 % of eleven even steps lie eight of ten steps apart.
@pytest.mark.parametrize(
    ("step", "words"),
    [
        (0.005, "lie close together: luck in the first weights matters little here"),
        (0.0062, "lie close together"),
        (0.0063, "lie somewhat apart: luck in the first weights matters here"),
        (0.031, "lie somewhat apart"),
        (0.032, "lie far apart: luck in the first weights decides much here"),
    ],
)
def test_what_the_curves_say_of_luck_follows_from_numbers(step: float, words: str) -> None:
    study = made_study(falling_to(*[0.5 + step * (place - 5) for place in range(11)]))
    told = verdict(study, EASY)
    assert words in told
    assert "the median fell by 0.500" in told


def test_curves_that_lie_close_together_may_still_end_on_both_sides_of_the_limit() -> None:
    study = made_study(falling_to(*[0.5] * 10), [1.0] * 5 + [0.9] * 5)
    assert "yet luck in the first weights decides which runs reach the limit" in verdict(study, ACCURATE)
    assert "matters little" in verdict(study, EASY)


def test_what_varied_is_named() -> None:
    study = made_study(falling_to(0.1, 0.1, 0.1), vary="all")
    assert "luck in all that is drawn at random matters little" in verdict(study, EASY)


def test_runs_that_diverged_are_told_and_do_not_widen_the_band() -> None:
    curves = falling_to(*[0.1] * 9, 1e9)
    told = verdict(made_study(curves, stops=[DONE] * 9 + [LOST]), EASY)
    assert "close together" in told and told.endswith("One diverged.")
    assert "Every run diverged" in verdict(made_study(curves[:2], stops=[LOST, LOST]), EASY)
    assert "2 of 10 diverged" in verdict(made_study(curves, stops=[DONE] * 8 + [LOST] * 2), EASY)


def test_where_nothing_is_learned_nothing_is_said_of_luck() -> None:
    assert "the cost has not fallen" in verdict(made_study([[0.7, 0.7], [0.7, 0.8], [0.7, 0.7]]), EASY)


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
