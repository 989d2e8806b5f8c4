"""What a word means to ``explain``: looked up in one order, refused with the words to type if it means several things."""

import re

import pytest

from clustergap.api.explaining import find_subject
from clustergap.errors import ClusterGapError
from clustergap.model.dataset import Dataset
from strategies import dataset_of


def dataset() -> Dataset:
    """Make a dataset in which the word "hub" is much, and each record can be named alone too."""
    return dataset_of(
        {
            "sources": {"hub": {"title": "A book on hubs"}, "deck": {"title": "The deck"}},
            "roles": [{"id": "hub", "name": "Hubs"}, {"id": "social", "name": "Social economy"}],
            "levels": [
                {"id": "hub", "name": "Hub level"},
                {"id": "country", "name": "Country", "territories": ["AT", "RO", "LU"]},
                {
                    "id": "region",
                    "name": "Region",
                    "territories": [
                        {"code": "RO11", "name": "Hub"},
                        {"code": "RO12", "name": "Deck"},
                    ],
                },
            ],
            "groups": [{"id": "east", "name": "East", "territories": ["RO"]}],
            "instruments": [
                {"id": "hub", "name": "Digital hubs", "short": "DIH"},
                {"id": "cg201", "name": "A rule's twin", "short": "CG201"},
            ],
        },
        {
            "threats": [
                {"id": "hub", "text": "Hubs close"},
                {"id": "t2", "text": "The rest closes"},
            ]
        },
    )


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("social@hub", "cell:social@hub"),
        ("Social economy @ Hub level", "cell:social@hub"),
        ("dih", "instrument:hub"),
        ("Digital Hubs", "instrument:hub"),
        ("SOCIAL ECONOMY", "role:social"),
        ("country", "level:country"),
        ("ro", "place:RO"),
        ("Romania", "place:RO"),
        ("East", "place:east"),
        ("RO1", "place:RO1"),
        ("the deck", "source:deck"),
        ("T2", "swot:t2"),
        ("hubs close", "swot:hub"),
        ("role:hub", "role:hub"),
        ("role: Hubs", "role:hub"),
        ("level:hub", "level:hub"),
        ("instrument:hub", "instrument:hub"),
        ("instrument:CG201", "instrument:cg201"),
        ("place:hub", "place:RO11"),
        ("source:hub", "source:hub"),
        ("swot:hub", "swot:hub"),
        ("cell:social@country", "cell:social@country"),
    ],
)
def test_a_word_means_what_has_it_as_id_or_name(word: str, meant: str) -> None:
    assert str(find_subject(dataset(), word)) == meant


@pytest.mark.parametrize(
    ("word", "choices"),
    [
        (
            "hub",
            "instrument:hub or role:hub or level:hub or place:RO11 or source:hub or swot:hub",
        ),
        ("deck", "place:RO12 or source:deck"),
    ],
)
def test_a_word_that_means_several_is_refused_with_what_to_write(word: str, choices: str) -> None:
    with pytest.raises(ClusterGapError, match=re.escape(f"'{word}' is several: write {choices}")):
        find_subject(dataset(), word)


@pytest.mark.parametrize("word", ["hub", "deck"])
def test_what_is_to_be_written_means_one(word: str) -> None:
    with pytest.raises(ClusterGapError) as refused:
        find_subject(dataset(), word)

    choices = str(refused.value).partition(": write ")[2].split(" or ")
    assert [str(find_subject(dataset(), choice)) for choice in choices] == choices


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("socal economy", "Did you mean 'Social economy'?"),
        ("Romana", "Did you mean 'RO'?"),
        ("nowhere@hub", "'nowhere' is not a role: hub, social"),
        ("role:nowhere", "'nowhere' is not a role: hub, social"),
        ("source:dek", "Did you mean 'deck'?"),
        ("swot:t3", "'t3' is not a SWOT item: hub, t2"),
        ("place:XX", "'XX' is not a territory of any level, nor a group"),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_a_hint(word: str, hint: str) -> None:
    with pytest.raises(ClusterGapError, match=re.escape(hint)):
        find_subject(dataset(), word)
