"""Whatever can be explained, each by a file of its own, and what a rule of ``check`` means."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from clustergap.analysis.explain import CellExplanation, InstrumentExplanation
from clustergap.analysis.explain_records import (
    PlaceExplanation,
    RoleOrLevelExplanation,
    SourceExplanation,
    SubjectExplanation,
    SwotItemExplanation,
)
from clustergap.answers import (
    explain_cell,
    explain_instrument,
    explain_place,
    explain_role,
    explain_source,
    explain_swot_item,
)
from clustergap.answers.evidence import ExplainRecord
from clustergap.answers.records import AnswerPart
from clustergap.document import Document, Rows
from clustergap.findings import Rule, Severity
from clustergap.origin import Origin
from clustergap.prose import Code, Field, Fields

RULE_HEADER = ("code", "name", "severity", "why", "fix", "bad", "good")

Explanation = SubjectExplanation | Rule


def document(answer: Explanation, origin: Origin) -> Document:
    """Explain whatever was asked for."""
    return _SUBJECTS[type(answer)].document(answer, origin)


def rows(answer: Explanation) -> Rows:
    """Write every statement about it, counted or not; of a source all that cites it, of others their own row."""
    return _SUBJECTS[type(answer)].rows(answer)


def record(answer: Explanation, origin: Origin) -> ExplainRecord:
    """Return ``clustergap/explain@1``."""
    return _SUBJECTS[type(answer)].record(answer, origin)


class _Subject(NamedTuple):
    """What is made of an answer about one kind of subject."""

    document: Callable[[Any, Origin], Document]
    rows: Callable[[Any], Rows]
    record: Callable[[Any, Origin], ExplainRecord]


# A rule


def _rule_document(rule: Rule, _origin: Origin) -> Document:
    fields = (Field("Why", (rule.why,)), Field("To mend it", (rule.fix,)))
    return Document(
        f"{rule.code} {rule.name}, {rule.severity.value}",
        (Fields(fields), Code("Bad", rule.bad), Code("Good", rule.good)),
    )


def _rule_rows(rule: Rule) -> Rows:
    return Rows(RULE_HEADER, [(*rule[:2], rule.severity.value, *rule[3:])])


class RuleRecord(AnswerPart):
    """The rule."""

    code: str
    """Its code."""
    name: str
    """Its name."""
    severity: Severity
    """How bad a finding of it is."""
    why: str
    """Why it matters."""
    fix: str
    """How to mend it."""
    bad: str
    """A bad example."""
    good: str
    """A good example."""


class ExplainRuleRecord(ExplainRecord):
    """Of a rule of check."""

    rule: RuleRecord


def _rule_record(rule: Rule, _origin: Origin) -> ExplainRuleRecord:
    return ExplainRuleRecord(rule=rule)


_SUBJECTS: Mapping[type, _Subject] = {
    Rule: _Subject(_rule_document, _rule_rows, _rule_record),
    **{
        subject: _Subject(module.document, module.rows, module.record)
        for subject, module in {
            CellExplanation: explain_cell,
            InstrumentExplanation: explain_instrument,
            RoleOrLevelExplanation: explain_role,
            PlaceExplanation: explain_place,
            SourceExplanation: explain_source,
            SwotItemExplanation: explain_swot_item,
        }.items()
    },
}
