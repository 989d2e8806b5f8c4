"""Tables made up by chance, as people have them: lists, matrices, crosses, in eight languages, and what goes wrong in them.

The same seed and number make the same table, as long as the words of the program's data files stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import clustergap
from clustergap.list_format.list_layout import BY_NAME
from clustergap.spreadsheet.opening import open_sheets
from fuzz.generator import CHARACTERS
from fuzz.mappings import mapping_for
from fuzz.table_files import (
    BOOKS,
    FORMS,
    Cell,
    Form,
    Formula,
    Leaf,
    changed_bytes,
    shown,
    to_bytes,
)
from fuzz.table_words import (
    DAYS,
    EXTENTS,
    GOOD,
    IDS,
    LANGUAGES,
    LEVELS,
    NAMES,
    ROLES,
    SEPARATORS,
    TEXTS,
    UNKNOWN_HEADERS,
    headers,
    places,
    words,
)
from running import run


class Case(NamedTuple):
    """A table, and how it is imported.

    ``raw``: the file's bytes, where they are not just the sheets. ``into``: the name of a dataset, or none for a new one.
    """

    sheets: Sequence[Leaf]
    form: Form
    raw: bytes | None
    mapping: bytes | None
    options: Sequence[str]
    into: str
    kind: str

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return to_bytes(self.sheets, self.form) if self.raw is None else self.raw


_CALM = 0.5
"""How many of the tables begin as what can be read: otherwise hardly any would be, and what is written hardly ever looked at."""


class TableMutator:
    """Makes tables, by a seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random()  # noqa: S311 - no secret
        self.is_calm = False
        self.kinds: Sequence[tuple[Callable[[], list[list[Cell]]], int]] = (
            (self._list, 8),
            (self._foreign, 6),
            (self._matrix, 4),
            (self._cross, 3),
            (self._soup, 1),
        )

    def case(self, number: int) -> Case:
        """Make the case of a number."""
        self.random = random = Random(f"{self.seed}-{number}")  # noqa: S311 - no secret
        self.is_calm = random.random() < _CALM
        into = random.choice(("", "", "", "small", "small", "lists", "parts", "deck"))
        if not random.randrange(40):
            sheets, kind = self._own_workbook(), "own workbook"
        else:
            make = random.choices(*zip(*self.kinds, strict=True))[0]
            sheets, kind = self._with_more_sheets(make()), make.__name__.removeprefix("_")
        for _ in range(random.choice((0, 0, 0, 1) if self.is_calm else (0, 0, 1, 1, 2, 3, 6))):
            sheets = self._change(sheets)
        form = random.choice((*FORMS, *(Form(suffix) for suffix in BOOKS * 4), FORMS[0], FORMS[0]))
        raw = mapping = None
        if random.random() < (0.05 if self.is_calm else 0.25 if form.suffix in BOOKS else 0.12):
            raw = changed_bytes(to_bytes(sheets, form), form, random)
            kind += ", bytes"
        if not random.randrange(5):
            rows = [[shown(cell) for cell in row] for row in sheets[0].rows] if sheets else []
            mapping, kind = mapping_for(rows, random, is_calm=self.is_calm), f"{kind}, mapping"
        return Case(sheets, form, raw, mapping, self._options(sheets, form, mapping), into, kind)

    # Words

    def _pool(self, good: Sequence[str], all_of_them: Sequence[str]) -> Sequence[str]:
        return good if self.is_calm else self.random.choice((good, all_of_them))

    def _of(self, *pools: Sequence[str]) -> str:
        return self.random.choice(self.random.choice(pools))

    def _role(self) -> str:
        return self._several(lambda: self._of(ROLES[:5], ROLES), 8)

    def _level(self) -> str:
        return self._several(lambda: self._of(LEVELS[:6], LEVELS[:6], LEVELS), 20)

    def _name(self) -> str:
        return self._several(lambda: self._of(NAMES[:8], NAMES), 15)

    def _place(self) -> str:
        if not self.random.randrange(3):
            return ""
        kinds = places()
        own = ("countries", "countries", "nuts2", "nuts2", *kinds)
        kind = self.random.choice(own)
        return self._several(lambda: self.random.choice(kinds[kind]), 3)

    def _day(self) -> Cell:
        kind = self.random.randrange(8)
        if kind == 0:
            return date(1990, 1, 1) + timedelta(days=self.random.randrange(16_000))
        if kind == 1:
            return self.random.choice((2016, 42461, 42461.5, 0, -1, 1.0, 99999999))
        if kind == 2:
            return f"{self.random.randint(1, 31)} {self.random.choice(words('month-'))} 20{self.random.randint(10, 30)}"
        return self.random.choice(DAYS if kind > 5 else DAYS[:7])

    def _several(self, one: Callable[[], str], seldom: int) -> str:
        if self.random.randrange(seldom):
            return one()
        separator = self.random.choice(SEPARATORS)
        return separator.join(one() for _ in range(self.random.choice((2, 2, 3, 9))))

    def _value(self, key: str) -> Cell:
        if self.is_calm and self.random.randrange(60):
            return self._good(key)
        values: Mapping[str, Callable[[], Cell]] = {
            "id": lambda: self._of(IDS[:6], IDS),
            "name": self._name,
            "role": self._role,
            "level": self._level,
            "cell": lambda: f"{self._of(ROLES)}@{self._of(LEVELS)}",
            "extent": lambda: self._of(EXTENTS[:2], EXTENTS, words("full"), words("partial"), words("none")),
            "at_least": lambda: self._of(("yes", "no", ""), words("mark"), words("no")),
            "territories": self._place,
            "kind": lambda: self._of(("fund", "forum", "programme", "Fund; forum", "Gesetz")),
            "status": lambda: self._of(("active", "planned", "ended"), words("active"), words("pla")),
            "targets": lambda: self._of(("start-ups", "SMEs; start-ups", "")),
            "part_of": lambda: self._of(IDS, NAMES),
            "funded_by": lambda: self._of(IDS, NAMES),
            "succeeded_by": lambda: self._of(IDS, NAMES),
            "sources": lambda: self._of(("deck", "deck, p. 3", "https://x.org", "a: b", "deck; other")),
            "url": lambda: self._of(("https://example.org", "www.x.org", "x", "http://[::1]")),
        }  # fmt: skip
        if not self.random.randrange(30):
            return self._odd()
        if key.endswith(("starts", "ends", "seen", "commits_until", "reviewed")):
            return self._day()
        return values[key]() if key in values else self._of(TEXTS[:2], TEXTS)

    def _good(self, key: str) -> Cell:
        key = key.removeprefix("cover_")
        return self.random.choice(GOOD.get(key, GOOD["note"]))

    def _odd(self) -> Cell:
        if self.is_calm and self.random.randrange(20):
            return self.random.choice(("", "-", "Fund", "Cluster Act", "n/a", "KIC Climate"))
        kind = self.random.randrange(12)
        pools = (
            words("nothing"),
            words("question"),
            words("mark"),
            words("all"),
            TEXTS,
            CHARACTERS,
        )
        if kind == 0:
            return Formula("A1&B2", self._of(NAMES, ("", "#REF!")))
        if kind == 1:
            return self._of(("#REF!", "#N/A", "#NAME?", "#DIV/0!"))
        if kind == 2:
            return self.random.choice((0, 1, 3, -1, 0.5, 1e300, True, False, 10**18))
        return "" if kind == 3 else self._of(*pools)

    # Layouts

    def _list(self) -> list[list[Cell]]:
        must = ["name", "role", "level"]
        others = [key for key in BY_NAME if key not in must]
        more = self.random.sample(others, self.random.choice((0, 1, 2, 3, 5, len(others))))
        keys = must + more
        if self.random.randrange(3):
            self.random.shuffle(keys)
        return [[*keys], *self._rows(keys)]

    def _rows(self, keys: Sequence[str]) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for _ in range(self.random.choice((1, 2, 3, 5, 9))):
            if rows and not self.random.randrange(3):
                # The same instrument on another row.
                row = list(self.random.choice(rows))
                at = self.random.randrange(len(keys))
                row[at] = self._value(keys[at])
                if self.is_calm and keys[at] not in ("name", "role", "level", "territories"):
                    continue
            else:
                row = [
                    self._value(key)
                    if key in ("name", "role", "level") or self.random.randrange(3)
                    else ""
                    for key in keys
                ]
            rows.append(row)
        return rows

    def _foreign(self) -> list[list[Cell]]:
        known = headers(self.random.choice(LANGUAGES))
        keys = [key for key in known if not key.startswith(("hint", "tier"))]
        chosen = self.random.sample(keys, self.random.randint(1, min(7, len(keys))))
        if self.random.randrange(4):
            chosen = list(dict.fromkeys(["name", "role", "level", *chosen]))
        words_of = [known.get(key, [key]) for key in chosen]
        head: list[Cell] = [self._cased(self.random.choice(some)) for some in words_of]
        rows = self._rows(chosen)
        for _ in range(0 if self.is_calm else self.random.choice((0, 0, 1, 2))):
            head.append(self.random.choice(UNKNOWN_HEADERS))
            for row in rows:
                row.append(self._odd())
        above: list[list[Cell]] = [["A title of the table"], []]
        above = above[: self.random.choice((0, 0, 1, 2))]
        below: list[list[Cell]] = [[], ["Source: the ministry"], ["Total", 3]]
        return [*above, head, *rows, *below[: self.random.choice((0, 0, 0, 2, 3))]]

    def _cased(self, text: str) -> str:
        return self.random.choice(
            (text, text, text.title(), text.upper(), f"{text} / {self._of(UNKNOWN_HEADERS)}", f"{text}\n(x)", f" {text} ")
        )  # fmt: skip

    def _matrix(self) -> list[list[Cell]]:
        levels: list[Cell] = list(
            self.random.sample(
                LEVELS[:3] if self.is_calm else self._pool(LEVELS[:3], LEVELS),
                self.random.randint(1, 3),
            )
        )
        roles = self.random.sample(self._pool(ROLES[:4], ROLES), self.random.randint(1, 4))
        rows: list[list[Cell]] = [
            [
                role,
                *(
                    self._value("name") if self.random.randrange(4) else self._odd()
                    for _ in levels
                ),
            ]
            for role in roles
        ]
        return [[self._of(("Role", "", "Rolle", "Thema")), *levels], *rows]

    def _cross(self) -> list[list[Cell]]:
        roles = self.random.sample(self._pool(ROLES[:4], ROLES), self.random.randint(1, 4))
        by_cell = self.random.randrange(2)
        heads: list[Cell] = [
            f"{role}@{self._of(LEVELS[:6])}" if by_cell else role for role in roles
        ]
        keys = ["name", *(["level"] if self.random.randrange(2) else [])]
        rows: list[list[Cell]] = [
            [
                *(self._value(key) for key in keys),
                *(
                    self._of(("x", ""))
                    if self.is_calm
                    else self._of(words("mark"), ("", "x", "-", "full"))
                    for _ in roles
                ),
            ]
            for _ in range(self.random.randint(1, 5))
        ]
        return [[*keys, *heads], *rows]

    def _soup(self) -> list[list[Cell]]:
        key = [*BY_NAME]
        width = self.random.randint(0, 5)
        return [
            [
                self._odd() if self.random.randrange(2) else self._value(self.random.choice(key))
                for _ in range(width)
            ]
            for _ in range(self.random.randint(0, 6))
        ]

    def _with_more_sheets(self, rows: list[list[Cell]]) -> list[Leaf]:
        sheets = [Leaf(self._of(("Sheet1", "Instruments", "List", "Matrix", "Tabelle 1")), rows)]
        for _ in range(self.random.choice((0, 0, 0, 0, 1, 2))):
            name = self._of(
                ("About", "Roles", "Levels", "Kinds", "Sources", "Notes", "Targets", "Sheet2")
            )
            small: list[list[Cell]] = [["id", "name", "territories"]]
            small += [[self._of(IDS), self._of(ROLES, LEVELS), self._place()] for _ in range(3)]
            title: list[list[Cell]] = [[name]] if self.random.randrange(2) else []
            sheets.insert(self.random.randint(0, len(sheets)), Leaf(name, [*title, *small]))
        return sheets

    def _own_workbook(self) -> list[Leaf]:
        return self.random.choice(own_workbooks())

    # What goes wrong

    def _change(self, sheets: list[Leaf]) -> list[Leaf]:
        if not sheets:
            return sheets
        at = self.random.randrange(len(sheets))
        rows = [list(row) for row in sheets[at].rows]
        changes = (self._change_cell,) * 5 + (
            self._change_columns,
            self._change_rows,
            self._change_rows,
            self._join_cells,
        )
        self.random.choice(changes)(rows)
        merged = sheets[at].merged
        if not self.random.randrange(12) and rows:
            top, left = self.random.randrange(len(rows)), self.random.randrange(4)
            merged = (*merged, (top, left, top + self.random.randrange(3), left + 1))
        return [*sheets[:at], Leaf(sheets[at].name, rows, merged), *sheets[at + 1 :]]

    def _somewhere(self, rows: list[list[Cell]]) -> tuple[list[Cell], int]:
        filled = [row for row in rows if row]
        if not filled:
            rows.append([""])
            filled = rows[-1:]
        row = self.random.choice(filled)
        return row, self.random.randrange(len(row))

    def _change_cell(self, rows: list[list[Cell]]) -> None:
        row, at = self._somewhere(rows)
        text = shown(row[at])
        place = self.random.randint(0, len(text))
        other_row, other = self._somewhere(rows)
        row[at] = self.random.choice(
            (
                self._odd(),
                self._odd(),
                self._value(self.random.choice([*BY_NAME])),
                other_row[other],
                text[:place] + self.random.choice(CHARACTERS) + text[place:],
                text[:place] + text[place + 1 :],
                text[:place],
                text.upper(),
                text + self.random.choice(SEPARATORS) + shown(other_row[other]),
                text * self.random.choice((2, 2, 400)),
                f"{text} ({shown(other_row[other])})",
                "",
            )
        )

    def _change_columns(self, rows: list[list[Cell]]) -> None:
        width = max(map(len, rows), default=0)
        if not width:
            return
        one, two = self.random.randrange(width), self.random.randrange(width)
        what = self.random.randrange(4)
        for row in rows:
            row.extend([""] * (width - len(row)))
            if what == 0:
                del row[one]
            elif what == 1:
                row[one], row[two] = row[two], row[one]
            elif what == 2:
                row.insert(two, row[one])
            else:
                row.insert(one, "")

    def _change_rows(self, rows: list[list[Cell]]) -> None:
        if not rows:
            return
        one, two = self.random.randrange(len(rows)), self.random.randrange(len(rows))
        what = self.random.randrange(5)
        if what == 0:
            del rows[one]
        elif what == 1:
            rows.insert(two, list(rows[one]))
        elif what == 2:
            rows.insert(two, list(rows[0]))
        elif what == 3:
            rows.insert(one, [])
        else:
            rows[one], rows[two] = rows[two], rows[one]

    def _join_cells(self, rows: list[list[Cell]]) -> None:
        row, at = self._somewhere(rows)
        if at + 1 < len(row):
            row[at : at + 2] = [
                shown(row[at]) + self.random.choice(SEPARATORS) + shown(row[at + 1])
            ]

    # Options

    def _options(self, sheets: Sequence[Leaf], form: Form, mapping: bytes | None) -> Sequence[str]:
        heads = [shown(cell) for sheet in sheets[:1] for row in sheet.rows[:2] for cell in row]
        head = self.random.choice(heads or ["x"])
        key = self.random.choice([*BY_NAME, "cell", "x"])
        choices: Sequence[Sequence[str]] = (
            ("--layout", self._of(("list", "matrix", "cross"))),
            ("--layout", self._of(("list", "matrix", "cross"))),
            ("--header", self._of(("1", "2", "1,2", "3", "2,4", "60", "x"))),
            ("--last", self._of(("1", "2", "4", "999"))),
            ("--column", f"{key}={head}"),
            ("--column", f"{key}={head}"),
            ("--column", f"{key}=column {self._of('ABCZ')}"),
            ("--leave-out", self._of((head, "column B", "*", "In*"))),
            ("--leave-out", head),
            ("--fill-down", key),
            ("--fill-down", "name"),
            ("--level", f"{self._of(('eu', 'country', 'region', 'x'))}={self._of(('eu27', 'nuts2-2024', 'RO11,RO12', 'AT', 'x'))}"),
            ("--level", "country=eu27"),
            ("--date-format", self._of(("D/M/Y", "M/D/Y", "D.M.YY", "Y-M-D", "x", ""))),
            ("--sheet", self._of(("Sheet1", "List", "About", "x"))),
            ("--all-new",),
            ("--all-new",),
            ("--prune",),
            ("--diff",),
            ("--new", self._of(NAMES)),
            ("--marked", "marked.xlsx"),
        )  # fmt: skip
        chosen: Sequence[Sequence[str]] = ()
        if self.is_calm and self.random.randrange(4):
            plain = (("--level", "country=eu27"), ("--all-new",), ("--prune",))
            chosen = self.random.sample(plain, self.random.choice((0, 1, 2)))
        elif self.random.randrange(2):
            chosen = self.random.sample(choices, self.random.choice((1, 1, 2, 3, 5)))
        if not form.encoding.startswith("utf") and self.random.randrange(3):
            chosen = [*chosen, ("--encoding", form.encoding)]
        if mapping is not None:
            chosen = [*chosen, ("--mapping", "mapping.yaml")]
        return [word or " " for some in chosen for word in some]


@cache
def own_workbooks() -> Sequence[list[Leaf]]:
    """Return the sheets of workbooks that the program writes itself: a template, and reports."""
    import tempfile

    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = Path(clustergap.__file__).parents[2] / "tests/data/good-every-key.yaml"
        book = str(folder / "x.xlsx")
        for argv in (
            ("init", str(data.parents[2]), "--template", book),
            ("report", "--data", str(data), "-o", book),
        ):
            outcome = run(*argv)
            if outcome.code:
                raise RuntimeError(outcome.err)
            sheets, _ = open_sheets(Path(book).read_bytes(), "x.xlsx")
            found.append([Leaf(sheet.name, [*sheet.rows][:60]) for sheet in sheets])
            Path(book).unlink()
    return found
