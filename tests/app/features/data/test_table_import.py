"""The dialog for a table shows what comes of every choice, by mouse and by keys, and hands out what was agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.table_import import TASKS, TableImport
from nnplayground.app.features.data.table_import_preview import PreviewModel
from nnplayground.app.features.data.table_import_reading import WORDS
from nnplayground.app.text.titles import GAPS
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.data.reading import AUTO, CHOICES
from nnplayground.data.table_plan import TablePlan, Wanted, plan_table
from nnplayground.project.limits import rule_of
from nnplayground.project.model import ColumnKind, DataSpec, Project, TableSource
from nnplayground.training.run.prepare import prepare
from tests.data.workbooks import Rows, xlsx

TREES = """height;width;soil;kind
1,5;200;clay;oak
;300;sand;elm
2,5;250;clay;oak
3,5;400;sand;elm
4,5;500;;elm
"""
SOURCE = TableSource(text=TREES)


class Planned(TableImport):
    """A dialog that gets each plan at once."""

    def __init__(self, source: TableSource, parent: QWidget, scaling: str = "") -> None:
        super().__init__(source, LIGHT, parent, scaling=scaling)
        self.asked: list[Wanted] = []
        self.is_slow = False
        self.wanted.connect(self._answer)

    def _answer(self, wanted: Wanted) -> None:
        self.asked.append(wanted)
        if not self.is_slow:
            self.show_plan(plan_table(self._source.path, self._source.text, wanted))


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()


@pytest.fixture
def dialog(qtbot: QtBot, parent: QWidget) -> Iterator[Planned]:
    dialog = opened(qtbot, SOURCE, parent)
    yield dialog
    dialog.close()


def opened(qtbot: QtBot, source: TableSource, parent: QWidget, scaling: str = "") -> Planned:
    dialog = Planned(source, parent, scaling)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    dialog.ask()
    qtbot.waitExposed(dialog)
    return dialog


def choose(qtbot: QtBot, field: ChoiceField, key: str) -> None:
    """Go to an entry of a list with the keys."""
    field.setFocus()
    while field.value != key:
        down = field._keys.index(key) > field.currentIndex()
        qtbot.keyClick(field, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def used(dialog: Planned) -> TableSource:
    """Press the button and return the source that was agreed to."""
    spy = QSignalSpy(dialog.used)
    dialog.use.click()
    assert spy.count() == 1
    source = spy.at(0)[0]
    assert isinstance(source, TableSource)
    return source


def test_what_was_found_is_shown(dialog: Planned) -> None:
    texts = [field.currentText() for field in dialog.reading.fields.values()]
    assert texts[1:] == ["Found: Semicolon", "Found: Column names", "Found: Comma, 1,5"]
    assert dialog.target.value == "kind"
    assert dialog.task.currentText() == "Found: 2 classes"
    assert dialog.gaps.text() == "1 of 5 rows lacks a value and is left out."
    assert dialog.scaling.value == "standardize"
    assert "because the inputs differ in size: one varies by 3, another by 300" in dialog.advice.text()
    assert dialog.summary.text() == '4 rows, 2 inputs, predicts "kind" (2 classes).'
    assert dialog.use.isEnabled()


def test_the_preview_marks_heads_gaps_and_columns(dialog: Planned) -> None:
    model = dialog.preview.model()
    role = Qt.ItemDataRole
    heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    assert heads == [
        "height\nnumber\ninput",
        "width\nnumber\ninput",
        "soil\ntext, 2 values\nnot used",
        "kind\ntext, 2 values\npredicted",
    ]
    assert model.data(model.index(0, 0)) == "1,5"
    assert model.data(model.index(1, 0)) == "–"
    assert model.data(model.index(1, 0), role.AccessibleTextRole) == "missing"
    assert model.data(model.index(0, 3), role.BackgroundRole) is not None
    assert model.data(model.index(0, 0), role.BackgroundRole) is None
    assert model.data(model.index(0, 2), role.ForegroundRole) != model.data(model.index(0, 0), role.ForegroundRole)
    assert model.headerData(0, Qt.Orientation.Vertical) == 1


def test_the_table_is_used_as_shown(dialog: Planned) -> None:
    spy = QSignalSpy(dialog.used)
    dialog.use.click()
    assert spy.at(0) == [TableSource(text=TREES, inputs=("height", "width"), targets=("kind",)), "standardize"]
    assert not dialog.isVisible()


def test_escape_and_cancel_use_nothing(qtbot: QtBot, dialog: Planned) -> None:
    spy = QSignalSpy(dialog.used)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert spy.count() == 0


def test_target_task_gaps_and_scaling_are_chosen_with_the_keys(qtbot: QtBot, dialog: Planned) -> None:
    choose(qtbot, dialog.target, "width")
    assert dialog.task.currentText() == "Found: 4 classes"
    choose(qtbot, dialog.task, "regression")
    assert "(a number)" in dialog.summary.text()
    choose(qtbot, dialog.missing, "mean")
    assert dialog.gaps.text() == "1 missing value is filled in, 1 of 5 rows."
    choose(qtbot, dialog.scaling, "min_max")
    spy = QSignalSpy(dialog.used)
    dialog.use.click()
    wanted = TableSource(text=TREES, inputs=("height",), targets=("width",), task="regression", missing="mean")
    assert spy.at(0) == [wanted, "min_max"]


def test_a_click_in_the_list_uses_a_column_or_not(qtbot: QtBot, dialog: Planned) -> None:
    names = dialog.inputs.list
    assert [names.item(place).text() for place in range(names.count())] == [
        "height · number", "width · number", "soil · text, 2 values"
    ]  # fmt: skip
    place = names.visualItemRect(names.item(2)).center()
    qtbot.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.summary.text() == '3 rows, 4 inputs made of 3 columns, predicts "kind" (2 classes).'
    assert names.item(2).checkState() == Qt.CheckState.Checked
    names.setFocus()
    names.setCurrentRow(0)
    qtbot.keyClick(names, Qt.Key.Key_Space)
    assert names.item(0).checkState() == Qt.CheckState.Unchecked
    assert dialog.inputs.title.text() == "&Inputs: 2 of 3 columns"
    assert used(dialog).inputs == ("width", "soil")


def test_all_and_none(qtbot: QtBot, dialog: Planned) -> None:
    qtbot.mouseClick(dialog.inputs.none, Qt.MouseButton.LeftButton)
    assert dialog.summary.text() == "Choose at least one input: a network learns from them."
    assert not dialog.use.isEnabled()
    qtbot.mouseClick(dialog.inputs.all, Qt.MouseButton.LeftButton)
    assert used(dialog).inputs == ("height", "width", "soil")


def test_a_click_on_a_head_uses_the_column(qtbot: QtBot, dialog: Planned) -> None:
    header = dialog.preview.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert dialog.asked[-1].inputs == ("height", "width", "soil")
    last = QPoint(header.sectionViewportPosition(3) + 20, header.height() // 2)
    asked = len(dialog.asked)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert len(dialog.asked) == asked  # the target is no input


def test_another_reading_is_tried_and_taken_back(qtbot: QtBot, dialog: Planned) -> None:
    fields = dialog.reading.fields
    choose(qtbot, fields["delimiter"], "bar")
    assert "there is only one column" in dialog.summary.text()
    assert not dialog.use.isEnabled()
    assert dialog.preview.model().rowCount() == 5
    choose(qtbot, fields["delimiter"], "auto")
    assert fields["delimiter"].currentText() == "Found: Semicolon"
    choose(qtbot, fields["header"], "no")
    assert dialog.target.value.startswith("column")
    choose(qtbot, fields["header"], "yes")
    source = used(dialog)
    assert (source.header, source.delimiter, source.encoding) == ("yes", "auto", "auto")


def test_a_choice_that_is_still_being_looked_at_is_used_when_it_is_known(qtbot: QtBot, dialog: Planned) -> None:
    dialog.is_slow = True
    choose(qtbot, dialog.missing, "mean")
    spy = QSignalSpy(dialog.used)
    dialog.use.click()
    assert spy.count() == 0 and dialog.isVisible()
    dialog.show_progress(0.25)
    assert dialog.progress.isVisible() and dialog.progress.value() == 25
    dialog.show_plan(plan_table("", TREES, dialog.asked[-1]))
    assert spy.count() == 1
    assert spy.at(0)[0].missing == "mean"


def test_a_choice_that_turns_out_not_to_work_is_not_used(qtbot: QtBot, dialog: Planned) -> None:
    dialog.is_slow = True
    choose(qtbot, dialog.missing, "mean")
    spy = QSignalSpy(dialog.used)
    dialog.use.click()
    dialog.show_failure("It does not work.")
    assert spy.count() == 0 and dialog.isVisible()
    assert dialog.summary.text() == "It does not work."


def test_a_glance_shows_rows_but_nothing_can_be_used_yet(qtbot: QtBot, parent: QWidget) -> None:
    dialog = TableImport(SOURCE, LIGHT, parent)
    plan = plan_table("", TREES, Wanted())
    dialog.show_plan(TablePlan(plan.found, plan.preview, is_glance=True))
    assert dialog.preview.model().rowCount() == 5
    assert not dialog.use.isEnabled() and not dialog.target.isEnabled()
    assert dialog.summary.text().startswith("Reading")
    dialog.show_plan(plan)
    assert dialog.use.isEnabled() and dialog.target.isEnabled()
    dialog.deleteLater()


def test_the_table_in_use_keeps_its_settings(qtbot: QtBot, parent: QWidget) -> None:
    source = TableSource(
        text=TREES,
        inputs=("soil",),
        targets=("width",),
        task="regression",
        missing="mean",
        header="yes",
        decimal="comma",
    )
    dialog = opened(qtbot, source, parent, scaling="none")
    assert dialog.reading.fields["decimal"].currentText() == "Comma, 1,5"
    assert dialog.scaling.value == "none"
    spy = QSignalSpy(dialog.used)
    dialog.use.click()
    assert spy.at(0) == [source, "none"]


def test_to_show_a_plan_asks_for_nothing(qtbot: QtBot, dialog: Planned) -> None:
    asked = len(dialog.asked)
    for wanted in (Wanted(), Wanted(missing="mean"), Wanted(targets=("width",)), Wanted(inputs=())):
        dialog.show_plan(plan_table("", TREES, wanted))
    assert len(dialog.asked) == asked


def test_an_encoding_is_asked_for_a_file_only(qtbot: QtBot, dialog: Planned, parent: QWidget) -> None:
    assert not dialog.reading.fields["encoding"].isVisible()
    other = opened(qtbot, TableSource(path="penguins.csv"), parent)
    assert other.reading.fields["encoding"].currentText() == "Found: UTF-8"
    assert "penguins.csv" in other.windowTitle()
    other.close()


def test_every_choice_has_words() -> None:
    for field, options in CHOICES.items():
        assert (AUTO, *WORDS[field]) == options
    assert tuple(TASKS) == rule_of(TableSource, "task").options
    assert tuple(GAPS) == rule_of(TableSource, "missing").options


def test_every_control_has_a_name_for_the_screen_reader_and_the_keyboard(dialog: Planned) -> None:
    for kind in (QComboBox, QPushButton, QTableView):
        for control in dialog.findChildren(kind):
            if control.isVisible() and control.objectName():
                text = control.text() if isinstance(control, QPushButton) else ""
                assert control.accessibleName() or text, control.objectName()
                assert control.focusPolicy() != Qt.FocusPolicy.NoFocus, control.objectName()
    assert not dialog.findChildren(QLineEdit)
    labels = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy() is not None}
    assert {dialog.target, dialog.task, dialog.missing, dialog.scaling, dialog.inputs.list} <= labels


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_cells_of_any_text_are_shown_on_one_line(qtbot: QtBot, parent: QWidget, theme: object) -> None:
    model = PreviewModel(LIGHT if theme is LIGHT else DARK, parent)
    text = 'a,b,c\n"two\nlines",' + "x" * 500 + ",1\n,,2\n"
    model.show_plan(plan_table("", text, Wanted()))
    show = partial(model.data, role=Qt.ItemDataRole.DisplayRole)
    assert show(model.index(0, 0)) == "two lines"
    assert len(show(model.index(0, 1))) == 60


ODD = (
    "id,size,width,answer,country\n"
    + "".join(f"{row},{row}.5,{row % 7},{('yes', 'Yes')[row % 2]},{('NA', 'DE', 'FR')[row % 3]}\n" for row in range(30))
    + "1,2\n"
)


@pytest.fixture
def odd(qtbot: QtBot, parent: QWidget) -> Iterator[Planned]:
    dialog = opened(qtbot, TableSource(text=ODD), parent)
    yield dialog
    dialog.close()


def offers(dialog: Planned) -> list[str]:
    return [box.text() for box in dialog.offers.boxes if box.isVisible()]


def tick(qtbot: QtBot, dialog: Planned, words: str) -> None:
    """Click the offer whose text holds these words, with the keys."""
    (box,) = [box for box in dialog.offers.boxes if box.isVisible() and words in box.text()]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def test_rows_of_another_width_are_left_out_with_one_click(qtbot: QtBot, odd: Planned) -> None:
    assert "1 row of 31 is so: mend what is wrong, or leave such rows out." in odd.summary.text()
    assert offers(odd) == ["Leave out the 1 row with another number of cells"]
    tick(qtbot, odd, "Leave out")
    assert odd.summary.text().startswith("20 rows, 2 inputs")
    assert "1 of 31 rows was left out because of another number of cells" in odd.summary.text()
    assert used(odd).ragged == "leave_out"


def test_marks_are_kept_and_spellings_merged_with_one_click(qtbot: QtBot, odd: Planned) -> None:
    tick(qtbot, odd, "Leave out")
    assert offers(odd)[1:] == ['"NA" in "country" is a value', 'Merge "Yes", "yes" in "answer" into one value']
    assert "2 classes" in odd.task.currentText()
    tick(qtbot, odd, "NA")
    assert "3 classes" in odd.task.currentText()
    model = odd.preview.model()
    assert model.data(model.index(0, 4)) == "NA"
    tick(qtbot, odd, "Merge")
    assert "answer\ntext, 1 value" in str(model.headerData(3, Qt.Orientation.Horizontal))
    tick(qtbot, odd, "NA")
    assert "2 classes" in odd.task.currentText()
    tick(qtbot, odd, "NA")
    source = used(odd)
    assert (source.values, source.merged) == (("NA",), ("answer",))


def test_an_unsure_guess_is_asked_and_no_longer_once_it_is_answered(qtbot: QtBot, odd: Planned) -> None:
    tick(qtbot, odd, "Leave out")
    assert odd.question.isVisible()
    assert odd.question.text() == (
        'This is a guess: "answer" may be meant as well. Choose what the network is to predict.'
    )
    choose(qtbot, odd.target, "answer")
    assert not odd.question.isVisible()
    assert used(odd).targets == ("answer",)


def test_the_kind_of_a_column_is_chosen(qtbot: QtBot, odd: Planned) -> None:
    tick(qtbot, odd, "Leave out")
    header = odd.preview.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    header.customContextMenuRequested.emit(where)
    assert odd.kinds.column.value == "width"
    assert odd.kinds.kind.currentText() == "Found: Numbers"
    choose(qtbot, odd.kinds.kind, "category")
    assert "width\ntext, 7 values" in str(odd.preview.model().headerData(2, Qt.Orientation.Horizontal))
    choose(qtbot, odd.kinds.column, "size")
    choose(qtbot, odd.kinds.kind, "left out")
    assert odd.asked[-1].choices.kinds == (("width", "category"), ("size", "left out"))
    assert "size" not in [odd.inputs.list.item(place).text().split(" ")[0] for place in range(odd.inputs.list.count())]
    kinds = {kind.column: kind.kind for kind in used(odd).kinds}
    assert kinds == {"width": "category", "size": "left out"}


def test_a_kind_goes_back_to_what_is_found(qtbot: QtBot, odd: Planned) -> None:
    tick(qtbot, odd, "Leave out")
    choose(qtbot, odd.kinds.column, "width")
    choose(qtbot, odd.kinds.kind, "number")
    choose(qtbot, odd.kinds.kind, "found")
    assert used(odd).kinds == ()


def test_several_targets_are_ticked(qtbot: QtBot, odd: Planned) -> None:
    tick(qtbot, odd, "Leave out")
    menu = odd.targets.several.menu()
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["id", "size", "width"]
    actions["size"].trigger()
    assert odd.asked[-1].targets == ("size",)
    actions["width"].trigger()
    assert odd.target.currentText() == '"size", "width"'
    assert odd.task.currentText() == "Found: 2 numbers"
    assert [odd.inputs.list.item(place).text() for place in range(odd.inputs.list.count())] == [
        "id · number", "answer · text, 2 values", "country · text, 2 values"
    ]  # fmt: skip
    actions["size"].trigger()
    actions["width"].trigger()
    assert odd.asked[-1].targets == ("width",) and actions["width"].isChecked()
    actions["size"].trigger()
    assert used(odd).targets == ("size", "width")


def test_a_workbook_has_a_list_of_sheets_in_place_of_encoding_and_separator(
    qtbot: QtBot, parent: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "t.xlsx"
    rows: Rows = [("a", "kind"), *((row + 0.5, "xy"[row % 2]) for row in range(20))]
    path.write_bytes(xlsx({"One": rows, "Two": [("c", "d", "e"), *((row, row * 2, row * 3.5) for row in range(9))]}))
    dialog = opened(qtbot, TableSource(path=str(path)), parent)
    fields = dialog.reading.fields
    assert [name for name, field in fields.items() if field.isVisible()] == ["header", "decimal"]
    assert dialog.reading.sheet.isVisible() and dialog.reading.sheet.currentText() == "One"
    assert dialog.target.value == "kind"
    choose(qtbot, dialog.reading.sheet, "Two")
    assert dialog.preview.cells.preview.columns == ("c", "d", "e")
    source = used(dialog)
    assert (source.sheet, source.targets, source.path) == ("Two", ("e",), str(path))


def test_the_decimal_sign_is_changed(qtbot: QtBot, parent: QWidget) -> None:
    dialog = opened(qtbot, TableSource(text="a;b;y\n1.234;3;1.5\n2.345;4;2\n12.500;5;3\n"), parent)
    decimal = dialog.reading.fields["decimal"]
    assert decimal.currentText() == "Found: Point, 1.5"
    choose(qtbot, decimal, "comma")
    samples = prepare(Project(data=DataSpec(source=used(dialog), test_fraction=0.0))).samples
    assert samples.inputs[:, 0].tolist() == [1234.0, 2345.0, 12500.0]


def test_everything_that_was_chosen_is_shown_again(qtbot: QtBot, parent: QWidget) -> None:
    source = TableSource(
        text=ODD, inputs=("size", "answer"), targets=("country",), ragged="leave_out", merged=("answer",),
        values=("NA",), kinds=(ColumnKind("id", "left out"),),
    )  # fmt: skip
    dialog = opened(qtbot, source, parent, scaling="none")
    assert all(box.isChecked() for box in dialog.offers.boxes if box.isVisible())
    assert used(dialog) == source


LONG = "a column name that was written as a whole sentence into the head"
PARTS = "x;y;z;part\n" + "".join(f"{k};{k * k % 7};{k % 5},5;{('train', 'test')[k % 2]}\n" for k in range(20))


def test_three_targets_are_all_named_in_the_field(parent: QWidget) -> None:
    dialog = Planned(SOURCE, parent)
    dialog.ask()
    dialog.targets.chosen.emit(("height",))
    shown = []
    for names in (("height", "width"), ("height",)):
        dialog.targets.chosen.emit(names)
        shown.append(dialog.target.currentText())
    assert shown == ['"height", "width"', "height"]


def test_a_third_target_renews_the_words_of_the_field(parent: QWidget) -> None:
    dialog = Planned(TableSource(text=PARTS), parent)
    dialog.ask()
    for names in (("y", "z"), ("x", "y", "z")):
        dialog.show_plan(replace(plan_table("", PARTS, Wanted()), targets=names))
        assert dialog.target.currentText() == ", ".join(f'"{name}"' for name in names)


def test_the_column_of_the_parts_is_told_and_is_no_input(parent: QWidget) -> None:
    dialog = Planned(TableSource(text=PARTS), parent)
    dialog.ask()
    listed = [dialog.inputs.list.item(row).text() for row in range(dialog.inputs.list.count())]
    assert not any("part" in text for text in listed)
    assert 'The column "part" says which rows train, validate and test.' in dialog.summary.text()
    dialog.inputs.toggle("part")
    dialog.inputs.all.click()
    assert "part" not in dialog._plan.inputs
    head = dialog.preview.cells.headerData(3, Qt.Orientation.Horizontal)
    assert head.endswith("gives the parts")


def test_a_long_name_begins_with_its_first_letters_in_the_head(parent: QWidget) -> None:
    text = f"{LONG} 1,{LONG} 2\n" + "".join(f"{k},{k * 3 % 7}\n" for k in range(20))
    dialog = Planned(TableSource(text=text), parent)
    dialog.ask()
    name = str(dialog.preview.cells.headerData(0, Qt.Orientation.Horizontal)).split("\n")[0]
    assert name.startswith("a column name") and name.endswith("…")
    assert dialog.preview.fontMetrics().horizontalAdvance(name) < dialog.preview.columnWidth(0)


def test_the_kind_of_a_column_fits_its_field(parent: QWidget) -> None:
    dialog = Planned(SOURCE, parent)
    dialog.ask()
    dialog.show()
    for name in ("height", "soil"):
        dialog.kinds.show_column(name)
        assert dialog.kinds.kind.shown_text() == dialog.kinds.kind.currentText()
    dialog.close()


def test_the_dialog_fits_the_screen(parent: QWidget) -> None:
    dialog = Planned(SOURCE, parent)
    room = dialog.screen().availableSize()
    assert dialog.width() < room.width() and dialog.height() < room.height()
