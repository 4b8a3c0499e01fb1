"""Columns of text become inputs of 0 and 1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.csv_table import read_table
from nnplayground.data.samples import Samples
from nnplayground.data.table import ColumnChoices, Table
from nnplayground.data.tables import GAP_RULES, open_table, table_samples
from nnplayground.errors import InputError
from nnplayground.export.trained import project_from
from nnplayground.headless import model_of
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.training.run.run import Run
from tests.messages import all_told

TREES = """site,height,soil,kind
north, 1,sand,oak
south, 2,,elm
north,NA,clay,elm
west,  6,sand,elm
,      3,clay,NA
"""


def trees() -> Table:
    """Return a small table with gaps in numbers, text and target."""
    return read_table(TREES.encode(), name="trees.csv")


def texts(*cells: str) -> Table:
    """Return a table of one column of text, `a`, and a target of two classes in turn."""
    rows = "".join(f"{cell},{place % 2}\n" for place, cell in enumerate(cells))
    return read_table(f"a,y\n{rows}".encode(), name="t.csv")


def test_each_different_text_of_the_kept_rows_is_one_input() -> None:
    samples = table_samples(trees(), inputs=("site", "height", "soil"), targets=("kind",))
    assert samples.input_names == ("site = north", "site = west", "height", "soil = sand")
    assert samples.inputs.tolist() == [[1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 6.0, 1.0]]
    assert samples.used == ("site", "height", "soil")
    assert samples.text_columns == ("site", "soil", "kind")
    assert all_told(samples.notes) == (
        'Text became inputs of 0 and 1, one for each different value: "site" 2, "soil" 1.',
        "3 of 5 rows were left out because a value was missing.",
    )


def test_missing_text_becomes_a_value_of_its_own_where_gaps_are_filled() -> None:
    samples = table_samples(trees(), inputs=("soil", "height"), targets=("kind",), missing="mean")
    assert samples.input_names == ("soil = clay", "soil = sand", "soil = (missing)", "height")
    # the mean height is (1 + 2 + 6 + 3) / 4 = 3, that of the row without a kind included
    assert samples.inputs.tolist() == [[0, 1, 0, 1], [0, 0, 1, 2], [1, 0, 0, 3], [0, 1, 0, 6]]
    assert all_told(samples.notes) == (
        'Text became inputs of 0 and 1, one for each different value: "soil" 3.',
        "1 of 5 rows was left out because the target was missing.",
        "1 missing number was filled with the mean of its column, which is that of all rows, the test part among them.",
        '1 missing text became the value "(missing)".',
    )


def test_text_is_the_same_however_it_is_spaced() -> None:
    samples = table_samples(texts("new  town", '"new\ntown"', "old"), inputs=("a",), targets=("y",))
    assert samples.input_names == ("a = new town", "a = old")


def test_a_word_among_numbers_makes_a_column_text() -> None:
    samples = table_samples(texts("10", "9", "many", "9"), inputs=("a",), targets=("y",))
    assert samples.input_names == ("a = 10", "a = 9", "a = many")
    assert samples.inputs.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]]
    assert samples.text_columns == ("a",)


def test_inputs_that_are_not_chosen_are_numbers_and_a_note_says_so() -> None:
    samples = table_samples(trees(), targets=("kind",))
    assert samples.input_names == ("height",)
    assert all_told(samples.notes)[0] == 'Taken as inputs: "height"; not the text in "site", "soil".'


def test_where_there_are_no_numbers_text_of_few_values_is_taken() -> None:
    rows = "".join(f"{'rg'[row % 2]},name{row},{'xy'[row % 2]}\n" for row in range(21))
    samples = table_samples(read_table(f"colour,who,kind\n{rows}".encode(), name="t.csv"))
    assert samples.input_names == ("colour = g", "colour = r")
    assert all_told(samples.notes)[0] == 'Taken as inputs: "colour"; not the text in "who".'


def test_a_hundred_different_texts_are_inputs_and_more_are_refused() -> None:
    hundred = texts(*(f"k{row}" for row in range(100)))
    assert table_samples(hundred, inputs=("a",), targets=("y",)).inputs.shape == (100, 100)
    with pytest.raises(InputError) as caught:
        table_samples(texts(*(f"k{row}" for row in range(101))), inputs=("a",), targets=("y",))
    assert str(caught.value) == (
        't.csv: column "a" holds text such as "k0" and 101 different values; '
        "a column of text can have up to 100 as an input, so choose other columns."
    )


def test_more_than_a_thousand_inputs_in_all_are_refused() -> None:
    header = ",".join(f"c{place}" for place in range(11))
    rows = "".join(",".join([f"k{row}"] * 11) + f",{row % 2}\n" for row in range(100))
    table = read_table(f"{header},y\n{rows}".encode(), name="t.csv")
    assert len(table_samples(table, inputs=table.columns[:10], targets=("y",)).input_names) == 1000
    with pytest.raises(InputError, match="become 1,100 inputs; at most 1,000 are possible, so choose fewer"):
        table_samples(table, inputs=table.columns[:11], targets=("y",))


def test_two_inputs_of_the_same_name_are_refused() -> None:
    table = read_table(b"a,a = x,y\nx,1,p\nz,2,q\n", name="t.csv")
    with pytest.raises(InputError, match='two inputs would be called "a = x"; rename a column'):
        table_samples(table, inputs=("a", "a = x"), targets=("y",))


CELLS = st.sampled_from(["1", "2.5", "x", "y z", "", "NA", "(missing)", "1e60", "ä", "-0"])


def samples_or_sentence(table: str, missing: str) -> Samples | str:
    """Return samples of two inputs, or what the user is told about the table."""
    try:
        read = read_table(table.encode(), name="t.csv")
        return table_samples(read, inputs=("a", "b"), targets=("y",), missing=missing)
    except InputError as error:
        return str(error)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12), st.sampled_from(GAP_RULES))
def test_any_cells_are_samples_or_one_sentence(rows: list[tuple[str, str, str]], missing: str) -> None:
    made = samples_or_sentence("a;b;y\n" + "".join(";".join(row) + "\n" for row in rows), missing)
    if isinstance(made, str):
        assert len(made.splitlines()) == 1
        return
    assert np.isfinite(made.inputs).all()
    for column in ("a", "b"):
        places = [place for place, name in enumerate(made.input_names) if name.startswith(f"{column} = ")]
        assert not places or (made.inputs[:, places].sum(axis=1) == 1.0).all()


@pytest.mark.parametrize(("missing", "rows", "inputs"), [("drop", 333, 7), ("mean", 344, 8)])
def test_penguins_are_told_apart_with_the_help_of_island_and_sex(missing: str, rows: int, inputs: int) -> None:
    columns = ("island", "sex", "bill_length_mm", "body_mass_g")
    source = TableSource(path="penguins.csv", inputs=columns, targets=("species",), missing=missing)
    run = Run(Project(data=DataSpec(source=source, scaling="standardize", test_fraction=0.2)))
    assert run.data.samples.inputs.shape == (rows, inputs)
    run.train_epochs(60)
    accuracy = run.measures()[1].score
    assert accuracy is not None
    assert accuracy > 0.95


def test_the_penguins_without_a_sex_are_counted() -> None:
    table = open_table("penguins.csv")
    counts = {word: table.column("sex").count(word) for word in ("female", "male")}
    samples = table_samples(table, inputs=("sex",), targets=("species",), missing="mean")
    sums = dict(zip(samples.input_names, samples.inputs.sum(axis=0), strict=True))
    assert sums == {"sex = female": counts["female"], "sex = male": counts["male"], "sex = (missing)": 11.0}
    assert all_told(samples.notes)[-1] == '11 missing texts became the value "(missing)".'


def test_a_model_of_text_names_its_encoded_inputs_and_is_not_taken_for_one_of_the_columns() -> None:
    source = TableSource(path="penguins.csv", inputs=("island", "body_mass_g"), targets=("species",))
    run = Run(Project(data=DataSpec(source=source, scaling="standardize")))
    run.train_epochs(1)
    model = model_of(run)
    assert model.inputs == ("island = Biscoe", "island = Dream", "island = Torgersen", "body_mass_g")
    # a light bird of Dream and a heavy one of Biscoe, encoded by hand
    raw = np.array([[0.0, 1.0, 0.0, 3700.0], [1.0, 0.0, 0.0, 5100.0]])
    assert np.array_equal(model.outputs(raw), run.network.outputs(run.data.network_inputs(raw)))
    with pytest.raises(InputError, match="a model file does not hold its data"):
        project_from(model)


def test_texts_that_differ_only_in_capitals_are_told_until_they_are_merged() -> None:
    table = read_table(b"a,answer\n1,yes\n2,Yes\n3,no\n4,yes \n", name="t")
    (note,) = (note for note in all_told(table_samples(table, targets=("answer",)).notes) if "capitals" in note)
    assert note.startswith('"Yes", "yes" in "answer" differ only in capitals')
    merged = table.choosing(ColumnChoices(merged=("answer",)))
    assert not any("capitals" in note for note in all_told(table_samples(merged, targets=("answer",)).notes))
