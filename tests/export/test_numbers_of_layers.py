"""Every number of a layer comes back from every format as it was: whole or real, and off its default."""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from itertools import product
from typing import Any, ClassVar, cast

import numpy as np
import pytest

from nnplayground.data.scaling import Scaling
from nnplayground.engine.layers import Dense, Flatten, Shape
from nnplayground.engine.layers.layer import LayerContext, Weightless
from nnplayground.errors import FieldError, InputError
from nnplayground.export import layers as forms
from nnplayground.export import npz
from nnplayground.export.formats import FORMATS, Format
from nnplayground.export.layers import KINDS, RULES, LayerForm, LayerKind, form_of, trained_layers
from nnplayground.export.model import Facts, TrainedModel, same
from nnplayground.export.trained import project_from
from nnplayground.project.layer_specs import LAYER_KINDS, LayerSpec
from nnplayground.project.limits import Number, Whole, limited
from tests.export import picture_models
from tests.export.picture_models import uneven

FACTOR = Number(-10.0, 10.0, "By what every value is multiplied.")
EXPORTED = [kind for kind in LAYER_KINDS if kind.kind in KINDS]


@dataclass(frozen=True)
class Times(Weightless):
    """A kind of layer that only these tests have: its number is real, as none of the program's kinds has one."""

    kind: ClassVar[str] = "times"
    factor: float = 1.0

    def shape(self, below: Shape) -> Shape:
        """Return the shape below."""
        return below

    def make_buffers(self, context: LayerContext) -> None:
        """Do nothing: only files are tested."""

    def values(self, below: Shape) -> int:
        """Need no room."""
        return 0


@dataclass(frozen=True)
class TimesSpec:
    """The same layer in the document."""

    kind: ClassVar[str] = "times"
    factor: float = limited(1.0, FACTOR)


@dataclass(frozen=True)
class WiderForm(LayerForm):
    """The form of a layer, with one more number."""

    factor: float = 0.0


