"""The decimal sign of the person at the window: the sign of the locale that Qt gives to all widgets.

It is the point until the person chooses the comma. What is shown and typed in fields has it, and what is copied as
text; formulas, files, NumPy and CSV keep the point.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from nnplayground.written_numbers import COMMA, DECIMAL_SIGNS, POINT

LANGUAGE = QLocale.Language.English
COUNTRIES = {POINT: QLocale.Country.UnitedStates, COMMA: QLocale.Country.Germany}


def decimal_sign() -> str:
    """Return the name of the sign, one of `DECIMAL_SIGNS`."""
    return COMMA if QLocale().decimalPoint() == DECIMAL_SIGNS[COMMA] else POINT


def use_decimal_sign(name: str) -> None:
    """Use a sign from now on, also in the windows that are open, whose fields are told by `LocaleChange`."""
    locale = QLocale.system()  # which also says how Qt's own dialogs write dates
    if locale.decimalPoint() != DECIMAL_SIGNS[name]:
        locale = QLocale(LANGUAGE, COUNTRIES[name])
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(locale)
    for window in QApplication.topLevelWidgets():
        window.setLocale(locale)
