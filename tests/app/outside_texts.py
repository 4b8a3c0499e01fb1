"""Names as they come from hostile or unlucky files, and a walk through all that a window shows of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from typing import Any

from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGraphicsItem,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QTableView,
    QWidget,
)

LONG = "long" * 2_500
HOSTILE = (
    "<img src='/dev/zero'>",
    "<b>bold</b>",
    "a&b",
    "<script>alert(1)</script>",
    "</span><img src=x>",
    LONG,
    "two\nlines",
    "\u202egnp.exe",
)
"""Names of columns and classes; each is legal in a table."""

MOST_IN_TIP, MOST_IN_LINE, MOST_IN_LABEL = 3_000, 400, 5_000
"""Characters: an escaped tooltip, the text of a button, an entry or a title, and the text of a label."""
MOST_CELLS = 40
MARKUP = re.compile(r"<(?!/?(p|span|br)\b)[a-z/]", re.IGNORECASE)
"""A tag that the program itself never writes."""
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def faults_of_the_windows() -> list[str]:
    """Return one sentence for each text in any window that would not be shown as it is written."""
    found = []
    for widget in QApplication.allWidgets():
        where = f"{type(widget).__name__} {widget.objectName()} in {_place(widget)}"
        found += [f"{where}: {fault}" for fault in _faults_of(widget)]
    return sorted(set(found))


def _place(widget: QWidget) -> str:
    names: list[str] = []
    parent = widget.parentWidget()
    while parent is not None and len(names) < 3:
        names.append(parent.objectName() or type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)


def _faults_of(widget: QWidget) -> Iterator[str]:
    yield from _of_tip("tooltip", widget.toolTip())
    yield from _of_tip("what's this", widget.whatsThis())
    yield from _of_line("accessible name", widget.accessibleName(), most=MOST_IN_TIP)
    yield from _of_line("accessible description", widget.accessibleDescription(), most=MOST_IN_LABEL)
    yield from _of_line("status tip", widget.statusTip())
    yield from _of_line("window title", widget.windowTitle())
    for action in widget.actions():
        yield from _of_action(action)
    for kind, look in KINDS:
        if isinstance(widget, kind):
            yield from look(widget)


def _of_label(label: QLabel) -> Iterator[str]:
    text, shape = label.text(), label.textFormat()
    if shape == Qt.TextFormat.RichText:
        yield from _of_markup("label", text)
    elif shape != Qt.TextFormat.PlainText and QtGui.Qt.mightBeRichText(text):
        yield f"label renders {text[:60]!r}"
    elif shape == Qt.TextFormat.AutoText and any(name in text for name in HOSTILE):
        yield f"label that can render holds {text[:60]!r}"
    yield from _of_line("label", text, most=MOST_IN_LABEL)
    if label.buddy() is not None:
        yield from _of_mnemonics("label", text)


def _of_button(button: QAbstractButton) -> Iterator[str]:
    yield from _of_mnemonics("button", button.text())
    yield from _of_line("button", button.text())


def _of_menu(menu: QMenu) -> Iterator[str]:
    yield from _of_mnemonics("menu", menu.title())
    yield from _of_line("menu", menu.title())


def _of_tabs(tabs: QTabBar) -> Iterator[str]:
    for place in range(tabs.count()):
        yield from _of_mnemonics("tab", tabs.tabText(place))
        yield from _of_tip("tab", tabs.tabToolTip(place))


def _of_group(group: QGroupBox) -> Iterator[str]:
    yield from _of_mnemonics("group", group.title())


def _of_message_box(box: QMessageBox) -> Iterator[str]:
    if box.textFormat() != Qt.TextFormat.PlainText and QtGui.Qt.mightBeRichText(box.text() + box.informativeText()):
        yield f"message box renders {box.text()[:60]!r}"


def _of_combo(box: QComboBox) -> Iterator[str]:
    yield from _of_model(box.model())


def _of_item_view(view: QAbstractItemView) -> Iterator[str]:
    if view.model() is not None:
        yield from _of_model(view.model())


def _of_table(view: QTableView) -> Iterator[str]:
    model = view.model()
    if model is not None:
        for across, count in (
            (Qt.Orientation.Horizontal, model.columnCount()),
            (Qt.Orientation.Vertical, model.rowCount()),
        ):
            for section in range(min(count, MOST_CELLS)):
                yield from _of_cell(partial(model.headerData, section, across))


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    is_list = isinstance(model, QAbstractListModel)  # whose number of columns Qt keeps to itself
    for row in range(min(model.rowCount(), MOST_CELLS)):
        for column in range(1 if is_list else min(model.columnCount(), MOST_CELLS)):
            yield from _of_cell(partial(model.data, model.index(row, column)))


def _of_cell(data: Callable[[int], Any]) -> Iterator[str]:
    role = Qt.ItemDataRole
    yield from _of_tip("tooltip of a cell", str(data(role.ToolTipRole) or ""))
    yield from _of_line("cell", str(data(role.DisplayRole) or ""))
    yield from _of_line("accessible text of a cell", str(data(role.AccessibleTextRole) or ""), most=MOST_IN_TIP)


def _of_scene(view: QGraphicsView) -> Iterator[str]:
    for item in view.scene().items() if view.scene() is not None else ():
        yield from _of_item(item)


def _of_item(item: QGraphicsItem) -> Iterator[str]:
    yield from _of_tip(f"tooltip of {type(item).__name__}", item.toolTip())
    if isinstance(item, QGraphicsTextItem):
        yield from _of_document(item.document())
        yield from _of_line("text on a plot", item.toPlainText())
    elif isinstance(item, QGraphicsSimpleTextItem):
        yield from _of_line("text on a plot", item.text())


def _of_document(document: QTextDocument) -> Iterator[str]:
    if any(shape.isImageFormat() for shape in document.allFormats()):
        yield f"document with a picture: {document.toPlainText()[:60]!r}"


def _of_action(action: QAction) -> Iterator[str]:
    yield from _of_mnemonics("entry", action.text())
    yield from _of_line("entry", action.text())
    # Without a tooltip of its own an action has its text without mnemonics, which the menu never shows.
    yield from _of_tip("tooltip of an entry", action.toolTip())
    yield from _of_line("status tip of an entry", action.statusTip())


def _of_tip(what: str, text: str) -> Iterator[str]:
    if QtGui.Qt.mightBeRichText(text):
        yield from _of_markup(what, text)
    yield from _of_line(what, unescape(text), most=MOST_IN_TIP)


def _of_markup(what: str, text: str) -> Iterator[str]:
    if MARKUP.search(text):
        yield f"{what} renders {text[:80]!r}"


def _of_line(what: str, text: str, most: int = MOST_IN_LINE) -> Iterator[str]:
    if len(text) > most:
        yield f"{what} of {len(text):,} characters: {text[:40]!r}"
    if UNSEEN.search(text):
        yield f"{what} with signs that cannot be seen: {text[:80]!r}"


def _of_mnemonics(what: str, text: str) -> Iterator[str]:
    if "a&b" in text.replace("&&", "\0"):
        yield f"{what} takes & for a key: {text[:80]!r}"


KINDS: tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...] = (
    (QLabel, _of_label),
    (QAbstractButton, _of_button),
    (QMenu, _of_menu),
    (QTabBar, _of_tabs),
    (QGroupBox, _of_group),
    (QMessageBox, _of_message_box),
    (QComboBox, _of_combo),
    (QAbstractItemView, _of_item_view),
    (QTableView, _of_table),
    (QGraphicsView, _of_scene),
)
