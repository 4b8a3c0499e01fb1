"""How facts are written in a message: one way for each kind of fact."""

from __future__ import annotations

from math import isfinite, isinf, log10


def short(number: float) -> str:
    """Return a number with up to three significant digits, as one would say it."""
    number = float(number)
    if number and not 1e-3 <= abs(number) < 1e6:
        return f"{number:.1e}".replace("-", "−")
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2 if abs(number) >= 0.1 else 4
    text = f"{number:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def number_text(value: float) -> str:
    """Return a number for reading: three significant digits, whole from 100 on, thousands with commas."""
    if not isfinite(value):
        return ("−∞" if value < 0 else "∞") if isinf(value) else "not a number"
    size = abs(value)
    if size >= 99.95:
        text = f"{value:,.0f}" if size < 1e7 else f"{value:.2e}"
    elif size == 0.0:
        text = "0"
    elif size < 9.995e-5:
        text = f"{value:.2e}"
    else:
        # `#` keeps the zeros at the end, so that a changing number keeps its width.
        text = f"{value:#.3g}"
    return tidy(text)


def tidy(text: str) -> str:
    """Return a formatted number with a true minus sign and without the padding of its exponent."""
    mantissa, mark, exponent = text.partition("e")
    if mark:
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def share_text(share: float) -> str:
    """Return a share in whole percent; one that is not all is never 100 %, and one that is not nothing never 0 %."""
    whole = round(100.0 * share)
    return f"{min(max(whole, 1), 99) if 0.0 < share < 1.0 else whole} %"


def percent_text(share: float) -> str:
    """Return a share in percent with one decimal; only all of something is 100.0 %, and only nothing 0.0 %."""
    text = f"{100.0 * share:.1f} %"
    return {"100.0 %": "99.9 %", "0.0 %": "0.1 %"}.get(text, text) if 0.0 < share < 1.0 else text


def fit_text(score: float) -> str:
    """Return R² with three decimals as far as it may be good; it has no lower bound, and may have 300 digits there."""
    return (f"{score:.3f}" if score > -1000.0 else f"{score:.0e}").replace("-", "−")


def times(ratio: float) -> str:
    """Return how many times, with two digits that count."""
    if ratio < 10.0:
        return f"{ratio:.2g}"
    if not isfinite(ratio) or ratio >= 1e6:
        return "more than a million"
    digits = int(log10(ratio)) - 1
    return f"{round(ratio, -digits):,.0f}"


def activation_word(activation: str) -> str:
    """Return an activation in a sentence, such as "leaky ReLU"."""
    return activation.replace("relu", "ReLU").replace("_", " ")
