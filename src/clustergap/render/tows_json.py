"""The SWOT with its pairs as JSON: ``clustergap/swot@1`` with one key more."""

from clustergap.analysis.tows import TowsPair
from clustergap.answers.tows import TowsAnswer
from clustergap.document import Origin
from clustergap.render.grammar.json_swot import swot_json
from clustergap.writers.json import Json, write_json


def render(answer: TowsAnswer, origin: Origin) -> str:
    view, tows = answer
    pairs = {field.value: [_pair(pair) for pair in found] for field, found in tows.fields}
    unpaired = [item.id for _, item in tows.unpaired]
    return write_json({**swot_json(view, origin), "tows": {**pairs, "unpaired": unpaired}})


def _pair(pair: TowsPair) -> Json:
    return {
        "items": [pair.within.id, pair.around.id],
        "shares": {
            "cells": [str(cell) for cell in pair.shares.cells],
            "roles": list(pair.shares.roles),
            "instruments": list(pair.shares.instruments),
            "levels": list(pair.shares.levels),
        },
        "gaps": [str(rating.cell) for rating in pair.gaps],
    }
