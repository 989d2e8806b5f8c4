"""What instruments hang on, and how long they and their statements last: CG209, CG210, CG307 and CG310."""

from datetime import date

from clustergap.checks.traversal import Check, StatementPlace, Violations, statements
from clustergap.findings import DataPath, Rule, Severity, Violation
from clustergap.model.dataset import Dataset, Status
from clustergap.text import quote

CORRECT = "correct one of the two dates"

ENDS_BEFORE_STARTS = Rule(
    code="CG209",
    name="ends-before-starts",
    severity=Severity.ERROR,
    why="An instrument or a statement ends before it starts, so it is never in force and covers nothing on any day; or an "
    "instrument takes new commitments before it starts, or after it has ended. An instrument without a last day of its own "
    "ends with the one that it is part of, else with the last of those who pay it.",
    fix="Correct one of the two dates.",
    bad="""\
instruments:
  - id: h2020
    name: Horizon 2020
    starts: 2020
    ends: 2014
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: h2020
    name: Horizon 2020
    starts: 2014
    ends: 2020
    covers: {industry-4-0@eu: full}
""",
)


def ends_before_starts(dataset: Dataset) -> Violations:
    """Find instruments and statements that end before they start, and commitments outside of an instrument's own days."""
    for i, instrument in enumerate(dataset.instruments):
        starts, ends, commits_until = instrument.starts, instrument.ends, instrument.commits_until
        path: DataPath = ("instruments", i)
        if starts is not None and ends is not None and ends < starts:
            yield _never(path, starts, ends)
        if commits_until is None:
            continue
        last_commitment = f"its last day for new commitments is {commits_until.isoformat()}"
        if starts is not None and commits_until < starts:
            message = f"{last_commitment}, before it starts on {starts.isoformat()}"
            yield Violation((*path, "commits_until"), message, CORRECT)
        if ends is not None and ends < commits_until:
            message = f"{last_commitment}, after it has ended on {ends.isoformat()}"
            yield Violation((*path, "commits_until"), message, CORRECT)
    for spot, statement in statements(dataset):
        starts, ends = statement.starts, statement.ends
        if starts is not None and ends is not None and ends < starts:
            yield _never(spot.path, starts, ends)


def ends_with_another_before(dataset: Dataset) -> Violations:
    """Find instruments that start, or take new commitments, after that with which they end has ended."""
    names: dict[str, str] = {}
    for i, instrument in enumerate(dataset.instruments):
        inherited = dataset.relations.inherited_end(instrument)
        if inherited is None:
            continue
        names = names or {other.id: other.name for other in dataset.instruments}
        ended = (
            f"after {quote(names[inherited.owner])}, with which it ends, "
            f"has ended on {inherited.day.isoformat()}"
        )
        hint = "correct the date, give it an end of its own, or correct what it is part of or who pays it"
        if instrument.starts is not None and inherited.day < instrument.starts:
            message = f"it starts on {instrument.starts.isoformat()}, {ended}"
            yield Violation(("instruments", i, "starts"), message, hint)
        if instrument.commits_until is not None and inherited.day < instrument.commits_until:
            last = instrument.commits_until.isoformat()
            message = f"its last day for new commitments is {last}, {ended}"
            yield Violation(("instruments", i, "commits_until"), message, hint)


CIRCULAR = Rule(
    code="CG210",
    name="circular",
    severity=Severity.ERROR,
    why="An instrument is part of, or paid by, itself in the end. Without one of the circle all of them would go, and nobody "
    "could say with what it ends. The finding stands at the reference that closes the circle.",
    fix="Take the reference that is wrong out of the circle.",
    bad="""\
instruments:
  - {id: cosme, name: COSME, part_of: escp, covers: {industry-4-0@eu: full}}
  - {id: escp, name: Cluster Partnerships, part_of: cosme, covers: {industry-4-0@country: full}}
""",
    good="""\
instruments:
  - {id: cosme, name: COSME, covers: {industry-4-0@eu: full}}
  - {id: escp, name: Cluster Partnerships, part_of: cosme, covers: {industry-4-0@country: full}}
""",
)


def circular(dataset: Dataset) -> Violations:
    """Find references by which an instrument would hang on itself."""
    for reference in dataset.relations.circles:
        instrument = dataset.instruments[reference.place]
        index = () if reference.number is None else (reference.number,)
        hangs = "part of" if reference.number is None else "paid by"
        is_own = reference.id == instrument.id
        message = (
            f"{quote(instrument.id)} cannot be {hangs} {'itself' if is_own else quote(reference.id)}"
            f"{'' if is_own else ', which is part of it or paid by it in the end'}"
        )
        path = ("instruments", reference.place, reference.key, *index)
        yield Violation(path, message, "take the reference that is wrong out of the circle")


NO_MONEY = Rule(
    code="CG307",
    name="no-money",
    severity=Severity.WARNING,
    why="An instrument is paid by another whose kind gives no money. One of the two is wrong: without the other, and on its "
    "last day, the instrument would go, although it does not live by it.",
    fix="Name the one who pays. If the other only runs it or is behind it, say so in a note; if it is a whole of which this is "
    "a part, write part_of. If its kind does give money, correct funds of the kind.",
    bad="""\
kinds:
  - {id: programme, name: Programme, funds: true}
  - {id: platform, name: Platform, funds: false}
instruments:
  - {id: eccp, name: European Cluster Collaboration Platform, kind: platform, covers: {industry-4-0@eu: full}}
  - {id: escp, name: Cluster Partnerships, kind: programme, funded_by: [eccp], covers: {industry-4-0@country: full}}
""",
    good="""\
kinds:
  - {id: programme, name: Programme, funds: true}
  - {id: platform, name: Platform, funds: false}
instruments:
  - {id: cosme, name: COSME, kind: programme, covers: {industry-4-0@eu: full}}
  - {id: escp, name: Cluster Partnerships, kind: programme, funded_by: [cosme], covers: {industry-4-0@country: full}}
""",
)


