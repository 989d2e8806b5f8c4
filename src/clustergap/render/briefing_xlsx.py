"""All answers as a workbook, whose sheet Instruments can be edited and imported again."""

from collections.abc import Mapping

from clustergap.analysis.full_report import FullReport
from clustergap.answers.risks import unjudged
from clustergap.document import Origin
from clustergap.list_format.reference_layout import reference_tables, refuse_long_tables
from clustergap.render.xlsx.about import write_about
from clustergap.render.xlsx.book import Book
from clustergap.render.xlsx.gaps import write_gaps
from clustergap.render.xlsx.instruments import write_instruments
from clustergap.render.xlsx.matrix import write_picture
from clustergap.render.xlsx.needs import write_needs
from clustergap.render.xlsx.risks import risk_meanings, write_risks
from clustergap.render.xlsx.summary import write_summary
from clustergap.render.xlsx.swot import write_swot

SUMMARY = "Summary"

SHEETS: Mapping[str, str] = {
    "Matrix": "the picture: roles down, levels across",
    "Gaps": "what is not covered, or only partly, worst first",
    "Needs": "each gap as a need, with what the SWOT says and what there is to build on",
    "Risks": "what is covered, but fragile",
    "Instruments": "every statement of the data; edit it, then: clustergap import FILE",
    "SWOT": "strengths, weaknesses, opportunities and threats, with what they are linked to",
    "About": "what the words mean, the question, the sources, and the data's vocabularies",
}
"""What each sheet holds, in their order behind the summary."""


def render(briefing: FullReport, origin: Origin) -> bytes:
    matrix = briefing.matrix
    book = Book(matrix, origin, "Gap analysis")
    sheets = {name: book.sheet(name) for name in (SUMMARY, *SHEETS)}
    risks = ". ".join(filter(None, (SHEETS["Risks"], unjudged(briefing.risks))))
    write_summary(sheets[SUMMARY], matrix, origin, {**SHEETS, "Risks": risks})
    write_picture(sheets["Matrix"], matrix, origin)
    write_gaps(sheets["Gaps"], briefing.gaps)
    write_needs(sheets["Needs"], briefing.needs)
    write_risks(sheets["Risks"], briefing.risks)
    write_swot(sheets["SWOT"], briefing.swot)
    vocabularies = reference_tables(matrix.dataset)
    refuse_long_tables(vocabularies)
    meanings = risk_meanings(briefing.risks)
    places = write_about(sheets["About"], matrix, origin, vocabularies, meanings)
    write_instruments(sheets["Instruments"], briefing, places)
    return book.close()
