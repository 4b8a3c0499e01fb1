"""JSON from outside: how much a text holds is counted before anything is made of it, and then it is read.

A few bytes of JSON can become many objects: `[],` takes three bytes in the file and eighty in memory. All counts are
made in time that grows with the bytes, piece by piece as a file comes in, so that one that holds too much is refused
before it is read to its end.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from nnplayground.errors import InputError, shown
from nnplayground.reading_files import At

BYTE_LIMIT = 200_000_000
"""A project or model of 5 million weights, the largest network, is smaller."""

MOST_VALUES = 8_000_000
MOST_CONTAINERS = 2_000_000
MOST_KEYS = 1_000_000
KEYS_OF_OBJECT = 8
"""So many keys have the objects of which there are many in a file."""

SLACK = 1_000_000
BLANKS_OF_VALUE = 64
"""So many blanks stand before a value at most, where a file is written to be read, beside `SLACK` of them in all."""

DEEPEST = 50
LONGEST_TEXT = 12_100_000
"""Bytes of one text: a pasted table of 2 million characters, each written as an escape of six."""

LONGEST_NUMBER = 4_300
"""Digits: Python reads no longer whole numbers either."""

PIECE = 1 << 20
NUMBERS_AT_ONCE = 4_096
TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
END_OF_TEXT = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
STEPS = np.zeros(256, dtype=np.int64)
STEPS[list(b"[{")], STEPS[list(b"]}")] = 1, -1
BLANK = b" \t\r\n"
TOO_DEEP = "It is not a file of this program: its brackets are nested too deep."
TOO_LONG = f"It holds a number with too many digits; up to {LONGEST_NUMBER:,} are possible."


_AT: ContextVar[At] = ContextVar("at", default=bool)  # by default what takes a number and does nothing

COUNTED, PARSED = 0.2, 0.8
"""The shares that are done when a text has been counted, and when it has become lists and objects."""


@contextmanager
def watched(at: At) -> Iterator[None]:
    """Let `at` be told how far all reading of JSON is that this thread does in the block."""
    before = _AT.set(at)
    try:
        yield
    finally:
        _AT.reset(before)


def look_in() -> None:
    """Report that a document is being made of what was parsed, and end the work if it is unwanted."""
    _AT.get()(PARSED)


class Structure:
    """Counts what a JSON text holds, piece by piece; raises `InputError` as soon as it is more than any legal file."""

    def __init__(self) -> None:
        self.values = self.containers = self.keys = self.blanks = self.depth = 0
        self._in_text = 0  # bytes of the text that the last piece ended in; 0 outside of texts
        self._held = b""  # a backslash at the end of the last piece, which belongs to the next character
        self._is_first = True

    def feed(self, piece: bytes) -> None:
        """Count one more piece of the text in UTF-8."""
        self._check_first(piece)
        outside = self._without_texts(self._held + piece)
        self.values += outside.count(b",")
        self.keys += outside.count(b":")
        self.blanks += sum(map(outside.count, (b" ", b"\n", b"\t", b"\r")))
        brackets = outside.translate(None, NO_BRACKETS)
        self.containers += brackets.count(b"[") + brackets.count(b"{")
        self._check_amount()
        self._check_depth(brackets)
        if len(outside) > LONGEST_NUMBER and not brackets and b"," not in outside and outside.strip(BLANK):
            self._check_number(outside)

    def _check_first(self, piece: bytes) -> None:
        """Refuse a long text that begins with anything but an object, before the rest of it is read."""
        is_first, self._is_first = self._is_first, False
        start = piece.removeprefix(b"\xef\xbb\xbf").lstrip(BLANK)
        if is_first and len(piece) >= PIECE and start and not start.startswith(b"{"):
            raise InputError("It is not JSON of this program: it must be a JSON object in curly brackets.")

    def _without_texts(self, piece: bytes) -> bytes:
        """Return a piece without all that stands in quotation marks, and remember whether it ends inside of them."""
        self._held = b""
        if self._in_text:
            end = END_OF_TEXT.match(piece)
            if end is None:
                self._stay_in_text(piece)
                return b""
            piece, self._in_text = piece[end.end() :], 0
        outside = TEXT.sub(b"", piece)
        start = outside.find(b'"')
        if start >= 0:
            self._stay_in_text(outside[start + 1 :])
            outside = outside[:start]
        return outside

    def _stay_in_text(self, piece: bytes) -> None:
        self._in_text += len(piece) + 1
        if self._in_text > LONGEST_TEXT:
            raise InputError(f"It holds a text of more than {LONGEST_TEXT:,} bytes, which no file of this program has.")
        if (len(piece) - len(piece.rstrip(b"\\"))) % 2:
            self._held = b"\\"

    def _check_amount(self) -> None:
        for found, most, what in (
            (self.values, MOST_VALUES, "values"),
            (self.containers, MOST_CONTAINERS, "lists and objects"),
            (self.keys, MOST_KEYS, "keys"),
        ):
            if found > most:
                raise InputError(f"It holds more than {most:,} {what}, which is too much for a file of this program.")
        if self.blanks > SLACK + BLANKS_OF_VALUE * (self.values + self.containers):
            raise InputError("It is no JSON of this program: it is little but blanks.")
        if self.keys > 1_000 + KEYS_OF_OBJECT * self.containers:
            raise InputError("It is no JSON of this program: an object in it has too many keys.")

    def _check_depth(self, brackets: bytes) -> None:
        """Follow how deep the brackets are nested."""
        if not brackets:
            return
        depths = self.depth + np.cumsum(STEPS[np.frombuffer(brackets, dtype=np.uint8)])
        if depths.max() > DEEPEST:
            raise InputError(TOO_DEEP)
        self.depth = int(depths[-1])

    def _check_number(self, outside: bytes) -> None:
        """Refuse a stretch without commas and brackets that no words and blanks explain."""
        if max(map(len, outside.replace(b":", b" ").split())) > LONGEST_NUMBER:
            raise InputError(TOO_LONG)


def parse_json(text: str) -> dict[str, Any]:
    """Return the JSON object in the text; raises `InputError` when it is none, not a legal one, or holds too much.

    What `watched` was given is told the share that is done, every few milliseconds, and may end the work by raising.
    """
    at, structure = _AT.get(), Structure()
    for start in range(0, len(text), PIECE):
        structure.feed(text[start : start + PIECE].encode("utf-8", "surrogatepass"))
        at(COUNTED * start / len(text))
    numbers = _Numbers(at, structure.values)
    try:
        content = json.loads(
            text,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_twins,
            parse_float=numbers.real,
            parse_int=numbers.whole,
        )
    except json.JSONDecodeError as error:
        message = f"It is not JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno}."
        raise InputError(message) from error
    except RecursionError as error:
        raise InputError(TOO_DEEP) from error
    if not isinstance(content, dict):
        raise InputError(f"It holds {shown(content)}; it must be a JSON object in curly brackets.")
    return content


class _Numbers:
    """Reads the numbers of a text, and tells how many of them are done; other threads get their turn meanwhile."""

    def __init__(self, at: At, expected: int) -> None:
        self._at, self._expected, self._done = at, max(1, expected), 0

    def real(self, text: str) -> float:
        """Return a number with a point or an exponent."""
        self._count(text)
        return float(text)

    def whole(self, text: str) -> int:
        """Return a whole number."""
        self._count(text)
        return int(text)

    def _count(self, text: str) -> None:
        self._done += 1
        if len(text) > LONGEST_NUMBER:
            raise InputError(TOO_LONG)
        if self._done % NUMBERS_AT_ONCE == 0:
            self._at(COUNTED + (PARSED - COUNTED) * min(1.0, self._done / self._expected))


def _refuse_constant(word: str) -> None:
    raise InputError(f"It holds {word}, which is no number; only finite numbers are possible.")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs as a dictionary; a key that stands twice is refused, as neither value can be preferred."""
    result = dict(pairs)
    if len(result) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twin = next(key for key, count in counts.items() if count > 1)
        raise InputError(f"The key {shown(twin)} stands twice in one object; keep one of them.")
    return result
