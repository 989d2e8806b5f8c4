"""``clustergap report``: what is written where, for which question, and that the page is sound and safe as it stands."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from inline_snapshot import external_file
from jinja2 import UndefinedError

from clustergap.cli import streams
from clustergap.cli.exit import Exit
from clustergap.writers.html import fill
from paths import GOLDEN, ROOT
from running import Outcome, run
from written_page import Element, Json, Tables, data_of, elements

DECK, HOSTILE = str(ROOT / "data"), "tests/hostile"
INDUSTRY = str(ROOT / "examples/industry-4-0-2017")

BROKEN = "schema: 1\ntitle: Broken\nlevels: []\n"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def report(*argv: str, data: str = DECK) -> Outcome:
    """Write the page of a dataset to standard output."""
    return run("report", "--data", data, *argv)


@pytest.fixture(scope="module")
def deck() -> str:
    return report().out


@pytest.fixture(scope="module")
def industry() -> str:
    return report(data=INDUSTRY).out


@cache
def hostile() -> str:
    """Write the page of hostile data, once."""
    return report(data=HOSTILE).out


# Where it goes


def test_standard_output_and_a_file_hold_the_same_page(tmp_path: Path, deck: str) -> None:
    file = tmp_path / "gap-map.html"

    outcome = report("-o", str(file))

    assert (outcome.code, outcome.stdout, outcome.err) == (Exit.OK, b"", "")
    assert file.read_bytes().decode("utf-8") == deck
    assert report("-o", "-").out == deck


def test_the_page_is_utf_8_without_a_byte_order_mark_and_ends_with_one_line_end(
    tmp_path: Path,
) -> None:
    file = tmp_path / "gap-map.html"

    report("-o", str(file))

    assert file.read_bytes().startswith(b'<!DOCTYPE html>\n<html lang="en">\n')
    assert file.read_bytes().endswith(b"</html>\n")
    assert b"\r" not in file.read_bytes()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["A.HTML", "a.html", "naïve page.html", "a.b.html"])
def test_a_file_called_html_is_a_page(tmp_path: Path, name: str) -> None:
    assert report("-o", str(tmp_path / name), data=HOSTILE).code == Exit.OK
    assert report("-f", "html", "-o", str(tmp_path / name), data=HOSTILE).code == Exit.OK


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["a.htm", "a.odt", "a.json", "a.html.txt", "a", "html"])
def test_a_file_called_otherwise_is_refused_unless_the_format_is_said(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / name

    refused = report("-o", str(file), data=HOSTILE)

    assert (refused.code, refused.stdout, file.exists()) == (Exit.UNUSABLE, b"", False)
    assert ".html" in refused.err
    assert report("-o", str(file), "-f", "html", data=HOSTILE).code == Exit.OK
    assert file.read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_terminal_is_asked_for_a_file_and_told_what_to_do_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No sign of life, however busy the machine is.
    monkeypatch.setattr(streams, "PATIENCE", 600.0)
    bare = run("report", "--data", DECK, is_terminal=True)
    into_file = run("report", "--data", DECK, "-o", str(tmp_path / "map.html"), is_terminal=True)
    quiet = run("report", "--data", DECK, "-q", "-o", str(tmp_path / "map.html"), is_terminal=True)

    assert (bare.code, bare.stdout) == (Exit.UNUSABLE, b"")
    assert "-o gap-map.html" in bare.err
    assert "map.html#ROLE@LEVEL" in into_file.err
    assert quiet.err == ""


def test_a_terminal_that_asks_for_it_is_given_the_page(deck: str) -> None:
    assert run("report", "--data", DECK, "-o", "-", is_terminal=True).out == deck


MISTAKES = [
    ["-f", "pdf"],
    ["--format", "json"],
    ["--levle", "region"],
    ["--names"],
    ["--today", "2024-01-01"],
    ["a-role@eu"],
    ["--level", "regin"],
    ["--role", "nobody"],
    ["--in", "XX"],
    ["--kind", "nothing"],
    ["--target", "nobody"],
    ["--without", "interegg"],
    ["--as-of", "soon"],
    ["--data", "missing"],
]


@pytest.mark.parametrize("argv", MISTAKES, ids=" ".join)
def test_a_mistake_writes_no_page(tmp_path: Path, argv: list[str]) -> None:
    file = tmp_path / "gap-map.html"
    file.write_text("what was there", encoding="utf-8")

    outcome = run("report", "--data", DECK, "-o", str(file), *argv)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err
    assert file.read_text(encoding="utf-8") == "what was there"


def test_of_broken_data_there_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "instruments.yaml").write_text(BROKEN, encoding="utf-8")

    outcome = report("-o", str(tmp_path / "map.html"), data=str(tmp_path))

    assert outcome.code == Exit.UNUSABLE
    assert not (tmp_path / "map.html").exists()


def test_the_page_is_the_same_on_every_run(deck: str) -> None:
    assert report().out == deck


def imports_jinja(*argv: str) -> bool:
    """Tell whether a run of the program imports the template engine."""
    command = [sys.executable, "-X", "importtime", "-m", "clustergap", *argv, "--data", HOSTILE]
    outcome = subprocess.run(command, capture_output=True, check=True)
    return re.search(rb"\| +jinja2\r?$", outcome.stderr, re.MULTILINE) is not None


def test_only_who_writes_a_page_waits_for_its_template_engine() -> None:
    assert not imports_jinja("matrix")
    assert imports_jinja("report")


def test_a_path_that_is_no_text_leaves_the_page_one(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"odd-\xff-\xe2\x82-<b>")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system knows no such names")
    (folder / "instruments.yaml").write_bytes(Path(DECK, "instruments.yaml").read_bytes())

    page = report(data=str(folder)).stdout.decode("utf-8")

    assert data_of(page)["document"]["dataset"]["path"] == str(folder)


# For which question


QUESTIONS = [
    (),
    ("--level", "region"),
    ("--level", "Country", "--level", "eu"),
    ("--role", "social-economy"),
    ("--role", "social-economy", "--level", "eu"),
    ("--in", "RO11"),
    ("--in", "RO"),
    ("--as-of", "2030"),
    ("--as-of", "2013-12-31"),
    ("--without", "interreg"),
    ("--with-planned",),
    ("--level", "region", "--in", "AT", "--as-of", "2019-06-30", "--without", "interreg"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("argv", QUESTIONS, ids=" ".join)
def test_the_page_begins_with_what_the_matrix_says_to_the_same_question(
    argv: tuple[str, ...],
) -> None:
    asked = json.loads(run("matrix", "--data", DECK, *argv, "-f", "json").out)

    page = report(*argv).out

    tables = Tables(data_of(page))
    start = tables.data["start"]
    assert tables.data["document"] == {
        key: asked[key] if key != "caveats" else 0 for key in asked if key != "cells"
    }
    assert [tables.cell(cell["cell"], 0, start) for cell in asked["cells"]] == asked["cells"]
    assert shown_in(page) == [
        (cell["cell"], cell["coverage"], bool(cell["rests_on"])) for cell in asked["cells"]
    ]


def shown_in(page: str) -> list[tuple[str, str, bool]]:
    """Say what the map shows before any script runs: cell, coverage, whether it rests on one instrument."""
    found = [one for one in elements(page) if one.attributes.get("class", "").startswith("cell ")]
    marked = re.findall(r'<a class="cell[^>]*>.*?</a>', page, re.DOTALL)
    return [
        (
            one.attributes["href"][1:],
            one.attributes["class"].partition(" c-")[2].split()[0],
            "<b>!</b>" in button,
        )
        for one, button in zip(found, marked, strict=True)
    ]


def test_a_kind_narrows_the_question() -> None:
    argv = ("--kind", data_of(report(data=INDUSTRY).out)["kinds"][1][0])

    asked = json.loads(run("matrix", "--data", INDUSTRY, *argv, "-f", "json").out)
    tables = Tables(data_of(report(*argv, data=INDUSTRY).out))

    assert [kind for kind, *_ in tables.data["kinds"]] == [None]
    found = [tables.cell(cell["cell"], 0, tables.data["start"]) for cell in asked["cells"]]
    assert found == asked["cells"]


# The page as it stands


def test_a_page_is_the_golden_one() -> None:
    assert readable(hostile()) == external_file(GOLDEN / "hostile.report.html.txt")


def readable(page: str) -> str:
    """Cut out what is made of other files, and write the data a row a line so that a change of it can be read."""
    page = re.sub(r"(<style>).*?(?=</style>)", r"\1…", page, flags=re.DOTALL)
    page = re.sub(r"(<script>).*?(?=</script>)", r"\1…", page, flags=re.DOTALL)
    page = re.sub(r"(&#39;sha256-).*?(?=&#39;)", r"\1…", page)
    rows = "\n".join(_rows_of(data_of(page)))
    return re.sub(r'(id="data">).*(?=</script>)', lambda found: f"{found[1]}\n{rows}\n", page)


def _rows_of(data: Json) -> Iterator[str]:
    for key, value in data.items():
        yield f"== {key}"
        rows = (
            value.items()
            if isinstance(value, dict)
            else value
            if isinstance(value, list)
            else [value]
        )
        yield from map(json.dumps, rows)


def test_the_page_of_the_deck_is_small_enough_to_mail() -> None:
    # Its path is in the page: that of the repository's own folder, wherever this lies.
    assert len(report(data="data").stdout) <= 200_000


def style_of(page: str) -> str:
    """Return the page's style."""
    (style,) = (one.text for one in elements(page) if one.tag == "style")
    return style


