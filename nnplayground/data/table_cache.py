"""The large tables that were read last: reading one takes seconds, and the window, the preview and the training do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

from nnplayground.data.table import Table

KEPT = 2
CELLS = 20_000_000
"""Tables of so many cells in all are kept; the latest one always is."""


class TableCache:
    """Keeps the latest tables by whatever tells that they are still the same; may be used from several threads.

    The lock is not held while a table is read: two threads that want the same one at once read it twice.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: dict[Hashable, Table] = {}

    def get(self, key: Hashable, read: Callable[[], Table]) -> Table:
        """Return the table of this key, read now if need be."""
        with self._lock:
            table = self._tables.pop(key, None)
            if table is not None:
                self._tables[key] = table
                return table
        table = read()
        with self._lock:
            self._tables[key] = table
            gone = self._make_room()
        gone.clear()  # which takes its time, and nobody should wait for it with the lock
        return table

    def _make_room(self) -> list[Table]:
        """Take out and return the oldest tables that are too many or too large."""
        gone = []
        while len(self._tables) > 1 and (len(self._tables) > KEPT or self._cells() > CELLS):
            gone.append(self._tables.pop(next(iter(self._tables))))
        return gone

    def _cells(self) -> int:
        return sum(len(table.columns) * len(table.lines) for table in self._tables.values())
