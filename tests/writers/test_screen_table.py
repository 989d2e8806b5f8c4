"""Long tables on the terminal look as rich draws them."""

from hypothesis import given
from hypothesis import strategies as st

from clustergap.document import Column, ColumnKind, Table
from clustergap.theme import ASCII, UNICODE, Shapes
from clustergap.writers.screen import draw_text
from clustergap.writers.screen_table import HeadedTable, LongTable, open_table

CELLS = st.text("ab é日 \n→", max_size=30)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table of plain texts, some of them wider than the screen."""
    kinds = draw(
        st.lists(st.sampled_from((ColumnKind.TEXT, ColumnKind.NUMBER)), min_size=1, max_size=4)
    )
    columns = tuple(
        Column(
            f"Column {n}" * draw(st.integers(1, 3)), kind, is_detail=n > 0 and draw(st.booleans())
        )
        for n, kind in enumerate(kinds)
    )
    words = st.one_of(CELLS, st.text("abc", max_size=60))
    row = st.tuples(*(st.just("1,234") if kind is ColumnKind.NUMBER else words for kind in kinds))
    return Table(
        "A title", "What it is.", columns, tuple(draw(st.lists(row, min_size=1, max_size=6)))
    )


@given(tables(), st.sampled_from((UNICODE, ASCII)), st.integers(20, 90))
def test_a_long_table_is_drawn_as_rich_draws_it(table: Table, shapes: Shapes, width: int) -> None:
    headed = open_table(HeadedTable, shapes, gap=2)
    shown = [n for n, column in enumerate(table.columns) if not column.is_detail]
    for n in shown:
        is_number = table.columns[n].kind is ColumnKind.NUMBER
        headed.add_column(
            table.columns[n].name, justify="right" if is_number else "left", overflow="fold"
        )
    for row in table.rows:
        headed.add_row(*(shapes.spell(str(row[n])) for n in shown))

    drawn = draw_text(LongTable.of(table, shapes), width)

    assert drawn == draw_text(headed, width)
