"""The decision to live with gaps, written into a dataset's main file: a baseline, behind which a gate fails only for new ones."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.editing.destination import DATA_STYLE, Destination, dataset_with, encode_as
from clustergap.model.dataset import Dataset
from clustergap.text import count, one_of
from clustergap.yaml_edit.change import YamlChange
from clustergap.yaml_edit.edit import edit_yaml


class Decision(NamedTuple):
    """Why gaps are accepted, who has decided so, and the last day of that, as a data file writes it."""

    reason: str
    by: str | None = None
    until: str | None = None


class Acceptance(NamedTuple):
    """The gaps that become accepted, those that somebody has accepted before, the file to write, and the dataset after that."""

    new: Sequence[Gap]
    before: Sequence[Gap]
    written: Mapping[Path, bytes]
    after: Dataset


def accept_gaps(destination: Destination, gaps: Gaps, decision: Decision) -> Acceptance:
    """Plan to accept all gaps of an answer; what is unknown is no gap.

    A gap that is accepted already stays as it is, unless that has expired: then it is decided anew.

    Args:
        destination: The dataset.
        gaps: Its gaps, as they are shown.
        decision: What is written of each of them.

    Raises:
        ClusterGapError: With the decision the data would have an error.
    """
    loaded, main = destination.loaded, destination.files.main
    assert loaded is not None  # noqa: S101 - only a dataset that is read has gaps
    new = [gap for gap in gaps.gaps if gap.counts]
    said = {key: value for key, value in decision._asdict().items() if value is not None}
    changes = [YamlChange(("accepted_gaps", str(gap.rating.cell)), said) for gap in new]
    written = {}
    if changes:
        text = edit_yaml(loaded.sources.files[0].text, changes, DATA_STYLE)
        written[main] = encode_as(destination.data[main], text)
    before = [gap for gap in gaps.gaps if not gap.counts]
    return Acceptance(new, before, written, dataset_with(destination, written))


def in_words(acceptance: Acceptance, *, is_dry: bool) -> Iterator[str]:
    """Say which gaps are accepted now, or would be, and which were before: first a title, then sentences."""
    new, before = (
        one_of([str(gap.rating.cell) for gap in gaps])
        for gaps in (acceptance.new, acceptance.before)
    )
    if not new:
        yield "No gap to accept: each that is shown is accepted already" if before else "No gaps"
        return
    yield f"{count(len(acceptance.new), 'gap')} {'would be accepted' if is_dry else 'accepted'}"
    yield f"{new}."
    if before:
        yield f"Accepted before, and left as they are: {before}."
