"""The inputs: what the data hold of each, and what the network sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from nnplayground.app.features.inspector.cells import Look, exact
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.neuron_page import going_out
from nnplayground.app.features.inspector.page import Page
from nnplayground.app.features.inspector.sentences import Line, Sentences
from nnplayground.app.features.inspector.table import LEFT, NO_INDEX, RIGHT, Index, NumberTable, Role
from nnplayground.app.features.inspector.weights_table import GoingOut
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.features.inspector.words import count, scaling_words
from nnplayground.app.text.names import INPUTS
from nnplayground.app.text.titles import SCALINGS, Title
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.data.features import compute_features
from nnplayground.explain.figures import number_text
from nnplayground.project.parameter_index import Selection
from nnplayground.training.run.prepare import Prepared

COLUMNS = (
    Title("Input", "What the network gets. Double-click to see where it goes."),
    Title("The network sees", "What becomes of the input before the first layer."),
    Title("Lowest", "The smallest value in the training samples, in the units of the data."),
    Title("Mean", "The mean over the training samples, in the units of the data."),
    Title("Highest", "The largest value in the training samples, in the units of the data."),
)
WIDEST = "−0.000888"


@dataclass(frozen=True, eq=False)
class Spread:
    """Lowest, mean and highest value `[inputs]` of each input on the training part, in the units of the data."""

    lowest: Floats
    mean: Floats
    highest: Floats


def spread_of(data: Prepared) -> Spread:
    """Return what the data hold of each input, before it is scaled."""
    values = compute_features(data.samples.inputs[data.train_rows], data.features)
    return Spread(values.min(axis=0), values.mean(axis=0), values.max(axis=0))


class InputsModel(QAbstractTableModel):
    """A row for each input."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._moment: Moment | None = None
        self._spread: Spread | None = None

    def show_moment(self, moment: Moment) -> None:
        """Show the inputs; only other data or names change anything."""
        old, self._moment = self._moment, moment
        if old is None or old.snapshot.data is not moment.snapshot.data or old.names != moment.names:
            self.beginResetModel()
            self._spread = spread_of(moment.snapshot.data)
            self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many inputs there are."""
        return 0 if self._moment is None else len(self._moment.snapshot.data.features)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Name, scaling, and three numbers."""
        return len(COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what Qt asks for about one cell."""
        moment, spread, row, column = self._moment, self._spread, index.row(), index.column()
        if moment is None or spread is None:
            return None
        if role == Role.TextAlignmentRole:
            return RIGHT if column > 1 else LEFT
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        name = moment.names.input(row)
        if column == 0:
            return name
        if column == 1:
            scaling = moment.snapshot.data.scaling
            return scaling_words(name, scaling.shift[row], scaling.scale[row])
        value = float((spread.lowest, spread.mean, spread.highest)[column - 2][row])
        return number_text(value) if role == Role.DisplayRole else exact(value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the name of a column and what it means."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return COLUMNS[section].name
        if role == Role.ToolTipRole:
            return wrapped(COLUMNS[section].help)
        return (RIGHT if section > 1 else LEFT) if role == Role.TextAlignmentRole else None


class InputsPage(Page):
    """Shows all inputs, and where the selected one goes."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__("inspector_inputs", wishes, parent)
        self.sentences = Sentences("inspector_inputs_words", "The inputs in words", self)
        self.model = InputsModel(self)
        self.table = NumberTable(self.model, "inspector_input_table", "Inputs of the network", self)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.doubleClicked.connect(self._show_input)
        self.going = GoingOut(wishes, self)
        self.row.addWidget(self.sentences, 1)
        self.row.addWidget(self.table, 3)
        self.row.addWidget(self.going, 1)

    def title(self, moment: Moment) -> str:
        """Return what is on show."""
        unit = moment.selection.unit
        everything = f"Inputs · {count(moment.names.inputs_count, 'value')} for each sample"
        return everything if unit is None else moment.names.title(INPUTS, unit)

    def show_moment(self, moment: Moment) -> None:
        """Show the inputs."""
        before, self.moment = self.moment, moment
        self.model.show_moment(moment)
        self.sentences.show_lines(lines_of(moment))
        going = going_out(moment)
        self.going.setVisible(going is not None)
        if going is not None:
            frozen, may_sort = frozenset(moment.frozen), not moment.snapshot.running
            self.going.show_weights(moment, going, frozen, may_sort=may_sort)
        unit = moment.selection.unit
        if unit is not None and (before is None or before.selection != moment.selection):
            self.table.selectRow(unit)

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        self.sentences.set_theme(look.theme)
        self.going.set_look(look)
        self.table.use_font(self.font())
        self.table.setColumnWidth(0, self.table.room_for("a name of usual length"))
        for column in range(2, len(COLUMNS)):
            self.table.setColumnWidth(column, self.table.room_for(WIDEST))

    def _show_input(self, index: Index) -> None:
        self.wishes.selection_asked.emit(Selection(INPUTS, index.row()))


def lines_of(moment: Moment) -> list[Line]:
    """Return what is said of the inputs."""
    data = moment.snapshot.data
    title = SCALINGS[data.scaling.name]
    samples = count(len(data.train_rows), "training sample")
    return [
        (f"Scaling: {title.name}. {title.help}", False),
        (f"All figures are those of the {samples}, in the units of the data.", False),
    ]
