"""What there is to tell a person, as a name with its facts: the words for it are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Fact: TypeAlias = str | float


@dataclass(frozen=True)
class Message:
    """What is told: its `id` and the facts that its words name. It can be kept in files and compared."""

    id: str
    facts: dict[str, Fact] = field(default_factory=dict)
