"""Writes MP4 videos that play everywhere (H.264, 4:2:0), with the program ffmpeg in a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import numpy as np

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import WorkError, printable
from nnplayground.export.moving import Picture, Timing

PACKAGE = "imageio_ffmpeg"  # optional, and imported for the first video only
INSTALL = 'install it with: python -m pip install "nnplayground[video]", or choose GIF'
# The colours of HDTV, said in the file as well: a player that has to guess shows others.
TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
COLOURS = f"scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p,{TAGS}"
QUALITY = ("-c:v", "libx264", "-preset", "medium", "-crf", "16", "-profile:v", "high", "-pix_fmt", "yuv420p")
FINEST_RATE = 1000  # the rate of pictures as a fraction with a denominator up to this


def video_program() -> str | None:
    """Return the path of ffmpeg: that of the extra `video`, or else one that is found on the PATH; else nothing."""
    if find_spec(PACKAGE) is not None:
        try:
            return str(import_module(PACKAGE).get_ffmpeg_exe())
        except RuntimeError:  # there is no ffmpeg in it for this kind of machine
            pass
    return shutil.which("ffmpeg")


def needed_program() -> str:
    """Return the path of ffmpeg; raises `WorkError` with one sentence where there is none."""
    program = video_program()
    if program is None:
        raise WorkError(f"An MP4 video needs the program ffmpeg, which was not found; {INSTALL}.")
    return program


def can_write_video() -> bool:
    """Tell, without loading or starting anything, whether there is likely to be an ffmpeg."""
    return find_spec(PACKAGE) is not None or shutil.which("ffmpeg") is not None


def write_mp4(path: Path, pictures: Iterable[Picture], timing: Timing, progress: Progress = UNWATCHED) -> None:
    """Write pictures of one size as they come; an odd side is made even by repeating its last row or column.

    Raises `WorkError` with one sentence when there is no ffmpeg, or it cannot write the file.
    """
    program = needed_program()
    with tempfile.TemporaryFile() as said:
        film = VideoEncoder(program, path, timing, said)
        try:
            last = None
            for picture in pictures:
                last = even_sides(picture)
                film.add(last)
            for _ in range(round(timing.hold * timing.rate) if last is not None else 0):
                film.add(last)
            progress.at(0.5)  # the video lacks only its end
            film.finish()
        finally:
            film.end()


def even_sides(picture: Picture) -> Picture:
    """Return the picture with an even height and width: colours are stored for blocks of 2 × 2 pixels."""
    height, width, _ = picture.shape
    return np.ascontiguousarray(np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge"))


class VideoEncoder:
    """One run of ffmpeg, fed picture by picture. `said` is a file for what it complains about."""

    def __init__(self, program: str, path: Path, timing: Timing, said: IO[bytes]) -> None:
        self._program, self._path, self._said = program, path, said
        self._rate = Fraction(timing.rate).limit_denominator(FINEST_RATE)
        self._process: subprocess.Popen[bytes] | None = None

    def add(self, picture: Picture | None) -> None:
        """Take one more picture; the first one says the size."""
        if picture is None:
            return
        if self._process is None:
            self._process = self._start(picture.shape[1], picture.shape[0])
        pipe = self._process.stdin
        try:
            if pipe is not None:
                pipe.write(picture.data.cast("B"))
        except (BrokenPipeError, OSError):
            self.finish()  # tells what ffmpeg has ended with

    def finish(self) -> None:
        """Wait for the end of the file; raises `WorkError` when ffmpeg could not write it."""
        if self._process is None:
            raise ValueError("a film without pictures")
        try:
            self._process.communicate()
        except OSError:
            self._process.wait()
        if self._process.returncode != 0:
            self._said.seek(0)
            raise WorkError(complaint(self._said.read().decode("utf-8", errors="replace"), self._program))

    def end(self) -> None:
        """Stop ffmpeg if it still runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def _start(self, width: int, height: int) -> subprocess.Popen[bytes]:
        """Start ffmpeg; it reads pixels from its input and writes the file."""
        rate = f"{self._rate.numerator}/{self._rate.denominator}"
        source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", rate, "-i", "-")
        target = ("-vf", COLOURS, *QUALITY, "-movflags", "+faststart", "-f", "mp4", str(self._path))
        command = [self._program, "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *source, "-an", *target]
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows has it, and would show a console
        try:
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._said, creationflags=hidden
            )
        except OSError as error:
            raise WorkError(f"The program ffmpeg at {self._program} could not be started; {INSTALL}.") from error


def complaint(said: str, program: str) -> str:
    """Return one sentence for the user from what ffmpeg has said as it failed."""
    if "No space left" in said:
        return "The video could not be written: no space left on device; make room on the disk or choose another one."
    if "libx264" in said:
        return f"The ffmpeg at {program} cannot write H.264 (it has no libx264); {INSTALL}."
    last = printable(said.strip().rpartition("\n")[2]) or "it gave no reason"
    return f"The video could not be written; ffmpeg ended with: {last}; try GIF."
