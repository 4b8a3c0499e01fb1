"""All export formats, and the one way in which a model is written: beside, renamed, read back, compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from nnplayground.errors import InputError, WorkError
from nnplayground.export import model_json, npz
from nnplayground.export.data_paths import portable
from nnplayground.export.model import TrainedModel, same
from nnplayground.files import reason, write_atomically


@dataclass(frozen=True)
class Format:
    """One export format: what the user reads, the end of the file's name, the way out and the way back."""

    title: str
    suffix: str
    write: Callable[[TrainedModel], bytes]
    read: Callable[[bytes], TrainedModel]


FORMATS: dict[str, Format] = {
    "npz": Format("NumPy archive", ".npz", npz.write, npz.read),
    "model_json": Format("Model file (JSON)", ".model.json", model_json.write, model_json.read),
}


def format_of(path: Path) -> Format:
    """Return the format that the name of the file asks for; raises `InputError` for any other name."""
    for entry in FORMATS.values():
        if path.name.lower().endswith(entry.suffix):
            return entry
    endings = " or ".join(entry.suffix for entry in FORMATS.values())
    raise InputError(f'The file name "{path.name}" tells no export format; it must end in {endings}.')


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
        raise WorkError(f"{path} was not written: the {entry.title} would not give the same weights back.")
    write_atomically(path, content)
    if not same(read_model(path), model):
        raise WorkError(f"{path} was written, but the disk gives other weights back; try another disk.")


def read_model(path: Path) -> TrainedModel:
    """Return the model in a file; raises `InputError` naming the file and what is wrong with it."""
    entry = format_of(path)
    try:
        return entry.read(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} could not be read: {reason(error)}.") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
