"""What all generated data sets have in common, and what noise does to them; `test_patterns` holds their shapes."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.datasets import GENERATORS, Pattern, SurfaceGenerator, generate
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError

EVERY = pytest.mark.parametrize("name", GENERATORS)
WITH_CLASSES = pytest.mark.parametrize("name", [name for name, made in GENERATORS.items() if isinstance(made, Pattern)])
WITH_VALUES = pytest.mark.parametrize(
    "name", [name for name, made in GENERATORS.items() if isinstance(made, SurfaceGenerator)]
)
TWO, THREE, FOUR = ("orange", "blue"), ("blue", "orange", "green"), ("blue", "orange", "green", "pink")
PROMISED: dict[str, tuple[str, ...]] = {
    "circle": TWO, "xor": TWO, "gauss": TWO, "spiral": TWO, "moons": TWO, "checkerboard": TWO,
    "rings": THREE, "blobs": FOUR, "three_spirals": THREE, "plane": (), "hills": (), "sine": (), "saddle": (),
}  # fmt: skip


def made(name: str, *, samples: int = 400, noise: float = 0.0, seed: int = 7) -> Samples:
    """Return a data set from a fresh random stream."""
    return generate(name, samples=samples, noise=noise, rng=np.random.default_rng(seed))


def test_the_table_holds_the_promised_data_sets() -> None:
    assert list(GENERATORS) == list(PROMISED)


@EVERY
def test_every_data_set_has_the_same_names_and_plot_range(name: str) -> None:
    samples = made(name)
    assert samples.classes == PROMISED[name]
    assert samples.target_name == ("class" if samples.classes else "value")
    assert samples.input_names == (("x1",) if name == "sine" else ("x1", "x2"))
    assert samples.bounds.tolist() == [[-6.0, 6.0]] * len(samples.input_names)
    assert samples.notes == ()


@EVERY
@pytest.mark.parametrize("count", [4, 5, 10, 101])
def test_there_are_as_many_samples_as_were_asked_for(name: str, count: int) -> None:
    assert len(made(name, samples=count).inputs) == count


@WITH_CLASSES
@pytest.mark.parametrize("count", [4, 5, 10, 101])
def test_classes_are_balanced_in_every_prefix(name: str, count: int) -> None:
    targets = made(name, samples=count).targets
    for end in range(1, count + 1):
        sizes = [np.sum(targets[:end] == index) for index in range(len(PROMISED[name]))]
        assert max(sizes) - min(sizes) <= 1


@EVERY
@pytest.mark.parametrize("noise", [0.0, 0.5, 1.0])
def test_all_points_lie_in_the_plot_whatever_the_noise(name: str, noise: float) -> None:
    assert np.abs(made(name, samples=5000, noise=noise).inputs).max() <= 6.0


@EVERY
def test_the_same_stream_gives_the_same_bits_and_another_seed_others(name: str) -> None:
    once, again = made(name, noise=0.3), made(name, noise=0.3)
    assert once.inputs.tobytes() == again.inputs.tobytes()
    assert once.targets.tobytes() == again.targets.tobytes()
    assert once.inputs.tobytes() != made(name, noise=0.3, seed=8).inputs.tobytes()


@EVERY
def test_more_samples_keep_those_that_were_there(name: str) -> None:
    few, many = made(name, samples=50, noise=0.4), made(name, samples=90, noise=0.4)
    assert np.array_equal(few.inputs, many.inputs[:50])
    assert np.array_equal(few.targets, many.targets[:50])


@WITH_CLASSES
def test_noise_moves_every_point_in_its_own_direction_in_proportion(name: str) -> None:
    none, little, more = (made(name, noise=noise).inputs for noise in (0.0, 0.01, 0.02))
    inside = np.abs(none).max(axis=1) < 5.5  # far enough from the edge not to be reflected
    assert np.allclose((more - none)[inside], 2.0 * (little - none)[inside], rtol=0.0, atol=1e-12)
    assert np.abs(little - none).max() > 0.0


@EVERY
def test_a_small_step_of_the_noise_slider_moves_points_a_small_way(name: str) -> None:
    for noise in (0.0, 0.25, 0.5, 0.98):
        step = np.abs(made(name, noise=noise + 0.001).inputs - made(name, noise=noise).inputs)
        assert step.max() < 0.02  # 0.001 times the largest spread, 3.75, times five deviations


@WITH_CLASSES
def test_noise_does_not_change_the_classes(name: str) -> None:
    assert np.array_equal(made(name, noise=0.0).targets, made(name, noise=1.0).targets)


@WITH_VALUES
def test_noise_moves_the_values_and_leaves_the_points_where_they_are(name: str) -> None:
    none, half, full = (made(name, samples=5000, noise=noise) for noise in (0.0, 0.5, 1.0))
    assert np.array_equal(none.inputs, full.inputs)
    assert np.allclose(full.targets - none.targets, 2.0 * (half.targets - none.targets), rtol=0.0, atol=1e-12)
    assert (full.targets - none.targets).mean() == pytest.approx(0.0, abs=0.03)
    assert (full.targets - none.targets).std() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("count", range(2, 9))
def test_the_number_of_blobs_can_be_chosen(count: int) -> None:
    samples = generate("blobs", samples=400 * count, noise=0.0, classes=count, rng=np.random.default_rng(7))
    assert len(samples.classes) == len(set(samples.classes)) == count
    for index in range(count):
        angle = np.radians(90.0 + 360.0 * index / count)
        blob = samples.inputs[samples.targets == index]
        assert len(blob) == 400
        assert np.allclose(blob.mean(axis=0), (3.8 * np.cos(angle), 3.8 * np.sin(angle)), atol=0.12)


@pytest.mark.parametrize("count", [1, 9])
def test_too_few_or_too_many_blobs_are_refused(count: int) -> None:
    with pytest.raises(InputError, match=f"classes is {count}; it must lie between 2 and 8"):
        generate("blobs", samples=100, noise=0.0, classes=count, rng=np.random.default_rng(7))


@pytest.mark.parametrize(
    ("name", "samples", "noise", "said"),
    [
        ("stars", 10, 0.0, '"stars"; choose one of circle, xor, gauss, spiral'),
        ("circle", 1, 0.0, "samples is 1"),
        ("rings", 2, 0.0, "at least 3, one of each class"),
        ("plane", 1, 0.0, "samples is 1; it must be at least 2"),
        ("plane", 10, 1.5, "between 0 and 1"),
        ("circle", 10, -0.1, "noise is -0.1"),
        ("circle", 10, 1.5, "between 0 and 1"),
        ("circle", 10, float("nan"), "noise is nan"),
    ],
)
def test_an_impossible_wish_is_refused(name: str, samples: int, noise: float, said: str) -> None:
    with pytest.raises(InputError) as caught:
        made(name, samples=samples, noise=noise)
    assert said in str(caught.value)
