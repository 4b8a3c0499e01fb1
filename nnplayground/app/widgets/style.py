"""The style sheet of the application: everything that Qt lets us say in one text."""

from __future__ import annotations

from nnplayground import resources
from nnplayground.app.theme import RADIUS, Theme


def style_sheet(theme: Theme) -> str:
    """Return the style sheet for a theme."""
    hover = _mixed(theme.panel, theme.accent, 0.10)
    chosen = _mixed(theme.panel, theme.accent, 0.18)
    box = f"border: 1px solid {theme.border}; border-radius: {RADIUS}px; background: {theme.panel};"
    return f"""
QMainWindow, QDockWidget, QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.window}; }}
QMenuBar {{ background: {theme.window}; border: none; }}
QMenuBar::item {{ padding: 3px 8px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; border-radius: 4px; }}
QMenu {{ background: {theme.panel}; border: 1px solid {theme.border}; padding: 4px; }}
QMenu::item {{ padding: 4px 24px 4px 20px; border-radius: 4px; }}
QMenu::item:selected {{ background: {chosen}; color: {theme.text}; }}
QMenu::item:disabled {{ color: {theme.muted}; }}
QMenu::separator {{ height: 1px; background: {theme.border}; margin: 4px 8px; }}
QToolTip {{ {box} color: {theme.text}; padding: 4px; }}
QStatusBar {{ background: {theme.window}; color: {theme.muted}; }}
QStatusBar QLabel {{ color: {theme.muted}; padding: 1px 12px; }}
QStatusBar::item {{ border: none; }}
QMainWindow::separator {{ background: {theme.window}; width: 4px; height: 4px; }}
QMainWindow::separator:hover {{ background: {theme.accent}; }}
QLabel[muted="true"] {{ color: {theme.muted}; }}
QToolBar#toolbar {{ background: {theme.window}; border: none; border-bottom: 1px solid {theme.border};
                    padding: 4px 8px; spacing: 4px; }}
QToolButton {{ border: 1px solid transparent; border-radius: {RADIUS}px; padding: 4px 7px; background: transparent; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {chosen}; }}
QToolButton:focus {{ border-color: {theme.accent}; }}
QToolButton:disabled {{ color: {theme.muted}; }}
QToolButton#play_button {{ background: {theme.accent}; color: {theme.on_accent}; padding: 6px 14px; min-width: 62px;
                           font-weight: 600; }}
QToolButton#play_button:hover {{ background: {_mixed(theme.accent, theme.text, 0.12)}; }}
QToolButton#play_button:focus {{ border: 2px solid {theme.text}; }}
QToolButton[card="true"] {{ {box} padding: 4px 1px 2px 1px; }}
QToolButton[card="true"]:hover {{ background: {hover}; }}
QToolButton[card="true"]:checked {{ background: {chosen}; border: 2px solid {theme.accent}; }}
QToolButton[chip="true"] {{ {box} padding: 3px 5px; }}
QToolButton[chip="true"]:checked {{ background: {chosen}; border-color: {theme.accent}; }}
QToolButton[section="true"] {{ color: {theme.muted}; padding: 3px 0; }}
QPushButton {{ {box} padding: 4px 10px; color: {theme.text}; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {theme.accent}; }}
QLineEdit {{ {box} padding: 2px 5px; selection-background-color: {theme.accent};
             selection-color: {theme.on_accent}; }}
QLineEdit:focus {{ border-color: {theme.accent}; }}
QLineEdit[invalid="true"] {{ border: 2px solid {theme.error}; }}
QCheckBox {{ spacing: 6px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.muted}; border-radius: 3px;
                        background: {theme.panel}; }}
QCheckBox::indicator:hover, QCheckBox:focus::indicator {{ border-color: {theme.accent}; }}
QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent}; {_tick(theme)} }}
QFrame#message_bar {{ {box} }}
QFrame#message_bar[kind="warning"] {{ border: 2px solid {theme.warning}; }}
QFrame#message_bar[kind="error"] {{ border: 2px solid {theme.error}; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {theme.border}; border-radius: 4px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QWidget#center, QWidget#network_bar {{ background: {theme.panel}; }}
QWidget#center {{ border: 1px solid {theme.border}; border-radius: {RADIUS}px; }}
"""


def _tick(theme: Theme) -> str:
    """Return the rule for the tick; a style sheet can only take it from a file on the disk."""
    path = resources.path_of(f"icons/check-{theme.name}.svg")
    return f'image: url("{path.as_posix()}");' if path else ""


def _mixed(one: str, other: str, share: float) -> str:
    """Return the colour that is this share of the way from one to the other."""
    pairs = [(int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
