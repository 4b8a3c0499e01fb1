"""The colours of the whole application: chosen by the user, or following the system."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nnplayground.app.ui.style import style_sheet
from nnplayground.app.ui.theme import THEMES, Theme, palette


def use_theme(app: QApplication, name: str) -> Theme:
    """Give the application the colours of a theme and return it; any other name means the system's."""
    if name not in THEMES:
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    theme = THEMES[name]
    colors, sheet = palette(theme), style_sheet(theme)
    if app.palette() != colors or app.styleSheet() != sheet:  # Qt styles every widget that there is once more
        app.setPalette(colors)
        app.setStyleSheet(sheet)
    return theme
