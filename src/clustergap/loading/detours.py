"""Where the entries of values that were salvaged stand in their file: under the key that was typed, at their own index."""

from dataclasses import dataclass, field

from clustergap.findings import DataPath


@dataclass(slots=True)
class Detours:
    """What leads from the salvaged values back to the file's own.

    Attributes:
        names: The key that was typed, by the file's own data path with the key that is meant instead.
        kept: The indices of the items that are left, by the file's own data path of the list in a record.
    """

    names: dict[DataPath, str] = field(default_factory=dict)
    kept: dict[DataPath, list[int]] = field(default_factory=dict)

    def own(self, path: DataPath) -> DataPath:
        """Return the file's own data path of an entry of the salvaged values."""
        if not (self.names or self.kept):
            return path
        own: DataPath = ()
        for part in path:
            kept = self.kept.get(own, ())
            if isinstance(part, int):
                own = (*own, kept[part] if part < len(kept) else part)
            else:
                # A statement that is left alone of a list stood at an index there.
                own = (*own, *kept) if len(kept) == 1 else own
                own = (*own, self.names.get((*own, part), part))
        return own

    def add_below(self, path: DataPath, others: "Detours") -> None:
        """Add those of the record at *path*."""
        self.names |= {(*path, *inner): typed for inner, typed in others.names.items()}
        self.kept |= {(*path, *inner): kept for inner, kept in others.kept.items()}
