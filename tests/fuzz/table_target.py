"""What must hold of importing whatever a table says: it comes in, or nothing is written and the reason is told."""

import dataclasses
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import typer
from pytest import MonkeyPatch  # noqa: PT013 - no test stands here

from clustergap.cli import app
from clustergap.cli.import_steps import read_options
from clustergap.cli.table_options import TableOptions
from clustergap.editing.destination import Destination, read_destination
from clustergap.errors import ClusterGapError
from clustergap.findings import Severity
from clustergap.importing.import_context import ImportOptions, load_mapping
from clustergap.importing.import_plan import ImportPlan, plan_import, propose_mapping
from clustergap.importing.problems import naming
from clustergap.loading.discovery import DatasetFiles, find_files
from clustergap.loading.files import FILE_LIMITS
from clustergap.loading.loader import check_dataset
from clustergap.model.query import Layout
from clustergap.spreadsheet.opening import open_sheets
from clustergap.spreadsheet.sheet import LIMITS, Sheet
from clustergap.writers.marked_table import is_list_of_problems
from fuzz.tables import Case
from fuzz.target import ACTING, FASTEST, TODAY, BrokenPromiseError
from paths import ROOT
from running import Outcome, run

SECONDS = 2
"""Processor time that importing a small table may take; most take a hundredth of one."""

_HEAD = """\
schema: 1
title: T
as_of: 2026-06-30
sources: {deck: {title: Slides}}
levels:
  - {id: eu, name: EU, aliases: [European]}
  - {id: country, name: Country, territories: eu27}
  - {id: region, name: Region, territories: [RO11, RO12, AT11, {code: NO08, name: Oslo}, FRK2]}
roles:
  - {id: industry-4-0, name: Industry 4.0}
  - {id: social-economy, name: Social economy, aliases: [SE]}
  - {id: skills, name: Skills}
  - {id: energy-water, name: "Energy, water"}
kinds: [{id: fund, name: Fund, funds: true}, {id: forum, name: Forum, funds: false}]
targets: [{id: start-ups, name: Start-ups}]
"""

_FUNDS = """\
instruments:
  - id: structural-funds
    name: Structural Funds
    short: ESIF
    kind: fund   # it pays
    starts: 2014
    covers:
      industry-4-0@eu: full
      skills@country: {extent: partial, territories: [RO, AT], note: Not in every country}
  - {id: forum, name: European Cluster Policy Forum, seen: 2015, covers: {social-economy@eu: partial}}
observations: {skills@region: {extent: partial, territories: [RO11], at_least: true}}
assessed: {region: [RO11]}
"""

_LISTS = """\
instruments:
  - id: fund
    name: Fund
    covers:
      skills@country:
        - {extent: full, territories: [RO], starts: 2016, ends: 2018}
        - {extent: partial, territories: [AT, BE], starts: 2019, sources: [{ref: deck, locator: p. 3}]}
      skills@region: [{extent: full, territories: [RO11]}]
  - {id: act-2, name: Act 2, status: planned, covers: {}, part_of: fund, funded_by: [fund], commits_until: 2026, succeeded_by: [fund]}
observations:
  social-economy@country: [{extent: partial, territories: [RO]}, {extent: full, territories: [AT]}, {extent: none, territories: [BE], seen: 2018}]
accepted_gaps: {energy-water@eu: {reason: Not this year, by: The board, until: 2027-12-31}}
"""


@cache
def datasets() -> Mapping[str, Mapping[str, bytes]]:
    """Return the datasets to import into, by their names, as their files."""
    deck = {
        name: (ROOT / "data" / name).read_bytes() for name in ("instruments.yaml", "swot.yaml")
    }
    part = "instruments: [{id: kic, name: KIC Climate, covers: {skills@eu: full}}]\n"
    return {
        "": {},
        "small": {"instruments.yaml": (_HEAD + _FUNDS).encode()},
        "lists": {"instruments.yaml": (_HEAD + _LISTS).replace("\n", "\r\n").encode()},
        "parts": {
            "instruments.yaml": (_HEAD + _FUNDS).encode(),
            "instruments/a.yaml": part.encode(),
        },
        "deck": deck,
    }


_PRIVATE = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\{[a-z_.!:]*\}|<class|\bobject at 0x|Traceback|\w+Error\b|<\w+\.\w+"
    r"|frozenset|\bEnum\b|\\0|\bnan\b|PosixPath|\bdefect\b"
)
"""Words of the program's own that nobody should see."""

_LONGEST = 60_000


