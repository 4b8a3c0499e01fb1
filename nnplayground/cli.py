"""The commands. Exit status 0: done, 1: the work failed, 2: the call or a file was wrong.

Whatever is wrong with the input ends in one line on stderr, never in a traceback.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from nnplayground.cli_arguments import COMMANDS, command_parser, window_parser
from nnplayground.data.cells import quoted
from nnplayground.data.csv_table import RaggedError
from nnplayground.data.reading import Reading
from nnplayground.data.workbook import WORKBOOKS, is_workbook_name
from nnplayground.errors import InputError, UserError, WorkError, clipped, named
from nnplayground.explain.data_as_json import data_as_json
from nnplayground.explain.gradient_check import check_as_json, check_message
from nnplayground.explain.terminal import data_lines, many_summary, sentence, summary
from nnplayground.explain.words import cost_unit, words_of
from nnplayground.export.formats import export, format_of
from nnplayground.export.moving import Timing
from nnplayground.export.opening import guess_of, is_table, open_project
from nnplayground.export.reopening import DataNotFoundError, Opened
from nnplayground.files import absolute, check_writable, reason
from nnplayground.headless import ProgressBar, has_display, model_of, run_of, train, with_epochs
from nnplayground.json_values import Json
from nnplayground.message import Facts, Message
from nnplayground.project.commands import Command, edited
from nnplayground.project.model import Project, TableSource
from nnplayground.reading_files import is_there
from nnplayground.training.many.multi_seed_runs import train_many
from nnplayground.training.many.runs_as_json import runs_as_json
from nnplayground.training.observe.gradient_check import gradient_check
from nnplayground.training.run.prepare import Prepared, prepare
from nnplayground.training.run.run import Run
from nnplayground.unfinished import remove_left_behind

OUTPUT_FOLDER = "nnplayground-output"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    remove_left_behind()
    try:
        return _dispatch(given)
    except InputError as error:
        return _complain(error, status=2)
    except UserError as error:
        return _complain(error, status=1)
    except MemoryError:
        return _complain(WorkError("There is too little memory for this network and these data."), status=1)
    except BrokenPipeError:  # the program that reads our output has ended
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("nnplayground: stopped.", file=sys.stderr)
        return 130


def _complain(error: UserError, *, status: int) -> int:
    print(f"nnplayground: {' '.join(str(error).split())}", file=sys.stderr)
    return status


def _dispatch(given: list[str]) -> int:
    if given and given[0] in COMMANDS:
        options = command_parser().parse_args(given)
        return {"train": _train, "screenshot": _screenshot, "animate": _animate}[options.command](options)
    if given and not given[0].startswith("-") and not Path(given[0]).suffix and not is_there(Path(given[0])):
        commands = f"{', '.join(COMMANDS[:-1])} and {COMMANDS[-1]}"
        raise InputError(f"There is neither a command nor a file {quoted(given[0])}; the commands are {commands}.")
    return _window(window_parser().parse_args(given))


def _train(options: argparse.Namespace) -> int:
    _check_call(options)
    with about(options.project), _ragged_rows_explained(options.project):
        opened = _with_settings(open_project(options.project, reading=_reading(options)), options.settings)
        if options.seeds:
            return _train_many(with_epochs(opened.project, options.epochs), options)
        run = run_of(opened, options.epochs)
    if not options.quiet:
        _tell_opened(opened, goes_on=run.stop is None)
    data = _tell_data(run.data, opened.project, options)
    report = _train_visibly(run, quiet=options.quiet)
    report |= {"data": data} if data else {}
    check = gradient_check(run) if options.check_gradient else None
    if check is not None:
        report["gradient_check"] = check_as_json(check)
    _print_report(report, options)
    if check is not None and not check.passed:
        raise WorkError(f"{named(options.project)}: {words_of(check_message(check))}")
    if run.stop is not None and run.stop.has_diverged:
        raise WorkError(f"{named(options.project)}: {words_of(run.stop.message)} Nothing was exported.")
    _tell_best(run, options)
    for path in options.export:
        export(model_of(run), path)
        if not options.quiet:
            print(f"Exported, read back and compared: {named(path)}", file=sys.stderr)
    return 0


def _with_settings(opened: Opened, settings: Sequence[Command]) -> Opened:
    """Return what was opened with other values in some fields; what was trained before goes with the old ones."""
    if settings and opened.trained is not None:
        raise InputError("A trained network goes on with the settings it was trained with; --set is for projects.")
    project = opened.project
    for setting in settings:
        project = edited(project, setting)
    return replace(opened, project=project)


def _train_many(project: Project, options: argparse.Namespace) -> int:
    """Train a project from many seeds together and tell how far the results lie apart."""
    if options.export or options.check_gradient:
        raise InputError("Many runs end in many networks; leave out --seeds to export or check a single one.")
    if options.best:
        raise InputError("Many runs end in many networks, of which none is exported; leave out --seeds or --best.")
    prepared = prepare(project)
    data = _tell_data(prepared, project, options)
    start, bar = time.perf_counter(), ProgressBar(label=f"Training {len(options.seeds)} runs")
    limit = project.training.stop.max_epochs or 0

    def go_on(epoch: int, _active: int) -> bool:
        if not options.quiet:
            bar(epoch, limit)
        return True

    many = train_many(project, options.seeds, vary=options.vary or "all", progress=go_on)
    if not options.quiet:
        bar.finish(max(many.epochs), limit)
    seconds = time.perf_counter() - start
    figures = runs_as_json(
        many, classes=bool(prepared.rule.classes), seconds=seconds, cost_unit=cost_unit(prepared.scaled_targets)
    )
    figures |= {"data": data} if data else {}
    if options.json:
        print(json.dumps(figures, allow_nan=False))
    elif not options.quiet:
        print(many_summary(figures))
    return 0


def _check_call(options: argparse.Namespace) -> None:
    """Refuse what must not be found out after an hour of training, such as a folder that is not there."""
    if options.vary and not options.seeds:
        raise InputError("Argument --vary says what the seeds of --seeds change; name these as well, or leave it out.")
    for path in options.export:
        format_of(path)
        check_writable(path)


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Put the name of the file in front of what is wrong in it, unless it is there already."""
    try:
        yield
    except InputError as error:
        has_name = any(named(place) in str(error) for place in (path, absolute(path)))
        raise InputError(str(error) if has_name else f"{named(path)}: {error}") from error


