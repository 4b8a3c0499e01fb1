"""The fuzzer damages sound files in the same way each time, opens them, and counts what goes wrong."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("processes that fork are those of POSIX", allow_module_level=True)

import fuzz_files
from fuzz_files import KINDS, checked, damaged_files, fuzz, outcomes
from opened import Outcome


@pytest.mark.parametrize("name", KINDS)
def test_what_is_damaged_was_sound(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    assert {outcome.kind for outcome in outcomes(kind, kind.sound(), tmp_path)} == {"opened"}


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_makes_the_same_files(name: str) -> None:
    kind = KINDS[name]
    first, second, other = (damaged_files(kind, 6, random.Random(seed)) for seed in (1, 1, 2))
    assert first == second != other
    assert len(first) == 6


@pytest.mark.parametrize("name", KINDS)
def test_damaged_files_are_opened_or_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz(name, 20, seed=1, keep=tmp_path) == 0
    assert "0 crashed" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == fuzz_files.WORST


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Outcome("refused", "a.csv is empty.", 3.0, 0.1), "refused"),
        (Outcome("refused", "two\nlines", 3.0, 0.1), "failed"),
        (Outcome("refused", "x" * 10_000, 3.0, 0.1), "failed"),
        (Outcome("refused", "a.csv is empty.", 900.0, 0.1), "failed"),
        (Outcome("opened", "Project", 900.0, 0.1), "opened"),
        (Outcome("ended", "by the system", 0.0, 20.0), "ended"),
    ],
)
def test_a_refusal_must_be_one_line_with_little_memory(outcome: Outcome, kind: str) -> None:
    assert checked(outcome).kind == kind


def test_a_crash_is_counted_and_the_file_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    crash = Outcome("failed", "Traceback\nValueError: odd", 1.0, 0.1)
    monkeypatch.setattr(fuzz_files, "measured", lambda _action, paths: [crash] * len(paths))
    assert fuzz("table", 4, seed=1, keep=tmp_path) == 4
    assert "ValueError: odd" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 4 + fuzz_files.WORST
