"""A run that is restored from bytes goes on bit for bit; damaged bytes give one sentence and take little memory."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.array_archives import npy_bytes
from nnplayground.data.samples import Samples
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, InitializerSpec, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.run.checkpoint_bytes import read_checkpoint, write_checkpoint
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.prepare import prepare_samples
from nnplayground.training.run.run import Run
from tests.projects import picture_projects, projects

SMALL = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.2)),
    network=NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.2), DenseSpec(3))),
    training=TrainingSpec(batch_size=7),
)


def tuned(project: Project, **changes: Any) -> Project:
    return replace(project, training=replace(project.training, **changes))


def bits(value: Any) -> Any:
    """Return a value with all arrays in it as bytes, so that equal means equal to the last bit, NaN included."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, tuple):
        return tuple(map(bits, value))
    if hasattr(value, "__dataclass_fields__"):
        return type(value), [bits(getattr(value, entry.name)) for entry in fields(value)]
    return repr(value)  # where not a number equals itself


def check_goes_on_alike(run: Run, fresh: Run, batches: int) -> None:
    """Train a run and another one that was restored from its bytes, and compare all that there is."""
    moment = run.checkpoint()
    again = read_checkpoint(write_checkpoint(moment))
    assert bits(again) == bits(moment)
    assert again.curve.has_validation == moment.curve.has_validation
    fresh.restore(again)
    for one in (run, fresh):
        one.go_on()
        one.train(batches)
    assert bits(fresh.checkpoint()) == bits(run.checkpoint())
    assert fresh.standing == run.standing


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), before=st.integers(0, 40), samples=st.integers(0, 3), after=st.integers(1, 30))
def test_any_legal_project(project: Project, before: int, samples: int, after: int) -> None:
    run = Run(project)
    run.train(before)
    for _ in range(samples):
        run.train_sample()
    check_goes_on_alike(run, Run(project), after)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(case=picture_projects(), before=st.integers(0, 9), after=st.integers(1, 9))
def test_convolutional_networks(case: tuple[Project, Samples], before: int, after: int) -> None:
    project, pictures = case
    data = prepare_samples(project, pictures)
    run = Run(project, data)
    run.train(before)
    check_goes_on_alike(run, Run(project, data), after)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_optimizer_and_schedule(optimizer: str, schedule: str) -> None:
    spec = OptimizerSpec(name=optimizer, learning_rate=0.02, momentum=0.5)  # one that only some of them read
    project = tuned(SMALL, optimizer=spec, schedule=ScheduleSpec(name=schedule, patience=0, every=2), l1=0.001)
    run = Run(project)
    run.train(31)
    check_goes_on_alike(run, Run(project), 40)


STOPS = {
    "max_epochs": StopSpec(max_epochs=3),
    "patience": StopSpec(patience=1, min_delta=0.5),
    "flat": StopSpec(flat_epochs=1, min_delta=0.5),
    "target_cost": StopSpec(target_cost=10.0),
    "gradient_norm": StopSpec(gradient_norm=100.0),
}


@pytest.mark.parametrize("rule", STOPS)
def test_every_stop(rule: str) -> None:
    project = tuned(SMALL, stop=STOPS[rule])
    run = Run(project)
    run.train_epochs(9)
    assert run.stop is not None and run.stop.rule == rule
    again = read_checkpoint(write_checkpoint(run.checkpoint()))
    assert (again.stop, again.is_best_restored) == (run.stop, rule == "patience")
    run.go_on()
    assert read_checkpoint(write_checkpoint(run.checkpoint())).ignored == {rule}
    check_goes_on_alike(run, Run(project), 20)


def test_a_run_that_diverged() -> None:
    network = NetworkSpec(layers=(DenseSpec(5, "relu"),), output_activation="identity")
    project = tuned(replace(SMALL, network=network), cost="mse", optimizer=OptimizerSpec(learning_rate=1e5))
    run = Run(project)
    run.train(30)
    assert run.stop is not None
    check_goes_on_alike(run, Run(project), 9)


