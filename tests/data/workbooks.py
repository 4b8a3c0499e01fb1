"""Workbooks written by hand, without a library: the least of zip and XML that a spreadsheet opens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

Cell = str | float | bool | date | None
Rows = Sequence[Sequence[Cell]]

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
ERRORS = ("#DIV/0!", "#N/A", "#VALUE!")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def xlsx(sheets: Mapping[str, Rows], *, first_row: int = 1) -> bytes:
    """Return an .xlsx file; dates get the built-in format 14, and texts such as #N/A are errors."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(names, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(names) + 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for place in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{targets}'
        f'<Relationship Id="rIdS" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for place, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{place}.xml"] = _sheet(rows, first_row)
    return zipped(parts)


def _sheet(rows: Rows, first_row: int) -> str:
    lines = []
    for row, cells in enumerate(rows, first_row):
        inside = "".join(_cell(cell, f"{letter(column)}{row}") for column, cell in enumerate(cells))
        lines.append(f'<row r="{row}">{inside}</row>')
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def letter(column: int) -> str:
    """Return the letters of a column, A for 0."""
    return (letter(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def _cell(cell: Cell, place: str) -> str:
    if cell is None:
        return f'<c r="{place}"/>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, str):
        if cell in ERRORS:
            return f'<c r="{place}" t="e"><v>{cell}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def ods(sheets: Mapping[str, Rows], *, raw: str = "") -> bytes:
    """Return an .ods file; `raw` is XML that is put behind the rows of each sheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}{raw}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'{HEAD}<office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        kind, text = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"', str(cell).upper()
    elif isinstance(cell, date):
        kind, text = f'office:value-type="date" office:date-value="{cell.isoformat()}"', cell.isoformat()
    elif isinstance(cell, str):
        kind, text = 'office:value-type="string"', cell
    else:
        kind, text = f'office:value-type="float" office:value="{cell!r}"', repr(cell)
    return f"<table:table-cell {kind}><text:p>{escape(text)}</text:p></table:table-cell>"
