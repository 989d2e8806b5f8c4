"""Which rows of a sheet belong to a table: where it ends, and what stands among its rows that is none of them."""

from collections.abc import Iterator, Mapping, Sequence

from clustergap.importing.binding import Binding, is_matrix
from clustergap.importing.headers import SheetTable, keys_of
from clustergap.importing.problems import Notices, Problem, Problems
from clustergap.importing.texts import Globs
from clustergap.importing.vocabulary import KnownRecords
from clustergap.spreadsheet.sheet import Row, quote_sheet
from clustergap.text import count, fold, quote

_HALF = 2

_WIDE = 2
"""Columns that a heading of a group of rows reaches over at least, beside its own."""


def find_rows(
    binding: Binding, known: KnownRecords, problems: Problems, notices: Notices
) -> Sequence[int]:
    """Find the rows of a table, and let its merged cells hold what a person sees in all of them.

    Args:
        binding: The table, and which columns of it are read.
        known: The instruments of the dataset: a row that names one needs no cell.
        problems: Takes rows of which nobody knows whether they are the table's, and formulas.
        notices: Takes rows that are passed over.
    """
    table, sheet = binding.table, binding.table.sheet
    binding.headings = frozenset(_headings(table))
    sheet.fill_merged(table.first)
    finder = _Rows(binding, known, problems, notices)
    rows = finder.ask_about_names(list(finder))
    last = rows[-1] if rows else table.first
    problems.extend(
        Problem(problem.at, problem.message, problem.hint)
        for problem in sheet.problems(table.first, binding.columns)
        if problem.at.row <= last
    )
    return rows


def _headings(table: SheetTable) -> Iterator[int]:
    # The one text of its row, over many columns: the name of the group of rows below it.
    sheet = table.sheet
    for merged in sheet.metadata.merged:
        row, first = merged.first
        wide = merged.last[1] - first
        if table.first <= row < len(sheet.rows) and row == merged.last[0] and wide >= _WIDE:
            texts = [text for text in sheet.rows[row] if text and not text.isspace()]
            if len(texts) == 1 and sheet.text(row, first).strip():
                yield row