def _reading(options: argparse.Namespace) -> Reading:
    """Return how a table is to be read."""
    if (options.sheet or options.leave_out_ragged) and not is_table(options.project):
        raise InputError("The options --sheet and --leave-out-ragged are for tables; leave them out.")
    if options.sheet and not is_workbook_name(options.project.name):
        raise InputError(f"The option --sheet is for workbooks ({', '.join(WORKBOOKS)}); leave it out.")
    return Reading(sheet=options.sheet or "", ragged="leave_out" if options.leave_out_ragged else "refuse")


@contextmanager
def _ragged_rows_explained(path: Path) -> Iterator[None]:
    """Say how rows of another width are left out, after the sentence that says that there are some."""
    try:
        yield
    except RaggedError as error:
        how = "--leave-out-ragged" if is_table(path) else '"ragged": "leave_out" in data.source'
        raise InputError(f"{error} To leave them out, use {how}.") from error


def _tell_data(data: Prepared, project: Project, options: argparse.Namespace) -> Json | None:
    """Say in two lines what was taken of a table and what was left out, and return all of it for `--json`."""
    source = project.data.source
    guess = guess_of(source) if isinstance(source, TableSource) and is_table(options.project) else None
    told = data_as_json(data.samples, data.notes, guess)
    if told is not None and not (options.quiet or options.json):
        print("\n".join(data_lines(told)))
    return told


def _tell_best(run: Run, options: argparse.Namespace) -> None:
    """Say which epoch was the best where training went on after it, and go back to it where that is asked for."""
    if run.best_epoch == run.epoch:
        return
    chosen = Message("phrase.chosen_on", {"part": run.data.deciding})
    facts: Facts = {"epoch": run.epoch, "best": run.best_epoch, "chosen": chosen}
    if options.best:
        run.restore_best()
    if options.quiet:
        return
    if not run.is_best_restored:
        past = Message("past_best.offered", facts)
    else:
        past = Message("past_best.exported" if options.export else "past_best.restored", facts)
    print(words_of(past), file=sys.stderr)


def _train_visibly(run: Run, *, quiet: bool) -> Json:
    bar = ProgressBar(label="Training")
    report = train(run, progress=(lambda done, total: None) if quiet else bar)
    if not quiet:
        bar.finish(run.epoch, run.project.training.stop.max_epochs or run.epoch)
    return report


