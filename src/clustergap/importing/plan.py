"""What an import would write, or why it cannot: nothing here writes."""

from codecs import BOM_UTF8
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from clustergap.importing.checking import check_result
from clustergap.importing.entries import Entries
from clustergap.importing.frame import Frame, find_frame
from clustergap.importing.frame_changes import add_frame
from clustergap.importing.frame_records import keyed, named
from clustergap.importing.layouts import choose_layout, left_out
from clustergap.importing.merging import merge
from clustergap.importing.new_file import write_new
from clustergap.importing.places import Places
from clustergap.importing.problem import Problem, SheetError, refuse
from clustergap.importing.reconciling import Known, reconcile
from clustergap.importing.sheet import Sheet
from clustergap.importing.vocabulary import NewRecord, Vocabulary
from clustergap.importing.yaml_edit import edit
from clustergap.loading.dataset import Loaded
from clustergap.loading.folder import DatasetFiles
from clustergap.model.dataset import Dataset, Level
from clustergap.sheets.sections import NEVER_READ


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for: which sheet, which names are new for sure, whether what is missing goes."""

    sheet: str | None = None
    new_names: Collection[str] = ()
    prune: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The dataset to import into: its files, their bytes, and what they say; a new one has no bytes and says nothing."""

    files: DatasetFiles
    data: Mapping[Path, bytes]
    loaded: Loaded | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, what the dataset would say then, and what is to be known of the sheet."""

    written: Mapping[Path, bytes]
    after: Dataset
    remarks: Sequence[str]


def plan_import(sheets: Sequence[Sheet], name: str, target: Target, wish: Wish) -> Plan:
    """Say what importing a spreadsheet would write.

    Args:
        sheets: All of its sheets.
        name: Its file's name, which without its suffix is the title of a new dataset that has no other.
        target: The dataset.
        wish: What the user asked for.

    Raises:
        SheetError: Something in the spreadsheet is wrong or in doubt; the error names all of it.
    """
    frame = find_frame(sheets)
    dataset = target.loaded.dataset if target.loaded else None
    if wish.prune and frame.narrowed_to:
        raise refuse(
            f"the workbook holds only {frame.narrowed_to}, so nobody knows what --prune should remove",
            "import it without --prune",
        )
    layout = choose_layout(sheets, wish.sheet, _level_words(dataset, frame))
    claims = layout.read(layout.sheet, layout.row)
    entries, doubts = reconcile(claims, _known(dataset, frame), wish.new_names)
    remarks = [
        *claims.remarks,
        *layout.sheet.remarks(),
        *left_out(sheets, layout, NEVER_READ if frame.sheets else ()),
    ]
    places = Places(entries, frame)
    problems = [*frame.problems, *claims.problems, *_apart_from(claims.problems, doubts)]
    written = _written(target, entries, frame, name, wish)
    after = dataset
    if written:
        after, wrong = check_result(target.files, written, places)
        blamed = {problem.at for problem in problems}
        # Behind a doubt, what is wrong elsewhere may be no more than its shadow.
        problems += [one for one in wrong if one.at not in blamed and (one.at or not problems)]
    if problems or after is None:
        raise SheetError(sorted(dict.fromkeys(problems), key=_place))
    return Plan(written, after, remarks)


def _apart_from(unread: Sequence[Problem], doubts: Sequence[Problem]) -> list[Problem]:
    # What a row seems to lack stands in a cell of it that cannot be read.
    rows = {one.at[:2] for one in unread if one.at}
    return [
        one
        for one in doubts
        if not (one.at and one.at[:2] in rows and one.message.startswith("this row"))
    ]


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.at or ("", 0, 0)


def _level_words(dataset: Dataset | None, frame: Frame) -> list[str]:
    levels: list[Level | NewRecord] = [
        *(dataset.levels if dataset else ()),
        *named(frame, "levels"),
    ]
    return [word for level in levels for word in (level.id, level.name, *level.aliases)]


def _known(dataset: Dataset | None, frame: Frame) -> Known:
    def vocabulary(noun: str, section: str, *, may_grow: bool = False) -> Vocabulary:
        records = list(getattr(dataset, section)) if dataset else []
        ids = {record.id for record in records}
        records += [one for one in named(frame, section) if one.id not in ids]
        return Vocabulary(noun, records, is_open=not records and (dataset is None or may_grow))

    keys = dict(dataset.sources) if dataset else {}
    titles = {key: source.title for key, source in keys.items()}
    for record in keyed(frame, "sources"):
        titles.setdefault(record.id, str(record.values.get("title", record.id)))
    sources = [NewRecord(key, title) for key, title in titles.items()]
    return Known(
        roles=vocabulary("role", "roles"),
        levels=vocabulary("level", "levels"),
        kinds=vocabulary("kind", "kinds", may_grow=True),
        targets=vocabulary("target", "targets", may_grow=True),
        sources=Vocabulary("source", sources, is_open=dataset is None and not sources),
        instruments=dataset.instruments if dataset else (),
    )


def _written(
    target: Target, entries: Entries, frame: Frame, name: str, wish: Wish
) -> dict[Path, bytes]:
    main = target.files.main
    if target.loaded is None:
        return {main: _encode(write_new(entries, frame, PurePath(name).stem))}
    loaded = target.loaded
    by_file = {
        number: list(some) for number, some in merge(entries, loaded, prune=wish.prune).items()
    }
    by_file.setdefault(0, [])[:0] = add_frame(frame, loaded.dataset)
    paths = [main, *target.files.fragments]
    written = {}
    for number, changes in by_file.items():
        if changes:
            text = edit(loaded.sources.files[number].text, changes)
            mark = BOM_UTF8 if target.data[paths[number]].startswith(BOM_UTF8) else b""
            written[paths[number]] = mark + _encode(text)
    return {path: data for path, data in written.items() if data != target.data[path]}


def _encode(text: str) -> bytes:
    # Half a surrogate is named by its cell, like whatever no data file may hold: here it must only not stop all else.
    return text.encode("utf-8", "surrogatepass")