@contextmanager
def room() -> Iterator[Path]:
    """Make a folder in which tables are imported, one after another, by a program that stands ready."""
    built: dict[Sequence[str], Any] = {}

    class Ready:
        def __init__(self, commands: Sequence[str]) -> None:
            self.command = typer.main.get_command(make(commands))

        def __call__(self, **how: Any) -> object:
            return self.command(**how)

    make = app.build_app

    def build(commands: Sequence[str] = app.COMMANDS) -> object:
        if tuple(commands) not in built:
            built[tuple(commands)] = Ready(commands)
        return built[tuple(commands)]

    def let_through(error: BaseException) -> int:
        raise error

    where = FASTEST if FASTEST.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="clustergap-fuzz-", dir=where) as name,
        MonkeyPatch.context() as patch,
    ):
        patch.setattr(app, "build_app", build)
        patch.setattr("clustergap.cli.exit._report_defect", let_through)
        patch.chdir(name)
        yield Path(name)


def look_at_import(case: Case, folder: Path) -> int:
    """Import a table, and look at everything that must hold of what comes of it.

    Returns:
        The exit code.

    Raises:
        BrokenPromiseError: Something does not hold. Any other exception is one that the program let through.
    """
    _prepare(case, folder)
    argv = ["import", f"table{case.form.suffix}", "--data", "data", *case.options]
    before = _files(folder)
    done = _run(argv)
    after = _files(folder)
    _look_at_words(done, case)
    if done.code == 0:
        _look_at_success(argv, after, folder)
    else:
        _require(done.code == 2, "an import ends with 0 or 2", f"{done.code}: {done.err}")
        _require(done.err.strip(), "who cannot import is told why")
        marked = after.pop("marked.xlsx", None)
        _require(
            after == before, "nothing is written at exit code 2", str(_between(before, after))
        )
        if marked is not None:
            open_sheets(marked, "marked.xlsx")
    return done.code


def look_at_plan(case: Case, folder: Path) -> int:
    """Look at what importing a table would write, without the command line: in half of the time.

    Returns:
        The exit code that it would come to.

    Raises:
        BrokenPromiseError: Something does not hold. Any other exception is one that the program let through.
    """
    before = _target(case.into)
    start = time.process_time()
    try:
        plan = _plan(case, before, folder)
    except (ClusterGapError, typer.BadParameter) as error:
        lines = [*error.lines, str(error)] if isinstance(error, ClusterGapError) else [str(error)]
        _look_at_words(Outcome(2, b"", "\n".join(lines)), case)
        return 2
    _require(time.process_time() - start < SECONDS, "a small table is imported at once")
    _look_at_words(Outcome(0, b"", "\n".join(plan.remarks)), case)
    data = {**before.data, **plan.written}
    files = before.files._replace(main=_MAIN, stored=data)
    after = read_destination(files, FILE_LIMITS, None)  # it raises where there is an error
    try:
        again = _plan(case, after, folder)
    except ClusterGapError as error:
        said = " ".join([*error.lines, str(error)])
        raise BrokenPromiseError("the same table comes in again", said[:400]) from error
    said = "".join(text.decode() for text in again.written.values())
    _require(not again.written, "the same import again changes no byte", said[-300:])
    return 0


def look_at_proposal(case: Case, folder: Path) -> int:
    """Look at the mapping that is proposed for a table: it is a mapping.

    Returns:
        The exit code that importing with it would come to.

    Raises:
        BrokenPromiseError: Something does not hold. Any other exception is one that the program let through.
    """
    target, mapping = _target(case.into), folder / "proposed.yaml"
    try:
        sheets, options = _read(case, folder)
        with naming("table"):
            text = propose_mapping(sheets, f"table{case.form.suffix}", target, options)
    except (ClusterGapError, typer.BadParameter):
        return 2
    mapping.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        loaded = load_mapping(mapping, FILE_LIMITS)
    except ClusterGapError as error:
        said = " ".join([*error.lines, str(error)])
        raise BrokenPromiseError("a proposed mapping is valid", said) from error
    options = dataclasses.replace(
        options,
        mapping_file=loaded,
        columns={},
        leave_out=(),
        fill_down=(),
        cites=True,
    )
    try:
        plan_import(sheets, f"table{case.form.suffix}", target, options)
    except ClusterGapError:
        return 2
    return 0


_MAIN = Path("data/instruments.yaml")


@cache
def _target(name: str) -> Destination:
    data = {Path("data") / path: text for path, text in datasets()[name].items()}
    if not data:
        return Destination(DatasetFiles(_MAIN), {})
    swot = next((path for path in data if path.name == "swot.yaml"), None)
    fragments = tuple(path for path in data if path.parent.name == "instruments")
    return read_destination(DatasetFiles(_MAIN, fragments, swot, stored=data), FILE_LIMITS, None)


def _plan(case: Case, target: Destination, folder: Path) -> ImportPlan:
    sheets, options = _read(case, folder)
    name = f"table{case.form.suffix}"
    with naming(name):
        return plan_import(sheets, name, target, options)


