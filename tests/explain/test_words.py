"""The one table of words: every message that can be made has some, and its facts fill every place in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import nnplayground
from nnplayground.data.left_out import REASONS
from nnplayground.explain.layer_names import OUTPUT
from nnplayground.explain.remedies import REMEDIES
from nnplayground.explain.templates import Plural
from nnplayground.explain.texts import EDIT_CAUSES, TEXTS
from nnplayground.explain.words import WAYS, chosen_on, cost_unit, layer_word, part_word, words_of
from nnplayground.message import Fact, Message
from nnplayground.project.changes import Cause
from nnplayground.training.run.parts import ALL_PARTS
from nnplayground.training.run.stopping import Rule

PACKAGE = Path(nnplayground.__file__).parent
MAKERS = ("Message", "_finding", "_warning")
"""What makes a message of an id, in the sources."""

BUILT = {
    *(f"stop.{rule}" for rule in get_args(Rule)),
    *(f"remedy.{one.name}{what}" for one in REMEDIES.values() for what in ("", ".help")),
    *(f"column.{kind}" for kind in ("number", "text", "date", "empty", "left_out")),
    *(f"unused.{reason.replace(' ', '_')}" for reason in REASONS),
    *(f"place.{what}" for what in ("weight", "bias", "output_weight", "output_bias")),
}
"""The ids that are put together of parts."""

FACTS_BY_WAY: dict[str, Fact] = {
    "short": 1234.5, "number": 0.5, "percent": 0.9996, "fit": -0.5,
    "times": 12.0, "share": 0.9999, "narrow_share": 0.25, "if_dead": 0.5, "if_kinks": 2,
    "part": "validation", "of_scaled": 2, "layer": 3, "Layer": OUTPUT, "activation": "leaky_relu",
    "outputs": "identity", "cost": "binary_cross_entropy", "name": "a", "names": ("a", "b"), "four_names": ("a", "A"),
    "five_names": ("a",), "three_classes": ("a", "b", "c", "d"), "words": (".png", ".jpg"), "row": ("kg", "g"),
    "encoding": "cp1252", "date_order": "dmy", "edit_cause": "cost",
}  # fmt: skip
"""A fact for each way to write one."""


def templates(name: str) -> tuple[str, ...]:
    text = TEXTS[name]
    return (text.one, text.other) if isinstance(text, Plural) else (text,)


def places(name: str) -> dict[str, str]:
    """Return the names of the facts that the words for an id need, and how each is written."""
    found = {
        place: way or ""
        for template in templates(name)
        for _, place, way, _ in Formatter().parse(template)
        if place is not None
    }
    text = TEXTS[name]
    return {**found, text.by: found.get(text.by) or ","} if isinstance(text, Plural) else found


def sources() -> Iterator[tuple[str, ast.AST]]:
    """Return all parts of the sources, but for the texts themselves, with the names of their files."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name not in ("texts.py", "data_texts.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.name, node


def made_messages() -> Iterator[tuple[str, ast.Call]]:
    """Return the ids that are written down where messages are made, with the calls."""
    for name, node in sources():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
            written = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            if isinstance(node.args[0], ast.Constant) and written[0] not in TEXTS:
                pytest.fail(f"{name}, line {node.lineno}: nothing is said of {written[0]!r}")
            yield from ((one, node) for one in written if isinstance(one, str) and one in TEXTS)


def given(call: ast.Call) -> set[str] | None:
    """Return the names of the facts that a call writes down, `None` where they are put together elsewhere."""
    if not isinstance(call.func, ast.Name) or call.func.id != "Message":
        return {keyword.arg for keyword in call.keywords if keyword.arg}
    if len(call.args) < 2:
        return set()
    facts = call.args[1]
    if not isinstance(facts, ast.Dict) or None in facts.keys:
        return None
    return {key.value for key in facts.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


MADE = tuple(made_messages())


def test_every_text_is_that_of_a_message_that_can_be_made() -> None:
    constants = {node.value for _, node in sources() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert constants & set(TEXTS) | BUILT == set(TEXTS)


@pytest.mark.parametrize(("name", "call"), MADE, ids=[f"{name}-{call.lineno}" for name, call in MADE])
def test_a_message_gives_the_facts_that_its_words_name(name: str, call: ast.Call) -> None:
    facts = given(call)
    assert facts is None or facts == set(places(name))


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_can_be_filled(name: str) -> None:
    facts: dict[str, Fact] = {
        place: FACTS_BY_WAY[way] if way in WAYS else 3 if way else "x" for place, way in places(name).items()
    }
    words = words_of(Message(name, facts))
    assert words and "{" not in words and "}" not in words and "_" not in words


def test_everything_that_makes_training_start_over_has_words() -> None:
    assert set(EDIT_CAUSES) == {cause.value for cause in Cause}


def test_no_way_is_left_over() -> None:
    used = {way for name in TEXTS for way in places(name).values()}
    assert set(WAYS) <= used
    assert set(FACTS_BY_WAY) == set(WAYS)


@pytest.mark.parametrize(("epochs", "words"), [(1, "1 epoch is done"), (1200, "1,200 epochs are done")])
def test_a_single_thing_is_told_in_the_singular(epochs: int, words: str) -> None:
    assert words_of(Message("stop.max_epochs", {"epochs": epochs})) == f"{words}, as asked for."


def test_a_fact_may_be_a_message() -> None:
    place = Message("place.bias", {"layer": 2, "unit": "neuron", "number": 3})
    facts: dict[str, Fact] = {"compared": 1200, "error": 2e-7, "place": place, "kinks": 1}
    assert words_of(Message("check.agrees", facts)) == (
        "Backpropagation and finite differences agree at 1,200 places; the largest relative error is 2.0e-07 "
        "(layer 2, neuron 3, bias). 1 place at a kink, or where the numbers are too large to measure, was left out."
    )


def test_parts_layers_and_units_have_one_name_each() -> None:
    assert [part_word(part) for part in ALL_PARTS] == ["training", "validation", "test"]
    assert chosen_on("train") == "chosen on the training part"
    assert [layer_word(layer) for layer in (2, OUTPUT)] == ["layer 2", "the output"]
    assert [cost_unit(count) for count in (0, 1, 2)] == ["", " of the scaled target", " of the scaled targets"]
