"""What each command takes: its arguments, checked and turned into values before anything else happens."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from nnplayground import __version__
from nnplayground.data.cells import quoted
from nnplayground.errors import InputError, clipped
from nnplayground.export.moving import FASTEST, Timing
from nnplayground.project.commands import Argument, Command
from nnplayground.project.json_text import parse_json
from nnplayground.training.many.multi_seed_runs import VARIES, Vary

LONGEST_MESSAGE = 400
COMMANDS = ("train", "screenshot", "animate")
FILMED = {"window": "window", "network": "network", "boundary": "output", "cost": "cost", "measures": "measures"}
MAX_SIDE = 8192
MOST_SEEDS = 1024
MOST_FRAMES = 2000
THEMES = ("light", "dark")


class _Parser(argparse.ArgumentParser):
    """Reports a wrong call like every other wrong input: one line, exit status 2."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{clipped(message[1:], limit=LONGEST_MESSAGE)}; see {self.prog} --help.")


def _setting(text: str) -> Command:
    """Return the command that gives a field the value in FIELD=VALUE, which is JSON or, if it is none, a text."""
    path, equals, value = text.partition("=")
    if not equals or not path:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no FIELD=VALUE, such as training.batch_size=32")
    return Command("set_value", {"path": path.strip(), "value": _json_or_text(value)})


def _json_or_text(text: str) -> Argument:
    """Return the value of a text in JSON, or the text itself where it is none."""
    try:
        content = parse_json(f'{{"value": {text}}}')
    except InputError:
        return text
    value: Argument = content["value"] if content.keys() == {"value"} else text
    return value


def window_parser() -> _Parser:
    """Return what reads the arguments that open the window."""
    parser = _Parser(
        prog="nnplayground",
        description="A desktop laboratory in which one sees how a neural network learns.",
        epilog="Commands: nnplayground train PROJECT ..., nnplayground screenshot OUT.png ..., "
        "nnplayground animate OUT.gif ... (each has --help). "
        "Without a command the window opens.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a project, a model or a table to open")
    parser.add_argument("--theme", type=_theme, metavar="light|dark", help="instead of the system's")
    parser.add_argument("--version", action="version", version=f"NN Playground {__version__}")
    return parser


def command_parser() -> _Parser:
    """Return what reads the arguments of all commands without a window."""
    parser = _Parser(prog="nnplayground")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    training = commands.add_parser("train", help="train a project without a window", description="Train a project.")
    training.add_argument(
        "project", type=Path, metavar="PROJECT", help="a project file (*.nnp.json), a model or a table"
    )
    training.add_argument(
        "--epochs", type=_epochs, metavar="N", help="stop after N epochs; a trained model goes on for N more"
    )
    training.add_argument(
        "--set", type=_setting, action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="change a field of the project before training, by its path in the file: training.batch_size=32",
    )  # fmt: skip
    training.add_argument(
        "--export", type=Path, nargs="+", action="extend", default=[], metavar="PATH", help="*.npz or *.model.json"
    )
    training.add_argument(
        "--seeds", type=_seeds, metavar="LIST", help="train once for each seed, all together: 1-16 or 1,2,5-9"
    )
    training.add_argument(
        "--vary",
        type=_vary,
        metavar="all|weights",
        help="what the seeds of --seeds change: all that follows the seed of the project (default), "
        "or only the first weights",
    )
    training.add_argument(
        "--check-gradient", action="store_true", help="hold backpropagation against finite differences at the end"
    )
    training.add_argument(
        "--best", action="store_true", help="export the network of the best epoch where training went on after it"
    )
    training.add_argument(
        "--leave-out-ragged", action="store_true", help="leave out the rows of a table with another number of cells"
    )
    training.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook (.xlsx, .ods); default: the first")
    training.add_argument("--json", action="store_true", help="print the result as one JSON object on stdout")
    training.add_argument("--quiet", action="store_true", help="no progress bar and no summary")
    picture = commands.add_parser(
        "screenshot",
        help="draw the window off screen",
        description="Train a project and draw the real window off screen.",
    )
    picture.add_argument("out", type=Path, metavar="OUT.png")
    picture.add_argument("project", type=Path, nargs="?", metavar="PROJECT", help="default: the starter project")
    picture.add_argument(
        "--epochs",
        type=_epochs_or_none,
        default=0,
        metavar="N",
        help="train N epochs first; a trained model goes on for N more",
    )
    picture.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="default 1280x720")
    picture.add_argument("--theme", type=_theme, metavar="light|dark", default="light")
    picture.add_argument("--measures", action="store_true", help="with the measures open")
    _add_animation(commands.add_parser("animate", help="write the training as a GIF or an MP4 video"))
    return parser


