"""A drop-down list of named choices, each with its explanation."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.tooltips import wrapped

WIDEST_LIST = 480
LIST_MARGIN = 32  # pixels beside the text of an entry: its own margins, and a bar to scroll


class ChoiceField(QComboBox):
    """Chooses a key; `chosen(key)` follows only what the user did. The keys are shown by their titles."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        help_text: str,
        options: Mapping[str, Title],
        parent: QWidget | None = None,
        *,
        fits_content: bool = False,
    ) -> None:
        """Make the list; one that does not fit its content takes whatever width it is given."""
        super().__init__(parent)
        if not fits_content:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(6)
        else:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a choice by mouse, Space goes on to play
        self.setAccessibleName(title)
        self._help = help_text
        self.setToolTip(wrapped(help_text))
        self._keys: list[str] = []
        self._explanations: list[str] = []
        self._options: list[tuple[str, Title]] = []
        self.set_options(options)
        self.activated.connect(self._tell)

    def set_options(self, options: Mapping[str, Title]) -> None:
        """Offer these choices; the one that is shown stays when it is still among them."""
        if list(options.items()) == self._options:
            return
        current = self.value
        self._options = list(options.items())
        self.clear()
        self._keys = list(options)
        self._explanations = [title.help for title in options.values()]
        for place, title in enumerate(options.values()):
            self.addItem(one_line(title.name))
            self.setItemData(place, wrapped(title.help), Qt.ItemDataRole.ToolTipRole)
        if current in self._keys:
            self.show_value(current)

    @property
    def value(self) -> str:
        """The key that is shown; empty before there is one."""
        return self._keys[self.currentIndex()] if 0 <= self.currentIndex() < len(self._keys) else ""

    def show_value(self, key: str) -> None:
        """Show a choice; this is no news to anybody. A key that is not offered shows nothing."""
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else -1)
        about = self._explanations[self.currentIndex()] if key in self._keys else ""
        self.setToolTip(wrapped(f"{self._help}\n{about}".strip()))

    def allow(self, reasons: Mapping[str, str]) -> None:
        """Switch off the choices for which a reason is given; the reason becomes their tooltip."""
        model = self.model()
        if not isinstance(model, QStandardItemModel):
            return
        for place, key in enumerate(self._keys):
            item = model.item(place)
            item.setEnabled(key not in reasons)
            item.setToolTip(wrapped(reasons.get(key, self._explanations[place])))

    def shown_text(self) -> str:
        """Return the text as it is drawn: cut with … where it does not fit."""
        return self._option().currentText

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field with a text that is cut with …, as Qt breaks off in the middle of a letter."""
        painter, option = QStylePainter(self), self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def showPopup(self) -> None:
        """Open the list, as wide as its entries need."""
        needed = self.view().sizeHintForColumn(0) + LIST_MARGIN
        self.view().setMinimumWidth(min(max(needed, self.width()), max(WIDEST_LIST, self.width())))
        super().showPopup()

    def _option(self) -> QStyleOptionComboBox:
        """Return what the style draws the field from, with the text cut."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        return option

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the panel; it must not change a choice by accident."""
        event.ignore()

    def _tell(self, place: int) -> None:
        self.show_value(self._keys[place])
        self.chosen.emit(self._keys[place])
