"""The finding that the script says on another day or for a kind is the one that every other output says: its words are Python's."""

import random
from collections.abc import Mapping

import pytest

from clustergap.analysis.timeline import find_next_loss
from clustergap.answers.finding import sentences, title
from gap_map import GapMaps, each_state, read_states, words_of
from opened_page import OpenPage

LEVELS = ("eu", "country", "region", "town", "street")
LONG = "of a name that hardly fits a line and goes on and on "


def random_document(seed: int) -> Mapping[str, object]:
    """Make data of one to five levels whose instruments begin and end, few or many, with names that are short or long."""
    chance = random.Random(seed)  # noqa: S311 - examples, no secrets
    levels = LEVELS[: chance.randint(1, 5)]
    roles = [f"r{number}" for number in range(chance.randint(1, 6))]
    long = LONG * chance.choice((0, 0, 1, 3))
    cells = [f"{role}@{level}" for role in roles for level in levels]

    def instrument(number: int) -> Mapping[str, object]:
        covered = chance.sample(cells, min(len(cells), chance.randint(1, 6)))
        dates = {
            "starts": str(chance.randint(2018, 2020)),
            "ends": str(chance.randint(2021, 2024)),
        }
        return {
            "id": f"i{number}",
            "name": f"Instrument {number} {long}".strip(),
            "kind": chance.choice(("fund", "forum")),
            "covers": {cell: chance.choice(("full", "full", "partial")) for cell in covered},
            **{key: day for key, day in dates.items() if chance.random() < 0.7},
        }

    return {
        "as_of": "2020-06-30",
        "levels": [{"id": level, "name": level.capitalize()} for level in levels],
        "roles": [{"id": role, "name": f"Role {role[1:]} {long}".strip()} for role in roles],
        "instruments": [instrument(number) for number in range(chance.choice((0, 2, 4, 9, 20)))],
    }


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", range(24))
def test_the_script_says_the_finding_as_python_does(
    open_page: OpenPage, gap_maps: GapMaps, seed: int
) -> None:
    gap_map = gap_maps.of(gap_maps.write(f"finding-{seed}", random_document(seed)))
    opened = open_page(gap_map.file)

    for day, kind, state in each_state(read_states(opened.page)):
        matrix = gap_map.rate(day, kind)
        told = " ".join(sentences(matrix, find_next_loss(matrix)))
        assert (state["finding"], state["sentences"]) == (
            words_of(title(matrix)),
            words_of(told),
        ), f"on {day}, kind {kind or 'any'}"
    opened.assert_no_complaints()