def no_money(dataset: Dataset) -> Violations:
    """Find instruments that are paid by one whose kind gives no money."""
    poor = {kind.id: kind.name for kind in dataset.kinds if kind.funds is False}
    if not poor:
        return
    kinds = {instrument.id: instrument.kind for instrument in dataset.instruments}
    for i, instrument in enumerate(dataset.instruments):
        for k, payer in enumerate(instrument.funded_by):
            kind = kinds.get(payer)
            if kind in poor:
                message = f"{quote(payer)} pays it, but is of kind {quote(poor[kind])}, which gives no money"
                hint = "name the one who pays, or correct the kind"
                yield Violation(("instruments", i, "funded_by", k), message, hint)


DAYS_OUTSIDE_INSTRUMENT = Rule(
    code="CG310",
    name="days-outside-instrument",
    severity=Severity.WARNING,
    why="A statement's own days lie behind the end of its instrument, so on those days it covers nothing; or a part starts "
    "before the instrument of which it is a part, or is active while that is only planned. One of the two is mostly a slip. "
    "An instrument without a last day of its own ends with the one that it is part of, else with the last of those who pay it.",
    fix="Correct the day that is wrong. What goes on after its programme has a last day of its own.",
    bad="""\
instruments:
  - id: h2020
    name: Horizon 2020
    starts: 2014
    ends: 2020
    covers: {industry-4-0@eu: {extent: full, ends: 2023}}
""",
    good="""\
instruments:
  - id: h2020
    name: Horizon 2020
    starts: 2014
    ends: 2023
    covers: {industry-4-0@eu: full}
""",
)


def days_outside_instrument(dataset: Dataset) -> Violations:
    """Find statements whose own days lie wholly or partly behind the end of their instrument."""
    names: dict[str, str] = {}
    for i, instrument in enumerate(dataset.instruments):
        last_day: date | None = None
        for cell, covers in instrument.covers.items():
            for number, cover in enumerate(covers):
                if cover.starts is None and cover.ends is None:
                    continue
                last_day = last_day or dataset.relations.end_of(instrument)
                if last_day is None:
                    break
                spot = StatementPlace(("instruments", i, "covers"), cell, number, len(covers))
                if cover.starts is not None and last_day < cover.starts:
                    message = f"it starts on {cover.starts.isoformat()}, after"
                    key = "starts"
                elif cover.ends is not None and last_day < cover.ends:
                    message = f"it ends on {cover.ends.isoformat()}, after"
                    key = "ends"
                else:
                    continue
                names = names or {other.id: other.name for other in dataset.instruments}
                inherited = dataset.relations.inherited_end(instrument)
                ended = f"{quote(instrument.name)} has ended on {last_day.isoformat()}"
                ended += f", with {quote(names[inherited.owner])}" if inherited else ""
                hint = "correct the day, or the end of the instrument"
                yield Violation((*spot.path, key), f"{message} {ended}", hint)


def part_outside_whole(dataset: Dataset) -> Violations:
    """Find parts that start before what they are part of, or are active while that is planned."""
    parts = [i for i, instrument in enumerate(dataset.instruments) if instrument.part_of]
    wholes = {instrument.id: instrument for instrument in dataset.instruments} if parts else {}
    for i in parts:
        part = dataset.instruments[i]
        whole = wholes.get(part.part_of or "")
        if whole is None:
            continue
        if part.starts is not None and whole.starts is not None and part.starts < whole.starts:
            message = (
                f"it starts on {part.starts.isoformat()}, before {quote(whole.name)}, of which it is a part, "
                f"starts on {whole.starts.isoformat()}"
            )
            yield Violation(("instruments", i, "starts"), message, CORRECT)
        if part.status is Status.ACTIVE and whole.status is Status.PLANNED:
            message = (
                f"it is active, but {quote(whole.name)}, of which it is a part, is only planned"
            )
            hint = "write status: planned here, or make the other active"
            yield Violation(("instruments", i, "part_of"), message, hint)


DEFECTS = (
    Check(ENDS_BEFORE_STARTS, ends_before_starts),
    Check(ENDS_BEFORE_STARTS, ends_with_another_before, frozenset({"instruments"})),
    Check(CIRCULAR, circular),
)
UPKEEP = (
    Check(NO_MONEY, no_money, frozenset({"instruments", "kinds"})),
    Check(DAYS_OUTSIDE_INSTRUMENT, days_outside_instrument, frozenset({"instruments"})),
    Check(DAYS_OUTSIDE_INSTRUMENT, part_outside_whole, frozenset({"instruments"})),
)


def _never(path: DataPath, starts: date, ends: date) -> Violation:
    message = f"it ends on {ends.isoformat()}, before it starts on {starts.isoformat()}"
    return Violation((*path, "ends"), message, CORRECT)
