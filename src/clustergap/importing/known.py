"""What the words of a sheet may mean: what the dataset knows, and what the small tables bring."""

from collections.abc import Sequence
from dataclasses import dataclass

from clustergap.importing.limits import Limits
from clustergap.importing.options import NewNames
from clustergap.importing.reference_records import keyed, lacking, listed
from clustergap.importing.reference_tables import ReferenceTables
from clustergap.importing.vocabulary import NewRecord, Vocabulary
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.names import Named, other_words


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a sheet may mean: the vocabularies, and the instruments of the dataset."""

    roles: Vocabulary
    levels: Vocabulary
    kinds: Vocabulary
    targets: Vocabulary
    sources: Vocabulary
    instruments: Sequence[Instrument] = ()


def find_known(
    dataset: Dataset | None, tables: ReferenceTables, new_names: NewNames, limits: Limits
) -> Known:
    """Gather what words may mean; where the dataset is new, words of the sheet make records that there are none of."""

    def vocabulary(noun: str, section: str, *, may_grow: bool = False) -> Vocabulary:
        records = list(getattr(dataset, section)) if dataset else []
        records += [record.as_new() for record in lacking(tables, section, records)]
        is_open = not records and (dataset is None or may_grow)
        return Vocabulary(noun, records, limits.new if is_open else 0, new_names)

    keys = dict(dataset.sources) if dataset else {}
    titles = {key: source.title for key, source in keys.items()}
    for record in keyed(tables, "sources"):
        titles.setdefault(record.id, str(record.values.get("title", record.id)))
    sources = [NewRecord(key, title) for key, title in titles.items()]
    return Known(
        roles=vocabulary("role", "roles"),
        levels=vocabulary("level", "levels"),
        kinds=vocabulary("kind", "kinds", may_grow=True),
        targets=vocabulary("target", "targets", may_grow=True),
        sources=Vocabulary(
            "source", sources, limits.claims if dataset is None and not sources else 0, new_names
        ),
        instruments=dataset.instruments if dataset else (),
    )


def level_words(dataset: Dataset | None, tables: ReferenceTables) -> list[str]:
    """Return the words by which levels are known, before the layout is: the header of a matrix has them."""
    levels: list[Named] = [
        *(dataset.levels if dataset else ()),
        *(record.as_new() for record in listed(tables, "levels")),
    ]
    return [word for level in levels for word in (level.id, level.name, *other_words(level))]
