"""A dataset that answers questions: one method for each, which takes names and days as people write them.

A name, place or day that cannot be resolved raises a ``ClusterGapError`` with a suggestion. What only one question
needs is imported when that question is asked.
"""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.api.locations import DatasetLocation
from clustergap.api.names import (
    CompareOptions,
    QueryOptions,
    cell_of,
    compared_cell,
    compared_ids,
    explained_instrument_id,
    not_known,
    query_notes,
    read_day,
    read_days,
    read_period,
    read_query,
    shown_ids,
)
from clustergap.checks.run import CATALOGUE, EVERYTHING, RuleSelection
from clustergap.export.tidy_table import Export
from clustergap.findings import DataPath, join_results, skipped_in_words
from clustergap.formats import NO_MASTHEAD, Format, find_writer
from clustergap.loading.file_reader import Progress
from clustergap.loading.files import FILE_LIMITS, FileLimits
from clustergap.loading.loader import DatasetSources, check_dataset, load_dataset
from clustergap.masthead import Masthead
from clustergap.model.dataset import Dataset
from clustergap.model.query import CROWDED, WITHIN, Query
from clustergap.origin import Origin, Origins

WHOLE = QueryOptions()
"""Everything is shown, and everything in force on the dataset's own day counts."""

_RULE_CODE = re.compile(r"CG[0-9]{3}", re.IGNORECASE)


class Answer(NamedTuple):
    """The answer to a question, which can be written in each of the question's formats.

    Attributes:
        question: A key of ``FORMATS``.
        result: The result of the question's module in ``analysis``.
        origin: Where the data comes from, for both sides of a comparison; None if the result itself says so.
        notes: What else is worth knowing, in sentences.
        masthead: A title and a logo of the reader's own.
    """

    question: str
    result: Any
    origin: Origin | Origins | None = None
    notes: tuple[str, ...] = ()
    masthead: Masthead = NO_MASTHEAD

    def write(self, format_: Format, *context: object) -> Any:  # noqa: ANN401 - as find_writer says
        """Write the answer in a format.

        Args:
            format_: One of the question's.
            context: Further arguments, as for the writer of a picture.

        Returns:
            Text or bytes; a picture with its description; for printed formats a function, as ``find_writer`` says.
        """
        origins = () if self.origin is None else (self.origin,)
        write = find_writer(self.question, format_, *origins, *context, masthead=self.masthead)
        return write(self.result)


