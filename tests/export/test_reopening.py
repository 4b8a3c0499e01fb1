"""A trained model opens as what it was: the same document, the same answers to the last bit, ready to go on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from nnplayground.arrays import Floats
from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError
from nnplayground.explain.words import words_of
from nnplayground.export.data_paths import portable, with_data_path
from nnplayground.export.experiment import Experiment
from nnplayground.export.formats import FORMATS, export, read_model
from nnplayground.export.model import Facts, TrainedModel, same
from nnplayground.export.opening import open_project
from nnplayground.export.reopening import DataNotFoundError
from nnplayground.headless import model_of, run_of
from nnplayground.project.codec import as_object
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameter
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.run.prepare import prepare
from nnplayground.training.run.run import Run
from tests.export.trained_layers import dense_layers
from tests.messages import all_told
from tests.projects import projects, with_start_values

SUFFIXES = tuple(entry.suffix for entry in FORMATS.values())
SPECIES = TableSource(path="penguins.csv", targets=("species",))
MASS = TableSource(
    path="penguins.csv", inputs=("bill_length_mm", "flipper_length_mm"), targets=("body_mass_g",), task="regression"
)
PICTURE_LAYERS = (
    Conv2DSpec(3, 3, activation="relu"),
    MaxPool2DSpec(2),
    FlattenSpec(),
    DropoutSpec(rate=0.3),
    DenseSpec(6, activation="relu"),
)
ADAM = TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.003))
CIRCLE = DataSpec(source=GeneratedSource("circle", samples=60), features=("x1", "x2", "x1^2", "sin(x2)"))

EXPERIMENTS = {
    "penguins": Project(data=DataSpec(source=SPECIES, scaling="standardize")),
    "digits": Project(seed=5, data=DataSpec(source=ImagesSource()), network=NetworkSpec(PICTURE_LAYERS), training=ADAM),
    "flat digits": Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec((DropoutSpec(), DenseSpec(5)))),
    "circle": Project(name="Ring", data=CIRCLE),
    "regression": Project(data=DataSpec(source=MASS, scaling="min_max"), training=ADAM),
    "softmax": Project(data=CIRCLE, network=NetworkSpec(output_activation="softmax")),
    "off and frozen": Project(
        data=CIRCLE,
        network=NetworkSpec(
            layers=(DenseSpec(4, off=(1, 3)), DenseSpec(3, off=(0,))), frozen=(FrozenParameter(0, 2, 1, 0.5),)
        ),
    ),
    "explicit start": Project(
        data=DataSpec(source=GeneratedSource(samples=50)),
        network=NetworkSpec(layers=(DenseSpec(2),)),
        parameters=Parameters(weights=(((1.0, 2.0), (3.0, 4.0)), ((0.5, -0.5),)), biases=((0.0, 1.0), (2.0,))),
    ),
    "twins": Project(
        data=DataSpec(source=GeneratedSource("blobs", samples=30, classes=3)),
        network=NetworkSpec(layers=(), initializer=InitializerSpec(name="zeros")),
        training=TrainingSpec(batch_size=1, shuffle=False),
    ),
    "points": Project(
        data=DataSpec(
            source=PointsSource(classes=("no", "yes"), points=tuple((k / 3, -k / 4, k % 2) for k in range(12)))
        )
    ),
    "pasted": Project(
        data=DataSpec(
            source=TableSource(text="a,b,y\n" + "\n".join(f"{k},{k * k % 7},{['no', 'yes'][k % 2]}" for k in range(20)))
        )
    ),
}


def answers(run: Run) -> Floats:
    """Return what the network of a run answers for all samples."""
    return run.network.outputs(run.data.network_inputs(run.data.samples.inputs))


def reopened(path: Path, data: Path | None = None) -> Run:
    opened = open_project(path, data=data)
    assert opened.notes == ()
    return Run(opened.project, trained=opened.trained)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_comes_back_as_it_was_and_answers_the_same(name: str, suffix: str, tmp_path: Path) -> None:
    run = Run(EXPERIMENTS[name])
    run.train_epochs(2)
    export(model_of(run), tmp_path / f"m{suffix}")
    again = reopened(tmp_path / f"m{suffix}")
    assert again.project == EXPERIMENTS[name]
    assert (again.epoch, again.steps) == (2, run.steps)
    assert np.array_equal(again.network.parameters, run.network.parameters)
    assert np.array_equal(answers(again), answers(run))
    assert again.measures() == run.measures()


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(project=projects() | with_start_values())
def test_any_legal_experiment_comes_back_and_goes_on(
    suffix: str, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = Run(project)
    run.train_epochs(2)
    path = tmp_path_factory.mktemp("any") / f"m{suffix}"
    export(model_of(run), path)
    again = reopened(path)
    assert as_object(again.project) == as_object(project)
    assert np.array_equal(again.network.parameters, run.network.parameters)
    assert np.array_equal(answers(again), answers(run))
    assert (again.measures(), again.epoch) == (run.measures(), run.epoch)
    again.go_on()
    again.train_epochs(1)
    assert again.epoch == run.epoch + 1 or (again.stop is not None and again.stop.rule == "diverged")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_written_twice_has_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run = Run(EXPERIMENTS["digits"])
        run.train_epochs(1)
        export(model_of(run), tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_experiment_adds_little_to_the_file(suffix: str) -> None:
    entry = next(entry for entry in FORMATS.values() if entry.suffix == suffix)
    model = model_of(Run(EXPERIMENTS["digits"]))
    assert len(entry.write(model)) < 1.4 * len(entry.write(replace(model, experiment=None)))


def test_training_goes_on_and_does_not_collapse(tmp_path: Path) -> None:
    run = Run(EXPERIMENTS["penguins"])
    run.train_epochs(150)
    export(model_of(run), tmp_path / "m.npz")
    again = reopened(tmp_path / "m.npz")
    score, before = run.measures()[1].score, run.measures()[0].cost
    assert score is not None and score > 0.95
    assert before is not None
    for _ in range(20):
        again.train_epochs(1)
        now = again.measures()
        assert now[1].score is not None and now[1].score > score - 0.03
        assert now[0].cost is not None and now[0].cost < 1.2 * before
    assert again.epoch == 170


def test_restart_goes_back_to_the_first_weights_of_the_experiment(tmp_path: Path) -> None:
    run = Run(EXPERIMENTS["penguins"])
    first = run.network.parameters.copy()
    run.train_epochs(3)
    export(model_of(run), tmp_path / "m.npz")
    again = reopened(tmp_path / "m.npz")
    fresh = Run(again.project, again.data)
    assert np.array_equal(fresh.network.parameters, first)
    fresh.train_epochs(3)
    assert np.array_equal(fresh.network.parameters, run.network.parameters)


def test_a_network_with_neurons_off_can_switch_them_on_again_with_their_weights(tmp_path: Path) -> None:
    run = Run(EXPERIMENTS["off and frozen"])
    run.train_epochs(3)
    export(model_of(run), tmp_path / "m.model.json")
    assert (read_model(tmp_path / "m.model.json").weights[1][:, [1, 3]] == 0.0).all()
    again = reopened(tmp_path / "m.model.json")
    on = replace(again.project, network=replace(again.project.network, layers=(DenseSpec(4), DenseSpec(3))))
    switched, wanted = Run(on, again.data, after=again), Run(on, run.data, after=run)
    assert np.array_equal(switched.network.parameters, wanted.network.parameters)
    assert (switched.network.parameters != 0.0).sum() > (read_model(tmp_path / "m.model.json").weights[1] != 0.0).sum()


class TestTheWayOn:
    def test_nothing_is_known_of_the_epochs_before(self, tmp_path: Path) -> None:
        run = Run(EXPERIMENTS["circle"])
        run.train_epochs(5)
        export(model_of(run), tmp_path / "m.npz")
        again = reopened(tmp_path / "m.npz")
        curve = again.history.curve()
        assert len(curve) == 6
        assert np.isnan(curve.train_cost[:5]).all()
        assert curve.train_cost[5] == run.history.curve().train_cost[5]
        assert again.best_epoch == 5

    @pytest.mark.parametrize("name", ["step", "exponential", "cosine", "warm_up", "reduce_on_plateau"])
    def test_the_schedule_goes_on_where_it_was(self, name: str, tmp_path: Path) -> None:
        schedule = ScheduleSpec(name=name, patience=1, every=3, epochs=20, period=30)
        project = replace(EXPERIMENTS["circle"], training=TrainingSpec(schedule=schedule, batch_size=30))
        run = Run(replace(project, training=replace(project.training, optimizer=OptimizerSpec(learning_rate=3.0))))
        run.train_epochs(12)
        export(model_of(run), tmp_path / "m.model.json")
        again = reopened(tmp_path / "m.model.json")
        assert again.standing == run.standing
        assert again.learning_rate == run.learning_rate != 3.0

    def test_a_stopped_run_opens_stopped_and_goes_on_when_asked(self, tmp_path: Path) -> None:
        run = Run(replace(EXPERIMENTS["circle"], training=TrainingSpec(stop=StopSpec(max_epochs=4))))
        run.train_epochs(9)
        export(model_of(run), tmp_path / "m.npz")
        again = reopened(tmp_path / "m.npz")
        assert again.stop is not None
        assert again.stop.rule == "max_epochs"
        again.go_on()
        again.train_epochs(2)
        assert again.epoch == 6

    def test_the_best_weights_open_at_the_epoch_that_they_are_of(self, tmp_path: Path) -> None:
        stop = StopSpec(max_epochs=300, patience=5)
        training = TrainingSpec(optimizer=OptimizerSpec(learning_rate=2.0), stop=stop)
        run = Run(replace(EXPERIMENTS["circle"], training=training))
        run.train_epochs(300)
        assert run.stop is not None
        assert run.stop.restores_best
        assert run.best_epoch < run.epoch
        export(model_of(run), tmp_path / "m.npz")
        opened = open_project(tmp_path / "m.npz")
        assert opened.told is not None
        assert f"the weights of epoch {run.best_epoch:,}, the best of {run.epoch:,}" in words_of(opened.told)
        again = Run(opened.project, trained=opened.trained)
        assert again.epoch == run.best_epoch
        assert np.array_equal(again.network.parameters, run.network.parameters)

    def test_the_command_trains_so_many_epochs_more(self, tmp_path: Path) -> None:
        run = Run(EXPERIMENTS["circle"])
        run.train_epochs(5)
        export(model_of(run), tmp_path / "m.npz")
        opened = open_project(tmp_path / "m.npz")
        again = run_of(opened, 3)
        again.train_epochs(100)
        assert again.epoch == 8
        assert run_of(opened, None).project.training.stop.max_epochs == 105

    def test_without_a_number_its_own_limit_holds(self, tmp_path: Path) -> None:
        run = Run(replace(EXPERIMENTS["circle"], training=TrainingSpec(stop=StopSpec(max_epochs=4))))
        run.train_epochs(2)
        export(model_of(run), tmp_path / "m.npz")
        again = run_of(open_project(tmp_path / "m.npz"), None)
        again.train_epochs(100)
        assert again.epoch == 4

    def test_more_epochs_than_a_curve_can_leave_open_are_counted_anew(self, tmp_path: Path) -> None:
        model = model_of(Run(EXPERIMENTS["circle"]))
        assert model.experiment is not None
        standing = replace(model.experiment.standing, epoch=2**60, steps=2**61)
        export(replace(model, experiment=replace(model.experiment, standing=standing)), tmp_path / "m.npz")
        opened = open_project(tmp_path / "m.npz")
        assert "counted from 0 again" in all_told(opened.notes)[0]
        assert opened.trained is not None
        assert opened.trained.standing.epoch == 0


ROWS = "height,weight,kind\n" + "".join(
    f"{150 + k % 40},{50 + 3 * k % 41},{('cat', 'dog', 'emu')[k % 3]}\n" for k in range(60)
)


class TestFindingTheTable:
    @staticmethod
    def model_in(folder: Path, table: Path, *, epochs: int = 3) -> Run:
        table.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        table.write_text(ROWS, encoding="utf-8")
        source = TableSource(path=str(table), inputs=("height", "weight"), targets=("kind",))
        run = Run(Project(data=DataSpec(source=source, scaling="standardize")))
        run.train_epochs(epochs)
        export(model_of(run), folder / "m.model.json")
        return run

    @staticmethod
    def stored(folder: Path) -> Any:
        return json.loads((folder / "m.model.json").read_text(encoding="utf-8"))["experiment"]["project"]["data"][
            "source"
        ]

    @pytest.mark.parametrize(
        ("table", "stored"),
        [("t.csv", "t.csv"), ("data/t.csv", "data/t.csv"), ("../tables/t.csv", "../tables/t.csv")],
    )
    def test_folder_and_table_can_move_together(self, table: str, stored: str, tmp_path: Path) -> None:
        home = tmp_path / "one" / "models"
        run = self.model_in(home, home / table)
        assert self.stored(home)["path"] == stored
        (tmp_path / "one").rename(tmp_path / "two")
        again = reopened(tmp_path / "two" / "models" / "m.model.json")
        assert np.array_equal(answers(again), answers(run))
        source = again.project.data.source
        assert isinstance(source, TableSource)
        assert source.path == str((tmp_path / "two" / "models" / table).resolve())

    def test_no_path_of_the_machine_is_in_the_file(self, tmp_path: Path) -> None:
        self.model_in(tmp_path / "a" / "b" / "models", tmp_path / "secret" / "t.csv")
        assert self.stored(tmp_path / "a" / "b" / "models")["path"] == "t.csv"
        assert "secret" not in (tmp_path / "a" / "b" / "models" / "m.model.json").read_text(encoding="utf-8")

    def test_a_table_of_that_name_beside_the_model_is_found(self, tmp_path: Path) -> None:
        models = tmp_path / "a" / "b" / "models"
        run = self.model_in(models, tmp_path / "far" / "t.csv")
        (tmp_path / "far" / "t.csv").rename(models / "t.csv")
        assert np.array_equal(answers(reopened(models / "m.model.json")), answers(run))

    def test_a_missing_table_is_named_with_the_place_where_it_was_looked_for(self, tmp_path: Path) -> None:
        self.model_in(tmp_path / "models", tmp_path / "models" / "data" / "t.csv")
        (tmp_path / "models" / "data" / "t.csv").rename(tmp_path / "elsewhere.csv")
        with pytest.raises(DataNotFoundError) as caught:
            open_project(tmp_path / "models" / "m.model.json")
        assert str(caught.value) == (
            f"{tmp_path / 'models' / 'm.model.json'}: The table t.csv, on which the network was trained, was not found "
            f"in {tmp_path / 'models'} and as data/t.csv seen from there; put it there."
        )
        again = reopened(tmp_path / "models" / "m.model.json", tmp_path / "elsewhere.csv")
        assert again.epoch == 3

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("height,weight,kind", "height,mass,kind", "mass"),
            ("emu", "yak", 'its classes have "yak" in place of "emu"'),
            ("cat", "pig", "its classes"),
        ],
    )
    def test_a_table_with_other_columns_or_classes_is_refused_with_what_differs(
        self, old: str, new: str, words: str, tmp_path: Path
    ) -> None:
        self.model_in(tmp_path, tmp_path / "t.csv")
        (tmp_path / "t.csv").write_text(ROWS.replace(old, new), encoding="utf-8")
        with pytest.raises(DataNotFoundError) as caught:
            open_project(tmp_path / "m.model.json")
        assert "t.csv" in str(caught.value)
        assert words in str(caught.value) or "weight" in str(caught.value)

    def test_changed_numbers_are_told_and_the_network_answers_as_before(self, tmp_path: Path) -> None:
        run = self.model_in(tmp_path, tmp_path / "t.csv")
        (tmp_path / "t.csv").write_text(ROWS + "400,50,cat\n", encoding="utf-8")
        opened = open_project(tmp_path / "m.model.json")
        assert "The data have changed since the training" in all_told(opened.notes)[0]
        again = Run(opened.project, trained=opened.trained)
        assert again.data.scaling != run.data.scaling
        raw = run.data.samples.inputs
        found = again.network.outputs(again.data.network_inputs(raw))
        np.testing.assert_allclose(found, answers(run), rtol=1e-9, atol=1e-12)

    def test_changed_classes_of_rows_are_told_by_the_cost(self, tmp_path: Path) -> None:
        self.model_in(tmp_path, tmp_path / "t.csv")
        lines = ROWS.splitlines()
        lines[7:13] = [line.rpartition(",")[0] + ",emu" for line in lines[7:13]]
        (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        (note,) = all_told(open_project(tmp_path / "m.model.json").notes)
        assert "cost was" in note

    def test_of_two_tables_the_one_that_the_network_knows_is_taken(self, tmp_path: Path) -> None:
        run = self.model_in(tmp_path, tmp_path / "data" / "t.csv")
        (tmp_path / "data" / "t.csv").rename(tmp_path / "t.csv")
        (tmp_path / "data" / "t.csv").write_text(ROWS.replace("emu", "yak"), encoding="utf-8")
        assert np.array_equal(answers(reopened(tmp_path / "m.model.json")), answers(run))


class TestFindingPictures:
    @staticmethod
    def folder_of_pictures(folder: Path) -> Project:
        rng = np.random.default_rng(0)
        for name, low in (("dark", 0), ("light", 150)):
            (folder / name).mkdir(parents=True)
            for number in range(6):
                pixels = rng.integers(low, low + 100, (8, 8)).astype(np.uint8)
                Image.fromarray(pixels, "L").save(folder / name / f"{number}.png")
        return Project(data=DataSpec(source=ImagesSource(path=str(folder), side=8)))

    def test_the_folder_travels_with_the_model(self, tmp_path: Path) -> None:
        run = Run(self.folder_of_pictures(tmp_path / "one" / "pictures"))
        run.train_epochs(2)
        export(model_of(run), tmp_path / "one" / "m.npz")
        (tmp_path / "one").rename(tmp_path / "two")
        assert np.array_equal(answers(reopened(tmp_path / "two" / "m.npz")), answers(run))

    def test_a_missing_folder_is_told_as_one(self, tmp_path: Path) -> None:
        run = Run(self.folder_of_pictures(tmp_path / "pictures"))
        export(model_of(run), tmp_path / "m.npz")
        (tmp_path / "pictures").rename(tmp_path / "elsewhere")
        with pytest.raises(
            DataNotFoundError, match=r"The folder of pictures pictures, on which .* not found"
        ) as caught:
            open_project(tmp_path / "m.npz")
        assert caught.value.is_folder
        assert reopened(tmp_path / "m.npz", tmp_path / "elsewhere").project.data.source == ImagesSource(
            path=str(tmp_path / "elsewhere"), side=8
        )


class TestThePathsInAFile:
    def test_a_second_table_is_named_and_found_like_the_first(self, tmp_path: Path) -> None:
        source = TableSource(path=str(tmp_path / "a" / "train.csv"), test_path=str(tmp_path / "a" / "test.csv"))
        (tmp_path / "a").mkdir()
        for name in ("train.csv", "test.csv"):
            (tmp_path / "a" / name).write_text(ROWS, encoding="utf-8")
        stored = portable(Project(data=DataSpec(source=source)), tmp_path)
        assert stored.data.source == replace(source, path="a/train.csv", test_path="a/test.csv")
        found = with_data_path(stored, str(tmp_path / "a" / "train.csv"), tmp_path)
        assert found.data.source == source

    def test_a_folder_above_a_home_is_not_shown(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home" / "ann")
        source = TableSource(path=str(tmp_path / "home" / "bob" / "t.csv"))
        stored = portable(Project(data=DataSpec(source=source)), tmp_path / "home" / "ann")
        assert stored.data.source == replace(source, path="t.csv")

    def test_tables_of_the_program_keep_their_names(self, tmp_path: Path) -> None:
        project = EXPERIMENTS["penguins"]
        assert portable(project, tmp_path) == project


class TestTargets:
    """The scaling of targets, however it was fitted: answers are in the units of the data."""

    MODEL = TrainedModel(
        layers=dense_layers(("identity",), (np.array([[1.0, 2.0], [0.5, -1.0]]),), (np.array([0.5, 0.0]),)),
        inputs=("a", "b"),
        features=("x1", "x2"),
        scaling=Scaling("none", (0.0, 0.0), (1.0, 1.0)),
        classes=(),
        facts=Facts(3, 1, 0.25, None),
        targets=("price", "rent"),
        target_scaling=Scaling("standardize", (100.0, 5.0), (10.0, 2.0)),
    )

    def test_answers_are_in_the_units_of_the_targets(self) -> None:
        found = self.MODEL.outputs(np.array([[1.0, 1.0]]))
        assert found.tolist() == [[3.5 * 10.0 + 100.0, -0.5 * 2.0 + 5.0]]

    @pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
    def test_names_and_scaling_come_back(self, entry: Any) -> None:
        found = entry.read(entry.write(self.MODEL))
        assert same(found, self.MODEL)
        assert (found.targets, found.target_scaling) == (self.MODEL.targets, self.MODEL.target_scaling)
        assert not same(found, replace(self.MODEL, targets=("price", "age")))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"targets": ("price",)}, "output.targets is"),
            ({"target_scaling": Scaling("standardize", (1.0,), (1.0,))}, "output.scaling.shift is [1.0]; it must be"),
            ({"classes": ("a", "b", "c")}, "output"),
        ],
    )
    def test_what_does_not_fit_the_outputs_is_refused(self, changes: dict[str, Any], words: str) -> None:
        with pytest.raises(InputError) as caught:
            replace(self.MODEL, **changes)
        assert words in str(caught.value) or "layers[0].weights" in str(caught.value)

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_a_scaled_target_reopens_with_the_same_answers(self, suffix: str, tmp_path: Path) -> None:
        """The shift and scale of the prepared data are those of the file, and are kept in it."""
        run = Run(EXPERIMENTS["regression"])
        run.train_epochs(2)
        scaling = run.data.target_scaling
        assert scaling.is_used
        export(model_of(run), tmp_path / f"m{suffix}")
        again = reopened(tmp_path / f"m{suffix}")
        assert again.data.target_scaling == scaling
        assert np.array_equal(again.network.parameters, run.network.parameters)
        raw = run.data.samples.inputs[:9]
        expected = run.network.outputs(run.data.network_inputs(raw)) * scaling.scale[0] + scaling.shift[0]
        assert np.array_equal(read_model(tmp_path / f"m{suffix}").outputs(raw), expected)

    def test_another_scaling_of_the_target_goes_into_the_last_layer(self, tmp_path: Path) -> None:
        table = tmp_path / "t.csv"
        table.write_text("a,y\n" + "".join(f"{k},{1000 * k * k}\n" for k in range(30)), encoding="utf-8")
        source = TableSource(path=str(table), inputs=("a",), targets=("y",))
        run = Run(Project(data=DataSpec(source=source, scaling="none", test_fraction=0.0)))
        run.train_epochs(1)
        export(model_of(run), tmp_path / "m.npz")
        table.write_text("a,y\n" + "".join(f"{k},{500 * k * k}\n" for k in range(30)), encoding="utf-8")
        opened = open_project(tmp_path / "m.npz")
        assert "answers as before" in all_told(opened.notes)[0]
        again = Run(opened.project, trained=opened.trained)
        assert again.data.target_scaling != run.data.target_scaling
        before, after = (one.data.answers(answers(one)) for one in (run, again))
        np.testing.assert_allclose(after, before, rtol=1e-9)


def experiment_file(place: tuple[Any, ...], value: Any) -> bytes:
    """Return a model file with another value at a place of its experiment."""
    document = json.loads(FORMATS["model_json"].write(model_of(Run(EXPERIMENTS["off and frozen"]))))
    inner = document["experiment"]
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("epoch",), -1, "experiment.epoch is -1; it must be a whole number, not negative."),
        (("epoch",), "x", 'experiment.epoch is "x"; it must be a whole number, not negative.'),
        (("epoch",), 7, "experiment.steps is 0; it must be at least 1, as 7 epochs were trained."),
        (("schedule_start",), 1, "experiment.schedule_start is 1; it must be a whole number of at most 0, the epoch."),
        (("schedule_start",), 1.5, "experiment.schedule_start is 1.5; it must be a whole number."),
        (("off",), [0.0], "experiment.off is [0.0]; it must be a list of 7, one for each weight"),
        (("off", 0), 1e999, "experiment.off[0] is"),
        (("has_twins",), 1, "experiment.has_twins is 1; it must be true or false."),
        (("extra",), 1, "experiment.extra is 1; it must be left out"),
        (
            ("plateau",),
            {"best": 1.0, "waited": 1, "cut": 0.0},
            "experiment.plateau.cut is 0.0; it must be a number above",
        ),
        (("project",), [], "experiment.project is []; it must be an object in curly brackets."),
        (("project", "version"), 9, "experiment.project.version is 9; it must be a whole number from 1 to 2."),
        (("project", "seed"), -1, "experiment.project.seed is -1; it must be a whole number"),
        (("project", "network", "layers", 0, "units"), 5, "experiment.project.network.layers is"),
        (
            ("project", "network", "layers", 0, "activation"),
            "relu",
            "the layers of the model: dense 4 tanh, dense 3 tanh",
        ),
    ],
)
def test_what_is_wrong_in_an_experiment_is_told_with_its_place(place: tuple[Any, ...], value: Any, words: str) -> None:
    content = experiment_file(place, value).replace(b"Infinity", b"1e999")
    with pytest.raises(InputError) as caught:
        FORMATS["model_json"].read(content)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", 'The array "experiment": It is not JSON'),
        ("[]", 'The array "experiment": It holds []; it must be a JSON object'),
        ('{"epoch": 1}', "experiment."),
        (
            "\udcff",
            'npz: experiment is "an array of uint8 of the shape (3,)"; it must be the bytes of a text in UTF-8.',
        ),
    ],
)
def test_a_damaged_text_in_an_archive_is_told(text: str, words: str, tmp_path: Path) -> None:
    export(model_of(Run(EXPERIMENTS["circle"])), tmp_path / "m.npz")
    with np.load(tmp_path / "m.npz") as archive:
        arrays = {name: archive[name] for name in archive.files}
    np.savez(
        tmp_path / "m.npz", **(arrays | {"experiment": np.frombuffer(text.encode(errors="surrogatepass"), np.uint8)})
    )
    with pytest.raises(InputError) as caught:
        read_model(tmp_path / "m.npz")
    assert words in str(caught.value)


def test_an_experiment_of_other_data_is_refused(tmp_path: Path) -> None:
    model = model_of(Run(EXPERIMENTS["circle"]))
    assert model.experiment is not None
    other = replace(model.experiment.project, data=replace(CIRCLE, features=("x1", "x2", "x1^2", "x2^2")))
    export(replace(model, experiment=Experiment(other, model.experiment.standing)), tmp_path / "m.npz")
    with pytest.raises(InputError, match=r'its features have "x2\^2" in place of "sin\(x2\)"'):
        open_project(tmp_path / "m.npz")


class TestFilesOfVersion1:
    FOLDER = Path(__file__).parent / "files" / "version_1"
    KNOWN = json.loads((FOLDER / "predictions.json").read_text(encoding="utf-8"))

    @pytest.mark.parametrize("suffix", SUFFIXES)
    @pytest.mark.parametrize("name", KNOWN)
    def test_they_predict_what_they_did(self, name: str, suffix: str) -> None:
        model, known = read_model(self.FOLDER / f"{name}{suffix}"), self.KNOWN[name]
        raw = prepare(EXPERIMENTS["digits"]).samples.inputs[::40][:6] if name == "digits" else known["inputs"]
        np.testing.assert_allclose(model.outputs(np.array(raw)), known["outputs"], rtol=1e-12, atol=1e-15)
        assert (model.experiment, model.facts.epochs) == (None, known["epochs"])

    @pytest.mark.parametrize("suffix", SUFFIXES)
    @pytest.mark.parametrize("name", ["penguins", "circle", "digits"])
    def test_they_open_as_projects_that_start_from_their_weights(self, name: str, suffix: str) -> None:
        opened = open_project(self.FOLDER / f"{name}{suffix}")
        assert opened.trained is None
        run, model = Run(opened.project), read_model(self.FOLDER / f"{name}{suffix}")
        raw = run.data.samples.inputs[:30]
        found = run.network.outputs(run.data.network_inputs(raw))
        np.testing.assert_allclose(found, model.outputs(raw), rtol=1e-9, atol=1e-12)

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_penguins_keep_their_scaling_and_training_does_not_ruin_them(self, suffix: str) -> None:
        opened = open_project(self.FOLDER / f"penguins{suffix}")
        assert opened.project.data.scaling == "standardize"
        run = Run(opened.project)
        assert run.measures()[1].score == self.KNOWN["penguins"]["test"]
        model = read_model(self.FOLDER / f"penguins{suffix}")
        assert np.array_equal(answers(run), model.outputs(run.data.samples.inputs))
        run.train_epochs(20)
        score = run.measures()[1].score
        assert score is not None and score > 0.95


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_cost_of_a_validation_part_is_in_the_file(suffix: str, tmp_path: Path) -> None:
    run = Run(Project(data=replace(CIRCLE, validation_fraction=0.2)))
    run.train_epochs(2)
    export(model_of(run), tmp_path / f"m{suffix}")
    cost = run.measures_by_part().validation.cost
    assert cost is not None
    assert read_model(tmp_path / f"m{suffix}").facts.validation_cost == cost
    assert reopened(tmp_path / f"m{suffix}").measures_by_part().validation.cost == cost
