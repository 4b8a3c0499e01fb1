"""How the text of a table is read: four lists that show what was found and let it be corrected."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE
from nnplayground.data.reading import AUTO, CHOICES, Reading

WORDS: dict[str, dict[str, Title]] = {
    "encoding": {
        "utf-8": Title("UTF-8", "The usual encoding of today, for all languages."),
        "utf-16": Title("UTF-16", "What spreadsheets call Unicode text; the file begins with a mark."),
        "utf-16-le": Title("UTF-16, low byte first", "UTF-16 without a mark at the beginning."),
        "utf-16-be": Title("UTF-16, high byte first", "UTF-16 without a mark at the beginning."),
        "cp1252": Title("Western European (Windows)", "Code page 1252, as older spreadsheets write it."),
        "latin-1": Title("Western European (Latin 1)", "ISO 8859-1."),
        "cp1250": Title("Central European (Windows)", "Code page 1250."),
        "cp1251": Title("Cyrillic (Windows)", "Code page 1251."),
        "mac-roman": Title("Western European (old Mac)", "Mac Roman."),
        "gb18030": Title("Chinese (GB 18030)", "Simplified Chinese; it also reads GBK and GB 2312."),
        "shift-jis": Title("Japanese (Shift JIS)", "Japanese."),
        "euc-kr": Title("Korean (EUC-KR)", "Korean."),
    },
    "delimiter": {
        "comma": Title("Comma", "Cells are separated by commas."),
        "semicolon": Title("Semicolon", "Cells are separated by semicolons, as where the comma stands in numbers."),
        "tab": Title("Tab", "Cells are separated by tabs, as spreadsheets copy them."),
        "bar": Title("Bar |", "Cells are separated by vertical bars."),
        "space": Title("Spaces", "Cells are separated by one or more spaces."),
    },
    "header": {
        "yes": Title("Column names", "The first line names the columns."),
        "no": Title("Values", "The first line holds values like all others; columns are called column 1, column 2 …"),
    },
    "decimal": {
        "point": Title("Point, 1.5", "A point stands before the decimals."),
        "comma": Title("Comma, 1,5", "A comma stands before the decimals."),
    },
}
SHEET = Title("Sheet", "The sheet of the workbook that is read.")
TITLES = {
    "encoding": Title("Encoding", "How the bytes of the file stand for letters; wrong where accents look odd."),
    "delimiter": Title("Separator", "What stands between two cells of a row."),
    "header": Title("First line", "Whether the first line names the columns or already holds values."),
    "decimal": Title("Decimals", "What stands before the decimals of a number."),
}


class ReadingRow(QWidget):
    """Shows how a table was read; `chosen(reading)` carries what the user corrected."""

    chosen = Signal(object)

    def __init__(self, *, has_encoding: bool, is_workbook: bool = False, parent: QWidget | None = None) -> None:
        """A text has an encoding only in a file; a workbook has sheets in place of encoding and separator."""
        super().__init__(parent)
        self._reading = Reading()
        hidden = ("encoding", "delimiter") if is_workbook else () if has_encoding else ("encoding",)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[2])
        grid.setVerticalSpacing(SPACE[0] // 2)
        self.fields: dict[str, ChoiceField] = {}
        for place, (name, title) in enumerate(TITLES.items()):
            field = ChoiceField(title.name, title.help, _options(name), self)
            field.setObjectName(f"import_{name}")
            field.chosen.connect(partial(self._choose, name))
            label = PlainLabel(title.name, self)
            label.setProperty("muted", True)
            label.setBuddy(field)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
            self.fields[name] = field
            for widget in (label, field):
                widget.setVisible(name not in hidden)
            grid.setColumnStretch(place, 0 if name in hidden else 1)
        self.sheet = ChoiceField(SHEET.name, SHEET.help, {}, self)
        self.sheet.setObjectName("import_sheet")
        self.sheet.chosen.connect(partial(self._choose, "sheet"))
        label = PlainLabel(SHEET.name, self)
        label.setProperty("muted", True)
        label.setBuddy(self.sheet)
        grid.addWidget(label, 0, len(TITLES))
        grid.addWidget(self.sheet, 1, len(TITLES))
        grid.setColumnStretch(len(TITLES), 1 if is_workbook else 0)
        for widget in (label, self.sheet):
            widget.setVisible(is_workbook)

    def show_reading(self, reading: Reading, found: Reading, sheets: tuple[str, ...] = ()) -> None:
        """Show what was chosen, and what was found where nothing was; this is no news to anybody."""
        self._reading = reading
        for name, field in self.fields.items():
            key = getattr(found, name)
            known = WORDS[name].get(key)
            field.setItemText(0, f"Found: {known.name}" if known and getattr(reading, name) == AUTO else "Find it")
            field.show_value(getattr(reading, name))
        self.sheet.set_options({name: Title(name, "") for name in sheets})
        self.sheet.show_value(reading.sheet or found.sheet)

    def _choose(self, name: str, key: str) -> None:
        self.chosen.emit(replace(self._reading, **{name: key}))


def _options(name: str) -> dict[str, Title]:
    """Return the choices of a list, "find it" first."""
    auto = Title("Find it", "It is found by looking at the text.")
    return {AUTO: auto} | {key: WORDS[name][key] for key in CHOICES[name] if key != AUTO}
