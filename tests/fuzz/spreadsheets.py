"""Fuzz the reader of spreadsheets for a while: ``python tests/fuzz/spreadsheets.py --seconds 60 --seed N``.

Parts of workbooks, the zip files that they are, and bytes of text files are changed here and there, and read as an
import reads them. Nothing may come out but sheets or the reader's own error, and nothing may take long.
"""

import argparse
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from clustergap.spreadsheet.opening import open_sheets
from clustergap.spreadsheet.sheet import SheetLimits, SpreadsheetError
from workbook_files import (
    SHEET,
    STRINGS,
    STYLES,
    ods,
    ods_cell,
    ods_row,
    row,
    sheet_part,
    strings,
    styles,
    xlsx,
)

SECONDS = 5
"""Processor time that reading a small file may take: nearly all take a thousandth of one."""

LIMITS = SheetLimits(unpacked=4 * 1024 * 1024, cells=200_000, text=1_000_000)
"""Lower than the true ones: a file that says that it holds very much shall be refused at once."""

Input = tuple[str, bytes, str | None]
"""A file: how its name ends, its bytes, and the encoding that is named."""

_SCRAPS = (
    b"", b"<", b">", b"/", b'"', b"'", b"=", b"&", b"-1", b"0", b"9999999999", b"1e999", b"nan", b"A0", b"ZZZ9", b"\xff",
    b"\0", b"&#0;", b"&#xD800;", b"<v/>", b"</c>", b"<f/>", b' t="s"', b' t="d"', b' t="str"', b' r="B1"', b' r="XFD1048576"',
    b' s="1"', b' s="99"', b"_xD800_", b"_x0000_", b'<mergeCell ref="B2:A1"/>', b'<mergeCell ref="A1:XFD1048576"/>',
    b'<f t="array" ref="A1:C9">x</f>', b' table:number-rows-repeated="3"', b' table:number-columns-repeated="16384"',
    b' office:value-type="date"', b' office:date-value="2016"', b' office:value="1e400"', b' office:time-value="PT9H9M9S"',
    b"</table:table>", b'<table:table table:name="T">', b' number:position="9"', b' number:decimal-places="999999"',
    b'<number:embedded-text number:position="1">-</number:embedded-text>', b"<number:fraction/>", b"[>=", b"E+", b"?/?", b";",
    b"0000-00", b"#,##0,,", b"General", b"@", b"yyyy", b"\r", b"\n", b"\t", b"\xef\xbb\xbf", b"\xff\xfe", b"sep=;\n", b"\x80\x9d",
    "\u2028".encode(), "Łódź".encode("cp1250"),
)  # fmt: skip

_CODES = (
    "yyyy-mm-dd", "mmm yyyy", "[h]:mm", "0.00E+00", "# ?/?", "0000-00", "#,##0.0,", '[&gt;=10]0"a";0', "0;-0;0;@", "General",
    "[$-407]d. mmmm", "0%", "??/??", "##0.0E+0", "0.0##",
)  # fmt: skip

_ENCODINGS = (
    None,
    None,
    None,
    "cp1250",
    "utf-16",
    "gb18030",
    "utf-8",
    "shift_jis",
    "iso2022_jp",
    "x",
)


