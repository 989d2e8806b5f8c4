"""What the text of a cell comes to by the rule of a mapping: cut, split, translated, and understood for its key."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from clustergap.importing.binding import Globs
from clustergap.importing.cell_words import is_nothing
from clustergap.importing.texts import LENGTHS, cut, take_tags_out
from clustergap.importing.values import LITERAL, MULTIPLE, OF_LINES, Context, Values
from clustergap.importing.vocabulary import NOTHING, Meaning
from clustergap.model.mapping import ANY, KEEP, LEAVE_OUT, ColumnRule, Differ, TextForm, Unknown
from clustergap.text import quote
from clustergap.yaml_edit.write import YamlValue


class Outcome(NamedTuple):
    """What the text of one cell comes to: the values it says, and what is to be told of them.

    ``left`` is the text for which the row is not read.
    """

    values: tuple[YamlValue, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    left: str | None = None
    also: Mapping[str, str] = MappingProxyType({})
    unsettled: tuple[str, ...] = ()
    is_everywhere: bool = False

    @property
    def says(self) -> bool:
        """Whether the text says something, right or wrong, be it that there is no last day."""
        return bool(
            self.notices
            or self.values
            or self.problems
            or self.left is not None
            or self.is_everywhere
        )


NO_OUTCOME = Outcome()


class RuleReader:
    """Reads the texts of one key by one rule; the same text is understood once.

    The order of its steps is that of ``docs/import.md``.
    """

    def __init__(self, key: str, rule: ColumnRule, values: Values) -> None:
        self.key, self.rule, self.values = key, rule, values
        self._globs = Globs(rule.values)
        self._known: dict[tuple[str, str | None, tuple[str, ...]], Outcome] = {}

    def read(self, text: str, level: str | None = None, within: tuple[str, ...] = ()) -> Outcome:
        """Say what a text comes to in a row of a level, beside the countries that it names elsewhere."""
        asked = (text, level, within)
        outcome = self._known.get(asked)
        if outcome is None:
            outcome = self._known[asked] = self._read(text, level, within)
        return outcome

    def _read(self, text: str, level: str | None, within: tuple[str, ...]) -> Outcome:
        rule = self.rule
        context = Context(level, within, rule.codes, rule.format, is_split=bool(rule.split))
        meanings: list[Meaning] = []
        left: list[str] = []
        for part in self._parts(text):
            words = self._mapped(part, level)
            if words is None:
                meanings.append(self._understood(part, context, left))
            elif words == (LEAVE_OUT,):
                left.append(part)
            else:
                meanings += [self._understood(word, context, left) for word in words if word]
        return self._outcome(meanings, left)

    def _parts(self, text: str) -> list[str]:
        rule = self.rule
        if rule.text is TextForm.HTML:
            text = take_tags_out(text)
        if rule.before:
            text = text.partition(rule.before)[0]
        if rule.after and rule.after in text:
            text = text.partition(rule.after)[2]
        if self.key in OF_LINES and not (rule.split or rule.before or rule.after):
            return [text if text and not text.isspace() else ""]
        parts = [text]
        for separator in rule.split:
            parts = [piece for part in parts for piece in part.split(separator)]
        stripped = [part.strip() for part in parts]
        return [part for part in stripped if part] or [""]

    def _mapped(self, part: str, level: str | None) -> Sequence[str] | None:
        # None: nothing is said of this text, and it means what it says.
        pattern = self._globs.match(part)
        if pattern is not None:
            words = self.rule.values[pattern]
        elif not part or (
            is_nothing(part, self.key) and not self.values.knows(self.key, part, level)
        ):
            return ()
        elif ANY in self.rule.values:
            words = self.rule.values[ANY]
        else:
            return None
        return None if words == (KEEP,) else words

    def _says_nothing(self, part: str, level: str | None) -> bool:
        if self.values.is_ours and self.key in LITERAL:
            return False
        return is_nothing(part, self.key) and not self.values.knows(self.key, part, level)

    def _understood(self, part: str, context: Context, left: list[str]) -> Meaning:
        if self.rule.cut and self.key in LENGTHS:
            part = cut(part, self.key)
        meaning = self.values.understand(self.key, part, context)
        if meaning.is_unknown and self.rule.unknown is not Unknown.PROBLEM:
            if self.rule.unknown is Unknown.LEAVE_OUT:
                left.append(part)
            return NOTHING
        return meaning

    @property
    def _is_one(self) -> bool:
        return self.key not in MULTIPLE and not (self.key == "name" and self.rule.split)

    def _outcome(self, meanings: Sequence[Meaning], left: Sequence[str]) -> Outcome:
        values: list[YamlValue] = []
        for one in meanings:
            if isinstance(one.value, list | tuple):
                values += one.value
            elif one.value is not None:
                values.append(one.value)
        unique = _each_once(values)
        notices = [notice for one in meanings for notice in one.notices]
        if len(unique) > 1 and self._is_one and self.rule.differ is Differ.FIRST:
            unique = unique[:1]
            notices.append(f"of several values for {quote(self.key)} the first is read")
        problems = [
            told
            for one in meanings
            if one.message
            for told in ((one.message, one.hint), *one.others)
        ]
        if len(unique) > 1 and self._is_one:
            names = ", ".join(quote(str(one)) for one in unique)
            problems.append(
                (
                    f"these are several values, and one is wanted: {names}",
                    "write one, or map it (--propose)",
                )
            )
        # A text is left out where no part of it is left.
        gone = "; ".join(left) if left and not values and not problems else None
        return Outcome(
            tuple(unique),
            tuple(problems),
            tuple(notices),
            gone,
            {key: value for one in meanings for key, value in one.also.items()},
            tuple(word for one in meanings for word in one.unsettled),
            any(one.is_everywhere for one in meanings),
        )


def _each_once(values: Sequence[YamlValue]) -> list[YamlValue]:
    # A cell may name one word very often, and what a source says cannot be hashed.
    return list({str(one): one for one in values}.values())
