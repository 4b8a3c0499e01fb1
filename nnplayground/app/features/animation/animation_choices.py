"""What can be chosen for an animation, and what comes of it in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nnplayground.app.text.titles import Title
from nnplayground.export.moments import Spacing
from nnplayground.export.moving import FASTEST, Timing
from nnplayground.project.limits import Number, Whole

SIZES: dict[str, tuple[int, int]] = {
    "small": (640, 360),
    "medium": (1280, 720),
    "large": (1920, 1080),
}
SIZE_TITLES = {
    "small": Title("640 × 360", "Small: for a message or a page with other things on it."),
    "medium": Title("1280 × 720", "Medium: for slides and most screens."),
    "large": Title("1920 × 1080", "Large: fills a screen or a projector."),
    "own": Title("Own size", "Any width and height, in pixels."),
}
SPACINGS: dict[Spacing, Title] = {
    "beginning": Title(
        "More of the beginning", "Most frames show the first epochs, in which most happens; later ones go by quickly."
    ),
    "even": Title("Even in epochs", "The same number of epochs lies between any two frames."),
}
KINDS = {
    "gif": Title("GIF", "An animation that every browser and chat shows by itself; up to 256 colours."),
    "mp4": Title("MP4", "An H.264 video: all colours and small files, for players and slides."),
}
WIDTH = Whole(64, 3840, "How many pixels each frame is wide.")
HEIGHT = Whole(64, 2160, "How many pixels each frame is high.")
FRAMES = Whole(1, 2000, "How many pictures the animation has. More make it smoother, longer and larger.")
RATE = Number(0.1, FASTEST, "How many frames are shown in a second.")
SECONDS = Number(0.02, 20_000, "How long the frames take together; the last one then stays a second longer.")
NO_VIDEO = 'It needs the program ffmpeg, which was not found; python -m pip install "nnplayground[video]" brings it.'

HOLD = 1.0
"""Seconds that the last frame stays longer, so that one sees what came of it."""


@dataclass(frozen=True)
class AnimationChoices:
    """What is shown (a name of `subjects`), how large, in which frames, how fast, and as which kind of file."""

    what: str = "window"
    width: int = 1280
    height: int = 720
    frames: int = 60
    spacing: Spacing = "beginning"
    rate: float = 10.0
    kind: str = "gif"
    loops: bool = True

    @property
    def size_name(self) -> str:
        """The name of the size, as `SIZE_TITLES` has it."""
        return next((name for name, size in SIZES.items() if size == (self.width, self.height)), "own")

    @property
    def written_size(self) -> tuple[int, int]:
        """Width and height in the file: those of a video are even."""
        if self.kind != "mp4":
            return self.width, self.height
        return self.width + self.width % 2, self.height + self.height % 2

    @property
    def timing(self) -> Timing:
        """How fast the frames follow each other."""
        return Timing(self.rate, HOLD, self.loops)

    @property
    def seconds(self) -> float:
        """How long the frames take, without the pause at the end."""
        return self.frames / self.rate

    def lasting(self, seconds: float) -> AnimationChoices:
        """Return the choices with the frames shown in so many seconds, as far as the rate allows."""
        return replace(self, rate=min(max(self.frames / seconds, RATE.low), RATE.high))


def estimate(choices: AnimationChoices, epochs: Sequence[int]) -> str:
    """Return what will come out; `epochs` are those of the frames."""
    width, height = choices.written_size
    moments = len(set(epochs))
    shown = f"{moments:,} different moments" if moments != 1 else "one moment"
    span = f"from epoch {epochs[0]:,} to {epochs[-1]:,}" if epochs[0] != epochs[-1] else f"of epoch {epochs[0]:,}"
    frames = f"{choices.frames:,} frames" if choices.frames != 1 else "1 frame"
    seconds = choices.timing.seconds(choices.frames)
    held = f"{seconds:.3g} seconds, the last one held for {HOLD:g}"
    return f"{frames} of {width:,} × {height:,} pixels in {held}; {shown} {span}."
