"""What a query changes, compared to the plain matrix."""

from typing import Literal

from clustergap.analysis.what_if import WhatIf
from clustergap.answers.changes import (
    CHANGES_HEADER,
    ChangeSummaryRecord,
    ComparedRecord,
    SideRecord,
    change_rows,
    steps_of,
    sum_up,
)
from clustergap.answers.phrases import Names, a_gap_without, names_of, provenance
from clustergap.answers.records import AnswerPart, AnswerRecord, CellName, InstrumentId, head
from clustergap.document import Document, Origin, Paragraph, Rows, Steps
from clustergap.text import capitalise


def document(answer: WhatIf, origin: Origin) -> Document:
    """Say which gaps open and close, those that open first, and which cells then rest on a single instrument."""
    comparison = answer.comparison
    names = names_of(comparison.before, comparison.after)
    steps, resting = (
        steps_of(comparison.changes, names, answer.query.without),
        _resting(answer, names),
    )
    return Document(
        f"{_question(answer, names)}: {sum_up(comparison.changes)}",
        (*([Steps(steps)] if steps else []), *([Paragraph(resting)] if resting else [])),
        **provenance(comparison.after, origin),
    )


def _question(answer: WhatIf, names: Names) -> str:
    """Say how the query differs from the plain one, as the beginning of a sentence."""
    query = answer.query
    clauses = (
        f"without {', '.join(names.list_instruments(query.without))}" if query.without else "",
        f"with {answer.added}" if answer.added is not None else "",
        "with planned instruments" if query.with_planned else "",
        f"with only {', '.join(query.kinds)}" if query.kinds else "",
        f"for {query.target}" if query.target is not None else "",
        f"in {query.place}" if query.place is not None else "",
        f"as of {query.as_of.isoformat()}" if query.as_of is not None else "",
    )
    return capitalise(", ".join(filter(None, clauses)) or "nothing asked")


def _resting(answer: WhatIf, names: Names) -> str:
    """Say which cells now would be gaps without an instrument, but were not before; nothing if there are none."""
    cells = [
        f"{names.cell(rating.cell)} ({a_gap_without(names.list_instruments(rating.rests_on))})"
        for rating in answer.fragile
    ]
    return f"Now hanging by a thread: {'; '.join(cells)}." if cells else ""


def rows(answer: WhatIf) -> Rows:
    """Write a row for every cell that changed."""
    return Rows(CHANGES_HEADER, change_rows(answer.comparison))


# The JSON document


class AskedRecord(SideRecord):
    """The question that was asked."""

    added: str | None
    """The fragment that was read as well."""


class FragileRecord(AnswerPart):
    """A cell that rests on an instrument now, and did not before."""

    cell: CellName
    rests_on: tuple[InstrumentId, ...]
    """Without any one of these it would be a gap."""


class WhatIfRecord(AnswerRecord):
    """What would be otherwise."""

    schema_: Literal["clustergap/what-if@1"] = "clustergap/what-if@1"
    before: SideRecord
    """The plain question."""
    after: AskedRecord
    changes: tuple[ComparedRecord, ...]
    """The cells that are not the same on both sides."""
    summary: ChangeSummaryRecord
    fragile: tuple[FragileRecord, ...]
    """Cells that hang by a thread now."""


def record(answer: WhatIf, origin: Origin) -> WhatIfRecord:
    """Return ``clustergap/what-if@1``."""
    comparison = answer.comparison
    return WhatIfRecord(
        before=SideRecord(**head(comparison.before, origin)),
        after=AskedRecord(**head(comparison.after, origin), added=answer.added),
        changes=comparison.changes,
        summary=comparison.summary(),
        fragile=answer.fragile,
    )
