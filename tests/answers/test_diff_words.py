"""What changed between two datasets, in words: sides, verdict, and what became of each key."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given

from clustergap.analysis.diff import (
    DatasetSection,
    Difference,
    EditKind,
    KeyEdit,
    RecordEdit,
    find_difference,
    find_edits,
)
from clustergap.analysis.matrix import build_matrix
from clustergap.answers import changes
from clustergap.answers.diff import (
    LONGEST_VALUE,
    edit_details,
    edit_name,
    edits_by_section,
    edits_counted,
    section_name,
)
from clustergap.answers.phrases import names_of
from clustergap.answers.verdict import failure, queries_in_words, sides_in_words, verdict
from clustergap.model.dataset import Dataset, Plain
from clustergap.model.place_names import PlaceNames
from clustergap.model.query import Query
from clustergap.origin import Origin
from strategies import Document, dataset_of, datasets

ADDED, _RENAMED, REMOVED, CHANGED = EditKind

LISTED = PlaceNames({}, {})
"""Names of places as the lists have them."""


def data_of(swot: Document | None = None, /, **more: object) -> Dataset:
    """Make a dataset of the roles a to d at one level."""
    return dataset_of({"levels": ["eu"], "roles": list("abcd"), **more}, swot)


def covering(extents: Mapping[str, str], **more: object) -> Dataset:
    """Make a dataset of one instrument."""
    covers = {f"{role}@eu": extent for role, extent in extents.items()}
    return data_of(instruments=[{"id": "i", "covers": covers}], **more)


def difference(
    before: Dataset, after: Dataset, was: Query | None = None, is_now: Query | None = None
) -> Difference:
    """Compare two datasets."""
    return find_difference(
        build_matrix(before, was or Query()), build_matrix(after, is_now or Query())
    )


def details(key: str, before: Plain, after: Plain) -> str:
    """Say what became of one key."""
    edit = RecordEdit(
        DatasetSection.INSTRUMENTS, "i", "I", CHANGED, (KeyEdit(key, before, after),)
    )
    return edit_details(edit, LISTED)


# Sides and question


def test_the_title_names_both_sides() -> None:
    assert sides_in_words((Origin("old"), Origin("new"))) == "old → new"


def test_a_side_of_a_revision_is_named_with_its_commit() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"

    assert sides_in_words((Origin("data", commit=commit), Origin("data"))) == (
        "data (0123456789) → data"
    )


def test_a_side_without_a_path_is_called_data() -> None:
    assert sides_in_words((Origin(), Origin("x"))) == "data → x"


def test_a_path_cannot_act() -> None:
    assert sides_in_words((Origin("a\x1b[31m\n"), Origin("x"))) == "a\\x1b[31m\\n → x"


@pytest.mark.parametrize(
    ("was", "is_now", "words"),
    [
        (None, None, "dates ignored"),
        ("2019-05-31", "2019-05-31", "as of 31 May 2019"),
        ("2019-05-31", "2021-01-01", "as of 31 May 2019 → 1 January 2021"),
        (None, "2021-01-01", "as of any day → 1 January 2021"),
        ("2019-05-31", None, "as of 31 May 2019 → any day"),
    ],
)
def test_the_days_of_both_sides_are_told(was: str | None, is_now: str | None, words: str) -> None:
    queries = [Query(as_of=date.fromisoformat(d) if d else None) for d in (was, is_now)]

    assert queries_in_words(difference(data_of(), data_of(), *queries)) == words


def test_what_narrows_the_question_is_told_after_the_day() -> None:
    query = Query(place="RO", without=("x",), with_planned=True)

    assert queries_in_words(difference(data_of(), data_of(), query, query)) == (
        "dates ignored, in RO, without x, with planned instruments"
    )


# Verdict


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {}, "Coverage does not change."),
        ({"a": "full"}, {}, "1 pair of role and level becomes a gap. A regression in 1 pair."),
        (
            {"a": "full", "b": "full"},
            {},
            "2 pairs of role and level become gaps. A regression in 2 pairs.",
        ),
        ({}, {"a": "full"}, "Nothing becomes a gap, 1 pair of role and level is no longer a gap."),
        (
            {"a": "partial"},
            {},
            "Nothing becomes a gap, 1 pair of role and level weakens. A regression in 1 pair.",
        ),
        (
            {},
            {"a": "partial", "b": "partial"},
            "Nothing becomes a gap, 2 pairs of role and level strengthen.",
        ),
        (
            {"a": "full", "b": "partial"},
            {"c": "full", "d": "partial"},
            "1 pair of role and level becomes a gap, 1 pair is no longer a gap, 1 pair weakens, 1 pair strengthens. A regression in 2 pairs.",
        ),
    ],
)
def test_the_verdict_counts_what_happened_and_what_was_lost(
    before: Mapping[str, str], after: Mapping[str, str], words: str
) -> None:
    assert verdict(difference(covering(before), covering(after))) == words


def test_a_role_that_is_gone_is_a_regression() -> None:
    before, after = data_of(), dataset_of({"levels": ["eu"], "roles": list("abc")})

    words = verdict(difference(before, after))

    assert (
        words
        == "Nothing becomes a gap, 1 pair of role and level is no longer known. A regression in 1 pair."
    )
    assert (
        verdict(difference(after, before))
        == "Nothing becomes a gap, 1 pair of role and level is known now."
    )


def test_a_gate_says_which_cells_regressed() -> None:
    found = difference(covering({"a": "full", "b": "partial"}), covering({"c": "full"}))

    assert failure(found) == "a regression in 2 pairs of role and level: a@eu, b@eu"


def test_a_gate_says_how_much_changed_where_nothing_regressed() -> None:
    better = difference(covering({}), covering({"a": "full"}, title="New"))
    edited = difference(data_of(), data_of(title="New"))

    assert failure(better) == "a change of 1 pair of role and level and 2 records"
    assert failure(edited) == "a change of 0 pairs of role and level and 1 record"


# Records


def test_edits_come_by_section_and_are_counted() -> None:
    before = data_of(instruments=["x", "y"], title="Old")
    after = data_of({"threats": [{"id": "t", "text": "T"}]}, instruments=["z", "w"], title="New")

    found = edits_by_section(difference(before, after))

    assert list(found) == [DatasetSection.INSTRUMENTS, DatasetSection.SWOT, DatasetSection.DATASET]
    assert edits_counted(found[DatasetSection.INSTRUMENTS]) == "2 added, 2 removed"
    assert edits_counted(found[DatasetSection.SWOT]) == "1 added"
    assert edits_counted(found[DatasetSection.DATASET]) == "1 changed"


def test_many_edits_are_counted_with_a_comma() -> None:
    edits = [RecordEdit(DatasetSection.INSTRUMENTS, f"i{n}", "", ADDED) for n in range(1234)]

    assert edits_counted(edits) == "1,234 added"


def test_where_no_record_was_edited_there_is_no_section() -> None:
    assert edits_by_section(difference(data_of(), data_of())) == {}


def test_every_section_has_a_title() -> None:
    assert [section_name(section) for section in DatasetSection] == [
        "Instruments",
        "SWOT",
        "Observations",
        "Assessed",
        "Accepted gaps",
        "Dataset",
        "Levels",
        "Places",
        "Groups",
        "Roles",
        "Kinds",
        "Targets",
        "Sources",
    ]


@pytest.mark.parametrize(
    ("section", "id_", "label", "name"),
    [
        (DatasetSection.INSTRUMENTS, "dih", "DIH", "DIH (dih)"),
        (
            DatasetSection.ROLES,
            "social-economy",
            "Social economy",
            "Social economy (social-economy)",
        ),
        (DatasetSection.SOURCES, "deck", "The deck", "The deck (deck)"),
        (DatasetSection.SWOT, "s1", "A strong approach", "s1 A strong approach"),
        (DatasetSection.OBSERVATIONS, "role@eu", "", "role@eu"),
        (DatasetSection.ACCEPTED_GAPS, "role@eu", "", "role@eu"),
        (DatasetSection.ASSESSED, "eu", "", "eu"),
        (DatasetSection.DATASET, "dataset", "", "this dataset"),
    ],
)
def test_a_record_is_named_by_its_label_and_its_id(
    section: DatasetSection, id_: str, label: str, name: str
) -> None:
    assert edit_name(RecordEdit(section, id_, label, ADDED)) == name


# Keys


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("Old", "New", "key: Old → New"),
        (None, "New", "key: nothing → New"),
        ("Old", None, "key: Old → nothing"),
        (True, False, "key: true → false"),
        (None, False, "key: nothing → false"),
        (["AT"], ["AT", "BE"], "key: AT → AT, BE"),
        (None, ["AT"], "key: nothing → AT"),
        ("full", {"extent": "full", "note": "x"}, "key changed"),
        ({"extent": "full", "note": "x"}, "full", "key changed"),
        (None, {"extent": "full", "note": "x"}, "key added"),
        ({"extent": "full", "note": "x"}, None, "key removed"),
        ([{"ref": "a"}], [{"ref": "b"}], "key changed"),
        (None, [{"ref": "a"}], "key added"),
        ([{"ref": "a"}], None, "key removed"),
        ("Line\nbreak", "Line", "key changed"),
        ("Line", "Line\nbreak", "key changed"),
        (None, "Line\nbreak", "key added"),
        ("Line\nbreak", None, "key removed"),
    ],
)
def test_a_key_says_from_what_to_what_where_that_is_short(
    before: Plain, after: Plain, words: str
) -> None:
    assert details("key", before, after) == words


def test_a_value_is_told_up_to_its_longest_length() -> None:
    short, long_ = "x" * LONGEST_VALUE, "x" * (LONGEST_VALUE + 1)

    assert details("note", "y", short) == f"note: y → {short}"
    assert details("note", short, None) == f"note: {short} → nothing"
    assert details("note", "y", long_) == "note changed"
    assert details("note", long_, "y") == "note changed"
    assert details("note", None, long_) == "note added"
    assert details("note", long_, None) == "note removed"


def test_a_list_is_told_up_to_the_same_length() -> None:
    fits = ["x" * 19, "y" * 19]  # with the comma and the space between them, 40
    too_long: list[Plain] = ["x" * 19, "y" * 20]

    assert details("targets", None, [*fits]) == f"targets: nothing → {fits[0]}, {fits[1]}"
    assert details("targets", None, too_long) == "targets added"


def test_several_keys_are_set_apart() -> None:
    keys = (KeyEdit("name", "Old", "New"), KeyEdit("covers.role@eu", None, "full"))

    assert edit_details(
        RecordEdit(DatasetSection.INSTRUMENTS, "i", "I", CHANGED, keys), LISTED
    ) == ("name: Old → New; covers.role@eu: nothing → full")


def test_a_record_that_was_added_or_removed_has_no_details() -> None:
    assert edit_details(RecordEdit(DatasetSection.INSTRUMENTS, "i", "I", ADDED), LISTED) == ""
    assert edit_details(RecordEdit(DatasetSection.INSTRUMENTS, "i", "I", REMOVED), LISTED) == ""


def told(before: Dataset, after: Dataset) -> str:
    """Say what became of the one record that was edited."""
    (edit,) = find_edits(before, after)
    return edit_details(edit, LISTED)


def test_a_cover_that_weakens_says_so() -> None:
    assert told(covering({"a": "full"}), covering({"a": "partial"})) == (
        "covers.a@eu: extent: full → partial"
    )


AT_COUNTRIES = {"id": "c", "territories": ["AT", "BE", "BG", "RO", "SI"]}


def located(*, observed: bool, said: object) -> Dataset:
    """Make a dataset of one statement about a cell whose level has territories: a cover or an observation."""
    frame = {"levels": [AT_COUNTRIES], "roles": ["a"], "instruments": [{"id": "i"}]}
    if observed:
        return dataset_of({**frame, "observations": {"a@c": said}})
    return dataset_of({**frame, "instruments": [{"id": "i", "covers": {"a@c": said}}]})


STATEMENTS = [
    ({"territories": ["RO"]}, "full", "territories: Romania → everywhere"),
    ("full", {"territories": ["RO", "AT"]}, "territories: everywhere → Romania, Austria"),
    ({"territories": {"except": ["AT", "BE"]}}, "full", "territories: everywhere but Austria, Belgium → everywhere"),
    ({"extent": "partial", "territories": ["RO"]}, {"extent": "partial", "note": "x"}, "territories: Romania → not said where; note: nothing → x"),
    ({"territories": ["AT", "BE", "BG", "RO"]}, {"territories": ["AT", "BE", "SI"]}, "territories: without Bulgaria, Romania, now with Slovenia"),
    ("partial", "full", "extent: partial → full"),
    ({"extent": "partial", "territories": ["RO"]}, "full", "extent: partial → full; territories: Romania → everywhere"),
    ({"starts": "2017"}, {"starts": "2018", "ends": "2020"}, "starts: 2017-01-01 → 2018-01-01; ends: nothing → 2020-12-31"),
    ({"note": "y" * 41}, {"note": "z" * 41}, "note changed"),
    ({"note": "x", "sources": [{"ref": "s"}]}, {"note": "x"}, "sources removed"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "words"), STATEMENTS)
def test_a_statement_says_which_of_its_keys_changed_and_how(
    before: object, after: object, words: str
) -> None:
    observations = [located(observed=True, said=said) for said in (before, after)]
    covers = [located(observed=False, said=said) for said in (before, after)]

    assert {*told(*observations).split("; ")} == {*words.split("; ")}
    head, parts = told(*covers).split(": ", 1)
    assert head == "covers.a@c"
    assert {*_parts(parts)} == {*words.split("; ")}


def _parts(words: str) -> list[str]:
    """Take apart what is said of a cover's keys: a comma stands between them, and in a list of codes."""
    return re.split(r", (?=(?:extent|territories|starts|ends|note|sources)\b)", words)


