"""All export formats, and the one way in which a model is written: beside, renamed, read back, compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from nnplayground import array_archives
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import InputError, WorkError, clipped, named
from nnplayground.export import model_json, npz
from nnplayground.export.data_paths import portable
from nnplayground.export.model import TrainedModel, same
from nnplayground.files import written_beside
from nnplayground.project.json_text import BYTE_LIMIT, Structure, watched
from nnplayground.project.storage import about_file
from nnplayground.reading_files import Look, read_file, unwatched


@dataclass(frozen=True)
class Format:
    """One export format: what the user reads, the end of the file's name, the way out and the way back.

    `look` makes what sees the bytes of a file as they come, and may refuse it.
    """

    title: str
    suffix: str
    write: Callable[[TrainedModel], bytes]
    read: Callable[[bytes], TrainedModel]
    look: Callable[[], Look] = lambda: unwatched


FORMATS: dict[str, Format] = {
    "npz": Format("NumPy archive", ".npz", npz.write, npz.read, look=lambda: array_archives.Beginning().feed),
    "model_json": Format(
        "Model file (JSON)", ".model.json", model_json.write, model_json.read, look=lambda: Structure().feed
    ),
}


def format_of(path: Path) -> Format:
    """Return the format that the name of the file asks for; raises `InputError` for any other name."""
    for entry in FORMATS.values():
        if path.name.lower().endswith(entry.suffix):
            return entry
    endings = " or ".join(entry.suffix for entry in FORMATS.values())
    raise InputError(f'The file name "{clipped(path.name)}" tells no export format; it must end in {endings}.')


def export(model: TrainedModel, path: Path) -> None:
    """Write the model in the format of the file's name and make sure that it can be read back bit for bit.

    The data of its experiment are named as seen from the folder of the file. Raises `InputError` for an unknown format
    and `WorkError` when writing or comparing fails; a file that stood there before is then untouched.
    """
    entry = format_of(path)
    if model.experiment is not None:
        project = portable(model.experiment.project, path.parent)
        model = replace(model, experiment=replace(model.experiment, project=project))
    content = entry.write(model)
    if not same(entry.read(content), model):
        raise WorkError(f"{named(path)} was not written: the {entry.title} would not give the same weights back.")
    with written_beside(path) as temporary:  # only this program knows it, so no other one writes to it meanwhile
        temporary.write_bytes(content)
        if not same(entry.read(temporary.read_bytes()), model):
            raise WorkError(f"{named(path)} was not written: the disk gives other weights back; try another disk.")


def read_model(path: Path, progress: Progress = UNWATCHED) -> TrainedModel:
    """Return the model in a file; raises `InputError` naming the file and what is wrong with it."""
    entry = format_of(path)
    try:
        content = read_file(path, limit=BYTE_LIMIT, kind="models", at=progress.part(0.0, 0.3).at, look=entry.look())
        with watched(progress.part(0.3, 1.0).at):
            return entry.read(content)
    except InputError as error:
        raise about_file(path, error) from error
