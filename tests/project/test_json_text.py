"""What a JSON text holds is counted rightly however it is cut, in linear time, and can be ended at any moment."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import InputError
from nnplayground.project import json_text
from nnplayground.project.json_text import DEEPEST, Structure, parse_json, watched

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS | st.sampled_from(['"', "\\", '\\"', "[]{},:", '"[', "\\\\"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def counts(value: Any) -> tuple[int, int, int]:
    """Return how many commas, containers and keys a value takes, counted by walking through it."""
    if not isinstance(value, (list, dict)):
        return 0, 0, 0
    inner = [counts(item) for item in (value.values() if isinstance(value, dict) else value)]
    commas, containers, keys = (sum(column) for column in zip(*inner, strict=True)) if inner else (0, 0, 0)
    return commas + max(0, len(value) - 1), containers + 1, keys + (len(value) if isinstance(value, dict) else 0)


@given(value=st.dictionaries(st.text(), VALUES), data=st.data(), ascii_only=st.booleans())
def test_what_a_text_holds_is_counted_however_it_is_cut(
    value: dict[str, Any], data: st.DataObject, ascii_only: bool
) -> None:
    content = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    structure, start = Structure(), 0
    while start < len(content):
        end = start + data.draw(st.integers(1, 40))
        structure.feed(content[start:end])
        start = end
    assert (structure.values, structure.containers, structure.keys) == counts(value)
    assert structure.depth == 0


@given(value=st.dictionaries(st.text(), VALUES))
def test_a_text_is_read_as_python_reads_it(value: dict[str, Any]) -> None:
    assert parse_json(json.dumps(value)) == value


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_brackets_may_be_nested_so_deep_and_no_deeper(depth: int) -> None:
    text = '{"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"
    if depth > DEEPEST:
        with pytest.raises(InputError, match="nested too deep"):
            parse_json(text)
    else:
        parse_json(text)


class Key(str):
    """A key that counts how often it is compared or looked up."""

    __slots__ = ()
    looked = 0

    def __hash__(self) -> int:
        Key.looked += 1
        return super().__hash__()

    def __eq__(self, other: object) -> bool:
        Key.looked += 1
        return super().__eq__(other)


def looks_for(count: int) -> int:
    """Return how often keys are looked at to find the only one that stands twice among so many."""
    pairs: list[tuple[str, Any]] = [(Key(place), None) for place in range(count)]
    pairs.append((Key(count - 1), None))
    Key.looked = 0
    with pytest.raises(InputError, match=f'The key "{count - 1}" stands twice in one object; keep one of them.'):
        json_text._without_twins(pairs)
    return Key.looked


def test_the_time_to_find_a_key_that_stands_twice_grows_with_the_keys() -> None:
    few, many = looks_for(1_000), looks_for(10_000)
    assert many <= 11 * few


@pytest.mark.parametrize("text", ['{"a":[' + "1.5," * 100_000 + "1]}", '{"a":[' + "1," * 100_000 + "1]}"])
def test_reading_many_numbers_tells_how_far_it_is_and_can_be_ended(text: str) -> None:
    told: list[float] = []
    with watched(told.append):
        parse_json(text)
    assert len(told) > 20
    assert told == sorted(told)
    assert 0.0 <= told[0] <= told[-1] <= 1.0
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError), watched(progress.at):
        parse_json(text)
    parse_json(text)  # without progress
