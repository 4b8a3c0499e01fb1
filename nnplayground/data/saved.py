"""What data that the program saved say about their target where the columns alone would not tell it.

The head of the last column then names more than the target: `size {"classes": ["small", "large"]}` gives the classes in
their order, `size {"numbers": 2}` says that the last two columns are targets and hold numbers. So the order of classes
is kept, and names that would be read as missing values or as numbers, which no column of its own has to repeat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.data.cells import is_missing
from nnplayground.data.datasets import CLASSES, MANY_CLASSES
from nnplayground.data.samples import PARTS

PART = "part"
"""What the column with the parts is called in saved data; it is the first one."""

OWN_TARGET = "class"
"""What the target of generated and drawn points is called."""

BEGINNINGS = ('{"classes": ', '{"numbers": ')
DIGIT = re.compile(r"\d")
ORDINARY = re.compile(r"-?(?:0|[1-9]\d*)", re.ASCII)
MOST_CLASSES = 1_000


LONGEST_FACTS = 500_000
"""A head with more characters of facts was not written by the program, or has classes with names like books."""


@dataclass(frozen=True)
class SavedTarget:
    """How many of the last columns are targets, and the classes in their order where there are any."""

    count: int = 1
    classes: tuple[str, ...] = ()


def head_of(target: str, *, classes: Sequence[str] = (), targets: int = 1) -> str:
    """Return the head of the last column of saved data that tells of its target, or of so many targets."""
    facts = {"classes": list(classes)} if classes else {"numbers": targets}
    return f"{target} {json.dumps(facts, ensure_ascii=False)}"


def told_by(head: str) -> tuple[str, SavedTarget | None]:
    """Return the name of a column and what its head tells of the targets, if anything."""
    # Within the facts every quotation mark is escaped, so the last beginning is theirs.
    start = max(map(head.rfind, BEGINNINGS))
    if start < 0 or len(head) - start > LONGEST_FACTS:
        return head, None
    try:
        facts = json.loads(head[start:])
    except (ValueError, RecursionError):
        return head, None
    saved = _saved(facts)
    return (head[:start].rstrip(), saved) if saved else (head, None)


def _saved(facts: object) -> SavedTarget | None:
    """Return the facts of a head where they are what the program writes."""
    if not isinstance(facts, dict) or len(facts) != 1:
        return None
    count, classes = facts.get("numbers"), facts.get("classes")
    if isinstance(count, int) and not isinstance(count, bool) and count >= 1:
        return SavedTarget(count)
    if not isinstance(classes, list) or not all(isinstance(name, str) for name in classes):
        return None
    is_list_of_classes = 2 <= len(classes) <= MOST_CLASSES and len(set(classes)) == len(classes)
    return SavedTarget(1, tuple(classes)) if is_list_of_classes else None


def fits(saved: SavedTarget | None, columns: int, labels: set[str]) -> bool:
    """Tell whether a table with so many columns and these texts in the last one is what its head says."""
    return (
        saved is not None
        and saved.count < columns
        and (not saved.classes or labels <= {*written_labels(saved.classes)})
    )


def own_points(columns: Sequence[str], parts: set[str], labels: set[str]) -> SavedTarget | None:
    """Return the classes of saved points of the program, which are called by their colours, in its order."""
    if columns[0] != PART or columns[-1] != OWN_TARGET or not parts <= set(PARTS):
        return None
    order = CLASSES if labels == set(CLASSES) else MANY_CLASSES[: len(labels)]
    return SavedTarget(1, order) if labels == set(order) else None


def is_own_order(classes: Sequence[str]) -> bool:
    """Tell whether classes are those of the points that the program makes, in its order."""
    return tuple(classes) in (CLASSES, MANY_CLASSES[: len(classes)])


def written_labels(classes: Sequence[str]) -> tuple[str, ...]:
    """Return the names of classes as cells: as they are, or in quotation marks where spaces would be lost."""
    labels = tuple(name if name and name == " ".join(name.split()) else json.dumps(name) for name in classes)
    return labels if len(set(labels)) == len(labels) else tuple(map(json.dumps, classes))


def are_in_order(classes: Sequence[str]) -> bool:
    """Tell whether classes would come back in this order, under these names, without being told."""
    if are_numbers(classes):
        return [*map(int, classes)] == sorted(map(int, classes))
    plain = written_labels(classes) == tuple(classes) and not any(map(is_missing, classes))
    return plain and not any(map(DIGIT.search, classes)) and list(classes) == sorted(classes)


def are_numbers(classes: Sequence[str]) -> bool:
    """Tell whether all classes are called by ordinary whole numbers."""
    return all(ORDINARY.fullmatch(name) is not None and len(name) < 16 and name != "-0" for name in classes)
