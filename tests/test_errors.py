"""Whatever a sentence names, it stays one line that can be read."""

from __future__ import annotations

import pytest

from nnplayground.data.cells import listed, quoted
from nnplayground.errors import LONGEST, FieldError, InputError, clipped, named, shown

HUGE = "k" * 2_000_000
HOSTILE = "a\x1b[2J\nb\u202ec\ud800"


@pytest.mark.parametrize("text", [HUGE, HOSTILE * 100_000, "\x00" * 2_000_000, "\U0001f600" * 2_000_000])
@pytest.mark.parametrize(
    "sentence",
    [
        lambda text: str(InputError(f"The file {text} is wrong.")),
        lambda text: str(FieldError(text, 1, "left out")),
        lambda text: str(FieldError("name", text, "shorter")),
        lambda text: str(FieldError("name", 1, f"one of {text}")),
        lambda text: str(FieldError(f"{text}[1]", [text] * 5, text).within(text)),
        lambda text: str(InputError(listed([text] * 20))),
        clipped,
        named,
        shown,
        quoted,
    ],
)
def test_what_is_named_is_cut_and_printable(sentence: object, text: str) -> None:
    assert callable(sentence)
    said = sentence(text)
    assert len(said) <= LONGEST * 6  # a character that cannot be printed is six that can
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a\nb", 9, "a\\nb"), ("", 3, ""), ("é", 1, "é"), ("a\nbc", 3, "a\\…")],
)
def test_a_name_is_cut_at_its_limit(text: str, limit: int, cut: str) -> None:
    assert clipped(text, limit=limit) == cut


def test_a_long_path_keeps_its_beginning_and_its_end() -> None:
    path = "/data/folder/" + "n" * 300 + "/table.csv"
    assert named(path).startswith("/data/folder/n")
    assert named(path).endswith("n/table.csv")
    assert len(named(path)) == 200
    assert named("/data/a.csv") == "/data/a.csv"


def test_a_sentence_of_usual_length_is_left_alone() -> None:
    sentence = "data.csv, line 3: “x1” holds “é ü 漢字”; it must be a number – or nothing."
    assert str(InputError(sentence)) == sentence
