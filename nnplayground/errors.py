"""What goes wrong for the user, as opposed to what is wrong in the program.

The text of a `UserError` is one sentence that names what was wrong, its value, and what would be right.
The commands and the window show exactly that sentence and never a traceback.
"""

from __future__ import annotations

import json
import re
import traceback

LONGEST = 1_000
"""The most characters of a whole sentence: what files and people name is cut before, this is for what is forgotten."""

LONGEST_PATH = 200
LONGEST_NAME = 100
LONG_LIST = 4
MISSING = object()  # the value of a field that is not there
HUGE = 10**30
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys instead of showing it: line ends, escapes, marks that turn the direction, half characters."""


class UserError(Exception):
    """A problem that the user can understand and mend; `str(error)` is the whole message.

    It is one line of up to `LONGEST` characters, whatever is named in it.
    """

    def __init__(self, message: object = "") -> None:
        text = str(message)
        cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        super().__init__(CONTROL.sub(lambda mark: " " if mark[0].isspace() else escaped(mark[0]), cut))


class InputError(UserError):
    """The call, a file or a value in it is wrong: exit status 2 on the command line."""


class WorkError(UserError):
    """The call was right but the work failed, for example a folder that cannot be written: exit status 1."""


class FieldError(InputError):
    """A field of a document has a value that is not legal.

    `path` is the place in the document (`network.layers[1].units`), `value` what stood there, `legal` what
    may stand there.
    """

    def __init__(self, path: str, value: object, legal: str) -> None:
        found = "missing" if value is MISSING else shown(value)
        self.path = clipped(path, limit=LONGEST_NAME)  # it may hold keys of a file
        super().__init__(f"{self.path or 'It'} is {found}; it must be {legal}.")
        self.value = value
        self.legal = legal

    def within(self, outer: str) -> FieldError:
        """Return the same error seen from outside, with `outer` in front of the path."""
        joint = "" if self.path.startswith("[") else "."
        return FieldError(f"{outer}{joint}{self.path}", self.value, self.legal)


def printable(text: str) -> str:
    """Return `text` on one line: line ends and all that cannot be printed are escaped as in JSON."""
    return text if text.isprintable() else "".join(mark if mark.isprintable() else escaped(mark) for mark in text)


def escaped(mark: str) -> str:
    """Return a character as JSON writes it in plain letters."""
    return json.dumps(mark)[1:-1]


def clipped(text: str, *, limit: int = 60) -> str:
    """Return `text` for a sentence: on one line, printable, and cut to `limit` characters; takes no time for long ones.

    Every name and value that comes from outside goes through here before it stands in a sentence.
    """
    line = printable(text[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def surprise(error: Exception) -> str:
    """Return what a fault of the program was and where it happened, for the sentence that tells of it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {place.name}, line {place.lineno}: {clipped(str(error), limit=LONGEST)}"


def named(path: object) -> str:
    """Return a path for a sentence: of a long one its beginning and its end, which tell most."""
    text = str(path)
    if len(text) > LONGEST_PATH:
        half = LONGEST_PATH // 2
        text = f"{text[: half - 1]}…{text[-half:]}"
    return printable(text)


def shown(value: object, *, limit: int = 60) -> str:
    """Return `value` as a user would write it in JSON, cut to `limit` characters."""
    if isinstance(value, dict):
        text = "an object"
    elif isinstance(value, (list, tuple)) and len(value) > LONG_LIST:
        text = f"a list of {len(value):,}"
    elif isinstance(value, (list, tuple)):
        text = "[" + ", ".join(shown(item) for item in value) + "]"
    else:
        text = _scalar(value[:limit] if isinstance(value, str) else value)
    return text if len(text) <= limit else text[: limit - 1] + "…"  # printable already


def _scalar(value: object) -> str:
    words = {None: "null", True: "true", False: "false"}
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, int) and abs(value) >= HUGE:
        return f"a whole number of more than {len(str(HUGE)) - 1} digits"
    return str(value)
