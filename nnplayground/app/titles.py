"""Every choice as the user reads it: a short title and a sentence in plain words.

The tests hold this against the tables of engine and data: an entry without a title fails.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """What a choice is called, and what it does."""

    name: str
    help: str