def _print_report(report: Json, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(report, allow_nan=False))
    elif not options.quiet:
        print(summary(report))
        if "gradient_check" in report:
            print("\n" + report["gradient_check"]["sentence"])


def _screenshot(options: argparse.Namespace) -> int:
    if options.out.suffix.lower() != ".png":
        raise InputError(f'The file name "{clipped(options.out.name)}" must end in .png.')
    check_writable(options.out)
    with about(options.project or Path("starter")):
        opened = open_project(options.project) if options.project else Opened(Project())
    _tell_opened(opened, goes_on=options.epochs > 0)
    style = {"size": options.size, "theme": options.theme, "measures": options.measures}
    _draw(options.out, opened.project, trained=opened.trained, epochs=options.epochs, **style)
    print(f"Wrote {named(options.out)}", file=sys.stderr)
    return 0


def _animate(options: argparse.Namespace) -> int:
    from nnplayground.export.animation import check_animation

    check_animation(options.out)  # what is wrong with it must not be found out after the training
    check_writable(options.out)
    with about(options.project or Path("starter")):
        opened = open_project(options.project) if options.project else Opened(Project())
    _tell_opened(opened, goes_on=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app, bar = _app(), ProgressBar(label="Drawing", unit="frame")
    from nnplayground.app.features.animation.one_film import write_film

    with app.trained_window(
        opened.project, trained=opened.trained, epochs=options.epochs, size=(1280, 720), theme=options.theme
    ) as window:
        write_film(
            window,
            options.out,
            what=options.what,
            size=options.size,
            frames=options.frames,
            timing=Timing(options.rate),
            progress=lambda drawn: bar(drawn, options.frames),
        )
    bar.finish(options.frames, options.frames)
    print(f"Wrote {named(options.out)}", file=sys.stderr)
    return 0


def _draw(out: Path, project: Project, *, epochs: int, **style: Any) -> None:
    """Draw the real window off screen; Qt must not have been started on a screen before."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _app().draw_window(out, project, epochs=epochs, **style)


def _tell_opened(opened: Opened, *, goes_on: bool) -> None:
    """Say on stderr what a model file held, and what there is to know about it."""
    if opened.told:
        told = Message("reopened.then_train" if goes_on else "reopened.only", {"opened": opened.told})
        print(words_of(told), file=sys.stderr)
    for note in opened.notes:
        print(words_of(note), file=sys.stderr)


def _window(options: argparse.Namespace) -> int:
    missing: DataNotFoundError | None = None
    opened = Opened(Project())
    with about(options.file or Path("starter")):
        try:
            opened = open_project(options.file) if options.file else opened
        except DataNotFoundError as error:
            if not has_display():
                raise
            missing = error  # the window asks where the data are
    if not has_display():
        return _without_window(opened)
    path = None if missing else options.file
    status: int = _app().run_app(opened, path=path, theme=options.theme, missing=missing)
    return status


def _app() -> ModuleType:
    """Return the module that shows windows; missing system libraries are told in one sentence."""
    try:
        from nnplayground.app import main as app
    except ImportError as error:
        if str(error.name).startswith("nnplayground"):
            raise  # not a missing library but a mistake of the program
        raise WorkError(
            f"Qt could not be loaded ({error}); on Debian or Ubuntu install its system libraries with: "
            "sudo apt-get install libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 "
            "fonts-dejavu-core"
        ) from error
    return app


def _without_window(opened: Opened) -> int:
    """Do the main job where no window can be shown."""
    print("No display was found, so the main job is done without a window.", file=sys.stderr)
    folder = Path.cwd() / OUTPUT_FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WorkError(f"{named(folder)} could not be made: {reason(error)}.") from error
    weights, picture = (folder / "weights.npz", folder / "weights.model.json"), folder / "window.png"
    for path in (*weights, picture):
        check_writable(path)
    run = run_of(opened, None)
    _tell_opened(opened, goes_on=run.stop is None)
    begun = run.epoch
    report = _train_visibly(run, quiet=False)
    if run.stop is not None and run.stop.has_diverged:
        raise WorkError(words_of(run.stop.message))
    for path in weights:
        export(model_of(run), path)
    style = {"trained": opened.trained, "size": (1280, 720), "theme": "light"}
    _draw(picture, opened.project, epochs=run.epoch - begun, **style)
    print(sentence(report))
    print(f"In {folder}: {picture.name} (the window), {weights[0].name} and {weights[1].name} (the trained network).")
    return 0
