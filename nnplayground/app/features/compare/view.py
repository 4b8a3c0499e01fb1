"""Three ways to compare, one at a time: pinned runs, many seeds, a race. A page is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.training.observe.snapshot import Snapshot

PAGES = {
    "runs": Title("Runs", "Pinned runs beside the one that is training: curves, boundaries, settings."),
    "seeds": Title("Many seeds", "The same experiment from many seeds at once: how much of the result is luck?"),
    "race": Title("Race", "Several optimizers or learning rates from the same start, beside each other."),
}

LEAST_HEIGHT = 186
"""With more, a window of 720 pixels would grow out of a screen as high, where data have a plane to choose as well."""


class Page(Protocol):
    """What the container asks of a page, which is a widget."""

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show a moment of the run that is training."""
        ...

    def clear(self) -> None:
        """Say that there is no network any more."""
        ...

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        ...


@dataclass(frozen=True, eq=False)
class Made:
    """A page that exists, as the widget that it is and as what it can do."""

    widget: QWidget
    page: Page


Maker = Callable[[QWidget], Made]


class CompareView(QWidget):
    """A row of tabs over the page that is chosen; `page_shown(name)` follows each change."""

    page_shown = Signal(str)

    def __init__(self, makers: Mapping[str, Maker], parent: QWidget | None = None) -> None:
        """Take, for each name in `PAGES`, what makes the page."""
        super().__init__(parent)
        self.setObjectName("compare_view")
        self.setAccessibleName("Compare")
        self._makers, self._made = dict(makers), dict[str, Made]()
        self._names = tuple(makers)
        self._theme = LIGHT
        self._snapshot: Snapshot | None = None
        self._is_cleared = False
        self._build()
        self.setMinimumHeight(LEAST_HEIGHT)
        self.set_theme(LIGHT)

    @property
    def shown(self) -> str:
        """The name of the page that is chosen."""
        return self._names[self._tabs.currentIndex()]

    def show_page(self, name: str) -> None:
        """Choose a page."""
        self._tabs.setCurrentIndex(self._names.index(name))

    def page(self, name: str) -> Page:
        """Return a page; it is made if it does not exist yet."""
        if name not in self._made:
            made = self._makers[name](self)
            made.widget.setObjectName(f"compare_{name}")
            self._made[name] = made
            place = self._places[name].layout()
            if place is not None:
                place.addWidget(made.widget)
            made.widget.show()
            made.page.set_theme(self._theme)
            self._bring_up_to_date(made.page)
        return self._made[name].page

    def show_frame(self, snapshot: Snapshot) -> None:
        """Hand a moment of training to the page that is seen; while hidden, only keep it."""
        self._snapshot, self._is_cleared = snapshot, False
        if self.isVisible():
            self.page(self.shown).show_frame(snapshot)

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot, self._is_cleared = None, True
        for made in self._made.values():
            made.page.clear()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        self._tabs.setStyleSheet(_tab_style(theme))
        for made in self._made.values():
            made.page.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page that is chosen, and catch up with what came while hidden."""
        super().showEvent(event)
        self._see(self.shown)

    def _build(self) -> None:
        """Make a tab and an empty place for each page."""
        self._tabs = QTabBar(self)
        self._tabs.setObjectName("compare_tabs")
        self._tabs.setAccessibleName("What is compared")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(self)
        self._places = {name: _place() for name in self._names}
        for name, place in self._places.items():
            tab = self._tabs.addTab(PAGES[name].name)
            self._tabs.setTabToolTip(tab, wrapped(PAGES[name].help))
            self._stack.addWidget(place)
        self._tabs.currentChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE[1], 1, SPACE[1], SPACE[0])
        layout.setSpacing(SPACE[0])
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)

    def _choose(self, place: int) -> None:
        """Show the page of a tab."""
        name = self._names[place]
        self._stack.setCurrentIndex(place)
        if self.isVisible():
            self._see(name)
        self.page_shown.emit(name)

    def _see(self, name: str) -> None:
        """Let a page catch up, or make it."""
        if name in self._made:
            self._bring_up_to_date(self._made[name].page)
        else:
            self.page(name)

    def _bring_up_to_date(self, page: Page) -> None:
        """Give a page what came while it was not seen."""
        if self._snapshot is not None:
            page.show_frame(self._snapshot)
        elif self._is_cleared:
            page.clear()


def _place() -> QWidget:
    """Return an empty place for a page."""
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    return place


def _tab_style(theme: Theme) -> str:
    """Return tabs that look like those of the docks."""
    return f"""
QTabBar::tab {{ padding: 3px 12px; min-height: {HIT_AREA - 8}px; color: {theme.muted}; background: transparent;
                border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:focus {{ color: {theme.accent}; }}
"""
