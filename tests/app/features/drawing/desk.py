"""A boundary view on which points are drawn, with a document, and nothing that trains."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from nnplayground.app.document import Document
from nnplayground.app.features.drawing.tools import Tool
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.project.model import PointsSource
from nnplayground.project.triples import Point
from tests.app.features.drawing.pointer import Pointer

SPOTS: tuple[Point, ...] = ((-4.0, 4.0, 0.0), (4.0, 4.0, 1.0), (-4.0, -4.0, 1.0), (4.0, -4.0, 0.0))
FOUR = PointsSource(classes=("A", "B"), points=SPOTS)
VALUES = PointsSource(task="regression", classes=(), points=((0.0, 0.0, -3.0),))


@dataclass
class Desk:
    """A view in drawing mode with the document that it draws into."""

    view: BoundaryView
    document: Document
    pointer: Pointer
    said: list[str]

    @property
    def source(self) -> PointsSource:
        source = self.document.project.data.source
        assert isinstance(source, PointsSource)
        return source

    @property
    def points(self) -> tuple[Point, ...]:
        return self.source.points

    def use(self, tool: Tool) -> None:
        self.view.drawing.bar.choose_tool(tool)

    def show(self, source: PointsSource) -> None:
        project = self.document.project
        self.document.replace(replace(project, data=replace(project.data, source=source)), None)
        self.view.drawing.show_project(self.document.project)

    def control(self, name: str) -> QWidget:
        found = self.view.findChild(QWidget, name)
        assert isinstance(found, QWidget)
        return found

    def marks(self) -> int:
        """Return how many marks stand on the plane; a ring is drawn by two items."""
        items = self.view.drawing.marks._items
        return sum(len(layers[0].data) for layers in items.values())
