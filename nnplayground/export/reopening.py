"""From a model file back to the experiment that it holds: found data, the trained network, ready to go on.

The first weights of the experiment stay those of its seed; the trained ones are what a run goes on from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isclose, isfinite
from pathlib import Path

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.cells import listed
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.scaling import AS_THEY_ARE, Scaling
from nnplayground.errors import InputError, clipped, named, shown
from nnplayground.export.data_paths import candidates, data_path, with_data_path
from nnplayground.export.experiment import Experiment, left_out
from nnplayground.export.layers import TrainedLayer
from nnplayground.export.model import TrainedModel
from nnplayground.files import absolute
from nnplayground.message import Facts, Message
from nnplayground.project.model import ImagesSource, Project
from nnplayground.training.run.measures import PartMeasures
from nnplayground.training.run.parts import Part
from nnplayground.training.run.prepare import Prepared, prepare
from nnplayground.training.run.run import Run
from nnplayground.training.run.trained_state import MOST_UNKNOWN_EPOCHS, TrainedState

NAMED = 5
"""How many columns or classes a sentence names."""
SAME_COST = 1e-6
"""By how much of itself a cost may differ that another machine has computed of the same numbers."""


@dataclass(frozen=True, eq=False)
class Opened:
    """What a file held: a project and, from a model file with its experiment, the network as it was trained.

    `told` says what was opened, without a full stop, where that is more than a project; `notes` are what else there is
    to know.
    """

    project: Project
    trained: TrainedState | None = None
    told: Message | None = None
    notes: tuple[Message, ...] = ()


class DataNotFoundError(InputError):
    """The data of an experiment are not where they were looked for, or are others; `model` is the file it is in.

    `is_folder` tells whether a folder of pictures is wanted and not a table.
    """

    def __init__(self, sentence: str, model: Path, *, is_folder: bool) -> None:
        super().__init__(sentence)
        self.model, self.is_folder = model, is_folder


class OtherDataError(InputError):
    """Data are not those that a network was trained on."""


def reopen(
    model: TrainedModel,
    experiment: Experiment,
    path: Path,
    *,
    data: Path | None = None,
    progress: Progress = UNWATCHED,
) -> Opened:
    """Return the experiment in the model file at `path`, trained; `progress` can end the reading of its data.

    The data are those at `data`, or else they are looked for. Raises `DataNotFoundError` where there are none that fit.
    """
    project = experiment.project
    if not data_path(project):
        return _with_own_data(model, experiment, project, path, progress)
    places = [str(absolute(data))] if data is not None else list(candidates(project, path.parent))
    problem = ""
    found: list[Opened] = []
    for place in places:
        try:
            found.append(_opened(model, experiment, with_data_path(project, place, path.parent), path, progress))
        except InputError as error:
            problem = problem or _problem(place, error)
        else:
            if not found[-1].notes:
                return found[-1]
    if found:
        return found[0]
    raise DataNotFoundError(
        problem or _not_found(project, path), path, is_folder=isinstance(project.data.source, ImagesSource)
    )


def _with_own_data(
    model: TrainedModel, experiment: Experiment, project: Project, path: Path, progress: Progress
) -> Opened:
    """Return an experiment that needs no file for its data, as they are made from its settings."""
    try:
        return _opened(model, experiment, project, path, progress)
    except OtherDataError as error:
        raise InputError(
            f"The data of the experiment in this file are not those that the network was trained on: {error}."
        ) from error


def _opened(model: TrainedModel, experiment: Experiment, project: Project, path: Path, progress: Progress) -> Opened:
    """Return the experiment with the data that the project names; raises `InputError` where they do not fit."""
    data = prepare(project, progress)
    _check_data(model, data)
    notes: list[Message] = []
    fitting = model
    if (data.scaling, data.target_scaling) != (model.scaling, model.target_scaling):
        fitting, note = _fitted(model, data)
        notes.append(note)
    standing = experiment.standing
    if standing.epoch > MOST_UNKNOWN_EPOCHS:
        notes.append(Message("reopened.counted_anew", {"epochs": standing.epoch}))
        standing = standing.counted_anew()
    state = TrainedState(_parameters(fitting, experiment), standing, data)
    measured = Run(project, data, trained=state).measures_by_part()
    if not notes and (other := _note_on_costs(model, measured)):
        notes.append(other)
    return Opened(project, state, _told(model, experiment, data, measured, path), tuple(notes))


def _parameters(model: TrainedModel, experiment: Experiment) -> Floats:
    """Return the flat vector of the experiment's network, with the weights of neurons that are switched off."""
    architecture = model.architecture_of(experiment)
    flat = architecture.flatten([weights.reshape(len(weights), -1) for weights in model.weights], model.biases)
    flat[left_out(architecture)] = experiment.off
    return flat


