"""Why something is so: a cell, an instrument or another record, with the lines where it is written, or a rule of ``check``."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from clustergap.analysis.explain import (
    CellExplanation,
    explain_cell,
    explain_instrument,
)
from clustergap.analysis.explain_records import (
    SubjectExplanation,
    explain_level,
    explain_place,
    explain_role,
    explain_source,
    explain_swot_item,
)
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.api.answer import Answer
from clustergap.api.names import (
    cell_of,
    instrument_id,
    level_id,
    not_known,
    place_remedy,
    places_meant,
    role_id,
    source_key,
    sources_meant,
    swot_item_id,
    swot_items_meant,
    territory_code,
)
from clustergap.api.query_options import query_notes
from clustergap.checks.run import CATALOGUE
from clustergap.errors import ClusterGapError
from clustergap.loading.loader import DatasetSources
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Role
from clustergap.model.query import Query, SubjectKind
from clustergap.model.record import NameIndex, other_words
from clustergap.origin import Origin
from clustergap.text import capitalise, closest, either, quote

_RULE_CODE = re.compile(r"(rule:)?(CG[0-9]{3})", re.IGNORECASE)


class ExplainedSubject(NamedTuple):
    """What is explained: ``id`` is its cell, code, id or key."""

    kind: SubjectKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}"


def find_subject(dataset: Dataset, word: str) -> ExplainedSubject:
    """Find what a word means: ids and names in any letter case, or with what it is before them, such as ``role:clusters``.

    Raises:
        ClusterGapError: It means nothing, or several things.
    """
    prefix, colon, name = word.partition(":")
    if colon and prefix in _FINDERS:
        kind = SubjectKind(prefix)
        return ExplainedSubject(kind, _FINDERS[kind](dataset, name.strip()))
    found = [*_subjects_meant(dataset, word)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ClusterGapError(f"{quote(word)} is several: write {either([*map(str, found)])}")
    if "@" in word:
        return ExplainedSubject(SubjectKind.CELL, str(cell_of(dataset, word)))
    raise _nothing_to_explain(dataset, word)


def _subjects_meant(dataset: Dataset, word: str) -> Iterator[ExplainedSubject]:
    role, at, level = word.rpartition("@")
    roles, levels = NameIndex(dataset.roles), NameIndex(dataset.levels)
    if at:
        for cell_role in roles.meant(role.strip()):
            for cell_level in levels.meant(level.strip()):
                yield ExplainedSubject(SubjectKind.CELL, str(Cell(cell_role, cell_level)))
    meant: Mapping[SubjectKind, Iterable[str]] = {
        SubjectKind.INSTRUMENT: NameIndex(dataset.instruments).meant(word),
        SubjectKind.ROLE: roles.meant(word),
        SubjectKind.LEVEL: levels.meant(word),
        SubjectKind.PLACE: places_meant(dataset, word),
        SubjectKind.SOURCE: sources_meant(dataset, word),
        SubjectKind.SWOT: swot_items_meant(dataset, word),
    }
    for kind, ids in meant.items():
        yield from (ExplainedSubject(kind, id_) for id_ in ids)


_FINDERS: Mapping[str, Callable[[Dataset, str], str]] = {
    SubjectKind.CELL: lambda dataset, word: str(cell_of(dataset, word)),
    SubjectKind.INSTRUMENT: instrument_id,
    SubjectKind.ROLE: role_id,
    SubjectKind.LEVEL: level_id,
    SubjectKind.PLACE: territory_code,
    SubjectKind.SOURCE: source_key,
    SubjectKind.SWOT: swot_item_id,
}
"""Finds what is named behind the word for what it is, or raises a ``ClusterGapError``."""


def _nothing_to_explain(dataset: Dataset, word: str) -> ClusterGapError:
    items = (item for items in dataset.swot.values() for item in items)
    records: tuple[Instrument | Role | Level, ...] = (
        *dataset.instruments,
        *dataset.roles,
        *dataset.levels,
    )
    known = [
        *(name for each in records for name in (each.id, each.name, *other_words(each))),
        *(name for key, source in dataset.sources.items() for name in (key, source.title)),
        *(item.id for item in items),
        *CATALOGUE,
    ]
    meant = closest(word, known)
    remedy = f"did you mean {quote(meant)}?" if meant else place_remedy(dataset, word)
    return ClusterGapError(
        f"{quote(word)} is no cell (role@level), rule, instrument, role, level, place, source or SWOT item"
        f"{f'. {capitalise(remedy)}' if remedy else ''}"
    )


def explain_subject(
    dataset: Dataset,
    query: Query,
    word: str,
    entries: DatasetSources,
    origin: Origin,
) -> Answer:
    """Explain what a word means (``find_subject``), with the lines where it and what is said of it are written.

    Raises:
        ClusterGapError: It means nothing or several things, or a place is to be looked at elsewhere.
    """
    if is_rule_code(word):
        return explain_rule(word)
    subject = find_subject(dataset, word)
    query = _query_for(dataset, query, subject)
    explanation = _explain(build_matrix(dataset, query), subject)
    located = origin._replace(
        locations=entries.locate(explanation.data_paths),
        holders=_files_to_close_in(explanation, entries),
    )
    return Answer("explain", explanation, located, query_notes(dataset, query))


def _query_for(dataset: Dataset, query: Query, subject: ExplainedSubject) -> Query:
    """Return the query under which a subject is explained: a place is looked at there."""
    place = subject.id
    if subject.kind is not SubjectKind.PLACE or query.place == place:
        return query
    if query.place is not None:
        raise ClusterGapError(
            f"--in {query.place} looks elsewhere than at {quote(place)}, which is to be explained: leave it out"
        )
    return dataclasses.replace(query, place=place, place_name=dataset.place_names.headline(place))


def _explain(matrix: Matrix, subject: ExplainedSubject) -> SubjectExplanation:
    id_ = subject.id
    match subject.kind:
        case SubjectKind.CELL:
            return explain_cell(matrix, Cell(*id_.split("@")))
        case SubjectKind.PLACE:
            return explain_place(matrix)
        case kind:
            return _EXPLAINERS[kind](matrix, id_)


_EXPLAINERS: Mapping[SubjectKind, Callable[[Matrix, str], SubjectExplanation]] = {
    SubjectKind.INSTRUMENT: explain_instrument,
    SubjectKind.ROLE: explain_role,
    SubjectKind.LEVEL: explain_level,
    SubjectKind.SOURCE: explain_source,
    SubjectKind.SWOT: explain_swot_item,
}
"""Explains what is named by an id."""


def _files_to_close_in(
    explanation: SubjectExplanation, entries: DatasetSources
) -> tuple[str, ...]:
    """Return the files in which the gap of a cell could be closed; none of what is no cell with a gap."""
    if not isinstance(explanation, CellExplanation) or not explanation.closing:
        return ()
    # The first instrument of all would be written to the main file, whose path is empty.
    return entries.files_for_more(explanation.closing.holders or ((),))


def is_rule_code(text: str) -> bool:
    """Tell whether a text is written as the code of a rule of ``check``, in any letter case."""
    return _RULE_CODE.fullmatch(text) is not None


def explain_rule(code: str) -> Answer:
    """Say what a rule of ``check`` means.

    Raises:
        ClusterGapError: There is no rule with this code.
    """
    code = code.rpartition(":")[2].upper()
    rule = CATALOGUE.get(code)
    if rule is None:
        raise not_known(code, "rule", CATALOGUE)
    return Answer("explain", rule, Origin("."))
