"""What many seeds tell of luck: where the thresholds lie, and the numbers in the sentences."""

from __future__ import annotations

import pytest

from nnplayground.explain.luck import luck_in
from nnplayground.explain.words import words_of
from nnplayground.training.many.seeds import Criterion, Study
from tests.app.features.compare.seeds.studies import DONE, LOST, made_study

ACCURATE, EASY = Criterion("score", 0.95), Criterion("score", 0.0)


def falling_to(*ends: float) -> list[list[float]]:
    """Return curves that begin at 1 and end at these costs."""
    return [[1.0, 0.8, 0.6, end] for end in ends]


def told_of(study: Study, criterion: Criterion) -> str:
    return words_of(luck_in(study, criterion))


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
    told = told_of(study, EASY)
    assert words in told
    assert "the median fell by 0.500" in told


def test_curves_that_lie_close_together_may_still_end_on_both_sides_of_the_limit() -> None:
    study = made_study(falling_to(*[0.5] * 10), [1.0] * 5 + [0.9] * 5)
    assert "yet luck in the first weights decides which runs reach the limit" in told_of(study, ACCURATE)
    assert "matters little" in told_of(study, EASY)


def test_what_varied_is_named() -> None:
    study = made_study(falling_to(0.1, 0.1, 0.1), vary="all")
    assert "luck in all that is drawn at random matters little" in told_of(study, EASY)


def test_runs_that_diverged_are_told_and_do_not_widen_the_band() -> None:
    curves = falling_to(*[0.1] * 9, 1e9)
    told = told_of(made_study(curves, stops=[DONE] * 9 + [LOST]), EASY)
    assert "close together" in told and told.endswith("One diverged.")
    assert "Every run diverged" in told_of(made_study(curves[:2], stops=[LOST, LOST]), EASY)
    assert "2 of 10 diverged" in told_of(made_study(curves, stops=[DONE] * 8 + [LOST] * 2), EASY)


def test_where_nothing_is_learned_nothing_is_said_of_luck() -> None:
    assert "the cost has not fallen" in told_of(made_study([[0.7, 0.7], [0.7, 0.8], [0.7, 0.7]]), EASY)
