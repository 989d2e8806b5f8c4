"""What is saved of a file or a record in which something is wrong, and what of it is called damaged."""

import copy

import pytest

from clustergap.loading.file_reader import RecordValidator, Recovered
from clustergap.model.dataset import Instrument, InstrumentsFile


def _instrument(**keys: object) -> Recovered[Instrument]:
    return RecordValidator(Instrument).recover(dict(keys))


def _main(**keys: object) -> Recovered[InstrumentsFile]:
    return RecordValidator(InstrumentsFile).recover(
        {
            "schema": "1",
            "title": "T",
            "levels": [{"id": "eu", "name": "EU"}],
            "roles": [{"id": "on", "name": "On"}],
            **copy.deepcopy(keys),  # what is read is changed by it
        }
    )


@pytest.mark.parametrize("id_", ["act", "a" * 64])
def test_a_record_without_a_name_is_called_by_its_id(id_: str) -> None:
    shaped = _instrument(id=id_)

    assert shaped.record is not None
    assert shaped.record.name == f"{id_} (no name)"


def test_a_title_and_a_reason_that_are_missing_are_question_marks() -> None:
    shaped = _main(title=None, accepted_gaps={"on@eu": {"by": "x"}})

    assert shaped.record is not None
    assert shaped.record.title == "?"
    assert [gap.reason for gap in shaped.record.accepted_gaps.values()] == ["?"]


def test_two_wrong_items_of_one_list_cost_no_other() -> None:
    shaped = _instrument(id="act", name="Act", targets=["A A", "b", "C C"])

    assert shaped.record is not None
    assert shaped.record.targets == ("b",)
    assert [violation.path for _, violation in shaped.broken] == [("targets", 0), ("targets", 2)]
    assert shaped.originals.find(("targets", 0)) == ("targets", 1)


def test_an_item_that_goes_in_a_later_round_is_found_behind_those_that_went_before() -> None:
    # The second has a key too many at first, and lacks one then.
    shaped = _instrument(
        id="act", name="Act", sources=["x", {"locator": "p. 1", "pages": "2"}, {"ref": "a"}]
    )

    assert shaped.record is not None
    assert [ref.ref for ref in shaped.record.sources] == ["a"]
    assert shaped.originals.find(("sources", 0, "ref")) == ("sources", 2, "ref")


def test_of_a_list_in_which_something_stands_twice_the_rest_is_kept() -> None:
    shaped = _main(assessed={"eu": ["RO", "BG", "RO", "PL"]})

    assert shaped.record is not None
    assert shaped.record.assessed == {"eu": ("RO", "BG", "PL")}
    assert shaped.originals.find(("assessed", "eu", 2)) == ("assessed", "eu", 3)


@pytest.mark.parametrize(
    ("keys", "damaged"),
    [
        ({"levels": [{"id": "eu", "name": "EU", "x": "x"}]}, set()),
        ({"levels": [{"id": "eu", "name": "EU", "territories": ["x"]}]}, {"territories"}),
        ({"levels": [{"id": "eu", "name": "EU"}, {"name": "Country"}]}, {"levels"}),
        ({"observations": {"on@eu": {"territories": "RO"}}}, set()),
        ({"observations": {"on@eu": "Full"}}, {"observations"}),
        ({"kinds": "x"}, {"kinds"}),
    ],
)
def test_a_key_is_damaged_by_the_loss_of_a_whole_item_or_of_a_levels_territories(
    keys: dict[str, object], damaged: set[str]
) -> None:
    shaped = _main(**keys)

    assert shaped.record is not None
    assert shaped.damaged == damaged
