"""What the words of a sheet may mean: what the dataset knows, and what the small tables bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clustergap.importing.limits import Limits
from clustergap.importing.options import ImportOptions
from clustergap.importing.reference_records import keyed, lacking
from clustergap.importing.reference_tables import ReferenceTables
from clustergap.importing.vocabulary import NewRecord, Vocabulary
from clustergap.model.dataset import Dataset, Instrument
from clustergap.reference.territories import LISTS
from clustergap.yaml_edit.write import YamlValue


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a sheet may mean: the vocabularies, and the instruments of the dataset.

    ``is_new``: there is no dataset yet.
    """

    roles: Vocabulary
    levels: Vocabulary
    kinds: Vocabulary
    targets: Vocabulary
    sources: Vocabulary
    instruments: Sequence[Instrument] = ()
    is_new: bool = False


def find_known(
    dataset: Dataset | None, tables: ReferenceTables, options: ImportOptions, limits: Limits
) -> Known:
    """Gather what words may mean; where the dataset is new, words of the table make records that there are none of.

    Args:
        dataset: The dataset; None: it is new.
        tables: The small tables of the workbook.
        options: What the user says, a mapping's levels and roles above all.
        limits: How many records a table may make.
    """
    new_names = options.known_as_new

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
    known = Known(
        roles=vocabulary("role", "roles"),
        levels=vocabulary("level", "levels"),
        kinds=vocabulary("kind", "kinds", may_grow=True),
        targets=vocabulary("target", "targets", may_grow=True),
        sources=Vocabulary(
            "source", sources, limits.claims if dataset is None and not sources else 0, new_names
        ),
        instruments=dataset.instruments if dataset else (),
        is_new=dataset is None,
    )
    if known.levels.is_open:
        for level in asked_levels(options):
            known.levels.add(level)
    if known.roles.is_open and options.mapping:
        for id_, name in options.mapping.roles.items():
            known.roles.add(NewRecord(id_, name or name_of(id_)))
    return known


def asked_levels(options: ImportOptions) -> list[NewRecord]:
    """Return the levels that somebody says a new dataset has: on the command line, or in a mapping."""
    said = {
        id_: list(some)
        for id_, some in (options.mapping.levels if options.mapping else {}).items()
    }
    said |= {id_: [text] for id_, text in options.levels.items()}
    return [NewRecord(id_, name_of(id_), (), _territories(some)) for id_, some in said.items()]


def _territories(said: Sequence[str]) -> Mapping[str, YamlValue]:
    parts = [
        part.strip() for text in said for part in text.replace(";", ",").split(",") if part.strip()
    ]
    if not parts:
        return {}
    return {"territories": parts[0] if len(parts) == 1 and parts[0] in LISTS else parts}


def name_of(id_: str) -> str:
    """Make a name of an id that somebody gives a record which has no name yet.

    >>> name_of("social-economy"), name_of("eu")
    ('Social economy', 'EU')
    """
    return _NAMES.get(id_) or id_[:1].upper() + id_[1:].replace("-", " ")


_NAMES = {"eu": "EU"}
