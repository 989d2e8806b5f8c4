"""A whole new data file of what a workbook says."""

from collections.abc import Mapping

from clustergap.importing.entries import Entries
from clustergap.importing.records import instrument_record, statements
from clustergap.importing.reference_records import keyed, listed
from clustergap.importing.reference_tables import MAPPINGS, SECTIONS, ReferenceTables
from clustergap.importing.vocabulary import NewRecord
from clustergap.yaml_edit.write import YamlValue, write_entry

_HEAD = "# yaml-language-server: $schema=../schemas/instruments.schema.json\nschema: 1\n"
_ORDER = (
    "title", "as_of", "sources", "levels", "roles", "kinds", "targets", "instruments", "observations", "assessed",
    "accepted_gaps",
)  # fmt: skip
_FRAME = ("title", "as_of")
_ALWAYS = ("levels", "roles", "sources")


def write_new(entries: Entries, tables: ReferenceTables, head: Mapping[str, YamlValue]) -> str:
    """Write ``instruments.yaml``; *head* holds the dataset's title, and its day, where the workbook says none."""
    document: dict[str, YamlValue] = dict(head)
    for record in tables.records("Dataset"):
        document.update({key: said.value for key, said in record.items()})
    # A workbook with small tables has all that its dataset has: what is not there is no vocabulary of it. But there are
    # always roles and levels, and whatever is cited, and a table that nobody has filled in is one of words still to come.
    made = {
        section: records
        for section, records in entries.new.items()
        if not tables.sections or section in _ALWAYS or SECTIONS.get(section) in tables.sections
    }
    for section in SECTIONS:
        records: list[YamlValue] = [record.values for record in listed(tables, section)]
        records += [_record(one) for one in made.get(section, ())]
        document[section] = records
    for section in MAPPINGS:
        document[section] = {record.id: record.values for record in keyed(tables, section)}
    document["assessed"] = {
        record.id: record.values.get("territories", []) for record in keyed(tables, "assessed")
    }
    cited = {one.id: {"title": one.name, **one.values} for one in made.get("sources", ())}
    document["sources"] = {**_mapping(document["sources"]), **cited}
    document["instruments"] = [instrument_record(one) for one in entries.instruments.values()]
    document["observations"] = statements(entries.observations)
    return _HEAD + "".join(
        _section(key, document[key]) for key in _ORDER if document.get(key) or key == "instruments"
    )


def _record(new: NewRecord) -> dict[str, YamlValue]:
    aliases = {"aliases": new.aliases} if new.aliases else {}
    return {"id": new.id, "name": new.name, **aliases, **new.values}


def _mapping(value: YamlValue) -> dict[str, YamlValue]:
    return dict(value) if isinstance(value, dict) else {}


def _section(key: str, value: YamlValue) -> str:
    gap = "" if key in _FRAME else "\n"
    return gap + write_entry(key, value, 0)
