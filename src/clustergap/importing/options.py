"""What the user asked of an import beside its file and its dataset."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from clustergap.errors import ClusterGapError
from clustergap.findings import DataPath
from clustergap.model.mapping import MappingFile
from clustergap.model.query import Layout
from clustergap.text import as_typed, fold, visible


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is not left to the program to find.

    ``header`` and ``last`` are numbers of rows as people see them, from 1. ``columns`` are headers by the key that they
    hold, ``levels`` the territories of levels by their id: the name of a list, or codes. ``new_names`` are those that
    are new, however near to a known one; with ``all_new`` every name is. ``mapping`` says how a table of others is read,
    ``refuse_mapping`` makes the error of what in it does not fit; ``encoding`` and ``delimiter`` are a text file's;
    ``cites``: the table is cited as the source of what it says, as one is that is read by a mapping;
    ``command`` is what the user typed, to be written again with one word more.
    """

    sheet: str | None = None
    layout: Layout | None = None
    header: Sequence[int] = ()
    last: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    leave_out: Sequence[str] = ()
    date_format: str | None = None
    fill_down: Sequence[str] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    new_names: Collection[str] = ()
    all_new: bool = False
    prune: bool = False
    mapping: MappingFile | None = None
    refuse_mapping: Callable[[Sequence[tuple[DataPath, str, str]]], ClusterGapError] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    cites: bool = False
    command: str = "clustergap import"

    @property
    def known_as_new(self) -> "NewNames":
        """The names that are new, whatever they are near to."""
        are_all = self.all_new or bool(self.mapping and self.mapping.all_new)
        return NewNames(self.new_names, are_all=are_all)


class NewNames:
    """The names of which somebody has said that they are new, however near to a known one.

    *are_all*: so is every name that is near to none but another new one of the table. What is near to a record of the
    dataset stays a question, as it would become a second record of the same thing.
    """

    def __init__(self, names: Collection[str] = (), *, are_all: bool = False) -> None:
        self.are_all = are_all
        self._folded = frozenset(map(fold, names))

    def __contains__(self, name: str) -> bool:
        # A message shows what a reader cannot see by its escape: its words can be copied as they stand.
        return fold(name) in self._folded or fold(visible(name)) in self._folded


def new_option(name: str) -> str:
    """Write the option that says that a name is new, to be copied.

    >>> new_option("Fund  of Funds")
    "--new 'Fund of Funds'"
    """
    return as_typed(["--new", visible(" ".join(name.split()))])
