"""Coverage over the years as JSON: ``clustergap/timeline@1``."""

from clustergap.analysis.timeline import Cause, Event, Timeline
from clustergap.answers.records import (
    axes_json,
    change_json,
    dataset_json,
    query_json,
    state_json,
    summary_json,
)
from clustergap.document import Origin
from clustergap.writers.json import Json, write_json


def render(timeline: Timeline, origin: Origin) -> str:
    begins = timeline.begins
    day = begins.query.as_of
    axes = axes_json(begins)
    return write_json(
        {
            "schema": "clustergap/timeline@1",
            "dataset": dataset_json(begins.dataset, origin),
            "query": query_json(timeline.query),
            "from": timeline.first.isoformat() if timeline.first else None,
            "to": timeline.last.isoformat() if timeline.last else None,
            "levels": axes["levels"],
            "roles": axes["roles"],
            "begins": {
                "date": day.isoformat() if day else None,
                "summary": axes["summary"],
                "cells": [{"cell": str(one.cell), **state_json(one)} for one in begins],
            },
            "events": [_event(event) for event in timeline.events],
        }
    )


def _event(event: Event) -> Json:
    return {
        "date": event.date.isoformat(),
        "because": [_cause(cause) for cause in event.because],
        "changes": [change_json(change) for change in event.changes],
        "summary": summary_json(event.then),
    }


def _cause(cause: Cause) -> Json:
    return {
        "instrument": cause.instrument,
        "what": cause.kind.value,
        "whose": cause.subject.value,
        "cells": [str(cell) for cell in cause.cells],
    }
