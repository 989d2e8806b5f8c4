"""Names, places, days, sizes and rule codes as people write them: each is resolved, or refused with a suggestion."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from clustergap.checks.run import CATALOGUE, RuleSelection
from clustergap.errors import ClusterGapError
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level, Role
from clustergap.model.places import Group, group_meant
from clustergap.model.record import Named, NameIndex, key_in_file, other_words
from clustergap.model.swot import SwotItem
from clustergap.reference.territories import (
    Territory,
    ancestors,
    lies_in,
    listed_name,
    with_ancestors,
)
from clustergap.text import capitalise, closest, either, fold, known_words, one_of, quote


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


def kind_id(dataset: Dataset, word: str) -> str:
    """Return the id of the kind that *word* means; without a vocabulary, a kind that an instrument has."""
    if dataset.kinds:
        return _find(word, "kind", dataset.kinds)
    kinds = (instrument.kind for instrument in dataset.instruments if instrument.kind)
    return _find_used(word, "kind", kinds)


def target_id(dataset: Dataset, word: str) -> str:
    """Return the id of the target group that *word* means, as ``kind_id`` does."""
    if dataset.targets:
        return _find(word, "target", dataset.targets)
    targets = (target for instrument in dataset.instruments for target in instrument.targets)
    return _find_used(word, "target", targets)


def source_key(dataset: Dataset, word: str) -> str:
    """Return the key of the source that *word* means: its key, as its file writes it too, or its title in any letter case."""
    sources, meant = dataset.sources, sources_meant(dataset, word)
    if len(meant) > 1:
        raise ClusterGapError(f"{quote(word)} may mean {either(meant)}: write the key")
    if not meant:
        raise not_known(word, "source", sources, [source.title for source in sources.values()])
    return meant[0]


def sources_meant(dataset: Dataset, word: str) -> list[str]:
    """Return the keys of the sources that *word* may mean."""
    sources = dataset.sources
    if word in sources:
        return [word]
    folded = fold(word)
    return [key for key in sources if key_in_file(key) == word] or [
        key for key, source in sources.items() if folded in (key, fold(source.title))
    ]


def swot_item_id(dataset: Dataset, word: str) -> str:
    """Return the id of the SWOT item that *word* means: its id or its sentence in any letter case."""
    meant, items = swot_items_meant(dataset, word), list(_swot_items(dataset))
    if len(meant) > 1:
        raise ClusterGapError(f"{quote(word)} may mean {either(meant)}: write the id")
    if not meant:
        ids, texts = [item.id for item in items], [item.text for item in items]
        raise not_known(word, "SWOT item", ids, texts)
    return meant[0]


def swot_items_meant(dataset: Dataset, word: str) -> list[str]:
    """Return the ids of the SWOT items that *word* may mean."""
    folded = fold(word)
    by_id = [item.id for item in _swot_items(dataset) if item.id == folded]
    return by_id or [item.id for item in _swot_items(dataset) if fold(item.text) == folded]


def _swot_items(dataset: Dataset) -> Iterator[SwotItem]:
    return (item for items in dataset.swot.values() for item in items)


def role_and_level(dataset: Dataset, word: str) -> tuple[str | None, str | None]:
    """Return the ids of the role and of the level that *word* means: a role, a level, or both as ``role@level``.

    Raises:
        ClusterGapError: It means none, or both a role and a level.
    """
    if "@" in word:
        return cell_of(dataset, word)
    noun, colon, name = word.partition(":")
    if colon and noun in ("role", "level"):
        return (
            (role_id(dataset, name), None) if noun == "role" else (None, level_id(dataset, name))
        )
    roles, levels = (NameIndex(each).meant(word) for each in (dataset.roles, dataset.levels))
    if roles and levels:
        raise ClusterGapError(
            f"{quote(word)} is a role and a level: write role:{word} or level:{word}"
        )
    if levels:
        return None, level_id(dataset, word)
    if roles:
        return role_id(dataset, word), None
    records: tuple[Role | Level, ...] = (*dataset.roles, *dataset.levels)
    names = [name for record in records for name in (record.name, *record.aliases)]
    raise not_known(word, "role or level", [record.id for record in records], names)


def territory_code(dataset: Dataset, word: str) -> str:
    """Return the code of the territory that *word* means, or the id of the group, in any letter case.

    A territory is a unit of some level, contains one, or is a region of the shared lists that lies in one; of a unit or a
    group the name will do.

    Raises:
        ClusterGapError: No level and no list knows it, or it is the name of several places of which none contains the others.
    """
    if not any(level.units for level in dataset.levels):
        raise ClusterGapError(
            f"no level of this dataset has territories, so {quote(word)} is no place of it: list them at a level, as"
            " territories: eu27"
        )
    meant = places_meant(dataset, word)
    if len(meant) > 1:
        raise ClusterGapError(f"{quote(word)} may mean {either(meant)}: write the code")
    if meant:
        return meant[0]
    remedy = place_remedy(dataset, word)
    codes = dict.fromkeys(unit.code for unit in _units(dataset))
    there_are = one_of([*dataset.groups_by_id, *codes])
    suggestion = f". {capitalise(remedy)}" if remedy else f". There are {there_are}"
    also = ", nor a group" if dataset.groups else ""
    raise ClusterGapError(f"{quote(word)} is not a territory of any level{also}{suggestion}")


def places_meant(dataset: Dataset, word: str) -> Sequence[str]:
    """Return the codes of the territories, or the id of the group, that *word* may mean, as ``territory_code`` does."""
    units, code = _units(dataset), word.strip().upper()
    if _place_test(units)(code):
        return [code]
    groups = NameIndex(dataset.groups_by_id.values()).meant(word.strip())
    if groups == [fold(word.strip())]:
        return groups
    named = [*groups, *_units_named(word, units)]
    return _outermost(named, dataset.groups_by_id) if named else []


def place_remedy(dataset: Dataset, word: str) -> str:
    """Say what a *word* that is no place may mean: what has taken the place of a former code, or what is nearly so called."""
    from clustergap.reference.gazetteer import Remedies

    units = _units(dataset)
    group = group_meant(word, dataset.groups_by_id)
    return group or Remedies(units, _place_test(units)).find(word)


def _units(dataset: Dataset) -> list[Territory]:
    return [unit for level in dataset.levels for unit in level.units]


def _place_test(units: Sequence[Territory]) -> Callable[[str], bool]:
    """Return a function that tells of a code whether it is a unit, contains one, or is of the lists and lies in one."""
    codes, known = {unit.code for unit in units}, with_ancestors(units)

    def is_place(code: str) -> bool:
        is_listed_within = listed_name(code) is not None and not codes.isdisjoint(ancestors(code))
        return code in known or is_listed_within

    return is_place


def _units_named(word: str, units: Sequence[Territory]) -> Sequence[str]:
    from clustergap.reference.gazetteer import fold_name, gazetteer

    # "Vienne" is French for Vienna: where a unit has that very name, it is meant.
    folded = fold_name(word)
    codes = [unit.code for unit in units if folded and fold_name(unit.name) == folded]
    return codes or [unit.code for unit in gazetteer(tuple(units)).wholly_named(word)]


def _outermost(places: Sequence[str], groups: Mapping[str, Group]) -> Sequence[str]:
    # A country with a single region often gives it its own name, and a group that of one of its places.
    codes = {place: groups[place].territories if place in groups else (place,) for place in places}
    for place, outer in codes.items():
        inner = {code for others in codes.values() for code in others}
        if all(any(lies_in(code, around) for around in outer) for code in inner):
            return [place]
    return list(codes)


def read_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> RuleSelection:
    """Read which rules to select and to ignore: codes or prefixes of codes, separated by commas, or names.

    Raises:
        ClusterGapError: No code begins like this.
    """
    return RuleSelection(_rule_prefixes(select), _rule_prefixes(ignore))


def _rule_prefixes(words: Iterable[str]) -> tuple[str, ...]:
    by_name = {rule.name: code for code, rule in CATALOGUE.items()}
    prefixes = []
    for part in (part.strip() for word in words for part in word.removesuffix(",").split(",")):
        prefix = by_name.get(part.lower(), part.upper())
        if not part or not any(code.startswith(prefix) for code in CATALOGUE):
            raise not_known(part, "rule or the beginning of its code", CATALOGUE, by_name)
        prefixes.append(prefix)
    return tuple(prefixes)


def unite_names(before: Dataset, after: Dataset) -> Dataset:
    """Return a dataset with the names of both sides, so that names that only one side has can be used."""
    return dataclasses.replace(
        after,
        levels=after.levels + before.levels,
        roles=after.roles + before.roles,
        kinds=after.kinds + before.kinds,
        targets=after.targets + before.targets,
        groups=before.groups + after.groups,
        instruments=after.instruments + before.instruments,
    )


def not_known(
    word: str, noun: str, known: Iterable[str], also: Iterable[str] = ()
) -> ClusterGapError:
    """Return the error that *word* is not one of *known*, with a suggestion from *known* or *also*."""
    ids = list(known)
    meant = closest(word, [*ids, *also])
    article = "an" if noun == "instrument" else "a"
    suggestion = f". Did you mean {quote(meant)}?" if meant else ""
    return ClusterGapError(
        f"{quote(word)} is not {article} {noun}: {known_words(ids, noun)}{suggestion}"
    )


def _find(word: str, noun: str, records: Sequence[Named]) -> str:
    meant = NameIndex(records).meant(word)
    if len(meant) > 1:
        raise ClusterGapError(f"{quote(word)} may mean {either(sorted(meant))}: write the id")
    if not meant:
        words = [name for record in records for name in (record.name, *other_words(record))]
        raise not_known(word, noun, [record.id for record in records], words)
    return meant[0]


def _find_used(word: str, noun: str, used: Iterable[str]) -> str:
    known = sorted(set(used))
    if word not in known:
        raise not_known(word, noun, known)
    return word
