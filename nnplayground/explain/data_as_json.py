"""What was taken of a table for training, as plain values ready for JSON."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.data.columns import TargetGuess
from nnplayground.data.reading import AUTO
from nnplayground.data.samples import Samples
from nnplayground.data.tables import TableSamples
from nnplayground.explain.words import words_of
from nnplayground.json_values import Json
from nnplayground.message import Message


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
        "left_out": [{"column": entry.name, "reason": words_of(entry.content)} for entry in samples.left_out],
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


def _known(word: str) -> str | None:
    return None if word == AUTO else word
