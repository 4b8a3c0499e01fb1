"""What can be mended in a table with one click: rows of another width, spellings, and marks that are values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnplayground.data.table_columns import ColumnFacts
from nnplayground.data.table_inputs import KIND_LIMIT
from nnplayground.data.table_plan import TablePlan, Wanted
from nnplayground.message import Facts, Message

RAGGED, MERGE, KEEP = "ragged", "merge", "keep"
MOST = 6
"""So many offers are made at once; those that concern the target come first."""


@dataclass(frozen=True)
class Offer:
    """Something that can be mended: `kind` and, of a column or a text, its `name`; `is_taken` tells that it is."""

    kind: str
    name: str
    text: Message
    help: Message
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
    text = Message("offer.ragged", {"rows": plan.ragged})
    return [Offer(RAGGED, "", text, Message("offer.ragged.help"), wanted.reading.ragged == "leave_out")]


def _on_marks(facts: ColumnFacts, wanted: Wanted) -> list[Offer]:
    """Offer to keep texts such as NA in the target, whose rows are left out otherwise."""
    taken = wanted.choices.values
    kept = [value for value in taken if value not in facts.marks]
    about = Message("offer.keep.help")
    return [
        Offer(KEEP, mark, Message("offer.keep", {"mark": mark, "column": facts.name}), about, mark in taken)
        for mark in (*kept, *facts.marks)
    ]


def _on_spellings(facts: ColumnFacts, wanted: Wanted) -> list[Offer]:
    """Offer to take texts that differ only in capitals and spaces for one value."""
    about = Message("offer.merge.help")
    if facts.name in wanted.choices.merged:
        return [Offer(MERGE, facts.name, Message("offer.merged", {"column": facts.name}), about, True)]
    if not facts.spellings or facts.different > KIND_LIMIT:
        return []
    told: Facts = {"texts": facts.spellings[0], "column": facts.name}
    text = Message("offer.merge", told)
    if len(facts.spellings) > 1:
        text = Message("offer.merge_more", {**told, "more": len(facts.spellings) - 1})
    return [Offer(MERGE, facts.name, text, about, False)]
