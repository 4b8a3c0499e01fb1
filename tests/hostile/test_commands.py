"""Whatever file a command is given, it ends with status 2 and one line, never with a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnplayground.cli import main
from nnplayground.errors import LONGEST
from tests.hostile.makers import bound_socket, fifo, inner_folder, link, loop

if sys.platform == "win32":
    pytest.skip("pipes and devices are those of POSIX", allow_module_level=True)

FILES: dict[str, Callable[[Path, str], Path]] = {
    "pipe": fifo,
    "device": lambda folder, name: link(folder, name, "/dev/zero"),
    "memory": lambda folder, name: link(folder, name, "/proc/self/mem"),
    "link to itself": loop,
    "socket": bound_socket,
    "folder": inner_folder,
    "long name": lambda folder, name: folder / ("n" * 300 + name),
    "long path": lambda folder, name: folder.joinpath(*["d" * 50] * 100, name),
    "escape": lambda folder, name: folder / f"\x1b[2J\n{name}",
    "half a character": lambda folder, name: folder / f"\udcff{name}",
    "no name": lambda folder, name: folder / f"a\0{name}",
}

ENDINGS = (".csv", ".npz", ".nnp.json", ".model.json", ".json", ".txt", ".png", "")

COMMANDS: dict[str, Callable[[str], list[str]]] = {
    "window": lambda file: [file],
    "train": lambda file: ["train", file, "--epochs", "1"],
    "screenshot": lambda file: ["screenshot", "out.png", file],
    "animate": lambda file: ["animate", "out.gif", file],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("ending", ENDINGS, ids=[ending or "no ending" for ending in ENDINGS])
@pytest.mark.parametrize("kind", FILES)
def test_a_command_says_in_one_line_what_is_wrong_with_its_file(
    kind: str, ending: str, command: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "out").mkdir()
    file = FILES[kind](tmp_path, f"a{ending}")
    monkeypatch.chdir(tmp_path / "out")
    assert main(COMMANDS[command](str(file))) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("nnplayground: ")
    assert len(said.err.splitlines()) == 1
    assert said.err.rstrip("\n").isprintable()
    assert len(said.err) < LONGEST + 20
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["x" * 300],
        ["x" * 100_000],
        ["train", "a.csv", "--epochs", "9" * 100_000],
        ["train", "a.csv", "--seeds", "x" * 100_000],
        ["train", "a.csv", f"--{'x' * 100_000}"],
        ["train", "a.csv", "--export", "x" * 300],
        ["screenshot", "x" * 300],
        ["animate", "x" * 300],
        ["animate", "a.gif", "--rate", "x\x1b[2J" * 1000],
        ["--theme", "\x1b[2J"],
    ],
    ids=lambda words: words[0][:10] + words[-1][:10].replace("\x1b", "escape"),
)
def test_a_long_or_hostile_word_is_cut(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert len(said) < LONGEST
    assert len(said.splitlines()) == 1
    assert said.rstrip("\n").isprintable()
