"""What there is to tell a person, as a name with its facts: `explain.words` is the one place that words it.

It lies at the ground, so that data, training and files carry what they found out without any English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Fact: TypeAlias = "str | float | tuple[str | Message, ...] | Message"
"""A number, a name, several names; or a part of the sentence that has facts of its own."""

Facts: TypeAlias = Mapping[str, Fact]


@dataclass(frozen=True)
class Message:
    """What is told: its `id` and the facts that its words name. It can be kept in files and compared."""

    id: str
    facts: Facts = field(default_factory=dict, hash=False)
