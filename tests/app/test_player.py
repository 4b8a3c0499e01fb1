"""The player: orders in, frames of the current document out, and no timer while nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.player import Player
from nnplayground.project.changes import Consequence
from nnplayground.project.edit_step import EditStep
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.reports import ReportRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from tests.observed import seen_in
from tests.plans import kept

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    player = Player()
    yield player
    player.close()


def wait_for(qtbot: QtBot, player: Player, condition: Callable[[Snapshot], bool]) -> Snapshot:
    qtbot.waitUntil(lambda: player.snapshot is not None and condition(player.snapshot), timeout=20_000)
    assert player.snapshot is not None
    return player.snapshot


def test_playing_in_the_app_gives_the_headless_curve_bit_for_bit(qtbot: QtBot, player: Player) -> None:
    project = replace(PROJECT, training=replace(PROJECT.training, stop=StopSpec(max_epochs=30)))
    player.load(project)
    player.play()
    snapshot = wait_for(qtbot, player, lambda snapshot: snapshot.stop is not None)
    run = Run(project)
    run.train_epochs(30)
    assert snapshot.curve.train_cost.tobytes() == run.history.curve().train_cost.tobytes()
    assert snapshot.parameters.tobytes() == run.network.parameters.tobytes()


def test_the_timer_rests_while_nothing_happens(qtbot: QtBot, player: Player) -> None:
    player.load(PROJECT)
    wait_for(qtbot, player, lambda snapshot: snapshot.epoch == 0)
    qtbot.waitUntil(lambda: not player._timer.isActive())
    player.play()
    wait_for(qtbot, player, lambda snapshot: snapshot.epoch > 3)
    assert player._timer.isActive()
    player.pause()
    wait_for(qtbot, player, lambda snapshot: not snapshot.running)
    qtbot.waitUntil(lambda: not player._timer.isActive())


def test_frames_of_an_older_document_are_dropped(qtbot: QtBot, player: Player) -> None:
    seen: list[int] = []
    player.frame.connect(lambda snapshot: seen.append(len(snapshot.architecture.sizes)))
    player.load(PROJECT)
    player.load(replace(PROJECT, network=NetworkSpec(layers=())))
    wait_for(qtbot, player, lambda snapshot: snapshot.architecture.sizes == (2, 1))
    assert seen[-1] == 2
    assert set(seen) == {2}


def test_tuning_reaches_the_run_and_keeps_it(qtbot: QtBot, player: Player) -> None:
    player.load(PROJECT)
    player.step(epochs=2)
    wait_for(qtbot, player, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
    tuned = replace(PROJECT, training=replace(PROJECT.training, optimizer=OptimizerSpec(learning_rate=0.2)))
    edit = kept(PROJECT, tuned)
    assert edit.consequence is Consequence.RETUNE
    player.apply_edit(edit, EditStep(1))
    snapshot = wait_for(qtbot, player, lambda snapshot: snapshot.project == tuned)
    assert snapshot.epoch == 2


def test_a_change_of_the_network_keeps_what_was_learned(qtbot: QtBot, player: Player) -> None:
    player.load(PROJECT)
    player.step(epochs=2)
    before = wait_for(qtbot, player, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
    wider = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(units=6), DenseSpec(units=2))))
    player.apply_edit(kept(PROJECT, wider), EditStep(1))
    after = wait_for(qtbot, player, lambda snapshot: snapshot.architecture.sizes == (2, 6, 2, 1))
    assert after.epoch == 2
    assert after.weights[0][:4].tolist() == before.weights[0].tolist()


def test_what_fails_is_told_and_playing_goes_on_afterwards(qtbot: QtBot, player: Player) -> None:
    with qtbot.waitSignal(player.failed, timeout=20_000) as caught:
        player.load(Project(data=DataSpec(source=ImagesSource(path="no such folder"))))
    assert caught.args is not None and "no such folder" in caught.args[0]
    assert player.snapshot is None
    player.load(PROJECT)
    player.step(batches=1)
    wait_for(qtbot, player, lambda snapshot: snapshot.steps == 1)


def test_other_maps_come_with_the_next_frame(qtbot: QtBot, player: Player) -> None:
    player.load(PROJECT)
    player.want("maps", MapRequest())
    wait_for(qtbot, player, lambda snapshot: snapshot.seen.of(MapRequest) is not None)
    player.want("maps", MapRequest(across=1, up=0, resolution=30))
    snapshot = wait_for(
        qtbot,
        player,
        lambda snapshot: (
            snapshot.seen.of(MapRequest) is not None and seen_in(snapshot, MapRequest).layers[0].shape[1] == 30
        ),
    )
    assert (seen_in(snapshot, MapRequest).across, seen_in(snapshot, MapRequest).up) == (1, 0)
    player.want("maps", None)
    wait_for(qtbot, player, lambda snapshot: snapshot.seen.of(MapRequest) is None)


def test_what_two_readers_want_comes_until_neither_does(qtbot: QtBot, player: Player) -> None:
    player.want("measures", ReportRequest())
    player.want("inside", ReportRequest())
    player.load(PROJECT)
    wait_for(qtbot, player, lambda snapshot: snapshot.seen.of(ReportRequest) is not None)
    qtbot.waitUntil(lambda: player.is_at_rest)
    player.want("measures", None)
    assert player.is_at_rest and player.wanted(ReportRequest) == ReportRequest()
    player.want("inside", None)
    assert player.wanted(ReportRequest) is None
    wait_for(qtbot, player, lambda snapshot: snapshot.seen.of(ReportRequest) is None)


def test_a_request_takes_the_place_of_the_one_of_its_kind(player: Player) -> None:
    player.want("maps", MapRequest())
    player.want("measures", ReportRequest())
    player.want_instead(MapRequest(resolution=30))
    assert (player.wanted(MapRequest), player.wanted(ReportRequest)) == (MapRequest(resolution=30), ReportRequest())
    player.want("maps", None)
    assert player.wanted(MapRequest) is None


def test_two_readers_may_want_different_things_of_one_kind(qtbot: QtBot, player: Player) -> None:
    first, second = MapRequest(resolution=20), MapRequest(across=1, up=0, resolution=30)
    player.load(PROJECT)
    player.want("left", first)
    player.want("right", second)
    snapshot = wait_for(qtbot, player, lambda snapshot: second in snapshot.seen)
    assert [len(snapshot.seen[request].layers[-1][0]) for request in (first, second)] == [20, 30]
    player.want("left", None)
    wait_for(qtbot, player, lambda snapshot: first not in snapshot.seen and second in snapshot.seen)


def test_reports_come_while_they_are_wanted_and_at_rest_too(qtbot: QtBot, player: Player) -> None:
    player.load(PROJECT)
    assert wait_for(qtbot, player, lambda snapshot: snapshot.epoch == 0).seen.of(ReportRequest) is None
    player.want("measures", ReportRequest())
    wait_for(qtbot, player, lambda snapshot: snapshot.seen.of(ReportRequest) is not None)
    player.step(epochs=3)
    last = wait_for(qtbot, player, lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
    assert seen_in(last, ReportRequest).train.cost == last.train.cost
    player.want("measures", None)
    wait_for(qtbot, player, lambda snapshot: snapshot.seen.of(ReportRequest) is None)
    qtbot.waitUntil(lambda: not player._timer.isActive())
