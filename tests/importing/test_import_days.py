"""Dates as people type them into sheets."""

import pytest

from clustergap.importing.days import (
    AmbiguousDate,
    DateSpan,
    NotADate,
    SpanKind,
    read_days,
    read_format,
)
from clustergap.model.dates import HOW_TO_WRITE


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("2016", "2016"), ("2016-04", "2016-04"), ("2016-04-01", "2016-04-01"), (" 2016 ", "2016")),
        *(("04/2016", "2016-04"), ("4/2016", "2016-04"), ("04.2016", "2016-04"), ("2016/04", "2016-04")),
        *(("1.4.2016", "2016-04-01"), ("01.04.2016", "2016-04-01"), ("1. 4. 2016", "2016-04-01")),
        *(("2016/04/01", "2016-04-01"), ("2016-4-1", "2016-04-01"), ("2016.04.01.", "2016-04-01")),
        # Only one reading is a day.
        *(("31/12/2020", "2020-12-31"), ("12/31/2020", "2020-12-31"), ("04/04/2016", "2016-04-04")),
        *(("April 2016", "2016-04"), ("Apr. 2016", "2016-04"), ("1 April 2016", "2016-04-01"), ("April 1st, 2016", "2016-04-01")),
        *(("1-Apr-2016", "2016-04-01"), ("2016 April 1", "2016-04-01"), ("MAY 2016", "2016-05")),
        *(("März 2016", "2016-03"), ("1. Jänner 2016", "2016-01-01"), ("Dez. 2016", "2016-12")),
        *(("1er avril 2016", "2016-04-01"), ("août 2016", "2016-08"), ("AOUT 2016", "2016-08"), ("févr. 2016", "2016-02")),
        *(("1 de abril de 2016", "2016-04-01"), ("1º de abril de 2016", "2016-04-01"), ("enero de 2016", "2016-01")),
        *(("1 gennaio 2016", "2016-01-01"), ("giugno 2016", "2016-06")),
        *(("1 kwietnia 2016 r.", "2016-04-01"), ("kwiecień 2016", "2016-04"), ("paź 2016", "2016-10")),
        *(("1 aprilie 2016", "2016-04-01"), ("iunie 2016", "2016-06"), ("noiembrie 2016", "2016-11")),
        *(("10 Μαΐου 2016", "2016-05-10"), ("Απρίλιος 2016", "2016-04")),
        *(("29.02.2020", "2020-02-29"), ("２０１６", "2016")),
    ],
)  # fmt: skip
def test_a_date_is_read(text: str, written: str) -> None:
    assert read_days(text) == DateSpan(SpanKind.DATE, written, written)


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("2016-04-01T00:00:00", False),
        ("2016-04-01 00:00", False),
        ("2016-04-01T00:00:00.000Z", False),
        ("2016-04-01 10:30", True),
        ("2016-04-01T22:00:00+02:00", True),
        ("01.04.2016, 10:30", True),
        ("1 April 2016 12:00:00 PM", True),
        ("1 April 2016 12:00:00 AM", False),
    ],
)
def test_a_time_of_day_is_dropped_and_told_unless_it_is_midnight(
    text: str, *, dropped: bool
) -> None:
    assert read_days(text) == DateSpan(SpanKind.DATE, "2016-04-01", "2016-04-01", dropped)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2016", [("D/M/Y", "2016-04-03"), ("M/D/Y", "2016-03-04")]),
        ("3-4-2016", [("D-M-Y", "2016-04-03"), ("M-D-Y", "2016-03-04")]),
        ("03/04/2016 10:30", [("D/M/Y", "2016-04-03"), ("M/D/Y", "2016-03-04")]),
        ("3/4/16", [("D/M/YY", "2016-04-03"), ("M/D/YY", "2016-03-04")]),
        ("31/12/20", [("D/M/YY", "2020-12-31")]),
        ("01.04.16", [("D.M.YY", "2016-04-01")]),
        ("01.04.85", [("D.M.YY", "1985-04-01")]),
        (
            "03-04-16",
            [("D-M-YY", "2016-04-03"), ("M-D-YY", "2016-03-04"), ("YY-M-D", "2003-04-16")],
        ),
        ("Apr-16", [("D/M/YY", "2016-04")]),
        ("1-kwi-16", [("D/M/YY", "2016-04-01")]),
        ("since 03/04/2016", [("D/M/Y", "2016-04-03"), ("M/D/Y", "2016-03-04")]),
        ("03/04/2016 - 2018", [("D/M/Y", "2016-04-03"), ("M/D/Y", "2016-03-04")]),
    ],
)
def test_what_may_be_two_days_is_asked(text: str, readings: list[tuple[str, str]]) -> None:
    found = read_days(text)

    assert isinstance(found, AmbiguousDate)
    assert [tuple(one) for one in found.readings] == readings
    # What is named can be taken: each format reads the text as its date, and as nothing else.
    for name, written in readings:
        taken = read_days(text, read_format(name))
        assert isinstance(taken, DateSpan)
        assert written in (taken.first, taken.last)


