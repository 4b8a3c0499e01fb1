"""Tooltips in lines that can be read: Qt itself writes a plain text in one line, however long."""

from __future__ import annotations

from textwrap import fill

CHARACTERS = 64
"""The most in a line: about 400 pixels in the usual font."""


def wrapped(text: str) -> str:
    """Return a text for a tooltip with its long lines broken; lines of its own stay."""
    return "\n".join(line if len(line) <= CHARACTERS else fill(line, CHARACTERS) for line in text.split("\n"))
