"""Project files of older versions, brought to the form of today before they are read.

Version 1 knew one target of a table, called `target`, and trained on targets as they are.
"""

from __future__ import annotations

from typing import Any

from nnplayground.errors import FieldError

NEW_IN_2 = {
    "data": ("target_scaling", "split", "validation_fraction"),
    "source": ("targets", "sheet", "kinds", "merged", "values", "ragged", "test_path", "part", "parts"),
}


def upgraded(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a version 1 file as version 2 has it; what is of a wrong type is left for the reader.

    Raises `FieldError` for a key that only version 2 knows.
    """
    data = content.get("data", {})
    if not isinstance(data, dict):
        return content
    _refuse_newer("data", data)
    data = {**data, "target_scaling": "none"}
    source = data.get("source")
    if isinstance(source, dict):
        _refuse_newer("source", source)
        data["source"] = _source(source)
    return {**content, "data": data}


def _refuse_newer(part: str, content: dict[str, Any]) -> None:
    for key in NEW_IN_2[part]:
        if key in content:
            place = f"data.{key}" if part == "data" else f"data.source.{key}"
            raise FieldError(place, content[key], 'left out, or "version" 2, as version 1 does not know it')


def _source(source: dict[str, Any]) -> dict[str, Any]:
    """Return a source of data with the target of a table in a list."""
    if source.get("kind") != "table" or not isinstance(source.get("target"), str):
        return source
    rest = {key: value for key, value in source.items() if key != "target"}
    return {**rest, "targets": [source["target"]] if source["target"] else []}
