"""What was taken of a table for training, as plain values ready for JSON, and as two lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.data.cells import listed, quoted
from nnplayground.data.columns import TargetGuess
from nnplayground.data.left_out import REASONS
from nnplayground.data.reading import AUTO
from nnplayground.data.samples import Samples
from nnplayground.data.tables import TableSamples
from nnplayground.explain.words import words_of
from nnplayground.message import Message
from nnplayground.training.observe.report_as_json import Json

NAMED = 8
"""So many columns are named in a line; the others are counted."""

SIGNS = {"point": "a decimal point", "comma": "a decimal comma"}


def data_as_json(samples: Samples, notes: Sequence[Message], guess: TargetGuess | None = None) -> Json | None:
    """Return what was taken of a table; `None` for samples that come from elsewhere.

    `notes` are those about the data, and `guess` is what the targets were found by, where they were not chosen.
    """
    if not isinstance(samples, TableSamples):
        return None
    is_unsure = guess is not None and guess.is_unsure
    return {
        "targets": list(samples.target_names),
        "task": samples.task,
        "classes": list(samples.classes),
        "target_is_guess": guess is not None,
        "target_is_unsure": is_unsure,
        "other_targets": list(guess.others) if guess is not None and is_unsure else [],
        "inputs": list(samples.used),
        "left_out": [{"column": entry.name, "reason": REASONS[entry.reason]} for entry in samples.left_out],
        "rows": samples.rows,
        "rows_used": len(samples.inputs),
        "encoding": _known(samples.found.encoding),
        "encoding_is_guess": "encoding" in samples.guesses,
        "decimal": samples.found.decimal,
        "decimal_is_guess": "decimal" in samples.guesses,
        "delimiter": _known(samples.found.delimiter),
        "sheet": samples.found.sheet or None,
        "notes": list(map(words_of, notes)),
    }


def data_lines(data: Json) -> tuple[str, str]:
    """Return two lines on what was taken of a table and what was not, from what `data_as_json` tells."""
    what = f"{len(data['classes'])} classes" if data["classes"] else "numbers" if data["targets"][1:] else "a number"
    unsure = f", which is a guess: {listed(data['other_targets'], limit=NAMED)} may be meant as well"
    target = f"Predicts {listed(data['targets'], limit=NAMED)} ({what}{unsure if data['other_targets'] else ''})"
    rows = f"{data['rows_used']:,} of {data['rows']:,} rows"
    first = f"{target} from {listed(data['inputs'], limit=NAMED)}; {rows}."
    return first, " ".join((_words_on_left_out(data["left_out"]), *data["notes"], _words_on_reading(data)))


def _words_on_left_out(left_out: Sequence[Json]) -> str:
    names = [f"{quoted(entry['column'])} ({entry['reason']})" for entry in left_out[:NAMED]]
    more = f" and {len(left_out) - NAMED} more" if len(left_out) > NAMED else ""
    return f"Left out: {', '.join(names)}{more}." if names else "No column is left out."


def _words_on_reading(data: Json) -> str:
    """Say how the table was read; a guess is named as one."""
    sheet = f"the sheet {quoted(data['sheet'])}" if data["sheet"] else data["encoding"] or "text"
    encoding = sheet + (" (a guess)" if data["encoding_is_guess"] else "")
    return f"Read as {encoding} with {SIGNS[data['decimal']]}{' (a guess)' if data['decimal_is_guess'] else ''}."


def _known(word: str) -> str | None:
    return None if word == AUTO else word
