"""What instruments hang on, and how long they and their statements last: CG209, CG210, CG307 and CG310."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from clustergap.checks.traversal import Check, StatementPlace, Violations, statements
from clustergap.findings import Rule, Severity, Violation
from clustergap.model.dataset import Dataset, Instrument, Status
from clustergap.model.statement import Statement
from clustergap.text import quote

CORRECT = "correct one of the two dates"
SEEN = "somebody saw it on"
COMMITS = "its last day for new commitments is"

ENDS_BEFORE_STARTS = Rule(
    code="CG209",
    name="ends-before-starts",
    severity=Severity.ERROR,
    why="An instrument or a statement ends before it starts, so it is never in force and covers nothing on any day; or somebody "
    "saw it in force before it starts, or after it has ended; or an instrument takes new commitments outside of its own days. "
    "An instrument without a last day of its own ends with the one that it is part of, else with the last of those who pay it.",
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
    """Find instruments and statements whose own days contradict each other."""
    for i, instrument in enumerate(dataset.instruments):
        contradictory = _contradictory(instrument)
        if instrument.commits_until is not None:
            contradictory = (
                *contradictory,
                *_odd_commitments(instrument, instrument.commits_until),
            )
        for key, message in contradictory:
            yield Violation(("instruments", i, key), message, CORRECT)
    for spot, statement in statements(dataset, _contradictory):
        for key, message in _contradictory(statement):
            yield Violation((*spot.path, key), message, CORRECT)


def _contradictory(record: Instrument | Statement) -> Sequence[tuple[str, str]]:
    """Return the keys of days that contradict another day of the same record, each with what is wrong."""
    starts, seen, ends = record.starts, record.seen, record.ends
    if seen is None and (starts is None or ends is None or starts <= ends):
        return ()  # nearly all
    found = []
    if starts is not None and ends is not None and ends < starts:
        found.append(("ends", f"it ends on {ends}, before it starts on {starts}"))
    if seen is not None and starts is not None and seen < starts:
        found.append(("seen", f"{SEEN} {seen}, before it starts on {starts}"))
    if seen is not None and ends is not None and ends < seen:
        found.append(("seen", f"{SEEN} {seen}, after it has ended on {ends}"))
    return found


def _odd_commitments(instrument: Instrument, last: date) -> Iterator[tuple[str, str]]:
    starts, ends = instrument.starts or instrument.seen, instrument.ends
    if starts is not None and last < starts:
        known = "it starts on" if instrument.starts else "anybody saw it, on"
        yield "commits_until", f"{COMMITS} {last}, before {known} {starts}"
    if ends is not None and ends < last:
        yield "commits_until", f"{COMMITS} {last}, after it has ended on {ends}"


def ends_with_another_before(dataset: Dataset) -> Violations:
    """Find instruments of which a day lies behind the end that they have from another."""
    names: dict[str, str] = {}
    ends = dataset.relations.inherited_ends
    for i, instrument in enumerate(dataset.instruments if ends else ()):
        inherited = ends.get(instrument.id)
        if inherited is None:
            continue
        names = names or {other.id: other.name for other in dataset.instruments}
        ended = f"after {quote(names[inherited.owner])}, with which it ends, has ended on {inherited.day}"
        days = {
            "starts": ("it starts on", instrument.starts),
            "seen": (SEEN, instrument.seen),
            "commits_until": (COMMITS, instrument.commits_until),
        }
        hint = "correct the date, give it an end of its own, or correct what it is part of or who pays it"
        for key, (words, day) in days.items():
            if day is not None and inherited.day < day:
                yield Violation(("instruments", i, key), f"{words} {day}, {ended}", hint)


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
    why="A statement's own days lie behind the end of its instrument, so on those days it covers nothing; or a part starts, or "
    "was seen, before the instrument of which it is a part starts, or is active while that is only planned; or somebody saw "
    "something in force only after the day of the data. One of the two is mostly a slip. "
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
        last_day = dataset.relations.end_of(instrument)
        if last_day is None:
            continue
        for cell, covers in instrument.covers.items():
            for number, cover in enumerate(covers):
                late = _day_behind(cover, last_day)
                if late is not None:
                    names = names or {other.id: other.name for other in dataset.instruments}
                    key, message = late
                    inherited = dataset.relations.inherited_ends.get(instrument.id)
                    owner = f", with {quote(names[inherited.owner])}" if inherited else ""
                    ended = f"after {quote(instrument.name)} has ended on {last_day}{owner}"
                    spot = StatementPlace(("instruments", i, "covers"), cell, number, len(covers))
                    hint = "correct the day, or the end of the instrument"
                    yield Violation((*spot.path, key), f"{message}, {ended}", hint)


def _day_behind(cover: Statement, last_day: date) -> tuple[str, str] | None:
    """Return the key of the first of a cover's days that lies behind a last day, and what it says."""
    if cover.starts is not None and last_day < cover.starts:
        return "starts", f"it starts on {cover.starts}"
    if cover.seen is not None and last_day < cover.seen:
        return "seen", f"{SEEN} {cover.seen}"
    if cover.ends is not None and last_day < cover.ends:
        return "ends", f"it ends on {cover.ends}"
    return None


