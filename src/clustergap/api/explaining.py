"""Why something is so: a cell or an instrument with the lines of its statements, or a rule of ``check``."""

import re

from clustergap.analysis.explain import (
    CellExplanation,
    InstrumentExplanation,
    explain_cell,
    explain_instrument,
)
from clustergap.analysis.matrix import build_matrix
from clustergap.api.answer import Answer
from clustergap.api.names import cell_of, explained_instrument_id, not_known
from clustergap.api.query_options import query_notes
from clustergap.checks.run import CATALOGUE
from clustergap.findings import DataPath
from clustergap.loading.loader import DatasetSources
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin

_RULE_CODE = re.compile(r"CG[0-9]{3}", re.IGNORECASE)


def explain_subject(
    dataset: Dataset,
    query: Query,
    subject: str,
    entries: DatasetSources,
    origin: Origin,
) -> Answer:
    """Explain a cell (``role@level``) or an instrument, with the lines of its statements, or a rule of ``check``.

    Raises:
        ClusterGapError: It is none of these.
    """
    if is_rule_code(subject):
        return explain_rule(subject)
    matrix = build_matrix(dataset, query)
    explanation: CellExplanation | InstrumentExplanation
    paths: list[DataPath] = []
    holders: tuple[DataPath, ...] = ()
    if "@" in subject:
        explanation = explain_cell(matrix, cell_of(dataset, subject))
        if explanation.closing:
            # The first instrument of all would be written to the main file, whose path is empty.
            holders = explanation.closing.holders or ((),)
    else:
        explanation = explain_instrument(matrix, explained_instrument_id(dataset, subject))
        paths.append(explanation.data_path)
    paths += [statement.data_path for statement in explanation.statements]
    located = origin._replace(
        locations=entries.locate(paths),
        holders=entries.files_for_more(holders) if holders else (),
    )
    return Answer("explain", explanation, located, query_notes(dataset, query))


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
