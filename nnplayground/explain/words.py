"""The one place where a message becomes a sentence: its template, with each fact written as the template says.

A place of a template names a fact and how it is written: `{share:share}`, `{part:part}`, `{cost:.3g}`. The ways are
those of `WAYS`, and beside them the format specifications of Python. Templates reach a person through the functions of
`gettext`, so that a catalogue of another language needs no other code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import NullTranslations
from numbers import Integral
from string import Formatter

from nnplayground.data.cells import quoted
from nnplayground.errors import shown
from nnplayground.explain.data_texts import DATE_ORDERS, ENCODINGS
from nnplayground.explain.figures import activation_word, fit_text, number_text, percent_text, share_text, short, times
from nnplayground.explain.layer_names import OUTPUT, LayerName
from nnplayground.explain.templates import Plural
from nnplayground.explain.texts import EDIT_CAUSES, PARTS, TEXTS
from nnplayground.message import Fact, Message
from nnplayground.training.run.parts import Part

LANGUAGE = NullTranslations()
"""What brings templates into the language of the person: nothing, as there is one language today."""


def words_of(message: Message) -> str:
    """Return a message as a sentence, or as the part of one that it is."""
    text = TEXTS[message.id]
    if not isinstance(text, Plural):
        return _WRITER.vformat(LANGUAGE.gettext(text), (), message.facts)
    count = message.facts[text.by]
    assert isinstance(count, Integral)  # those of NumPy too
    return _WRITER.vformat(LANGUAGE.ngettext(text.one, text.other, int(count)), (), message.facts)


def part_word(part: Part) -> str:
    """Return what a part of the data is called in a sentence."""
    return LANGUAGE.gettext(PARTS[part])


def chosen_on(part: Part) -> str:
    """Return what every mention of a best epoch says of the part whose cost chose it."""
    return words_of(Message("phrase.chosen_on", {"part": part}))


def cost_unit(scaled_targets: int) -> str:
    """Return what stands behind the word cost: of how many targets it is where these are scaled, else nothing."""
    return words_of(Message("phrase.of_scaled", {"targets": scaled_targets})) if scaled_targets else ""


def layer_word(layer: LayerName) -> str:
    """Return a layer in a sentence: by its number, or as the output."""
    return words_of(Message("phrase.output") if layer == OUTPUT else Message("phrase.layer", {"number": layer}))


def names_text(names: Sequence[str], *, limit: int, write: Callable[[str], str] = quoted) -> str:
    """Return the first `limit` of some names, and how many more there are."""
    told, more = ", ".join(map(write, names[:limit])), len(names) - limit
    return words_of(Message("phrase.and_more", {"names": told, "more": more})) if more > 0 else told


def _in_a_row(names: Sequence[str]) -> str:
    """Return names with a word before the last one."""
    first, last = ", ".join(names[:-1]), names[-1]
    return words_of(Message("phrase.last_of_two", {"first": first, "last": last})) if first else last


def _dead(share: float) -> str:
    """Return that units are dead, to follow another fact; nothing where none is."""
    return words_of(Message("phrase.dead", {"share": share})) if share > 0.0 else ""


def _kinks(count: int) -> str:
    """Return how many places were left out, as a sentence that follows another; nothing where none was."""
    return words_of(Message("phrase.kinks", {"kinks": count})) if count else ""


WAYS: dict[str, Callable[..., str]] = {
    "short": short,
    "number": number_text,
    "times": times,
    "share": share_text,
    "percent": percent_text,
    "fit": fit_text,
    "narrow_share": lambda share: share_text(share).replace(" ", "\N{NO-BREAK SPACE}"),
    "if_dead": _dead,
    "if_kinks": _kinks,
    "part": part_word,
    "of_scaled": cost_unit,
    "layer": layer_word,
    "Layer": lambda layer: layer_word(layer).capitalize(),
    "activation": activation_word,
    "outputs": lambda activation: "linear" if activation == "identity" else activation,
    "cost": lambda cost: cost.replace("_", " ").replace("cross entropy", "cross-entropy"),
    "name": quoted,
    "names": lambda names: names_text(names, limit=10),
    "four_names": lambda names: names_text(names, limit=4),
    "five_names": lambda names: names_text(names, limit=5),
    "three_classes": lambda names: names_text(names, limit=3, write=shown),
    "words": ", ".join,
    "row": _in_a_row,
    "encoding": ENCODINGS.__getitem__,
    "date_order": DATE_ORDERS.__getitem__,
    "edit_cause": EDIT_CAUSES.__getitem__,
}
"""How facts are written that Python's own formats do not write, by the words that templates have for it."""


class _Writer(Formatter):
    """Fills the places of a template."""

    def format_field(self, value: Fact, format_spec: str) -> str:
        """Return a fact as its place asks for it; a message is worded by its own template."""
        if isinstance(value, Message):
            return words_of(value)
        if isinstance(value, tuple):
            value = tuple(words_of(one) if isinstance(one, Message) else one for one in value)
        way = WAYS.get(format_spec)
        return way(value) if way else format(value, format_spec)


_WRITER = _Writer()
