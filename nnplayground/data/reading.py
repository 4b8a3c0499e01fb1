"""How the text of a table is to be read: what is "auto" is found by looking at the text."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.errors import InputError

AUTO = "auto"

ENCODINGS: dict[str, str] = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
    "latin-1": "latin-1",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "mac-roman": "mac-roman",
    "gb18030": "gb18030",
    "shift-jis": "shift-jis",
    "euc-kr": "euc-kr",
}
"""The names of encodings in a project file, and Python's codecs for them."""

DELIMITER_MARKS: dict[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}
HEADERS = ("yes", "no")
DECIMALS = ("point", "comma")

COLUMN_KINDS = ("number", "category", "date", "left out")
"""What a column can be said to hold; "left out" keeps it from the network altogether."""

RAGGED_RULES = ("refuse", "leave_out")
"""What is done about rows that have too many or too few cells."""

CHOICES: dict[str, tuple[str, ...]] = {
    "encoding": (AUTO, *ENCODINGS),
    "delimiter": (AUTO, *DELIMITER_MARKS),
    "header": (AUTO, *HEADERS),
    "decimal": (AUTO, *DECIMALS),
}
"""What each of the four choices may be."""


@dataclass(frozen=True)
class Reading:
    """Encoding, delimiter, whether the first line names the columns, and the sign before the decimals.

    `sheet` is that of a workbook, the first one where it is empty, and `ragged`, one of `RAGGED_RULES`, what is done
    about rows with another number of cells. Raises `InputError` for a word that is not in `CHOICES`.
    """

    encoding: str = AUTO
    delimiter: str = AUTO
    header: str = AUTO
    decimal: str = AUTO
    sheet: str = ""
    ragged: str = "refuse"

    def __post_init__(self) -> None:
        for field, options in CHOICES.items():
            if getattr(self, field) not in options:
                raise InputError(f"The {field} is {getattr(self, field)!r}; it must be one of {', '.join(options)}.")


AS_FOUND = Reading()
"""Everything is found by looking at the text."""
