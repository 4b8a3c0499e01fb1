"""The steps and limits of the zoom: numbers in, numbers out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.network.zoom import (
    LARGEST,
    NOTCH,
    NOTCHES_TO_DOUBLE,
    fitting,
    larger,
    limited,
    percent,
    smaller,
    turned,
)

ZOOMS = st.floats(0.1, LARGEST)
LEAST = st.floats(0.1, 1.0)
LENGTHS = st.integers(50, 5000)


@given(ZOOMS, LEAST)
def test_a_zoom_within_its_limits_keeps_them_and_stops_at_100_percent(zoom: float, least: float) -> None:
    result = limited(zoom, least)
    assert least <= result <= LARGEST
    assert result == zoom or zoom < least or (result == 1.0 and abs(zoom - 1.0) < 0.05)


@given(ZOOMS, LEAST)
def test_each_step_is_a_step_until_the_limit(zoom: float, least: float) -> None:
    assert larger(zoom) > zoom or larger(zoom) == LARGEST
    assert smaller(zoom, least) < zoom or smaller(zoom, least) == least


@given(LENGTHS, LENGTHS, LENGTHS, LENGTHS)
def test_what_fits_is_seen_whole_and_never_enlarged(width: int, height: int, wide: int, high: int) -> None:
    zoom = fitting((width, height), (wide, high))
    assert 0.0 <= zoom <= 1.0
    thousandths = round(1000 * zoom)  # a product of floats may be too large in the last bit
    assert zoom == thousandths / 1000
    assert wide * thousandths <= 1000 * width
    assert high * thousandths <= 1000 * height
    assert zoom == 1.0 or max(wide * (zoom + 0.001) / width, high * (zoom + 0.001) / height) >= 1.0


@given(ZOOMS)
def test_the_wheel_goes_back_the_way_it_came(zoom: float) -> None:
    assert turned(turned(zoom, NOTCH), -NOTCH) == pytest.approx(zoom)
    assert turned(zoom, NOTCHES_TO_DOUBLE * NOTCH) == pytest.approx(2 * zoom)


def test_a_zoom_is_told_in_percent() -> None:
    assert [percent(zoom) for zoom in (0.333, 1.0, 2.5)] == ["33 %", "100 %", "250 %"]
