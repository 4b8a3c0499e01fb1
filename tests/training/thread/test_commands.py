"""Commands on a session alone: what training does by name, and what hundreds of commands by chance leave behind."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from nnplayground.errors import InputError
from nnplayground.project.codec import decode, encode
from nnplayground.project.commands import Command
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.training_spec import StopSpec
from nnplayground.training.run.run import Run
from nnplayground.training.thread.commands import ALL, CommandPlayer
from tests.commands import edit_by_chance, run_by_chance

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=40, noise=0.1)))


def parameters(player: CommandPlayer) -> bytes:
    return player.session.run.network.parameters.tobytes()


def test_training_by_commands_gives_the_bits_of_a_run() -> None:
    player, run = CommandPlayer(SMALL), Run(SMALL)
    player.perform_all([Command("train", {"epochs": 3}), Command("train", {"batches": 2})])
    run.train_epochs(3)
    run.train(2)
    assert parameters(player) == run.network.parameters.tobytes()
    player.perform(Command("go_to", {"epoch": 1}))
    assert player.session.run.epoch == 1
    player.perform(Command("go_to"))
    assert parameters(player) == run.network.parameters.tobytes()
    player.perform(Command("restart"))
    assert parameters(player) == Run(SMALL).network.parameters.tobytes()


def test_an_edit_keeps_what_was_learned_where_it_has_a_place() -> None:
    player = CommandPlayer(SMALL)
    player.perform(Command("train", {"epochs": 2}))
    before = player.session.run.architecture.weights(player.session.run.network.parameters)[0].copy()
    player.perform(Command("set_layer_size", {"block": 0, "units": 6}))
    after = player.session.run.architecture.weights(player.session.run.network.parameters)[0]
    assert np.array_equal(after[:4], before) and player.session.run.epoch == 2
    player.perform(Command("set_value", {"path": "training.batch_size", "value": 5}))
    assert player.session.run.batches == 7
    player.perform(Command("seed_data", {"seed": 2}))
    assert player.session.run.epoch == 0


def test_a_number_is_set_by_hand() -> None:
    player = CommandPlayer(SMALL)
    player.perform(Command("set_weight", {"layer": 0, "unit": 1, "source": 0, "value": 2}))
    assert player.session.run.architecture.weights(player.session.run.network.parameters)[0][1, 0] == 2.0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Command("train"), "There is nothing to train"),
        (Command("train", {"epochs": -1}), "There is nothing to train"),
        (Command("set_weight", {"layer": 5, "unit": 0, "source": 0, "value": 1.0}), "There is no such weight"),
        (Command("set_weight", {"layer": 0, "unit": 0, "source": 0, "value": 1e9}), "it must be"),
        (Command("set_weight", {"layer": 0, "unit": 0, "source": 0, "value": 10**400}), "it must be"),
        (Command("train", {"samples": 2, "batches": -1}), "There is nothing to train"),
        (Command("stop_time"), 'There is no command "stop_time"'),
    ],
)
def test_what_cannot_be_done_changes_nothing(command: Command, words: str) -> None:
    player = CommandPlayer(SMALL)
    before = parameters(player)
    with pytest.raises(InputError, match=words):
        player.perform(command)
    assert (player.project, parameters(player)) == (SMALL, before)


def test_epochs_and_batches_together_come_one_after_the_other() -> None:
    player, run = CommandPlayer(SMALL), Run(SMALL)
    player.perform(Command("train", {"batches": 1, "epochs": 2}))
    run.train_epochs(2)
    run.train(1)
    assert parameters(player) == run.network.parameters.tobytes()
    assert (player.session.run.epoch, player.session.run.batch) == (2, 1)


def test_a_step_under_way_grows_by_another_of_any_kind() -> None:
    session = CommandPlayer(SMALL).session
    session.train(0, 1)
    session.train(1, 0)
    session.train(0, 1)
    while session.playing:
        session.advance(1)
    assert (session.run.epoch, session.run.batch) == (2, 1)


def test_samples_that_a_stopped_run_does_not_train_leave_the_last_one_on_show() -> None:
    stopping = replace(SMALL, training=replace(SMALL.training, batch_size=40, stop=StopSpec(max_epochs=1)))
    session = CommandPlayer(stopping).session
    session.train_samples(100)
    rows = session.run.data.train_rows
    assert session.run.stop is not None
    assert session.snapshot(epochs_per_second=0.0).sample in rows


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_commands_leave_a_sound_state_and_can_be_repeated(seed: int) -> None:
    chance = random.Random(seed)
    player, again = CommandPlayer(SMALL), CommandPlayer(SMALL)
    done = set()
    for _ in range(200):
        command = run_by_chance(chance) if chance.random() < 0.4 else edit_by_chance(player.project, chance)
        done.add(command.name)
        for one in (player, again):
            with suppress(InputError):
                one.perform(command)
        run = player.session.run
        assert replace(player.project, name="") == replace(run.project, name=""), command
        assert decode(encode(player.project)) == player.project
        assert np.isfinite(run.network.parameters).all()
        assert len(run.history) == run.epoch + 1
        assert parameters(player) == parameters(again), command
    assert len(done) > len(ALL) // 2
