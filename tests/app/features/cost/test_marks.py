"""Signs for what has happened: where they stand, which share a place, and what they say."""

from __future__ import annotations

from itertools import pairwise

from nnplayground.app.features.cost.marks import APART, signs_of
from nnplayground.app.features.cost.places import Places
from nnplayground.app.features.cost.words import event_text, events_text
from nnplayground.project.differences import Difference
from nnplayground.training.run.stopping import Stop
from nnplayground.training.time_travel.history_record import Event

PLACES = Places(0.0, 100.0, 50.0, 250.0, 10.0, 90.0)
RATE = Difference("training.optimizer.learning_rate", 0.03, 0.1)


def test_an_event_stands_above_its_epoch() -> None:
    (sign,) = signs_of([Event(25, "changed", (RATE,))], PLACES)
    assert sign.across == 100.0
    assert sign.kind == "changed"


def test_places_go_there_and_back() -> None:
    assert PLACES.epoch(PLACES.across(37.0)) == 37.0
    assert PLACES.holds(100) and not PLACES.holds(101)


def test_events_out_of_view_have_no_sign() -> None:
    assert signs_of([Event(101, "edited")], PLACES) == ()


def test_dense_events_share_a_sign_and_none_is_lost() -> None:
    events = [Event(epoch, "edited" if epoch % 2 else "changed") for epoch in range(101)]
    signs = signs_of(events, PLACES)
    assert sum(len(sign.events) for sign in signs) == 101
    assert min(after.across - before.across for before, after in pairwise(signs)) >= APART
    assert signs[0].kind == "several"


def test_signs_of_one_kind_that_join_keep_its_shape() -> None:
    (sign,) = signs_of([Event(20, "edited"), Event(21, "edited")], PLACES)
    assert sign.kind == "edited"


def test_an_event_is_told_in_plain_words() -> None:
    assert event_text(Event(5, "changed", (RATE,))) == "learning rate 0.03 → 0.1"
    assert event_text(Event(5, "stopped", stop=Stop("max_epochs", {"epochs": 5}))) == (
        "5 epochs are done, as asked for."
    )
    for kind in ("edited", "branched"):
        assert event_text(Event(5, kind))


def test_a_sign_for_many_says_how_many_more_there_are() -> None:
    lines = events_text([Event(epoch, "edited") for epoch in range(10)], 7, "test").split("\n")
    assert lines[0] == "Epoch 7: the best so far, chosen on the test part"
    assert lines[-1] == "and 5 more"
