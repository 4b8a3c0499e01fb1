"""Finds out whether a sequence is another one with a single entry moved to another place."""

from __future__ import annotations

from collections.abc import Sequence


def moved_places(old: Sequence[object], new: Sequence[object]) -> tuple[int, ...] | None:
    """Return the old place of each entry of `new`, if `new` is `old` with one entry moved; otherwise `None`.

    Equal sequences are no move. Where several moves have the same result, as among equal entries, it is one of them.
    """
    if len(old) != len(new):
        return None
    wrong = [place for place, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
    if not wrong:
        return None
    first, last = wrong[0], wrong[-1]
    places = list(range(len(old)))
    for order in ([*places[first + 1 : last + 1], first], [last, *places[first:last]]):
        tried = [*places[:first], *order, *places[last + 1 :]]
        if all(old[place] == entry for place, entry in zip(tried, new, strict=True)):
            return tuple(tried)
    return None
