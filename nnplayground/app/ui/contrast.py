"""Colours that can be read on each other."""

from __future__ import annotations

from PySide6.QtGui import QColor

LEAST_CONTRAST = 4.5


def readable(ink: QColor, ground: QColor) -> QColor:
    """Return the ink where it can be read on the ground, else black or white, of which one always can."""
    if contrast(ink, ground) >= LEAST_CONTRAST:
        return ink
    return max((QColor("#000000"), QColor("#FFFFFF")), key=lambda other: contrast(other, ground))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (Web Content Accessibility Guidelines 2.1, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return the colour that is this share of the way from one to the other."""
    pairs = ((one.redF(), other.redF()), (one.greenF(), other.greenF()), (one.blueF(), other.blueF()))
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def _luminance(color: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1 (the same guidelines)."""
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
