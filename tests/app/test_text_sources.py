"""Only one place makes labels and boxes and passes on tooltips, so that no text from outside is taken for markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import nnplayground.app

APP = Path(next(iter(nnplayground.app.__path__)))
PLACE = APP / "ui" / "plain_text.py"
SOURCES = sorted(path for path in APP.rglob("*.py") if path != PLACE)

MAKERS = {
    "QLabel": "PlainLabel or markup_label",
    "QMessageBox": "plain_box",
    "QProgressDialog": "a dialog with a PlainLabel",
    "QErrorMessage": "plain_box",
    "QTextBrowser": "a PlainLabel",
    "QTextEdit": "a QPlainTextEdit",
    "QTextDocument": "a PlainLabel",
    "QGraphicsTextItem": "a QGraphicsSimpleTextItem",
    "QStaticText": "QPainter.drawText",
    "TextItem": "a QGraphicsSimpleTextItem",
    "LabelItem": "a QGraphicsSimpleTextItem",
}
STATIC_BOXES = {"information", "question", "warning", "critical", "about"}
RENDERING = {"setHtml", "insertHtml", "setTextFormat", "setMarkdown", "setWhatsThis"}
TIPS = {"setToolTip": 0, "showText": 1, "setTabToolTip": 1, "setItemToolTip": 1}
"""The places of the text among the arguments."""


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_safe_tip(text: ast.expr) -> bool:
    """Tell whether a tooltip cannot be taken for markup: it was written here, or `wrapped`, or copied from another."""
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and "<" not in text.value
    if isinstance(text, ast.Call):
        return name_of(text) in ("wrapped", "toolTip")
    return isinstance(text, ast.Name) and text.id.isupper()


def faults_in(source: str) -> Iterator[str]:
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = name_of(call)
        if name in MAKERS:
            yield f"line {call.lineno}: {name} can render; use {MAKERS[name]}"
        if name in RENDERING:
            yield f"line {call.lineno}: {name} belongs into {PLACE.name}"
        if name in STATIC_BOXES and isinstance(call.func, ast.Attribute) and "QMessageBox" in ast.unparse(call.func):
            yield f"line {call.lineno}: QMessageBox.{name} can render; use plain_box"
        if name in TIPS and not is_safe_tip(call.args[TIPS[name]]):
            yield f"line {call.lineno}: {name} of something that is not wrapped"
        if any(word.arg == "html" for word in call.keywords):
            yield f"line {call.lineno}: {name} gets html"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(APP).as_posix())
def test_no_other_place_makes_texts_that_qt_could_render(path: Path) -> None:
    assert list(faults_in(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "QLabel(text, self)",
        "QMessageBox.question(parent, title, text)",
        "button.setToolTip(name)",
        "button.setToolTip(f'{name}.')",
        "button.setToolTip('<b>')",
        "QToolTip.showText(place, name, self)",
        "pg.TextItem(html=name)",
        "document.setHtml(name)",
    ],
)
def test_each_way_around_it_is_found(source: str) -> None:
    assert list(faults_in(source)) != []
