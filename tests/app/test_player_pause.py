"""A click on Pause: what was on its way is not shown any more, and what takes long comes after the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.player import Player
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.map_pace import FINE
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import PATIENCE
from tests.observed import seen_in

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    player = Player()
    player.want("maps", MapRequest(adapts=True))
    player.load(PROJECT)
    player.play()
    qtbot.waitUntil(lambda: player.snapshot is not None and player.snapshot.epoch > 2, timeout=PATIENCE)
    yield player
    player.close()


def shown_from_now_on(player: Player) -> list[Snapshot]:
    shown: list[Snapshot] = []
    player.frame.connect(shown.append)
    return shown


def side(snapshot: Snapshot) -> int:
    return int(seen_in(snapshot, MapRequest).layers[-1].shape[-1])


def test_no_frame_of_before_is_shown_and_the_fine_one_follows_the_quick_one(qtbot: QtBot, player: Player) -> None:
    shown = shown_from_now_on(player)
    player.pause()
    qtbot.waitUntil(lambda: bool(shown) and not player._timer.isActive(), timeout=PATIENCE)
    assert [snapshot.running for snapshot in shown] == [False, False]
    assert side(shown[0]) < FINE
    assert side(shown[1]) == FINE
    assert shown[0].parameters.tobytes() == shown[1].parameters.tobytes()
    assert not player.plays


def test_play_right_after_pause_goes_on(qtbot: QtBot, player: Player) -> None:
    player.pause()
    player.play()
    assert player.plays
    assert player.snapshot is not None
    epoch = player.snapshot.epoch
    shown = shown_from_now_on(player)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1].running and shown[-1].epoch > epoch + 2, timeout=PATIENCE)


def test_a_pause_at_rest_brings_one_frame_with_everything(qtbot: QtBot, player: Player) -> None:
    player.pause()
    qtbot.waitUntil(lambda: not player._timer.isActive(), timeout=PATIENCE)
    shown = shown_from_now_on(player)
    player.pause()
    qtbot.waitUntil(lambda: bool(shown) and not player._timer.isActive(), timeout=PATIENCE)
    assert [side(snapshot) for snapshot in shown] == [FINE]


def test_other_maps_wanted_while_a_pause_is_under_way_come_in_the_end(qtbot: QtBot, player: Player) -> None:
    player.pause()
    player.want("maps", MapRequest(across=1, up=0, adapts=True))
    qtbot.waitUntil(lambda: not player._timer.isActive(), timeout=PATIENCE)
    assert player.snapshot is not None
    assert (seen_in(player.snapshot, MapRequest).across, side(player.snapshot)) == (1, FINE)
