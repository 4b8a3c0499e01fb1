"""The branch history of a run as bytes and back: all moments, branches, events, and where the run stands.

What many moments share is written once (see `state_archive`), so that hundreds of moments of a long run stay small.
"""

from __future__ import annotations

from typing import Any

from nnplayground.training.run.plain_values import Form
from nnplayground.training.run.state_archive import StateReader, StateWriter
from nnplayground.training.time_travel.branch_history import BranchHistory, BranchHistoryState
from nnplayground.training.time_travel.document_values import DocumentValueReader, DocumentValueWriter
from nnplayground.training.time_travel.history_record import HistoryRecord

HISTORY, RECORD = "nnplayground/branch-history", "nnplayground/history-record"


def write_history(history: BranchHistory) -> bytes:
    """Return the whole branch history as an archive."""
    return _write(HISTORY, BranchHistoryState, history.state())


def read_history(content: bytes) -> BranchHistory:
    """Return the branch history in an archive, not attached to a run.

    Raises `InputError` with one sentence for what is no such archive, is damaged, or would take too much memory.
    """
    return BranchHistory.of(_read(content, HISTORY, BranchHistoryState))


def write_record(record: HistoryRecord) -> bytes:
    """Return what is known of the past of a run as an archive."""
    return _write(RECORD, HistoryRecord, record)


def read_record(content: bytes) -> HistoryRecord:
    """Return what is known of the past of a run, from an archive; raises what `read_history` raises."""
    record: HistoryRecord = _read(content, RECORD, HistoryRecord)
    return record


def _write(name: str, kind: type[Any], value: Any) -> bytes:
    writer = StateWriter()
    values = DocumentValueWriter(writer.floats)
    writer.forms.add(Any, Form(values.write, values.write))
    return writer.archive(name, kind, value)


def _read(content: bytes, name: str, kind: type[Any]) -> Any:
    reader = StateReader(content, name)
    values = DocumentValueReader(reader.floats)
    reader.forms.add(Any, Form(values.read, values.read))
    return reader.value(kind)