def _check_data(model: TrainedModel, data: Prepared) -> None:
    """Refuse data of which the trained network would give answers that mean something else."""
    samples = data.samples
    pairs = (
        ("inputs", model.inputs, samples.input_names),
        ("classes", model.classes, samples.classes),
        ("targets", model.targets or samples.target_names, samples.target_names),
        ("features", model.features, data.features),
    )
    for what, wanted, found in pairs:
        if wanted != found:
            raise OtherDataError(_difference(what, wanted, found))
    if model.image_shape not in (None, samples.image_shape):
        raise OtherDataError(f"its pictures have the size {samples.image_shape}, not {model.image_shape}")
    outputs = data.rule.outputs, data.rule.activation
    if outputs != (model.output.units, model.output.activation):
        raise OtherDataError(f"it asks for {outputs[0]} outputs ({outputs[1]}), and the network has other ones")


def _difference(what: str, wanted: Sequence[str], found: Sequence[str]) -> str:
    """Return in which names two lists differ."""
    names = partial(listed, limit=NAMED, write=shown)
    missing = names([name for name in wanted if name not in found])
    more = names([name for name in found if name not in wanted])
    if missing and more:
        return f"its {what} have {more} in place of {missing}"
    if missing or more:
        return f"its {what} lack {missing}" if missing else f"its {what} have {more} as well"
    return f"its {what} are in another order: {names(found)}, not {names(wanted)}"


def _problem(place: str, error: InputError) -> str:
    """Return why the data at a place are not those of the experiment."""
    name = named(Path(Path(place).name))
    if isinstance(error, OtherDataError):
        return f"The data in {named(Path(place))} are not those that the network was trained on: {error}."
    text = str(error)
    return text if name in text else f"{named(Path(place))}: {text}"


def _not_found(project: Project, path: Path) -> str:
    """Return which data are not there, and where they were looked for."""
    stored = data_path(project)
    is_folder = isinstance(project.data.source, ImagesSource)
    what = "folder of pictures" if is_folder else "table"
    name = clipped(Path(stored).name)
    places = f"in {named(absolute(path.parent))}"
    if stored != name:
        places += f" and as {clipped(stored)} seen from there"
    return f"The {what} {name}, on which the network was trained, was not found {places}; put it there."


def _fitted(model: TrainedModel, data: Prepared) -> tuple[TrainedModel, Message]:
    """Return the model with the scaling that the data get now, which answers as before as far as that is possible."""
    try:
        fitting = rescaled(model, data.scaling) if model.scaling != data.scaling else model
        fitting = _retargeted(fitting, data.target_scaling)
    except ValueError:
        return model, Message("reopened.answers_otherwise")
    return fitting, Message("reopened.adapted")


