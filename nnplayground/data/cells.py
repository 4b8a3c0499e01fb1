"""The cells of a table: which are missing, and how a message shows them and the names of columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from nnplayground.errors import clipped

UNKNOWN = frozenset(
    {
        "", "na", "n/a", "n.a.", "#na", "#n/a", "#n/a n/a", "<na>", "nan", "+nan", "-nan", "nat", "null", "(null)",
        "<null>", "[null]", "\\n", "?",
    }
)  # fmt: skip
"""What people, statistics programs and databases write, in small letters, where a value is not known."""

ERRORS = frozenset(
    {
        "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#getting_data",
        "-1.#ind", "1.#ind", "-1.#qnan", "1.#qnan", "1.#inf", "-1.#inf",
    }
)  # fmt: skip
"""What spreadsheets and programs write where a computation failed."""

DASHES = frozenset({"-", "--", "---", "–", "—", ".", "..", "..."})
"""Marks for nothing. A column that holds `+` as well means minus by the dash."""

MISSING = UNKNOWN | ERRORS | DASHES
"""What stands in a cell, in small letters, when its value is not known."""

WORDS = frozenset({"none", "nil", "missing", "unknown", "not available", "undefined"})
"""Words that say so among numbers. Among other words they are values: a garage may be of the type "none"."""

MISSING_NUMBERS = MISSING | WORDS


def is_missing(cell: str) -> bool:
    """Tell whether a cell stands for a value that is not known, whatever its column holds."""
    return cell.lower() in MISSING


def is_no_number_known(cell: str) -> bool:
    """Tell whether a cell of a column of numbers stands for a value that is not known."""
    return cell.lower() in MISSING_NUMBERS


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken yet: this one if possible, else with the first number from 2 on that is free."""
    number, result = 2, name
    while result in taken:
        result, number = f"{name} {number}", number + 1
    return result


def quoted(text: str, *, limit: int = 40) -> str:
    """Return a cell or a name for a message: in quotation marks, on one line, at most `limit` characters."""
    return f'"{clipped(" ".join(text[: 10 * limit].split()), limit=limit)}"'


def listed(names: Sequence[str], *, limit: int = 10, write: Callable[[str], str] = quoted) -> str:
    """Return names for a message, the first `limit` of them."""
    text = ", ".join(map(write, names[:limit]))
    return text if len(names) <= limit else f"{text} and {len(names) - limit} more"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: `1 cell`, `1,200 cells`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
