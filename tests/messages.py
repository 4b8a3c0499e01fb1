"""Messages as the words that a person reads, for tests that hold these words."""

from __future__ import annotations

from collections.abc import Iterable

from nnplayground.explain.words import words_of
from nnplayground.message import Message


def told(message: Message | None) -> str:
    """Return the words of a message; none where there is none."""
    return "" if message is None else words_of(message)


def all_told(messages: Iterable[Message]) -> tuple[str, ...]:
    """Return the words of several messages."""
    return tuple(map(words_of, messages))
