"""The words of the card that says why training has stopped."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import get_args

import numpy as np

from nnplayground.app.features.training.stop_words import TITLES, best_cost, notice_of
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.run.stopping import Rule, Stop, divergence, hopeless_start
from nnplayground.training.thread.session import Session

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))
FLAT = {"scaled_targets": 0, "min_delta": 0.001, "best": 0.25, "waited": 20}
RULES = {field.name for field in fields(StopSpec)} - {"min_delta"}


def trained(project: Project = SMALL, *, epochs: int = 8) -> Snapshot:
    session = Session(Run(project), 1)
    session.train(0, epochs)
    session.advance(10_000)
    return session.snapshot(epochs_per_second=0.0)


def test_every_rule_has_a_title() -> None:
    assert set(TITLES) == {*(name.replace("flat_epochs", "flat") for name in RULES), "diverged", "cannot_begin"}
    assert set(TITLES) == set(get_args(Rule))


def test_the_facts_are_those_of_the_moment_and_of_the_best_epoch() -> None:
    moment = trained()
    notice = notice_of(moment, Stop("max_epochs", {"epochs": 8}))
    best = int(np.argmin(moment.curve.test_cost))
    assert best_cost(moment) == moment.curve.test_cost[best]
    assert notice.facts == (
        f"Epoch 8 · train cost {moment.train.cost:.3f} · test cost {moment.test.cost:.3f} · "
        f"best test cost {moment.curve.test_cost[best]:.3f} at epoch {best}, chosen on the test part"
    )
    assert not notice.is_failure


def test_without_a_test_part_the_training_cost_says_which_epoch_is_best() -> None:
    moment = trained(replace(SMALL, data=replace(SMALL.data, test_fraction=0.0)))
    assert best_cost(moment) == min(moment.curve.train_cost)
    facts = notice_of(moment, Stop("flat", FLAT)).facts
    assert "best train cost" in facts and facts.endswith("chosen on the training part")


def test_the_best_epoch_is_offered_only_where_it_is_another_moment() -> None:
    improving, wild = (
        trained(),
        trained(
            replace(SMALL, training=TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=2.0))), epochs=30
        ),
    )
    stop = Stop("max_epochs", {"epochs": 30})
    assert improving.record.best_epoch == improving.epoch
    assert list(notice_of(improving, stop).offers) == ["go_on"]
    assert wild.record.best_epoch not in (None, 0, wild.epoch)
    assert f"Go back to epoch {wild.record.best_epoch}," in notice_of(wild, stop).offers["restore"].help


def test_after_a_divergence_nothing_offers_to_go_on() -> None:
    notice = notice_of(trained(), divergence(epoch=8, learning_rate=0.03))
    assert notice.is_failure
    assert list(notice.offers) == ["restart", "slower"]
    assert notice.offers["slower"].text == "Restart at rate 0.003"


def test_a_start_beyond_all_bounds_asks_for_other_weights() -> None:
    notice = notice_of(trained(epochs=0), hopeless_start())
    assert (notice.title, list(notice.offers), notice.facts) == ("Training cannot begin", ["new_weights"], "")
