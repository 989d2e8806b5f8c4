"""Dates are days, months or years; a start means the first day, an end the last."""

import copy
from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from clustergap.model.dates import (
    FirstDay,
    LastDay,
    as_written,
    date_in_words,
    first_day,
    last_day,
    when_in_words,
)

START: TypeAdapter[date | None] = TypeAdapter(FirstDay)
END: TypeAdapter[date | None] = TypeAdapter(LastDay)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-05-31", date(2019, 5, 31), date(2019, 5, 31)),
        ("2019-05", date(2019, 5, 1), date(2019, 5, 31)),
        ("2019-04", date(2019, 4, 1), date(2019, 4, 30)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_period_begins_on_its_first_day_and_ends_on_its_last(
    text: str, first: date, last: date
) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


NO_SUCH_DAYS = (
    "2019-13",
    "2019-13-01",
    "2019-00",
    "2019-00-10",
    "2019-05-00",
    "2019-00-00",
    "2019-05-32",
    "2019-02-30",
    "2019-04-31",
    "2019-02-29",
    "1900-02-29",
    "2019-99-99",
    "0000",
    "0000-01-01",
)

NOT_WRITTEN_SO = (
    "",
    " ",
    "2019-5",
    "2019-05-1",
    "19-05-31",
    "019",
    "20190531",
    "2019-0531",
    "201905",
    "31.05.2019",
    "2019/05/31",
    "2019-05-31T00:00",
    "2019-05-31 ",
    " 2019-05-31",
    "2019-05-31\n",
    "2019 -05",
    "2019-",
    "2019-05-",
    "-2019",
    "+2019",
    "12019",
    "2019‐05",  # U+2010, a hyphen that is no hyphen-minus
    "２０１９",
    "٢٠١٩",
    "2019-٠٥",
    "May 2019",
    "today",
    "null",
)


@pytest.mark.parametrize("text", [*NO_SUCH_DAYS, *NOT_WRITTEN_SO])
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        first_day(text)
    with pytest.raises(ValueError, match=r"."):
        last_day(text)


@pytest.mark.parametrize("text", NO_SUCH_DAYS)
def test_a_file_is_told_that_there_is_no_such_day(text: str) -> None:
    for adapter in (START, END):
        with pytest.raises(ValidationError, match=f"'{text}' is not a date: there is no such day"):
            adapter.validate_python(text)


@pytest.mark.parametrize("text", ["2019/05/31", "today", "２０１９", ""])
def test_a_file_is_told_how_dates_are_written(text: str) -> None:
    for adapter in (START, END):
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python(text)

        (error,) = caught.value.errors()
        assert error["msg"] == f"'{text}' is not a date"
        assert error["ctx"]["hint"] == "write YYYY-MM-DD, YYYY-MM or YYYY"


@pytest.mark.parametrize("value", [2019, 2019.5, True, date(2019, 5, 31), ["2019"], {}])
def test_only_a_text_is_a_date(value: object) -> None:
    for adapter in (START, END):
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python(value)

        (error,) = caught.value.errors()
        assert error["type"] == "wrong_type"
        assert "YYYY-MM-DD, YYYY-MM or YYYY" in error["ctx"]["hint"]


def test_no_date_is_an_open_bound() -> None:
    assert (START.validate_python(None), END.validate_python(None)) == (None, None)


def test_a_start_is_the_first_day_and_an_end_the_last() -> None:
    assert START.validate_python("2020-02") == date(2020, 2, 1)
    assert END.validate_python("2020-02") == date(2020, 2, 29)


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day


@given(st.dates(max_value=date(9999, 11, 30)))
def test_the_day_after_a_months_last_is_the_next_months_first(day: date) -> None:
    after = last_day(day.isoformat()[:7]) + timedelta(days=1)

    assert (after.day, after.month) == (1, day.month % 12 + 1)
    assert after == first_day(after.isoformat()[:7])


@given(st.integers(1, 9999))
def test_a_year_has_365_days_or_366(year: int) -> None:
    length = last_day(f"{year:04}") - first_day(f"{year:04}")

    assert length.days + 1 == 365 + isleap(year)


# As exactly as the data say


@pytest.mark.parametrize("of", [START, END])
@pytest.mark.parametrize("text", ["2018", "2018-02", "2018-12-31", "2018-01-01"])
def test_a_date_of_a_record_is_written_as_the_data_say_it(
    of: TypeAdapter[date | None], text: str
) -> None:
    day = of.validate_python(text)

    assert day
    assert as_written(day) == as_written(copy.deepcopy(day)) == text


def test_a_year_is_reckoned_with_as_its_day_and_what_is_reckoned_is_a_day() -> None:
    year, day = last_day("2018"), date(2018, 12, 31)

    assert year == day
    assert hash(year) == hash(day)
    assert {day: "found"}[year] == "found"
    assert date(2018, 12, 30) < year < date(2019, 1, 1)
    assert as_written(year + timedelta(days=1)) == "2019-01-01"
    assert as_written(year.replace(day=1)) == "2018-12-01"
    assert year.isoformat() == str(year) == "2018-12-31"


@pytest.mark.parametrize(
    ("text", "when", "words"),
    [
        ("2018", "in 2018", "2018"),
        ("2018-02", "in February 2018", "February 2018"),
        ("2018-02-03", "on 3 February 2018", "3 February 2018"),
    ],
)
def test_a_date_is_told_no_more_exactly_than_the_data_say(
    text: str, when: str, words: str
) -> None:
    for day in (first_day(text), last_day(text)):
        assert (when_in_words(day), date_in_words(day)) == (when, words)
