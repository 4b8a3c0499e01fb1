"""What a gradient check has found: as a message, and as plain values ready for JSON."""

from __future__ import annotations

from nnplayground.explain.words import words_of
from nnplayground.json_values import Json, finite
from nnplayground.message import Message
from nnplayground.training.observe.gradient_check import GradientReport


def check_message(report: GradientReport) -> Message:
    """Return the outcome of a check."""
    if not report.is_finite:
        return Message("check.not_finite")
    if report.worst is None:
        return Message("check.nothing", {"kinks": report.kinks})
    facts = {"compared": report.compared, "error": report.worst.relative_error, "kinks": report.kinks}
    return Message("check.agrees" if report.passed else "check.disagrees", {**facts, "place": report.worst.place})


def check_as_json(report: GradientReport) -> Json:
    """Return the outcome of a check with its numbers."""
    worst = report.worst
    return {
        "passed": report.passed,
        "relative_error": finite(worst.relative_error) if worst else None,
        "place": words_of(worst.place) if worst else None,
        "kinks": report.kinks,
        "sentence": words_of(check_message(report)),
    }
