"""Edits by name with plain arguments, so that a file, a lesson, a test or the command line can ask for them.

A `Command` is a name with arguments as JSON has them. Those that edit the document are here; those that train are in
`training.thread.commands`, above, as they need a run.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from nnplayground.errors import InputError, shown
from nnplayground.project import edits
from nnplayground.project.model import Project

Argument: TypeAlias = str | float | bool | list[Any] | dict[str, Any] | None
"""A value as JSON has it."""


@dataclass(frozen=True)
class Command:
    """What is to be done, by its `name`, with `arguments` as JSON has them."""

    name: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)


EDITS: dict[str, Callable[..., Project]] = {
    edit.__name__: edit
    for edit in (
        edits.set_layer_size,
        edits.set_layer_sizes,
        edits.insert_layer,
        edits.insert_dropout,
        edits.remove_layer,
        edits.move_layer,
        edits.set_activation,
        edits.set_all_activations,
        edits.set_dropout,
        edits.switch_unit,
        edits.toggle_feature,
        edits.set_value,
        edits.freeze,
        edits.unfreeze,
        edits.new_weights,
        edits.seed_weights,
        edits.seed_data,
    )
}
"""The commands that edit the document; each is a function of `edits`, which takes the project first."""


def edited(project: Project, command: Command) -> Project:
    """Return the project after a command of `EDITS`; raises `InputError` for anything that such an edit cannot be."""
    check(command, EDITS)
    return EDITS[command.name](project, **command.arguments)


def check(command: Command, known: Mapping[str, Callable[..., object]]) -> None:
    """Raise `InputError` unless a command is one of those known, with arguments of the right kinds.

    The first parameter of a function is what it acts on, and no argument of the command.
    """
    if command.name not in known:
        raise InputError(f"There is no command {shown(command.name)}; there are {', '.join(known)}.")
    function = known[command.name]
    parameters = list(inspect.signature(function).parameters.values())[1:]
    names = [parameter.name for parameter in parameters]
    unknown = next((name for name in command.arguments if name not in names), None)
    if unknown is not None:
        takes = f"it takes {', '.join(names)}" if names else "it takes none"
        raise InputError(f"The command {command.name} has no argument {shown(unknown)}; {takes}.")
    hints = get_type_hints(function)
    for parameter in parameters:
        if parameter.name not in command.arguments:
            if parameter.default is parameter.empty:
                raise InputError(f"The command {command.name} needs the argument {parameter.name}.")
        elif not _is_a(command.arguments[parameter.name], hints[parameter.name]):
            value, legal = shown(command.arguments[parameter.name]), _kind(hints[parameter.name])
            raise InputError(f"The argument {parameter.name} of {command.name} is {value}; it must be {legal}.")


def _is_a(value: object, hint: Any) -> bool:
    """Tell whether a value of JSON can stand for a parameter with this hint."""
    if hint is Any:
        return True
    if get_origin(hint) is UnionType:
        return any(_is_a(value, one) for one in get_args(hint))
    if get_origin(hint) is Sequence:
        (each,) = get_args(hint)
        return isinstance(value, list | tuple) and all(_is_a(one, each) for one in value)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, hint) and isinstance(value, bool) == (hint is bool)


def _kind(hint: Any) -> str:
    """Return in words what a parameter with this hint takes."""
    if get_origin(hint) is UnionType:
        return " or ".join(map(_kind, get_args(hint)))
    if get_origin(hint) is Sequence:
        return "a list, each of it " + _kind(get_args(hint)[0])
    words = {int: "a whole number", float: "a number", str: "a text", bool: "true or false", NoneType: "null"}
    return words[hint]
