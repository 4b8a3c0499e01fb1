"""Tooltips in lines that can be read, which show every text as it is written."""

from __future__ import annotations

from html import escape
from textwrap import fill

from PySide6.QtGui import QAction, Qt

from nnplayground.app.ui.plain_text import menu_text, one_line, readable

CHARACTERS = 64
"""The most in a line: about 400 pixels in the usual font."""
LONGEST = 1_500
"""The most in all: a tooltip is as high as its text, and a screen is not higher."""
LONGEST_NAME = 300
"""The most of a name in a tooltip, which is the place to read a long one."""


def wrapped(text: str) -> str:
    """Return a text for a tooltip with its long lines broken; lines of its own stay.

    Qt itself would write it in one line, however long, or render it where it looks like markup: such a text is escaped.
    """
    text = readable(text, LONGEST)
    text = "\n".join(line if len(line) <= CHARACTERS else fill(line, CHARACTERS) for line in text.split("\n"))
    return f'<p style="white-space: pre">{escape(text)}</p>' if Qt.mightBeRichText(text) else text


def name_entry(action: QAction, name: str, about: str = "") -> QAction:
    """Call the entry of a menu by a name from outside; its tooltip has more of it, and what it is about."""
    action.setText(menu_text(name))
    action.setToolTip(wrapped(f"{one_line(name, LONGEST_NAME)}\n{about}".strip()))
    return action
