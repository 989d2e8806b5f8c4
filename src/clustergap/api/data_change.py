"""A change of a dataset's files in Python: planned, shown as lines, and written when that is wanted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from clustergap.api.keywords import Day, ShownOptions, checks_keywords, read_text
from clustergap.api.locations import DatasetLocation
from clustergap.document import Document
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import FileLimits
from clustergap.loading.loader import DatasetSources
from clustergap.model.dataset import Dataset
from clustergap.prose import Paragraph, Run, Style
from clustergap.text import count
from clustergap.theme import UNICODE, Shapes
from clustergap.writers.screen import PIPED_WIDTH, draw_text


@dataclass(frozen=True, repr=False)
class DataChange:
    """A change of the data files that is planned, and not written before ``save``.

    ``print`` shows it as ``--dry-run`` does on the command line: what would change, and the lines.

    Attributes:
        words: What would change: a title, and sentences below it.
        files: The dataset's files; not stable.
        before: The bytes of these files when the change was planned.
        written: The files that would change, with their new bytes.
    """

    words: tuple[str, ...]
    files: DatasetFiles
    before: Mapping[Path, bytes]
    written: Mapping[Path, bytes]

    def save(self) -> tuple[Path, ...]:
        """Write the files, all or none, and return their paths; read the dataset again to ask it as it is then.

        Comments, order and quotes stay. Nobody else changes the dataset by clustergap meanwhile.

        Raises:
            ClusterGapError: A file of the dataset has changed since the change was planned, somebody else is changing it, or a
                file cannot be written; none has been.
        """
        from clustergap.api.change_planning import save_unchanged

        if self.written:
            save_unchanged(self.files, self.before, self.written)
        return tuple(self.written)

    def __str__(self) -> str:
        draw = drawing_of(self.words, self.before, self.written)
        return draw_text(draw(UNICODE), PIPED_WIDTH).rstrip("\n")

    def __repr__(self) -> str:
        return f"DataChange({self.words[0]}: {count(len(self.written), 'file')})"


@dataclass(frozen=True, repr=False)
class ChangeableData:
    """A dataset without errors, and where it is written, so that it can be changed there.

    Attributes:
        dataset: What the files say, as values; these are not stable.
        entries: Where its entries are in its files.
        location: Where its files are.
        limits: How much of each file is read.
    """

    dataset: Dataset
    entries: DatasetSources
    location: DatasetLocation
    limits: FileLimits

    def rename(self, old: str, new: str) -> DataChange:
        """Plan another id for a record, wherever the data files name it; ``save()`` of the result writes it.

        Args:
            old: The id of a role, level, instrument, kind, target, source, group, place of the data's own or SWOT item; where
                several have it, with what it is before it: ``role:x``.
            new: The new id, which is not in use.
        """
        from clustergap.api.change_planning import open_destination
        from clustergap.editing.rename import find_record, in_words, rename_record

        record = find_record(self.dataset, read_text("rename", "old", old))
        destination = open_destination(self.dataset, self.location, self.limits)
        renaming = rename_record(destination, record, read_text("rename", "new", new))
        words = tuple(in_words(renaming, is_dry=True))
        return DataChange(words, destination.files, destination.data, renaming.written)

    @checks_keywords
    def accept_gaps(
        self,
        reason: str,
        *,
        by: str | None = None,
        until: Day = None,
        today: Day = None,
        **options: Unpack[ShownOptions],
    ) -> DataChange:
        """Plan to write the gaps of the dataset on its own day as accepted; ``save()`` of the result writes them.

        What is accepted already stays.

        Args:
            reason: Why the gaps are accepted.
            by: Who has decided.
            until: The last day of the decision.
            today: On this day, what has expired is decided anew.
            options: Which gaps: those that are shown.
        """
        from clustergap.api.change_planning import gaps_to_accept, open_destination, read_decision
        from clustergap.editing.accepted_gaps import accept_gaps, in_words

        decision = read_decision(read_text("accept_gaps", "reason", reason), by, until)
        gaps = gaps_to_accept(self.dataset, today, options)
        destination = open_destination(self.dataset, self.location, self.limits)
        acceptance = accept_gaps(destination, gaps, decision)
        words = tuple(in_words(acceptance, is_dry=True))
        return DataChange(words, destination.files, destination.data, acceptance.written)


def drawing_of(
    words: Sequence[str],
    before: Mapping[Path, bytes],
    written: Mapping[Path, bytes],
    remark: str = "",
) -> Callable[[Shapes], Any]:
    """Return what draws a change with the signs of a screen: its title, sentences, the lines of the files, and a remark."""
    from clustergap.writers.line_diff import FileChange, draw_changes

    title, *sentences = words
    document = Document(
        (Run(title, Style.STRONG),), tuple(map(Paragraph, sentences)), remark=remark
    )
    files = [
        FileChange(path.as_posix(), before[path].decode(), data.decode())
        for path, data in written.items()
    ]
    return lambda shapes: draw_changes(document, files, shapes)