def test_a_policy_lets_in_nothing_but_what_stands_in_the_page(deck: str, industry: str) -> None:
    for page in (deck, industry, hostile()):
        found = elements(page)
        (policy,) = (one.attributes["content"] for one in found if "http-equiv" in one.attributes)
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        scripts = {hash_of(one.text) for one in found if one.tag == "script"}
        (style,) = (hash_of(one.text) for one in found if one.tag == "style")
        assert set(rules["script-src"].split()) == scripts
        assert rules["style-src"] == style
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert len(rules) == 5


def hash_of(text: str) -> str:
    """Write a hash as a policy names it."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_policy_stands_before_what_it_is_for(deck: str) -> None:
    tags = [one.tag for one in elements(deck)]
    policy = next(n for n, one in enumerate(elements(deck)) if "http-equiv" in one.attributes)

    assert policy < min(tags.index("style"), tags.index("script"))


ADDRESSES = {
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "xlink:href",
}


def addresses(page: str) -> list[tuple[Element, str]]:
    """List all that an element of a page could go to or fetch."""
    return [
        (one, value)
        for one in elements(page)
        for name, value in one.attributes.items()
        if name in ADDRESSES
    ]


def test_a_page_leads_to_itself_or_by_a_link_that_tells_nothing_of_it(deck: str) -> None:
    for page in (deck, hostile()):
        for element, address in addresses(page):
            if not address.startswith("#"):
                assert element.tag == "a"
                assert re.match(r"https?://", address)
        assert '<meta name="referrer" content="no-referrer">' in page


def test_no_element_has_a_style_or_a_script_of_its_own(deck: str) -> None:
    for page in (deck, hostile()):
        names = {name for one in elements(page) for name in one.attributes}
        assert not [name for name in names if name.startswith("on") or name == "style"]


def test_whatever_is_pointed_at_within_the_page_is_there(deck: str, industry: str) -> None:
    for page in (
        deck,
        industry,
        hostile(),
        report("--level", "eu", data=HOSTILE).out,
    ):
        found = elements(page)
        ids = [one.attributes["id"] for one in found if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        headings = {
            one.attributes["href"][1:] for one in found if one.attributes.get("class") == "head"
        }
        targets = {address[1:] for _, address in addresses(page) if address.startswith("#")}
        assert targets - {""} <= {*ids, *headings}
        for one in found:
            named = [one.attributes.get(name, "") for name in ("aria-labelledby", "for")]
            assert set(" ".join(named).split()) <= set(ids)


def test_the_map_is_a_table_whose_heads_say_what_they_head(deck: str) -> None:
    data = data_of(deck)["document"]
    scopes = [one.attributes["scope"] for one in elements(map_of(deck)) if one.tag == "th"]
    heads = re.findall(r'<a class="head" href="#(.*?)">(?:<bdi class="level">)?(.*?)<', deck)

    assert heads == [
        *((f"@{level['id']}", level["name"]) for level in data["levels"]),
        *((f"{role['id']}@", role["name"]) for role in data["roles"]),
    ]
    assert scopes.count("row") == len(data["roles"])
    assert scopes.count("col") == 1 + len(data["levels"])


def map_of(page: str) -> str:
    """Cut out the table of the map, without the views below it, which have tables of their own."""
    return page[(begin := page.index("<table")) : page.index("</table>", begin)]


def test_what_is_missing_is_listed_once_the_worst_first(deck: str) -> None:
    matrix = json.loads(run("matrix", "--data", DECK, "-f", "json").out)["cells"]
    body = deck[deck.index('id="missing"') : deck.index("</section>", deck.index('id="missing"'))]
    rows = re.findall(r'<li id="([^"]+)"><span class="chip c-(\w+)', body)
    gaps = {
        cell["cell"]: cell["coverage"]
        for cell in matrix
        if cell["coverage"] in ("none", "partial")
    }

    assert dict(rows) == gaps
    assert len(rows) == len(gaps)
    words = [coverage for _, coverage in rows]
    assert words == sorted(words, key=["none", "partial"].index)


def test_without_a_script_what_needs_it_is_hidden_and_the_rest_is_there(deck: str) -> None:
    found = elements(deck)
    hidden = {one.attributes.get("id") for one in found if "hidden" in one.attributes}

    # What is chosen, found, folded or drawn by the script alone; of days that are past the list is written by it.
    assert hidden - {None, "view-compare"} == {
        *("tools", "panel", "clear", "over-time", "past"),
        *("tiles", "own-tiles", "instruments-find", "instruments-more", "idle-shown"),
    }  # fmt: skip
    views = ("map", "missing", "places", "instruments", "time", "swot")
    assert ids_in(deck) - hidden >= {f"view-{view}" for view in views}
    assert [one.text for one in found if one.tag == "dt"][:3] == ["role", "level", "instrument"]


def ids_in(page: str) -> set[str]:
    """List the ids of a page."""
    return {one.attributes["id"] for one in elements(page) if "id" in one.attributes}


SMALL = """\
schema: 1
title: Small
levels: [{id: eu, name: EU}]
roles: [{id: role, name: Role}]
instruments: []
"""


def small(tmp_path: Path, more: str = "", instead: str = "instruments: []\n") -> str:
    """Write a small dataset, and return its page."""
    text = SMALL.replace("instruments: []\n", instead) + more
    (tmp_path / "instruments.yaml").write_text(text, encoding="utf-8")
    outcome = report(data=str(tmp_path))
    assert outcome.code == Exit.OK, outcome.err
    return outcome.out


def test_only_what_the_data_has_can_be_chosen(tmp_path: Path) -> None:
    bare = small(tmp_path)

    assert not ids_in(bare) & {"view-swot", "view-places", "stop", "kind"}
    assert ids_in(hostile()) >= {"view-swot", "view-places", "stop"}
    assert "The data names none." in bare


def test_days_can_be_chosen_where_something_changes(tmp_path: Path) -> None:
    dated = "instruments: [{id: a, name: A, starts: 2014-01-01, covers: {role@eu: full}}]\n"

    page = small(tmp_path, instead=dated)

    assert "stop" in ids_in(page)
    # Dates ignored, the eve and the first day.
    assert [day for day, _ in data_of(page)["stops"]] == [None, "2013-12-31", "2014-01-01"]


def test_kinds_can_be_chosen_where_there_are_two(tmp_path: Path) -> None:
    two = (
        "kinds: [{id: law, name: A law}, {id: fund, name: Money}]\n"
        "instruments:\n"
        "  - {id: a, name: A, kind: fund, covers: {role@eu: full}}\n"
        "  - {id: b, name: B, kind: law, covers: {role@eu: full}}\n"
    )

    page = small(tmp_path, instead=two)
    chooser = page[(begin := page.index('<select id="kind"')) : page.index("</select>", begin)]
    options = [one for one in elements(chooser) if one.tag == "option"]

    assert [(one.attributes["value"], one.text) for one in options] == [
        ("", "All kinds"), ("law", "A law"), ("fund", "Money"),
    ]  # fmt: skip


def test_sources_are_spelled_out_with_all_that_is_known(tmp_path: Path) -> None:
    sources = (
        "sources:\n"
        "  a: {title: Bare}\n"
        "  b: {title: Whole, author: Somebody, publisher: A press, date: 2020, url: 'https://example.org/?a=1&b=2'}\n"
    )

    page = small(tmp_path, sources)

    assert "<li>Bare</li>" in page
    assert (
        '<li>Somebody, <a href="https://example.org/?a=1&amp;b=2">Whole</a>, A press, 2020</li>'
    ) in page


def test_the_date_of_the_data_is_said_where_there_is_one(tmp_path: Path) -> None:
    assert "Data of" not in small(tmp_path)
    assert "Data of 30 June 2024." in small(tmp_path, "as_of: 2024-06-30\n")


def test_the_page_begins_with_the_finding(deck: str) -> None:
    (finding,) = (one.text for one in elements(deck) if one.tag == "h1")

    # Of 18, country level has no instrument for internationalisation and social economy, say the data.
    assert finding == TITLE


TITLE = "Social economy has no instrument at EU and country level"
"""The first that is true of the deck: all that is missing is one role's."""


