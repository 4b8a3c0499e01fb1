"""Tooltips are broken into lines that can be read."""

from __future__ import annotations

from nnplayground.app.text.titles import ACTIVATIONS
from nnplayground.app.ui.tooltips import CHARACTERS, wrapped


def test_long_lines_are_broken_between_words_and_own_lines_stay() -> None:
    text = "A short line.\n" + "word " * 40
    lines = wrapped(text).split("\n")
    assert lines[0] == "A short line."
    assert len(lines) > 3
    assert max(map(len, lines)) <= CHARACTERS
    assert " ".join(lines[1:]) == ("word " * 40).strip()


def test_no_word_is_lost() -> None:
    for title in ACTIVATIONS.values():
        assert wrapped(title.help).split() == title.help.split()
    assert wrapped("") == ""
