"""Laws of places side by side, of what the program writes: each place has what is said of it alone, in every format."""

import csv
import dataclasses
import io
import json
import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from clustergap.api.locations import locate_deck
from clustergap.api.names import territory_code
from clustergap.api.policy_data import PolicyData
from clustergap.errors import ClusterGapError
from clustergap.formats import Format
from clustergap.model.dataset import Dataset
from clustergap.model.places import Group
from strategies import datasets, places, queries

DECK = PolicyData.load(locate_deck())

Json = dict[str, Any]


class Asked(NamedTuple):
    """A dataset that was drawn, what counts, and places that mean something in it."""

    dataset: Dataset
    options: dict[str, Any]
    places: Sequence[str]

    def compare(self, places: Sequence[str] | None = None, **compared: Any) -> Json:
        words = self.places if places is None else places
        answer = self.policy.compare(*words, **compared, **self.options)
        return json.loads(answer.write(Format.JSON))  # type: ignore[no-any-return]

    def rows(self) -> list[dict[str, str]]:
        answer = self.policy.compare(*self.places, **self.options)
        return list(csv.DictReader(io.StringIO(answer.write(Format.CSV))))

    @property
    def policy(self) -> PolicyData:
        return dataclasses.replace(DECK, dataset=self.dataset)


def _means_something(dataset: Dataset, word: str) -> bool:
    try:
        return territory_code(dataset, word) == word
    except ClusterGapError:
        return False


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw a dataset with territories, a query that can be typed, and one to four places; all levels are shown."""
    dataset = draw(datasets())
    assume(any(level.units for level in dataset.levels))
    query = draw(queries(dataset))
    words = draw(
        st.lists(
            places(dataset).filter(lambda word: _means_something(dataset, word)),
            min_size=1,
            max_size=4,
        )
    )
    kinds = {each.kind for each in dataset.instruments}
    targets = {target for each in dataset.instruments for target in each.targets}
    options = {
        "level": [level.id for level in dataset.levels],
        "as_of": query.as_of,
        "target": query.target if query.target in targets else None,
        "kind": [kind for kind in query.kinds if kind in kinds],
        "without": query.without,
        "alone": query.alone and bool(query.without),
        "with_planned": query.with_planned,
    }
    return Asked(dataset, options, words)


def of_place(answer: Json, place: str) -> list[Json]:
    """Return the cells of a place, without its id; a place that stands there twice has them once."""
    number = [each["id"] for each in answer["places"]].index(place)
    return without(answer["cells"][number :: len(answer["places"])], "place")


def without(cells: Sequence[Json], *keys: str) -> list[Json]:
    return [{key: value for key, value in cell.items() if key not in keys} for cell in cells]


@given(asked())
def test_each_cell_is_that_of_the_matrix_in_the_place(of: Asked) -> None:
    answer = of.compare()

    for place in of.places:
        alone = of.policy.matrix(in_=place, **of.options)
        matrix: Json = json.loads(alone.write(Format.JSON))
        keys = matrix["cells"][0].keys()
        cells = of_place(answer, place)
        assert keys - cells[0].keys() == set()
        assert [{key: cell[key] for key in keys} for cell in cells] == matrix["cells"]
        assert {**answer["query"], "in": place} == matrix["query"]
    assert answer["query"]["in"] is None


@given(asked())
def test_the_rows_say_what_the_json_document_says(of: Asked) -> None:
    answer, rows = of.compare(), of.rows()
    names = {each.id: each.name for each in of.dataset.instruments}

    def joined(ids: Sequence[str]) -> str:
        return "; ".join(names[id_] for id_ in ids)

    expected = []
    for cell in answer["cells"]:
        members, within = cell["members"] or {}, cell["within"] or {"share": {}}
        expected.append(
            {
                "cell": cell["cell"],
                "place id": cell["place"],
                "coverage": cell["coverage"],
                "instruments": joined(cell["instruments"]),
                "own": joined(cell["own"]),
                "rests on": joined(cell["rests_on"]),
                **{
                    f"{key} there": str(within["share"].get(key, ""))
                    for key in ("covered", "partial", "of", "unknown")
                },
                "missing there": " ".join(within["share"].get("missing", ())),
                **{
                    f"places {word}": " ".join(members.get(word, ()))
                    for word in ("full", "partial", "none", "unknown")
                },
                "notes": "; ".join(cell["notes"]),
                "as of": answer["query"]["as_of"] or "",
            }
        )
    assert [{key: row[key] for key in expected[0]} for row in rows] == expected


@given(asked(), st.randoms(use_true_random=False))
def test_places_in_another_order_say_the_same(of: Asked, chance: random.Random) -> None:
    other = list(of.places)
    chance.shuffle(other)

    plain, shuffled = of.compare(measures=True), of.compare(other, measures=True)

    for place in of.places:
        assert of_place(shuffled, place) == of_place(plain, place)
        measured = [
            next(each for each in answer["measures"] if each["place"] == place)
            for answer in (plain, shuffled)
        ]
        # Of places that are equally near the first are named.
        assert without(measured[:1], "nearest") == without(measured[1:], "nearest")
        near = [[(each["equal"], each["known"]) for each in one["nearest"]] for one in measured]
        assert near[0] == near[1]
    assert shuffled["caveats"] == plain["caveats"]


@given(asked())
def test_a_place_beside_itself_differs_in_nothing(of: Asked) -> None:
    answer = of.compare([of.places[0]] * 2, measures=True)

    assert answer["advantages"] == []
    assert answer["cells"][::2] == answer["cells"][1::2]
    (near,) = answer["measures"][0]["nearest"] or [{"equal": 0, "known": 0}]
    assert near["equal"] == near["known"] == answer["measures"][0]["known"]


@given(asked())
def test_a_group_of_one_place_equals_the_place(of: Asked) -> None:
    groups = {group.id for group in of.dataset.groups}
    place = next((each for each in of.places if each not in groups), None)
    assume(place is not None)
    one = Group(id="one", name="One", territories=(str(place),))
    with_one = of._replace(
        dataset=dataclasses.replace(of.dataset, groups=(*of.dataset.groups, one))
    )

    answer = with_one.compare([str(place), "one"], measures=True)

    assert answer["advantages"] == []
    assert without(of_place(answer, "one"), "members") == without(
        of_place(answer, str(place)), "members"
    )
    first, second = without(answer["measures"], "place", "nearest")
    assert first == second


@given(asked())
def test_what_names_places_never_covers_more_than_everything(of: Asked) -> None:
    ranks = {"none": 0, "unknown": 0, "partial": 1, "full": 2}

    for own, every in zip(of.compare(own=True)["cells"], of.compare()["cells"], strict=True):
        # Where less is known, what is known may be full.
        unknown = own["share"]["unknown"] if own["share"] else 0
        assert set(own["instruments"]) <= set(every["instruments"])
        assert {*own["own"], *own["somewhere"]} == {*own["instruments"]}
        assert ranks[own["coverage"]] <= ranks[every["coverage"]] or unknown


@given(asked())
def test_of_three_places_nothing_is_said_of_two(of: Asked) -> None:
    answer = of.compare()

    assert (answer["advantages"] is None) == (len(of.places) != 2)
    assert answer["measures"] is None
    assert [each["id"] for each in answer["places"]] == of.places
