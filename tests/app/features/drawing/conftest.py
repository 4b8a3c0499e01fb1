"""The desk on which the tests of the drawing mode draw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.document import Document
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.shell.edits import Edits
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.drawing import empty_drawing
from nnplayground.project.model import DataSpec, Project
from tests.app.features.drawing.desk import Desk
from tests.app.features.drawing.pointer import Pointer


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    view = BoundaryView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.resize(440, 480)
    document = Document(Project(data=DataSpec(source=empty_drawing())), view)
    edits, said = Edits(document, view), list[str]()
    mode = view.drawing
    mode.edited.connect(edits.draw_points)
    mode.refused.connect(said.append)
    document.changed.connect(lambda plan, _step: mode.show_project(plan.new))
    view.show()
    view.activateWindow()
    mode.show_project(document.project)
    view.clear()  # as the window does for data that cannot be trained
    QApplication.processEvents()
    yield Desk(view, document, Pointer(view), said)
    view.close()