@pytest.mark.parametrize(
    "project",
    [
        replace(SMALL, network=replace(SMALL.network, initializer=InitializerSpec(name="constant", value=0.3))),
        replace(SMALL, data=replace(SMALL.data, validation_fraction=0.2)),
        replace(SMALL, data=replace(SMALL.data, test_fraction=0.0)),
        tuned(SMALL, shuffle=False),
    ],
    ids=["ties", "a validation part", "no test part", "samples in their own order"],
)
def test_further_settings(project: Project) -> None:
    run = Run(project)
    run.train(20)
    check_goes_on_alike(run, Run(project), 20)


def test_equal_checkpoints_give_equal_bytes() -> None:
    one, other = Run(SMALL), Run(SMALL)
    one.train(20)
    other.train(20)
    assert write_checkpoint(one.checkpoint()) == write_checkpoint(other.checkpoint())


# --- what comes from outside ----------------------------------------------------------------------------


def moment() -> Checkpoint:
    run = Run(tuned(SMALL, optimizer=OptimizerSpec(name="adam"), schedule=ScheduleSpec(name="reduce_on_plateau")))
    run.train(45)
    return run.checkpoint()


def changed(content: bytes, change: Callable[[dict[str, Any]], object], **entries: bytes) -> bytes:
    """Return an archive with another JSON, and other entries in place of those with these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "state.json":
                state = json.loads(part)
                change(state)
                part = json.dumps(state).encode()
            new.writestr(name, entries.get(name.partition(".")[0], part))
    return buffer.getvalue()


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    """Return what puts the last of these in the place that the others lead to."""
    *where, last, value = path

    def change(state: Any) -> None:
        for step in where:
            state = state[step]
        state[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            put("format", "nnplayground/model"),
            'format is "nnplayground/model"; it must be "nnplayground/checkpoint"',
        ),
        (put("version", 2), "version is 2"),
        (put("content", 7), "content is 7; it must be the number of one of 1 moments"),
        (put("moments", 0, "extra", 1), r"moments\[0\].extra is 1; it must be left out"),
        (put("moments", 0, "parameters", [0, 4]), r"moments\[0\].the shape of parameters is \[4\]"),
        (put("moments", 0, "parameters", [10**9, 41]), r"moments\[0\].parameters is .* within"),
        (put("moments", 0, "memory", [0, 1, 41]), "the shape of memory"),
        (put("moments", 0, "orders", []), r"moments\[0\].orders is 0; it must be a list of one order"),
        (put("moments", 0, "sample", 48), r"moments\[0\].sample is 48; it must be a whole number from 0 to 47"),
        (put("moments", 0, "steps", -1), r"moments\[0\].steps is -1"),
        (put("moments", 0, "steps", 1.0), r"moments\[0\].steps is 1.0; it must be a whole number"),
        (put("moments", 0, "schedule_start", 9), r"moments\[0\].schedule_start is 9"),
        (put("moments", 0, "cost", "love"), r"moments\[0\].cost is .love."),
        (put("moments", 0, "shuffling", "state", 1 << 128), r"moments\[0\].shuffling.state"),
        (put("moments", 0, "rules", "train", "best", "low"), r"moments\[0\].rules.train.best is .low."),
        (put("moments", 0, "stop", {"why": 3}), r"moments\[0\].stop.why is 3; it must be left out"),
        (put("moments", 0, "curve", 4), r"moments\[0\].curve is 4; it must be the number of one of 1 curves"),
        (put("values", 0, "layers", 0, "kind", "soft"), r"values\[0\].layers\[0\] is an object"),
        (put("values", 0, "layers", 0, "units", 10**9), "parameters|weights and biases"),
        (put("values", 0, "input_shape", []), "A sample has the shape"),
        (put("values", 1, "optimizer", "learning_rate", 0.0), r"values\[1\].optimizer.learning_rate is 0.0"),
        (put("values", 2, "settings", "every", 0), r"values\[2\].rate.every|every is 0"),
        (put("values", 2, "plateau", "cut", {"float": "nan"}), "rate.plateau.cut"),
        (put("columns", 0, [0, 0, [0, 1]]), r"columns\[0\]\[0\] is 0; it must be null or the place of a column"),
        (put("sets", 0, {}), r"sets\[0\] is an object"),
        (put("curves", 0, [0, 10**6]), "curves is 1000000"),
        (put("curves", {}), "curves is an object; it must be a list"),
    ],
)
def test_what_no_run_could_have_written_is_refused_with_its_place(
    change: Callable[[dict[str, Any]], None], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        read_checkpoint(changed(write_checkpoint(moment()), change))


def test_mutated_bytes_give_one_sentence_or_a_checkpoint() -> None:
    content, rng = write_checkpoint(moment()), random.Random(1)
    for _ in range(400):
        damaged = bytearray(content)
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        if rng.random() < 0.2:
            del damaged[rng.randrange(len(damaged)) :]
        check_refused_or_read(bytes(damaged))


JSON_VALUES: list[Any] = [
    None, True, -1, 0, 3, 10**30, 0.5, -1e300, "", "sgd", [], [0], [0, 1, 2], {}, {"float": "inf"}, {"a": 1},
]  # fmt: skip


def test_mutated_json_gives_one_sentence_or_a_checkpoint_that_trains() -> None:
    content, rng = write_checkpoint(moment()), random.Random(2)

    def change(state: Any) -> None:
        for _ in range(rng.randint(1, 2)):
            inner, steps = state, rng.randint(1, 6)
            while True:
                key = rng.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
                steps -= 1
                if not steps or not isinstance(inner[key], dict | list) or not inner[key]:
                    inner[key] = deepcopy(rng.choice(JSON_VALUES))
                    break
                inner = inner[key]

    for _ in range(1500):
        check_refused_or_read(changed(content, change))


def check_refused_or_read(content: bytes) -> None:
    try:
        found = read_checkpoint(content)
    except InputError as error:
        check_sentence(str(error))
        return
    run = Run(SMALL)
    if (found.architecture, found.cost, found.samples) == (run.architecture, run.data.rule.cost, 48):
        run.restore(found)
        run.train(20)


def check_sentence(message: str) -> None:
    assert message.endswith((".", "…")) and "\n" not in message


def bomb_of_columns(state: dict[str, Any]) -> None:
    """Each column holds all of the one before, and there are many: a gigabyte of a few numbers."""
    state["columns"] = [[None, 0, [0, 100_000]]] + [[number, 100_000, [0, 0]] for number in range(20_000)]


def bomb_of_references(state: dict[str, Any]) -> None:
    """Each array is nearly all of the numbers, from another place on."""
    state["columns"] = [[None, 0, [place, 100_000 - place]] for place in range(20_000)]


@pytest.mark.parametrize("bomb", [bomb_of_columns, bomb_of_references])
def test_a_small_file_cannot_ask_for_much_memory(bomb: Callable[[dict[str, Any]], None]) -> None:
    content = changed(write_checkpoint(moment()), bomb, floats=npy_bytes(np.zeros(100_000)))
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            read_checkpoint(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 200_000_000


def test_what_unpacks_to_gigabytes_is_refused_before_it_is_unpacked() -> None:
    content = changed(write_checkpoint(moment()), lambda _: None, floats=npy_bytes(np.zeros(30_000_000)))
    assert len(content) < 1_000_000
    with pytest.raises(InputError, match="too large"):
        read_checkpoint(content)


@pytest.mark.parametrize(
    "floats",
    [
        npy_bytes(np.zeros((3, 3))),
        npy_bytes(np.array(["a", "b"])),
        npy_bytes(np.array([1 + 2j])),
        npy_bytes(np.zeros(3, dtype=np.longdouble)) if np.longdouble(0).itemsize > 8 else npy_bytes(np.array([1j])),
        b"not an array",
    ],
)
def test_rows_of_other_numbers_are_refused(floats: bytes) -> None:
    with pytest.raises(InputError, match="its floats are no list of numbers"):
        read_checkpoint(changed(write_checkpoint(moment()), lambda _: None, floats=floats))
