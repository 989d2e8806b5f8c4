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
    "MappingFile": "How a table of others is read by clustergap import --mapping.",
    "Column": "Where a key stands: a header, several that are one value, a rule, or a list of which the first that says something holds.",
    "ColumnRule": "How a key is read from a row; one of from, first and is says where it stands.",
    "ColumnRange": "Columns side by side, from one header to another.",
    "Wide": "Columns whose headers are values: roles, levels, cells, territories or targets.",
    "TableSource": "The source that the table is cited as.",
    "Across": "What the headers are.",
    "Codes": "Of which kind codes of territories are.",
    "Differ": "What holds where rows of one instrument differ; problem if left out.",
    "Inside": "What the cells below the headers say; extent if left out.",
    "Layout": "One row for each instrument and cell (list), roles down and levels across (matrix), or instruments down and roles across (cross).",
    "TextForm": "How a text is written; plain if left out.",
    "Unknown": "What becomes of a text that means nothing here: a problem (if left out), its row left out, or nothing said.",
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
    "MappingFile": {
        "schema": "The format of a mapping file. Write 1.",
        "sheet": 'The sheet, several, or "*" for all. Absent: the one that fits best.',
        "encoding": "Of a text file that is not UTF-8, such as windows-1250.",
        "delimiter": "What separates the cells of a text file. Absent: it is found.",
        "header": "The row of the header, or its two rows; counted from 1. Absent: it is found.",
        "data": "The first row of the data, or the first and the last.",
        "layout": "How the table is laid out.",
        "source": "What the table is cited as. Absent: made from the file's name.",
        "columns": "Where each key stands, by key.",
        "wide": "Columns side by side whose headers are values.",
        "only": "Rows that are read, by header: texts, or places, lists and groups of places. All must hold.",
        "leave_out": 'Headers that are not read; * stands for anything, "*" for all that is not mapped.',
        "title": "Of a new dataset: what it is about.",
        "as_of": "Of a new dataset: the day of every question that names no other.",
        "levels": "Of a new dataset: ids of its levels, broad to narrow, each with its territories: a list's name, or codes.",
        "roles": "Of a new dataset: ids of its roles in their order, each with its name.",
        "fill_down": "Keys of which an empty cell means what stands above it.",
        "all_new": "Whether names that are nearly the same are of different records.",
    },
    "ColumnRule": {
        "from": "The header of its column, or several that are one value.",
        "first": "Headers of which the first that says something holds.",
        "is": "A value that is the same in each row; sheet is the sheet's name.",
        "join": "What stands between the values of several columns. Absent: a blank.",
        "before": "Only what stands before the first such text is read.",
        "after": "Only what stands after the first such text is read.",
        "split": "What separates several values.",
        "values": 'What texts mean: a word of the dataset, several, leave-out (the row), keep, or nothing. * stands for anything; "*" for all else.',
        "unknown": "What becomes of a text that means nothing here.",
        "codes": "Of which kind codes of territories are.",
        "at": "The levels in whose rows this is read.",
        "format": "How dates that may be read in two ways are read, such as D/M/Y.",
        "differ": "What holds where rows of one instrument differ.",
        "text": "How the text is written; html: its tags are taken out.",
        "cut": "Whether a text that is too long is cut.",
    },
    "ColumnRange": {"from": "The header of the first.", "to": "The header of the last."},
    "Wide": {
        "columns": "Their headers, a mapping from headers to what they stand for, or from and to.",
        "are": "What the headers are.",
        "cells": "What the cells below the headers say.",
        "values": "What texts of the cells mean, as in a column.",
        "split": "What separates several values of a cell.",
        "unknown": "What becomes of a text that means nothing here.",
        "codes": "Of which kind codes of territories are.",
    },
    "TableSource": {
        "id": "Its key among the sources. Next year's file is the same source.",
        "title": "Its title; the file's name if left out.",
        "author": "Who wrote it.",
        "publisher": "Who published it.",
        "date": "When, in its own words.",
        "url": "Its web address: http or https.",
        "licence": "Under which terms it may be used.",
        "note": "A remark.",
    },
}
"""What a key of a record is."""