def test_the_question_names_the_formats() -> None:
    found = read_days("03/04/2016")

    assert isinstance(found, AmbiguousDate)
    assert found.hint == (
        "write YYYY-MM-DD, or name the format of the column: "
        "--date-format D/M/Y for 2016-04-03 or --date-format M/D/Y for 2016-03-04"
    )


@pytest.mark.parametrize("name", ["D/M/Y", "M/D/Y", "D.M.Y", "M.D.Y", "Y-M-D", "D/M/YY", "YY-M-D"])
@pytest.mark.parametrize("text", ["2016-04-03", "2016/04/03", "2016-04-03 00:00", "3 April 2016"])
def test_with_a_format_what_is_clear_stays_as_it_is(name: str, text: str) -> None:
    assert read_days(text, read_format(name)) == DateSpan(
        SpanKind.DATE, "2016-04-03", "2016-04-03"
    )


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("03.04.2016", "M/D/Y", "2016-04-03"),
        ("03.04.2016", "M.D.Y", "2016-03-04"),
        ("03/04/2016", "D.M.Y", "2016-04-03"),
        ("31/12/2020", "D/M/Y", "2020-12-31"),
        ("Apr-16", "M/D/YY", "2016-04"),
        ("01.04.16", "D.M.YY", "2016-04-01"),
    ],
)
def test_a_format_decides(text: str, name: str, written: str) -> None:
    assert read_days(text, read_format(name)) == DateSpan(SpanKind.DATE, written, written)


def test_a_date_that_contradicts_its_format_is_none() -> None:
    assert read_days("12/31/2020", read_format("D/M/Y")) == NotADate(
        "'12/31/2020' is not a date: there is no such day as D/M/Y"
    )


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        *((text, SpanKind.SINCE, "2018", None) for text in ("since 2018", "Since: 2018", "from 2018", "seit 2018", "ab 2018")),
        *((text, SpanKind.SINCE, "2018", None) for text in ("depuis 2018", "desde 2018", "dal 2018", "od 2018", "din 2018")),
        *((text, SpanKind.SINCE, "2018", None) for text in ("από 2018", "2018-", "2018 –", "2018 - ongoing", "2018 to date")),
        *((text, SpanKind.SINCE, "2018", None) for text in ("2018 bis heute", "seit 2018 laufend", "2018 (ongoing)", "2018, en cours")),
        ("seit April 2018", SpanKind.SINCE, "2018-04", None),
        ("dall'1.4.2016", SpanKind.SINCE, "2016-04-01", None),
        ("depuis le 1er janvier 2018", SpanKind.SINCE, "2018-01-01", None),
        *((text, SpanKind.UNTIL, None, "2020") for text in ("until 2020", "bis 2020", "jusqu'en 2020", "jusqu’à 2020", "hasta 2020")),
        *((text, SpanKind.UNTIL, None, "2020") for text in ("fino al 2020", "do 2020", "până în 2020", "έως 2020")),
        *((text, SpanKind.RANGE, "2018", "2024") for text in ("2018-2024", "2018–2024", "2018 — 2024", "2018 to 2024")),
        *((text, SpanKind.RANGE, "2018", "2024") for text in ("from 2018 to 2024", "von 2018 bis 2024", "de 2018 à 2024", "od 2018 do 2024")),
        ("1.4.2016-31.12.2020", SpanKind.RANGE, "2016-04-01", "2020-12-31"),
        ("2016-04-01 - 2020-12-31", SpanKind.RANGE, "2016-04-01", "2020-12-31"),
        ("April 2016 – May 2018", SpanKind.RANGE, "2016-04", "2018-05"),
        ("2018-2018", SpanKind.RANGE, "2018", "2018"),
        *((text, SpanKind.OPEN, None, None) for text in ("ongoing", "Open", "open-ended", "laufend", "unbefristet", "en cours", "vigente")),
        *((text, SpanKind.OPEN, None, None) for text in ("in corso", "w toku", "bezterminowo", "în curs", "σε εξέλιξη", "(ongoing)")),
    ],
)  # fmt: skip
def test_a_span_is_read(text: str, kind: SpanKind, first: str | None, last: str | None) -> None:
    assert read_days(text) == DateSpan(kind, first, last)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2018", {"starts": "2018"}, {"ends": "2018"}),
        ("since 2018", {"starts": "2018"}, None),
        ("until 2018", None, {"ends": "2018"}),
        ("2018-2024", {"starts": "2018", "ends": "2024"}, {"starts": "2018", "ends": "2024"}),
        ("ongoing", None, {}),
    ],
)
def test_a_span_fits_a_column_or_not(
    text: str, starts: dict[str, str] | None, ends: dict[str, str] | None
) -> None:
    span = read_days(text)

    assert isinstance(span, DateSpan)
    assert (span.as_keys("starts"), span.as_keys("ends")) == (starts, ends)
    assert span.as_keys("reviewed") is None


