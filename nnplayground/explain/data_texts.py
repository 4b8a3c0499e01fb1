"""The English of messages about data: what they hold, what became of them, what can be mended in a table."""

from __future__ import annotations

from nnplayground.explain.templates import Plural, Text

ENCODINGS = {"cp1252": "Western European (Windows)"}
DATE_ORDERS = {"ymd": "year, month, day", "dmy": "day, month, year", "mdy": "month, day, year"}

SCALING: dict[str, Text] = {
    "scaling.binary": "all inputs are 0 or 1 already",
    "scaling.small": "the inputs are small and of one size: {low:short} … {high:short}",
    "scaling.sizes_differ": "the inputs differ in size: one varies by {least:short}, another by {most:short}",
    "scaling.one_range": "all inputs share one range: {low:short} … {high:short}",
    "scaling.far": "the inputs are far from 0 or large: {low:short} … {high:short}",
}
"""Reasons for a scaling of the inputs, which follow the word "because"."""

TARGET_SCALING: dict[str, Text] = {
    "target_scaling.usual_size": Plural(
        "targets",
        "Auto: not scaled, as the target is of a usual size.",
        "Auto: not scaled, as the targets are of a usual size.",
    ),
    "target_scaling.standardized": Plural(
        "targets",
        "Auto: standardized, as {target} lies between {low:short} and {high:short}.",
        "Auto: all standardized, as {target} lies between {low:short} and {high:short}.",
    ),
}
"""What the choice "auto" made of the scaling of the targets."""

PREPARED: dict[str, Text] = {
    "data.classes_not_seen": Plural(
        "missing",
        "The {part:part} part has no sample of the class {classes:three_classes}, so the network never sees it.",
        "The {part:part} part has no sample of the classes {classes:three_classes}, so the network never sees them.",
    ),
    "data.classes_not_measured": Plural(
        "missing",
        "The {part:part} part has no sample of the class {classes:three_classes}, so nothing tells how well it "
        "knows it.",
        "The {part:part} part has no sample of the classes {classes:three_classes}, so nothing tells how well it "
        "knows them.",
    ),
    "data.few_drawn": "So few points all train; from point {point:,} on some are kept for the test.",
    "data.few_drawn_of_class": (
        "So few points all train; from point {point:,} of a class on some are kept for the test."
    ),
    "data.digits": "{pictures:,} handwritten digits by 13 people; a pixel is 0 for paper and 1 for ink.",
    "data.pictures_in_grey": (
        "{pictures:,} pictures were scaled to {height} by {width} pixels in grey; 0 is black and 1 is white."
    ),
    "data.pictures_in_colour": (
        "{pictures:,} pictures were scaled to {height} by {width} pixels in colour; 0 is black and 1 is white."
    ),
    "data.not_square": Plural(
        "pictures",
        "{pictures:,} of them was not square, and only the middle square was taken.",
        "{pictures:,} of them were not square, and only the middle square was taken.",
    ),
    "data.other_entries": Plural(
        "entries",
        "{entries:,} other entry was left out; only {kinds:words} files in class folders count.",
        "{entries:,} other entries were left out; only {kinds:words} files in class folders count.",
    ),
}
"""What there is to know about the data of a run."""

