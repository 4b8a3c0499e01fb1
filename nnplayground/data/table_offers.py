"""What can be mended in a table with one click: rows of another width, spellings, and marks that are values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnplayground.data.cells import counted, listed, quoted
from nnplayground.data.table_columns import ColumnFacts
from nnplayground.data.table_inputs import KIND_LIMIT
from nnplayground.data.table_plan import TablePlan, Wanted

RAGGED, MERGE, KEEP = "ragged", "merge", "keep"
MOST = 6
"""So many offers are made at once; those that concern the target come first."""


@dataclass(frozen=True)
class Offer:
    """Something that can be mended: `kind` and, of a column or a text, its `name`; `is_taken` tells that it is."""

    kind: str
    name: str
    text: str
    help: str
    is_taken: bool


def offers_of(plan: TablePlan, wanted: Wanted) -> tuple[Offer, ...]:
    """Return what can be mended in a table, and what already has been."""
    targets = [entry for entry in plan.columns if entry.name in plan.targets]
    others = [entry for entry in plan.columns if entry.name not in plan.targets]
    offers = [*_on_ragged(plan, wanted)]
    offers += [offer for entry in targets for offer in _on_marks(entry, wanted)]
    offers += [offer for entry in (*targets, *others) for offer in _on_spellings(entry, wanted)]
    return tuple(offers[:MOST])


def with_offer(wanted: Wanted, offer: Offer, *, taken: bool) -> Wanted:
    """Return the choices with an offer taken, or not any more."""
    if offer.kind == RAGGED:
        return replace(wanted, reading=replace(wanted.reading, ragged="leave_out" if taken else "refuse"))
    field = "merged" if offer.kind == MERGE else "values"
    names = tuple(name for name in getattr(wanted.choices, field) if name != offer.name)
    return replace(wanted, choices=replace(wanted.choices, **{field: (*names, offer.name) if taken else names}))


def with_kind(wanted: Wanted, column: str, kind: str) -> Wanted:
    """Return the choices with another kind of a column, one of `reading.COLUMN_KINDS`, or "" for the one found."""
    kinds = tuple(pair for pair in wanted.choices.kinds if pair[0] != column)
    kinds = (*kinds, (column, kind)) if kind else kinds
    inputs = wanted.inputs
    if kind == "left out":
        inputs = None if inputs is None else tuple(name for name in inputs if name != column) or None
        targets = tuple(name for name in wanted.targets if name != column)
        wanted = replace(wanted, targets=targets, inputs=inputs)
    return replace(wanted, choices=replace(wanted.choices, kinds=kinds))


def _on_ragged(plan: TablePlan, wanted: Wanted) -> list[Offer]:
    if not plan.ragged:
        return []
    text = f"Leave out the {counted(plan.ragged, 'row')} with another number of cells"
    about = "Such rows often come from a separator inside a text without quotation marks, or from lines of remarks."
    return [Offer(RAGGED, "", text, about, wanted.reading.ragged == "leave_out")]


def _on_marks(facts: ColumnFacts, wanted: Wanted) -> list[Offer]:
    """Offer to keep texts such as NA in the target, whose rows are left out otherwise."""
    kept = [value for value in wanted.choices.values if value not in facts.marks]
    about = "Otherwise it counts as a missing value, and its rows are left out."
    return [
        Offer(KEEP, mark, f"{quoted(mark)} in {quoted(facts.name)} is a value", about, mark in wanted.choices.values)
        for mark in (*kept, *facts.marks)
    ]


def _on_spellings(facts: ColumnFacts, wanted: Wanted) -> list[Offer]:
    """Offer to take texts that differ only in capitals and spaces for one value."""
    about = "The spelling that occurs most often stands for all of them."
    if facts.name in wanted.choices.merged:
        text = f"Spellings in {quoted(facts.name)} that differ only in capitals and spaces are one value"
        return [Offer(MERGE, facts.name, text, about, True)]
    if not facts.spellings or facts.different > KIND_LIMIT:
        return []
    more = f" and {len(facts.spellings) - 1} more" if len(facts.spellings) > 1 else ""
    text = f"Merge {listed(facts.spellings[0], limit=4)}{more} in {quoted(facts.name)} into one value"
    return [Offer(MERGE, facts.name, text, about, False)]
