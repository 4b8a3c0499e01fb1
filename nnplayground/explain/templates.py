"""What the words of a message are: a template, or two of which a number chooses one."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Plural(NamedTuple):
    """Two templates: `one` for a single thing, `other` for any other number; `by` is the fact with the number."""

    by: str
    one: str
    other: str


Text: TypeAlias = str | Plural
