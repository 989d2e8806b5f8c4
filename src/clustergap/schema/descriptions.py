"""What every key of the data files means, by record: the words that an editor shows."""

from collections.abc import Mapping

_CELL_MAP = "By cell, role@level with their ids:"

_SOURCES = "Where this comes from: citations of sources by their keys."
_STARTS = (
    "First day: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its first day. Null: open."
)
_ENDS = "Last day: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its last day. Null: open."

_INSTRUMENTS = (
    "The policy instruments: programmes, platforms, networks, forums, strategies, policies."
)
_OBSERVATIONS = (
    f"{_CELL_MAP} a statement that names no instrument, such as 'Not in every country'."
)
_ASSESSED = "Where somebody has looked, by level or cell; what is not listed is unknown. Absent: everywhere."

RECORDS: Mapping[str, str] = {
    "InstrumentsFile": "The main file of a clustergap dataset.",
    "FragmentFile": "A fragment of a clustergap dataset: one country's or team's part.",
    "SwotFile": "The SWOT of a clustergap dataset.",
    "AcceptedGap": "A gap that somebody has decided to live with.",
    "Except": "All territories of the level but these.",
    "Extent": "How far a cover or observation goes: full or partial.",
    "Instrument": "A policy instrument and the cells that it covers.",
    "Kind": "A kind of instrument.",
    "Level": "A tier of government: a column of the matrix.",
    "Role": "What clusters are to drive: a row of the matrix.",
    "Source": "A document or page that records cite.",
    "SourceRef": "A citation of a source.",
    "Statement": "What a cover or observation says of a cell: how far, where, when, why.",
    "Status": "Whether the instrument exists: active, or planned (counted only with --with-planned).",
    "SwotItem": "One line of the SWOT, linked by hand to what its words name.",
    "Target": "A group that instruments may be for.",
    "Unit": "A territory of a level.",
}
"""What a record is."""

KEYS: Mapping[str, Mapping[str, str]] = {
    "InstrumentsFile": {
        "schema": "The data format. Write 1.",
        "title": "What the dataset is about; stands above every output.",
        "as_of": "The day of every question that names no other. Without it dates are ignored.",
        "sources": "Documents and pages that records cite, by a key of your choice.",
        "levels": "The tiers of government, broad to narrow: the columns of the matrix.",
        "roles": "What clusters are to drive: the rows of the matrix.",
        "kinds": "The vocabulary of kinds of instruments. Once given, kinds are checked against it.",
        "targets": "The vocabulary of target groups. Once given, targets are checked against it.",
        "instruments": _INSTRUMENTS,
        "observations": _OBSERVATIONS,
        "assessed": _ASSESSED,
        "accepted_gaps": f"{_CELL_MAP} a gap that somebody has decided to live with.",
    },
    "FragmentFile": {
        "instruments": _INSTRUMENTS,
        "observations": _OBSERVATIONS,
        "assessed": _ASSESSED,
    },
    "SwotFile": {
        "schema": "The data format. Write 1.",
        "sources": "Sources that only the SWOT cites; the main file's can be cited too.",
        "strengths": "What is good, from within.",
        "weaknesses": "What is bad, from within.",
        "opportunities": "What could help, from outside.",
        "threats": "What could harm, from outside.",
    },
    "AcceptedGap": {
        "reason": "Why the gap is accepted.",
        "by": "Who has decided.",
        "until": "Last day of the decision: YYYY, YYYY-MM or YYYY-MM-DD. Null: open.",
    },
    "Except": {"except": "Codes of the territories that are left out."},
    "Instrument": {
        "id": "Its id: lower-case letters and digits, joined by hyphens. Never reused.",
        "name": "Its full name.",
        "short": "The label in a cell; the name if left out.",
        "kind": "The id of its kind.",
        "starts": _STARTS,
        "ends": _ENDS,
        "status": "active, or planned: counted only with --with-planned.",
        "targets": "Ids of the target groups that it is for. None: not stated.",
        "managing_body": "Who runs it.",
        "legal_basis": "The act or decision that it rests on.",
        "url": "Its web address: http or https.",
        "succeeded_by": "Ids of the instruments that follow it.",
        "reviewed": "When someone last checked this record: YYYY, YYYY-MM or YYYY-MM-DD.",
        "sources": _SOURCES,
        "note": "A remark; shown with every cell's explanation.",
        "description": "What it is, in a few sentences.",
        "covers": f"{_CELL_MAP} how far the instrument serves it: full, partial, a mapping, or a list of these.",
    },
    "Kind": {
        "id": "Its id.",
        "name": "Its name.",
        "funds": "Whether instruments of this kind give money.",
        "description": "What it means.",
    },
    "Level": {
        "id": "Its id, as in role@level.",
        "name": "Its name: the header of the column.",
        "aliases": "Other names that may be typed on the command line.",
        "territories": "Its territories: a list's name (eu27, nuts2-2024, …), codes, or codes with names.",
        "description": "What it means.",
    },
    "Role": {
        "id": "Its id, as in role@level.",
        "name": "Its name: the header of the row.",
        "aliases": "Other names that may be typed on the command line.",
        "statement": "The role in the words of its source.",
        "description": "What it means.",
    },
    "Source": {
        "title": "Its title.",
        "author": "Who wrote it.",
        "publisher": "Who published it.",
        "date": "When, in its own words.",
        "url": "Its web address: http or https.",
        "licence": "Under which terms it may be used.",
        "note": "A remark.",
    },
    "SourceRef": {
        "ref": "The key of a source.",
        "locator": "The place in it: a page, a slide, an article.",
        "quote": "Its words.",
    },
    "Statement": {
        "extent": "full, or partial: only somewhere, or only in part.",
        "territories": "Where: codes of territories, or {except: [codes]}. Absent: everywhere at the level.",
        "starts": f"{_STARTS} The instrument's own dates must hold as well.",
        "ends": f"{_ENDS} The instrument's own dates must hold as well.",
        "note": "What is missing, or any other remark; shown as the reason of a gap.",
        "sources": f"{_SOURCES} The instrument's if left out.",
    },
    "SwotItem": {
        "id": "Its id, such as s1 or w2.",
        "text": "The sentence.",
        "levels": "Ids of the levels that its words name.",
        "roles": "Ids of the roles that its words name.",
        "instruments": "Ids of the instruments that its words name.",
        "cells": "The cells, role@level, that its words name.",
        "sources": _SOURCES,
    },
    "Target": {"id": "Its id.", "name": "Its name.", "description": "Who belongs to it."},
    "Unit": {"code": "Its code, such as RO or RO11.", "name": "Its name; the code if left out."},
}
"""What a key of a record is."""