def part_outside_whole(dataset: Dataset) -> Violations:
    """Find parts that are there before what they are part of, or are active while that is planned."""
    parts = [i for i, instrument in enumerate(dataset.instruments) if instrument.part_of]
    wholes = dataset.instruments_by_id if parts else {}
    for i in parts:
        part = dataset.instruments[i]
        whole = wholes.get(part.part_of or "")
        if whole is None:
            continue
        days = {"starts": ("it starts on", part.starts), "seen": (SEEN, part.seen)}
        for key, (words, day) in days.items():
            if day is not None and whole.starts is not None and day < whole.starts:
                message = f"{words} {day}, before {quote(whole.name)}, of which it is a part, starts on {whole.starts}"
                yield Violation(("instruments", i, key), message, CORRECT)
                break
        if part.status is Status.ACTIVE and whole.status is Status.PLANNED:
            message = (
                f"it is active, but {quote(whole.name)}, of which it is a part, is only planned"
            )
            hint = "write status: planned here, or make the other active"
            yield Violation(("instruments", i, "part_of"), message, hint)


def seen_after_the_data(dataset: Dataset) -> Violations:
    """Find days on which somebody saw something, but only after the day of the data."""
    as_of = dataset.as_of
    if as_of is None:
        return
    hint = "correct the day, or set as_of to the day up to which the data speak"
    for i, instrument in enumerate(dataset.instruments):
        if instrument.seen is not None and as_of < instrument.seen:
            yield Violation(("instruments", i, "seen"), _seen_later(instrument.seen, as_of), hint)
    for spot, statement in statements(dataset, attrgetter("seen")):
        if statement.seen is not None and as_of < statement.seen:
            yield Violation((*spot.path, "seen"), _seen_later(statement.seen, as_of), hint)


def _seen_later(seen: date, as_of: date) -> str:
    return f"{SEEN} {seen}, after {as_of}, the day of the data"


DEFECTS = (
    Check(ENDS_BEFORE_STARTS, ends_before_starts),
    Check(ENDS_BEFORE_STARTS, ends_with_another_before, frozenset({"instruments"})),
    Check(CIRCULAR, circular),
)
UPKEEP = (
    Check(NO_MONEY, no_money, frozenset({"instruments", "kinds"})),
    Check(DAYS_OUTSIDE_INSTRUMENT, days_outside_instrument, frozenset({"instruments"})),
    Check(DAYS_OUTSIDE_INSTRUMENT, part_outside_whole, frozenset({"instruments"})),
    Check(DAYS_OUTSIDE_INSTRUMENT, seen_after_the_data),
)
