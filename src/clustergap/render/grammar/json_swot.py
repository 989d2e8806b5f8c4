"""The four fields of the SWOT in JSON."""

from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers.records import head, source_json
from clustergap.document import Origin
from clustergap.writers.json import Json


def swot_json(view: SwotView, origin: Origin) -> Json:
    """Write the document of the SWOT."""
    quadrants = {
        quadrant.value: [_item(linked) for linked in items] for quadrant, items in view.quadrants
    }
    return {**head("swot", view.matrix, origin), **quadrants}


def _item(linked: LinkedItem) -> Json:
    item = linked.item
    return {
        "id": item.id,
        "text": item.text,
        "levels": list(item.levels),
        "roles": list(item.roles),
        "instruments": list(item.instruments),
        "cells": [str(cell) for cell in item.cells],
        "sources": [source_json(ref) for ref in item.sources],
        "contradicted": linked.is_contradicted,
    }