@dataclass(frozen=True)
class PolicyData:
    """A dataset without errors, and where it came from.

    Every question takes *options*: what counts in the answer, and what of it is shown. *progress* is called while a
    long question is being answered.

    Attributes:
        dataset: The dataset.
        sources: Where its entries are in its files.
        location: Where its files are.
        limits: How much of each file is read.
    """

    dataset: Dataset
    sources: DatasetSources
    location: DatasetLocation
    limits: FileLimits

    @classmethod
    def read(
        cls,
        location: DatasetLocation,
        limits: FileLimits = FILE_LIMITS,
        progress: Progress | None = None,
    ) -> "PolicyData":
        """Read a dataset.

        Raises:
            DataError: A file has an error.
        """
        loaded = load_dataset(location.files, limits, progress)
        return cls(loaded.dataset, loaded.sources, location, limits)

    @property
    def origin(self) -> Origin:
        """Where the data comes from, for an answer."""
        return Origin(self.location.path, commit=self.location.files.commit)

    def rate(self, options: QueryOptions = WHOLE) -> Matrix:
        """Rate every cell, and show the selected ones."""
        query = read_query(self.dataset, options)
        shown = shown_ids(self.dataset, options)
        return build_matrix(self.dataset, query).select(*shown)

    def matrix(self, options: QueryOptions = WHOLE) -> Answer:
        """Say how well each role is covered at each level."""
        matrix = self.rate(options)
        return self._answer("matrix", matrix, matrix.query)

    def gaps(self, options: QueryOptions = WHOLE, today: str | date | None = None) -> Answer:
        """Say what is missing, where and why, worst first; without *today*, accepted gaps never expire."""
        from clustergap.analysis.gaps import find_gaps

        day = read_day("--today", today)
        matrix = self.rate(options)
        return self._answer("gaps", find_gaps(matrix, day), matrix.query)

    def needs(self, options: QueryOptions = WHOLE, *, explains_order: bool = False) -> Answer:
        """Make each gap a need; *explains_order*: say of each why it stands where it does."""
        from clustergap.analysis.needs import find_needs

        matrix = self.rate(options)
        needs = dataclasses.replace(find_needs(matrix), explains_order=explains_order)
        return self._answer("needs", needs, matrix.query)

    def risks(
        self,
        options: QueryOptions = WHOLE,
        within: int = WITHIN,
        crowded: int = CROWDED,
        progress: Progress | None = None,
    ) -> Answer:
        """Say what is covered, but fragile.

        *within*: a gap that opens within so many months is a risk. *crowded*: a cell with so many instruments is crowded.
        """
        from clustergap.analysis.risks import find_risks, horizon

        matrix = self.rate(options)
        risks = find_risks(matrix, horizon(matrix.query.as_of, within), crowded, progress)
        return self._answer("risks", risks, matrix.query)

    def timeline(
        self,
        options: QueryOptions = WHOLE,
        first: str | date | None = None,
        last: str | date | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Say on which days, from *first* to *last*, cells change, and why; ``as_of`` is ignored."""
        from clustergap.analysis.timeline import build_timeline

        period = read_period(first, last)
        matrix = self.rate(options)
        timeline = build_timeline(matrix, *period, progress)
        return self._answer("timeline", timeline, matrix.query)

    def what_if(
        self,
        options: QueryOptions = WHOLE,
        added: Path | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Say what a query and an *added* fragment change compared to the plain matrix.

        Raises:
            DataError: The dataset with the fragment has an error.
        """
        from clustergap.analysis.what_if import build_what_if

        otherwise = self if added is None else self.with_fragment(added, progress)
        query = read_query(otherwise.dataset, options)
        shown = shown_ids(otherwise.dataset, options)
        what_if = build_what_if(
            build_matrix(self.dataset, Query()).select(*shown),
            build_matrix(otherwise.dataset, query).select(*shown),
            query,
            added.as_posix() if added else None,
        )
        notes = query_notes(otherwise.dataset, query)
        return Answer("what-if", what_if, self.origin, notes)

    def with_fragment(self, fragment: Path, progress: Progress | None = None) -> "PolicyData":
        """Read the dataset again, together with a fragment from elsewhere.

        Raises:
            DataError: One of the files has an error.
        """
        files = self.location.files._replace(added=(fragment,))
        return PolicyData.read(self.location._replace(files=files), self.limits, progress)

    def keystones(self, options: QueryOptions = WHOLE) -> Answer:
        """Rank all instruments by the gaps that would open without each."""
        from clustergap.analysis.what_if import rank_keystones

        matrix = self.rate(options)
        return self._answer("keystones", rank_keystones(matrix), matrix.query)

    def compare(
        self,
        compared: CompareOptions,
        options: QueryOptions = WHOLE,
    ) -> Answer:
        """Put places side by side.

        Raises:
            ClusterGapError: There is no place to compare, or a word means nothing.
        """
        from clustergap.analysis.compare import compare_places
        from clustergap.analysis.measures import measure_places
        from clustergap.answers.compare import CompareAnswer

        query, ids = read_query(self.dataset, options), compared_ids(self.dataset, compared)
        shown = shown_ids(self.dataset, options)
        comparison = compare_places(self.dataset, query, ids, shown, only_own=compared.own)
        measures = measure_places(comparison) if compared.measures else None
        answer = CompareAnswer(comparison, measures, compared.top)
        return self._answer("compare", answer, comparison.matrix.query)

    def compare_over(
        self,
        compared: CompareOptions,
        days: Sequence[str | date],
        options: QueryOptions = WHOLE,
    ) -> Answer:
        """Put places side by side on several days, for the one role and the one level that the options show.

        Raises:
            ClusterGapError: As for ``compare``; or no single cell is named, or a day is none or named twice.
        """
        from clustergap.analysis.compare import compare_over

        asked = compared_cell(self.dataset, compared, options), read_days(days)
        query, ids = read_query(self.dataset, options), compared_ids(self.dataset, compared)
        over = compare_over(self.dataset, query, ids, asked, only_own=compared.own)
        return self._answer("compare-over", over, query)

    def swot(self, options: QueryOptions = WHOLE) -> Answer:
        """Show the SWOT, with what it is linked to, beside the matrix."""
        from clustergap.analysis.swot import build_swot

        query = read_query(self.dataset, options)
        shown = shown_ids(self.dataset, options)
        view = build_swot(build_matrix(self.dataset, query), *shown)
        return self._answer("swot", view, query)

    def tows(self, options: QueryOptions = WHOLE) -> Answer:
        """Pair the internal items of the SWOT with the external ones, by what both name."""
        from clustergap.analysis.tows import build_tows
        from clustergap.answers.tows import TowsAnswer

        swot = self.swot(options)
        shown = swot.result.roles, swot.result.levels
        tows = build_tows(swot.result.matrix.select(*shown), *shown)
        return swot._replace(question="tows", result=TowsAnswer(swot.result, tows))

    def diff(
        self, after: "PolicyData", options: QueryOptions = WHOLE, *, may_widen: bool = False
    ) -> Answer:
        """Say how another dataset differs under the same query.

        Args:
            after: The other dataset; names that only one of them has can be used too.
            options: What is asked; without a day, each dataset is asked for its own day.
            may_widen: Statements may drop their territories; that is no regression.
        """
        from clustergap.analysis.diff import find_difference

        united = _unite(self.dataset, after.dataset)
        query, shown = read_query(united, options), shown_ids(united, options)
        before, now = (
            build_matrix(dataset, query).select(*shown)
            for dataset in (self.dataset, after.dataset)
        )
        difference = dataclasses.replace(find_difference(before, now), may_widen=may_widen)
        origins = self.origin, after.origin
        return Answer("diff", difference, origins, query_notes(after.dataset, query))

    def explain(self, subject: str, options: QueryOptions = WHOLE) -> Answer:
        """Show why a cell (``role@level``) or an instrument is rated so: every statement, with its source."""
        from clustergap.analysis.explain import (
            CellExplanation,
            InstrumentExplanation,
            explain_cell,
            explain_instrument,
        )

        query = read_query(self.dataset, options)
        matrix = build_matrix(self.dataset, query)
        explanation: CellExplanation | InstrumentExplanation
        paths: list[DataPath] = []
        holders: tuple[DataPath, ...] = ()
        if "@" in subject:
            explanation = explain_cell(matrix, cell_of(self.dataset, subject))
            if explanation.closing:
                # The first instrument of all would be written to the main file, whose path is empty.
                holders = explanation.closing.holders or ((),)
        else:
            id_ = explained_instrument_id(self.dataset, subject)
            explanation = explain_instrument(matrix, id_)
            paths.append(explanation.data_path)
        paths += [statement.data_path for statement in explanation.statements]
        origin = self.origin._replace(
            locations=self.sources.locate(paths),
            holders=self.sources.files_for_more(holders) if holders else (),
        )
        return self._answer("explain", explanation, query)._replace(origin=origin)

    def report(self, options: QueryOptions = WHOLE, progress: Progress | None = None) -> Answer:
        """Answer everything on one day, for a workbook, slides or a note."""
        from clustergap.analysis.report import build_full_report

        matrix = self.rate(options)
        return self._answer("report", build_full_report(matrix, progress), matrix.query)

    def brief(self, options: QueryOptions = WHOLE) -> Answer:
        """Say the most important in brief, for one slide or one page."""
        from clustergap.analysis.brief import build_brief

        matrix = self.rate(options)
        return self._answer("brief", build_brief(matrix), matrix.query)

    def gap_map(self, options: QueryOptions = WHOLE, progress: Progress | None = None) -> Answer:
        """Answer everything on every day, for a page."""
        from clustergap.analysis.report import build_gap_map

        matrix = self.rate(options)
        return self._answer("report", build_gap_map(matrix, progress), matrix.query)

    def export(
        self,
        options: QueryOptions = WHOLE,
        progress: Progress | None = None,
        *,
        is_long: bool = False,
    ) -> Export:
        """Make tidy tables of everything; *is_long*: a statement has a row for each of the territories that it names."""
        from clustergap.analysis.risks import find_risks, horizon
        from clustergap.export.answer_tables import answer_tables
        from clustergap.export.data_tables import data_tables
        from clustergap.export.shared_columns import make_export

        matrix = self.rate(options)
        risks = find_risks(matrix, horizon(matrix.query.as_of), CROWDED, progress)
        tables = (*answer_tables(matrix, risks), *data_tables(self.dataset, is_long=is_long))
        notes = query_notes(self.dataset, matrix.query)
        return make_export(matrix, self.origin, tables, notes)

    def _answer(self, question: str, result: object, query: Query) -> Answer:
        return Answer(question, result, self.origin, query_notes(self.dataset, query))


def check_datasets(
    locations: Sequence[DatasetLocation],
    selection: RuleSelection = EVERYTHING,
    today: str | date | None = None,
    limits: FileLimits = FILE_LIMITS,
    progress: Progress | None = None,
) -> Answer:
    """Say what is wrong in datasets, one after the other.

    Args:
        locations: Where they are; at least one.
        selection: The rules to check.
        today: The day for rules of upkeep; None: rules that need it are skipped.
        limits: How much of each file is read.
        progress: Called with the characters read of each dataset.
    """
    day = read_day("--today", today)
    results = [
        check_dataset(location.files, limits, progress, day, selection) for location in locations
    ]
    skipped = chain.from_iterable(result.silently_skipped for result in results)
    return Answer("check", join_results(results), notes=tuple(skipped_in_words(skipped)))


def is_rule_code(text: str) -> bool:
    """Tell whether a text is written as the code of a rule of ``check``, in any letter case."""
    return _RULE_CODE.fullmatch(text) is not None


def explain_rule(code: str) -> Answer:
    """Say what a rule of ``check`` means.

    Raises:
        ClusterGapError: There is no rule with this code.
    """
    rule = CATALOGUE.get(code.upper())
    if rule is None:
        raise not_known(code.upper(), "rule", CATALOGUE)
    return Answer("explain", rule, Origin("."))


def _unite(before: Dataset, after: Dataset) -> Dataset:
    # A dataset with the names of both sides, so that names that only one side has can be used.
    return dataclasses.replace(
        after,
        levels=after.levels + before.levels,
        roles=after.roles + before.roles,
        kinds=after.kinds + before.kinds,
        targets=after.targets + before.targets,
        groups=before.groups + after.groups,
        instruments=after.instruments + before.instruments,
    )
