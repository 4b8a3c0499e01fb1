"""Animations are read back with other programs: as many pictures as were given, as long, in the same colours."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageSequence

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import InputError, WorkError
from nnplayground.export import mp4
from nnplayground.export.animation import ANIMATION_FORMATS, animation_format, write_animation
from nnplayground.export.moving import Picture, Timing

PAPER, INK, BLUE, ORANGE = (245, 246, 248), (27, 31, 36), (11, 107, 203), (217, 115, 13)


def scene(step: int, *, width: int = 96, height: int = 64) -> Picture:
    """Return a picture with flat grounds, a gradient, a moving square and small text."""
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    for column in range(40):
        share = column / 39
        blend = tuple(round(a + share * (b - a)) for a, b in zip(ORANGE, BLUE, strict=True))
        draw.line([(column, 0), (column, 20)], fill=blend)
    draw.rectangle([10 + 5 * step, 30, 20 + 5 * step, 40], fill=BLUE)
    draw.text((50, 4), f"epoch {step}", fill=INK)
    return np.array(image)


def scenes(count: int) -> list[Picture]:
    return [scene(step) for step in range(count)]


def gif_pictures(path: Path) -> tuple[list[Picture], list[int], dict[str, object]]:
    """Return the pictures of a GIF, their milliseconds and what else the file says, as Pillow reads it."""
    with Image.open(path) as image:
        frames = [
            (np.array(frame.convert("RGB")), int(frame.info["duration"])) for frame in ImageSequence.Iterator(image)
        ]
        about: dict[str, object] = {str(key): value for key, value in image.info.items()}
        return [frame for frame, _ in frames], [duration for _, duration in frames], about


def mp4_pictures(path: Path) -> tuple[list[Picture], str]:
    """Return the pictures of a video and what ffmpeg says about it."""
    program = imageio_ffmpeg.get_ffmpeg_exe()
    told = subprocess.run([program, "-hide_banner", "-i", path], capture_output=True, text=True, check=False).stderr
    width, height = map(int, re.findall(r", (\d+)x(\d+),", told)[0])
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    pixels = subprocess.run([program, "-loglevel", "error", "-i", path, *raw], capture_output=True, check=True).stdout
    return list(np.frombuffer(pixels, np.uint8).reshape(-1, height, width, 3)), told


def test_a_gif_holds_every_picture_for_its_time_and_the_last_one_longer(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    write_animation(path, scenes(6), Timing(rate=7.0, hold=1.5), count=6)
    pictures, milliseconds, about = gif_pictures(path)
    assert len(pictures) == 6
    assert pictures[0].shape == (64, 96, 3)
    assert sum(milliseconds) == pytest.approx(6 / 7 * 1000 + 1500, abs=10)
    assert set(milliseconds[:-1]) == {140, 150}
    assert about["loop"] == 0  # for ever


def test_a_gif_that_is_shown_once_does_not_ask_to_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    write_animation(path, scenes(3), Timing(rate=5.0, loops=False), count=3)
    assert "loop" not in gif_pictures(path)[2]


def test_a_gif_keeps_the_colours_of_grounds_and_text_exactly_and_all_others_nearly(tmp_path: Path) -> None:
    path, given = tmp_path / "a.gif", scenes(8)
    write_animation(path, given, Timing(rate=10.0), count=8)
    for picture, wanted in zip(gif_pictures(path)[0], given, strict=True):
        difference = np.abs(picture.astype(int) - wanted)
        assert difference.max() <= 12
        flat = (wanted == PAPER).all(axis=2) | (wanted == INK).all(axis=2) | (wanted == BLUE).all(axis=2)
        assert difference[flat].max() == 0


def test_a_gif_with_more_colours_than_it_can_have_is_still_close(tmp_path: Path) -> None:
    across, up = np.meshgrid(np.arange(128), np.arange(128))
    rainbow = np.stack([across * 2, up * 2, (across + up)], axis=2).astype(np.uint8)
    write_animation(tmp_path / "a.gif", [rainbow, rainbow[::-1]], Timing(rate=2.0), count=2)
    picture = gif_pictures(tmp_path / "a.gif")[0][0]
    assert np.abs(picture.astype(int) - rainbow).mean() < 8


def test_what_does_not_move_in_a_gif_neither_flickers_nor_takes_room(tmp_path: Path) -> None:
    still = scenes(1) * 20
    write_animation(tmp_path / "still.gif", still, Timing(rate=10.0), count=20)
    write_animation(tmp_path / "one.gif", still[:1], Timing(rate=10.0), count=1)
    pictures = gif_pictures(tmp_path / "still.gif")[0]
    assert len(pictures) == 20
    assert all(np.array_equal(picture, pictures[0]) for picture in pictures)
    assert (tmp_path / "still.gif").stat().st_size < (tmp_path / "one.gif").stat().st_size + 20 * 40


def test_an_mp4_holds_every_picture_at_an_even_rate_and_repeats_the_last(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write_animation(path, scenes(6), Timing(rate=10.0, hold=1.0), count=6)
    pictures, about = mp4_pictures(path)
    assert len(pictures) == 6 + 10
    assert "Duration: 00:00:01.60" in about
    assert re.search(r"Video: h264 .* yuv420p\(tv, bt709, progressive\), 96x64, .* 10 fps", about)


def test_an_mp4_shows_the_same_colours(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write_animation(path, scenes(4), Timing(rate=4.0), count=4)
    pictures, _ = mp4_pictures(path)
    for step, wanted in enumerate(scenes(4)):
        difference = np.abs(pictures[step].astype(int) - wanted)
        assert np.median(difference) <= 3
        assert difference[44:].mean() <= 3  # the empty ground
        square = difference[33:38, 13 + 5 * step : 18 + 5 * step]
        assert square.mean() <= 6  # the inside of what moves; at edges colours are thinned out


@pytest.mark.parametrize(("width", "height"), [(97, 64), (96, 65), (1, 1)])
def test_an_mp4_has_even_sides(width: int, height: int, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write_animation(path, [scene(0, width=width, height=height)], Timing(rate=2.0), count=1)
    assert mp4_pictures(path)[0][0].shape == (height + height % 2, width + width % 2, 3)


@pytest.mark.parametrize("suffix", [entry.suffix for entry in ANIMATION_FORMATS.values()])
def test_cancelling_leaves_what_was_there_before(suffix: str, tmp_path: Path) -> None:
    path, progress = tmp_path / f"a{suffix}", Progress()
    path.write_bytes(b"older")

    def cancelled() -> Iterator[Picture]:
        yield scene(0)
        yield scene(1)
        progress.cancel()
        yield scene(2)

    with pytest.raises(CancelledError):
        write_animation(path, cancelled(), Timing(rate=5.0), count=3, progress=progress)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [entry.suffix for entry in ANIMATION_FORMATS.values()])
def test_the_progress_grows_to_the_end(suffix: str, tmp_path: Path) -> None:
    progress, shares = Progress(), []

    def watched() -> Iterator[Picture]:
        for step in range(4):
            yield scene(step)
            shares.append(progress.share)

    write_animation(tmp_path / f"a{suffix}", watched(), Timing(rate=5.0), count=4, progress=progress)
    assert shares == sorted(shares)
    assert 0.5 < shares[-1] <= 0.75 <= progress.share <= 1.0


@pytest.mark.parametrize("suffix", [entry.suffix for entry in ANIMATION_FORMATS.values()])
def test_a_folder_that_is_missing_is_told_before_anything_is_drawn(suffix: str, tmp_path: Path) -> None:
    drawn = []

    def pictures() -> Iterator[Picture]:
        drawn.append(1)
        yield scene(0)

    with pytest.raises(WorkError, match="choose a folder that exists"):
        write_animation(tmp_path / "none" / f"a{suffix}", pictures(), Timing(rate=5.0), count=1)
    assert drawn == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("muxer: x\nError writing trailer: No space left on device", "no space left on device; make room on the disk"),
        ("Unknown encoder 'libx264'", "cannot write H.264"),
        ("first\nwhat it was\n", "ffmpeg ended with: what it was; try GIF."),
        ("", "ffmpeg ended with: it gave no reason; try GIF."),
    ],
)
def test_what_ffmpeg_fails_with_becomes_one_sentence(said: str, words: str) -> None:
    assert words in mp4.complaint(said, "ffmpeg")


def test_a_full_disk_ends_a_gif_with_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(WorkError, match="no space left on device; make room"):
        write_animation(tmp_path / "a.gif", scenes(2), Timing(rate=5.0), count=2)
    assert list(tmp_path.iterdir()) == []


def test_without_ffmpeg_the_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mp4, "video_program", lambda: None)
    with pytest.raises(WorkError, match=r'pip install "nnplayground\[video\]", or choose GIF\.$'):
        write_animation(tmp_path / "a.mp4", scenes(2), Timing(rate=5.0), count=2)
    assert list(tmp_path.iterdir()) == []


def test_an_ffmpeg_on_the_path_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    monkeypatch.setattr(mp4, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert mp4.video_program() == str(tmp_path / "ffmpeg")
    assert mp4.can_write_video()


def test_an_ffmpeg_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mp4, "QUALITY", ("-c:v", "no_such_encoder"))
    with pytest.raises(WorkError, match=r"ffmpeg ended with: .*; try GIF\.$"):
        write_animation(tmp_path / "a.mp4", scenes(40), Timing(rate=5.0), count=40)
    assert list(tmp_path.iterdir()) == []


def test_no_ffmpeg_is_left_running_after_a_cancel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)

    def cancelled() -> Iterator[Picture]:
        yield scene(0)
        raise CancelledError

    with pytest.raises(CancelledError):
        write_animation(tmp_path / "a.mp4", cancelled(), Timing(rate=5.0), count=2)
    assert [process.poll() is not None for process in started] == [True]


def test_a_name_without_a_known_ending_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"film.avi" .* \.gif or \.mp4'):
        animation_format(tmp_path / "film.avi")


@pytest.mark.parametrize("rate", [0.0, 51.0, float("nan")])
def test_a_rate_that_no_player_keeps_is_refused(rate: float) -> None:
    with pytest.raises(InputError, match=r"0\.1 to 50"):
        Timing(rate=rate)


def test_the_length_counts_the_pause_at_the_end() -> None:
    assert Timing(rate=10.0, hold=1.5).seconds(60) == pytest.approx(7.5)
