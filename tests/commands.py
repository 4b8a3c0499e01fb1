"""Commands by chance, for tests that play many of them."""

from __future__ import annotations

import random
from collections.abc import Callable

from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.project.blocks import blocks_of
from nnplayground.project.commands import Command
from nnplayground.project.model import Project

SETTINGS: dict[str, list[float | str | None]] = {
    "training.optimizer.learning_rate": [0.001, 0.01, 0.1],
    "training.optimizer.name": list(OPTIMIZERS),
    "training.batch_size": [1, 10, 64],
    "training.l2": [0.0, 0.01],
    "training.stop.patience": [None, 3],
    "data.scaling": ["none", "standardize"],
    "data.test_fraction": [0.0, 0.2, 0.5],
    "data.source.noise": [0.0, 0.3],
    "network.initializer.name": ["xavier_uniform", "he_normal", "constant"],
}


def edit_by_chance(project: Project, chance: random.Random) -> Command:
    """Return an edit of a project; now and then one that is refused, such as of a block that is not there."""
    blocks = len(blocks_of(project.network.layers)) + 1
    block = chance.randrange(blocks)
    path = chance.choice(list(SETTINGS))
    makers: list[Callable[[], Command]] = [
        lambda: Command("set_layer_size", {"block": block, "units": chance.randint(1, 6)}),
        lambda: Command("insert_layer", {"block": block, "units": chance.randint(1, 4)}),
        lambda: Command("insert_dropout", {"block": block, "rate": chance.choice([0.0, 0.2])}),
        lambda: Command("remove_layer", {"block": block}),
        lambda: Command("move_layer", {"block": block, "place": chance.randrange(blocks)}),
        lambda: Command("set_activation", {"block": block, "activation": chance.choice(HIDDEN_ACTIVATIONS)}),
        lambda: Command("set_all_activations", {"activation": chance.choice(HIDDEN_ACTIVATIONS)}),
        lambda: Command("set_dropout", {"block": block, "rate": chance.choice([0.0, 0.3])}),
        lambda: Command("switch_unit", {"block": block, "unit": chance.randrange(4)}),
        lambda: Command("toggle_feature", {"feature": chance.choice(["x1", "x2", "x1^2", "sin(x2)"])}),
        lambda: Command("set_value", {"path": path, "value": chance.choice(SETTINGS[path])}),
        lambda: Command("freeze", {"layer": 0, "unit": 0, "source": chance.choice([0, None]), "value": 0.5}),
        lambda: Command("unfreeze", {"layer": 0, "unit": 0, "source": None}),
        lambda: Command("new_weights"),
        lambda: Command("seed_weights", {"seed": chance.choice([None, 7])}),
        lambda: Command("seed_data", {"seed": chance.randint(1, 9)}),
    ]
    return chance.choice(makers)()


def run_by_chance(chance: random.Random) -> Command:
    """Return a command that trains; now and then one that is refused."""
    return chance.choice(
        [
            Command("train", {"epochs": 2}),
            Command("train", {"batches": 3}),
            Command("train", {"samples": 2}),
            Command("train_until", {"epoch": chance.randint(0, 20)}),
            Command("restart"),
            Command("go_to", {"epoch": chance.choice([None, 0, 1, 5])}),
            Command("set_weight", {"layer": chance.randrange(2), "unit": 0, "source": None, "value": 0.25}),
        ]
    )