@pytest.mark.parametrize(
    ("text", "why", "hint"),
    [
        ("soon", "", HOW_TO_WRITE),
        ("", "", HOW_TO_WRITE),
        ("16 Apr", "", HOW_TO_WRITE),
        ("May", "", HOW_TO_WRITE),
        ("2016-W14", "", HOW_TO_WRITE),
        ("31.02.2020", ": there is no such day", HOW_TO_WRITE),
        ("12.31.2020", ": there is no such day", HOW_TO_WRITE),
        ("30 février 2020", ": there is no such day", HOW_TO_WRITE),
        ("0000", ": there is no such day", HOW_TO_WRITE),
        ("2024-2018", ": it ends before it begins", HOW_TO_WRITE),
        ("2018?", "", "write 2018 if that year is meant"),
        ("ca. 2018", "", "write 2018 if that year is meant"),
        ("2018.0", "", "write 2018"),
        ("20160401", "", "write 2016-04-01"),
        ("Q2 2021", "", "write its first month, 2021-04, or its last, 2021-06"),
        ("2021 Q4", "", "write its first month, 2021-10, or its last, 2021-12"),
        ("2. Quartal 2021", "", "write its first month, 2021-04, or its last, 2021-06"),
        ("2e trimestre 2021", "", "write its first month, 2021-04, or its last, 2021-06"),
        ("III kwartał 2021", "", "write its first month, 2021-07, or its last, 2021-09"),
        ("H2 2021", "", "write its first month, 2021-07, or its last, 2021-12"),
        ("2018/2019", "", "write 2018-2019 if it lasts from the one year to the other"),
        (
            "2018/19",
            ": there is no such day",
            "write 2018-2019 if it lasts from the one year to the other",
        ),
        ("2011/12", ": it may be a month or two years", "write 2011-12 or 2011-2012"),
        (
            "2018-24",
            ": there is no such day",
            "write 2018-2024 if it lasts from the one year to the other",
        ),
        (
            "43466",
            "",
            "if it is a day as Excel counts them, write 2019-01-01, or give the column a date format",
        ),
    ],
)
def test_a_text_is_no_date(text: str, why: str, hint: str) -> None:
    assert read_days(text) == NotADate(f"'{text}' is not a date{why}", hint)


def test_a_long_text_is_no_date_and_is_not_looked_at() -> None:
    assert isinstance(read_days("2016-" * 100_000), NotADate)


@pytest.mark.parametrize(
    "text", ["", "D", "D/M", "D/M.Y", "Y/D/M", "M/Y", "%d/%m/%Y", "D/M/YYY", "D/D/Y"]
)
def test_a_text_is_no_format(text: str) -> None:
    assert read_format(text) is None
