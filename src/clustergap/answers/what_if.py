"""What a query changes, compared to the plain matrix."""

from typing import Literal

from clustergap.analysis.what_if import WhatIf
from clustergap.answers.changes import (
    ChangeRecord,
    ChangeSummaryRecord,
    SideRecord,
    change_rows,
    steps_of,
    sum_up,
)
from clustergap.answers.phrases import Names, a_gap_without, dependence_in_words, names_of
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    AnswerPart,
    AnswerRecord,
    CellName,
    InstrumentId,
    attribute,
    head,
)
from clustergap.document import Document, Rows, Steps
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.prose import Paragraph
from clustergap.text import capitalise, long_day, one_of


def document(answer: WhatIf, origin: Origin) -> Document:
    """Say which gaps open and close, those that open first, and which cells then rest on a single instrument."""
    comparison = answer.comparison
    names = names_of(comparison.before, comparison.after)
    going, resting = _going(answer, names), _resting(answer, names)
    # What the question leaves out need not be named again, unless others go with it: then a cell says which it lost.
    known = () if answer.dependants else answer.query.without
    steps = steps_of(comparison.changes, names, known)
    return Document(
        f"{_question(answer, names)}: {sum_up(comparison.changes)}",
        (
            *([Paragraph(going)] if going else []),
            *([Steps(steps)] if steps else []),
            *([Paragraph(resting)] if resting else []),
        ),
        **provenance(comparison.after, origin),
    )


def _question(answer: WhatIf, names: Names) -> str:
    """Say how the query differs from the plain one, as the beginning of a sentence."""
    query = answer.query
    clauses = (
        _without(query, names),
        f"with {answer.added}" if answer.added is not None else "",
        "with planned instruments" if query.with_planned else "",
        f"with only {', '.join(query.kinds)}" if query.kinds else "",
        f"for {query.target}" if query.target is not None else "",
        f"in {query.place_in_words}" if query.place is not None else "",
        f"as of {long_day(query.as_of)}" if query.as_of is not None else "",
    )
    return capitalise(", ".join(filter(None, clauses)) or "nothing asked")


def _without(query: Query, names: Names) -> str:
    if not query.without:
        return ""
    stays = f" but with what hangs on {_them(query)}" if query.alone else ""
    return f"without {', '.join(names.list_instruments(query.without))}{stays}"


def _going(answer: WhatIf, names: Names) -> str:
    """Say what goes with the instruments that are left out, and why; nothing if nothing does."""
    if not answer.dependants:
        return ""
    named = answer.query.without
    holders = {**names.instruments, **({named[0]: "it"} if len(named) == 1 else {})}
    going = [
        f"{dependant.instrument.label} ({dependence_in_words(dependant, holders)})"
        for dependant in answer.dependants
    ]
    verb = "goes" if len(going) == 1 else "go"
    return f"With {_them(answer.query)} {verb} {one_of(going)}."


def _them(query: Query) -> str:
    return "it" if len(query.without) == 1 else "them"


def _resting(answer: WhatIf, names: Names) -> str:
    """Say which cells now would be gaps without an instrument, but were not before; nothing if there are none."""
    cells = [
        f"{names.cell(rating.cell)} ({a_gap_without(names.list_instruments(rating.rests_on))})"
        for rating in answer.fragile
    ]
    return f"Now hanging by a thread: {'; '.join(cells)}." if cells else ""


def rows(answer: WhatIf) -> Rows:
    """Write a row for every cell that changed."""
    return change_rows(answer.comparison)


# The JSON document


class AskedRecord(SideRecord):
    """The question that was asked."""

    added: str | None
    """The fragment that was read as well."""


class DependantRecord(AnswerPart):
    """An instrument that goes with others."""

    instrument: InstrumentId = attribute("instrument", "id")
    part_of: str | None
    """The id of the one that goes of which it is a part."""
    funded_by: tuple[InstrumentId, ...]
    """Those that go and pay it."""


class FragileRecord(AnswerPart):
    """A role and level that rests on an instrument now, and did not before."""

    cell: CellName
    rests_on: tuple[InstrumentId, ...]
    """Without any one of these it would be a gap."""


class WhatIfRecord(AnswerRecord):
    """What would be otherwise."""

    schema_: Literal["clustergap/what-if@1"] = "clustergap/what-if@1"
    before: SideRecord
    """The plain question."""
    after: AskedRecord
    changes: tuple[ChangeRecord, ...]
    """The pairs of role and level that are not the same on both sides."""
    summary: ChangeSummaryRecord
    dependants: tuple[DependantRecord, ...]
    """What goes with the instruments that are left out."""
    fragile: tuple[FragileRecord, ...]
    """Pairs of role and level that hang by a thread now."""


def record(answer: WhatIf, origin: Origin) -> WhatIfRecord:
    """Return ``clustergap/what-if@1``."""
    comparison = answer.comparison
    return WhatIfRecord(
        before=SideRecord(**head(comparison.before, origin)),
        after=AskedRecord(**head(comparison.after, origin), added=answer.added),
        changes=comparison.changes,
        summary=comparison.summary(),
        dependants=answer.dependants,
        fragile=answer.fragile,
    )
