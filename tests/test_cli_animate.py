"""The command that writes the training as a moving picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageSequence

from nnplayground.cli import main


def test_it_trains_and_writes_as_many_frames_as_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "film.gif"
    words = ["--epochs", "12", "--frames", "4", "--rate", "5", "--size", "320x240", "--what", "boundary"]
    command = [sys.executable, "-m", "nnplayground", "animate", str(out), *words, "--theme", "dark"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert f"Wrote {out}" in outcome.stderr
    with Image.open(out) as film:
        assert film.size == (320, 240)
        assert film.info["duration"] == 200
        assert len(list(ImageSequence.Iterator(film))) == 4
    assert list(tmp_path.iterdir()) == [out]


def test_that_a_video_needs_a_program_is_said_before_anything_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("nnplayground.export.mp4.PACKAGE", "a_package_that_is_not_there")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("nnplayground.cli._app", lambda: pytest.fail("It trains."))
    assert main(["animate", str(tmp_path / "film.mp4")]) == 1
    assert "needs the program ffmpeg" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["film.avi"], 2, 'The file name "film.avi" tells no kind of animation; it must end in .gif or .mp4.'),
        (["none/film.gif"], 1, "there is no folder none"),
        (["film.gif", "--what", "sound"], 2, '"sound" cannot be shown; it must be one of window, network, boundary'),
        (["film.gif", "--rate", "0"], 2, '"0" is no number of frames a second from 0.1 to 50'),
        (["film.gif", "--frames", "9999"], 2, '"9999" is no whole number from 1 to 2,000'),
        (["film.gif", "missing.nnp.json"], 2, "missing.nnp.json"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_before_anything_is_trained(
    words: list[str],
    status: int,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["animate", *words]) == status
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
