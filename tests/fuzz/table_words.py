"""What people write into tables: headers and words of eight languages, places, names, days, and what reads otherwise than it looks."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import clustergap
from fuzz.table_files import Cell

PACKAGE = Path(clustergap.__file__).parent

LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "ro", "el")


def _tsv(name: str) -> list[list[str]]:
    lines = (PACKAGE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def headers(language: str) -> Mapping[str, Sequence[str]]:
    """Return the words that head columns in a language, by what the column holds."""
    return {
        key: words.split("|")
        for key, lang, words in _tsv("importing/headers.tsv")
        if lang == language
    }


@cache
def words(group: str) -> Sequence[str]:
    """Return the words of cells of a group, in all languages."""
    return [word for kind, _, word in _tsv("importing/cell_words.tsv") if kind.startswith(group)]


@cache
def places() -> Mapping[str, Sequence[str]]:
    """Return what people write for places, by kind: codes of today and before, names."""
    today = _tsv("reference/nuts-2024.tsv")
    return {
        "countries": [code for code, _ in today if len(code) == 2],
        "nuts2": [code for code, _ in today if len(code) == 4],
        "other": [code for code, _ in today if len(code) in (3, 5)],
        "former": [row[0] for row in _tsv("reference/nuts-former.tsv")],
        "country names": [row[-1] for row in _tsv("reference/country-names.tsv")],
        "region names": [name for code, name in today if len(code) > 2],
        "iso": ["AUT", "GRC", "GR", "UKI", "UK", "GBR", "ROU", "DEU", "XKX", "NOR", "NO", "EUE", "EU27"],
        "odd": ["XX", "RO1", "ro 11", "FR9", "EU", "EU27", "European Union", "all", "all except RO", "alle außer RO, BG", "RO11-RO12"],
    }  # fmt: skip


ROLES = (
    "Industry 4.0", "Social economy", "Circular economy", "Skills", "Énergie", "Digitalisierung & KI", "Καινοτομία", "R", "On",
    "Energy, water", "Innovation/SMEs", "Social economie", "social-economy", "industry-4-0", "skills", "Green deal", "Zielony Ład",
)  # fmt: skip
LEVELS = (
    "EU", "Country", "Region", "eu", "country", "region", "European", "National", "Regional", "Local", "Bund", "Land", "Régional",
    "Nacional", "Krajowy", "Regiunea", "Περιφέρεια", "Regio", "Macro-region", "municipal", "Federal", "NUTS 2",
)  # fmt: skip
NAMES = (
    "Structural Funds", "European Cluster Policy Forum", "KIC Climate", "Digital Innovation Hubs", "Cluster Act", "Fund", "Fund A",
    "Fund B", "FundA", "Smart Fund", "DIH", "ESF+", "Loi n° 2016-1321", "Förderrichtlinie „Cluster“", "Πρόγραμμα Α", "Программа",
    "クラスター", "S3; RIS3", "Fonds, national", "Structural Funds European Cluster Policy Forum", "DIHs", "A", "a", "Act (2016)",
    "Act 2", "Act 3", "Promotion of the use of energy from renewable sources in public buildings of the first kind",
    "Promotion of the use of energy from renewable sources in public buildings of the first kin", "x", "0", "1", "null", "None",
)  # fmt: skip
IDS = (
    "a",
    "b",
    "fund",
    "act-2",
    "RC-001",
    "MAN.3.BP00",
    "10",
    "007",
    "A B",
    "ä",
    "x@y",
    "-",
    "Ω1",
    "forum",
    "1.0",
    "A" * 90,
)
DAYS = (
    "2016", "2016-04", "2016-04-01", "04/2016", "1.4.2016", "01.04.2016", "2016/04/01", "03/04/2016", "3/4/16", "13/04/2016",
    "04/13/2016", "31.02.2016", "since 2018", "ongoing", "open", "2018-2024", "2018–2024", "ab 2019", "seit 3.2020", "bis 2027",
    "0000-00-00", "99999", "42461", "1899-12-30", "9999-12-31", "2016-04-01T10:30:00", "2016-04-01 00:00", "Q1 2016", "FY 2016/17",
    "spring 2016", "2016?", "2016-13", "20160401", "2024-2018", "4 Apr 16", "２０１６", "'16", "2016-04-01 – 2017-05-02",
)  # fmt: skip
EXTENTS = (
    "full",
    "partial",
    "none",
    "fully",
    "partly",
    "100 %",
    "50%",
    "1",
    "0",
    "2",
    "high",
    "Ja",
    "teilweise",
    "complet",
    "x",
    "not covered",
)
TEXTS = (
    "A note", "Not in every country", "only in AT, RO", "<p>A <b>bold</b> &amp; text</p>", "=SUM(A1:A2)", "{x}", "%s", "[bold]x[/]",
    "line\nbreak", "tab\there", "  blanks  around ", "x" * 400, "y " * 6_000, "'quoted\"", "- a", "# b", "key: value", "@x", "`", "~",
    "http://x", "https://example.org/a?b=c#d", "&amp;", "\\n", "---", "...", "!tag", "*alias", "&anchor", "1e3", "0x1F", ".nan", "yes",
)  # fmt: skip
SEPARATORS = ("; ", ", ", " | ", "\n", " / ", " and ", "", " ", ";", " & ", "·")
UNKNOWN_HEADERS = (
    "Budget",
    "Internal ref",
    "",
    "Priority",
    "Budget (EUR)",
    "Date of adoption",
    "Location code",
    "1",
    "2016",
    "#",
    "x",
)


GOOD: Mapping[str, Sequence[Cell]] = {
    "name": ("Structural Funds", "Cluster Act", "Fund", "KIC Climate", "Act 2", "Πρόγραμμα Α", "Förderrichtlinie Nord", "Loi"),
    "role": ("Industry 4.0", "Social economy", "Skills", "industry-4-0"),
    "level": ("EU", "Country", "country", "eu"),
    "cell": ("skills@eu", "industry-4-0@country"),
    "extent": ("full", "partial", "partly", "fully"),
    "at_least": ("", "", "yes", "no", "x"),
    "seen": ("", "", "2016", "2017-10-31", date(2018, 5, 1)),
    "territories": ("", "", "RO", "AT; BE", "Romania", "Rumänien", "Österreich", "GRC", "all"),
    "starts": ("", "2016", "2016-04", "01.04.2016", date(2016, 4, 1), 42461, "since 2015"),
    "ends": ("", "", "2027", "2027-12-31", "31.12.2027", "ongoing"),
    "status": ("active", "planned", "aktiv", ""),
    "kind": ("fund", "forum", ""),
    "targets": ("start-ups", ""),
    "note": ("A note", "Another: note # x", "line\nbreak", "[bold]x[/] {y}", "ends with colon:", "- dash", "'q'", "yes", "1e3", ""),
    "url": ("https://example.org", ""),
    "sources": ("", "", "deck"),
    "commits_until": ("", "2026", "31.12.2026"),
    "part_of": ("", "Structural Funds"),
    "funded_by": ("", "Structural Funds", "Structural Funds; Cluster Act"),
    "succeeded_by": ("",),
    "id": ("", "fund", "RC-001", "A B", "loi"),
}  # fmt: skip
