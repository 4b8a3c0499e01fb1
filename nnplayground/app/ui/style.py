"""The style sheet of the application: everything that Qt lets us say in one text."""

from __future__ import annotations

from nnplayground import resources
from nnplayground.app.ui.theme import RADIUS, Theme


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
QLabel[error="true"] {{ color: {theme.error}; }}
QToolBar#toolbar {{ background: {theme.window}; border: none; border-bottom: 1px solid {theme.border};
                    padding: 4px; spacing: 1px; }}
QToolButton {{ border: 1px solid transparent; border-radius: {RADIUS}px; padding: 4px 7px; background: transparent; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {chosen}; }}
QToolButton:focus {{ border-color: {theme.accent}; }}
QToolButton:disabled {{ color: {theme.muted}; }}
QToolButton#play_button {{ background: {theme.accent}; color: {theme.on_accent}; padding: 6px 12px; min-width: 74px;
                           font-weight: 600; }}
QToolButton#play_button:hover {{ background: {_mixed(theme.accent, theme.text, 0.12)}; }}
QToolButton#play_button:disabled {{ background: {theme.border}; color: {theme.muted}; }}
QToolButton#play_button:focus {{ border: 2px solid {theme.text}; }}
QToolButton[slim="true"] {{ padding: 2px 7px; }}
QToolButton#copy_seed {{ padding: 2px; }}
QToolButton[card="true"] {{ {box} padding: 4px 1px 2px 1px; }}
QToolButton[card="true"]:hover {{ background: {hover}; }}
QToolButton[card="true"]:checked {{ background: {chosen}; border: 2px solid {theme.accent};
                                    padding: 3px 0 1px 0; }}
QToolButton[chip="true"] {{ {box} padding: 3px 5px; }}
QToolButton[chip="true"]:checked {{ background: {chosen}; border-color: {theme.accent}; }}
QToolButton[opens="true"] {{ padding-right: 15px; }}
QToolButton[formula="true"] {{ padding-right: 20px; }}
QToolButton[split="true"] {{ padding-right: 22px; }}
QToolButton[section="true"] {{ color: {theme.muted}; padding: 3px 0; }}
QToolButton[section="true"]:checked {{ background: transparent; }}
QToolButton[section="true"]:hover {{ color: {theme.text}; background: transparent; }}
QPushButton {{ {box} padding: 4px 10px; color: {theme.text}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {theme.accent}; }}
QPushButton:disabled {{ color: {theme.muted}; background: {theme.window}; }}
QLineEdit {{ {box} padding: 2px 5px; selection-background-color: {theme.accent};
             selection-color: {theme.on_accent}; }}
QLineEdit:focus {{ border-color: {theme.accent}; }}
QLineEdit[invalid="true"] {{ border: 2px solid {theme.error}; }}
{_lists(theme, box=box, chosen=chosen)}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.border}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {theme.accent}; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
                              background: {theme.panel}; border: 1px solid {theme.muted}; }}
QSlider::handle:horizontal:hover {{ border-color: {theme.accent}; }}
QSlider::handle:horizontal:pressed, QSlider::handle:horizontal:focus {{ border-color: {theme.accent};
                                                                        background: {theme.accent}; }}
QCheckBox {{ spacing: 6px; min-height: 24px; }}
QSlider:horizontal {{ min-height: 24px; }}
QCheckBox::indicator, QListWidget::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.muted};
                                                border-radius: 3px; background: {theme.panel}; }}
QCheckBox::indicator:hover, QCheckBox:focus::indicator {{ border-color: {theme.accent}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: {theme.accent};
                                                                border-color: {theme.accent}; {_tick(theme)} }}
QFrame#run_to_popup {{ background: {theme.window}; border: 1px solid {theme.border}; }}
QFrame#message_bar {{ {box} }}
QFrame#message_bar[kind="warning"] {{ border: 2px solid {theme.warning}; }}
QFrame#message_bar[kind="error"] {{ border: 2px solid {theme.error}; }}
QFrame#stop_card {{ {box} }}
QFrame#stop_card[failure="true"] {{ border: 2px solid {theme.error}; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {theme.border}; border-radius: 4px; min-height: 24px; }}
QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {theme.border}; border-radius: 4px; min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QTableView {{ background: {theme.panel}; border: 1px solid {theme.panel}; border-radius: 4px; }}
QTableView:focus {{ border-color: {theme.accent}; }}
QHeaderView, QHeaderView::section {{ background: {theme.panel}; color: {theme.muted}; border: none; }}
QHeaderView::section {{ padding: 0 2px; }}
QTableCornerButton::section {{ background: {theme.panel}; border: none; }}
QWidget#measures_content, QWidget#inside_content {{ background: {theme.panel}; }}
QWidget[inspector_page="true"] {{ background: {theme.panel}; }}
QMainWindow > QTabBar::tab {{ padding: 3px 12px; color: {theme.muted}; background: transparent; border: none;
                              border-top: 2px solid transparent; }}
QMainWindow > QTabBar::tab:selected {{ color: {theme.text}; border-top-color: {theme.accent}; }}
QMainWindow > QTabBar::tab:hover {{ color: {theme.text}; }}
QTableView::indicator {{ width: 13px; height: 13px; border: 1px solid {theme.muted}; border-radius: 3px;
                         background: {theme.panel}; }}
QTableView::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent}; {_tick(theme)} }}
QTableView::item:selected {{ background: {chosen}; color: {theme.text}; }}
QLineEdit[cell="true"] {{ border-radius: 0; padding: 0 2px; border-color: {theme.accent}; }}
QWidget#center, QWidget#network_bar {{ background: {theme.panel}; }}
QWidget#center {{ border: 1px solid {theme.border}; border-radius: {RADIUS}px; }}
"""


def _lists(theme: Theme, *, box: str, chosen: str) -> str:
    """Return the rules for drop-down lists; without an arrow from the disk they stay as the platform draws them."""
    path = resources.path_of(f"icons/arrow-{theme.name}.svg")
    if path is None:
        return ""
    return f"""
QComboBox {{ {box} color: {theme.text}; padding: 2px 1px 2px 5px; min-height: 18px; }}
QComboBox:hover {{ border-color: {theme.muted}; }}
QComboBox:focus, QComboBox:on {{ border-color: {theme.accent}; }}
QComboBox:disabled {{ color: {theme.muted}; }}
QComboBox::drop-down {{ border: none; width: 16px; }}
QComboBox::down-arrow {{ image: url("{path.as_posix()}"); width: 14px; height: 14px; }}
QToolButton[formula="true"]::menu-button, QToolButton[split="true"]::menu-button {{ border: none; width: 20px; }}
QToolButton[formula="true"]::menu-arrow, QToolButton[split="true"]::menu-arrow {{
    image: url("{path.as_posix()}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.border};
                               selection-background-color: {chosen}; selection-color: {theme.text}; }}
"""


def _tick(theme: Theme) -> str:
    """Return the rule for the tick; a style sheet can only take it from a file on the disk."""
    path = resources.path_of(f"icons/check-{theme.name}.svg")
    return f'image: url("{path.as_posix()}");' if path else ""


def _mixed(one: str, other: str, share: float) -> str:
    """Return the colour that is this share of the way from one to the other."""
    pairs = [(int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
