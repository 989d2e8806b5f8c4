"""Statements, periods and places in words, for every output that explains."""

from collections.abc import Mapping
from datetime import date

from clustergap.analysis.explain import CellExplanation, InstrumentExplanation, StatementRecord
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage, Rating
from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.model.dataset import Dataset, Except, Extent, Instrument, Territories
from clustergap.model.record import SourceRef
from clustergap.render.look import labels, level_names, query_in_words, role_names
from clustergap.render.rating_words import ELSEWHERE, a_gap_without, share_in_words
from clustergap.text import count


def period(starts: date | None, ends: date | None) -> str:
    """Say when something is in force.

    >>> period(date(2014, 1, 1), None)
    'from 2014-01-01'
    """
    if starts and ends:
        return f"{starts.isoformat()} to {ends.isoformat()}"
    if starts:
        return f"from {starts.isoformat()}"
    return f"until {ends.isoformat()}" if ends else "no dates given"


def place(said: StatementRecord, dataset: Dataset) -> str:
    """Say where a statement applies."""
    territories = said.statement.territories
    if territories is not None:
        return territories_in_words(territories)
    is_located = any(level.units for level in dataset.levels if level.id == said.cell.level)
    if is_located and said.statement.extent is Extent.PARTIAL:
        return "not everywhere, where is not said"
    return "everywhere at this level"


def territories_in_words(territories: Territories) -> str:
    """Name all territories of a statement."""
    if isinstance(territories, Except):
        return f"everywhere but in {', '.join(territories.codes)}"
    return f"in {', '.join(territories)}"


def terms(said: StatementRecord, dataset: Dataset) -> list[str]:
    """Say when, how far and where a statement holds, and why the query does not count it."""
    words = [period(said.starts, said.ends), said.statement.extent.value, place(said, dataset)]
    return [*words, f"not counted: {said.why_not}"] if said.why_not else words


def citation(ref: SourceRef) -> str:
    """Cite a source by its key and the place in it."""
    return f'{ref.ref}, "{ref.locator}"' if ref.locator else ref.ref


def kind_name(dataset: Dataset, instrument: Instrument) -> str:
    """Return the name of an instrument's kind, or its id where the dataset has no vocabulary."""
    names = {kind.id: kind.name for kind in dataset.kinds}
    return names.get(instrument.kind or "", instrument.kind or "")


def cell_name(dataset: Dataset, rating: Rating) -> str:
    """Name a cell by its role and level."""
    role = next(role.name for role in dataset.roles if role.id == rating.cell.role)
    level = next(level.name for level in dataset.levels if level.id == rating.cell.level)
    return f"{role} @ {level}"


def verdict(explained: CellExplanation) -> str:
    """Say how a cell is covered and by how much it would hurt to lose an instrument, behind its word."""
    rating, matrix = explained.rating, explained.matrix
    how = how_covered(rating, labels(matrix))
    behind = f", {how}" if _is_covered(rating) else f". {how[0].upper()}{how[1:]}"
    return f"{behind} ({query_in_words(matrix.query)})."


def how_covered(rating: Rating, label: Mapping[str, str]) -> str:
    """Say by how much a cell is covered, how much of it, and without what it would be a gap: a clause.

    *label* holds what stands for each instrument, by id.
    """
    if not _is_covered(rating):
        if rating.is_elsewhere:
            return ELSEWHERE
        is_known = rating.coverage is Coverage.NONE
        return "no instrument covers this cell" if is_known else "nobody has looked here"
    number = len(rating.instruments)
    by = f"by {count(number, 'instrument')}" if number else "no instrument is named"
    share = share_in_words(rating.share)
    return f"{by}{', ' if share else ''}{share}{_fragility(rating, label)}"


def _is_covered(rating: Rating) -> bool:
    return rating.coverage in (Coverage.FULL, Coverage.PARTIAL)


def missing(rating: Rating) -> str:
    """Name every territory that nothing covers."""
    return ", ".join(rating.share.missing) if rating.share else ""


def elsewhere_in_words(matrix: Matrix, ratings: tuple[Rating, ...]) -> list[str]:
    """Say how the same role is covered at other levels, and by what."""
    label, levels = labels(matrix), level_names(matrix.dataset)
    return [
        f"{levels[other.cell.level]} {other.coverage.value}"
        + (f" ({', '.join(label[id_] for id_ in other.instruments)})" if other.instruments else "")
        for other in ratings
    ]


def _fragility(rating: Rating, label: Mapping[str, str]) -> str:
    if not rating.rests_on:
        return ""
    if len(rating.instruments) == 1:
        return ", and a gap without it"
    return f", and {a_gap_without([label[id_] for id_ in rating.rests_on])}"


def instrument_fields(explained: InstrumentExplanation) -> list[tuple[str, str]]:
    """List what is known of an instrument, by the name of the field."""
    instrument, dataset = explained.instrument, explained.matrix.dataset
    counts = f"not counted: {explained.why_not}" if explained.why_not else "counted"
    names = {target.id: target.name for target in dataset.targets}
    opens = ", ".join(cell_name(dataset, rating) for rating in explained.opens)
    fields = [
        ("Kind", kind_name(dataset, instrument)),
        (
            "In force",
            f"{period(instrument.starts, instrument.ends)}; {counts}, {query_in_words(explained.matrix.query)}",
        ),
        ("For", ", ".join(names.get(target, target) for target in instrument.targets)),
        ("Body", instrument.managing_body),
        ("Legal basis", instrument.legal_basis),
        ("Address", instrument.url),
        ("Followed by", ", ".join(instrument.succeeded_by)),
        ("Reviewed", instrument.reviewed.isoformat() if instrument.reviewed else ""),
        ("Note", instrument.note),
        ("Description", instrument.description),
        (
            "Without it",
            f"{count(len(explained.opens), 'gap opens', 'gaps open')}{': ' if opens else ''}{opens}",
        ),
    ]
    return [(key, value) for key, value in fields if value]


def links_in_words(view: SwotView, linked: LinkedItem) -> list[str]:
    """Say what a SWOT item is linked to, with the coverage of its cells and what the query does not count."""
    matrix, item = view.matrix, linked.item
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    label, not_counted = labels(matrix), dict(linked.not_counted)
    links = [
        f"{cell_name(matrix.dataset, rating)} {rating.coverage.value}" for rating in linked.ratings
    ]
    links += [roles[role] for role in item.roles] + [levels[level] for level in item.levels]
    for id_ in item.instruments:
        links.append(
            label[id_] + (f" (not counted: {not_counted[id_]})" if id_ in not_counted else "")
        )
    return links
