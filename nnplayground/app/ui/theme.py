"""Colours, sizes and the style sheet, in one place for both themes.

Widgets and views take a `Theme` and never name a colour themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont, QPalette

from nnplayground.arrays import Floats

SPACE = (4, 8, 12, 16, 24)
RADIUS = 6
SMALL, NORMAL, LARGE, HUGE = 0.85, 1.0, 1.15, 1.4
HIT_AREA = 24

# Okabe and Ito 2008, "Color Universal Design"; yellow darkened to #B8A900 and black lightened to grey for contrast.
CLASSES_LIGHT = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A900", "#666666")
CLASSES_DARK = ("#4BA3DB", "#F0B429", "#2FC49A", "#E09CC3", "#7CC8F5", "#F5813A", "#D8C92A", "#9A9A9A")

# pyqtgraph's names of marker shapes, one per class in the same order.
MARKERS = ("o", "s", "t1", "d", "t", "p", "star", "h")
DARKER = 150  # in per cent, as Qt counts it


def marker(index: int) -> str:
    """Return the shape of the marks of class `index`; when all are used up they come again with other colours."""
    turn, place = divmod(index, len(MARKERS))
    return MARKERS[(place + turn) % len(MARKERS)]


@dataclass(frozen=True)
class Theme:
    """One set of colours, as `#RRGGBB`.

    `negative`, `zero` and `positive` make the scale of values, `costs` that of costs from the lowest to the highest.
    """

    name: str
    window: str
    panel: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    warning: str
    error: str
    negative: str
    zero: str
    positive: str
    classes: tuple[str, ...]
    costs: tuple[str, ...]

    def class_color(self, index: int, count: int) -> QColor:
        """Return the colour of class `index` of `count`: two classes use the ends of the value scale.

        When all colours are used up they come again, darker.
        """
        if count == 2:
            return QColor(self.positive if index else self.negative)
        turn, place = divmod(index, len(self.classes))
        return QColor(self.classes[place]).darker(DARKER if turn % 2 else 100)

    def value_table(self) -> NDArray[np.uint8]:
        """Return the value scale as 256 colours `[256, 4]` (RGBA) from -1 to +1."""
        return _table((self.negative, self.zero, self.positive))

    def cost_table(self) -> NDArray[np.uint8]:
        """Return the scale of costs as 256 colours `[256, 4]` (RGBA) from the lowest to the highest."""
        return _table(self.costs)

    def value_color(self, value: float) -> QColor:
        """Return the colour of one value; beyond ±1 the ends are used."""
        red, green, blue, _ = self.value_table()[round((min(max(value, -1.0), 1.0) + 1.0) * 127.5)]
        return QColor(int(red), int(green), int(blue))


LIGHT = Theme(
    name="light", window="#F5F6F8", panel="#FFFFFF", border="#DCE0E5", text="#1B1F24", muted="#57606A",
    accent="#0B6BCB", on_accent="#FFFFFF", warning="#9A6700", error="#CF222E",
    negative="#D9730D", zero="#ECEEF1", positive="#0B6BCB", classes=CLASSES_LIGHT,
    costs=("#3F9E97", "#8CC7B4", "#CFE3CC", "#F3EFDC", "#FBF8F0"),
)  # fmt: skip

DARK = Theme(
    name="dark", window="#14171B", panel="#1C2025", border="#30363D", text="#E6EDF3", muted="#9BA6B2",
    accent="#58A6FF", on_accent="#0B1A2B", warning="#D29922", error="#FF7B72",
    negative="#F0883E", zero="#2B3138", positive="#58A6FF", classes=CLASSES_DARK,
    costs=("#3FB3A4", "#2E8385", "#2E5A68", "#2F3C4A", "#24282F"),
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK}


def _rgb(color: str) -> Floats:
    """Return red, green, blue of `#RRGGBB`, 0 to 255."""
    return np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float64)


@cache
def _table(colors: tuple[str, ...]) -> NDArray[np.uint8]:
    """Return 256 colours `[256, 4]` (RGBA, not to be written to) that go evenly from one of these to the next."""
    stops = np.linspace(-1.0, 1.0, len(colors))
    channels = np.array([_rgb(color) for color in colors]).T
    mixed = [np.interp(np.linspace(-1.0, 1.0, 256), stops, channel) for channel in channels]
    table = np.stack([*mixed, np.full(256, 255.0)], axis=1).round().astype(np.uint8)
    table.setflags(write=False)
    return table


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return the font at a relative size."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * factor)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result


def tabular(font: QFont) -> QFont:
    """Return the font with figures of equal width, so that changing numbers do not jump."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme."""
    roles = QPalette.ColorRole
    colors = {
        roles.Window: theme.window, roles.WindowText: theme.text,
        roles.Base: theme.panel, roles.AlternateBase: theme.window,
        roles.Text: theme.text, roles.Button: theme.panel, roles.ButtonText: theme.text, roles.BrightText: theme.error,
        roles.ToolTipBase: theme.panel, roles.ToolTipText: theme.text, roles.PlaceholderText: theme.muted,
        roles.Highlight: theme.accent, roles.HighlightedText: theme.on_accent, roles.Link: theme.accent,
        roles.Mid: theme.border, roles.Midlight: theme.border, roles.Light: theme.panel, roles.Dark: theme.border,
    }  # fmt: skip
    result = QPalette()
    for role, color in colors.items():
        result.setColor(role, QColor(color))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return result
