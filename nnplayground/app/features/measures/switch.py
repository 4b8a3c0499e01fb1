"""Two sections that take turns in one place where there is no room for both."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton

from nnplayground.app.features.measures.sections import Section
from nnplayground.app.ui.theme import HIT_AREA
from nnplayground.app.ui.tooltips import wrapped


class Switch(QObject):
    """A pair of buttons in the head of each section, `names` on them; `changed` tells that another one is wanted."""

    changed = Signal()

    def __init__(self, sections: tuple[Section, ...], names: tuple[str, ...], helps: tuple[str, ...]) -> None:
        super().__init__(sections[0].parentWidget())
        self.wanted = 0
        self._sections = sections
        self._groups = []
        for section in sections:
            group = QButtonGroup(section)
            for place, (name, explained) in enumerate(zip(names, helps, strict=True)):
                button = _button(name, explained, section)
                button.clicked.connect(partial(self._choose, place))
                group.addButton(button, place)
                section.head.insertWidget(1 + place, button)
            self._groups.append(group)
        self._press()

    def show_buttons(self, *, visible: bool) -> None:
        """Show the buttons, which then stand for the titles, or hide them while there is room for all sections."""
        for section, group in zip(self._sections, self._groups, strict=True):
            section.show_title(visible=not visible)
            for button in group.buttons():
                button.setVisible(visible)

    def _choose(self, place: int, *_checked: object) -> None:
        had_focus = any(group.button(place).hasFocus() for group in self._groups)
        self.wanted = place
        self._press()
        self.changed.emit()
        if had_focus:  # the button that was pressed is hidden now
            self._groups[place].button(place).setFocus()

    def _press(self) -> None:
        for group in self._groups:
            group.button(self.wanted).setChecked(True)


def _button(name: str, explained: str, section: Section) -> QToolButton:
    button = QToolButton(section)
    button.setObjectName(f"measures_show_{name.lower()}")
    button.setText(name)
    button.setAccessibleName(f"Show the {name}")
    button.setToolTip(wrapped(explained))
    button.setCheckable(True)
    button.setProperty("slim", True)
    button.setMinimumSize(HIT_AREA, HIT_AREA)
    return button
