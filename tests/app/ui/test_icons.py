"""Icons are one set: the same grid, the same stroke, the colour they are asked for."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from nnplayground import resources
from nnplayground.app.ui.icons import icon, icon_picture
from nnplayground.app.ui.theme import LIGHT, THEMES, Theme
from nnplayground.errors import InputError

PAINTED = tuple(f"{sign}-{theme}" for sign in ("check", "arrow") for theme in THEMES)  # for the style sheet alone
EVERY = tuple(name.removeprefix("icons/").removesuffix(".svg") for name in resources.names("icons"))
NAMES = tuple(name for name in EVERY if name not in PAINTED)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_keeps_to_the_grid_the_stroke_and_the_colour_of_the_set(name: str) -> None:
    drawing = ET.fromstring(resources.read_bytes(f"icons/{name}.svg"))
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke-width") == "1.75"
    assert drawing.get("stroke-linecap") == "round"
    colors = {part.get(key) for part in drawing.iter() for key in ("fill", "stroke")}
    assert colors <= {None, "none", "currentColor"}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_within_its_square(qtbot: QtBot, name: str) -> None:
    image = icon_picture(name, "#FF0000", 40).toImage()
    alpha = [[image.pixelColor(x, y).alpha() for x in range(40)] for y in range(40)]
    assert max(map(max, alpha)) == 255
    assert max(alpha[0] + alpha[-1] + [row[0] for row in alpha] + [row[-1] for row in alpha]) == 0


def test_an_icon_takes_the_colour_and_fades_where_it_is_disabled(qtbot: QtBot) -> None:
    minus = icon("minus", LIGHT.accent)
    middle = minus.pixmap(24, 24).toImage().pixelColor(12, 12)
    faded = minus.pixmap(24, 24, QIcon.Mode.Disabled).toImage().pixelColor(12, 12)
    assert middle.rgb() == QColor(LIGHT.accent).rgb()
    assert faded.alpha() < middle.alpha()


def test_a_picture_is_sharp_on_a_fine_screen(qtbot: QtBot) -> None:
    picture = icon_picture("play", LIGHT.text, 20, 2.0)
    assert (picture.width(), picture.deviceIndependentSize().width()) == (40, 20)


def test_an_unknown_icon_is_told_by_name() -> None:
    with pytest.raises(InputError, match="nonsense"):
        icon("nonsense", LIGHT.text)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_what_the_style_sheet_paints_has_the_colours_of_the_theme(theme: Theme) -> None:
    for sign, color in (("check", theme.on_accent), ("arrow", theme.muted)):
        assert f'stroke="{color}"' in resources.read_bytes(f"icons/{sign}-{theme.name}.svg").decode()