def test_a_cover_that_comes_or_goes_says_how_far_and_where() -> None:
    without = dataset_of({"levels": [AT_COUNTRIES], "roles": ["a"], "instruments": ["i"]})
    partial = located(observed=False, said={"extent": "partial", "territories": ["RO"]})
    everywhere = located(observed=False, said={"note": "x"})

    assert told(without, partial) == "covers.a@c: nothing → partial in Romania"
    assert told(everywhere, without) == "covers.a@c: full → nothing"


def test_a_levels_list_says_what_came_and_what_has_gone() -> None:
    codes = [f"RO{n}{m}" for n in (1, 2, 3, 4) for m in (1, 2)]
    before, after = (
        dataset_of({"levels": [{"id": "c", "territories": listed}]})
        for listed in ([*codes, "AT"], [*codes, "BE", "BG"])
    )

    assert told(before, after) == "territories: without Austria, now with Belgium, Bulgaria"


def test_a_level_whose_list_shrinks_says_so_beside_the_cells() -> None:
    before, after = (
        dataset_of(
            {
                "levels": [{"id": "c", "name": "Country", "territories": listed}],
                "instruments": [{"id": "i", "covers": {"role@c": {"territories": ["AT"]}}}],
            }
        )
        for listed in (["AT", "BE", "BG"], ["AT"])
    )

    assert verdict(difference(before, after)) == (
        "Nothing becomes a gap, 1 pair of role and level is no longer a gap. Country lists 1 country, not 3: without Belgium, Bulgaria."
    )