def _add_animation(film: argparse.ArgumentParser) -> None:
    film.description = "Train a project and write what its network went through as a moving picture."
    film.add_argument("out", type=Path, metavar="OUT.gif|OUT.mp4")
    film.add_argument("project", type=Path, nargs="?", metavar="PROJECT", help="default: the starter project")
    film.add_argument(
        "--epochs",
        type=_epochs,
        default=100,
        metavar="N",
        help="train N epochs (default 100); a trained model goes on for N more",
    )
    film.add_argument("--frames", type=_frames, default=60, metavar="K", help="so many pictures (default 60)")
    film.add_argument("--rate", type=_rate, default=10.0, metavar="R", help="R pictures a second (default 10)")
    film.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="default 1280x720")
    film.add_argument("--what", type=_filmed, default="window", metavar="|".join(FILMED), help="default: window")
    film.add_argument("--theme", type=_theme, metavar="light|dark", default="light")


def _frames(text: str) -> int:
    return _whole(text, low=1, high=MOST_FRAMES)


def _rate(text: str) -> float:
    try:
        return Timing(float(text)).rate
    except (ValueError, InputError):
        raise argparse.ArgumentTypeError(
            f"{quoted(text)} is no number of frames a second from 0.1 to {FASTEST:g}"
        ) from None


def _filmed(text: str) -> str:
    if text not in FILMED:
        raise argparse.ArgumentTypeError(f"{quoted(text)} cannot be shown; it must be one of {', '.join(FILMED)}")
    return FILMED[text]


def _epochs(text: str) -> int:
    return _whole(text, low=1)


def _epochs_or_none(text: str) -> int:
    return _whole(text, low=0)


def _whole(text: str, *, low: int, high: int = 1_000_000_000) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
    if not low <= number <= high:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no whole number from {low} to {high:,}")
    return number


def _seeds(text: str) -> tuple[int, ...]:
    """Return the seeds in a list of numbers and ranges."""
    seeds: list[int] = []
    for part in text.split(","):
        low, dash, high = part.partition("-")
        first = _whole(low, low=0)
        last = _whole(high, low=first) if dash else first
        if last - first >= MOST_SEEDS:
            raise argparse.ArgumentTypeError(f"{quoted(part)} are too many seeds; up to {MOST_SEEDS} are possible")
        seeds += range(first, last + 1)
    if len(seeds) > MOST_SEEDS or len(set(seeds)) < len(seeds):
        raise argparse.ArgumentTypeError(f"{quoted(text)} must name up to {MOST_SEEDS} seeds, each only once")
    return tuple(seeds)


def _vary(text: str) -> Vary:
    for vary in VARIES:
        if text == vary:
            return vary
    raise argparse.ArgumentTypeError(f"{quoted(text)} is nothing that can vary; it must be {' or '.join(VARIES)}")


def _theme(text: str) -> str:
    if text not in THEMES:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no theme; it must be {' or '.join(THEMES)}")
    return text


def _size(text: str) -> tuple[int, int]:
    sides = text.lower().split("x")
    if len(sides) != 2 or not all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides):
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no size such as 1280x720")
    width, height = int(sides[0]), int(sides[1])
    if not (320 <= width <= MAX_SIDE and 240 <= height <= MAX_SIDE):
        raise argparse.ArgumentTypeError(f"{quoted(text)} is outside 320x240 to {MAX_SIDE}x{MAX_SIDE}")
    return width, height
