"""What words and signs of a cell say by themselves, in the languages of its table."""

import pytest

from clustergap.importing.cell_texts import (
    MATRIX,
    after_except,
    is_all,
    is_mark,
    is_nothing,
    is_number,
    is_observation,
    is_question,
    read_extent,
    read_yes_or_no,
    split_extent,
    words,
)

NOTHING = (
    *("", " \n\t", "-", "--", " – ", "—", "- -", ".", "...", "…", "./.", "/", "n/a", "N/A", "n.a.", "na", "NIL", "null"),
    *("none", "None.", "(none)", "<none>", "no", "nothing", "no information", "No  Data", "not applicable"),
    *("keine", "Keine Angabe", "k. A.", "entfällt", "ENTFÄLLT", "nein"),
    *("aucun", "Aucune", "pas d’information", "néant", "NEANT", "sans objet", "non"),
    *("ninguno", "ninguna", "sin datos", "no procede"),
    *("nessuno", "nulla", "n.d."),
    *("brak", "żaden", "nie dotyczy", "brak danych", "Nie"),
    *("nimic", "nu este cazul", "fără date", "FARA DATE"),
    *("κανένα", "ΟΧΙ", "τίποτα"),
)  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_a_cell_says_nothing(text: str) -> None:
    assert is_nothing(text)
    assert is_nothing(text, "name")
    assert is_nothing(text, MATRIX)


@pytest.mark.parametrize(
    "text",
    [
        *("None such fund", "Nothing ventured", "NA-fund", "no.7", "Brakel", "x", "?", "tbd", "Nulla Poena", "&"),
        *("Keineswegs", "Nonprofit", "0a"),
    ],
)  # fmt: skip
def test_a_cell_says_something(text: str) -> None:
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("text", "key", "nothing"),
    [
        ("no", "territories", False),
        ("NO", "territories", False),
        ("none", "territories", True),
        ("-", "territories", True),
        ("keine", "territories", True),
        ("none", "extent", False),
        ("no", "at_least", False),
        ("Nein", "at_least", False),
        ("0", "at_least", False),
        ("n/a", "at_least", True),
        ("0", "seen", True),
        ("-", "extent", False),
        ("  ", "extent", True),
        ("0", "", False),
        ("0", "name", False),
        ("0", "note", False),
        ("0", MATRIX, True),
        ("0.00", MATRIX, True),
        ("0", "starts", True),
        ("0", "cover_ends", True),
        ("0000-00-00", "ends", True),
        ("00001", "starts", False),
        ("10", MATRIX, False),
    ],
)
def test_what_says_nothing_depends_on_the_column(text: str, key: str, *, nothing: bool) -> None:
    assert is_nothing(text, key) is nothing


@pytest.mark.parametrize(
    "text",
    [
        *("?", "??", "¿?", "TBD", "tbc", "Unknown", "unknown.", "to be checked", "(to be confirmed)"),
        *("unklar", "zu prüfen", "noch zu klären", "à vérifier", "A VERIFIER", "inconnu", "por confirmar"),
        *("da verificare", "do sprawdzenia", "nieznany", "de verificat", "necunoscută", "προς έλεγχο"),
    ],
)  # fmt: skip
def test_a_cell_asks(text: str) -> None:
    assert is_question(text)
    assert not is_nothing(text)
    assert not is_mark(text)


@pytest.mark.parametrize("text", ["", "Fund?", "Unknown Fund", "Vérifier SA", "-", "none"])
def test_a_cell_does_not_ask(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    "text",
    ["x", " X ", "✓", "✔", "☑", "●", "•", "yes", "YES", "1", "ja", "J", "Oui", "sí", "SI", "sì", "tak", "da", "ναι", "TRUE"],
)  # fmt: skip
def test_a_cell_is_marked(text: str) -> None:
    assert is_mark(text)
    assert not is_nothing(text)


@pytest.mark.parametrize("text", ["xx", "", "0", "2", "DA!", "no", "✗", "yes please", "○"])
def test_a_cell_is_not_marked(text: str) -> None:
    assert not is_mark(text)


@pytest.mark.parametrize(
    "text", ["0", "1", "7", "-3", "−3", "1,250", "1 250,5", "2018.0", "12%", "12 %", "²"]
)
def test_a_text_is_a_number_alone(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "Horizon 2020", "2020-04", "7a", "%", "12 %%", "1/2"])
def test_a_text_is_more_than_a_number(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Not in every country",
            "not everywhere",
            "only in AT",
            "Partly",
            "in few regions",
            "in MOST cases",
        ),
        *("Nicht in jedem Land", "nur in Wien", "teilweise", "In einigen Regionen"),
        *(
            "Pas dans tous les pays",
            "seulement en Alsace",
            "dans certaines régions",
            "partiellement",
        ),
        *("No en todos los países", "solo en Galicia", "en algunas regiones"),
        *("Non in tutte le regioni", "soltanto in Sicilia", "in alcuni paesi"),
        *("Nie w każdym kraju", "tylko w Łodzi", "częściowo"),
        *("Nu în toate țările", "doar în București", "În unele regiuni"),
        *("Όχι σε όλες τις χώρες", "μόνο στην Αττική"),
    ],
)
def test_a_text_is_an_observation(text: str) -> None:
    assert is_observation(text)


