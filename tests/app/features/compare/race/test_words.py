"""Who leads a race, in words."""

from __future__ import annotations

from nnplayground.app.features.compare.race.choices import BATCHES, KINDS, lane_name
from nnplayground.app.features.compare.race.words import headline
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.many.race import MOST_LANES, Lane
from tests.app.features.compare.race.standings import LOST, made_standing, made_standings

LANE = Lane("sgd", TrainingSpec())
NAMES = ["SGD", "Adam"]


def test_who_leads_and_who_has_won() -> None:
    lanes = made_standing(LANE, [1.0, 0.4], rank=2, stop=None), made_standing(LANE, [1.0, 0.2], stop=None)
    under_way = made_standings(*lanes)
    assert headline(under_way, NAMES, is_working=True) == "Adam leads: test cost 0.200, then SGD: 0.400."
    assert headline(under_way, NAMES, is_working=False) == "Adam was ahead: test cost 0.200, then SGD: 0.400."
    over = made_standings(made_standing(LANE, [1.0, 0.4], rank=2), made_standing(LANE, [1.0, 0.2]))
    assert headline(over, NAMES, is_working=False) == "Adam won: test cost 0.200, then SGD: 0.400."


def test_hardly_any_difference_is_no_victory() -> None:
    for second, words in ((0.2, "SGD and Adam are level."), (0.209, "SGD and Adam are level."), (0.22, "SGD won")):
        over = made_standings(made_standing(LANE, [1.0, 0.2]), made_standing(LANE, [1.0, second], rank=2))
        assert headline(over, NAMES, is_working=False).startswith(words)


def test_lanes_that_diverged() -> None:
    good, bad = made_standing(LANE, [1.0, 0.2]), made_standing(LANE, [1.0, 0.1], rank=2, stop=LOST)
    assert (
        headline(made_standings(good, bad), NAMES, is_working=False) == "SGD won: test cost 0.200, all others diverged."
    )
    assert "Every lane diverged" in headline(made_standings(bad, bad), NAMES, is_working=False)


def test_every_optimizer_can_race_and_every_kind_has_lanes() -> None:
    assert list(KINDS["optimizers"].options) == list(OPTIMIZERS)
    training = TrainingSpec(optimizer=OptimizerSpec("adam", 0.02))
    for name, kind in KINDS.items():
        assert 2 <= len(kind.usual) <= MOST_LANES
        lanes = kind.lanes(training, kind.usual)
        assert len({lane_name(name, lane) for lane in lanes}) == len(kind.usual)
        assert kind.words(training).endswith(".")
    (lane,) = KINDS["batches"].lanes(training, [str(BATCHES[-1])])
    assert lane_name("batches", lane) == "All samples"
