"""How large the network is shown: the steps, the limits and the words of the zoom, without Qt.

1.0 is the picture that is laid out for the view, crisp and with room for every control. A network that is wider than
the view can be made smaller, down to where the whole of it is seen; smaller than that nothing gets.
"""

from __future__ import annotations

from math import floor

LARGEST = 4.0
STEPS = (0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, LARGEST)
# Zooming by hand stops for a moment at 100 %, where the picture is at its best.
CATCH = 0.03
# What a wheel says for one notch, and how many notches double the picture.
NOTCH, NOTCHES_TO_DOUBLE = 120, 4

Size = tuple[int, int]


def fitting(view: Size, picture: Size) -> float:
    """Return the zoom at which a picture, as large as it is laid out at 100 %, is seen whole; at most 1."""
    shares = (room / length for room, length in zip(view, picture, strict=True))
    return floor(1000 * min(1.0, *shares)) / 1000


def limited(zoom: float, least: float) -> float:
    """Return the zoom within its limits, and exactly 1 where it is nearly that."""
    zoom = min(max(zoom, least), LARGEST)
    return 1.0 if abs(zoom - 1.0) <= CATCH else zoom


def larger(zoom: float) -> float:
    """Return the next larger step."""
    return next((step for step in STEPS if step > zoom * 1.01), LARGEST)


def smaller(zoom: float, least: float) -> float:
    """Return the next smaller step, or the least zoom where that is larger."""
    return max(least, next((step for step in reversed(STEPS) if step < zoom * 0.99), STEPS[0]))


def turned(zoom: float, delta: float) -> float:
    """Return the zoom after a wheel has been turned by `delta` eighths of a degree."""
    return float(zoom * 2.0 ** (delta / (NOTCH * NOTCHES_TO_DOUBLE)))


def percent(zoom: float) -> str:
    """Return a zoom in words, such as "125 %"."""
    return f"{100 * zoom:.0f} %"
