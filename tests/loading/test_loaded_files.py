"""Several files as one dataset, and the way back from each entry to its file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustergap.findings import At, DataPath
from clustergap.loading.file_reader import FileContent, RecordValidator
from clustergap.loading.loaded_files import Merged, merge
from clustergap.model.cell import Cell
from clustergap.model.dataset import FragmentFile, InstrumentsFile
from clustergap.model.swot import Quadrant, SwotFile

Values = dict[str, Any]

MAIN, FRAGMENT, SWOT = (
    RecordValidator(InstrumentsFile),
    RecordValidator(FragmentFile),
    RecordValidator(SwotFile),
)


def _instruments(*ids: str) -> list[Values]:
    return [{"id": id_, "name": id_.upper()} for id_ in ids]


def _main(**keys: object) -> FileContent[InstrumentsFile]:
    values: Values = {
        "schema": "1",
        "title": "T",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "role", "name": "Role"}],
        **keys,
    }
    shaped = MAIN.recover(values)
    assert shaped.record is not None
    return FileContent(shaped.record, 0, "instruments.yaml", shaped.kept)


def _fragment(number: int, **keys: object) -> FileContent[FragmentFile]:
    shaped = FRAGMENT.recover(dict(keys))
    assert shaped.record is not None
    return FileContent(shaped.record, number, f"instruments/{number}.yaml", shaped.kept)


def _swot(number: int, **keys: object) -> FileContent[SwotFile]:
    shaped = SWOT.recover({"schema": "1", **keys})
    assert shaped.record is not None
    return FileContent(shaped.record, number, "swot.yaml", shaped.kept)


def _kept(part: FileContent[Any], **kept: Sequence[int]) -> FileContent[Any]:
    return FileContent(part.record, part.number, part.path, kept)


@pytest.fixture
def merged() -> Merged:
    """Merge a main file, two fragments and a SWOT, each of which lost something."""
    return merge(
        _kept(
            _main(
                sources={"deck": {"title": "Deck"}},
                instruments=_instruments("a", "b"),
                observations={"role@eu": "partial"},
                assessed={"eu": ["RO", "BG"], "role@eu": ["AT"]},
                accepted_gaps={"role@eu": {"reason": "x"}},
            ),
            instruments=[1, 3],
            levels=[2],
        ),
        [
            _fragment(1, observations={"role@eu": "full"}, assessed={"eu": ["SE"]}),
            _kept(
                _fragment(2, instruments=_instruments("c", "a"), assessed={"eu": ["DK", "FI"]}),
                instruments=[0, 5],
            ),
            _fragment(3, instruments=_instruments("d"), observations={"x@eu": "full"}),
        ],
        _kept(
            _swot(
                4,
                sources={"paper": {"title": "Paper"}, "deck": {"title": "Other"}},
                strengths=[{"id": "s1", "text": "x"}],
                threats=[{"id": "t1", "text": "x"}, {"id": "t2", "text": "x"}],
            ),
            threats=[3, 4],
        ),
    )


def test_the_files_entries_come_in_the_order_of_reading(merged: Merged) -> None:
    dataset = merged.dataset

    assert [instrument.id for instrument in dataset.instruments] == ["a", "b", "c", "a", "d"]
    assert list(dataset.sources) == ["deck", "paper"]
    assert list(dataset.observations) == [Cell("role", "eu"), Cell("x", "eu")]
    assert dataset.assessed == {
        "eu": ("RO", "BG", "SE", "DK", "FI"),
        Cell("role", "eu"): ("AT",),
    }
    assert [item.id for item in dataset.swot[Quadrant.THREATS]] == ["t1", "t2"]
    assert list(dataset.swot) == list(Quadrant)


def test_what_only_the_main_file_says_is_said_of_the_dataset() -> None:
    main = _main(
        as_of="2019-05",
        kinds=[{"id": "forum", "name": "Forum"}],
        targets=[{"id": "firms", "name": "Firms"}],
        accepted_gaps={"role@eu": {"reason": "x"}},
    )

    dataset = merge(main, [_fragment(1)], _swot(2)).dataset

    assert (dataset.title, dataset.as_of) == ("T", date(2019, 5, 31))
    assert [level.id for level in dataset.levels] == ["eu"]
    assert [role.id for role in dataset.roles] == ["role"]
    assert [kind.id for kind in dataset.kinds] == ["forum"]
    assert [target.id for target in dataset.targets] == ["firms"]
    assert list(dataset.accepted_gaps) == [Cell("role", "eu")]


def test_what_stands_in_two_files_is_told_in_full(merged: Merged) -> None:
    told = [(v.message, v.hint, v.at) for _, _, v, _ in merged.broken]

    assert told == [
        ("'deck' stands in two files", "keep one of the two", At.KEY),
    ]


@pytest.mark.parametrize(
    ("number", "file", "local"),
    [(0, 1, ("role@eu",)), (1, 2, ("role@eu", 0)), (2, 2, ("role@eu", 1)), (3, 3, ("role@eu",))],
)
def test_what_is_observed_of_a_cell_in_several_files_is_one_list_in_file_order(
    number: int, file: int, local: DataPath
) -> None:
    said: tuple[object, ...] = ({"note": "1"}, [{"note": "2"}, {"note": "3"}], [{"note": "4"}])
    fragments = [_fragment(n, observations={"role@eu": one}) for n, one in enumerate(said, 1)]

    merged = merge(_main(), fragments, None)

    observed = merged.dataset.observations[Cell("role", "eu")]
    assert [one.note for one in observed] == ["1", "2", "3", "4"]
    assert merged.broken == []
    path = ("observations", "role@eu", number, "note")
    assert merged.origins.resolve(path) == (file, ("observations", *local, "note"))


def test_the_first_of_two_is_kept_and_the_second_is_a_finding(merged: Merged) -> None:
    assert merged.dataset.sources["deck"].title == "Deck"
    assert [(file, rule.code, v.path) for file, rule, v, _ in merged.broken] == [
        (4, "CG205", ("sources", "deck")),
    ]
    assert merged.broken[0].first == (0, ("sources", "deck"))


@pytest.mark.parametrize(
    ("path", "file", "local"),
    [
        (("title",), 0, ("title",)),
        (("levels",), 0, ("levels",)),
        (("levels", 0, "id"), 0, ("levels", 2, "id")),
        (("roles", 0, "aliases", 1), 0, ("roles", 0, "aliases", 1)),
        (("instruments", 0), 0, ("instruments", 1)),
        (("instruments", 1, "covers", "role@eu"), 0, ("instruments", 3, "covers", "role@eu")),
        (("instruments", 2, "sources", 1, "ref"), 2, ("instruments", 0, "sources", 1, "ref")),
        (("instruments", 3, "id"), 2, ("instruments", 5, "id")),
        (("instruments", 4), 3, ("instruments", 0)),
        (("observations", "role@eu"), 0, ("observations", "role@eu")),
        (("observations", "role@eu", 0, "note"), 0, ("observations", "role@eu", "note")),
        (("observations", "role@eu", 1, "note"), 1, ("observations", "role@eu", "note")),
        (
            ("observations", "x@eu", "territories", 1),
            3,
            ("observations", "x@eu", "territories", 1),
        ),
        (("assessed", "eu"), 0, ("assessed", "eu")),
        (("assessed", "eu", 1), 0, ("assessed", "eu", 1)),
        (("assessed", "eu", 2), 1, ("assessed", "eu", 0)),
        (("assessed", "eu", 3), 2, ("assessed", "eu", 0)),
        (("assessed", "eu", 4), 2, ("assessed", "eu", 1)),
        (("assessed", "role@eu", 0), 0, ("assessed", "role@eu", 0)),
        (("accepted_gaps", "role@eu"), 0, ("accepted_gaps", "role@eu")),
        (("sources", "deck"), 0, ("sources", "deck")),
        (("sources", "paper", "title"), 4, ("sources", "paper", "title")),
        (("swot", "strengths", 0, "cells", 2), 4, ("strengths", 0, "cells", 2)),
        (("swot", "threats", 1), 4, ("threats", 4)),
    ],
)
def test_an_entry_leads_back_to_its_file_and_to_its_place_there(
    merged: Merged, path: DataPath, file: int, local: DataPath
) -> None:
    assert merged.origins.resolve(path) == (file, local)


def test_the_dataset_itself_is_the_main_files(merged: Merged) -> None:
    assert merged.origins.resolve(()) == (0, ())


def test_what_only_a_fragment_assesses_is_its_own() -> None:
    merged = merge(_main(), [_fragment(1), _fragment(2, assessed={"eu": ["RO"]})], None)

    assert merged.origins.resolve(("assessed", "eu")) == (2, ("assessed", "eu"))
    assert merged.origins.resolve(("assessed", "eu", 0)) == (2, ("assessed", "eu", 0))


def test_without_a_swot_there_is_none() -> None:
    merged = merge(_main(instruments=_instruments("a")), [], None)

    assert merged.dataset.swot == {}
    assert merged.broken == []


def test_a_swots_second_source_of_one_name_is_told_once() -> None:
    sources = {"deck": {"title": "Deck"}}

    merged = merge(_main(sources=sources), [], _swot(1, sources=sources))

    assert [(file, violation.path) for file, _, violation, _ in merged.broken] == [
        (1, ("sources", "deck"))
    ]


@settings(derandomize=True)
@given(
    files=st.lists(st.lists(st.booleans(), max_size=4), min_size=1, max_size=5),
)
def test_every_instrument_leads_back_to_where_it_was_written(files: list[list[bool]]) -> None:
    # A file is a list of items, each of which was kept or lost.
    kept = [[i for i, is_kept in enumerate(file) if is_kept] for file in files]
    parts = [
        _kept(part, **({"instruments": kept[n]} if False in files[n] else {}))
        for n in range(len(files))
        for ids in [[f"file-{n}-item-{i}" for i in kept[n]]]
        for part in [
            _main(instruments=_instruments(*ids))
            if n == 0
            else _fragment(n, instruments=_instruments(*ids))
        ]
    ]

    merged = merge(parts[0], parts[1:], None)

    for index, instrument in enumerate(merged.dataset.instruments):
        file, (_, item) = merged.origins.resolve(("instruments", index))
        assert instrument.id == f"file-{file}-item-{item}"
    assert len(merged.dataset.instruments) == sum(map(len, kept))
