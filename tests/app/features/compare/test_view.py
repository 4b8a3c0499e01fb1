"""The container of the comparisons: a page is made when it is first looked at, and only what is seen gets frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.view import PAGES, CompareView, Made
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.compare.race.standings import two_classes
from tests.app.snapshots import made_snapshot


class Told:
    """A page that writes down what it is told."""

    def __init__(self) -> None:
        self.frames: list[Snapshot] = []
        self.themes: list[Theme] = []
        self.cleared = 0

    def show_frame(self, snapshot: Snapshot) -> None:
        self.frames.append(snapshot)

    def clear(self) -> None:
        self.cleared += 1

    def set_theme(self, theme: Theme) -> None:
        self.themes.append(theme)


Pages = dict[str, Told]


@pytest.fixture(name="pages")
def _pages() -> Pages:
    return {}


@pytest.fixture(name="view")
def _view(qtbot: QtBot, pages: Pages) -> Iterator[CompareView]:
    def make(name: str, parent: QWidget) -> Made:
        pages[name] = Told()
        return Made(QWidget(parent), pages[name])

    makers: dict[str, Callable[[QWidget], Made]] = {name: partial(make, name) for name in PAGES}
    view = CompareView(makers)
    qtbot.addWidget(view)
    view.resize(600, 300)
    yield view
    view.close()


def test_a_page_is_made_when_it_is_first_looked_at(view: CompareView, pages: Pages, qtbot: QtBot) -> None:
    assert not pages
    view.show()
    assert list(pages) == ["runs"]
    tabs = view.findChild(QTabBar, "compare_tabs")
    assert isinstance(tabs, QTabBar)
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert list(pages) == ["runs", "race"]
    assert view.shown == "race"
    widget = view.findChild(QWidget, "compare_race")
    assert isinstance(widget, QWidget)
    assert widget.isVisible()
    assert view.page("race") is pages["race"]


def test_only_the_page_that_is_seen_gets_frames_and_the_others_catch_up(view: CompareView, pages: Pages) -> None:
    first, second = made_snapshot(two_classes()), made_snapshot(two_classes())
    view.show_frame(first)
    view.show()
    assert pages["runs"].frames == [first]
    view.show_page("seeds")
    view.show_frame(second)
    assert pages["runs"].frames == [first]
    assert pages["seeds"].frames == [first, second]
    view.show_page("runs")
    assert pages["runs"].frames == [first, second]


def test_a_page_that_is_made_later_has_the_theme_and_knows_that_there_is_no_network(
    view: CompareView, pages: Pages
) -> None:
    view.set_theme(DARK)
    view.clear()
    view.show()
    assert pages["runs"].themes == [DARK]
    assert pages["runs"].cleared > 0
    view.set_theme(LIGHT)
    assert pages["runs"].themes == [DARK, LIGHT]


def test_every_tab_says_what_it_is_for_and_can_be_hit(view: CompareView) -> None:
    view.show()
    tabs = view.findChild(QTabBar, "compare_tabs")
    assert isinstance(tabs, QTabBar)
    assert tabs.accessibleName()
    for place in range(tabs.count()):
        assert tabs.tabToolTip(place)
        assert tabs.tabRect(place).height() >= 24
