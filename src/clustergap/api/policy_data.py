"""A dataset that answers questions: one method for each, which takes names and days as people write them.

A name, place or day that cannot be resolved raises a ``ClusterGapError`` with a suggestion. What only one question
needs is imported when that question is asked.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.api.answer import Answer, answer_report, read_masthead, refuse_unreadable
from clustergap.api.checking import check_again
from clustergap.api.data_change import ChangeableData
from clustergap.api.data_table import DataTable, data_table
from clustergap.api.keywords import (
    CompareOptions,
    Day,
    FilePath,
    ListOptions,
    Options,
    PlaceOptions,
    TimelineOptions,
    Words,
    checks_keywords,
    read_text,
)
from clustergap.api.locations import DatasetLocation
from clustergap.api.names import read_rules, unite_names
from clustergap.api.query_options import (
    ComparedPlaces,
    QueryOptions,
    compared_cell,
    compared_ids,
    query_notes,
    read_day,
    read_days,
    read_list,
    read_number,
    read_period,
    read_question,
    read_risk_numbers,
)
from clustergap.formats import Format, find_format
from clustergap.loading.file_reader import Progress
from clustergap.loading.files import FILE_LIMITS, FileLimits
from clustergap.loading.loader import load_dataset
from clustergap.model.query import CROWDED, WITHIN, Listed, Query
from clustergap.origin import Origin
from clustergap.saving.whole_file import write_whole_file
from clustergap.text import count, visible


@dataclass(frozen=True, repr=False)
class PolicyData(ChangeableData):
    """A dataset without errors, which answers questions; ``clustergap.read`` makes one.

    Every question takes keywords, which are the options of the command line: what counts in the answer, and what of it is
    shown (``Options``). Its numbers are counts of instruments, territories or months, whole and never weighted, and losses as
    parts from 0 to 1; days are of the Gregorian calendar. A question about coverage is answered for the pairs of a role and a
    level that are shown, by role, then level, in file order.

    Every question raises ``ClusterGapError`` if a name, a place or a day means nothing in the dataset, with what may be meant, and
    ``TypeError`` if it has no such keyword. What every number rests on, with its source, ``explain`` says.

    Attributes:
        dataset: What the files say, as values; these are not stable.
        entries: Where its entries are in its files.
        location: Where its files are.
        limits: How much of each file is read.
    """

    @classmethod
    def load(
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
    def instruments(self) -> DataTable:
        """The policy instruments, in file order: a row for each."""
        return data_table(self.dataset, Listed.INSTRUMENTS)

    @property
    def statements(self) -> DataTable:
        """What is said of each pair of a role and a level: a row for each statement, with the instrument that makes it."""
        return data_table(self.dataset, Listed.STATEMENTS)

    @property
    def sources(self) -> DataTable:
        """The documents and pages that the data cite: a row for each."""
        return data_table(self.dataset, Listed.SOURCES)

    @property
    def origin(self) -> Origin:
        """Where the data comes from, for an answer."""
        return Origin(self.location.path, commit=self.location.files.commit)

    @checks_keywords
    def matrix(self, **options: Unpack[Options]) -> Answer:
        """Say how well each role is covered at each level: full, partial, none or unknown; by what, and where.

        Records have a row for each role and level: its ``instruments``, those on which it ``rests on`` (without one of them it
        would be a gap), and of a level with territories how many are ``covered`` ``of`` those of which something is known.
        """
        return self._ask("matrix", lambda matrix: matrix, options)

    @checks_keywords
    def gaps(self, *, today: Day = None, **options: Unpack[Options]) -> Answer:
        """Say what is missing, where and why, worst first: a row for each role and level with coverage none or partial.

        Args:
            today: The day on which accepted gaps must still be accepted; without it they never expire.
            options: What counts, and what is shown.
        """
        from clustergap.analysis.gaps import find_gaps

        day = read_day("--today", today)
        return self._ask("gaps", lambda matrix: find_gaps(matrix, day), options)

    @checks_keywords
    def needs(self, *, explain_order: bool = False, **options: Unpack[Options]) -> Answer:
        """Make each gap a need: its evidence in the SWOT, what there is to build on, and its rank at its level, from 1.

        Args:
            explain_order: Say of each need why it stands where it does.
            options: What counts, and what is shown.
        """
        from clustergap.analysis.needs import find_needs

        def needs(matrix: Matrix) -> object:
            return dataclasses.replace(find_needs(matrix), explains_order=explain_order)

        return self._ask("needs", needs, options)

    @checks_keywords
    def risks(
        self,
        *,
        within: int = WITHIN,
        crowded: int = CROWDED,
        progress: Progress | None = None,
        **options: Unpack[Options],
    ) -> Answer:
        """Say what is covered, but fragile; what would lose most comes first.

        Args:
            within: A gap that opens within so many months is a risk.
            crowded: A cell with so many instruments is crowded.
            progress: Called with the days looked at, and all of them.
            options: What counts, and what is shown.
        """
        from clustergap.analysis.risks import find_risks, horizon

        read_risk_numbers(within, crowded)

        def risks(matrix: Matrix) -> object:
            return find_risks(matrix, horizon(matrix.query.as_of, within), crowded, progress)

        return self._ask("risks", risks, options)

    @checks_keywords
    def timeline(
        self,
        *,
        from_: Day = None,
        to: Day = None,
        progress: Progress | None = None,
        **options: Unpack[TimelineOptions],
    ) -> Answer:
        """Say on which days cells change, and why.

        Args:
            from_: The first day to look at; a month or a year means its first.
            to: The last day to look at; a month or a year means its last.
            progress: Called with the days looked at, and all of them.
            options: What counts, and what is shown.
        """
        from clustergap.analysis.timeline import build_timeline

        period = read_period(from_, to)
        return self._ask(
            "timeline", lambda matrix: build_timeline(matrix, *period, progress), options
        )

    @checks_keywords
    def what_if(
        self,
        *,
        add: FilePath | None = None,
        progress: Progress | None = None,
        **options: Unpack[Options],
    ) -> Answer:
        """Say what a question changes against the plain matrix.

        Args:
            add: A fragment from elsewhere that is read too.
            progress: Called with the characters read, and all of them.
            options: What counts, and what is shown.

        Raises:
            DataError: The dataset with the fragment has an error.
        """
        from clustergap.analysis.what_if import build_what_if

        otherwise = self if add is None else self.with_fragment(add, progress)
        query, shown = read_question(otherwise.dataset, options)
        what_if = build_what_if(
            build_matrix(self.dataset, Query()).select(*shown),
            build_matrix(otherwise.dataset, query).select(*shown),
            query,
            None if add is None else Path(add).as_posix(),
        )
        notes = query_notes(otherwise.dataset, query)
        return Answer("what-if", what_if, self.origin, notes)

    def with_fragment(self, fragment: FilePath, progress: Progress | None = None) -> "PolicyData":
        """Read the dataset again, together with a fragment from elsewhere.

        Raises:
            DataError: One of the files has an error.
        """
        files = self.location.files._replace(added=(Path(fragment),))
        return PolicyData.load(self.location._replace(files=files), self.limits, progress)

    @checks_keywords
    def keystones(self, **options: Unpack[Options]) -> Answer:
        """Rank all instruments by the gaps that would open without each: ``what-if --each``."""
        from clustergap.analysis.what_if import rank_keystones

        return self._ask("keystones", rank_keystones, options)

    @checks_keywords
    def compare(self, *places: str, **options: Unpack[CompareOptions]) -> Answer:
        """Put places side by side: territories by code or name, groups by id or name; with ``over``, on several days.

        Raises:
            ClusterGapError: There is no place to compare, or a word means nothing; with ``over``, no single cell is named,
                or a day is none or named twice.
        """
        from clustergap.analysis.compare import compare_over, compare_places

        words = tuple(read_text("compare", "a place", place) for place in places)
        compared, dataset = ComparedPlaces.of(words, options), self.dataset
        read_number("--top", compared.top, 1)
        if "over" in options:
            cell = compared_cell(dataset, compared, QueryOptions.of(options))
            asked = cell, read_days(tuple(options["over"] or ()))
            query, ids = read_question(dataset, options)[0], compared_ids(dataset, compared)
            over = compare_over(dataset, query, ids, asked, only_own=compared.own)
            return self._answer("compare-over", over, query)
        from clustergap.analysis.measures import measure_places
        from clustergap.answers.compare import CompareAnswer

        query, shown = read_question(dataset, options)
        ids = compared_ids(dataset, compared)
        comparison = compare_places(dataset, query, ids, shown, only_own=compared.own)
        measures = measure_places(comparison) if compared.measures else None
        answer = CompareAnswer(comparison, measures, compared.top)
        return self._answer("compare", answer, comparison.matrix.query)

    @checks_keywords
    def swot(self, **options: Unpack[Options]) -> Answer:
        """Show the SWOT, with what it is linked to, beside the matrix."""
        from clustergap.analysis.swot import build_swot

        query, shown = read_question(self.dataset, options)
        view = build_swot(build_matrix(self.dataset, query), *shown)
        return self._answer("swot", view, query)

    @checks_keywords
    def tows(self, **options: Unpack[Options]) -> Answer:
        """Pair the internal items of the SWOT with the external ones, by what both name: ``swot --tows``."""
        from clustergap.analysis.tows import build_tows
        from clustergap.answers.tows import TowsAnswer

        swot = self.swot(**options)
        shown = swot.result.roles, swot.result.levels
        tows = build_tows(swot.result.matrix.select(*shown), *shown)
        return dataclasses.replace(swot, question="tows", result=TowsAnswer(swot.result, tows))

    @checks_keywords
    def diff(
        self, after: "PolicyData", *, allow_widening: bool = False, **options: Unpack[Options]
    ) -> Answer:
        """Say how another dataset differs under the same query.

        Args:
            after: The other dataset; names that only one of them has can be used too.
            allow_widening: It is meant that statements name no territories any more: that is no regression.
            options: What counts, and what is shown; without a day, each dataset is asked for its own day.
        """
        from clustergap.analysis.diff import find_difference

        if not isinstance(after, PolicyData):
            raise TypeError(f"diff() takes a dataset that was read, not {type(after).__name__}")
        query, shown = read_question(unite_names(self.dataset, after.dataset), options)
        before, now = (
            build_matrix(dataset, query).select(*shown)
            for dataset in (self.dataset, after.dataset)
        )
        difference = dataclasses.replace(find_difference(before, now), may_widen=allow_widening)
        origins = self.origin, after.origin
        return Answer("diff", difference, origins, query_notes(after.dataset, query))

    @checks_keywords
    def explain(self, subject: str, **options: Unpack[PlaceOptions]) -> Answer:
        """Show why: every statement, with its source.

        Args:
            subject: A cell (``role@level``), a rule of ``check`` (``CG201``), or an instrument, role, level, place, source or SWOT
                item by id or name; where several have it, with what it is before it: ``role:x``, ``place:RO``.
            options: What counts.
        """
        from clustergap.api.explaining import explain_subject

        subject = read_text("explain", "subject", subject)
        query, _ = read_question(self.dataset, options)
        return explain_subject(self.dataset, query, subject, self.entries, self.origin)

    @checks_keywords
    def list(self, what: str, **options: Unpack[ListOptions]) -> Answer:
        """List ``instruments``, ``statements``, ``sources`` or ``territories``: what matches all options, in file order.

        Records have the columns of the table of that name which ``export`` writes. An option that is no filter of what is
        listed is refused.
        """
        from clustergap.export.data_tables import list_matching

        listed, filters = read_list(self.dataset, read_text("list", "what", what), options)
        return self._answer("list", list_matching(self.dataset, listed, filters), filters.query)

    @checks_keywords
    def report(
        self,
        path: FilePath,
        *,
        title: str | None = None,
        logo: FilePath | None = None,
        progress: Progress | None = None,
        **options: Unpack[Options],
    ) -> Path:
        """Write all answers to a file, whole or not at all, and return its path.

        Args:
            path: The file; its suffix says the format: the gap map (``.html``), a workbook (``.xlsx``), slides (``.pptx``) or
                a note (``.docx``, ``.pdf``, ``.md``).
            title: As for ``Answer.save``, which says the errors too.
            logo: Likewise.
            progress: Called with the days looked at, and all of them.
            options: What counts, and what is shown.
        """
        file = Path(path)
        format_ = find_format("report", None, file)
        masthead = read_masthead(title, logo, format_)
        answer = answer_report(self.matrix(**options), format_, progress)
        document = dataclasses.replace(answer, masthead=masthead).encode(format_)
        if format_ is Format.XLSX:
            refuse_unreadable(document, self.limits.size)
        write_whole_file(file, document)
        return file

    @checks_keywords
    def brief(self, **options: Unpack[Options]) -> Answer:
        """Say the most important in brief, for one slide or one page."""
        from clustergap.analysis.brief import build_brief

        return self._ask("brief", build_brief, options)

    @checks_keywords
    def check(
        self, *, today: Day = None, select: Words = (), ignore: Words = (), strict: bool = False
    ) -> Answer:
        """Say what is wrong in the data files, which are read again.

        Errors were refused when the dataset was read: what is found now are warnings and notes, if nobody has edited the files.

        Args:
            today: The day on which reviews and accepted gaps must still hold; without it none is judged by its dates.
            select: Look for these rules only: codes, their beginnings, or names.
            ignore: Do not look for these.
            strict: Warnings fail too.
        """
        rules = read_rules(select or (), ignore or ())
        return check_again(self.location, rules, today, self.limits, is_strict=strict)

    def __repr__(self) -> str:
        name = "the packaged deck" if self.location.path is None else self.location.path
        counts = (
            count(len(getattr(self.dataset, f"{noun}s")), noun)
            for noun in ("role", "level", "instrument")
        )
        return f"PolicyData({visible(name)}: {', '.join(counts)})"

    def _ask(
        self, question: str, answer: Callable[[Matrix], object], options: Mapping[str, Any]
    ) -> Answer:
        query, shown = read_question(self.dataset, options)
        matrix = build_matrix(self.dataset, query).select(*shown)
        return self._answer(question, answer(matrix), matrix.query)

    def _answer(self, question: str, result: object, query: Query) -> Answer:
        return Answer(question, result, self.origin, query_notes(self.dataset, query))