def _read(case: Case, folder: Path) -> tuple[list[Sheet], ImportOptions]:
    said: dict[str, list[str]] = {}
    words = iter(case.options)
    for word in words:
        is_flag = word in ("--all-new", "--prune", "--diff")
        said.setdefault(word.removeprefix("--").replace("-", "_"), []).append(
            "" if is_flag else next(words)
        )
    if case.mapping is not None:
        (folder / "mapping.yaml").write_bytes(case.mapping)
    last, layout = _last("last", said), _last("layout", said)
    table = TableOptions(
        sheet=_last("sheet", said),
        layout=Layout(layout) if layout else None,
        header=_last("header", said),
        last=int(last) if last else None,
        column=said.get("column"),
        leave_out=said.get("leave_out"),
        fill_down=said.get("fill_down"),
        date_format=_last("date_format", said),
        encoding=_last("encoding", said),
        level=said.get("level"),
        mapping=folder / "mapping.yaml" if "mapping" in said else None,
    )
    flags = {"all_new": "all_new" in said, "prune": "prune" in said}
    options = read_options(table, "clustergap import table", said.get("new", []), **flags)
    name = f"table{case.form.suffix}"
    limits = LIMITS._replace(unpacked=FILE_LIMITS.size, text=FILE_LIMITS.size)
    with naming(name):
        sheets, _ = open_sheets(case.data, name, limits, options.encoding, options.delimiter)
    return [sheet for sheet in sheets if not is_list_of_problems(sheet)], options


def _last(name: str, said: Mapping[str, Sequence[str]]) -> str | None:
    return said[name][-1] if name in said else None


def _prepare(case: Case, folder: Path) -> None:
    wanted = {f"data/{name}": data for name, data in datasets()[case.into].items()}
    wanted[f"table{case.form.suffix}"] = case.data
    if case.mapping is not None:
        wanted["mapping.yaml"] = case.mapping
    there = _files(folder)
    for name in there.keys() - wanted.keys():
        (folder / name).unlink()
    for name, data in wanted.items():
        if there.get(name) != data:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    data_folder = folder / "data"
    if not case.into and data_folder.is_dir():
        for path in (data_folder / "instruments", data_folder):
            if path.is_dir():
                path.rmdir()


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _run(argv: Sequence[str]) -> Outcome:
    start = time.process_time()
    done = run(*argv)
    taken = time.process_time() - start
    _require(taken < SECONDS, "a small table is imported at once", f"{taken:.1f} s")
    return done


def _look_at_success(argv: Sequence[str], after: Mapping[str, bytes], folder: Path) -> None:
    report = check_dataset(find_files(folder / "data"), today=TODAY)
    errors = [one for one in report.findings if one.rule.severity is Severity.ERROR]
    said = f"{errors[0].rule.code} {errors[0].message}" if errors else ""
    _require(not errors, "what is written has no error", said)
    again = _run(argv)
    _require(again.code == 0, "the same table comes in again", again.err)
    now = _files(folder)
    _require(now == after, "the same import again changes no byte", str(_between(after, now)))
    nothing = "Nothing to write: the data already say all that this table says."
    _require(
        nothing in again.out.replace("\n", " "),
        "a second time says that nothing is new",
        again.out,
    )
    new = re.search(
        r"^[0-9,]+ (?:instrument|cover|observation)s?.*\b(?:new|changed)\b(?<!unchanged)",
        again.out,
        re.M,
    )
    _require(new is None, "a second time counts nothing as new", new[0] if new else "")


def _between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _look_at_words(done: Outcome, case: Case) -> None:
    said = done.out + done.err
    acting = ACTING.search(said)
    _require(
        acting is None, "no character acts", said[acting.start() - 80 :][:160] if acting else ""
    )
    # A command to copy has the options that were given, and three are the most that are shown.
    longest = _LONGEST + 3 * len(" ".join(case.options))
    _require(len(done.err) < longest, "what is wrong is told shortly", done.err[:200])
    for match in _PRIVATE.finditer(done.err):
        _require(
            match[0]
            in _texts(case).replace("\\xad", ""),  # what nobody sees is left out of what is told
            "no private word is told",
            done.err[max(0, match.start() - 100) :][:250],
        )


def _texts(case: Case) -> str:
    if case.raw is not None:
        return (
            case.raw.decode("latin-1") + str(case.sheets) + str(case.mapping) + str(case.options)
        )
    return f"{case.sheets} {(case.mapping or b'').decode('utf-8', 'replace')} {case.options} None True False"


def _require(holds: object, promise: str, said: str = "") -> None:
    if not holds:
        raise BrokenPromiseError(promise, said[:400])