@pytest.fixture
def real_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files know a kind of layer with a number that is real."""
    monkeypatch.setitem(RULES, "factor", FACTOR)
    make = LayerKind(lambda form, units, activation: Times(cast(Any, form).factor), ("factor",))
    monkeypatch.setitem(KINDS, "times", make)
    monkeypatch.setattr(forms, "LAYER_KINDS", (*LAYER_KINDS, TimesSpec))
    monkeypatch.setattr(forms, "LayerForm", WiderForm)
    monkeypatch.setattr(npz, "LayerForm", WiderForm)
    monkeypatch.setattr(picture_models, "LayerForm", WiderForm)
    monkeypatch.setattr(npz, "LISTED", (*npz.LISTED, "factor"))


def model_of(*layers: LayerForm) -> TrainedModel:
    """Return a model of grey pictures of 12 × 12 pixels: these layers, then a row of all values, then one output."""
    listed = [*layers, form_of(Flatten()), form_of(Dense(1, "identity"))]
    made = [form.entry.make(form, 3, "relu") for form in listed[:-1]]
    below: Shape = (1, 12, 12)
    shapes: list[Shape] = []
    for form, layer in zip(listed, [*made, Dense(1, "identity")], strict=True):
        if layer.matrix_shape(below) is not None:
            shapes.append((3 if form is not listed[-1] else 1, *form.weights_shape(below)))
        below = layer.shape(below)
    random = np.random.default_rng(4)
    names = tuple(f"p{place}" for place in range(144))
    return TrainedModel(
        layers=trained_layers(
            listed,
            ["relu"] * (len(shapes) - 1) + ["identity"],
            [random.normal(size=shape) for shape in shapes],
            [random.normal(size=shape[0]) for shape in shapes],
        ),
        inputs=names,
        features=names,
        scaling=Scaling("none", (0.0,) * 144, (1.0,) * 144),
        classes=(),
        facts=Facts(1, 1, 0.5, None, "half_mse"),
        image_shape=(1, 12, 12),
    )


def off_default(rule: Whole | Number, default: object) -> list[float]:
    """Return numbers that the rule takes, other than the default; of a real one they are no whole numbers."""
    if isinstance(rule, Number):
        return [one for one in (rule.low + share * (rule.high - rule.low) for share in (0.37, 0.61)) if one != default]
    return [one for one in (1, 2, 3) if rule.accepts(one) and one != default]


def layer_off_defaults(kind: type[LayerSpec]) -> LayerSpec:
    """Return a layer of this kind, no number of which that files have is the usual one."""
    usual, make = {field.name: field.default for field in fields(kind)}, cast(Any, kind)
    names = KINDS[kind.kind].settings
    for numbers in product(*(off_default(RULES[name], usual[name]) for name in names)):
        try:
            return cast(LayerSpec, make(**dict(zip(names, numbers, strict=True))))
        except FieldError:
            continue  # they do not go together
    raise AssertionError(f"no numbers of {kind.kind} off their defaults go together")


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("kind", EXPORTED)
def test_every_kind_comes_back_with_numbers_off_their_defaults(kind: type[LayerSpec], entry: Format) -> None:
    spec = layer_off_defaults(kind)
    form = form_of(spec.layer())
    assert form.settings == {name: getattr(spec, name) for name in form.settings}
    model = model_of(form) if spec.needs_pictures else model_of(form_of(Flatten()), form)
    found = entry.read(entry.write(model))
    assert [layer.form for layer in found.layers] == [layer.form for layer in model.layers]
    assert same(found, model)
    assert entry.write(found) == entry.write(model)


def test_every_number_of_a_layer_has_a_rule_that_says_its_type() -> None:
    numbers = {field.name: str(field.type) for field in fields(LayerForm) if field.name != "kind"}
    assert numbers == {name: "int" if isinstance(rule, Whole) else "float" for name, rule in RULES.items()}


@pytest.mark.usefixtures("real_number")
class TestARealNumber:
    @pytest.mark.parametrize("factor", [-0.3, 1e-300, 0.0, 2.0])
    @pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
    def test_it_comes_back_to_the_last_bit(self, entry: Format, factor: float) -> None:
        model = model_of(WiderForm("times", factor=factor))
        found = entry.read(entry.write(model))
        assert [layer.form.settings for layer in found.layers] == [{"factor": factor}, {}, {}]
        assert entry.write(found) == entry.write(model)

    def test_an_archive_has_its_array_only_where_a_layer_has_it(self) -> None:
        with np.load(io.BytesIO(npz.write(model_of(WiderForm("times", factor=0.5))))) as arrays:
            assert (arrays["factor"].dtype, arrays["factor"].tolist()) == (np.float64, [0.5, 0.0, 0.0])
            assert arrays["stride"].dtype == np.int64
        with np.load(io.BytesIO(npz.write(uneven()))) as arrays:
            assert "factor" not in arrays

    def test_an_archive_from_before_there_was_such_a_number_opens(self) -> None:
        assert npz.read(npz.write(uneven())).layers[0].form == WiderForm("conv2d", kernel_size=3, stride=1, padding=1)

    def test_a_scaling_that_cannot_go_into_such_a_layer_is_refused_in_words_of_its_data(self) -> None:
        model = TrainedModel(
            layers=trained_layers(
                [WiderForm("times", factor=0.5), WiderForm("dense")], ["tanh"], [np.ones((1, 2))], [np.zeros(1)]
            ),
            inputs=("x1", "x2"),
            features=("x1", "x2"),
            scaling=Scaling("standardize", (0.5, 0.0), (1.0, 2.0)),
            classes=("orange", "blue"),
            facts=Facts(1, 1, 0.5, None, "half_mse"),
        )
        with pytest.raises(
            InputError, match=r"finds for these data .* the scaling of single inputs cannot .* times layer"
        ):
            project_from(model)

    @pytest.mark.parametrize(
        ("array", "sentence"),
        [
            (None, "factor is missing; it must be a list of numbers"),
            (np.array([0.5, 0.0]), "it must be a list of 3 numbers"),
            (np.array([np.nan, 0.0, 0.0]), r"factor\[0\] is nan; it must be a number from -10 to 10"),
            (np.array([0.5, 0.5, 0.0]), r"factor\[1\] is 0\.5; it must be 0, as a flatten layer has no factor"),
        ],
    )
    def test_what_is_wrong_with_its_array_is_told(self, array: Any, sentence: str) -> None:
        with np.load(io.BytesIO(npz.write(model_of(WiderForm("times", factor=0.5))))) as archive:
            arrays = {**archive, "factor": array}
        buffer = io.BytesIO()
        np.savez(buffer, **{name: one for name, one in arrays.items() if one is not None})
        with pytest.raises(InputError, match=sentence):
            npz.read(buffer.getvalue())
