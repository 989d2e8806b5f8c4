"""Briefings of data that is hard to lay out, for slides and notes."""

import os
import subprocess
import sys
from datetime import date
from functools import cache

from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import FullReport, build_full_report
from clustergap.model.query import Query
from strategies import Document, dataset_of

STRANGE = (
    "<b>bold</b> & ]]> &amp;",
    "_x000D_ _x005F_ \\n",
    "می‌خواهم سلام",
    "family 👨‍👩‍👧‍👦 of 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "=1+1",
)
"""Names that are markup, an escape, written from right to left, signs of many code points, or a formula."""

UNBROKEN, WORDY = "W" * 1_500, "word " * 299 + "words"
FOREIGN, JOINED = "地区创新" * 375, "👨‍👩‍👧‍👦" * 135
ADDRESS, LINES = "https://example.org/a-b/" * 62, "first\tline\nsecond line\n\nlast " * 45
LONG = (UNBROKEN, WORDY, FOREIGN, JOINED, ADDRESS, LINES.strip())
"""Texts longer than a slide is high, some of which no line can be broken in; those that may be longest, of 5,000
characters, keep office programs busy for minutes."""


def writing(format_: str) -> str:
    """Return a program that writes the report of the deck to standard output."""
    return (
        "from clustergap.cli.app import main; import sys;"
        f"sys.exit(main(['report', '-f', '{format_}', '-o', '-', '-q']))"
    )


def program(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def briefing_of(document: Document, swot: Document | None = None) -> FullReport:
    """Answer everything about a dataset that is given as plain values."""
    return build_full_report(build_matrix(dataset_of(document, swot), Query()))


@cache
def strange() -> FullReport:
    """Texts of strangers wherever there may be one."""
    levels = [{"id": f"l{n}", "name": name} for n, name in enumerate(STRANGE[:3])]
    roles = [{"id": f"r{n}", "name": name} for n, name in enumerate(STRANGE)]
    noted = {"extent": "partial", "note": "one\ntwo\tthree ]]>"}
    return briefing_of(
        {
            "title": STRANGE[0],
            "as_of": "2020-06-30",
            "sources": {"book": {"title": STRANGE[1], "url": 'https://example.org/?a=<2>&b="é"'}},
            "levels": levels,
            "roles": roles,
            "instruments": [
                {"id": f"i{n}", "name": name, "covers": {f"r{n}@l0": "full", f"r{n}@l1": noted}}
                for n, name in enumerate(STRANGE)
            ],
        },
        {"threats": [{"id": "t1", "text": STRANGE[3], "sources": [{"ref": "book"}]}]},
    )


@cache
def endless() -> FullReport:
    """Very long texts wherever there may be one, at more levels than a slide or a page is wide."""
    names = ("W" * 300, "地区" * 150, ("role " * 60).strip())
    levels = [{"id": f"l{n}", "name": f"{n} {names[n % 3]}"[:300].strip()} for n in range(7)]
    roles = [{"id": f"r{n}", "name": name} for n, name in enumerate(names)]
    instruments = [
        {
            "id": f"i{n}",
            "name": f"Name {n} " * 30,
            "covers": {f"r{n % 3}@l{n}": {"extent": "partial", "note": text}},
            "sources": [{"ref": "book", "locator": "Place " * 100}],
        }
        for n, text in enumerate(LONG)
    ]
    return briefing_of(
        {
            "title": "T" * 300,
            "as_of": "2020-06-30",
            "sources": {"book": {"title": "S" * 300, "author": "A writer " * 150}},
            "levels": levels,
            "roles": roles,
            "instruments": instruments,
            "accepted_gaps": {"r0@l6": {"reason": WORDY, "by": "B" * 400, "until": "2021"}},
        },
        {
            "strengths": [
                {"id": f"s{n}", "text": " ".join(text.split()), "levels": ["l0"]}
                for n, text in enumerate(LONG)
            ],
        },
    )


@cache
def large() -> FullReport:
    """Sixty roles at five levels: every seventh cell is a gap."""
    cells = [f"r{role}@l{level}" for role in range(60) for level in range(5)]
    return briefing_of(
        {
            "title": "A large dataset",
            "as_of": str(date(2020, 6, 30)),
            "levels": [f"l{n}" for n in range(5)],
            "roles": [{"id": f"r{n}", "name": f"Role {n} of clusters"} for n in range(60)],
            "instruments": [
                {
                    "id": f"i{n}",
                    "name": f"Instrument {n} for what clusters do",
                    "covers": {cell: "full" for at, cell in enumerate(cells) if at % 7},
                }
                for n in range(3)
            ],
        }
    )
