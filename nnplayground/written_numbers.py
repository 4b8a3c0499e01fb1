"""Numbers as people and programs write them: the one reader for files, fields and what is pasted.

Two signs can stand before the decimals, and the other one then groups the thousands. Most texts fit one sign only
(`1.5`, `1.234,50`, `0,123`) or mean the same with both (`12`). A single sign before exactly three digits (`1,234`) fits
both with two meanings: in a file the other cells decide, in a field the decimal sign of the person does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

POINT, COMMA = "point", "comma"
DECIMAL_SIGNS: dict[str, str] = {POINT: ".", COMMA: ","}
"""The names of the two signs, and the signs."""

LONGEST = 400
"""A text of more characters is no number; the longest float64 written out in full has fewer."""

CURRENCIES = ("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "kr", "zł", "Kč", "Ft", "R$", "Fr.")
PERCENT = "%‰"
MINUS = str.maketrans(dict.fromkeys("−–﹣－", "-") | dict.fromkeys("＋﹢", "+"))
APOSTROPHES = "'\u2019\u02bc"
SPACES = " \u00a0\u202f\u2009"
"""A plain space, one that does not break, a narrow one, a thin one: all of them group thousands."""

_CODES = "|".join(map(re.escape, CURRENCIES))


@dataclass(frozen=True)
class WrittenNumber:
    """A number that was read, and the unit that stood at it, such as `%` or `€`; empty without one.

    `12 %` is 12 with the unit `%`. A number too large for a float64 is infinite.
    """

    value: float
    unit: str = ""


class NotANumberError(ValueError):
    """A text that is no number with the decimal sign that was asked for."""


class AmbiguousNumberError(NotANumberError):
    """A text that is one number with a decimal point and another one with a decimal comma."""

    def __init__(self, text: str, with_point: float, with_comma: float) -> None:
        super().__init__(text)
        self.with_point, self.with_comma = with_point, with_comma


def read_written(text: str, decimal: str = POINT) -> WrittenNumber:
    """Return the number in a text whose decimal sign is known, as that of a file is.

    The other sign groups thousands; it must then stand before exactly three digits. Raises `NotANumberError`.
    """
    if len(text) > LONGEST:
        raise NotANumberError(text[:LONGEST])
    body = _NO_CENTS.sub(r"\1", _without_spreadsheet_marks(text.strip()).translate(MINUS))
    negative, body = _without_brackets(body)
    body, unit = _without_unit(body)
    plain = _plain(body, decimal)
    if plain is None:
        raise NotANumberError(text)
    value = float(plain)
    return WrittenNumber(-value if negative else value, unit)


def read_typed(text: str, decimal: str = POINT) -> WrittenNumber:
    """Return the number that a person typed or pasted, whose own decimal sign is `decimal`.

    The other sign is understood too where the text leaves no doubt. Raises `AmbiguousNumberError` where it stands
    before exactly three digits, and `NotANumberError` for what is no number.
    """
    read = {sign: _written_or_none(text, sign) for sign in DECIMAL_SIGNS}
    point, comma = read[POINT], read[COMMA]
    if point is not None and comma is not None:
        if point.value != comma.value and DECIMAL_SIGNS[decimal] not in text:
            raise AmbiguousNumberError(text, point.value, comma.value)
        found = read[decimal]
    else:
        found = point or comma
    if found is None:
        raise NotANumberError(text)
    return found


def fitting_signs(text: str) -> frozenset[str]:
    """Return with which decimal signs a text is a number and means something else with the other one, or nothing.

    That is what a cell says about the file that it stands in: `1.5` says point, `1.234,5` comma, `1.234` fits both, and
    `12` and words say nothing.
    """
    point, comma = (_written_or_none(text, sign) for sign in DECIMAL_SIGNS)
    if point is not None and comma is not None and point.value == comma.value:
        return frozenset()
    return frozenset(sign for sign, found in ((POINT, point), (COMMA, comma)) if found is not None)


def _written_or_none(text: str, decimal: str) -> WrittenNumber | None:
    try:
        return read_written(text, decimal)
    except NotANumberError:
        return None


def _without_unit(body: str) -> tuple[str, str]:
    """Return a text without a currency or percent sign on one side of it, and that sign."""
    if not body.isascii() or not body[:1].isdigit() or not body[-1:].isdigit():
        for pattern in (_UNIT_BEFORE, _UNIT_BEHIND):
            hit = pattern.fullmatch(body)
            if hit:
                return hit["sign"] + hit["body"].strip(), hit["unit"]
    return body, ""


def _without_spreadsheet_marks(body: str) -> str:
    """Return a text without what keeps a spreadsheet from changing it: `'12` and `="12"` are 12."""
    if body.startswith('="') and body.endswith('"'):
        return body[2:-1].strip()
    return body[1:] if body[:1] in APOSTROPHES and body[:1] else body


def _without_brackets(body: str) -> tuple[bool, str]:
    """Return whether a text means a negative number in the ways of accounting, `(12)` and `12-`, and its rest."""
    if body.startswith("(") and body.endswith(")"):
        return True, body[1:-1].strip()
    if body.endswith("-") and body[:1].isdigit():
        return True, body[:-1].rstrip()
    return False, body


def _plain(body: str, decimal: str) -> str | None:
    """Return the text as Python reads it, or nothing where it is no number with this decimal sign."""
    if not body.isascii():
        body = "".join(str(unicodedata.decimal(mark, mark)) for mark in body)
    hit = _PATTERNS[decimal].fullmatch(body)
    if hit is None:
        return None
    whole = "".join(mark for mark in hit["whole"] or "0" if mark.isdigit())
    return f"{hit['sign'] or ''}{whole}.{hit['decimals'] or '0'}{hit['exponent'] or ''}"


def _pattern(sign: str, other: str) -> re.Pattern[str]:
    """Return the form of a number with this decimal sign: plain or grouped digits, decimals, an exponent."""
    groups = rf"[1-9]\d{{0,2}}(?P<group>[{re.escape(other)}{SPACES}{APOSTROPHES}])\d{{3}}(?:(?P=group)\d{{3}})*"
    indian = rf"[1-9]\d?(?:{re.escape(other)}\d{{2}})+{re.escape(other)}\d{{3}}"
    decimals = rf"{re.escape(sign)}(?P<decimals>\d*)"
    return re.compile(
        rf"(?P<sign>[+-]?) ?(?=[\d{re.escape(sign)}])(?P<whole>{groups}|{indian}|\d+|(?={re.escape(sign)}\d))"
        rf"(?:{decimals})?(?P<exponent>[eE][+-]?\d{{1,6}})?",
        re.ASCII,
    )


_NO_CENTS = re.compile(r"(?<=\d)([.,])(?:--?|—)(?!\d)")
"""Prices without cents: `5,-`, `5.--` and `5,—` are 5 and no negative numbers; the decimal sign stays."""

_PATTERNS = {POINT: _pattern(".", ","), COMMA: _pattern(",", ".")}
_UNIT = rf"[{PERCENT}]|{_CODES}|[$¢-¥֏؋৳฿₠-⃀﷼＄￠￡￥￦]"
_UNIT_BEFORE = re.compile(rf"(?P<sign>[+-]?)\s*(?P<unit>{_UNIT})\s*(?P<body>[+-]?[\d.,(].*)")
_UNIT_BEHIND = re.compile(rf"(?P<sign>)(?P<body>.*[\d.,)-])\s*(?P<unit>{_UNIT})")
