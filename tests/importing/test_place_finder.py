"""What a cell of places says: codes of any list, names in any language of the EU, the whole, and what is asked."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clustergap.importing.place_finder import FoundPlaces, PlaceFinder
from clustergap.importing.place_words import propose_territories
from clustergap.model.dataset import Level
from clustergap.model.mapping import Codes
from clustergap.reference.territories import (
    BY_ISO_3,
    LISTS,
    REUSED,
    former_codes,
    former_meanings,
    lies_in,
    listed_name,
    looks_like_nuts,
    names,
    territories,
)
from paths import SHARED
from running import run
from sampling import Sample

FACTS = SHARED / "facts"
CODE = re.compile(r"\b[A-Z]{2}[A-Z0-9]{0,3}\b")
EU27 = [unit.code for unit in territories("eu27")]


def _level(id_: str, territories: object = None) -> Level:
    record = {"id": id_, "name": id_.capitalize()}
    return Level.model_validate(record | ({"territories": territories} if territories else {}))


LEVELS = (
    _level("eu"),
    _level("country", "eu27"),
    _level("large", "nuts1-2024"),
    _level("region", "nuts2-2024"),
    _level("small", "nuts3-2024"),
    _level("island", [{"code": "BM-NO", "name": "Norland"}, {"code": "BM-SU", "name": "Sudmark"}, "BM-KA", "BM-OS"]),
    _level("ministry", ["DEFENCE", {"code": "HEALTH", "name": "Health, safety and sport"}, "NA"]),
)  # fmt: skip


OF_THREE_LETTERS = {"ALL", "ATH", "HUY"}
"""Words and names of districts of Belgium that look like codes."""

FINDER = PlaceFinder(LEVELS)
"""No word changes what is said of another but in ``check_reused``."""


@pytest.fixture
def finder() -> PlaceFinder:
    return FINDER


def _codes(found: FoundPlaces) -> object:
    """Return the territories of a cell in which nothing is wrong."""
    assert not found.problems, found.problems
    return found.territories


def _question(found: FoundPlaces) -> str:
    """Return what is asked about a cell, of which nothing is unknown."""
    (problem,) = found.problems
    assert not problem.is_unknown, problem
    return f"{problem.message}: {problem.hint}"


def _unknown(found: FoundPlaces) -> str:
    (problem,) = found.problems
    assert problem.is_unknown, problem
    return problem.message


# Codes


@pytest.mark.parametrize(
    ("level", "text", "codes"),
    [
        ("country", "AT", ["AT"]),
        ("country", "at, be", ["AT", "BE"]),
        ("country", "AT BE;BG|CY\nCZ", ["AT", "BE", "BG", "CY", "CZ"]),
        ("country", "AT, AT", ["AT"]),
        ("country", "AT/BE", ["AT", "BE"]),
        ("country", "AT & BE", ["AT", "BE"]),
        ("country", "AT; -; BE", ["AT", "BE"]),
        ("region", "ro11", ["RO11"]),
        ("region", "RO", ["RO"]),
        ("region", "RO1 RO21", ["RO1", "RO21"]),
        ("island", "bm-os", ["BM-OS"]),
        ("island", "BM", ["BM"]),
        ("ministry", "defence", ["DEFENCE"]),
        ("ministry", "NA", ["NA"]),
        ("country", "GR", ["EL"]),
        ("country", "GRC, EL", ["EL"]),
        ("country", "EST", ["EE"]),
        ("region", "GR6", ["EL6"]),
        ("country", "AT - Austria", ["AT"]),
        ("country", "Croatia (HR)", ["HR"]),
        ("country", "AT-BE", ["AT", "BE"]),
        ("country", "AT–BE", ["AT", "BE"]),
        ("region", "RO11, RO", ["RO11", "RO"]),
        ("region", "AT11 Burgenland", ["AT11"]),
        ("region", "AT11: Burgenland", ["AT11"]),
    ],
)
def test_codes_of_any_list_are_read_in_any_case(
    finder: PlaceFinder, level: str, text: str, codes: list[str]
) -> None:
    assert _codes(finder.find(text, level)) == codes


def test_every_code_of_a_level_is_itself(finder: PlaceFinder) -> None:
    for level in LEVELS:
        for unit in level.units:
            assert finder.find(unit.code.lower(), level.id).territories == [unit.code]


def test_codes_of_three_letters_are_countries(finder: PlaceFinder) -> None:
    for iso, code in BY_ISO_3.items():
        found = finder.find(iso, "country", codes=Codes.ISO3)
        assert found == finder.find(iso, "country")._replace(problems=found.problems)
        assert found.territories == ([code] if code in EU27 else None), iso
        assert [one.is_unknown for one in found.problems] == ([] if code in EU27 else [True]), iso


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("FRA", Codes.ISO3, ["FR"]),
        ("FRA", Codes.NUTS, ["FRY"]),
        ("FRA", None, ["FR"]),
        ("FR", Codes.ISO2, ["FR"]),
        ("GR", Codes.NUTS, ["EL"]),
        ("Grèce", Codes.ISO3, ["EL"]),
    ],
)
def test_a_column_may_hold_codes_of_one_list_alone(
    finder: PlaceFinder, text: str, kind: Codes | None, codes: list[str]
) -> None:
    assert _codes(finder.find(text, "region", codes=kind)) == codes


@pytest.mark.parametrize("text", ["USA", "JPN", "ISR", "CHN", "BRA", "CAN", "KOR", "AUS", "PER"])
@pytest.mark.parametrize("kind", [None, *Codes])
@pytest.mark.parametrize("level", ["country", "region"])
def test_countries_elsewhere_are_unknown_and_no_slips(
    finder: PlaceFinder, level: str, kind: Codes | None, text: str
) -> None:
    # USA is a name too, of which the code is said.
    known = f"'{text}', US," if text == "USA" else f"'{text}'"
    assert _unknown(finder.find(text, level, codes=kind)).startswith(f"{known} is not a territory")


# Names


@pytest.mark.parametrize(
    ("level", "text", "codes"),
    [
        ("country", "Griechenland, Grèce, Ελλάδα, Grecia", ["EL"]),
        ("country", "Czechia; Czech Republic; Česko; Tschechien; Česká republika", ["CZ"]),
        ("country", "ÖSTERREICH und deutschland", ["AT", "DE"]),
        ("country", "Autriche et Allemagne", ["AT", "DE"]),
        ("country", "Austria y Alemania", ["AT", "DE"]),
        ("country", "Austria i Niemcy", ["AT", "DE"]),
        ("country", "The Netherlands & Slovak Republic", ["NL", "SK"]),
        ("country", "Germany, Federal Republic of, Austria", ["DE", "AT"]),
        ("country", "Germany, Austria, and Belgium", ["DE", "AT", "BE"]),
        (
            "country",
            "Republic of Austria; Kingdom of Spain; Grand Duchy of Luxembourg",
            ["AT", "ES", "LU"],
        ),
        ("country", "Spain¹, Denmark 1), Austria*", ["ES", "DK", "AT"]),
        ("country", "Luxembourg", ["LU"]),
        ("region", "Bayern, Germany", ["DE2"]),
        ("region", "Luxembourg, Belgium; Limburg, NL", ["BE34", "NL42"]),
        ("region", "Germany - Bayern", ["DE2"]),
        ("region", "ES (Cataluña)", ["ES51"]),
        ("region", "Austria (Vienna)", ["AT13"]),
        ("region", "DE: Bayern; Sachsen", ["DE2", "DED"]),
        ("region", "Griechenland", ["EL"]),
        ("region", "Nord-Vest", ["RO11"]),
        ("region", "NORD VEST", ["RO11"]),
        ("region", "Nord-Est", ["RO21"]),
        ("large", "Nord-Est", ["ITH"]),
        ("region", "Luxembourg", ["LU00"]),
        ("region", "Luxembourg (BE)", ["BE34"]),
        ("region", "Luxembourg (Belgien)", ["BE34"]),
        ("region", "Prov. Luxembourg (BE)", ["BE34"]),
        ("region", "Wien", ["AT13"]),
        ("region", "Vienna", ["AT13"]),
        ("region", "Åland", ["FI20"]),
        ("region", "aland", ["FI20"]),
        ("region", "Attiki", ["EL30"]),
        ("region", "Αττική", ["EL30"]),
        ("region", "Castilla y León", ["ES41"]),
        ("region", "Castilla y León, La Rioja", ["ES41", "ES23"]),
        ("region", "Ανατολική Μακεδονία, Θράκη; Κρήτη", ["EL51", "EL43"]),
        ("region", "Bayern and Wien", ["DE2", "AT13"]),
        ("small", "Hainaut", ["BE32"]),
        ("island", "Norland; Sudmark", ["BM-NO", "BM-SU"]),
        ("island", "norland and SUDMARK", ["BM-NO", "BM-SU"]),
        ("ministry", "Health, safety and sport, Defence", ["HEALTH", "DEFENCE"]),
    ],
)
def test_names_are_read_in_any_language_and_never_cut_in_two(
    finder: PlaceFinder, level: str, text: str, codes: list[str]
) -> None:
    assert _codes(finder.find(text, level)) == codes


def test_every_unit_is_found_by_its_name_or_asked_about(finder: PlaceFinder) -> None:
    asked = []
    for level in LEVELS:
        for unit in level.units:
            found = finder.find(unit.name, level.id)
            assert found.territories in ([unit.code], None), unit
            asked += [unit.code] if found.problems else []

    # It is French for Vienna.
    assert asked == ["FRI34"]


@pytest.mark.parametrize(
    ("level", "text", "within", "codes"),
    [
        ("region", "Luxembourg", ["BE"], ["BE34"]),
        ("region", "Luxembourg", ["LU"], ["LU00"]),
        ("region", "Limburg", ["NL"], ["NL42"]),
        ("region", "Limburg", ["BE"], ["BE22"]),
        ("large", "Centro", ["IT"], ["ITI"]),
        ("small", "Vienne", ["FR"], ["FRI34"]),
        ("region", "all", ["RO"], ["RO"]),
        ("region", "alle", ["RO", "BG"], ["RO", "BG"]),
        ("region", "all except RO11, RO12", ["RO"], ["RO21", "RO22", "RO31", "RO32", "RO41", "RO42"]),
        ("region", "RO11", ["RO"], ["RO11"]),
    ],
)  # fmt: skip
def test_another_column_says_in_which_country(
    finder: PlaceFinder, level: str, text: str, within: list[str], codes: list[str]
) -> None:
    assert _codes(finder.find(text, level, within)) == codes


@pytest.mark.parametrize(
    ("level", "text", "within", "words"),
    [
        ("region", "Limburg", [], "BE22 (Prov. Limburg (BE)) or NL42 (Limburg (NL))"),
        ("large", "Centro", [], "ES4 (Centro (ES)) or ITI (Centro (IT))"),
        ("small", "Vienne", [], "AT130 (Wien) or FRI34 (Vienne)"),
        ("region", "Vienne", [], "AT13 (Wien) or FRI34 (Vienne)"),
        ("region", "RO11", ["BG"], "does not lie in BG"),
        ("region", "Limburg", ["Colombia"], "does not lie in 'Colombia'"),
        ("region", "Wien", ["DE"], "does not lie in DE"),
    ],
)
def test_a_name_of_several_places_is_a_question(
    finder: PlaceFinder, level: str, text: str, within: list[str], words: str
) -> None:
    assert words in _question(finder.find(text, level, within))


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["Romania"], ("RO",)),
        (["ROU", "Bulgarie"], ("RO", "BG")),
        (["Norwegen"], ("NO",)),
        (["", "-", "EU"], ()),
        (["Colombia"], ("Colombia",)),
    ],
)
def test_other_columns_of_places_say_where_a_row_lies(
    finder: PlaceFinder, texts: list[str], places: tuple[str, ...]
) -> None:
    assert finder.places_beside(texts) == places


def test_a_place_in_an_unknown_country_is_not_the_one_of_that_name_here(
    finder: PlaceFinder,
) -> None:
    beside = finder.places_beside(["Colombia"])

    assert _codes(finder.find("Córdoba", "small")) == ["ES613"]
    assert "does not lie in 'Colombia', which the row names too" in _question(
        finder.find("Córdoba", "small", beside)
    )


# The whole


@pytest.mark.parametrize(
    "text",
    ["EU", "EU27", "eu-27", "EU-wide", "All EU Member States", "European Union", "Union européenne", "Europäische Union", "Unia Europejska", "all", "partout", "All countries"],
)  # fmt: skip
def test_a_word_for_the_whole_is_no_place_where_there_are_none_and_all_of_them_elsewhere(
    finder: PlaceFinder, text: str
) -> None:
    assert finder.find(text, "eu") == FoundPlaces(is_everywhere=True)
    assert finder.find(text, "country") == FoundPlaces(EU27, is_everywhere=True)
    assert finder.find(text, "region") == FoundPlaces(EU27, is_everywhere=True)
    assert finder.find(text, "not-known-yet") == FoundPlaces(is_everywhere=True)


@pytest.mark.parametrize("list_name", LISTS)
def test_a_lists_name_is_that_group(finder: PlaceFinder, list_name: str) -> None:
    assert _codes(finder.find(list_name, "country")) == EU27


def test_europe_is_the_whole_only_where_there_are_no_places(finder: PlaceFinder) -> None:
    assert finder.find("Europa", "eu") == FoundPlaces(is_everywhere=True)
    assert "write EU27" in _question(finder.find("Europa", "country"))


@pytest.mark.parametrize("text", ["EU28", "EU-15", "EA20", "EU27_2007"])
def test_another_group_of_countries_is_never_the_27(finder: PlaceFinder, text: str) -> None:
    assert "not the EU of today's 27 countries" in _question(finder.find(text, "country"))


def test_all_of_a_dataset_of_its_own_are_its_territories(finder: PlaceFinder) -> None:
    assert _codes(finder.find("all", "island")) == ["BM-NO", "BM-SU", "BM-KA", "BM-OS"]
    assert "names no territory" in _question(finder.find("EU", "island"))


@pytest.mark.parametrize(
    ("level", "text", "codes"),
    [
        ("country", "all except CY, MT", {"except": ["CY", "MT"]}),
        ("country", "except Malta and Cyprus", {"except": ["MT", "CY"]}),
        ("country", "alle außer Zypern", {"except": ["CY"]}),
        ("country", "tous les pays sauf Malte", {"except": ["MT"]}),
        ("country", "EU27 except MT", {"except": ["MT"]}),
        ("region", "everywhere but Nord-Vest", {"except": ["RO11"]}),
        ("region", "Wien, Burgenland except Wien", ["AT11"]),
        ("island", "all except Norland", {"except": ["BM-NO"]}),
    ],
)
def test_all_but_some_are_read_in_several_languages(
    finder: PlaceFinder, level: str, text: str, codes: object
) -> None:
    found = finder.find(text, level)

    assert _codes(found) == codes
    assert not found.is_everywhere


@pytest.mark.parametrize("text", ["RO except Romania", "all except EU", "except all"])
def test_what_leaves_nothing_is_a_question_and_not_everywhere(
    finder: PlaceFinder, text: str
) -> None:
    assert "leaves none" in _question(finder.find(text, "country"))
    assert finder.find("AT except Wien", "not-known-yet").problems


def test_an_unknown_word_behind_except_is_never_left_out(finder: PlaceFinder) -> None:
    assert "'Atlantis' is not a territory" in _question(finder.find("all but Atlantis", "country"))


# Older codes


@pytest.mark.parametrize(
    ("level", "text", "codes", "told"),
    [
        ("region", "FR24", ["FRB0"], "FR24 is a code of NUTS 2013; in 2024 it is FRB0 (Centre — Val de Loire)"),
        ("region", "NL31", ["NL35"], "NL31 is a code of NUTS 2021; in 2024 it is NL35 (Utrecht)"),
        ("region", "gr11", ["EL51"], "GR11 is a code of NUTS 2006; in 2024 it is EL51 (Aνατολική Μακεδονία, Θράκη)"),
        ("small", "NL31", ["NL35"], "NL31 is a code of NUTS 2021; in 2024 it is NL35 (Utrecht)"),
    ],
)  # fmt: skip
def test_the_one_successor_of_an_older_code_is_taken_and_told(
    finder: PlaceFinder, level: str, text: str, codes: list[str], told: str
) -> None:
    found = finder.find(text, level)

    assert _codes(found) == codes
    assert [(one.word, one.text) for one in found.notices] == [(text, told)]


@pytest.mark.parametrize(
    ("level", "text", "words"),
    [
        ("region", "HR04", "73 % of it are HR02 (Panonska Hrvatska), 25 % HR06 (Sjeverna Hrvatska) and 2 % HR05 (Grad Zagreb)"),
        ("region", "LT00", "write what is meant of LT02, LT01"),
        ("region", "PT17", "in 2024 it is PT1A (Grande Lisboa) and PT1B (Península de Setúbal): write what is meant"),
        ("country", "FR24", "at this level write FR"),
        ("region", "NL324", "at this level write NL32"),
        ("small", "NL324", "write what is meant of NL32A, NL32B"),
        ("eu", "FR24", "leave the place out"),
    ],
)  # fmt: skip
def test_several_successors_are_a_question_with_their_shares(
    finder: PlaceFinder, level: str, text: str, words: str
) -> None:
    assert words in _question(finder.find(text, level))


def test_older_codes_are_never_unknown_and_nothing_is_said_of_other_countries(
    finder: PlaceFinder, sample: Sample
) -> None:
    for code, former in sample(list(former_codes().items()), 160):
        for level in ("country", "large", "region", "small"):
            found = finder.find(code, level, codes=Codes.NUTS)
            told = " ".join(
                [*(one.text for one in found.notices), *(f"{one.message} {one.hint}" for one in found.problems)]
            )  # fmt: skip
            country = former.successors[0][:2]
            for other, name in names().items():
                if other[:2] == country:
                    told = told.replace(f"({name})", "")
            assert {one[:2] for one in CODE.findall(told)} - {"NU"} <= {country, code[:2]}, told
            # NO02 is of 2024, but Norway is none of the levels'.
            assert code in REUSED or not [one for one in found.problems if one.is_unknown], code
            assert all(one[:2] == country for one in found.territories or ()), code


def test_what_is_taken_for_an_older_code_is_all_that_it_ever_meant(finder: PlaceFinder) -> None:
    for code in former_codes().keys() - REUSED - BY_ISO_3.keys():
        level = {3: "large", 4: "region", 5: "small"}[len(code)]
        successors = {one for former in former_meanings(code) for one in former.successors}

        found = finder.find(code, level)

        if len(successors) == 1 and successors <= names().keys():
            assert set(found.territories or ()) == successors, code
        else:
            assert found.territories is None, code


def test_a_reused_code_is_that_of_2024_and_told_once_with_its_older_meaning() -> None:
    finder = PlaceFinder(LEVELS)
    found = [finder.find(text, "region") for text in ("RO32", "RO11", "RO32", "Bucureşti-Ilfov")]

    assert [one.territories for one in found] == [["RO32"], ["RO11"], ["RO32"], ["RO32"]]
    assert [one.reused for one in found] == [("RO32",), (), ("RO32",), ()]
    reused = finder.check_reused()
    assert [one.word for one in reused.notices] == ["RO32"]
    assert "in NUTS 2006 it was RO32" in reused.notices[0].text
    assert not reused.problems


@pytest.mark.parametrize("texts", [["RO32", "PL11"], ["PL11", "RO32"], ["RO32; HR04"]])
def test_beside_a_code_that_is_gone_a_reused_one_is_a_question(texts: list[str]) -> None:
    finder = PlaceFinder(LEVELS)
    for text in texts:
        finder.find(text, "region")

    reused = finder.check_reused()

    assert not reused.notices
    (problem,) = reused.problems
    assert (problem.word, problem.is_unknown) == ("RO32", False)
    assert "is of an older NUTS, so this code may be, too" in problem.message
    assert "write its name: Bucureşti-Ilfov" in problem.hint


def test_a_reused_code_of_a_country_outside_the_union_is_named_too() -> None:
    finder = PlaceFinder(())
    for text in ("NO072", "PL11"):
        finder.find(text, "new")

    (problem,) = finder.check_reused().problems

    assert problem.word == "NO072"
    assert f"write its name: {listed_name('NO072')}" in problem.hint


def test_the_names_of_reused_codes_are_of_one_region_so_that_the_question_can_be_answered() -> (
    None
):
    for code in REUSED & names().keys():
        level = {4: "region", 5: "small"}[len(code)]
        assert FINDER.find(names()[code], level) == FoundPlaces([code])


# What is wrong


@pytest.mark.parametrize(
    ("level", "text", "words"),
    [
        ("country", "RO11", "it lies in RO (Romania): write that, or correct the level"),
        ("country", "Wien", "it lies in AT (Austria)"),
        ("region", "Cluj", "it lies in RO11 (Nord-Vest)"),
        ("eu", "RO", "the level 'Eu' has no territories"),
        ("region", "Norland", "'Norland' is a territory of the level 'Island', not of 'Region'"),
        ("region", "bm-ka", "'bm-ka' is a territory of the level 'Island'"),
        ("region", "RO99", "in RO there are RO11, RO12"),
        ("region", "RO 11", "did you mean 'RO11' (Nord-Vest)?"),
        ("region", "Lombrdia", "did you mean 'ITC4' (Lombardia)?"),
        ("country", "Griechenand", "did you mean 'EL' (Greece)?"),
        ("country", "Rumanin", "did you mean 'RO' (Romania)?"),
        ("region", "Wien La Rioja", "write 'Wien; La Rioja'"),
        ("country", "Österreich Deutschland", "a separator is missing in"),
        ("region", "Germany; Bayern", "one lies in the other: DE2 in DE"),
        ("region", "Tirol, Austria, Bayern, Germany", "one lies in the other"),
        ("region", "Bavaria, Germany", "not all is known: 'Bavaria' is not a territory"),
        ("region", "Flanders (BE)", "a part of it is known"),
        ("country", "Austria (partly)", "a part of it is known"),
        ("country", "Austria (Vienna)", "it lies in AT (Austria)"),
        ("region", "woj. śląskie", "if 'Śląskie' in it is meant, write that alone"),
        ("region", "Region Stockholm", "if 'Stockholm' in it is meant, write that alone"),
        ("region", "NUTS RO11", "'NUTS' is not a territory"),
        ("island", "Norlnd", "did you mean 'BM-NO' (Norland)?"),
        (
            "country",
            "Austria and Atlantis",
            "'Atlantis' is not a territory of the level 'Country'",
        ),
        ("small", "Castile and León", "'Castile' is not a territory of the level 'Small'"),
    ],
)
def test_what_is_known_or_nearly_is_a_question_with_a_remedy(
    finder: PlaceFinder, level: str, text: str, words: str
) -> None:
    assert words in _question(finder.find(text, level))


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("country", "Norway"),
        ("country", "NO"),
        ("country", "Bosnia and Herzegovina"),
        ("country", "Trinidad and Tobago"),
        ("country", "Australia"),
        ("country", "Rusko"),
        ("country", "United States"),
        ("region", "UKL1"),
        ("region", "Atlantis"),
        ("eu", "Atlantis"),
        ("eu", "Rumanin"),
        ("island", "DE"),
    ],
)
def test_what_is_nowhere_near_is_unknown(finder: PlaceFinder, level: str, text: str) -> None:
    found = finder.find(text, level)

    assert text in _unknown(found)
    assert found.territories is None


def test_what_is_known_stands_beside_what_is_not(finder: PlaceFinder) -> None:
    found = finder.find("AT, Atlantis; Norwegen", "country")

    assert found.territories == ["AT"]
    assert [(one.word, one.is_unknown) for one in found.problems] == [
        ("Atlantis", True),
        ("Norwegen", True),
    ]


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "keine", "—"])
def test_nothing_is_nothing(finder: PlaceFinder, text: str) -> None:
    assert finder.find(text, "country") == FoundPlaces()


def test_parts_that_a_mapping_has_split_are_read_together(finder: PlaceFinder) -> None:
    assert _codes(finder.find(["AT", "Belgien", "FRA; AT"], "country")) == ["AT", "BE", "FR"]
    assert finder.find([], "country") == FoundPlaces()


@given(st.data())
def test_nothing_is_said_of_another_country_when_a_code_is_mistyped(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(names())))
    place = data.draw(st.integers(2, max(len(code), 2)))
    word = code[:place] + data.draw(st.sampled_from("ABCXYZ0189")) + code[place + 1 :]
    level = data.draw(st.sampled_from(["country", "large", "region", "small"]))

    assume(looks_like_nuts(word) and word not in OF_THREE_LETTERS)
    found = FINDER.find(word, level)

    own = {code[:2], BY_ISO_3.get(word, code)[:2]}
    assert all(one[:2] in own for one in found.territories or ())
    for problem in found.problems:
        if not problem.is_unknown:
            hint = problem.hint
            for name in (name for other, name in names().items() if other[:2] in own):
                hint = hint.replace(f"({name})", "")
            assert {one[:2] for one in CODE.findall(hint)} - {"NU"} <= own, hint


@given(st.text(max_size=40), st.sampled_from([level.id for level in LEVELS] + ["new"]))
def test_any_text_is_answered_and_what_is_found_may_stand_there(text: str, level: str) -> None:
    found = FINDER.find(text, level)

    units = next((one.units for one in LEVELS if one.id == level), ())
    codes = found.territories or []
    for code in codes["except"] if isinstance(codes, dict) else codes:
        assert not units or any(lies_in(unit.code, code) for unit in units)
    assert not found.problems or all(one.message and one.hint for one in found.problems)


# A level without territories yet


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AT, BE", ["AT", "BE"]),
        ("Österreich; Norwegen", ["AT", "NO"]),
        ("FRA", ["FR"]),
        ("RO11", ["RO11"]),
        ("Wien", ["AT13"]),
        ("Luxembourg", ["LU"]),
        ("BM-KA BM-OS", ["BM-KA", "BM-OS"]),
        ("PL11", ["PL71"]),
    ],
)
def test_where_a_level_is_new_every_known_place_may_stand(text: str, codes: list[str]) -> None:
    assert _codes(PlaceFinder([]).find(text, "region")) == codes


def test_codes_of_ones_own_are_told() -> None:
    (notice,) = PlaceFinder([]).find("BM-KA", "region").notices

    assert notice.text.startswith("'BM-KA' is taken for a code of one's own")


@pytest.mark.parametrize("text", ["RO99", "Nord-Est", "PT17", "RO-11"])
def test_questions_are_asked_of_a_new_level_too(text: str) -> None:
    assert _question(PlaceFinder([]).find(text, "region"))


@pytest.mark.parametrize("text", ["Atlantis", "DEFENCE", "Total"])
def test_a_word_is_no_code_of_ones_own(text: str) -> None:
    assert _unknown(PlaceFinder([]).find(text, "region")) == f"'{text}' is not a known place"


@pytest.mark.parametrize(
    ("codes", "proposed"),
    [
        (["AT", "BE"], "eu27"),
        (["DE1", "AT1"], "nuts1-2024"),
        (["AT1"], ["AT1", "AT2", "AT3"]),
        (["RO11", "BG31"], "nuts2-2024"),
        (["RO11", "RO", "BG3"], "nuts2-2024"),
        (["RO111", "BG3"], "nuts3-2024"),
        (["CY000", "CY"], ["CY000"]),
        (["NO", "AT", "AT"], ["AT", "NO"]),
        (["BM-KA", "BM"], ["BM-KA"]),
        (["UKL1", "RO11"], ["RO11", "UKL1"]),
        ([], []),
    ],
)
def test_a_list_is_proposed_of_what_was_seen(codes: list[str], proposed: object) -> None:
    assert propose_territories(codes) == proposed


# In a table


def test_a_region_in_an_unknown_country_is_asked_about_and_never_taken_for_its_namesake(
    tmp_path: Path,
) -> None:
    (tmp_path / "instruments.yaml").write_text(
        "schema: 1\ntitle: T\nroles: [{id: skills, name: Skills}]\nlevels:\n"
        "  - {id: country, name: Country, territories: eu27}\n"
        "  - {id: region, name: Region, territories: nuts2-2024}\ninstruments: []\n",
        encoding="utf-8",
    )
    (tmp_path / "mapping.yaml").write_text(
        "schema: 1\ncolumns:\n  name: Name\n  role: Role\n  level: Level\n  territories:\n"
        "    - {from: Country, codes: iso3, at: country, unknown: leave-out}\n"
        "    - {from: Region, at: region}\n",
        encoding="utf-8",
    )
    rows = ["A,Skills,Country,COL,", "B,Skills,Region,BEL,Limburg", "C,Skills,Region,COL,Algarve"]
    text = "\n".join(["Name,Role,Level,Country,Region", *rows, ""])
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    words = ("import", str(tmp_path / "in.csv"), "--data", str(tmp_path), "--mapping")

    asked = run(*words, str(tmp_path / "mapping.yaml"))
    (tmp_path / "in.csv").write_text(text.replace(rows[2] + "\n", ""), encoding="utf-8")
    written = run(*words, str(tmp_path / "mapping.yaml"))

    assert asked.code == 2
    assert "E4: 'Algarve' does not lie in 'COL', which the row names too" in asked.err
    assert written.code == 0, written.err
    data = (tmp_path / "instruments.yaml").read_text(encoding="utf-8")
    assert "territories: [BE22]" in data
    assert "name: A" not in data


# Very much in one cell: what grows faster than its text would never end here.


@pytest.mark.sampled(2)
@pytest.mark.parametrize("separator", ["; ", ", ", " ", " and ", "/"])
@pytest.mark.parametrize("word", ["Foo Bar", "RO99", "Wien"])
def test_a_cell_with_very_many_words_is_one_question_at_most(word: str, separator: str) -> None:
    text = separator.join([word] * 43_000)

    found = PlaceFinder(LEVELS).find(text, "region")

    is_run_together = (word, separator) == ("Wien", " ")
    assert len(found.problems) == (word != "Wien" or is_run_together)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "(", ",", ";", "-", "[a] ", "and "])
def test_a_cell_of_very_many_signs_is_read_to_its_end(finder: PlaceFinder, blank: str) -> None:
    found = finder.find(f"Foo{blank * 43_000}Bar", "region")

    assert found.problems


def test_plain_codes_need_no_names() -> None:
    code = (
        "import sys; from clustergap.importing.place_finder import PlaceFinder\n"
        "from clustergap.model.dataset import Level\n"
        "finder = PlaceFinder([Level.model_validate({'id': 'a', 'name': 'A', 'territories': 'eu27'})])\n"
        "assert finder.find('AT, BE; bg', 'a').territories == ['AT', 'BE', 'BG']\n"
        "assert not finder.check_reused().notices\n"
        "print(*(name for name in sys.modules if name.startswith('clustergap.reference')))"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert set(outcome.stdout.split()) == {
        "clustergap.reference",
        "clustergap.reference.territories",
    }


@pytest.mark.parametrize("code", ["NO08", "UKI3", "XK00", "CH01", "UK"])
def test_codes_of_other_countries_are_places_of_a_level_without_territories_yet(code: str) -> None:
    found = PlaceFinder(()).find(code, "region")

    assert (found.territories, found.problems) == ([code], ())


@pytest.mark.parametrize("word", ["2", "06", "P1", "A-1", "DEFENCE-OF-THE-REALM-1"])
def test_what_may_be_anything_is_not_guessed_to_be_a_code(word: str) -> None:
    assert PlaceFinder(()).find(word, "region").problems
