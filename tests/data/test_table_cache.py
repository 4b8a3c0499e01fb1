"""A large table is read once as long as it stays the same, and only a few are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnplayground.data import table_cache, tables
from nnplayground.data.reading import Reading
from nnplayground.data.table import Table
from nnplayground.data.table_cache import KEPT, TableCache
from nnplayground.data.tables import SMALL, open_table
from nnplayground.errors import InputError

LONG = "word " * 100


def table(cells: int = 1) -> Table:
    return Table("t", ("a",), (("1",) * cells,), tuple(range(cells)))


def test_the_same_key_gives_the_same_table() -> None:
    cache = TableCache()
    first = cache.get("key", table)
    assert cache.get("key", table) is first
    assert cache.get("other", table) is not first


def test_the_oldest_tables_go_first() -> None:
    cache = TableCache()
    first = cache.get(0, table)
    for key in range(1, KEPT):
        cache.get(key, table)
    assert cache.get(0, table) is first
    cache.get(KEPT, table)
    assert cache.get(0, table) is first
    assert KEPT == 2 and cache.get(1, table) is not first


def test_a_huge_table_is_kept_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_cache, "CELLS", 10)
    cache = TableCache()
    small = cache.get("small", table)
    huge = cache.get("huge", lambda: table(11))
    assert cache.get("huge", table) is huge
    assert cache.get("small", table) is not small


def test_what_cannot_be_read_is_not_kept() -> None:
    def refuse() -> Table:
        raise InputError("no table")

    cache = TableCache()
    with pytest.raises(InputError, match="no table"):
        cache.get("key", refuse)
    first = table()
    assert cache.get("key", lambda: first) is first


def test_a_large_file_is_read_again_only_when_it_changed_or_is_read_in_another_way(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = f"1,{LONG}\n2,{LONG}\n" * (SMALL // len(LONG) // 2 + 1)
    path.write_text("a,b\n" + rows, encoding="utf-8")
    first = open_table(str(path))
    assert open_table(str(path)) is first
    assert open_table(str(path), reading=Reading(header="no")).columns == ("column 1", "column 2")
    path.write_text("a,c\n" + rows + "3,z\n", encoding="utf-8")
    assert open_table(str(path)).columns == ("a", "c")


def test_a_small_file_is_always_read_again(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert open_table(str(path)) is not open_table(str(path))


def test_a_table_can_be_given_as_text() -> None:
    assert open_table("", text="a\tb\n1\t2\n").columns == ("a", "b")
    long = "a,b\n" + f"1,{LONG}\n" * (SMALL // len(LONG) + 1)
    assert open_table("", text=long) is open_table("", text=long)
    assert open_table("", text="a,b\n1,2\n").name == tables.PASTED