def test_a_template_that_asks_for_what_is_not_there_is_a_defect() -> None:
    with pytest.raises(UndefinedError):
        fill("page.html.j2", {}, style="")


def test_names_as_long_as_names_can_be_do_not_keep_the_page_from_being_written(
    tmp_path: Path,
) -> None:
    roles = ", ".join(f"{{id: r{n}, name: {'n' * 290}{n}}}" for n in range(12))
    text = SMALL.replace("{id: role, name: Role}", roles).replace("name: EU", f"name: {'e' * 300}")
    (tmp_path / "instruments.yaml").write_text(text, encoding="utf-8")
    program = [sys.executable, "-m", "clustergap", "report", "--data", str(tmp_path)]
    # By the processor's clock: on a busy machine others have it, too.
    command = ["sh", "-c", 'ulimit -t 8; exec "$@"', "sh", *program]

    outcome = subprocess.run(command, capture_output=True, check=True)

    assert outcome.stdout.startswith(b"<!DOCTYPE html>")


# Hostile data


PROSE = {"title", "name", "short", "text", "note", "quote", "locator", "author", "reason", "by"}


def harmless(value: Json, key: str = "") -> Json:
    """Put plain words in the place of every text that people read."""
    if isinstance(value, dict):
        return {name: harmless(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [harmless(one, key if key == "aliases" else "") for one in value]
    return (
        f"Words about the {key}"
        if key in PROSE
        else {"true": True, "false": False}.get(value, value)
    )


def test_the_page_of_hostile_data_has_the_elements_of_a_harmless_one(tmp_path: Path) -> None:
    for name in ("instruments.yaml", "swot.yaml"):
        file = ROOT / HOSTILE / name
        data = harmless(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader))  # noqa: S506 - texts alone
        numbered = _numbered(data)
        (tmp_path / name).write_text(
            json.dumps(numbered).replace('"schema": "1"', '"schema": 1'), encoding="utf-8"
        )
    plain = report(data=str(tmp_path))
    assert plain.code == Exit.OK, plain.err

    assert skeleton(hostile()) == skeleton(plain.out)


def _numbered(data: Json) -> Json:
    # Names must differ.
    for key in ("levels", "roles", "kinds", "targets", "instruments"):
        for number, one in enumerate(data.get(key, ())):
            one["name"] = f"{one['name']} {number}"
    return data


def skeleton(page: str) -> list[tuple[str, Mapping[str, str]]]:
    """Tell the elements of a page, with what of their attributes is no text of the data."""
    return [
        (
            one.tag,
            {
                name: value
                for name, value in one.attributes.items()
                if name not in ("content", "aria-label", "data-level")
            },
        )
        # What is written from right to left is set apart.
        for one in elements(page)
        if one.tag != "bdi"
    ]


def test_words_of_hostile_data_come_back_as_they_were_written() -> None:
    page = hostile()
    found = elements(page)
    text = "".join(one.text for one in found)

    kicker = next(
        number for number, one in enumerate(found) if one.attributes.get("class") == "kicker"
    )
    assert found[kicker + 1].text == "=1+1 [/bold] <b>title</b> | ::error::forged, ##[error]x"
    assert "[/x] <b>bold</b> *star* _under_ `code`" in text
    assert "<script>alert('1')</script>, \"quoted\" & {0} %s" in text
    assert "<b>bold</b>" not in page


def test_hostile_data_in_the_script_s_tables_is_text() -> None:
    page = hostile()
    (raw,) = re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)

    assert not set(raw) & set("<>&")
    assert "##[" not in raw
    assert not re.search(
        "[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", raw.replace("\u200c", "")
    )
    assert data_of(page)["document"]["dataset"]["title"].endswith("##[error]x")
