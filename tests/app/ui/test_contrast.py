"""The contrast of colours."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from nnplayground.app.ui.contrast import contrast, mixed, readable
from nnplayground.app.ui.theme import DARK


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
    assert readable(QColor(DARK.text), QColor("#FFFFFF")) == QColor("#000000")


def test_a_mixture_lies_between_its_colours() -> None:
    assert mixed(QColor("#000000"), QColor("#FFFFFF"), 0.0) == QColor("#000000")
    assert mixed(QColor("#000000"), QColor("#FFFFFF"), 1.0) == QColor("#FFFFFF")
    assert mixed(QColor("#000000"), QColor("#FFFFFF"), 0.5).lightnessF() == pytest.approx(0.5, abs=0.01)
