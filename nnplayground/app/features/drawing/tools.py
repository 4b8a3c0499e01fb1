"""The tools of the drawing mode as data: name, words, icon, key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt


class Tool(Enum):
    """What the pointer does on the plane."""

    PLACE = "place"
    ERASE = "erase"
    MOVE = "move"


@dataclass(frozen=True)
class ToolSpec:
    """How a tool is shown, and the key that chooses it while the plane has the keyboard."""

    tool: Tool
    text: str
    help: str
    icon: str
    key: Qt.Key


TOOLS = (
    ToolSpec(
        Tool.PLACE,
        "Place points",
        "Click to place one point, drag to spray many. The right button takes the nearest point away.",
        "spray",
        Qt.Key.Key_P,
    ),
    ToolSpec(Tool.ERASE, "Erase points", "Drag over points to take them away.", "eraser", Qt.Key.Key_X),
    ToolSpec(Tool.MOVE, "Move points", "Drag a single point to another place.", "move", Qt.Key.Key_V),
)

SMALLEST_BRUSH, LARGEST_BRUSH = 6, 80
"""The radius of the brush in pixels."""
THINNEST, DENSEST = 3, 60
"""How many points a spray leaves on a way of 100 pixels."""


def key_of(spec: ToolSpec) -> str:
    """Return the key of a tool as it is written on the keyboard."""
    return chr(spec.key)
