"""Coverage over the years as CSV: one row for each change of a cell."""

from collections.abc import Iterator, Mapping

from clustergap.analysis.compare import CellChange
from clustergap.analysis.timeline import Timeline
from clustergap.answers.changes import lost_and_gained, verb
from clustergap.answers.phrases import labels, level_names, role_names
from clustergap.document import Origin, Row, Rows
from clustergap.render.timeline_words import because
from clustergap.writers.csv import write_csv

HEADER = (
    "date", "because", "role", "level", "cell", "change", "before", "after", "instruments before",
    "instruments after", "lost", "gained", "covered before", "of before", "covered after", "of after", "missing",
)  # fmt: skip


def render(timeline: Timeline, origin: Origin) -> str:
    return write_csv(Rows(HEADER, _rows(timeline)), origin)


def _rows(timeline: Timeline) -> Iterator[Row]:
    dataset, label = timeline.begins.dataset, labels(timeline.begins)
    roles, levels = role_names(dataset), level_names(dataset)
    for event in timeline.events:
        why = because(event, label)
        for change in event.changes:
            cell = change.cell
            names = (roles[cell.role], levels[cell.level], str(cell))
            yield (event.date, why, *names, *_numbers(change, label))


def _numbers(change: CellChange, label: Mapping[str, str]) -> Row:
    before, after = change.before, change.after
    lost, gained = lost_and_gained(before, after)
    return (
        verb(change),
        before.coverage.value,
        after.coverage.value,
        len(before.instruments),
        len(after.instruments),
        "; ".join(label[id_] for id_ in lost),
        "; ".join(label[id_] for id_ in gained),
        *((before.share.covered, before.share.of) if before.share else (None, None)),
        *((after.share.covered, after.share.of) if after.share else (None, None)),
        " ".join(after.share.missing) if after.share else None,
    )
