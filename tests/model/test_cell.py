"""A cell is written role@level, everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from clustergap.model.cell import Cell, CellKey, LevelOrCell, parse_cell
from clustergap.model.statement import Covers, Extent, Statement

CELL: TypeAdapter[Cell] = TypeAdapter(CellKey)
PLACE: TypeAdapter[str | Cell] = TypeAdapter(LevelOrCell)
COVERS: TypeAdapter[dict[Cell, tuple[Statement, ...]]] = TypeAdapter(Covers)

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)

NO_CELLS = (
    "",
    "@",
    "eu",
    "social-economy",
    "@eu",
    "social-economy@",
    "social-economy@eu@region",
    "social-economy @eu",
    "social-economy@ eu",
    " social-economy@eu",
    "social-economy@eu\n",
    "Social-economy@eu",
    "social-economy@EU",
    "social--economy@eu",
    "-social@eu",
    "social-@eu",
    "social_economy@eu",
    "social.economy@eu",
    "sociål@eu",
    "ｓocial@eu",
    "social\u200deconomy@eu",
    "social-economy＠eu",
    "industry-٤-0@eu",
)


def test_a_cell_is_a_role_and_a_level() -> None:
    assert parse_cell("industry-4-0@country") == Cell("industry-4-0", "country")


def test_a_cell_is_printed_as_it_is_written() -> None:
    assert (
        str(Cell("social-economy", "eu"))
        == f"{Cell('social-economy', 'eu')}"
        == "social-economy@eu"
    )


@given(ids, ids)
def test_every_cell_is_read_as_it_is_printed(role: str, level: str) -> None:
    cell = Cell(role, level)

    assert parse_cell(str(cell)) == cell
    assert CELL.validate_python(str(cell)) == cell


@pytest.mark.parametrize("text", NO_CELLS)
def test_what_is_not_two_ids_and_an_at_is_no_cell(text: str) -> None:
    with pytest.raises(ValueError, match="not role@level"):
        parse_cell(text)


@pytest.mark.parametrize("text", NO_CELLS)
def test_a_file_is_told_how_cells_are_written(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a cell") as caught:
        CELL.validate_python(text)

    (error,) = caught.value.errors()
    assert error["ctx"]["hint"].startswith("write role@level with their ids")


@pytest.mark.parametrize("value", [None, 3, True, ["a@b"], Cell("a", "b")])
def test_only_a_text_is_a_cell(value: object) -> None:
    with pytest.raises(ValidationError) as of_cell:
        CELL.validate_python(value)
    with pytest.raises(ValidationError) as of_place:
        PLACE.validate_python(value)

    for caught in (of_cell, of_place):
        (error,) = caught.value.errors()
        assert error["type"] == "wrong_type"
        assert error["ctx"]["hint"].startswith("write role@level with their ids")


def test_an_assessed_list_is_of_a_level_or_of_one_cell() -> None:
    assert PLACE.validate_python("region") == "region"
    assert PLACE.validate_python("social-economy@region") == Cell("social-economy", "region")


@pytest.mark.parametrize("text", ["", "Region", "region ", "region\n", "a@b@c", "rég"])
def test_an_assessed_list_is_of_nothing_else(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a cell"):
        PLACE.validate_python(text)


@pytest.mark.parametrize("extent", [Extent.FULL, Extent.PARTIAL])
def test_a_cover_may_be_its_extent_alone(extent: Extent) -> None:
    covers = COVERS.validate_python({"a@b": extent.value})

    assert covers == {Cell("a", "b"): (Statement(extent=extent),)}


def test_a_cover_that_states_no_extent_is_full() -> None:
    ((cover,),) = COVERS.validate_python({"a@b": {"note": "Everywhere"}}).values()

    assert (cover.extent, cover.note, cover.territories) == (Extent.FULL, "Everywhere", None)


def test_a_cover_may_be_several_statements_and_a_list_of_one_is_that_one() -> None:
    several = COVERS.validate_python({"a@b": ["partial", {"note": "N"}], "a@c": ["full"]})

    assert several == {
        Cell("a", "b"): (Statement(extent=Extent.PARTIAL), Statement(note="N")),
        Cell("a", "c"): (Statement(),),
    }
    assert several[Cell("a", "c")] == COVERS.validate_python({"a@c": "full"})[Cell("a", "c")]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("ful", "did you mean 'full'?"),
        ("Partial", "did you mean 'partial'?"),
        ("nil", "write full, partial or a mapping with extent"),
        ("", "write full, partial or a mapping with extent"),
    ],
)
def test_a_cover_is_full_or_partial(word: str, hint: str) -> None:
    with pytest.raises(ValidationError, match=f"'{word}' is neither full nor partial") as caught:
        COVERS.validate_python({"a@b": word})

    (error,) = caught.value.errors()
    assert error["ctx"]["hint"] == hint


@pytest.mark.parametrize("value", [None, True, 1, [["full"]], [None], ["full", 1], []])
def test_a_cover_is_a_word_a_mapping_or_a_list_of_these(value: object) -> None:
    with pytest.raises(ValidationError):
        COVERS.validate_python({"a@b": value})
