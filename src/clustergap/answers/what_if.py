"""What a question changes, against the plain matrix."""

from collections.abc import Iterable, Mapping
from typing import Literal

from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.what_if import WhatIf
from clustergap.answers.change_records import ChangeSummaryRecord, ComparedRecord, SideRecord
from clustergap.answers.changes import (
    CHANGES_HEADER,
    cell_namer,
    change_rows,
    instrument_labels,
    names_of,
    steps_of,
    sum_up,
)
from clustergap.answers.phrases import carried
from clustergap.answers.ratings import a_gap_without
from clustergap.answers.records import AnswerPart, AnswerRecord, CellName, InstrumentId, head
from clustergap.document import Block, Document, Origin, Paragraph, Rows, Steps
from clustergap.model.query import Query


def document(answer: WhatIf, origin: Origin) -> Document:
    """Say which gaps open and close, the gaps that open first, and what then hangs by a thread."""
    comparison = answer.comparison
    label = instrument_labels(comparison)
    asked = _asked_in_words(answer.query, answer.added, label)
    blocks: list[Block] = []
    if comparison.changes:
        blocks.append(
            Steps(steps_of(comparison.changes, *names_of(comparison), answer.query.without))
        )
    threads = _resting(answer.fragile, comparison.after, label)
    if threads:
        blocks.append(Paragraph(threads))
    return Document(
        f"{asked}: {sum_up(comparison.changes)}",
        tuple(blocks),
        **carried(comparison.after, origin),
    )


def rows(answer: WhatIf) -> Rows:
    """Write a row for every cell that is not as it was."""
    return Rows(CHANGES_HEADER, change_rows(answer.comparison))


def _asked_in_words(query: Query, added: str | None, label: Mapping[str, str]) -> str:
    """Say what is asked beside the plain query, as the beginning of a sentence."""
    parts = [f"without {', '.join(label[id_] for id_ in query.without)}"] if query.without else []
    if added is not None:
        parts.append(f"with {added}")
    if query.with_planned:
        parts.append("with planned instruments")
    if query.kinds:
        parts.append(f"with only {', '.join(query.kinds)}")
    if query.target is not None:
        parts.append(f"for {query.target}")
    if query.place is not None:
        parts.append(f"in {query.place}")
    if query.as_of is not None:
        parts.append(f"as of {query.as_of.isoformat()}")
    words = ", ".join(parts) or "nothing asked"
    return words[0].upper() + words[1:]


def _resting(fragile: Iterable[Rating], matrix: Matrix, label: Mapping[str, str]) -> str:
    """Say which cells would be a gap without an instrument, and were not before; nothing if none is."""
    name = cell_namer(matrix.dataset)
    cells = [
        f"{name(rating.cell)} ({a_gap_without([label[id_] for id_ in rating.rests_on])})"
        for rating in fragile
    ]
    return f"Now hanging by a thread: {'; '.join(cells)}." if cells else ""


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
