"""The view of coverage over time: what happens on a day, and what changes because of it."""

from datetime import date

from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.timeline import build_timeline
from clustergap.answers.page_time import MOST_DAYS, DaysToCome, days_to_come
from clustergap.model.query import Query
from strategies import Document, dataset_of


def to_come(*instruments: Document, day: date | None = date(2020, 6, 30)) -> DaysToCome:
    """Say what is to come of two roles at two levels."""
    levels = [{"id": "eu", "name": "EU"}, {"id": "town", "name": "Town"}]
    roles = [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta"}]
    dataset = dataset_of({"levels": levels, "roles": roles, "instruments": list(instruments)})
    matrix = build_matrix(dataset, Query(as_of=day))
    return days_to_come(build_timeline(matrix), matrix)


def named(id_: str, covers: Document, **keys: object) -> Document:
    return {"id": id_, "name": id_.upper(), "covers": covers, **keys}


def test_what_ends_is_told_by_its_last_day_and_what_it_leaves_the_worse_first() -> None:
    ends = named("x", {"a@eu": "full", "b@town": "full"}, ends="2027-12-31")
    stays = [named(one, {"a@eu": "full"}) for one in ("y", "z")]

    ((day,), more) = to_come(ends, *stays)

    assert more == 0
    assert day.head == "After 31 December 2027, without X"
    worse, lost = day.changes
    assert (worse.subject, worse.before.word, worse.after and worse.after.word) == (
        "Beta, town level", "full", "NONE",
    )  # fmt: skip
    assert (worse.becomes, worse.changes, worse.left) == (
        "becomes a gap", "loses X", "nothing is left",
    )  # fmt: skip
    assert worse.is_worse
    assert (lost.subject, lost.after, lost.left) == ("Alpha, EU level", None, "2 of 3 left: Y, Z")
    assert not lost.is_worse


def test_what_rests_on_one_then_has_its_mark() -> None:
    ends = named("x", {"a@eu": "full"}, ends="2027")

    ((day,), _) = to_come(ends, named("y", {"a@eu": "full"}))

    assert day.changes[0].left == "1 of 2 left: Y\u00a0!"


def test_what_starts_is_told_by_its_first_day() -> None:
    ((day,), _) = to_come(named("x", {"a@eu": "full"}, starts="2028-03-01"))

    assert day.head == "From 1 March 2028, with X"
    assert (day.changes[0].becomes, day.changes[0].changes) == ("is no longer a gap", "gains X")
    assert day.changes[0].left == "1 instrument: X\u00a0!"


def test_a_cover_that_ends_is_not_taken_for_its_instrument() -> None:
    covers = {"a@eu": {"extent": "full", "ends": "2025"}, "b@eu": "full"}

    ((day,), _) = to_come(named("x", covers))

    assert day.head == "After 31 December 2025, without part of X"


def test_what_stops_committing_is_told_although_nothing_changes() -> None:
    winding = named("x", {"a@eu": "full"}, commits_until="2023", ends="2026")

    (stops, ends) = to_come(winding).days

    assert (stops.head, stops.changes) == (
        "After 31 December 2023, X takes no new commitments",
        (),
    )
    assert ends.head == "After 31 December 2026, without X"


def test_of_many_days_and_names_only_the_first_are_told() -> None:
    years = [named(f"i-{n}", {"a@eu": "full"}, ends=f"{2030 + n}") for n in range(9)]
    together = [named(f"j-{n}", {"a@eu": "full"}, ends="2025") for n in range(14)]

    days, more = to_come(*years, *together)

    assert (len(days), more) == (MOST_DAYS, 1 + 9 - MOST_DAYS)
    assert days[0].head.endswith("J-9, J-10 and 3 more")
    assert days[0].changes[0].changes == "loses J-0, J-1, J-2 and 11 more"


def test_without_a_day_all_days_are_to_come() -> None:
    started = named("x", {"a@eu": "full"}, starts="2001")

    assert [day.head for day in to_come(started, day=None).days] == ["From 1 January 2001, with X"]
    assert to_come(started) == ((), 0)
