"""The needs as JSON: ``clustergap/needs@1``."""

from clustergap.analysis.leads import Lead
from clustergap.analysis.needs import Need, Needs, Unlinked
from clustergap.analysis.swot import Evidence
from clustergap.answers.needs import reasons, sentence
from clustergap.answers.records import axes_json, evidence_json, gap_json, head, source_json
from clustergap.document import Origin
from clustergap.writers.json import Json, write_json


def render(found: Needs, origin: Origin) -> str:
    return write_json(
        {
            **head("needs", found.matrix, origin),
            **axes_json(found.matrix),
            "has_swot": bool(found.matrix.dataset.swot),
            "needs": [_need(found, need) for need in found.needs],
            "by_level": [
                {"level": level.id, "evidence": [_evidence(one) for one in evidence]}
                for level, evidence in found.speaking
            ],
            "unlinked": [_unlinked(one) for one in found.unlinked],
        }
    )


def _need(found: Needs, need: Need) -> Json:
    return {
        **gap_json(need.gap),
        "sentence": sentence(need, found.matrix),
        "evidence": [_evidence(one) for one in need.evidence],
        "build_on": [_build_on(one) for one in need.leads],
        "reasons": reasons(need),
    }


def _evidence(found: Evidence) -> Json:
    sources = [source_json(ref) for ref in found.item.sources]
    return {**evidence_json(found), "sources": sources}


def _build_on(one: Lead) -> Json:
    return {
        "instrument": one.instrument.id,
        "how": one.kind.value,
        "cells": [str(cell) for cell in one.cells],
        "counts": not one.why_not,
        "why_not": one.why_not or None,
        "then": one.then.coverage.value if one.then else None,
        "follows": one.follows.id if one.follows else None,
    }


def _unlinked(one: Unlinked) -> Json:
    return {
        "id": one.item.id,
        "quadrant": one.quadrant.value,
        "text": one.item.text,
        "names_nothing": one.names_nothing,
        "sources": [source_json(ref) for ref in one.item.sources],
    }