@pytest.mark.parametrize(
    "text",
    [
        "Notre Fonds",
        "Onlyfund",
        "Pas-de-Calais Fund",
        "Nurture",
        "Nordic Fund",
        "Nova",
        "Nuclear Fund",
        "Nieuwe aanpak",
    ],
)
def test_a_text_is_a_name(text: str) -> None:
    assert not is_observation(text)


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        *((word, "full") for word in ("full", "FULL", "voll", "vollständig", "complet", "complète", "completo", "completa")),
        *((word, "full") for word in ("totale", "pełny", "całkowicie", "integral", "πλήρης", "●")),
        *((word, "partial") for word in ("partial", "Partly", "partially", "teilweise", "partiel", "en partie", "parcial")),
        *((word, "partial") for word in ("parziale", "częściowo", "parțial", "PARTIAL ", "μερική", "◐")),
        *((word, "none") for word in ("none", "keine", "aucune", "ninguno", "nessuna", "brak", "niciunul", "καμία", "○")),
        *((word, "none") for word in ("nothing", "Not covered", "nicht abgedeckt", "NEANT", "sin cobertura", "nulla", "nic", "nimic")),
        *((word, None) for word in ("", "-", "n/a", "no", "0", "4.5", "x", "fullish", "some")),
    ],
)  # fmt: skip
def test_a_word_is_an_extent(text: str, extent: str | None) -> None:
    assert read_extent(text) == extent


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((word, True) for word in ("yes", "Ja", "OUI", "si", "Tak", "da", "ναι", "x", "1", "true", "wahr")),
        *((word, False) for word in ("no", "Nein", "non", "NIE", "nu", "όχι", "0", "0.0", "n", "falsch", "FAUX")),
        *((word, None) for word in ("", "-", "n/a", "none", "2", "yes, mostly", "unknown")),
    ],
)  # fmt: skip
def test_a_word_is_yes_or_no(text: str, answer: object) -> None:
    assert read_yes_or_no(text) is answer


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("DIH (partial)", ("DIH", "partial")),
        ("DIH(Partly) ", ("DIH", "partial")),
        ("EEN (pełny)", ("EEN", "full")),
        ("EEN (en partie)", ("EEN", "partial")),
        ("Fund (A) (teilweise)", ("Fund (A)", "partial")),
        ("Fund (none)", ("Fund (none)", None)),
        ("(partial)", ("(partial)", None)),
        ("partial", ("partial", None)),
        ("Fund (partial) North", ("Fund (partial) North", None)),
    ],
)
def test_an_extent_stands_behind_a_name(text: str, parts: tuple[str, str | None]) -> None:
    assert split_extent(text) == parts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("all except CY, MT", "CY, MT"),
        ("Everywhere but for Wien", "for Wien"),
        ("except: AT", "AT"),
        ("alle außer Wien", "Wien"),
        ("mit Ausnahme von Wien", "Wien"),
        ("Toutes les régions à l'exception de Corse", "Corse"),
        ("tous, sauf Corse", "Corse"),
        ("wszystkie oprócz Łodzi", "Łodzi"),
        ("toate, cu excepția Bucureștiului", "Bucureștiului"),
        ("all", None),
        ("except", None),
        ("Exceptional Land", None),
        ("", None),
    ],
)
def test_places_are_excepted(text: str, rest: str | None) -> None:
    assert after_except(text) == rest


@pytest.mark.parametrize(
    "text",
    ["all", "Everywhere", "überall", "partout", "todas", "tutti", "wszędzie", "toate", "παντού"],
)
def test_a_word_means_all_places(text: str) -> None:
    assert is_all(text)
    assert not is_all(f"{text}x")


def test_no_word_says_two_things() -> None:
    groups = {name: words(name) for name in ("nothing", "question", "mark")}
    months = [words(f"month-{number}") for number in range(1, 13)]
    extents = [words(name) for name in ("full", "partial", "none")]

    for some in (list(groups.values()), months, extents):
        assert sum(map(len, some)) == len(frozenset[str]().union(*some))
        assert all(some)
    for name, group in groups.items():
        assert not [word for word in group if is_observation(word)], name