def test_a_territory_that_a_list_gains_is_missing_and_was_never_lost() -> None:
    before, after = (
        dataset_of(
            {
                "levels": [{"id": "c", "name": "Country", "territories": listed}],
                "instruments": [{"id": "i", "covers": {"role@c": {"territories": ["AT"]}}}],
            }
        )
        for listed in (["AT", "BE"], ["AT", "BE", "BG"])
    )

    comparison = difference(before, after).comparison

    words = changes.details(comparison.changes[0], names_of(comparison.after))
    assert words == ["1 of 2 countries → 1 of 3 countries", "now missing: Bulgaria"]


def test_an_observation_that_weakens_says_so() -> None:
    before, after = (data_of(observations={"a@eu": extent}) for extent in ("full", "partial"))

    assert told(before, after) == "extent: full → partial"
    assert told(after, before) == "extent: partial → full"


def test_an_instrument_that_was_planned_says_that_it_is_active_now() -> None:
    before = data_of(instruments=[{"id": "i", "status": "planned"}])
    after = data_of(instruments=[{"id": "i"}])

    assert told(before, after) == "status: planned → active"
    assert told(after, before) == "status: active → planned"


def test_a_swot_item_that_moves_says_from_where_to_where() -> None:
    item = {"id": "s", "text": "T"}

    assert told(data_of({"strengths": [item]}), data_of({"threats": [item]})) == (
        "quadrant: strengths → threats"
    )


def test_a_date_is_told_as_a_day() -> None:
    before, after = (
        data_of(instruments=[{"id": "i", "ends": end}]) for end in ("2020", "2021-02")
    )

    assert told(before, after) == "ends: 2020-12-31 → 2021-02-28"


def test_an_assessed_list_says_what_it_was() -> None:
    before, after = (data_of(assessed={"eu": codes}) for codes in (["AT"], ["AT", "BE"]))

    assert told(before, after) == "territories: Austria → Austria, Belgium"


@given(datasets(), datasets())
def test_every_edit_can_be_told_on_one_line(one: Dataset, two: Dataset) -> None:
    found = difference(one, two)

    by_section = edits_by_section(found)

    assert [edit for edits in by_section.values() for edit in edits] == list(found.edits)
    for edit in found.edits:
        words = edit_details(edit, LISTED)
        assert bool(words) is (edit.kind is CHANGED)
        assert "\n" not in words + edit_name(edit)
        assert "None" not in words
        assert all(key.key in words for key in edit.keys)
    assert verdict(found).endswith(".")