class _Rows:
    def __init__(
        self,
        binding: Binding,
        known: KnownRecords,
        problems: Problems,
        notices: Notices,
    ) -> None:
        self.table, self.sheet = binding.table, binding.table.sheet
        self.headings = binding.headings
        self.problems, self.notices = problems, notices
        self.columns = sorted(binding.columns)
        self.known = {
            fold(word)
            for instrument in known.instruments
            for word in (instrument.id, instrument.name, instrument.short)
            if word
        }
        self.is_matrix = is_matrix(binding.mapping)
        rules = binding.rules
        self.of_cell = {
            column
            for key in ("role", "level", "cell")
            for rule in rules.get(key, ())
            for column in rule.columns
        } | {column for wide in binding.wide for column in wide.words}
        self.of_id = [column for rule in rules.get("id", ()) for column in rule.columns]
        self.of_name = {
            column: Globs(rule.rule.values)
            for rule in rules.get("name", ())
            for column in rule.columns
        }
        self.keys = {
            column: key
            for key, bound in rules.items()
            for rule in bound
            for column in rule.columns
        }
        self.alone: list[int] = []
        self.has_cells = False
        self.header = {column: fold(self.table.header(column)) for column in self.columns}

    def __iter__(self) -> Iterator[int]:
        rows, after_gap, has_begun = self.sheet.rows, False, False
        end = len(rows) if self.table.last is None else min(self.table.last + 1, len(rows))
        for number in range(self.table.first, end):
            texts = rows[number]
            filled = [column for column, text in enumerate(texts) if text and not text.isspace()]
            if not filled:
                after_gap = has_begun
                continue
            if number in self.headings:
                at = self.sheet.at(number, filled[0])
                self.notices.add("a heading over several columns is no row, and is skipped", at)
                continue
            if self._is_below(texts, filled, after_gap=after_gap):
                self._tell_end(number, end)
                return
            if self._is_header(number, texts, has_begun=has_begun):
                continue
            has_begun = True
            if not any(column in self.header for column in filled):
                continue  # remarks in columns that nobody reads
            after_gap = False
            if self._is_name_alone(texts, filled):
                self.alone.append(number)
            else:
                self.has_cells |= bool(self.of_cell) and self._names_cell(filled)
                # Once it has come in, what a row above names is known to the data too.
                names = (self._text(texts, column) for column in self.of_name)
                self.known.update(fold(name) for name in names if name)
            yield number

    def ask_about_names(self, rows: Sequence[int]) -> Sequence[int]:
        """Ask about rows that hold a name and nothing else, such as a total; not where all rows are so."""
        if not self.has_cells:
            return rows
        for number in self.alone:
            self._ask_about(
                number, next(c for c in self.of_name if self._text(self.sheet.rows[number], c))
            )
        alone = frozenset(self.alone)
        return [number for number in rows if number not in alone]

    def _is_below(self, texts: Row, filled: Sequence[int], *, after_gap: bool) -> bool:
        if not after_gap or self.table.last is not None:
            return False
        if self.is_matrix:
            return True
        return not (self._names_cell(filled) or self._names_known(texts))

    def _names_cell(self, filled: Sequence[int]) -> bool:
        return not self.of_cell or any(column in self.of_cell for column in filled)

    def _names_known(self, texts: Row) -> bool:
        read = [self._text(texts, column) for column in self.columns]
        has_id = any(self._text(texts, column) for column in self.of_id)
        return (has_id and sum(map(bool, read)) > 1) or any(
            fold(self._text(texts, column)) in self.known
            for column in (*self.of_id, *self.of_name)
        )

    def _is_name_alone(self, texts: Row, filled: Sequence[int]) -> bool:
        read = [column for column in filled if column in self.header]
        return (
            len(read) == 1
            and len(self.columns) > 1
            and not self.is_matrix
            and read[0] in self.of_name
            and self.of_name[read[0]].match(texts[read[0]].strip()) is None
            and not self._names_cell(filled)
            and not self._names_known(texts)
        )

    def _ask_about(self, number: int, column: int) -> None:
        hint = (
            "write its role and level if it is an instrument; delete the row, or --last "
            f"{number} if the table ends above it"
        )
        message = "this row holds a name and nothing else"
        self.problems.add(Problem(self.sheet.at(number, column), message, hint))

    def _is_header(self, number: int, texts: Row, *, has_begun: bool) -> bool:
        read = {column: fold(self._text(texts, column)) for column in self.columns}
        filled = {column: text for column, text in read.items() if text}
        if len(filled) < _HALF:
            return False
        if all(text == self.header[column] for column, text in filled.items()):
            self.notices.add(
                "the header stands again, and is skipped", self.sheet.at(number, min(filled))
            )
            return True
        if not has_begun and is_second_header(filled, self.keys):
            rows = [str(row + 1) for row in (*self.table.header_rows, number)]
            hint = f"--header {','.join(rows)} if it belongs to the header, --header {rows[-1]} if it is the header; else delete it"
            self.problems.add(
                Problem(
                    self.sheet.at(number, min(filled)),
                    "this row looks like a second row of the header",
                    hint,
                )
            )
            return True
        return False

    def _tell_end(self, number: int, end: int) -> None:
        left = sum(any(map(str.strip, texts)) for texts in self.sheet.rows[number:end])
        first = f"row {number + 1}"
        where = first if left == 1 else f"{first} on ({count(left, 'row')})"
        text = next(text for text in self.sheet.rows[number] if text.strip())
        self.notices.add_without_cell(
            f"{quote_sheet(self.sheet.name)}: what stands below the table, from {where}, is not read: {quote(text.strip())}"
        )

    @staticmethod
    def _text(texts: Row, column: int) -> str:
        return texts[column].strip() if column < len(texts) else ""


def is_second_header(texts: Mapping[int, str], keys: Mapping[int, str]) -> bool:
    """Tell whether the texts of a row are more of the header, in another language or with units in brackets.

    Args:
        texts: By their columns; none is empty.
        keys: What the columns hold.
    """
    alike = sum(
        keys.get(column) in keys_of(text) or (text.strip()[0] in "([" and text.strip()[-1] in ")]")
        for column, text in texts.items()
    )
    return alike * _HALF >= len(texts)
