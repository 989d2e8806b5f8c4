"""What a reader saves is, byte for byte, what the command line writes for the same question."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from clustergap.answers.matrix import record, rows
from clustergap.origin import Origin
from clustergap.writers.csv import write_csv
from clustergap.writers.json import write_record
from gap_map import (
    DECK,
    HOSTILE,
    INDUSTRY,
    GapMap,
    GapMaps,
    choose_stop,
    kinds_of,
    stops_of,
)
from opened_page import OpenPage
from running import run

BOM = b"\xef\xbb\xbf"


def save(page: Page, suffix: str) -> tuple[str, bytes]:
    """Press the button; return the name of the file and what is in it."""
    page.locator("#take").evaluate("tool => { tool.open = true; }")
    with page.expect_download() as saving:
        page.click(f"#save-{suffix}")
    return saving.value.suggested_filename, saving.value.path().read_bytes()


def written(gap_map: GapMap, suffix: str, day: str | None, kind: str) -> bytes:
    """Return the file that ``clustergap matrix -o`` writes."""
    file = gap_map.file.parent / f"matrix.{suffix}"
    asked = gap_map.asked(day, kind)
    done = run("matrix", "--data", str(gap_map.data), *asked, "-q", "-o", str(file))
    assert (done.code, done.err) == (0, "")
    return file.read_bytes()


def only(document: bytes, passes: Callable[[Mapping[str, str]], bool]) -> bytes:
    """Return the rows of a CSV file that pass."""
    text = io.StringIO(document.decode("utf-8-sig"), newline="")
    rows = csv.DictReader(text)
    kept = io.StringIO(newline="")
    writer = csv.DictWriter(kept, rows.fieldnames or (), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(row for row in rows if passes(row))
    return BOM + kept.getvalue().encode()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("data", "options"),
    [
        (DECK, ()),
        (HOSTILE, ()),
        (DECK, ("--level", "region", "--role", "industry-4-0", "--role", "social-economy")),
        (INDUSTRY, ("--in", "RO11", "--without", "industry-4-0-de")),
        (HOSTILE, ("--with-planned", "--target", "all")),
        (INDUSTRY, ("--as-of", "2030", "--kind", "network", "--kind", "platform")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value.name,
)
def test_what_is_saved_is_what_the_command_line_writes(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, options: tuple[str, ...]
) -> None:
    gap_map = gap_maps.of(data, *options)
    opened = open_page(gap_map.file)
    page = opened.page
    kinds, stops = kinds_of(page), stops_of(page)

    for kind, stop in {
        ("", None),
        ("", 0),
        (kinds[-1], len(stops) - 1),
        (kinds[len(kinds) // 2], 1),
    }:
        if page.locator("#clear").is_visible():
            page.click("#clear")
        if kind:
            page.locator("#filters").evaluate("one => { one.open = true; }")
            page.select_option("#kind", kind)
        if stop is not None:
            choose_stop(page, stop)
        day = None if stop is None else stops[stop][0]
        used = day or gap_map.matrix()["query"]["as_of"]
        for suffix in ("csv", "json"):
            name, content = save(page, suffix)
            assert content == written(gap_map, suffix, day, kind)
            assert name == f"gap-map-{used}.{suffix}"
    opened.assert_no_complaints()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, HOSTILE], ids=lambda data: data.name)
def test_shown_is_saved_as_csv_and_all_as_json(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    level = gap_map.level("region")
    page.locator("#filters").evaluate("one => { one.open = true; }")
    for box in (
        "[name=coverage][value=full]",
        "[name=coverage][value=none]",
        "[name=level][value=region]",
    ):
        page.check(f"input{box}")
    choose_stop(page, 1)
    day = stops_of(page)[1][0]

    _, table = save(page, "csv")
    _, document = save(page, "json")

    def passes(row: Mapping[str, str]) -> bool:
        return row["cell"].endswith("@region") and row["coverage"] in {"full", "none"}

    assert level
    assert table == only(written(gap_map, "csv", day, ""), passes)
    assert document == written(gap_map, "json", day, "")


def test_nothing_shown_is_a_file_with_only_a_header(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    page.locator("#filters").evaluate("one => { one.open = true; }")
    page.check("input[name=coverage][value=unknown]")

    _, table = save(page, "csv")

    assert table == only(written(gap_map, "csv", None, ""), lambda _: False)


@pytest.mark.exhaustive
def test_the_view_changes_nothing_of_what_is_saved(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page

    for view in page.locator("#tabs [data-view]").evaluate_all(
        "all => all.map(one => one.dataset.view)"
    ):
        page.click(f"#tabs [data-view={view}]")
        assert save(page, "csv")[1] == written(gap_map, "csv", None, "")


@pytest.mark.exhaustive
def test_the_packaged_deck_has_no_path(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", "-q", "-o", "page.html").code == 0
    assert run("matrix", "-q", "-o", "matrix.json").code == 0

    assert run("matrix", "-q", "-o", "matrix.csv").code == 0
    page = open_page(tmp_path / "page.html").page

    _, document = save(page, "json")

    assert save(page, "csv")[1] == (tmp_path / "matrix.csv").read_bytes()
    assert document == (tmp_path / "matrix.json").read_bytes()
    assert json.loads(document)["dataset"]["path"] is None


WEIRD = (
    "\u2028-like \u200f\u200e RTL",
    '"quoted", comma; semicolon',
    "##[group]x ##[[ ##",
    "-1+1",
    "\t=tab",
    "+",
    "@x",
    "'=already",
    "a\\u003cb \\ / </script><!--",
    "é e\u0301 🏳️‍🌈 👩‍👩‍👧 𝕏 \u00ad\u061c",
    "ends in space ",
    " = spaced",
    "0",
    "null",
    "%s {0} $& $1 $$ $`",
)


@pytest.mark.exhaustive
def test_no_text_is_saved_otherwise_than_the_command_line_writes_it(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    data = gap_maps.write("weird", weird())
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page

    for suffix in ("csv", "json"):
        assert save(page, suffix)[1] == written(gap_map, suffix, None, "")


def weird() -> Mapping[str, object]:
    texts = [text.replace("\u2028", "").replace("\t", "").strip() for text in WEIRD]
    return {
        "title": " ".join(texts)[:290].strip(),
        "levels": [
            {"id": f"level-{n}", "name": text, "territories": ["AT", "BE"]}
            for n, text in enumerate(texts[:5])
        ],
        "roles": [{"id": f"role-{n}", "name": text} for n, text in enumerate(texts)],
        "instruments": [
            {
                "id": f"i-{n}",
                "name": text,
                "covers": {
                    f"role-{n}@level-0": {
                        "note": f"{raw.replace(chr(0x2028), '')}\n{raw[1:]}\n",
                        "territories": ["BE"],
                    },
                    f"role-{n}@level-1": {"note": raw.replace("\u2028", "")},
                },
            }
            for n, (text, raw) in enumerate(zip(texts, WEIRD, strict=True))
        ],
    }


@pytest.mark.exhaustive
def test_a_saved_table_is_the_engine_s_own_on_every_day(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    # Catches what the page would save, without a file for each.
    page.evaluate(
        """() => {
            window.saved = [];
            const keep = URL.createObjectURL;
            URL.createObjectURL = blob => { saved.push(blob.text()); return keep.call(URL, blob); };
            HTMLAnchorElement.prototype.click = () => {};
        }"""
    )
    origin = Origin(str(gap_map.data))

    for stop, (day, _) in enumerate(stops_of(page)):
        choose_stop(page, stop)
        page.locator("#take").evaluate("tool => { tool.open = true; }")
        page.click("#save-csv")
        page.click("#save-json")
        saved = page.evaluate("Promise.all(saved.splice(0))")
        matrix = gap_map.rate(day)
        expected = [write_csv(rows(matrix), origin), write_record(record(matrix, origin))]
        assert [saved[0].removeprefix("\ufeff"), saved[1]] == expected
