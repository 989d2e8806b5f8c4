"""What ``explain`` explains, each as what is printed and as a document."""

from collections.abc import Callable
from dataclasses import dataclass

from clustergap.analysis.explain import explain_cell, explain_instrument
from clustergap.analysis.matrix import Matrix
from clustergap.checks.catalogue import CATALOGUE
from clustergap.cli.names import cell_of, explained_instrument_id, not_known
from clustergap.cli.output import TableRenderer
from clustergap.document import Origin
from clustergap.loading.dataset import Sources
from clustergap.render import explain_cell_table, explain_instrument_table, explain_rule_table
from clustergap.render.choices import TextFormat
from clustergap.render.formats.explain import EXPLAIN_CELL, EXPLAIN_INSTRUMENT, EXPLAIN_RULE


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explanation in every format; ``remark`` is what a reader of the table must know of the data."""

    table: TableRenderer
    document: Callable[[TextFormat], str]
    remark: str = ""


def of_rule(code: str) -> Explanation:
    """Explain a rule of ``check``."""
    if code not in CATALOGUE:
        raise not_known(code, "rule", CATALOGUE)
    rule = CATALOGUE[code]
    return Explanation(
        lambda _shapes: explain_rule_table.render(rule), lambda chosen: EXPLAIN_RULE[chosen](rule)
    )


def of_cell(words: str, matrix: Matrix, path: str | None, sources: Sources) -> Explanation:
    """Explain a cell, named ``role@level``."""
    explained = explain_cell(matrix, cell_of(matrix.dataset, words))
    closing = explained.closing
    origin = Origin(
        path,
        sources.locate(said.data_path for said in explained.statements),
        holders=sources.files_of((closing.holders or ((),)) if closing else ()),
    )
    return Explanation(
        lambda shapes: explain_cell_table.render(explained, origin, shapes),
        lambda chosen: EXPLAIN_CELL[chosen](explained, origin),
        origin.remark,
    )


def of_instrument(word: str, matrix: Matrix, path: str | None, sources: Sources) -> Explanation:
    """Explain an instrument, named by its id, short or name."""
    explained = explain_instrument(matrix, explained_instrument_id(matrix.dataset, word))
    places = [explained.data_path, *(said.data_path for said in explained.statements)]
    origin = Origin(path, sources.locate(places))
    return Explanation(
        lambda shapes: explain_instrument_table.render(explained, origin, shapes),
        lambda chosen: EXPLAIN_INSTRUMENT[chosen](explained, origin),
        origin.remark,
    )
