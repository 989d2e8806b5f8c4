"""Names of countries and of some regions in the languages of the EU: as the script makes them, each that of one place."""

from collections import defaultdict
from collections.abc import Iterator
from types import ModuleType

import pytest

from clustergap.reference.gazetteer import EUROPE, Remedies, country_named, fold_name, shared_names
from clustergap.reference.territories import COUNTRIES, LISTS, names, territories
from paths import ROOT
from tools import load_script

FILE = ROOT / "src" / "clustergap" / "reference" / "country-names.tsv"


def _script() -> ModuleType:
    pytest.importorskip("babel", reason="a development tool")
    return load_script("country_names")


def _rows() -> Iterator[tuple[str, str]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            codes, _, name = line.split("\t")
            yield codes, name


@pytest.mark.exhaustive
def test_the_file_is_what_its_script_makes(capsys: pytest.CaptureFixture[str]) -> None:
    _script().main()

    assert capsys.readouterr().out == FILE.read_text(encoding="utf-8")


def test_the_script_notices_a_name_of_two_places() -> None:
    found = {
        ("AT", "osterreich"): ("Österreich", ["de"]),
        ("AU", "osterreich"): ("Österreich", []),
    }

    assert _script().clashes(found) == ["osterreich"]


def test_every_country_has_a_name_in_every_language_of_the_eu() -> None:
    languages = defaultdict(set)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            codes, known, _ = line.split("\t")
            languages[codes].update(known.split(","))

    for country in (*COUNTRIES, "XK", "EU"):
        assert len(languages[country] - {""}) == 24, country


def test_a_name_is_that_of_one_place() -> None:
    bearers = defaultdict(set)
    for codes, name in _rows():
        bearers[fold_name(name)].add(codes)

    assert not {name: codes for name, codes in bearers.items() if len(codes) > 1}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("European Union", "EU"),
        ("EUROPÄISCHE UNION", "EU"),
        ("Ευρωπαϊκή Ένωση", "EU"),
        ("EU-27", "EU"),
        ("Europa", EUROPE),
        ("norge", "NO"),
        ("Bosnia & Herzegovina", "BA"),
        ("Bosnia and Herzegovina", "BA"),
        ("Australia", "AU"),
        ("Rusko", "RU"),
        ("Bretagne", None),
        ("", None),
    ],
)
def test_a_country_is_named_in_any_language_inside_the_eu_or_not(
    name: str, code: str | None
) -> None:
    assert country_named(name) == code


def test_every_region_that_has_names_is_one_of_nuts_2024() -> None:
    codes = {code for codes, _ in _rows() for code in codes.split()}

    assert {code for code in codes if len(code) > 2} - {EUROPE} <= names().keys()


@pytest.mark.parametrize(
    ("code", "spellings"),
    [
        ("EL", "Griechenland, Grèce, Ελλάδα, Grecia, Grecja, Řecko, Гърция, il-Greċja, Greċja, Hellas"),
        ("CZ", "Czechia, Czech Republic, Česko, Česká republika, Tschechien, Tschechische Republik, Tchéquie"),
        ("NL", "The Netherlands, Netherlands, Holland, Nederland, Niederlande, Pays-Bas, Țările de Jos, Ísiltír"),
        ("EE", "Eesti, Estland, Estonie, Igaunija, Viro, Estônia"),
        ("SK", "Slovakia, Slovak Republic, Slowakei, Slovensko"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_names(code: str, spellings: str) -> None:
    known = shared_names(("eu27",))

    for name in spellings.split(", "):
        assert [one.code for one in known.wholly_named(name)] == [code], name


@pytest.mark.parametrize(
    ("list_name", "name", "codes"),
    [
        ("nuts2-2024", "Vienna", ["AT13"]),
        ("nuts2-2024", "Vídeň", ["AT13"]),
        ("nuts3-2024", "Vienne", ["AT130", "FRI34"]),
        ("nuts2-2024", "Ahvenanmaa", ["FI20"]),
        ("nuts2-2024", "Limburg", ["BE22", "NL42"]),
        ("nuts2-2024", "Antwerpen", ["BE21"]),
        ("nuts3-2024", "Antwerpen", ["BE211"]),
    ],
)
def test_regions_bear_short_names_and_some_foreign_ones(
    list_name: str, name: str, codes: list[str]
) -> None:
    assert [one.code for one in shared_names((list_name,)).named(name)] == codes


def test_a_short_name_is_not_the_whole_one() -> None:
    known = shared_names(("nuts2-2024",))

    assert [one.code for one in known.named("Luxembourg")] == ["BE34", "LU00"]
    assert [one.code for one in known.wholly_named("Luxembourg")] == ["LU00"]


@pytest.mark.parametrize("name", ["Rusko", "Australia", "Irán", "Norge"])
def test_a_country_elsewhere_is_no_country_here_misspelt(name: str) -> None:
    units = territories("eu27")

    assert Remedies(units, {unit.code for unit in units}.__contains__).find(name) == ""


@pytest.mark.parametrize("list_name", LISTS)
def test_every_territory_wholly_bears_its_own_name(list_name: str) -> None:
    known = shared_names((list_name,))

    assert all(unit in known.wholly_named(unit.name) for unit in territories(list_name))