def rescaled(model: TrainedModel, scaling: Scaling) -> TrainedModel:
    """Return the same function of inputs that are scaled in another way: W' = W c'/c, b' = b + W (s' - s)/c.

    Raises `ValueError` where the first layer sees more than one input with the same weight, or numbers become infinite.
    """
    if not model.weighs_every_input:
        raise ValueError("filters see all pixels with the same weights")
    shift, scale = (np.array(values) for values in (model.scaling.shift, model.scaling.scale))
    with np.errstate(over="ignore", invalid="ignore"):  # what becomes too large is told below
        first = model.weights[0] / scale
        biases = model.biases[0] + first @ (np.array(scaling.shift) - shift)
        first = first * np.array(scaling.scale)
    if not (np.isfinite(first).all() and np.isfinite(biases).all()):
        raise ValueError("the weights of the first layer become infinite")
    layers = _with_numbers(model, 0, first, biases)
    return replace(model, layers=layers, scaling=scaling, experiment=None)


def _with_numbers(model: TrainedModel, number: int, weights: Floats, biases: Floats) -> tuple[TrainedLayer, ...]:
    """Return the layers of a model with other weights and biases in the layer with weights of this number."""
    place = [place for place, layer in enumerate(model.layers) if layer.weights is not None][number]
    changed = replace(model.layers[place], weights=weights, biases=biases)
    return *model.layers[:place], changed, *model.layers[place + 1 :]


def _retargeted(model: TrainedModel, scaling: Scaling) -> TrainedModel:
    """Return the same function with targets that are scaled in another way; raises `ValueError` where it cannot be."""
    if scaling == model.target_scaling:
        return model
    if model.output.activation != "identity":
        raise ValueError("only outputs without an activation can be scaled by their weights")
    scalings = (model.target_scaling, scaling)
    (shift, scale), (new_shift, new_scale) = (_numbers(one, model.output.units) for one in scalings)
    weights = model.weights[-1] * (scale / new_scale)[:, None]
    biases = (model.biases[-1] * scale + shift - new_shift) / new_scale
    if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
        raise ValueError("the weights of the last layer become infinite")
    layers = _with_numbers(model, -1, weights, biases)
    return replace(model, layers=layers, target_scaling=scaling, experiment=None)


def _numbers(scaling: Scaling, outputs: int) -> tuple[Floats, Floats]:
    """Return shift and scale `[outputs]` of targets; those that are as they are have 0 and 1."""
    if scaling == AS_THEY_ARE:
        return np.zeros(outputs), np.ones(outputs)
    return np.array(scaling.shift), np.array(scaling.scale)


def _note_on_costs(model: TrainedModel, measured: PartMeasures) -> Message | None:
    """Return a note where the network costs something else on the data of today; `None` where it does not."""
    facts = model.facts
    costs: dict[Part, float | None] = {
        "train": facts.train_cost,
        "validation": facts.validation_cost,
        "test": facts.test_cost,
    }
    for part, then in costs.items():
        now = measured.of(part).cost
        if then is not None and not _is_same(then, now):
            about: Facts = {"part": part, "then": then}
            if now is None:
                return Message("reopened.unknown_cost", about)
            return Message("reopened.other_cost", {**about, "now": now})
    return None


def _is_same(then: float, now: float | None) -> bool:
    return now is not None and isfinite(now) and isclose(then, now, rel_tol=SAME_COST, abs_tol=1e-12)


def _told(model: TrainedModel, experiment: Experiment, data: Prepared, measured: PartMeasures, path: Path) -> Message:
    """Return what was opened."""
    epoch, epochs = experiment.standing.epoch, model.facts.epochs
    far = Message("phrase.epochs", {"epochs": epoch})
    if epoch < epochs:
        chosen = Message("phrase.chosen_on", {"part": data.deciding})
        far = Message("reopened.best_epoch", {"epoch": epoch, "epochs": epochs, "chosen": chosen})
    results = (far, *_score(measured, is_share=bool(model.classes)))
    return Message("reopened.opened", {"file": clipped(path.name), "results": results})


def _score(measured: PartMeasures, *, is_share: bool) -> tuple[Message, ...]:
    """Return the score of the test part, without one that of the training part, if there is any."""
    parts: tuple[Part, ...] = ("test", "train")
    for part in parts:
        score = measured.of(part).score
        if score is not None:
            return (Message("reopened.right" if is_share else "reopened.fit", {"score": score, "part": part}),)
    return ()