def seeds() -> list[tuple[str, bytes]]:
    """Files that have something of everything."""
    cells = "".join(
        f'<c s="{n}"><v>{value}</v></c>'
        for n in range(len(_CODES))
        for value in ("42461.5", "-1", "0")
    )
    rows = (
        row("name", "role", "level")
        + '<row r="2" hidden="1"><c r="A2" t="s"><v>0</v></c><c t="b"><v>1</v></c><c t="e"><f>1/0</f><v>#N/A</v></c></row>'
        + f"<row>{cells}</row>"
    )
    book = xlsx(
        **{
            SHEET: sheet_part(
                rows,
                before='<cols><col min="2" max="3" hidden="1"/></cols>',
                after='<mergeCells><mergeCell ref="A2:B3"/></mergeCells>',
            ),
            STRINGS: strings(
                "<r><t>a_x000D_</t></r><r><t>b</t></r><rPh><t>c</t></rPh>", "<t>x</t>"
            ),
            STYLES: styles(*_CODES),
        }
    )
    number_styles = (
        '<number:date-style style:name="N1"><number:month/><number:text>/</number:text><number:year/></number:date-style>'
        '<number:number-style style:name="N2"><number:number number:decimal-places="2" number:grouping="true"/>'
        '<style:map style:condition="value()&gt;0" style:apply-style-name="N1"/></number:number-style>'
        '<number:number-style style:name="N3"><number:scientific-number number:decimal-places="2"/></number:number-style>'
        '<number:number-style style:name="N4"><number:number number:decimal-places="0" number:min-integer-digits="6">'
        '<number:embedded-text number:position="2">-</number:embedded-text></number:number></number:number-style>'
        + "".join(
            f'<style:style style:name="c{n}" style:family="table-cell" style:data-style-name="N{n}"/>'
            for n in range(1, 5)
        )
    )
    sheet = ods(
        ods_row(*map(ods_cell, ("name", "role", "level")))
        + ods_row(
            ods_cell("April 2016", "date", 'office:date-value="2016-04-01" table:style-name="c1"'),
            *(
                ods_cell("5", "float", f'office:value="-1234.5" table:style-name="c{n}"')
                for n in range(2, 5)
            ),
            ods_cell("1", "time", 'office:time-value="PT36H00M00S"'),
            ods_cell("a<text:s/>b", attributes='table:number-columns-spanned="2"'),
            "<table:covered-table-cell/>",
            repeated=3,
        ),
        styles=number_styles,
    )
    text = 'name;role;level\n"Föhr; ""the island""";A role;EU\n\n\'=1;x\ty,z|\n'
    return [
        ("xlsx", book),
        ("ods", sheet),
        ("csv", text.encode()),
        ("csv", text.encode("cp1252")),
        ("txt", text.encode("utf-16")),
        ("tsv", text.encode("utf-8-sig")),
    ]


def mutants(seed: int) -> Iterator[Input]:
    """Change files by chance, without end."""
    chance = random.Random(seed)  # noqa: S311 - the same files for the same seed
    originals = seeds()
    while True:
        suffix, data = chance.choice(originals)
        encoding = chance.choice(_ENCODINGS) if suffix not in ("xlsx", "ods") else None
        if suffix in ("xlsx", "ods") and chance.random() < 0.9:
            yield suffix, _in_a_part(data, chance), encoding
        else:
            yield suffix, _in_bytes(data, chance), encoding


def _in_a_part(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = _in_bytes(parts[name], chance)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for part, text in parts.items():
            file.writestr(part, text)
    return out.getvalue()


def _in_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    changes: list[Callable[[int], None]] = [
        lambda at: changed.__setitem__(
            slice(at, at + chance.choice((0, 0, 1, 2, 20))), chance.choice(_SCRAPS)
        ),
        lambda at: changed.__setitem__(slice(at, at), changed[at : at + chance.randint(1, 300)]),
        lambda at: changed.__delitem__(slice(at, at + chance.randint(1, 300))),
        lambda at: changed.__setitem__(slice(at, at + 1), bytes([chance.randrange(256)])),
    ]
    for _ in range(chance.randint(1, 6)):
        chance.choices(changes, (6, 2, 1, 2))[0](chance.randrange(len(changed) + 1))
    return bytes(changed)


def look(suffix: str, data: bytes, encoding: str | None) -> str:
    """Read a file as an import does, and say what came of it: ``read``, or why it is refused.

    Raises:
        Exception: Whatever is no error of the reader.
        TimeoutError: It took too long.
    """
    start, outcome = time.process_time(), "read"
    try:
        for sheet in open_sheets(data, f"list.{suffix}", LIMITS, encoding)[0]:
            head = sheet.head(20)
            sheet.remarks()
            list(sheet.problems(0, range(len(head[0]) if head else 0)))
            sheet.fill_merged(0)
            assert all(type(text) is str for texts in sheet.rows for text in texts)
    except SpreadsheetError as error:
        outcome = str(error)
    if time.process_time() - start > SECONDS:
        raise TimeoutError(f"took {time.process_time() - start:.1f} s")
    assert outcome.isprintable()
    return outcome


def main() -> int:
    """Fuzz, and say what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", 1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    asked = parser.parse_args()
    seen: Counter[str] = Counter()
    end = time.monotonic() + asked.seconds
    for number, (suffix, data, encoding) in enumerate(mutants(asked.seed)):
        if time.monotonic() > end:
            break
        try:
            seen[look(suffix, data, encoding)[:30]] += 1
        except Exception:
            kept = Path(f"failed-{asked.seed}-{number}.{suffix}")
            kept.write_bytes(data)
            sys.stdout.write(f"FAILED, kept as {kept}, encoding {encoding}\n")
            raise
    sys.stdout.write(
        f"seed {asked.seed}: {seen.total():,} files, {seen['read']:,} read, {len(seen)} answers\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
