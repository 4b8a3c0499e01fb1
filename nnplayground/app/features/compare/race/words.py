"""How a race goes, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.explain.figures import number_text
from nnplayground.explain.words import cost_unit, part_word
from nnplayground.training.many.race import LaneStanding, Standings

LEVEL = 1.05
"""Costs that differ by less than this factor are called level."""


def headline(standings: Standings, names: Sequence[str], *, is_working: bool) -> str:
    """Return who leads or has won, and by how much."""
    order = sorted(range(len(names)), key=lambda place: standings.lanes[place].rank)
    first, second = standings.lanes[order[0]], standings.lanes[order[1]]
    if first.has_diverged:
        return "Every lane diverged; choose smaller learning rates."
    state = "won" if standings.is_over else "leads" if is_working else "was ahead"
    if standings.is_over and not second.has_diverged and _are_level(first, second):
        return f"{names[order[0]]} and {names[order[1]]} are level."
    part, unit = part_word(standings.data.deciding), cost_unit(standings.data.scaled_targets)
    return (
        f"{names[order[0]]} {state}: {part} cost{unit} {number_text(_cost(first))}, {_second(second, names[order[1]])}."
    )


def _second(second: LaneStanding, name: str) -> str:
    if second.has_diverged:
        return "all others diverged"
    return f"then {name}: {number_text(_cost(second))}"


def _are_level(first: LaneStanding, second: LaneStanding) -> bool:
    low, high = _cost(first), _cost(second)
    return low == high or 0.0 < high <= LEVEL * low


def _cost(lane: LaneStanding) -> float:
    cost = lane.decides.cost
    return float("nan") if cost is None else cost