TABLES: dict[str, Text] = {
    "data.no_header": "The first line holds values, so the columns are called column 1, column 2 and so on.",
    "data.unnamed_columns": "Without a name of their own in the first line, columns are called {columns:names}.",
    "data.encoding_guess": ("The encoding is a guess: the file is no UTF-8, so it was read as {encoding:encoding}."),
    "data.decimal_guess": (
        'The decimal sign is a guess: "{cell}" was read as {taken:.15g}; it is {other:.15g} if the decimal sign is '
        "a {sign}."
    ),
    "data.ragged_rows": Plural(
        "left_out",
        "{left_out:,} of {rows:,} rows was left out because of another number of cells; it stands in {record} "
        "{first:,}.",
        "{left_out:,} of {rows:,} rows were left out because of another number of cells; the first stands in {record} "
        "{first:,}.",
    ),
    "data.no_number": Plural(
        "cells",
        "{column:name}: {cells:,} cell is no number, it stands in line {line:,}: {cell:name}. It counts as missing.",
        "{column:name}: {cells:,} cells are no number, the first stands in line {line:,}: {cell:name}. "
        "They count as missing.",
    ),
    "data.too_large": Plural(
        "cells",
        "{column:name}: {cells:,} cell is too large a number, it stands in line {line:,}: {cell:name}. "
        "It counts as missing.",
        "{column:name}: {cells:,} cells are too large a number, the first stands in line {line:,}: {cell:name}. "
        "They count as missing.",
    ),
    "data.no_date": Plural(
        "cells",
        "{column:name}: {cells:,} cell is no date, it stands in line {line:,}: {cell:name}. It counts as missing.",
        "{column:name}: {cells:,} cells are no date, the first stands in line {line:,}: {cell:name}. "
        "They count as missing.",
    ),
    "data.unit": "{column:name} is in {unit}; the numbers were taken without the sign.",
    "data.unit_in_part": ("{column:name} is in {unit}, but not everywhere; the numbers were taken without the sign."),
    "data.units_differ": (
        "{column:name} is in different units, {units:row}: the numbers were taken as they stand, without converting "
        "any."
    ),
    "data.text_with_numbers": (
        "{column:name} counts as text, because {odd:,} of its {known:,} cells are no numbers, the first in line "
        "{line:,}: {cell:name}."
    ),
    "data.other_decimal_sign": (
        "{column:name} counts as text, because its numbers, such as {cell:name} in line {line:,}, have a decimal "
        "{other}, and the table has a decimal {own}."
    ),
    "data.dates": "Dates are read as {order:date_order}; as an input they are the days since {start}.",
    "data.dates_guessed": (
        "Dates are read as {order:date_order}, which is a guess, as no cell shows whether day or month comes first; "
        "as an input they are the days since {start}."
    ),
    "data.of_column": "{column:name}: {note}",
    "data.of_table": "{table}: {note}",
    "data.inputs_guessed": "Taken as inputs: {inputs:names}; not {unused:row}.",
    "data.spellings": (
        "{texts:four_names} in {column:name} differ only in capitals; Table settings can merge them, or merged in a "
        "project file."
    ),
    "data.more_spellings": Plural(
        "groups",
        "{texts:four_names} and {groups:,} more group of texts in {column:name} differ only in capitals; Table "
        "settings can merge them, or merged in a project file.",
        "{texts:four_names} and {groups:,} more groups of texts in {column:name} differ only in capitals; Table "
        "settings can merge them, or merged in a project file.",
    ),
    "data.text_inputs": "Text became inputs of 0 and 1, one for each different value: {columns:words}.",
    "data.text_inputs_and_more": Plural(
        "more",
        "Text became inputs of 0 and 1, one for each different value: {columns:words} and {more:,} more column.",
        "Text became inputs of 0 and 1, one for each different value: {columns:words} and {more:,} more columns.",
    ),
    "data.lacks_value": Plural(
        "left_out",
        "{left_out:,} of {rows:,} rows was left out because a value was missing.",
        "{left_out:,} of {rows:,} rows were left out because a value was missing.",
    ),
    "data.lacks_target": Plural(
        "left_out",
        "{left_out:,} of {rows:,} rows was left out because the target was missing.",
        "{left_out:,} of {rows:,} rows were left out because the target was missing.",
    ),
    "data.numbers_filled": Plural(
        "numbers",
        "{numbers:,} missing number was filled with the mean of its column, which is that of all rows, the test part "
        "among them.",
        "{numbers:,} missing numbers were filled with the mean of their column, which is that of all rows, the test "
        "part among them.",
    ),
    "data.texts_filled": Plural(
        "texts",
        '{texts:,} missing text became the value "{value}".',
        '{texts:,} missing texts became the value "{value}".',
    ),
    "data.part_column": "The column {column:name} says which rows train, validate and test.",
}
"""What there is to know about a table and how it was read."""

COLUMNS: dict[str, Text] = {
    "column.number": "number",
    "column.text": Plural("different", "text, {different:,} value", "text, {different:,} values"),
    "column.date": "date",
    "column.empty": "empty",
    "column.left_out": "left out",
    "unused.text": "text",
    "unused.date": "dates",
    "unused.row_number": "numbers of the rows",
    "unused.part": "parts of the data",
    "unused.empty": "no value",
    "unused.left_out": "left out by choice",
    "unused.number": "numbers",
}
"""What a column holds; and the same as the reason why it is not used."""

PLANS: dict[str, Text] = {
    "plan.unsure": (
        "This is a guess: {others:five_names} may be meant as well. Choose what the network is to predict."
    ),
    "plan.classes": "{classes} classes",
    "plan.numbers": Plural("numbers", "a number", "{numbers} numbers"),
    "plan.no_gaps": "No value is missing.",
    "plan.left_out": Plural(
        "left_out",
        "{left_out:,} of {rows:,} rows lacks a value and is left out.",
        "{left_out:,} of {rows:,} rows lack a value and are left out.",
    ),
    "plan.filled": Plural(
        "gaps",
        "{gaps:,} missing value is filled in, {lacking:,} of {rows:,} rows.",
        "{gaps:,} missing values are filled in, {lacking:,} of {rows:,} rows.",
    ),
    "plan.filled_in_part": Plural(
        "gaps",
        "{gaps:,} missing value is filled in, {lacking:,} of {rows:,} rows; {others}.",
        "{gaps:,} missing values are filled in, {lacking:,} of {rows:,} rows; {others}.",
    ),
    "offer.ragged": Plural(
        "rows",
        "Leave out the {rows:,} row with another number of cells",
        "Leave out the {rows:,} rows with another number of cells",
    ),
    "offer.ragged.help": (
        "Such rows often come from a separator inside a text without quotation marks, or from lines of remarks."
    ),
    "offer.keep": "{mark:name} in {column:name} is a value",
    "offer.keep.help": "Otherwise it counts as a missing value, and its rows are left out.",
    "offer.merge": "Merge {texts:four_names} in {column:name} into one value",
    "offer.merge_more": "Merge {texts:four_names} and {more:,} more in {column:name} into one value",
    "offer.merged": "Spellings in {column:name} that differ only in capitals and spaces are one value",
    "offer.merge.help": "The spelling that occurs most often stands for all of them.",
    "plan.summary": "{rows:,} rows, {inputs}, predicts {targets:names} ({task}).",
}
"""What would come of a table with the choices so far, and what can be mended in it."""

DATA_TEXTS: dict[str, Text] = {**SCALING, **TARGET_SCALING, **PREPARED, **TABLES, **COLUMNS, **PLANS}
"""All of them."""
