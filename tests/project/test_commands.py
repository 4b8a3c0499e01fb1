"""Edits by name: the table is whole, and what is wrong with a command is one sentence."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from nnplayground.errors import InputError
from nnplayground.project import edits
from nnplayground.project.commands import EDITS, Command, edited
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import Project

VALUES = {"with_training", "with_network", "with_layers", "with_data", "set_frozen", "start_from"}
"""Edits that take whole parts of a document, which are no plain arguments."""


def test_every_edit_with_plain_arguments_is_a_command() -> None:
    functions = inspect.getmembers(edits, inspect.isfunction)
    own = {name for name, one in functions if one.__module__ == edits.__name__ and not name.startswith("_")}
    returned = {name for name in own if inspect.signature(getattr(edits, name)).return_annotation == "Project"}
    assert returned - VALUES == set(EDITS)


def test_a_command_does_what_its_function_does() -> None:
    project = edited(Project(), Command("set_layer_size", {"block": 0, "units": 7}))
    assert project == edits.set_layer_size(Project(), 0, 7)
    assert project.network.layers[0] == DenseSpec(7)


def test_a_command_can_come_out_of_a_file() -> None:
    text = json.dumps({"name": "set_layer_sizes", "arguments": {"blocks": [0, 1], "units": [3, 5]}})
    layers = edited(Project(), Command(**json.loads(text))).network.layers
    assert layers == (DenseSpec(3), DenseSpec(5))


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("fly", {}, 'There is no command "fly"; there are set_layer_size, '),
        ("set_layer_size", {"block": 0}, "The command set_layer_size needs the argument units."),
        ("new_weights", {"seed": 1}, 'The command new_weights has no argument "seed"; it takes none.'),
        ("seed_data", {"number": 1}, 'The command seed_data has no argument "number"; it takes seed.'),
        ("seed_data", {"seed": "x"}, 'The argument seed of seed_data is "x"; it must be a whole number.'),
        ("seed_data", {"seed": True}, "The argument seed of seed_data is true; it must be a whole number."),
        ("seed_weights", {"seed": 1.5}, "it must be a whole number or null."),
        ("set_layer_sizes", {"blocks": [0], "units": [1.5]}, "it must be a list, each of it a whole number."),
        ("set_layer_size", {"block": 9, "units": 3}, "9"),
        ("set_value", {"path": "training.batch_size", "value": 0}, "training.batch_size is 0; it must be"),
        ("set_value", {"path": "training.batch", "value": 1}, "training.batch"),
    ],
)
def test_what_is_wrong_is_one_sentence(name: str, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        edited(Project(), Command(name, arguments))
    assert words in str(caught.value)
