"""What people call roles, levels and instruments, to the ids that the dataset knows."""

from collections.abc import Iterable, Sequence

from clustergap.checks.run import CATALOGUE
from clustergap.errors import ClusterGapError
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.record import Named, Names, other_words
from clustergap.reference.territories import names, with_ancestors
from clustergap.text import closest, either, known_words, quote


def role_id(dataset: Dataset, word: str) -> str:
    """Return the id of the role that *word* means: its id, name or alias in any letter case."""
    return _find(word, "role", dataset.roles)


def level_id(dataset: Dataset, word: str) -> str:
    """Return the id of the level that *word* means, as ``role_id`` does."""
    return _find(word, "level", dataset.levels)


def cell_of(dataset: Dataset, words: str) -> Cell:
    """Return the cell that ``role@level`` means; both by id, name or alias."""
    role, _, level = words.rpartition("@")
    return Cell(role_id(dataset, role.strip()), level_id(dataset, level.strip()))


def instrument_id(dataset: Dataset, word: str) -> str:
    """Return the id of the instrument that *word* means: its id, short or name in any letter case."""
    return _find(word, "instrument", dataset.instruments)


def explained_instrument_id(dataset: Dataset, word: str) -> str:
    """Return what ``instrument_id`` does; who names a role or level alone is shown how to name a cell."""
    try:
        return instrument_id(dataset, word)
    except ClusterGapError as error:
        for noun, find in (("role", role_id), ("level", level_id)):
            try:
                found = find(dataset, word)
            except ClusterGapError:
                continue
            role, level = (
                (found, dataset.levels[0].id) if noun == "role" else (dataset.roles[0].id, found)
            )
            message = f"{quote(word)} is a {noun}: name a cell, such as {Cell(role, level)}"
            raise ClusterGapError(message) from error
        raise


def kind_id(dataset: Dataset, word: str) -> str:
    """Return the id of the kind that *word* means; without a vocabulary, a kind that an instrument has."""
    if dataset.kinds:
        return _find(word, "kind", dataset.kinds)
    return _one_of_used(word, "kind", (one.kind for one in dataset.instruments if one.kind))


def target_id(dataset: Dataset, word: str) -> str:
    """Return the id of the target group that *word* means, as ``kind_id`` does."""
    if dataset.targets:
        return _find(word, "target", dataset.targets)
    return _one_of_used(
        word, "target", (target for one in dataset.instruments for target in one.targets)
    )


def territory_code(dataset: Dataset, word: str) -> str:
    """Return the code of the territory that *word* means, in any letter case.

    It is a unit of some level, or holds one, or is a region of the shared lists that lies in one.

    Raises:
        ClusterGapError: No level and no list knows it.
    """
    code = word.strip().upper()
    levels = [level for level in dataset.levels if level.units]
    if not levels:
        raise ClusterGapError("no level of this dataset has territories, so --in cannot narrow it")
    units = [unit for level in levels for unit in level.units]
    known = with_ancestors(units)

    def is_place(code: str) -> bool:
        lies_in = (code.startswith(unit.code) for unit in units)
        return code in known or (code in names() and any(lies_in))

    if is_place(code):
        return code
    from clustergap.reference.gazetteer import Remedies

    remedy = Remedies(units, is_place).find(word)
    suggestion = f". {remedy[0].upper()}{remedy[1:]}" if remedy else ""
    raise ClusterGapError(f"{quote(word)} is not a territory of any level{suggestion}")


def rule_prefixes(words: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of rules, or beginnings of codes, that *words* list with commas; a name means its code.

    Raises:
        ClusterGapError: No code begins so.
    """
    by_name = {rule.name: code for code, rule in CATALOGUE.items()}
    prefixes = []
    for part in (part.strip() for word in words for part in word.removesuffix(",").split(",")):
        prefix = by_name.get(part.lower(), part.upper())
        if not part or not any(code.startswith(prefix) for code in CATALOGUE):
            raise not_known(part, "rule or the beginning of its code", CATALOGUE, by_name)
        prefixes.append(prefix)
    return tuple(prefixes)


def not_known(
    word: str, noun: str, known: Iterable[str], also: Iterable[str] = ()
) -> ClusterGapError:
    """Say that *word* is not one of *known*, and which one it may mean, or *also* may mean."""
    ids = list(known)
    meant = closest(word, [*ids, *also])
    article = "an" if noun == "instrument" else "a"
    suggestion = f". Did you mean {quote(meant)}?" if meant else ""
    return ClusterGapError(
        f"{quote(word)} is not {article} {noun}: {known_words(ids, noun)}{suggestion}"
    )


def _find(word: str, noun: str, records: Sequence[Named]) -> str:
    meant = Names(records).meant(word)
    if len(meant) > 1:
        raise ClusterGapError(f"{quote(word)} may mean {either(sorted(meant))}: write the id")
    if not meant:
        words = [name for record in records for name in (record.name, *other_words(record))]
        raise not_known(word, noun, [record.id for record in records], words)
    return meant[0]


def _one_of_used(word: str, noun: str, used: Iterable[str]) -> str:
    known = sorted(set(used))
    if word not in known:
        raise not_known(word, noun, known)
    return word
